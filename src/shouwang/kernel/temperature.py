"""Body temperatures as people write them: `37.8`, `37,8`, `３７．８℃`, `37度8`, `378`. Gate, round and phone
(field/rules/temperature.js) read them alike; docs/gate-vectors.json holds them to it."""

import re
from decimal import ROUND_HALF_UP, Decimal

from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import COVID_2020, DiseaseProfile
from shouwang.kernel.text import squeeze

_UNIT = re.compile(r"(°c|℃|c|摄氏度|度)$")
_DEGREES = re.compile(r"(\d{2})(?:[.,。、·:度](\d{1,2})|(\d))?", re.ASCII)
_TENTH = Decimal("0.1")


def parse_temperature(raw: object, profile: DiseaseProfile = COVID_2020) -> Decimal | None:
    """Degrees Celsius with one decimal (a second one is rounded); ``None`` if nothing was written.

    Three digits are read, since only one reading of them can be: ``365`` is 36.5. Raises `Refused` for what is no
    temperature (``3.65``), and for one that nobody alive and well measured has (the profile says which): those are
    mistypings or cold thermometers, and guessing would make a fever normal or a normal a fever.
    """
    if raw is None:
        return None
    written = squeeze(raw)
    if not written:
        return None
    match = _DEGREES.fullmatch(_UNIT.sub("", written.casefold()))
    if match is None:
        raise Refused(
            "temperature",
            gettext_noop("“%(value)s” is not a temperature. Write it like 36.5."),
            value=written[:20],
        )
    whole, after_point, third_digit = match.groups()
    value = Decimal(f"{whole}.{after_point or third_digit or 0}").quantize(_TENTH, ROUND_HALF_UP)
    if not profile.implausible_below <= value <= profile.implausible_above:
        raise Refused(
            "temperature_implausible",
            gettext_noop(
                "%(value)s °C cannot be right. Measure again; warm the thermometer first if it is cold."
            ),
            value=str(value),
        )
    return value
