"""The shape of what is entered about places; what is allowed is up to the actions."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.kernel.profile import DiseaseProfile
from shouwang.places.enums import AreaKind, CompoundKind, EntranceStatus
from shouwang.places.models import Compound
from shouwang.places.rules.naming import LONGEST_NAME

STATUS_WORDS = {
    EntranceStatus.OPEN: _("open, kept as a gate"),
    EntranceStatus.EMERGENCY: _("emergency exit, locked otherwise"),
    EntranceStatus.SEALED: _("sealed"),
}
KIND_WORDS = {
    AreaKind.URBAN: _("urban community"),
    AreaKind.RURAL: _("village"),
    AreaKind.UNKNOWN: _("not told"),
}
COMPOUND_WORDS = {
    CompoundKind.COMPOUND: _("housing compound"),
    CompoundKind.GROUP: _("village group or hamlet"),
}


class Divisions(forms.Form):
    """A division list, and the digest of the one that was looked at before."""

    file = forms.FileField(label=_("Division list"))


class AreaName(forms.Form):
    name = forms.CharField(label=_("Place name"), max_length=LONGEST_NAME)


class Alias(forms.Form):
    alias = forms.CharField(label=_("Another name"), max_length=LONGEST_NAME)


class NewArea(forms.Form):
    name = forms.CharField(label=_("Place name"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("", _("as the name tells")),
            *((k.value, KIND_WORDS[k]) for k in AreaKind if k != AreaKind.UNKNOWN),
        ],
        required=False,
    )
    aliases = forms.CharField(
        label=_("Other names"), required=False, help_text=_("Several are set apart by commas or spaces.")
    )

    def clean_aliases(self) -> tuple[str, ...]:
        return tuple(
            self.cleaned_data["aliases"].replace(",", " ").replace("，", " ").replace("、", " ").split()
        )


class NewCompounds(forms.Form):
    names = forms.CharField(
        label=_("Names"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("One a line.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(k.value, COMPOUND_WORDS[k]) for k in CompoundKind],
        widget=forms.RadioSelect,
    )

    def clean_names(self) -> list[str]:
        return [line for line in self.cleaned_data["names"].splitlines() if line.strip()]


class NewBuildings(forms.Form):
    """Buildings alike, from one number to another."""

    first = forms.IntegerField(label=_("From building no."), min_value=1, max_value=999)
    last = forms.IntegerField(label=_("to no."), min_value=1, max_value=999, required=False)
    units = forms.IntegerField(label=_("Units in each"), min_value=0, max_value=200, required=False)
    floors = forms.IntegerField(label=_("Floors in each"), min_value=0, max_value=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = cleaned.get("first")
        last = cleaned.get("last") or first
        if first and last is not None and last < first:
            self.add_error("last", _("The last number is below the first."))
        cleaned["last"] = last
        return cleaned

    def buildings(self) -> list[tuple[str, int, int]]:
        data = self.cleaned_data
        return [
            (str(n), data["units"] or 0, data["floors"] or 0) for n in range(data["first"], data["last"] + 1)
        ]


class NewEntrance(forms.Form):
    name = forms.CharField(label=_("Place name"), max_length=LONGEST_NAME)
    compound = forms.ChoiceField(label=_("Leads into"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[(s.value, w) for s, w in STATUS_WORDS.items()], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, compounds: Iterable[Compound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["compound"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # for the type checker
        field.choices = [("", _("the whole place")), *((str(c.pk), c.name) for c in compounds)]


class EntranceState(forms.Form):
    status = forms.ChoiceField(
        label=_("From now on"),
        choices=[(s.value, w) for s, w in STATUS_WORDS.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


def _twice(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "–"), ("yes", _("morning and evening")), ("no", _("once a day"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )


class Profile(forms.Form):
    """The settings a place may lay over those from above; an empty field leaves them as they are."""

    fever_above = forms.DecimalField(
        label=_("Fever above"), max_digits=3, decimal_places=1, min_value=Decimal(35), max_value=Decimal(42)
    )
    rounds_per_day = forms.TypedChoiceField(
        label=_("Rounds a day"), choices=[("", "–"), ("1", "1"), ("2", "2")], coerce=int, empty_value=None
    )
    evening_from_hour = forms.IntegerField(label=_("Evening round from"), min_value=11, max_value=20)
    day_cutoff_hour = forms.IntegerField(label=_("The day ends at"), min_value=18, max_value=24)
    fever_take_minutes = forms.IntegerField(label=_("A fever is taken within"), min_value=5, max_value=240)
    complaint_answer_days = forms.IntegerField(
        label=_("A grievance is answered within"), min_value=1, max_value=30
    )
    outing_every_days = forms.IntegerField(label=_("One outing every"), min_value=0, max_value=30)
    outings_per_household = forms.IntegerField(label=_("People per outing"), min_value=0, max_value=20)
    outing_from_hour = forms.IntegerField(label=_("Going out from"), min_value=0, max_value=23)
    outing_until_hour = forms.IntegerField(label=_("Going out until"), min_value=1, max_value=24)
    pass_valid_days = forms.IntegerField(label=_("A pass holds"), min_value=1, max_value=365)
    observation_days = forms.IntegerField(label=_("Observation"), min_value=1, max_value=60)
    origins_high = forms.CharField(label=_("High risk: came from"), max_length=400)
    origins_middle = forms.CharField(label=_("Middle risk: came from"), max_length=400)
    watch_days_high = forms.IntegerField(label=_("Watch at high risk"), min_value=0, max_value=60)
    watch_days_middle = forms.IntegerField(label=_("Watch at middle risk"), min_value=0, max_value=60)
    watch_days_low = forms.IntegerField(label=_("Watch at low risk"), min_value=0, max_value=60)
    watch_twice_high = _twice(_("Reached at high risk"))
    watch_twice_middle = _twice(_("Reached at middle risk"))
    watch_twice_low = _twice(_("Reached at low risk"))
    mask_required = forms.TypedChoiceField(
        label=_("Mask at the gate"),
        choices=[("", "–"), ("yes", _("required")), ("no", _("not required"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )

    def __init__(self, *args: Any, above: DiseaseProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = False
            value = getattr(above, name)
            shown = self._shown(field, value)
            field.help_text = _("From above: %(value)s") % {"value": shown}

    @staticmethod
    def _shown(field: forms.Field, value: Any) -> Any:
        if isinstance(field, forms.TypedChoiceField) and isinstance(value, bool):
            wanted = "yes" if value else "no"
            return next(word for key, word in list(field.widget.choices) if key == wanted)
        return ", ".join(value) if isinstance(value, tuple) else value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("origins_high", "origins_middle"):
            codes = cleaned.get(name, "").replace(",", " ").replace("，", " ").replace("、", " ").split()
            if any(not code.isascii() or not code.isdigit() or not 2 <= len(code) <= 12 for code in codes):
                self.add_error(name, _("Write division codes, such as 420100 for Wuhan or 42 for Hubei."))
            cleaned[name] = codes
        return cleaned

    def settings(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


class DutyPhoneOf(forms.Form):
    """Who answers, and the number; without a number nobody does."""

    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    name = forms.CharField(label=_("Who answers"), max_length=60, required=False)
