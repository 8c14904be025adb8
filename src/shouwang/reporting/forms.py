"""The day a report is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Day(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
