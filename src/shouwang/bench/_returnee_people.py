"""Invented returnees of a town as they are: families, brothers, twins, namesakes.

Everything is drawn from one seed. Families share phone, door and journey.
"""

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from shouwang.demo.invented.names import SURNAMES, Sex, given
from shouwang.kernel.identity import check_digit

_ORIGINS = (
    "武汉",
    "武汉",
    "武汉",
    "武汉",
    "武汉",
    "孝感",
    "黄冈",
    "荆州",
    "广州",
    "深圳",
    "温州",
    "北京",
    "上海",
    "杭州",
)
_FIRST_DAY = dt.date(2020, 1, 15)
COMPOUNDS = ("滨江美景湾", "锦绣花园", "东湖小区", "人民家园", "状元府", "天河苑")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as she is."""

    number: int
    household: int
    name: str
    sex: Sex
    born_on: dt.date
    id_number: str
    phone: str
    family_phone: str
    community: int
    compound: str
    door: str
    origin: str
    arrived_on: dt.date


def people_of(rng: Random, count: int, communities: int) -> list[Person]:
    """``count`` people, family by family."""
    people: list[Person] = []
    surnames, shares = list(SURNAMES), list(SURNAMES.values())
    household = 0
    while len(people) < count:
        household += 1
        surname = rng.choices(surnames, shares)[0]
        head = Person(
            number=len(people),
            household=household,
            name="",
            sex="male",
            born_on=_FIRST_DAY,
            id_number="",
            phone=a_phone(rng),
            family_phone=a_phone(rng),
            community=429006001001 + rng.randrange(communities),
            compound=rng.choice(COMPOUNDS),
            door=f"{rng.randint(1, 20)}栋{rng.randint(1, 4)}单元{rng.randint(1, 11)}0{rng.randint(1, 4)}",
            origin=rng.choice(_ORIGINS),
            arrived_on=_FIRST_DAY + dt.timedelta(days=int(rng.triangular(0, 15, 8))),
        )
        people += _family(rng, head, surname)[: count - len(people)]
    return [replace(person, number=number) for number, person in enumerate(people)]


def _family(rng: Random, head: Person, surname: str) -> list[Person]:
    """Who came home together: alone, a couple, with children, brothers whose names share a character, twins."""
    year = rng.randint(1950, 1998)
    sex: Sex = rng.choice(("male", "female"))
    family = [_grown(rng, head, surname, sex, year)]
    if rng.random() < 0.55:
        return family
    kind = rng.random()
    other: Sex = "female" if sex == "male" else "male"
    if kind < 0.6:
        family.append(_grown(rng, head, rng.choice(list(SURNAMES)), other, year + rng.randint(-3, 3)))
        if rng.random() < 0.7:
            born = min(year + rng.randint(21, 30), 2019)
            child = _grown(rng, head, surname, rng.choice(("male", "female")), born)
            family.append(child)
            if rng.random() < 0.08:
                family.append(_sibling(rng, child, twin=True))
            elif rng.random() < 0.4:
                family.append(_sibling(rng, child, twin=False))
    else:
        family += [
            _sibling(rng, family[0], twin=rng.random() < 0.08),
            _grown(rng, head, surname, sex, year + rng.choice((-26, 24))),
        ][: rng.randint(1, 2)]
    return family


def _sibling(rng: Random, one: Person, *, twin: bool) -> Person:
    """A brother or sister: half of them share a character of the given name."""
    surname = one.name[:1] if len(one.name) < 4 else one.name[:2]
    year = one.born_on.year + (0 if twin else rng.randint(1, 5))
    other = _grown(rng, one, surname, one.sex, min(year, 2019))
    first = one.name[len(surname) :]
    if len(first) == 2 and rng.random() < 0.5:
        name = surname + first[0] + given(rng, one.sex, year)[-1]
        other = replace(other, name=name)
    if other.name == one.name:
        other = replace(other, name=surname + rng.choice("大小晓") + first[-1])
    if twin:
        sequence = one.id_number[:14] + f"{int(one.id_number[14:17]) + 2:03}"[-3:]
        other = replace(other, born_on=one.born_on, id_number=sequence + check_digit(sequence))
    return other


def _grown(rng: Random, head: Person, surname: str, sex: Sex, year: int) -> Person:
    born_on = dt.date(year, 1, 1) + dt.timedelta(days=rng.randrange(365))
    odd = 1 if sex == "male" else 0
    area = rng.choice((429006, 429006, 429006, 422426, 420105))
    first17 = f"{area}{born_on:%Y%m%d}{rng.randrange(0, 998, 2) + odd:03}"
    return replace(
        head,
        name=surname + given(rng, sex, year),
        sex=sex,
        born_on=born_on,
        id_number=first17 + check_digit(first17),
        # Children and the old have no phone of their own.
        phone=a_phone(rng) if 1955 < year < 2006 else head.family_phone,
    )


def a_phone(rng: Random) -> str:
    """A mobile number."""
    return f"1{rng.choice((31, 35, 37, 38, 39, 50, 58, 77, 86, 89))}{rng.randrange(10**8):08}"
