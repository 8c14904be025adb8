"""What the system says no with. Raised by rules and actions, rendered by the edge in the user's language."""

from typing import Any


def gettext_noop(message: str) -> str:
    """Mark ``message`` for translation; the edge translates it. Rules know no framework, so they only mark."""
    return message


class ShouwangError(Exception):
    """A refusal with a stable ``code`` for machines and a ``hint`` for people.

    ``hint`` is an English message with ``%(name)s`` places filled from ``params`` after translation. It says what to
    do next, not only what went wrong.
    """

    def __init__(self, code: str, hint: str, /, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.hint = hint
        self.params = params

    def __str__(self) -> str:
        return self.hint % self.params if self.params else self.hint


class Refused(ShouwangError):
    """The request is well-formed but a rule forbids it (HTTP 422). Nothing was written."""


class Forbidden(ShouwangError):
    """The actor has no grant for this act in this area (HTTP 403)."""

    def __init__(self, permission: str, community: int | None = None) -> None:
        super().__init__(
            "forbidden",
            gettext_noop("You have no permission for this here. Ask your administrator if you need it."),
        )
        self.permission = permission
        self.community = community


class NotFound(ShouwangError):
    """The thing does not exist, or lies outside the jurisdiction, which is the same to the asker (HTTP 404)."""

    def __init__(self, kind: str = "", key: object = "") -> None:
        super().__init__("not_found", gettext_noop("This does not exist, or not in your area."))
        self.kind = kind
        self.key = key
