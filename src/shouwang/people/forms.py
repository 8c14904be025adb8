"""The shape of what is entered about people; what is allowed is up to the actions."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.people.enums import Presence, ReturneeSource, ReturneeState

PRESENCE_WORDS = {
    Presence.PRESENT: _("here"),
    Presence.AWAY: _("away"),
    Presence.MOVED: _("moved away"),
    Presence.DIED: _("deceased"),
}


RETURNEE_SOURCE_WORDS = {
    ReturneeSource.GATE: _("at the gate"),
    ReturneeSource.CALL: _("on a call"),
    ReturneeSource.VISIT: _("on a visit"),
    ReturneeSource.DECLARED: _("said so herself"),
    ReturneeSource.LIST: _("on a list"),
}
BY_HAND = (ReturneeSource.DECLARED, ReturneeSource.CALL, ReturneeSource.VISIT, ReturneeSource.LIST)
"""What the office enters itself; what a gate saw comes from the gate."""


RETURNEE_STATE_WORDS = {
    ReturneeState.HERE: pgettext_lazy("returnee", "here"),
    ReturneeState.LEFT: pgettext_lazy("returnee", "has left"),
    ReturneeState.MISTAKEN: pgettext_lazy("returnee", "named by mistake"),
}


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more
    )


class RosterUpload(forms.Form):
    """A roster to look at before it is loaded."""

    file = forms.FileField(label=_("Roster"))


class ListUpload(forms.Form):
    """A list of returnees from above, to look at before it is loaded."""

    file = forms.FileField(label=_("List"))
    agency = forms.CharField(label=pgettext_lazy("list", "Sent by"), max_length=60, required=False)


class PresenceOf(forms.Form):
    """Whether somebody is here, and since when."""

    presence = forms.ChoiceField(
        label=_("Presence"), choices=list(PRESENCE_WORDS.items()), widget=forms.RadioSelect
    )
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ReturneeForm(forms.Form):
    """Somebody who came from elsewhere to stay, entered by the office. ``sighting``: sent twice it is one entry."""

    sighting = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=60)
    origin = forms.CharField(label=_("Comes from"), max_length=60)
    arrived_on = forms.DateField(
        label=_("Arrived on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    id_number = forms.CharField(label=_("ID number"), required=False, max_length=40)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"inputmode": "tel"})
    )
    remarks = forms.CharField(label=_("Remarks"), required=False, max_length=200)
    source = forms.ChoiceField(
        label=_("How it is known"),
        choices=[(source, RETURNEE_SOURCE_WORDS[source]) for source in BY_HAND],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, today: dt.date, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.today = today

    def clean_arrived_on(self) -> dt.date | None:
        arrived: dt.date | None = self.cleaned_data["arrived_on"]
        if arrived and arrived > self.today:
            raise forms.ValidationError(_("This day has not come yet. Enter her when she is here."))
        return arrived

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("id_number") and not cleaned.get("phone"):
            self.add_error(
                "phone", _("Take down the ID number or the phone: one of the two finds her again.")
            )
        return cleaned


class FactsForm(forms.Form):
    """What is known of a returnee. An empty day leaves what is known."""

    name = forms.CharField(label=_("Name"), max_length=60)
    origin = forms.CharField(label=_("Comes from"), required=False, max_length=60)
    last_there_on = _day(_("Last day there"))
    arrived_on = _day(_("Arrived on"))
    route = forms.CharField(label=_("Route"), required=False, max_length=200)
    companions = forms.CharField(label=_("Came with"), required=False, max_length=200)
    remarks = forms.CharField(label=_("Remarks"), required=False, max_length=500)

    def __init__(self, data: Any = None, *, today: dt.date, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for name in ("last_there_on", "arrived_on"):
            self.fields[name].widget.attrs["max"] = today.isoformat()


class StateForm(forms.Form):
    """Whether a returnee is here; if not, the reason."""

    state = forms.ChoiceField(
        label=_("Presence"), choices=list(RETURNEE_STATE_WORDS.items()), widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Where to, or how it is known"), required=False, max_length=300)


class DoorForm(forms.Form):
    """A door as it is said, and who somebody is behind it."""

    compound = forms.TypedChoiceField(
        label=_("Compound or group"), required=False, coerce=int, empty_value=None
    )
    address = forms.CharField(label=_("Address"), max_length=120)
    relation = forms.CharField(label=_("Relation"), required=False, max_length=20)

    def __init__(self, data: Any = None, *, compounds: Iterable[Any], **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["compound"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # for the type checker
        field.choices = [("", "–"), *((str(one.pk), one.name) for one in compounds)]


class ResidentForm(forms.Form):
    """A person of a household."""

    name = forms.CharField(label=_("Name"), max_length=60)
    relation = forms.CharField(label=_("Relation"), required=False, max_length=20)
    id_number = forms.CharField(label=_("ID number"), required=False, max_length=40)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"inputmode": "tel"})
    )
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", "–"), ("f", _("female")), ("m", _("male"))]
    )
    born_on = _day(_("Date of birth"))
    remarks = forms.CharField(label=_("Remarks"), required=False, max_length=500)


class ChangeResidentForm(ResidentForm):
    """The same of somebody known: an empty number leaves the one that is kept, unless it is to be forgotten."""

    forget_id = forms.BooleanField(label=_("The ID number kept is wrong: forget it"), required=False)
    forget_phone = forms.BooleanField(label=_("The phone kept is wrong: forget it"), required=False)


class MoversForm(forms.Form):
    """Who of a household it is about."""

    residents = forms.TypedMultipleChoiceField(
        label=_("Who"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["residents"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # for the type checker
        field.choices = [(str(pk), name) for pk, name in people]


class RemarksForm(forms.Form):
    remarks = forms.CharField(
        label=_("Remarks"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )
