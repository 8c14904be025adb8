"""How what was said becomes entries: sums, answers to what was left open, a maker told afterwards."""

from __future__ import annotations

import re
from dataclasses import replace

from shouwang.supplies.rules.orders import goods
from shouwang.supplies.rules.orders.book import Book, Entry, add_amount
from shouwang.supplies.rules.orders.names import Want, maker_of, plausible
from shouwang.supplies.rules.orders.phrases import EITHER, PAPER, PHOTO, VAGUE, VOICE
from shouwang.supplies.rules.orders.wants import wants


class Entering:
    """Writes to `book`."""

    book: Book

    def _put(self, entry: Entry, text: str) -> Entry | None:
        item = entry.want.item
        if (
            item
            and not goods.known(item)
            and (re.search(r"[我你他她它家要给]|帮(?!宝)", item) or not plausible(entry.want))
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
        last = self.book.live(key)[-1:]
        if last and last[0].want.unit is None and want.unit and max(last[0].messages) >= n - 4:
            last[0].want = replace(last[0].want, quantity=want.quantity, unit=want.unit)
            last[0].messages.add(n)
            return True
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

    def _media(self, n: int, key: str, text: str, staff: bool) -> bool:
        if VOICE.search(text):
            if not staff:
                self.book.doubt(n, "unclear", text, key)
            return True
        if not PHOTO.search(text):
            return False
        if not staff:
            rest = PHOTO.sub("", text).strip()
            doubt = self.book.doubt(n, "prescription" if PAPER.search(rest) else "photo", text, key)
            for want in wants(rest):
                doubt.quantity, doubt.unit = want.quantity or doubt.quantity, want.unit or doubt.unit
        return True

    def _doubtful(self, n: int, key: str, address: str | None, text: str) -> bool:
        """Whole messages that a person must look at."""
        if (
            EITHER.search(text)
            and not re.search(r"[（(][^）)]*(?:都可以|也可以|都行)[^）)]*[）)]", text)
            and (re.search(r"有.{1,8}要|没有|或|也行|也可以|没.{1,4}(?:就|也)", text))
            and (any(w.item for w in wants(text)) or re.search(r"有.{1,8}要", text))
        ):
            self.book.doubt(n, "alternative", text, key)
            return True
        if (
            PAPER.search(text)
            and re.search(r"照|按|写着|上面|拿药|上的", text)
            and not any(w.quantity for w in wants(text))
        ):
            self.book.doubt(n, "prescription", text, key)
            return True
        if VAGUE.search(text) and not any(w.quantity and not w.doubt for w in wants(text)):
            self.book.doubt(n, "vague", text, key)
            return True
        return False
