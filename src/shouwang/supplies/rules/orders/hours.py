"""When orders are open: what the organiser announces, closes and opens again."""

from __future__ import annotations

import re

from shouwang.supplies.rules.orders import alarms
from shouwang.supplies.rules.orders.messages import Message
from shouwang.supplies.rules.orders.numerals import number

_HOUR = re.compile(
    r"(?P<day>今|明|后)?(?P<part>晚上?|天晚上|天中午|天上午|天下午|天早上|天|早|上午|下午|中午|早上|夜里)?(?P<hour>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[点时:：](?P<minute>半|\d{2})?分?钟?"
    r"(?:之前|以前|前)?(?=[^，。\n]{0,4}(?:截|收口|收单|结束|关|前报|前接|停|报给我|准时|，过时|止)|前)"
    r"|(?:截止|接到|收到|报到|截至|收单时间)(?:时间)?[是为到:：]?(?P<day2>今|明|后)?(?P<part2>晚上?|天晚上|天中午|天上午|天下午|天早上|天|早|上午|下午|中午|早上)?(?P<hour2>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[点时:：](?P<minute2>半|\d{2})?"
)


_CHEMIST = re.compile(r"药店|药房|药品|买药|医院|(?<![中农])药(?=[只的那单就])")
_EVERYTHING = re.compile(r"一起|三家|两家|全部|都|超市|菜")


class Hours:
    """`closed` is what the organiser said, or what an announced hour says where messages carry times."""

    def __init__(self) -> None:
        self.said_closed = False
        self.deadline: int | None = None
        self.chemist: Hours | None = None
        self.day = 0
        self.clock: int | None = None

    def of(self, medicine: bool) -> bool:
        """Whether it is closed for medicines, or for everything else; one part may close before the other."""
        return self.closed or bool(medicine and self.chemist and self.chemist.closed)

    def tick(self, message: Message) -> None:
        if self.chemist:
            self.chemist.tick(message)
        if message.clock is not None:
            if self.clock is not None and message.clock < self.clock - 5:
                self.day += 1
            self.clock = message.clock

    @property
    def closed(self) -> bool:
        past = (
            self.deadline is not None
            and self.clock is not None
            and self.day * 1440 + self.clock > self.deadline
        )
        return self.said_closed or past

    def announce(self, text: str) -> None:
        """An organiser speaks."""
        if _CHEMIST.search(text) and not _EVERYTHING.search(text):
            if self.chemist is None:
                self.chemist = Hours()
                self.chemist.clock, self.chemist.day = self.clock, self.day
            self.chemist.announce(_CHEMIST.sub("", text))
            return
        match = _HOUR.search(text)
        if match and self.clock is not None:
            g = match.groupdict()
            day, part = g["day"] or g["day2"] or "", g["part"] or g["part2"] or ""
            value = number(g["hour"] or g["hour2"])
            if value is not None and value <= 24:
                hour = int(value)
                if (hour < 12 and re.search(r"晚|下午|夜", part)) or ("中午" in part and hour < 10):
                    hour += 12
                half = g["minute"] or g["minute2"]
                minutes = 30 if half == "半" else int(half or 0)
                later = {"明": 1, "后": 2}.get(day, 0)
                deadline = (self.day + later) * 1440 + hour * 60 + minutes
                if deadline <= self.day * 1440 + self.clock and not later and hour < 12:
                    deadline += 720
                self.deadline = deadline if deadline > self.day * 1440 + self.clock else self.deadline
        if alarms.REOPENED.search(text) and not re.search(r"不再|不能|不接", text):
            self.said_closed = False
            if (
                self.deadline is not None
                and self.clock is not None
                and self.day * 1440 + self.clock > self.deadline
            ):
                self.deadline = None
        elif (alarms.CLOSED.search(text) or re.search(r"没有了.*收工|\d点了.*(?:收|截)", text)) and not (
            alarms.FUTURE.search(text) and not re.search(r"收工|已|点了|时间到", text)
        ):
            self.said_closed = True
