"""Households furnished with names, numbers, addresses and what a caller ought to know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from shouwang.demo.invented.households import Member, compose
from shouwang.demo.invented.names import Sex, Surnames, given
from shouwang.demo.invented.numbers import HOME, NEIGHBOURS, Numbers

FIRST_DAY = date(2020, 2, 14)
TODAY = date(2020, 2, 21)


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody came home from elsewhere."""

    origin: str
    arrived_on: date


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: Sex
    born: date
    id_number: str
    phone: str  # empty: a child, or an old person who has none
    relation: str
    remarks: str = ""
    returned: Return | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Where a household lives: 栋/单元/室 in a compound, or 号 in a village group. Unused parts are empty."""

    compound: str
    building: str = ""
    unit: str = ""
    room: str = ""

    def __str__(self) -> str:
        if not self.building:
            return f"{self.compound}{self.room}号"
        return f"{self.building}栋{self.unit}单元{self.room}"


@dataclass(frozen=True, slots=True)
class Household:
    home: Home
    members: tuple[Person, ...]


_ORIGINS = {"湖北省武汉市": 62, "湖北省孝感市": 14, "广东省深圳市": 9, "浙江省温州市": 5, "湖南省长沙市": 10}
_OLD = (
    "高血压，长期服药",
    "糖尿病，每日注射胰岛素",
    "冠心病",
    "慢阻肺，家有制氧机",
    "脑梗后遗症，行走不便",
    "听力不好，打电话要大声",
)
_GRAVE = ("尿毒症，每周透析三次", "肿瘤化疗期", "精神障碍，按月取药", "肢体残疾")


class Furnisher:
    """Turns sizes and homes into households of named people: one per community, one ``Numbers`` for all."""

    def __init__(self, rng: Random, numbers: Numbers, *, village: bool, clans: str = "") -> None:
        self._rng, self._numbers, self._village = rng, numbers, village
        self._surnames = Surnames(rng, clans)

    def households(self, homes: Iterable[Home], sizes: Iterable[int]) -> Iterator[Household]:
        for home, size in zip(homes, sizes, strict=True):
            yield self.household(home, compose(self._rng, size, village=self._village))

    def household(self, home: Home, members: list[Member]) -> Household:
        lines = {0: self._surnames.head()}
        for m in members:
            lines.setdefault(m.line, self._surnames.draw())
        alone = len(members) == 1
        people: list[Person] = []
        for member in members:
            person = self._person(member, lines[member.line], alone=alone)
            while any(person.name == other.name for other in people):
                person = replace(
                    person, name=lines[member.line] + given(self._rng, member.sex, person.born.year)
                )
            people.append(person)
        return Household(home, tuple(people))

    def _person(self, member: Member, surname: str, *, alone: bool) -> Person:
        rng = self._rng
        born = TODAY - timedelta(days=member.age * 365.25 + rng.randrange(8, 363))
        elsewhere = 0.14 if member.line else 0.03
        area = rng.choice(NEIGHBOURS) if rng.random() < elsewhere else HOME
        has_phone = member.age >= 14 and rng.random() < (0.97 if member.age < 68 else 0.72)
        return Person(
            name=surname + given(rng, member.sex, born.year),
            sex=member.sex,
            born=born,
            id_number=self._numbers.id_number(area, born.strftime("%Y%m%d"), member.sex),
            phone=self._numbers.phone() if has_phone or member.relation == "户主" else "",
            relation=member.relation,
            remarks="；".join(self._remarks(member, alone=alone)),
            returned=self._return(member),
        )

    def _remarks(self, member: Member, *, alone: bool) -> list[str]:
        rng, found = self._rng, []
        if alone and member.age >= 65:
            found.append("独居老人")
        if member.age >= 60 and rng.random() < 0.34:
            found.append(rng.choice(_OLD))
        elif member.age >= 18 and rng.random() < 0.012:
            found.append(rng.choice(_GRAVE))
        elif member.sex == "female" and 23 <= member.age <= 36 and rng.random() < 0.035:
            found.append(f"孕{rng.randrange(9, 39)}周")
        elif member.age == 0 and rng.random() < 0.6:
            found.append("婴儿，吃奶粉")
        return found

    def _return(self, member: Member) -> Return | None:
        if not 18 <= member.age <= 55 or self._rng.random() >= 0.03:
            return None
        origin = self._rng.choices(list(_ORIGINS), list(_ORIGINS.values()))[0]
        return Return(origin, date(2020, 1, 10) + timedelta(days=min(14, int(self._rng.gauss(10, 3.5)) % 15)))
