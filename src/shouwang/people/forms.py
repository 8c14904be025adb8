"""The shape of what is entered about people; what is allowed is up to the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.people.enums import Presence

PRESENCE_WORDS = {
    Presence.PRESENT: _("here"),
    Presence.AWAY: _("away"),
    Presence.MOVED: _("moved away"),
    Presence.DIED: _("deceased"),
}


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
