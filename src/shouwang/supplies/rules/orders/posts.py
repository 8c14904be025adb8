"""The messages one after the other: who speaks, whether orders are open, what each post does to the book."""

from __future__ import annotations

import re

from shouwang.supplies.rules.orders import alarms
from shouwang.supplies.rules.orders.book import Book, Entry
from shouwang.supplies.rules.orders.chain import NUMBERED, Place, parts
from shouwang.supplies.rules.orders.changes import CANCEL
from shouwang.supplies.rules.orders.doors import doors, name_and_door
from shouwang.supplies.rules.orders.hours import Hours
from shouwang.supplies.rules.orders.messages import Message
from shouwang.supplies.rules.orders.phrases import QUOTE
from shouwang.supplies.rules.orders.speech import Speech

_ROLE = re.compile(
    r"网格员|团长|群主|楼长|楼栋长|单元长|支书|妇女主任|社区|物业|志愿者|药品代购|药店|门卫兼|下沉|采购员|管家|村主任"
)
_ANNOUNCES = re.compile(
    r"接龙|要的|要什么|报给|报一下|报名|在群里说|报房号|写清|写上|登记|代购|配送|截|收口|现在开始|可以报|拼单|报菜|统一|送货|送到"
)
_REJOIN = re.compile(r"划掉|删掉|取消|不要了|去掉|退出")


