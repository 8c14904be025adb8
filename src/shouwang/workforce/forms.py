"""The shapes of what is entered about caseloads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallerForm(forms.Form):
    """Who carries a caseload, and what it is called. Account and name both empty: nobody."""

    name = forms.CharField(label=pgettext_lazy("caseload", "name"), max_length=20)
    caller_id = forms.TypedChoiceField(
        label=_("Caller with an account"), required=False, coerce=int, empty_value=None
    )
    caller_name = forms.CharField(label=_("Or a volunteer's name"), required=False, max_length=60)

    def __init__(self, *args: Any, accounts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caller_id"].choices = [("", "—"), *accounts]  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    """How many caseloads, and how long to search."""

    caseloads = forms.IntegerField(label=_("How many caseloads"), min_value=1, max_value=2000)
    seconds = forms.TypedChoiceField(
        label=_("How long to search"),
        coerce=int,
        choices=[(10, _("10 seconds: a first look")), (60, _("1 minute: shorter ways"))],
        initial=10,
    )
