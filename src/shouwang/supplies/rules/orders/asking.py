"""Questions among orders."""

from __future__ import annotations

import re

from shouwang.supplies.rules.orders import alarms
from shouwang.supplies.rules.orders.phrases import CLAUSE_END
from shouwang.supplies.rules.orders.wants import wants


def asks_order(text: str) -> bool:
    """Whether a question asks to order or to change (``还能加两包盐吗``)."""
    return any(want.item for want in wants(text)) or bool(re.search(r"加|改|换|来得及", text))


def without_questions(text: str) -> str:
    """`text` without its questions."""
    kept = [
        part
        for part in CLAUSE_END.split(text)
        if part and not (alarms.question(part) and not any(w.quantity for w in wants(part)))
    ]
    return "".join(kept) or text
