"""The shape of what is entered about a grievance; what is allowed is up to the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.grievances.enums import MatterKind

KIND_WORDS = {
    MatterKind.TROUBLE: pgettext_lazy("grievance", "quarrel"),
    MatterKind.COMPLAINT: pgettext_lazy("grievance", "complaint"),
    MatterKind.TIP: pgettext_lazy("grievance", "tip"),
    MatterKind.HELP_REFUSED: pgettext_lazy("grievance", "help refused"),
}


class MatterForm(forms.Form):
    """What somebody told the office. ``matter``: sent twice it is one. Without a household nobody is named."""

    matter = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=list(KIND_WORDS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("What happened"), max_length=500, widget=forms.Textarea({"rows": 3}))
    about_office = forms.BooleanField(label=_("It is about the community's own office"), required=False)
