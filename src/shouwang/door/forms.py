"""What a household writes besides its report. Shapes only: what may be said is the actions' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.people.enums import ProposalKind

LONGEST = 500


class Minted(forms.Form):
    """Sent twice it is one thing: ``id`` was minted when the page was made."""

    use_required_attribute = False
    id = forms.UUIDField(widget=forms.HiddenInput)


def _text(label: Any, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 4, "maxlength": LONGEST})
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        widget=widget,
        error_messages={"required": _("Please write a few words.")},
    )


class HelpForm(Minted):
    text = _text(
        _("What do you need?"),
        _("Food, medicine, a doctor, somebody to carry something: write it as you say it."),
    )
    urgent = forms.BooleanField(label=_("It cannot wait until tomorrow"), required=False)


class ComplaintForm(Minted):
    text = _text(_("What happened?"))
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[
            ("complaint", _("A complaint")),
            ("trouble", _("A quarrel with somebody")),
            ("help_refused", _("We asked for help and got none")),
            ("tip", _("Something that the office should know")),
        ],
        error_messages={"required": _("Please choose one.")},
    )
    about_office = forms.BooleanField(
        label=_("It is about the community office: the town looks into it"), required=False
    )
    unnamed = forms.BooleanField(label=_("Without our name: then nobody can answer us here"), required=False)


class ArrivalForm(Minted):
    name = forms.CharField(
        label=_("Name of the person who came"),
        max_length=60,
        error_messages={"required": _("Please write the name.")},
    )
    origin = forms.CharField(
        label=_("Where from"),
        max_length=60,
        help_text=_("City and district, such as 武汉市江岸区"),
        error_messages={"required": _("Please write where from.")},
    )
    arrived_on = forms.DateField(
        label=_("Day of arrival"),
        widget=forms.DateInput({"type": "date"}),
        required=False,
        error_messages={"invalid": _("Please write the day like 2020-02-14.")},
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    id_number = forms.CharField(label=_("ID number"), max_length=40, required=False)
    to_stay = forms.ChoiceField(
        label=_("Is she or he staying with you?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, lives here now")), ("no", _("No, on a visit"))],
        error_messages={"required": _("Please choose one.")},
    )


CHANGES = (
    (ProposalKind.CORRECT, _("Name, phone or another detail is wrong")),
    (ProposalKind.AWAY, _("Is away at present")),
    (ProposalKind.BACK, _("Is back again")),
    (ProposalKind.MOVED_OUT, _("Does not live here any more")),
    (ProposalKind.MOVED_IN, _("Somebody who lives here is missing")),
)


class PeopleForm(Minted):
    """A change of the household's data, for the office to confirm. ``people``: resident and how she is called."""

    who = forms.ChoiceField(label=_("Who is it about?"), required=False)
    kind = forms.ChoiceField(
        label=_("What is to be changed?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, word) for kind, word in CHANGES],
        error_messages={"required": _("Please choose one.")},
    )
    name = forms.CharField(label=_("Name, if it is missing or wrong"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Phone, if it is missing or wrong"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel"}),
    )
    relation = forms.CharField(
        label=pgettext_lazy("of a household", "Relation to the head, if it is wrong"),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "–"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        missing = found.get("kind") == ProposalKind.MOVED_IN
        if found.get("kind") and not missing and not found.get("who"):
            self.add_error("who", _("Please choose who it is about."))
        if missing and not found.get("name"):
            self.add_error("name", _("Please write the name."))
        if found.get("kind") == ProposalKind.CORRECT and not any(
            found.get(field) for field in ("name", "phone", "relation")
        ):
            self.add_error("name", _("Please write what is right."))
        return found
