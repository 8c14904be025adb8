"""The shape of what is entered about a need; what is allowed is up to the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.supplies.enums import RequestSource

BY_HAND = (
    (RequestSource.PHONE, pgettext_lazy("how a need was told", "rang the office")),
    (RequestSource.PROXY, pgettext_lazy("how a need was told", "written down for them")),
    (RequestSource.CHAT, pgettext_lazy("how a need was told", "in the chat")),
)
"""What the office writes down itself; the other ways bring their needs by themselves."""


class AskForm(forms.Form):
    """A need that somebody told the office. ``telling``: sent twice it is one."""

    telling = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("What do they need?"), max_length=500, widget=forms.Textarea({"rows": 2}))
    source = forms.ChoiceField(label=_("How it was told"), choices=BY_HAND, widget=forms.RadioSelect)
    urgent = forms.BooleanField(label=_("It cannot wait"), required=False)
