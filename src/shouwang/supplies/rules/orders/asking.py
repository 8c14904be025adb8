"""Questions among orders."""

from __future__ import annotations

import re

from shouwang.supplies.rules.orders import alarms
from shouwang.supplies.rules.orders.phrases import CLAUSE_END, TOLD, WISHES
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


def without_tales(text: str) -> str:
    """`text` without the clauses that tell what happened or what is there."""
    if not TOLD.search(text):
        return text
    parts = re.split(r"([，,。；;！!\n]+)", text)
    for at in range(0, len(parts), 2):
        if TOLD.search(parts[at]) and not WISHES.search(parts[at]) and not named_things(parts[at]):
            parts[at] = ""
    return "".join(parts)


def named_things(clause: str) -> bool:
    """Whether things with amounts stand there apart from the tale (``盐1包 酱油1瓶 醋没有了``)."""
    before = TOLD.split(clause, maxsplit=1)[0]
    return any(want.item and want.quantity for want in wants(before))
