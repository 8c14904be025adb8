"""A refusal shown on the form it belongs to."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.forms import Form
from django.utils.translation import gettext

from shouwang.kernel.errors import Refused

T = TypeVar("T")


def text(error: Refused) -> str:
    """The refusal in the reader's language."""
    hint = gettext(error.hint)
    return hint % error.params if error.params else hint


def attempt(form: Form, act: Callable[[], T]) -> T | None:
    """Do ``act``; what it refuses becomes an error of the form, and nothing is written."""
    try:
        with transaction.atomic():
            return act()
    except Refused as refusal:
        form.add_error(None, text(refusal))
        return None
