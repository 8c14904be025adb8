"""The shape of what people enter about accounts. Policy is in the actions."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.access.context import ROLE_WORDS
from shouwang.access.enums import Role
from shouwang.access.models import User
from shouwang.access.queries import area_names, find_areas, managed_ranges
from shouwang.access.rules import ALL_AREAS, clean_username, roles_within
from shouwang.access.words import VERB_WORDS
from shouwang.kernel import areas
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import EVERYWHERE, Scope


def capitals(word: Any) -> str:
    """A word of the list of roles, at the beginning of a line."""
    text = str(word)
    return text[:1].upper() + text[1:]


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _(
            "User name and password do not fit together. After 5 wrong entries in a row the account rests for a while."
        ),
        "inactive": _("This account is locked. Ask your administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].label = _("Password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class NewPasswordForm(forms.Form):
    """A new password, twice. ``user`` is asked so that it is not like her name."""

    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = _(
            "At least 10 characters, not digits alone; nothing like your name, and no password that many use."
        )

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("new") and cleaned["new"] != cleaned.get("again", cleaned["new"]):
            self.add_error("again", _("The two are not the same: enter the new password again."))
        return cleaned


class AcceptForm(NewPasswordForm):
    display_name = forms.CharField(label=_("Your name"), max_length=60)
    field_order = ("display_name", "new", "again")


class PasswordForm(NewPasswordForm):
    old = forms.CharField(
        label=_("Old password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "code",
                "data-autofocus": "",
            }
        ),
    )


class RecoveryForm(CodeForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "code"}
        ),
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("as this browser asks")), *settings.LANGUAGES]  # type: ignore[attr-defined]


class AreaField(forms.CharField):
    """An area by its name, the beginning of its pinyin, or its code; a code once it is clear which one is meant."""

    scope = Scope.nobody()

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if text == str(ALL_AREAS):
            return ALL_AREAS
        if text.isdecimal():
            try:
                return areas.parse(text)
            except Refused as error:
                raise ValidationError(gettext(error.hint), params=error.params) from error
        found = find_areas(self.scope, text)
        exact = [area for area in found if area.name == text]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0].code
        if not found:
            raise ValidationError(
                _("No area of this name in your range. Try a part of it, or the 12-digit code.")
            )
        choices = ", ".join(f"{area.name} {area.code}" for area in found)
        raise ValidationError(
            _("Several areas fit: %(choices)s. Enter one code."), params={"choices": choices}
        )


class GrantForm(forms.Form):
    """A role and where it holds. The roles offered are those that fit into the administrator's own range."""

    role = forms.ChoiceField(label=_("Role"))
    area = AreaField(
        label=_("Area"),
        help_text=_("Part of the name, or the 12-digit code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "areas"}),
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ranges = managed_ranges(scope)
        offered = {role for first, last in ranges for role in roles_within(first, last)}
        self.fields["role"].choices = [("", _("choose")), *role_choices(offered)]  # type: ignore[attr-defined]
        self.fields["area"].scope = scope  # type: ignore[attr-defined]
        homes = [first for first, last in ranges if (first, last) != EVERYWHERE]
        self.suggested = [(str(code), name) for code, name in sorted(area_names(homes).items())]
        if EVERYWHERE in ranges:
            self.suggested.insert(0, (str(ALL_AREAS), str(_("all areas"))))


class NewUserForm(GrantForm):
    display_name = forms.CharField(label=_("Name"), max_length=60)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Letters a-z, digits, dots or hyphens, for example wang.min. No phone numbers."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    agency = forms.CharField(label=_("Agency"), max_length=120, required=False)
    field_order = ("display_name", "username", "agency", "role", "area")

    def clean_username(self) -> str:
        try:
            return clean_username(self.cleaned_data["username"])
        except Refused as error:
            raise ValidationError(gettext(error.hint)) from error


class UserFilterForm(forms.Form):
    q = forms.CharField(label=_("Name, user name, agency"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    area = AreaField(label=_("Area"), required=False)
    locked = forms.BooleanField(label=_("locked only"), required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("all roles")), *role_choices(Role)]  # type: ignore[attr-defined]
        self.fields["area"].scope = scope  # type: ignore[attr-defined]


class AuditFilterForm(forms.Form):
    person = forms.CharField(label=_("Person"), required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    area = AreaField(label=_("Area"), required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.CharField(label=_("Kind of thing"), required=False, max_length=40)
    subject = forms.CharField(label=_("Its number"), required=False, max_length=60)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = sorted(((verb, capitals(word)) for verb, word in VERB_WORDS.items()), key=lambda one: one[1])
        self.fields["verb"].choices = [("", _("everything")), *words]  # type: ignore[attr-defined]
        self.fields["area"].scope = scope  # type: ignore[attr-defined]


def role_choices(roles: Any) -> list[tuple[str, str]]:
    return [(role.value, capitals(ROLE_WORDS[role])) for role in Role if role in set(roles)]


def range_of_code(code: int | None) -> tuple[int, int] | None:
    """The range a filter by area means; ``None`` for no filter."""
    return areas.span(code) if code else None
