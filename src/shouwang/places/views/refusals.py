"""What a form was sent, and a refusal shown on the form it belongs to."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from shouwang.kernel.errors import Refused

T = TypeVar("T")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; ``None`` while the form is only looked at."""
    return request.POST if request.method == "POST" else None


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
