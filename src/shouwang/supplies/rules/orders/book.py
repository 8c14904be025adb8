"""What stands ordered while a chat is read: entries, doubts, who lives where."""

from __future__ import annotations

import re
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
    quantity: str | None = None
    unit: str | None = None


@dataclass(slots=True)
class Book:
    """All of it. The order of entries is the order in which they were told."""

    entries: list[Entry] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    by_key: dict[str, list[Entry]] = field(default_factory=dict)
    by_head: dict[str, list[str]] = field(default_factory=dict)  # the keys by their first two signs
    doubts_by_key: dict[str, list[Doubt]] = field(default_factory=dict)

    def live(self, key: str) -> list[Entry]:
        return [entry for entry in self.by_key.get(key, ()) if entry.alive]

    def address(self, entry: Entry) -> str | None:
        home = self.homes.get(entry.who or "")
        if entry.own and home and (not entry.address or home.startswith(f"{entry.address}-")):
            return home
        return entry.address

    def lives(self, who: str, address: str) -> None:
        """`who` gave this address; the first holds, unless the later one only says it in full."""
        known = self.homes.get(who)
        if known is None or address.startswith(f"{known}-"):
            self.homes[who] = address

    def doubt(self, message: int, reason: str, text: str, key: str = "", want: Want | None = None) -> Doubt:
        found = Doubt(message, reason, text, key, want.item if want else "", None, want.specs if want else [])
        if want and reason == "unclear":
            found.quantity, found.unit = want.quantity, want.unit
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
        if reason == "no_quantity" and want.packed:
            want.specs[-1:] = [want.packed]
            for old in self.open_doubts(entry.key):
                if old.quantity:  # the class of a drug or a photo, with a count: now it has its name
                    want.quantity, want.unit, want.packed, reason = old.quantity, old.unit, None, None
                    old.settled = True
                    entry.messages.add(old.message)
        if reason == "no_quantity":
            for old in self.open_doubts(entry.key):
                if old.reason == "unclear" and old.specs and not old.item:
                    want.quantity, reason = old.specs[0], None
        if not reason and entry.who is None and entry.address is None:
            reason = "no_sender"
        if reason:
            found = self.doubt(number, reason, text, entry.key, want)
            found.address = entry.address
            return None
        for old in self.open_doubts(entry.key):
            if old.reason == "unclear" and old.specs and not old.item and number > old.message:
                old.settled = True  # a bare ``+1``, and now she says of what
                entry.messages.add(old.message)
            if old.reason == "vague" and _OPENING.search(old.text) and number > old.message:
                old.settled = True
                entry.messages.add(old.message)
            if old.item and old.item == want.item and old.reason in ("no_quantity", "vague", "unclear"):
                old.settled = True
                entry.messages.add(old.message)
        self._enter(entry)
        return entry

    def _enter(self, entry: Entry) -> None:
        self.entries.append(entry)
        if entry.key not in self.by_key and len(entry.key) >= 2:
            self.by_head.setdefault(entry.key[:2], []).append(entry.key)
        self.by_key.setdefault(entry.key, []).append(entry)

    def copy(self, entry: Entry, who: str | None, address: str | None, number: int) -> Entry:
        new = Entry(
            who,
            address,
            replace(entry.want, specs=list(entry.want.specs), notes=[]),
            {*entry.messages, number},
        )
        self._enter(new)
        return new


_OPENING = re.compile(
    r"^\s*(?:我|我们)?(?:家)?(?:也)?(?:想|要|想要)?(?:买|订|要|报|带)?(?:一?点|些)(?:儿)?(?:菜|东西|货|药|吃的)(?!.*\d+\s*[元块])"
)
"""``我要买点菜``: only the beginning of an order, which follows."""


def _doubt(want: Want) -> str | None:
    if want.quantity is None:
        return "no_quantity"
    amount = Decimal(want.quantity)
    if (
        want.packed
        and want.unit in ("片", "粒", "丸", "袋", "支")
        and goods.category(want.item) == "medicine"
    ):
        return "no_quantity"  # ``30mg*7片`` is the size of the box
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
