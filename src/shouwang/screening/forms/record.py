"""The shape of a record: what was tapped and written about one household."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shouwang.access import clock
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.temperature import parse_temperature
from shouwang.screening import rules
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.queries.household import Person

NONE = "none"
"""Asked after symptoms, and there are none: an answer, not a blank."""

# The blank placeholder is how the style sheet knows a field that somebody has filled in.
LINES = forms.Textarea({"rows": 2, "placeholder": " "})

ANSWERED = (Outcome.REACHED, Outcome.REFUSED)

ARRIVALS = 3
"""So many newcomers fit into one record at the desk."""

# Where on the page a refusal of the rules belongs.
FIELD_OF = {
    "answered_by_missing": "answered_by",
    "answered_by_nobody": "answered_by",
    "answered_by": "answered_by",
    "outcome_channel": "how",
    "text_long": "needs",
    "arrival_name": "arrival_0_name",
}


def _ways(channel: Channel, outcome: Outcome) -> list[str]:
    """The channel, what came of it, and with somebody reached who answered: one tap for all three."""
    way = f"{channel}:{outcome}"
    return [way, *(f"{way}:{who}" for who in AnsweredBy if outcome is Outcome.REACHED)]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The fields about one person who has come."""

    name: BoundField
    origin: BoundField
    arrived_on: BoundField
    phone: BoundField
    id_number: BoundField
    to_stay: BoundField


@dataclass(frozen=True, slots=True)
class Asked:
    """A person of the household with the fields about her, and ``card``: what the page shows of her besides."""

    person: Person
    temperature: BoundField
    symptoms: BoundField
    card: Any


