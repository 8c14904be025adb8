"""The shape of what is entered at the gate."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.gates.enums import Direction, Verdict

DIRECTIONS = [(Direction.OUT, _("Out")), (Direction.IN, _("In"))]
VERDICTS = [
    (Verdict.GREEN, _("passed")),
    (Verdict.AMBER, _("passed with a note")),
    (Verdict.RED, _("turned back")),
]


class CheckForm(forms.Form):
    """One check. An emergency needs nothing but its id; a usual one tells mask and direction."""

    check_id = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    resident = forms.IntegerField(required=False, widget=forms.HiddenInput)
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("emergency"):
            if not cleaned.get("masked") and "masked" not in self.errors:
                self.add_error("masked", _("Say whether a mask is worn."))
            if not cleaned.get("direction") and "direction" not in self.errors:
                self.add_error(None, _("Press In or Out."))
        return cleaned

    @property
    def mask(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data.get("masked", ""))


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
