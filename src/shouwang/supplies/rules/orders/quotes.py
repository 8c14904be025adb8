"""What is said under a quote: about the thing that the quoted post offers or orders."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from shouwang.supplies.rules.orders.book import Entry
from shouwang.supplies.rules.orders.changes import CANCEL, CHANGE, MORE, cancel, correct, named
from shouwang.supplies.rules.orders.doors import doors, without
from shouwang.supplies.rules.orders.names import Want
from shouwang.supplies.rules.orders.people import behalf
from shouwang.supplies.rules.orders.wants import wants

if TYPE_CHECKING:
    from shouwang.supplies.rules.orders.posts import Posts

_POINTER = re.compile(
    r"(?:跟|和|同|照)?(?:这个|那个|楼上|上面)?(?:也)?(?:要)?一样的?|同上|那种|这种|这个|那个"
)
_PRICED = re.compile(
    r"(?P<name>[一-鿿A-Za-z][一-鿿A-Za-z0-9]{0,11}?)\s*[:：]?\s*\d+(?:\.\d+)?\s*(?:元钱?|块钱?)?\d*(?:毛|角)?\s*[/一每]\s*(?P<unit>[一-鿿])"
)
_PRAISE = re.compile(
    r"^.*?(?:自家(?:养的?|种的?)|今天的?|现杀的?|新鲜的?|刚到的?|本地的?|正宗的?|还有|有)(?=[一-鿿]{2})"
)


def offers_in(text: str) -> list[tuple[str, str]]:
    """What a post offers at a price, with the unit it is sold by (``自家养的土鸡80一只`` → 土鸡, 只)."""
    return [(_PRAISE.sub("", match["name"]), match["unit"]) for match in _PRICED.finditer(text)]


class Quotes:
    """Resolves quotes in the posts of one chat."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts

    def take(self, n: int, who: str | None, home: str | None, quote: re.Match[str]) -> bool:
        """What is said under a quote is about the thing that the quoted post offers or orders."""
        book, key = self.posts.book, who or home or ""
        words = quote["rest"]
        if who and home:
            book.lives(who, home)
        source = self._post_of(n, quote)
        entries = [
            e for e in book.entries if e.alive and source in e.messages and source == max(e.messages - {n})
        ]
        told = without(words, doors(words)).strip(" ，,")
        if (
            entries
            and entries[0].key == key
            and (CANCEL.search(told) or CHANGE.search(told) or MORE.search(told))
        ):
            return self._own_again(n, who, home, entries, told)
        base = [(entry.want, entry.messages) for entry in entries] or [
            (Want(name, None, unit), {source} if source else set()) for name, unit in offers_in(quote["text"])
        ]
        pointing = re.search(r"一样|同|也|照|\+|＋|这个|那个|这种|那种|要$|要[，,]|来$", told)
        put = False
        for part in behalf(self.posts, who, home, words, False):
            for want in wants(_POINTER.sub(" ", part.text)):
                messages = {n}
                if not want.item and want.quantity and len(base) == 1:
                    want = replace(
                        base[0][0],
                        quantity=want.quantity,
                        unit=base[0][0].unit if want.unit in (None, "份") else want.unit,
                        notes=[*want.notes],
                        doubt=None,
                    )
                    messages |= base[0][1]
                if want.item and want.quantity:
                    entry = Entry(part.who, part.address, want, messages, part.own, part.beneficiary)
                    put = bool(book.put(entry, told)) or put
        if put:
            return True
        if base and pointing and all(want.quantity or re.search(r"[+＋]\s*1", told) for want, _ in base):
            for want, messages in base:
                copied = replace(want, quantity=want.quantity or "1", specs=list(want.specs), notes=[])
                book.put(Entry(who, home, copied, {*messages, n}), told)
            return True
        if pointing and not base and not re.search(r"[?？]", told):
            book.doubt(n, "refers_back", told, key)
            return True
        return not told

    def _own_again(self, n: int, who: str | None, home: str | None, entries: list[Entry], told: str) -> bool:
        """Somebody quotes what she herself ordered, to change it or take it back."""
        book = self.posts.book
        if CANCEL.search(told):
            if cancel(entries, told, n) is None:
                for entry in entries:
                    entry.alive = False
            return True
        touched = correct(book, entries, told, n)
        items = {entry.want.item for entry in touched}
        for want in wants(told):
            if want.item and want.quantity and want.item not in items and not named(touched, want.item):
                book.put(Entry(who, home, want, {n}), told)
        return True

    def _post_of(self, n: int, quote: re.Match[str]) -> int:
        """The number of the quoted post; the one above where only 上条 is said; 0 if it is not in the chat."""
        words = re.sub(r"[\s…]+|\.{3}$", "", quote["text"])
        if not words:
            return n - 1
        for number_ in range(n - 1, 0, -1):
            if words in re.sub(r"\s+", "", self.posts.said[number_]):
                return number_
        return 0