class AttemptForm(forms.Form):
    """One call or visit. Nothing is filled in beforehand but in a correction, which begins with what was recorded."""

    attempt_id = forms.UUIDField(widget=forms.HiddenInput)
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[(value, value) for c in Channel for o in Outcome for value in _ways(c, o)],
        error_messages={"required": _("Tap what came of it.")},
    )
    answered_by = forms.ChoiceField(
        label=_("Who answered?"),
        required=False,
        choices=[(a, a) for a in AnsweredBy],
    )
    needs = forms.CharField(label=_("What do they need?"), required=False, widget=LINES)
    trouble = forms.CharField(label=_("What troubles them?"), required=False, widget=LINES)
    remarks = forms.CharField(label=_("Remarks"), required=False, widget=LINES)
    all_well = forms.BooleanField(label=_("Each was asked after: no symptoms"), required=False)
    at = forms.TimeField(
        label=_("When was it?"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: tuple[Person, ...],
        profile: DiseaseProfile,
        day: dt.date,
        symptoms: list[tuple[str, Any]],
        cards: Mapping[int, Any],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.people, self.profile, self.day, self.cards = people, profile, day, cards
        for person in people:
            number = person.member.resident_id
            self.fields[f"temperature_{number}"] = forms.CharField(
                label=_("Temperature"),
                required=False,
                max_length=20,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "degrees"}),
            )
            self.fields[f"symptoms_{number}"] = forms.MultipleChoiceField(
                label=_("Symptoms"),
                required=False,
                choices=[(NONE, _("no symptoms")), *symptoms],
                widget=forms.CheckboxSelectMultiple,
            )

        for at in range(ARRIVALS):
            self.fields[f"arrival_{at}_name"] = forms.CharField(
                label=pgettext_lazy("person", "Name"), required=False, max_length=60
            )
            self.fields[f"arrival_{at}_origin"] = forms.CharField(
                label=_("Came from"), required=False, max_length=60
            )
            self.fields[f"arrival_{at}_arrived_on"] = forms.DateField(
                label=_("Arrived on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
            )
            self.fields[f"arrival_{at}_phone"] = forms.CharField(
                label=_("Phone"), required=False, max_length=40
            )
            self.fields[f"arrival_{at}_id_number"] = forms.CharField(
                label=_("ID number"), required=False, max_length=40
            )
            self.fields[f"arrival_{at}_to_stay"] = forms.BooleanField(
                label=_("comes to stay"), required=False
            )

    def newcomers(self) -> Iterator[Newcomer]:
        for at in range(ARRIVALS):
            yield Newcomer(**{name: self[f"arrival_{at}_{name}"] for name in Newcomer.__slots__})

    @property
    def said_arrivals(self) -> bool:
        """Whether anything is written there, so that it is not folded away."""
        return any(name.startswith("arrival_") and self.data.get(name) for name in self.fields)

    def asked(self) -> Iterator[Asked]:
        for person in self.people:
            number = person.member.resident_id
            card = self.cards.get(number)
            yield Asked(person, self[f"temperature_{number}"], self[f"symptoms_{number}"], card)

    def clean_at(self) -> dt.datetime | None:
        """The moment on the round's day; later than now cannot be."""
        at: dt.time | None = self.cleaned_data["at"]
        if at is None:
            return None
        moment = timezone.make_aware(dt.datetime.combine(self.day, at))
        if moment > clock.now():
            raise forms.ValidationError(gettext("This time has not come yet."))
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for person in self.people:
            number = person.member.resident_id
            try:
                parse_temperature(cleaned.get(f"temperature_{number}"), self.profile)
            except Refused as error:
                self.add_error(f"temperature_{number}", gettext(error.hint) % error.params)
            told = cleaned.get(f"symptoms_{number}") or []
            if NONE in told and len(told) > 1:
                self.add_error(
                    f"symptoms_{number}", gettext("Either no symptoms, or the ones there are: not both.")
                )
        return cleaned

    @property
    def way(self) -> tuple[Channel, Outcome]:
        channel, outcome, *_ = self.cleaned_data["how"].split(":")
        return Channel(channel), Outcome(outcome)

    @property
    def who(self) -> str | None:
        """Who answered, said with how it went or beside it."""
        _channel, _outcome, *with_it = self.cleaned_data["how"].split(":")
        return with_it[0] if with_it else self.cleaned_data["answered_by"] or None

    @property
    def not_by_phone(self) -> bool:
        """Whether a way other than the telephone is chosen, so that it is not folded away."""
        return str(self["how"].value() or "").startswith((Channel.VISIT, Channel.SELF))

    @property
    def said_more(self) -> bool:
        """Whether needs, trouble or remarks hold something, so that they are not folded away."""
        return any(self[name].value() or self[name].errors for name in ("needs", "trouble", "remarks"))

    def readings(self) -> list[rules.ReadingInput]:
        """What is said of whom; nobody of whom nothing is said."""
        found = []
        for person in self.people:
            number = person.member.resident_id
            temperature = self.cleaned_data[f"temperature_{number}"]
            told: list[str] = self.cleaned_data[f"symptoms_{number}"]
            if temperature or told:
                symptoms = (
                    [key for key in told if key != NONE] if told or self.cleaned_data["all_well"] else None
                )
                found.append(rules.ReadingInput(number, temperature, symptoms))
            elif self.cleaned_data["all_well"] and person.due and self.way[1] is Outcome.REACHED:
                found.append(rules.ReadingInput(number, None, []))
        return found + self._of_others()

    def _of_others(self) -> list[rules.ReadingInput]:
        """What was said of people who have moved since the page was opened: for the rules to refuse, never dropped."""
        here = {str(person.member.resident_id) for person in self.people}
        found = []
        for field in self.data:
            name, _, number = field.partition("_")
            said = self.data.get(field)
            if name in ("temperature", "symptoms") and said and number.isdecimal() and number not in here:
                found.append(rules.ReadingInput(int(number), said if name == "temperature" else None, []))
        return found

    def arrivals(self) -> list[rules.ArrivalInput]:
        """Who has come; a row of which nothing is written is none."""
        rows = (
            {name: self.cleaned_data[f"arrival_{at}_{name}"] for name in Newcomer.__slots__}
            for at in range(ARRIVALS)
        )
        return [rules.ArrivalInput(**row) for row in rows if any(row.values())]

    def attempt(self) -> dict[str, Any]:
        """What the action asks for."""
        channel, outcome = self.way
        given = self.cleaned_data
        corrects: UUID | None = given["corrects"]
        return {
            "attempt_id": given["attempt_id"],
            "channel": channel,
            "outcome": outcome,
            # Asked only where somebody answered; a tap made before the outcome was changed is no answer.
            "answered_by": self.who if outcome in ANSWERED else None,
            "readings": self.readings(),
            "needs": given["needs"],
            "trouble": given["trouble"],
            "arrivals": self.arrivals(),
            "proxy": channel is Channel.SELF,
            "remarks": given["remarks"],
            "made_at": given["at"],
            "corrects": corrects,
        }
