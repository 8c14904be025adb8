"""From a pasted chat to the reading that the registrar confirms: lines, doubts, alarms, complaints, the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from shouwang.supplies.rules.orders import alarms, goods
from shouwang.supplies.rules.orders.book import Book, Entry
from shouwang.supplies.rules.orders.messages import Message, split
from shouwang.supplies.rules.orders.posts import Posts


@dataclass(slots=True)
class Reading:
    """The contract's five lists; every message stands in at least one of them."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    review: list[dict[str, Any]] = field(default_factory=list)
    urgent: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[dict[str, Any]] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "lines": self.lines,
            "review": self.review,
            "urgent": self.urgent,
            "complaints": self.complaints,
            "ignored": self.ignored,
        }


def read(text: str) -> Reading:
    """Read a chat; any text can be read, and one without orders gives no lines."""
    messages = split(text)
    posts = Posts(messages)
    for message in messages:
        posts.take(message)
    book = posts.book
    _find_duplicates(book)
    reading = Reading()
    for entry in book.entries:
        if entry.alive:
            address = book.address(entry)
            if entry.who is None and address is None:
                book.doubt(min(entry.messages), "no_sender", entry.want.item)
                continue
            reading.lines.append(_line(entry, address))
    _close(reading, posts, messages)
    return reading


def _line(entry: Entry, address: str | None) -> dict[str, Any]:
    want = entry.want
    notes = [note for note in (entry.beneficiary, *want.notes) if note]
    return {
        "who": entry.who,
        "address": address,
        "item": want.item,
        "quantity": want.quantity,
        "unit": want.unit,
        "spec": want.spec,
        "maker": want.maker,
        "note": "，".join(notes) or None,
        "category": _category(entry),
        "messages": sorted(entry.messages),
    }


def _category(entry: Entry) -> str:
    return goods.category(entry.want.item, entry.want.spec)


def _find_duplicates(book: Book) -> None:
    """The second order of a thing from one door goes to review, unless it was said to come on top."""
    first: dict[tuple[str | None, str], Entry] = {}
    for entry in book.entries:
        if not entry.alive:
            continue
        address = book.address(entry)
        place = (address or (entry.key if entry.own else None), entry.want.item)
        if place[0] is None or ("-" not in place[0] and address):
            continue
        before = first.setdefault(place, entry)
        if before is entry:
            continue
        same_size = before.want.spec == entry.want.spec or not (before.want.spec and entry.want.spec)
        if (entry.more and entry.who == before.who) or (not same_size and entry.who == before.who):
            continue
        if entry.chain is not None and before.chain == entry.chain:
            continue
        entry.alive = False
        book.doubt(max(min(entry.messages), min(before.messages)), "duplicate", entry.want.item, entry.key)


def _close(reading: Reading, posts: Posts, messages: list[Message]) -> None:
    texts = {message.number: message.text for message in messages}
    seen: set[tuple[int, str]] = set()
    for doubt in sorted(posts.book.doubts, key=lambda doubt: doubt.message):
        if not doubt.settled and (doubt.message, doubt.reason) not in seen:
            seen.add((doubt.message, doubt.reason))
            reading.review.append(
                {"message": doubt.message, "reason": doubt.reason, "text": doubt.text or texts[doubt.message]}
            )
    reading.urgent = [{"message": number, "text": texts[number]} for number in sorted(posts.urgent)]
    reading.complaints = [
        {"message": number, "text": texts[number]} for number in sorted(posts.complaints - posts.urgent)
    ]
    told = {number for line in reading.lines for number in line["messages"]}
    told |= {row["message"] for row in (*reading.review, *reading.urgent, *reading.complaints)}
    reading.ignored = [message.number for message in messages if message.number not in told]


def is_staff(nickname: str | None) -> bool:
    return bool(nickname and alarms.STAFF.search(re.sub(r"老板娘|老板", "", nickname)))
