"""The shape of what is entered at the gate."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shouwang.gates.enums import Direction, PassKind, Verdict
from shouwang.gates.queries.passes import PassFilter
from shouwang.gates.rules.plates import read_plate
from shouwang.kernel.errors import Refused

DIRECTIONS = [(Direction.OUT, _("Out")), (Direction.IN, _("In"))]
MASKS = {"yes": True, "no": False}
LONGEST_TOKEN = 2000
"""Letters. Longer than any pass, so that whatever a scanner read is answered by its verdict, not by a form."""
VERDICTS = [
    (Verdict.GREEN, _("passed")),
    (Verdict.AMBER, _("passed with a note")),
    (Verdict.RED, _("turned back")),
]


class CheckForm(forms.Form):
    """One check. An emergency needs nothing but its id; a usual one tells mask and direction, a vehicle has no mask."""

    check_id = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    resident = forms.IntegerField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=LONGEST_TOKEN, strip=False, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    temperature = forms.CharField(
        label=_("Temperature"),
        required=False,
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "inputmode": "decimal",
                "autocomplete": "off",
                "class": "control gate-degrees",
                "data-degrees": "",
            }
        ),
    )
    masked = forms.ChoiceField(
        label=_("Mask"),
        required=False,
        choices=[("yes", _("worn")), ("no", _("not worn"))],
        widget=forms.RadioSelect,
    )
    remarks = forms.CharField(label=_("Note"), required=False, max_length=200)
    plate = forms.CharField(label=_("Plate"), required=False, max_length=12)
    direction = forms.ChoiceField(required=False, choices=DIRECTIONS)
    emergency = forms.BooleanField(required=False)
    vehicle = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("emergency"):
            if not cleaned.get("vehicle") and not cleaned.get("masked") and "masked" not in self.errors:
                self.add_error("masked", _("Say whether a mask is worn."))
            if not cleaned.get("direction") and "direction" not in self.errors:
                self.add_error(None, _("Press In or Out."))
        return cleaned

    @property
    def mask(self) -> bool | None:
        return MASKS.get(self.cleaned_data.get("masked", ""))


class CorrectionForm(forms.Form):
    """What a check should have said, and why it did not."""

    check_id = forms.UUIDField(widget=forms.HiddenInput)
    temperature = forms.CharField(
        label=_("Temperature"),
        required=False,
        max_length=12,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    masked = forms.ChoiceField(
        label=_("Mask"),
        required=False,
        choices=[("yes", _("worn")), ("no", _("not worn")), ("", _("not noted"))],
        widget=forms.RadioSelect,
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=DIRECTIONS, widget=forms.RadioSelect)
    remarks = forms.CharField(label=_("Note"), required=False, max_length=200)
    why = forms.CharField(label=_("Why"), max_length=200)


class ChecksFilter(forms.Form):
    """Which checks of which day."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    gate = forms.TypedChoiceField(label=_("Gate"), required=False, coerce=int, empty_value=None)
    verdict = forms.ChoiceField(label=_("Result"), required=False, choices=[("", _("all")), *VERDICTS])
    direction = forms.ChoiceField(label=_("Direction"), required=False, choices=[("", _("all")), *DIRECTIONS])
    fever = forms.BooleanField(label=_("only with fever"), required=False)
    emergency = forms.BooleanField(label=_("only emergencies"), required=False)

    def __init__(self, data: Any, *, gates: list[tuple[int, str]], today: dt.date) -> None:
        super().__init__(data)
        self.fields["gate"].choices = [("", _("all")), *gates]  # type: ignore[attr-defined]
        self.fields["day"].initial = today


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name, initials, phone tail, ID tail or door"), required=False, max_length=60)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class HoldForm(forms.Form):
    """Who of a household must stay in, and on which days; the last one counts."""

    resident = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("To the end of"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, people: Mapping[int, str]) -> None:
        super().__init__(data, auto_id="hold_%s")
        choices = [("", _("the whole household")), *people.items()]
        self.fields["resident"].choices = choices  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """A visitor at the gate. What is asked is what finds her again; nothing is taken for granted."""

    visit_id = forms.UUIDField(widget=forms.HiddenInput)
    check_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    id_number = forms.CharField(label=_("ID number"), required=False, max_length=40)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"inputmode": "tel"})
    )
    whom = forms.CharField(label=_("Whom she visits, or which door"), required=False, max_length=60)
    why = forms.CharField(label=_("Why"), required=False, max_length=200)
    origin = forms.CharField(label=_("Comes from"), required=False, max_length=60)
    plate = forms.CharField(label=_("Plate"), required=False, max_length=12)
    temperature = forms.CharField(
        label=_("Temperature"),
        required=False,
        max_length=12,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    masked = forms.ChoiceField(
        label=_("Mask"), choices=[("yes", _("worn")), ("no", _("not worn"))], widget=forms.RadioSelect
    )
    returnee = forms.BooleanField(label=_("Came back from elsewhere to stay"), required=False)
    arrived_on = forms.DateField(
        label=_("Arrived on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("id_number") and not cleaned.get("phone"):
            self.add_error(
                "phone", _("Take down the ID number or the phone: one of the two finds her again.")
            )
        if cleaned.get("returnee") and not cleaned.get("origin"):
            self.add_error("origin", _("Write down where she came back from."))
        return cleaned


class VisitsFilter(forms.Form):
    """Which visitors or vehicles of which day."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    q = forms.CharField(label=_("Name, whom, plate, last four"), required=False, max_length=60)

    def __init__(self, data: Any, *, today: dt.date) -> None:
        super().__init__(data)
        self.fields["day"].initial = today


KIND_WORDS = {
    PassKind.RESIDENT: pgettext_lazy("kind of pass", "Resident"),
    PassKind.VEHICLE: pgettext_lazy("kind of pass", "Vehicle"),
    PassKind.VISITOR: pgettext_lazy("kind of pass", "Visitor"),
    PassKind.RESPONDER: pgettext_lazy("kind of pass", "Responder"),
    PassKind.SUPPLY: pgettext_lazy("kind of pass", "Supplies"),
    PassKind.EMERGENCY: pgettext_lazy("kind of pass", "Emergency"),
}
STATES = [
    (PassFilter.VALID, _("in force")),
    (PassFilter.ENDING, _("ends within 7 days")),
    (PassFilter.NEXT, _("begins later")),
    (PassFilter.EXPIRED, pgettext_lazy("status", "expired")),
    (PassFilter.REVOKED, pgettext_lazy("status", "revoked")),
]


class PassesFilter(forms.Form):
    """Which passes."""

    q = forms.CharField(label=_("Code, plate, name or initials"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *KIND_WORDS.items()])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *STATES])


class PlateField(forms.CharField):
    """A number plate in its one form, or what is wrong with it."""

    def __init__(self) -> None:
        missing = {"required": _("Enter the plate, such as 鄂R12345.")}
        super().__init__(label=_("Plate"), max_length=20, error_messages=missing)

    def clean(self, value: Any) -> str:
        try:
            return read_plate(super().clean(value))
        except Refused as refused:
            raise forms.ValidationError(gettext(refused.hint) % refused.params) from refused


class DaysForm(forms.Form):
    """How long; empty is as long as the rules say."""

    valid_days = forms.IntegerField(
        label=_("Valid for days"), required=False, min_value=1, max_value=366,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class AreaForm(DaysForm):
    """Where a pass is good: the area itself or one above it, as far as the issuer's grant reaches."""

    area = forms.TypedChoiceField(label=_("Good in"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, areas: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        if len(areas) == 1:
            self.fields["area"].initial = areas[0][0]


class ResponderForm(AreaForm):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    agency = forms.CharField(label=_("Sent by"), max_length=200)


class SupplyForm(AreaForm):
    plate = PlateField()
    firm = forms.CharField(label=_("Firm or shop"), max_length=60)
    purpose = forms.CharField(label=_("What it brings"), max_length=200, required=False)


class VisitorForm(DaysForm):
    """``visit``: one of today's registrations."""

    visit = forms.TypedChoiceField(label=_("Visitor"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, visits: list[tuple[UUID, str]], chosen: str = "") -> None:
        super().__init__(data, initial={"visit": chosen})
        self.fields["visit"].choices = visits  # type: ignore[attr-defined]


class VehicleForm(DaysForm):
    plate = PlateField()


class EmergencyForm(DaysForm):
    """For one of the household. There is no field for the illness, and none may come."""

    resident = forms.TypedChoiceField(label=_("For whom"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, people: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["resident"].choices = people  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """A phone that is to become one of ours: the gate it will stand at, the caseload whose households it will ring."""

    name = forms.CharField(label=_("Name of the phone"), max_length=40)
    entrance = forms.TypedChoiceField(label=_("Gate"), required=False, coerce=int, empty_value=None)
    caseload = forms.TypedChoiceField(
        label=pgettext_lazy("workforce", "Caseload"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, data: Any = None, *, gates: list[tuple[int, str]], caseloads: list[tuple[int, str]]
    ) -> None:
        super().__init__(data)
        self.fields["entrance"].choices = [("", _("the whole community")), *gates]  # type: ignore[attr-defined]
        self.fields["caseload"].choices = [("", _("none: it makes no calls")), *caseloads]  # type: ignore[attr-defined]
