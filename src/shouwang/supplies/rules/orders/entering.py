"""How what was said becomes entries: sums, answers to what was left open, a maker told afterwards."""

from __future__ import annotations

import re

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.book import Book, Entry, add_amount
from shouwang.supplies.rules.orders.names import Want, maker_of, plausible


class Entering:
    """Writes to `book`."""

    book: Book

    def _put(self, entry: Entry, text: str) -> Entry | None:
        item = entry.want.item
        if (
            item
            and not goods.known(item)
            and (re.search(r"[我你他她它家要给帮]", item) or not plausible(entry.want))
        ):
            entry.want.item = goods.ending(item) or item
        if entry.more and entry.want.quantity:
            for old in self.book.live(entry.key):
                same = old.want.item == entry.want.item and old.want.unit == entry.want.unit
                if (
                    same
                    and self.book.address(old) in (entry.address, self.book.address(entry))
                    and not entry.want.doubt
                ):
                    add_amount(old, entry.want.quantity)
                    old.messages |= entry.messages
                    return None
        return self.book.put(entry, text)

    def _complete(self, n: int, key: str, want: Want) -> bool:
        """A bare amount answers what was left open."""
        for doubt in reversed(self.book.open_doubts(key)):
            if doubt.reason in ("no_quantity", "vague", "unclear", "photo") and doubt.item:
                want.item = doubt.item
                want.specs = want.specs or list(doubt.specs)
                doubt.settled = True
                entry = Entry(key if key != doubt.address else None, doubt.address, want, {doubt.message, n})
                self.book.put(entry, want.item)
                return True
        return False

    def _maker_later(self, n: int, key: str, text: str) -> None:
        live = self.book.live(key)
        maker = maker_of(text)
        if maker and live:
            live[-1].want.maker = maker
            live[-1].messages.add(n)
