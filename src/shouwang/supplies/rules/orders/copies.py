"""Orders that point at another one: 同上, +1, a quote, ``跟302一样``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from shouwang.supplies.rules.orders.book import Entry
from shouwang.supplies.rules.orders.changes import CANCEL, cancel, correct, named
from shouwang.supplies.rules.orders.doors import doors, without
from shouwang.supplies.rules.orders.names import Want
from shouwang.supplies.rules.orders.numerals import number, plain
from shouwang.supplies.rules.orders.quotes import Quotes, offers_in
from shouwang.supplies.rules.orders.wants import wants

if TYPE_CHECKING:
    from shouwang.supplies.rules.orders.posts import Posts

BACK = re.compile(
    r"(?:跟|和|同|按|照)?(?:昨天|前天|上次|上周|上回|上个?月|以前|之前|平时|往常|老规矩)[^，,。]{0,6}(?:一样|那种|那个|的|来)|老样子|照旧|老规矩|照老|跟(?:以前|平时|上次|昨天|上周|上个月)一样"
)
MAKER_BACK = re.compile(r"厂家|牌子|品牌|厂")
_SAME = re.compile(
    r"^(?:我也|我)?(?:要)?(?:同上|同楼上|同前|跟楼上一样|和楼上一样|一样的?|照楼上|楼上的?(?:我?也|照样))"
)
_LIKE = re.compile(
    r"(?:同|跟|和|照|按)(?P<name>[^，,。\s的]{1,8}?)(?:家)?(?:的(?P<thing>[一-鿿]{1,8}?))?(?:一样的?(?P<thing2>[一-鿿]{1,6})?|[，,。]|$)|(?P<name2>[^，,。\s]{2,6}?)(?:要的|那份|的)我?也?(?:照样)?(?:来一份|要一份|来份|一样)"
)
_PLUS = re.compile(
    r"^\s*(?:我也|我|我家|也)?\s*[+＋]\s*(?P<n>\d{1,2}|[一二两三四五六七八九十])\s*(?P<unit>份|箱|袋|盒|个|斤|包|板|件|提|瓶|桶|罐|把|条|块|只|棵|双|卷|支)?\s*(?=$|[\s，,。!！~（(])|^(?:我也(?:要|来)|也?来|要|来)\s*(?P<c>\d{1,2}|[一二两三四五六七八九十])\s*(?P<cunit>份|箱|袋|盒|个|斤|包|板|件|提|瓶|桶|罐|把|条|块|只|棵|双|卷|支)(?=$|[\s，,。!！])"
)
_OFFER = re.compile(
    r"(?P<name>[A-Za-z]套餐|[一-鿿]{1,6}(?:包|套餐|礼盒|组合)|[一-鿿]{2,5}?)\s*[:：]?\s*(?:[（(][^）)]*[）)])?\s*(?P<price>\d+(?:\.\d+)?)\s*(?:元|块钱?)?\s*(?:[/一每](?P<unit>份|箱|袋|盒|个|斤|包|板|件|提|瓶|桶|罐|把|条|块|只|棵|双|卷|支))?"
)


_THIS = re.compile(
    r"(?:楼上|上面|前面|他|她|[她他]家|那)?(?:的)?(?:这|那)(?:种|个|款|样)(?P<thing>[一-鿿]{1,6}?)(?:我|俺|咱)?(?:家)?(?:也)?(?:要|来|订|带)(?P<rest>.*)$"
)
_LETTER = re.compile(
    r"(?<![A-Za-z\d])([A-Ha-h])(?:套餐|套|餐)?(?=\s*(?:[*xX×+＋]\s*[\d一二两三四五六七八九十]|[、，,和\s一二两三四五六七八九十各的改取不换留]|\d+\s*份|$))"
)


class Copies:
    """Keeps the offers, and resolves what points elsewhere."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts
        self.quotes = Quotes(posts)
        self.offer_group: list[tuple[str, str | None, int]] = []
        self.all_offers: dict[str, tuple[str | None, int]] = {}

    def offers(self, n: int, text: str) -> None:
        """What the organiser offers (``爱心菜包15元一份``)."""
        if not re.search(r"\d\s*(?:元|块|[/一每][一-鿿])|\+1|＋1", text):
            return
        found = [
            (match["name"], match["unit"], n)
            for match in _OFFER.finditer(text)
            if re.search(rf"{match['price']}\s*(?:元|块)", match.group())
        ] or [(name, unit, n) for name, unit in offers_in(text)]
        if not found:
            found = [
                (f"{letter.upper()}套餐", None, n) for letter in re.findall(r"([A-Za-z])(?:套餐|套|餐)", text)
            ]
        if found:
            self.offer_group = found
            self.all_offers |= {name: (unit, number_) for name, unit, number_ in found}

    def spelled(self, text: str) -> str:
        """Letters of offered packages in full: ``A*2 B`` → ``A套餐*2 B套餐``."""
        if not any(re.fullmatch(r"[A-Z]套餐", name) for name in self.all_offers):
            return text
        return _LETTER.sub(lambda found: f"{found[1].upper()}套餐", text)

    def take(
        self,
        n: int,
        who: str | None,
        address: str | None,
        text: str,
        quote: re.Match[str] | None,
        made: list[Entry] | None = None,
    ) -> bool:
        """True if the message was a copy (or a doubt about one)."""
        made = made if made is not None else []
        book, key = self.posts.book, who or address or ""
        found = doors(text)
        if found and who and len(found) == 1:
            book.lives(who, found[0].address)
        home = found[0].address if len(found) == 1 else address or book.homes.get(who or "")
        bare = without(text, found).strip(" ，,")
        if quote is not None:
            return self.quotes.take(n, who, home, quote)
        if self._offered(n, who, home, bare, made):
            return True
        back = BACK.search(bare)
        if back and not MAKER_BACK.search(bare) and not re.search(r"上次的|昨天(?:的|送)|上次送", bare):
            book.doubt(n, "refers_back", text, key)
            rest = "，".join(part for part in re.split(r"[，,、；;]", bare) if not BACK.search(part))
            for want in wants(rest):
                if want.item and want.quantity:
                    entry = Entry(who, home, want, {n})
                    if book.put(entry, text):
                        made.append(entry)
            return True
        return self._same(n, who, home, bare, made)

    def _same(self, n: int, who: str | None, home: str | None, text: str, made: list[Entry]) -> bool:
        book = self.posts.book
        source: list[Entry] = []
        same, like = _SAME.match(text), _LIKE.search(text)
        thing = None
        if made_for := self._same_for(n, who, home, text):
            made += made_for
            return True
        if this := _THIS.search(text):
            return self._this(n, who, home, this, made)
        if same:
            source, rest = self._last(who or home or ""), text[same.end() :]
            if not source:
                book.doubt(n, "refers_back", text, who or home or "")
                return True
        elif like:
            name = re.sub(r"^楼上|^对门|^隔壁", "", like["name"] or like["name2"] or "")
            thing = like["thing"] or like["thing2"]
            key = self._key(name)
            if key is None:
                return False
            source, rest = self._of(key), text[like.end() :]
            if not source and like["name"]:
                book.doubt(n, "refers_back", text, who or home or "")
                return True
        else:
            return False
        source = named(source, thing) or source if thing else source
        if not source:
            return False
        copied = [book.copy(entry, who, home, n) for entry in source]
        if CANCEL.search(rest):
            cancel(copied, rest, n)
            copied = [entry for entry in copied if entry.alive]
        made += copied
        touched = correct(book, copied, rest, n) if rest else []
        amounts = wants(rest)
        items = {entry.want.item for entry in (*touched, *copied)}
        for want in amounts:
            if want.item and want.quantity and want.item not in items and not named(touched, want.item):
                entry = Entry(who, home, want, {n})
                if book.put(entry, text):
                    made.append(entry)
            elif not want.item and want.quantity and len(copied) == 1 and not touched:
                copied[0].want = replace(
                    copied[0].want, quantity=want.quantity, unit=want.unit or copied[0].want.unit
                )
        return True

    def _same_for(self, n: int, who: str | None, home: str | None, text: str) -> list[Entry]:
        """``给租客小田（1-1-301）也来一份一样的``: what she ordered last herself, for another door."""
        if not (re.match(r"^\s*(?:代|帮|给|替)", text) and re.search(r"一样的?|同样的?", text) and who):
            return []
        own = [entry for entry in self.posts.book.live(who) if entry.own]
        last = max((min(entry.messages) for entry in own), default=0)
        copied = [self.posts.book.copy(e, who, home, n) for e in own if min(e.messages) == last]
        for entry in copied:
            entry.own = False
        return copied

    def _this(
        self, n: int, who: str | None, home: str | None, this: re.Match[str], made: list[Entry]
    ) -> bool:
        """``楼上这种啤酒我也要一箱``: the last order of that thing, size and maker with it."""
        book = self.posts.book
        source = next((e for e in reversed(book.entries) if e.alive and named([e], this["thing"])), None)
        if source is None:
            return False
        copied = book.copy(source, who, home, n)
        for want in wants(this["rest"]):
            if want.quantity and not want.item:
                copied.want = replace(copied.want, quantity=want.quantity, unit=want.unit or copied.want.unit)
        made.append(copied)
        return True

    def _key(self, name: str) -> str | None:
        match = re.fullmatch(r"(\d{1,3})号", name)
        if match and int(match[1]) in self.posts.numbers:
            return self.posts.numbers[int(match[1])]
        if re.fullmatch(r"\d{3,4}", name):
            hits = [
                e.key
                for e in self.posts.book.entries
                if (self.posts.book.address(e) or "").endswith("-" + name)
            ]
            return hits[-1] if hits else None
        return self.posts.known_key(name)

    def _of(self, key: str) -> list[Entry]:
        return self.posts.book.live(key)

    def _last(self, key: str) -> list[Entry]:
        for entry in reversed(self.posts.book.entries):
            if entry.alive and entry.key != key:
                return [
                    other
                    for other in self.posts.book.live(entry.key)
                    if max(other.messages) >= max(entry.messages) - 0 or other.messages & entry.messages
                ]
        return []

    def _offered(self, n: int, who: str | None, home: str | None, text: str, made: list[Entry]) -> bool:
        """+1 and letters on an offer."""
        book, key = self.posts.book, who or home or ""
        plus = _PLUS.search(text)
        if not plus:
            return False
        value = number(plus["n"] or plus["c"])
        unit = plus["unit"] or plus["cunit"]
        if value is None:
            return False
        if len(self.offer_group) == 1:
            name, offered, source = self.offer_group[0]
            want = Want(name, plain(value), unit or offered)
            if entry := book.put(Entry(who, home, want, {source, n}), text):
                made.append(entry)
            return True
        recent = [e for e in book.entries[-30:] if e.alive and e.key != key and max(e.messages) >= n - 3]
        last = [e for e in recent if max(e.messages) == max(max(x.messages) for x in recent)]
        if (
            not self.offer_group
            and len({e.want.item for e in last}) == 1
            and (plus["c"] or last[0].want.quantity == "1")
        ):
            copied = book.copy(last[0], who, home, n)
            copied.want = replace(copied.want, quantity=plain(value), unit=unit or copied.want.unit)
            made.append(copied)
            return True
        if self.offer_group or plus["n"]:
            doubt = book.doubt(n, "unclear", text, key)
            doubt.specs = [plain(value)]
            return True
        return False
