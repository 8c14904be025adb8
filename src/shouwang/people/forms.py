"""The shape of what is entered about people; what is allowed is up to the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RosterUpload(forms.Form):
    """A roster to look at before it is loaded."""

    file = forms.FileField(label=_("Roster"))
