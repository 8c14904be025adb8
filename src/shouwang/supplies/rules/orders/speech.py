"""What somebody says outside the numbered list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shouwang.supplies.rules.orders import alarms, goods
from shouwang.supplies.rules.orders.asking import asks_order, without_questions, without_tales
from shouwang.supplies.rules.orders.book import Entry
from shouwang.supplies.rules.orders.chain import first_name, parts
from shouwang.supplies.rules.orders.changes import CANCEL, CHANGE, KEEP, MORE, cancel, correct, named
from shouwang.supplies.rules.orders.copies import BACK, Copies
from shouwang.supplies.rules.orders.doors import doors, without
from shouwang.supplies.rules.orders.entering import Entering
from shouwang.supplies.rules.orders.names import Want, plausible
from shouwang.supplies.rules.orders.people import behalf, note_doors, spoken_target
from shouwang.supplies.rules.orders.phrases import (
    EMOJI,
    MEDIA,
    MENTION,
    PHOTO,
    QUOTE,
    SALE,
)
from shouwang.supplies.rules.orders.wants import wants

if TYPE_CHECKING:
    from shouwang.supplies.rules.orders.posts import Posts


_FOUR_OR_TEN = re.compile(
    r"(?:(?<=^)|(?<=[\s，,、。；;]))(?P<item>[一-鿿]{1,4})是[斤袋包盒瓶个箱](?=$|[\s，,、。；;])"
)
"""``土豆是斤`` is 四斤 or 十斤."""
_CALLS = re.compile(r"各位|大家|乡亲|邻居|[都可]可?以(?:代|带|报|订)|前报|接龙|报名|统计")
_OTHERS = re.compile(r"帮(?!宝)|代|给|替|我妈|我爸|婆婆|公公|岳|邻居|隔壁|对门|楼上|楼下|奶奶|爷爷|的")


class Speech(Entering):
    """Applies one spoken message to the book of its `posts`."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts
        self.book = posts.book
        self.copies = Copies(posts)
        self.late: dict[str, list[tuple[int, str | None, str]]] = {}

    def take(
        self, n: int, who: str | None, address: str | None, text: str, staff: bool, nickname: str | None
    ) -> None:
        posts = self.posts
        told = "".join(EMOJI.sub("", MEDIA.sub("", text)).split("\n")).strip()
        if staff and self._organise(n, text):
            return
        quote = QUOTE.match(text) or re.match(
            r"^(?P<who>)(?P<text>)引用(?:上条|楼上)?[:：]?\s*(?P<rest>.*)$", text, re.S
        )
        text = quote["rest"].strip() if quote is not None else MENTION.sub(" ", text).strip()
        media = self._media(n, who or address or "", text, staff)
        if media or not told or alarms.THANKS.match(told) or alarms.EXAMPLE.match(text):
            return
        if nickname is None and n <= 2 and _CALLS.search(text) and not any(w.quantity for w in wants(text)):
            posts.hours.announce(text)
            return
        if nickname is None and alarms.CLOSED.search(text):
            posts.hours.announce(text)
            return
        if nickname is None:
            who, address, text = self._unsigned(n, text)
        elif who is None and address:
            name, rest = first_name(text)
            if name and re.fullmatch(r"[一-鿿]{2,4}", name) and any(w.quantity for w in wants(rest)):
                who, text = name, rest
        found = doors(text, posts.prefix if staff else None)
        if who:
            note_doors(posts, who, text, found)
        own_key = who or address or ""
        urgent = n in posts.urgent
        asks = alarms.question(text) and not urgent and not re.search(r"我(?:们)?(?:家)?店", text)
        spoken = without_tales(without_questions(text))
        orders = [
            w
            for w in wants(without(spoken, doors(spoken)))
            if (w.quantity or w.doubt == "vague") and (plausible(w) if w.item else quote is not None)
            if not urgent or goods.ending(w.item)
        ]
        if found and who and len(found) == 1 and not staff and not _OTHERS.search(text):
            self.book.lives(who, found[0].address)
        medicine = bool(orders) and all(
            goods.category(w.item, w.spec) == "medicine" for w in orders if w.item
        )
        closed = posts.hours.of(medicine)
        if closed and not staff:
            late = (
                bool(orders)
                or bool(CANCEL.search(text) or (re.search(r"改成|改|加", text) and not urgent))
                or (asks and asks_order(text))
            )
            if re.match(r"^(?:就|好|那)?算了", text):
                late = False
            if late and not urgent and not alarms.complaint(text):
                self.book.doubt(n, "late", text, own_key)
                self.late.setdefault(own_key, []).append((n, address, text))
                return
        if asks and not (orders and not alarms.complaint(text)):
            posts.complaints.add(n)
            return
        if asks:
            clauses = [part for part in re.split(r"[，,。；;！!\n]+", text) if alarms.question(part)]
            if any(not [w for w in wants(clause) if w.quantity] for clause in clauses):
                posts.complaints.add(n)
        if urgent and not orders:
            return
        if SALE.search(text) or (alarms.MENU.search(text) and not orders):
            return
        if len(re.findall(r"^\s*\d{3,4}\s", text, re.M)) >= 2:
            self.order(n, who, address, text, spoken_by_staff=staff)
            return
        if not CANCEL.search(text):
            text = without_tales(text)
        if quote is None and self._change(n, who, address, text, own_key):
            return
        if self.copies.take(n, who, address, without_questions(text), quote):
            return
        if self._doubtful(n, own_key, address, text):
            return
        if (
            found
            and not orders
            and who
            and len(found) == 1
            and not re.search(r"帮(?!宝)|代|我妈|我爸|婆婆", text)
        ):
            self.book.lives(who, found[0].address)
        self.order(n, who, address, spoken, spoken_by_staff=staff)

    def _organise(self, n: int, text: str) -> bool:
        """The organiser's announcements; True if the message is nothing else."""
        posts = self.posts
        if alarms.ADDED.search(text):
            for name in re.findall(r"@([^\s，,：:]+)", text):
                for number, address, words in self.late.pop(name, []):
                    for doubt in self.book.open_doubts(name):
                        doubt.settled = doubt.settled or doubt.message == number
                    for entry in self.order(number, name, address, words):
                        entry.messages.add(n)
            return True
        if re.search(r"[?？]", text) and "\n" not in text and n not in posts.urgent:
            return True
        posts.hours.announce(text)
        self.copies.offers(n, text)
        if n in posts.urgent:
            return True
        if (CANCEL.search(text) or CHANGE.search(text)) and posts.named_in(text):
            return False
        proxied = re.search(
            r"^\s*(?:代|帮(?!宝)|给|替)(?!购|大家)|统一报|一起报|^\s*\d{3,4}\s|家(?:要|的)", text, re.M
        )
        mine = re.match(r"^\s*(?:我|自己|本人|我家)(?:要|家|来|也|报|自己)", text)
        change = re.search(r"的.{1,8}改\S*\d", text)
        if (proxied or mine or change) and "元一份" not in text:
            return False
        found = doors(text)
        if found and found[0].start == 0 and "@" not in text:
            return not [w for w in wants(without(text, found)) if w.quantity]
        return True

    def _unsigned(self, n: int, text: str) -> tuple[str | None, str | None, str]:
        """A line without a sender may say who speaks: ``我是四组2号邹老师，…``; or open with a door."""
        match = re.match(r"^我是(.{2,20}?)[，,：:\s](.+)$", text, re.S)
        if match:
            found = doors(match[1])
            name = re.sub(
                r"^.*(?:的|家)(?:媳妇|儿媳|女儿|儿子|老婆|老公)?(?=[一-鿿]{2,3}$)",
                "",
                without(match[1], found).strip(),
            )
            return name or None, found[0].address if found else None, match[2]
        found = doors(text, self.posts.prefix)
        if found and (
            found[0].start == 0 or re.fullmatch(r"[^\s，,：:]{1,6}[\s，,：:]?", text[: found[0].start])
        ):
            return parts(text, self.posts.prefix)
        return None, None, text

    def _change(self, n: int, who: str | None, address: str | None, text: str, own_key: str) -> bool:
        """Cancellations and corrections; True if the message was one."""
        posts = self.posts
        cancels, changes, more = CANCEL.search(text), CHANGE.search(text), MORE.search(text)
        if not (cancels or changes or more or KEEP.search(text)):
            return False
        entries, rest = spoken_target(posts, own_key, who, text)
        if not entries:
            return False
        if cancels:
            left = cancel(entries, rest, n)
            if left is not None:
                tail = re.split(r"换成|再加|再来|另外|改成|加|换", rest, maxsplit=1)
                if len(tail) > 1:
                    self.order(n, who, address, tail[1])
                elif CHANGE.search(CANCEL.sub("", rest)) or MORE.search(rest):
                    correct(self.book, [e for e in entries if e.alive], rest, n)
                return True
        if more and not named(entries, rest):
            return False
        if more or changes:
            touched = correct(self.book, entries, rest, n)
            if touched:
                items = {entry.want.item for entry in touched}
                for want in wants(without(rest, doors(rest))):
                    if (
                        want.item
                        and want.quantity
                        and want.item not in items
                        and plausible(want)
                        and not named(touched, want.item)
                        and not re.search(r"不是|换|改", want.item)
                    ):
                        self._put(Entry(who, address, want, {n}), rest)
                return True
        if KEEP.search(text) and named(entries, rest):
            for entry in named(entries, rest):
                entry.messages.add(n)
            return not any(want.quantity for want in wants(rest))
        return False

    def order(
        self,
        n: int,
        who: str | None,
        address: str | None,
        text: str,
        *,
        chain: int | None = None,
        spoken_by_staff: bool = False,
    ) -> list[Entry]:
        """Enter what `text` orders."""
        made: list[Entry] = []
        text = self.copies.spelled(text)
        if chain is not None and self.copies.take(n, who, address, text, None, made):
            return made
        if chain is not None and (
            PHOTO.search(text) or self._doubtful(n, who or address or "", address, text)
        ):
            if PHOTO.search(text):
                self.book.doubt(n, "photo", text, who or address or "")
            return made
        for part in behalf(self.posts, who, address, text, spoken_by_staff):
            if BACK.search(part.text) and not wants(part.text):
                self.book.doubt(n, "refers_back", part.text, part.who or "")
            for slip in _FOUR_OR_TEN.finditer(part.text):
                self.book.doubt(n, "unclear", slip[0], part.who or part.address or "", Want(slip["item"]))
            for want in wants(_FOUR_OR_TEN.sub(" ", part.text)):
                if (
                    not want.item
                    and want.quantity
                    and self._complete(n, part.who or part.address or "", want)
                ):
                    continue
                if not want.item and want.doubt is None:
                    continue
                if want.item and not plausible(want) and not goods.ending(want.item):
                    if want.quantity and want.unit and (chain is not None or made):
                        self.book.doubt(n, "unclear", part.text, part.who or part.address or "")
                    continue
                entry = Entry(
                    part.who,
                    part.address,
                    want,
                    {n},
                    part.own,
                    part.beneficiary,
                    more=bool(MORE.search(text)),
                )
                if self._put(entry, text):
                    made.append(entry)
        if not made:
            self._maker_later(n, who or address or "", text)
        return made
