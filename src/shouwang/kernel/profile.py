"""The disease profile: every number of the rules in one frozen value, so that a dengue or cholera response is a
profile and not a fork."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from shouwang.kernel.errors import Refused, gettext_noop


@dataclass(frozen=True, slots=True)
class DiseaseProfile:
    """Rules of one response. Temperatures in degrees Celsius, periods in days unless the name says otherwise."""

    key: str = "covid-2020-02"
    name: str = "COVID-19, February 2020"
    fever_above: Decimal = Decimal("37.3")
    """Fever is a temperature strictly above this [Wuhan, 20 Feb 2020]."""
    implausible_below: Decimal = Decimal("34.0")
    implausible_above: Decimal = Decimal("43.0")
    rounds_per_day: int = 1
    """1 = one round a day, 2 = morning and afternoon."""
    day_cutoff_hour: int = 24
    """Local hour at which the day's round ends, and its ledger is closed if nobody has signed it off."""
    evening_from_hour: int = 14
    """Local hour from which it is evening for those who are to be reached morning and evening. (ours)"""
    outing_every_days: int = 3
    """One person per household may go out once in so many days [Hubei, 16 Feb 2020]; 0 = nobody."""
    outings_per_household: int = 1
    outing_from_hour: int = 0
    outing_until_hour: int = 24
    """Residents may go out from this local hour until (not including) that one."""
    pass_valid_days: int = 30
    observation_days: int = 14
    origins_high: tuple[str, ...] = ("4201",)
    """First digits of the division codes where the risk is highest; in February 2020 Wuhan."""
    origins_middle: tuple[str, ...] = ("42",)
    """The same of the middle risk; the longest digits that fit decide. From anywhere else: low."""
    watch_days_high: int = 14
    watch_days_middle: int = 14
    watch_days_low: int = 14
    """Days a returnee is watched after the last day there; 0 = not at all."""
    watch_twice_high: bool = True
    watch_twice_middle: bool = False
    watch_twice_low: bool = False
    """Whether she is reached morning and evening while she is watched."""
    symptoms: tuple[str, ...] = (
        "cough",
        "breathless",
        "fatigue",
        "diarrhoea",
        "conjunctivitis",
        "sore_throat",
    )
    alarm_symptoms: tuple[str, ...] = ("breathless",)
    """Symptoms that must be looked at as a fever is, whatever the temperature [control plan, 5th ed.]."""
    mask_required: bool = True
    fever_take_minutes: int = 30
    """A fever that nobody has taken so many minutes after it was measured stands in red. (ours)"""
    complaint_answer_days: int = 3
    """A complaint, tip or quarrel is answered by the end of so many days after the day it was told. (ours)"""

    def is_fever(self, temperature: Decimal | None) -> bool:
        return temperature is not None and temperature > self.fever_above

    def is_alarming(self, symptoms: Collection[str] | None) -> bool:
        return symptoms is not None and any(symptom in self.alarm_symptoms for symptom in symptoms)

    def with_settings(self, settings: Mapping[str, Any]) -> "DiseaseProfile":
        """A copy with ``settings`` laid over it. Raises ``Refused`` for an unknown name or a wrong kind of value."""
        known = {item.name: getattr(self, item.name) for item in fields(self)}
        changed: dict[str, Any] = {}
        for name, value in settings.items():
            if name not in known:
                raise Refused(
                    "profile_unknown", gettext_noop("The profile has no setting “%(name)s”."), name=name
                )
            try:
                changed[name] = _like(known[name], value)
            except (ArithmeticError, TypeError, ValueError):
                raise Refused(
                    "profile_value",
                    gettext_noop("“%(value)s” does not fit the setting “%(name)s”."),
                    name=name,
                    value=value,
                ) from None
        return replace(self, **changed)


def _like(example: Any, value: Any) -> Any:
    if isinstance(example, Decimal):
        return Decimal(str(value))
    if isinstance(example, bool):
        if not isinstance(value, bool):
            raise TypeError
        return value
    if isinstance(example, tuple):
        return tuple(str(item) for item in value)
    return type(example)(value)


COVID_2020 = DiseaseProfile()
