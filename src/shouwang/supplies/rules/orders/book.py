"""What stands ordered while a chat is read: entries, doubts, who lives where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.names import Want, plausible
from shouwang.supplies.rules.orders.numerals import plain


@dataclass(slots=True, eq=False)
class Entry:
    """A line of the order. Without `address` it gets the one its `who` gives anywhere in the chat, if it is `own`."""

    who: str | None
    address: str | None
    want: Want
    messages: set[int]
    own: bool = True
    beneficiary: str | None = None
    alive: bool = True
    more: bool = False  # said to come on top, so no duplicate
    chain: int | None = None

    @property
    def key(self) -> str:
        return self.who or self.address or ""


@dataclass(slots=True)
class Doubt:
    """A part of a message that a person must look at. `key` is whose it is, `item` what it is about, if known."""

    message: int
    reason: str
    text: str
    key: str = ""
    item: str = ""
    address: str | None = None
    specs: list[str] = field(default_factory=list)
    settled: bool = False


@dataclass(slots=True)
class Book:
    """All of it. The order of entries is the order in which they were told."""

    entries: list[Entry] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    by_key: dict[str, list[Entry]] = field(default_factory=dict)
    doubts_by_key: dict[str, list[Doubt]] = field(default_factory=dict)

    def live(self, key: str) -> list[Entry]:
        return [entry for entry in self.by_key.get(key, ()) if entry.alive]

    def address(self, entry: Entry) -> str | None:
        if entry.address or not entry.own:
            return entry.address
        return self.homes.get(entry.who or "")

    def doubt(self, message: int, reason: str, text: str, key: str = "", want: Want | None = None) -> Doubt:
        found = Doubt(message, reason, text, key, want.item if want else "", None, want.specs if want else [])
        self.doubts.append(found)
        if key:
            self.doubts_by_key.setdefault(key, []).append(found)
        return found

    def open_doubts(self, key: str) -> list[Doubt]:
        return [doubt for doubt in self.doubts_by_key.get(key, ()) if not doubt.settled]

    def put(self, entry: Entry, text: str) -> Entry | None:
        """Enter it, or its doubt; None if it went to review."""
        want = entry.want
        reason = want.doubt or _doubt(want)
        number = min(entry.messages)
        if not reason and entry.who is None and entry.address is None:
            reason = "no_sender"
        if reason:
            found = self.doubt(number, reason, text, entry.key, want)
            found.address = entry.address
            return None
        for old in self.open_doubts(entry.key):
            if old.item and old.item == want.item and old.reason in ("no_quantity", "vague", "unclear"):
                old.settled = True
                entry.messages.add(old.message)
        self.entries.append(entry)
        self.by_key.setdefault(entry.key, []).append(entry)
        return entry

    def copy(self, entry: Entry, who: str | None, address: str | None, number: int) -> Entry:
        new = Entry(
            who,
            address,
            replace(entry.want, specs=list(entry.want.specs), notes=[]),
            {*entry.messages, number},
        )
        self.entries.append(new)
        self.by_key.setdefault(new.key, []).append(new)
        return new


def _doubt(want: Want) -> str | None:
    if want.quantity is None:
        return "no_quantity"
    amount = Decimal(want.quantity)
    if amount <= 0 or amount >= 500:
        return "unclear"
    if not want.item:
        return "unclear"
    if want.item in goods.words("classes"):
        return "unclear"
    return None if plausible(want) else "unclear"


def add_amount(entry: Entry, amount: str, sign: int = 1) -> None:
    entry.want = replace(
        entry.want,
        quantity=plain(Decimal(entry.want.quantity or "0") + sign * Decimal(amount)),
        specs=list(entry.want.specs),
    )
