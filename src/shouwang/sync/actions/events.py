"""News goes upward: the table in ``config.wiring`` says who acts on it, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shouwang.kernel.scope import Scope

Handler = Callable[[Scope, Any], None]
_handlers: dict[type, tuple[Handler, ...]] = {}


def connect(table: Mapping[type, Sequence[Handler]]) -> None:
    """Install the one event → handlers table. Called once, by ``config``."""
    _handlers.clear()
    _handlers.update({event: tuple(handlers) for event, handlers in table.items()})


def publish(scope: Scope, event: object) -> None:
    """Hand ``event`` to its handlers, in order, inside the caller's transaction; what one raises undoes all.

    Raises ``LookupError`` for an event that the table does not know: news must not fall on deaf ears unnoticed.
    """
    if type(event) not in _handlers:
        raise LookupError(f"{type(event).__name__} is not in config.wiring")
    for handler in _handlers[type(event)]:
        handler(scope, event)
