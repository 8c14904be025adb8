"""Who came to the gates without a pass on the last two days, and the telephones that are answered day and night."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from shouwang.demo.invented.calls import ZONE
from shouwang.demo.invented.people import TODAY
from shouwang.kernel.identity import check_digit


@dataclass(frozen=True, slots=True)
class Visitor:
    """One at the first gate. ``household``: the one whose head she visits, by its place in the settlement."""

    at: datetime
    name: str
    id_number: str
    phone: str
    household: int | None
    whom: str
    why: str
    origin: str
    temperature: Decimal
    plate: str = ""
    returnee: bool = False
    arrived_on: date | None = None


def _at(days_ago: int, hour: int, minute: int) -> datetime:
    day = TODAY - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def _id(first17: str) -> str:
    return first17 + check_digit(first17)


# Prefixes of phones that were never opened; area codes of other counties, so that no resident has the same number.
VISITORS = (
    Visitor(_at(1, 9, 12), "程守义", _id("42098419710314551"), "16400020001", 3, "", "送菜", "汉川", Decimal("36.4")),
    Visitor(_at(1, 15, 40), "皮文娟", _id("42900419880902442"), "16400020002", 11, "", "送药", "仙桃", Decimal("36.6")),
    Visitor(
        _at(1, 18, 5), "余家兵", _id("42010619900518371"), "16400020003", 20, "", "回家居住", "武汉武昌",
        Decimal("36.7"), returnee=True, arrived_on=TODAY - timedelta(days=1),
    ),
    Visitor(
        _at(0, 7, 55), "万志强", _id("42900519830711633"), "16400020004", None, "物业办公室", "修水管", "潜江",
        Decimal("36.3"), "鄂N5T318",
    ),
    Visitor(_at(0, 8, 20), "贺小琴", _id("42900419950226284"), "16400020005", 7, "", "奶粉", "仙桃", Decimal("36.5")),
    Visitor(
        _at(0, 8, 48), "甘少林", _id("44030619860130575"), "16400020006", None, "三栋亲戚家", "回来居住", "深圳",
        Decimal("36.9"), returnee=True, arrived_on=TODAY,
    ),
)  # fmt: skip

CITY_PHONE = ("市指挥部值班室", "0728-5220000")
