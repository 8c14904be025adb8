"""The shape of what is entered about people; what is allowed is up to the actions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.people.enums import Presence, ReturneeSource

PRESENCE_WORDS = {
    Presence.PRESENT: _("here"),
    Presence.AWAY: _("away"),
    Presence.MOVED: _("moved away"),
    Presence.DIED: _("deceased"),
}


RETURNEE_SOURCE_WORDS = {
    ReturneeSource.GATE: _("at the gate"),
    ReturneeSource.CALL: _("on a call"),
    ReturneeSource.DECLARED: _("said so herself"),
    ReturneeSource.LIST: _("on a list"),
}
BY_HAND = (ReturneeSource.DECLARED, ReturneeSource.CALL, ReturneeSource.LIST)
"""What the office enters itself; what a gate saw comes from the gate."""


class RosterUpload(forms.Form):
    """A roster to look at before it is loaded."""

    file = forms.FileField(label=_("Roster"))


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