class Posts:
    """Reads the posts of one chat. `urgent` and `complaints` are numbers of messages."""

    def __init__(self, messages: list[Message]) -> None:
        self.book = Book()
        self.urgent: set[int] = set()
        self.complaints: set[int] = set()
        self.hours = Hours()
        self.places: dict[str, Place] = {}
        self.numbers: dict[int, str] = {}
        self.epoch = 0
        self.last_number = 0
        self.heading = False
        self.prefix: str | None = None
        self.speech = Speech(self)
        self.staff_speaks = False
        self.organisers = _organisers(messages)
        self.said: dict[int, str] = {
            message.number: QUOTE.sub(r"\g<rest>", message.text) for message in messages
        }
        self.with_heads = any(message.clock is not None for message in messages)

    def take(self, message: Message) -> None:
        """One message."""
        n, sender = message.number, message.sender
        who, address = name_and_door(sender, self.prefix) if sender else (None, None)
        if who and (numbered := re.match(r"^\d{1,3}号(?=[^楼栋])", who)):
            who = who[numbered.end() :]
        if (
            who
            and (whole := self.known_key(who))
            and who != whole
            and sender not in self.organisers
            and whole.startswith(who)
        ):
            who = whole
        staff = bool(sender and (sender in self.organisers or _ROLE.search(sender)))
        self.staff_speaks = staff
        if address and who:
            self.book.lives(who, address)
        self.hours.tick(message)
        lines = [line for line in message.text.split("\n") if line and not alarms.NOTICE.search(line)]
        if not lines:
            return
        text = "\n".join(lines)
        if alarms.urgent(QUOTE.sub(r"\g<rest>", text), staff):
            self.urgent.add(n)
        if (
            sender is None
            or any(alarms.HEADING.search(line) for line in lines)
            or len(lines) > 1
            or NUMBERED.match(lines[0])
        ):
            lines = self._lists(lines, n, who, staff, sender is None)
        if not lines:
            return
        if (staff or sender is None) and re.search(r"接龙|写房号|报房号|本单元|这栋|报名|统计", text):
            self._prefix(lines[0])
        self.speech.take(n, who, address, "\n".join(lines), staff, sender)

    def _lists(self, lines: list[str], n: int, who: str | None, staff: bool, bare: bool) -> list[str]:
        """Take the numbered lines and headings out of a post; what is left is speech."""
        left: list[str] = []
        has_heading = any(alarms.HEADING.search(line) for line in lines)
        if has_heading:
            self.epoch += 1
            self.last_number = 0
        for line in lines:
            if alarms.EXAMPLE.match(line):
                continue
            if alarms.HEADING.search(line):
                self.heading = True
                self._prefix(line)
                self.hours.announce(line)
                self.speech.copies.offers(n, line)
                continue
            match = NUMBERED.match(line)
            if (
                match
                and doors(line[:12])
                and doors(line[:12])[0].start == 0
                and "." not in line[:4]
                and "、" not in line[:4]
            ):
                match = None
            if match and not alarms.MENU.search(match["rest"]):
                self.heading = False
                self._place(int(match["number"]), match["rest"], n, who)
            elif match or (self.heading and (bare or has_heading) and not self._looks_spoken(line, bare)):
                self._prefix(line)
                self.hours.announce(line)
                self.speech.copies.offers(n, line)
            else:
                left.append(line)
        if not bare:
            self.heading = False
        return left

    def _looks_spoken(self, line: str, bare: bool) -> bool:
        return bare and self.last_number > 0

    def _prefix(self, line: str) -> None:
        found = doors(line)
        if len(found) == 1 and found[0].address.count("-") <= 1 and re.search(r"[栋幢座#]|号楼|单元", line):
            self.prefix = found[0].address

    def _place(self, number: int, rest: str, n: int, sender: str | None) -> None:
        if number < self.last_number:
            self.epoch += 1
        self.last_number = number
        if alarms.EXAMPLE.match(rest):
            return
        name, address, text = parts(rest, self.prefix)
        first = rest.split()[0] if rest.split() else ""
        if not name and first in self.places:
            name, text = first, rest[len(first) :].strip()
        who = name if name else (sender if not address else None)
        key = who or address or ""
        if who and address:
            self.book.lives(who, address)
        self.numbers[number] = key
        old = self.places.get(key)
        if old and old.text == text and key:
            for entry in old.entries:
                entry.messages.add(n)
            old.epoch, old.number = self.epoch, number
            return
        if CANCEL.search(text) and len(CANCEL.sub("", text).strip(" ，。")) <= 4:
            for entry in self.book.live(key):
                entry.alive = False
            return
        if self.hours.closed and not old and text.strip():
            self.book.doubt(n, "late", rest, key)
            return
        if old and key and old.epoch != self.epoch:
            for doubt in self.book.open_doubts(key):
                doubt.settled = True
            dead = [entry for entry in old.entries if entry.alive]
            made = self._fresh(n, who, address, text, number)
            for entry in dead:
                entry.alive = False
                for new in made:
                    if new.want.item == entry.want.item:
                        new.messages |= entry.messages
            self.places[key] = Place(text, self.epoch, number, made)
            return
        made = self._fresh(n, who, address, text, number)
        made = self._as_said_before(key, made, n)
        place = Place(
            text, self.epoch, number, [*(old.entries if old and old.epoch == self.epoch else []), *made]
        )
        self.places[key] = place

    def _as_said_before(self, key: str, made: list[Entry], n: int) -> list[Entry]:
        """What she said in words and somebody then wrote into the list is one order; her words hold."""
        spoken = {e.want.item: e for e in self.book.live(key) if e.chain is None and min(e.messages) < n}
        for entry in made:
            if before := spoken.get(entry.want.item):
                entry.alive = False
                before.messages.add(n)
        return [entry for entry in made if entry.alive] + [
            spoken[entry.want.item] for entry in made if not entry.alive and entry.want.item in spoken
        ]

    def _fresh(self, n: int, who: str | None, address: str | None, text: str, number: int) -> list[Entry]:
        made = self.speech.order(n, who, address, text, chain=number)
        for entry in made:
            entry.chain = number
        return made

    def named_in(self, text: str) -> str | None:
        """The key of somebody with orders whose name stands in `text`: the longest."""
        return max(
            (key for key in self.book.by_key if len(key) >= 2 and key in text and self.book.live(key)),
            key=len,
            default=None,
        )

    def known_key(self, name: str) -> str | None:
        """The key of the person whom `name` means: the same, or one that begins or ends so."""
        if name in self.book.by_key:
            return name
        of = re.match(
            r"^(.{2,8}?)(?:的|他|她)?(?:妈妈|爸爸|妈|爸|老公|老婆|女儿|儿子|媳妇|家里?|家的?)$", name
        )
        if of and of[1] in self.book.by_key:
            return of[1]
        alike = self.book.by_head.get(name[:2], ()) if len(name) >= 2 else ()
        return next((key for key in alike if key.startswith(name) or name.startswith(key)), None)


def _organisers(messages: list[Message]) -> set[str]:
    found: set[str] = set()
    for message in messages[:3]:
        if message.sender and _ANNOUNCES.search(message.text) and not found:
            found.add(message.sender)
    return found
