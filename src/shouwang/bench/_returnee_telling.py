"""How five sources tell of invented returnees: names by ear, numbers masked and mistyped, phones of the family.

The shares of what goes wrong are guesses from the forms of 2020, on the dark side: one name in eight is not written as
on the card, one number in four is missing.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from pypinyin import lazy_pinyin

from shouwang.bench._returnee_people import COMPOUNDS, Person, a_phone, people_of
from shouwang.demo.invented.names import GIVEN, SURNAMES
from shouwang.people.enums import ReturneeSource
from shouwang.people.rules.returnees import Seen

_CHARACTERS = sorted(
    {c for pools in GIVEN.values() for pool in pools for name in pool for c in name}
    | set("".join(SURNAMES))
    | set(
        "章李黎里伟韦薇卫芳方防访静境敬菁晶婧丽利莉力娜那敏民闽杰捷洁节涛滔桃明铭鸣名磊雷蕾军君均俊峻燕雁艳彦霞"
        "夏侠平萍苹坪梅枚玫娟涓辉晖徽慧惠会蕙玲铃凌灵琳林霖临欣心新鑫昕馨怡宜仪依伊婷亭庭廷萱轩宣煊浩皓昊豪毫宇雨"
        "语羽禹涵晗含寒函"
    )
)
_SOUNDS: defaultdict[str, list[str]] = defaultdict(list)
_NEARLY: defaultdict[str, list[str]] = defaultdict(list)


def _sound(character: str) -> str:
    return lazy_pinyin(character)[0]


def _nearly(character: str) -> str:
    """A sound as it is told apart by an ear that knows neither ng, nor zh, nor n from l."""
    return re.sub(r"g$|(?<=[zcs])h", "", _sound(character)).replace("n", "l", 1)


for _character in _CHARACTERS:
    _SOUNDS[_sound(_character)].append(_character)
    _NEARLY[_nearly(_character)].append(_character)
_TRADITIONAL = dict(
    zip(
        "张陈刘杨赵黄吴孙马苏叶伟国华军丽红兰凤云龙万",
        "張陳劉楊趙黃吳孫馬蘇葉偉國華軍麗紅蘭鳳雲龍萬",
        strict=True,
    )
)
_DISTRICTS = ("武汉市", "湖北武汉", "武汉市汉阳区", "武昌", "汉口", "湖北省武汉市洪山区", "武汉返乡")


@dataclass(frozen=True, slots=True)
class Told:
    """Sightings and, at the same place, the number of the person each is of."""

    seen: tuple[Seen, ...]
    person: tuple[int, ...]

    def truth(self) -> set[tuple[int, int]]:
        """All pairs of sightings of one person, the smaller index first."""
        of: defaultdict[int, list[int]] = defaultdict(list)
        for index, person in enumerate(self.person):
            of[person].append(index)
        return {(a, b) for group in of.values() for at, a in enumerate(group) for b in group[at + 1 :]}


def tell(seed: int, *, people: int, communities: int = 30) -> Told:
    """``people`` returnees to ``communities`` and what was told of them."""
    rng = Random(f"returnees {seed}")  # noqa: S311  invented people, no secret
    seen: list[Seen] = []
    of: list[int] = []
    for person in people_of(rng, people, communities):
        for source, chance in _SOURCES:
            if rng.random() < chance:
                seen.append(replace(_tell(rng, person, source), key=len(seen)))
                of.append(person.number)
    return Told(tuple(seen), tuple(of))


# Two lists a day name the same people; the gate and the telephone meet some of them.
_SOURCES = (
    (ReturneeSource.LIST, 0.8),
    (ReturneeSource.LIST, 0.6),
    (ReturneeSource.GATE, 0.45),
    (ReturneeSource.CALL, 0.4),
    (ReturneeSource.DECLARED, 0.3),
)


def _tell(rng: Random, person: Person, source: ReturneeSource) -> Seen:
    by_ear = source in (ReturneeSource.GATE, ReturneeSource.CALL)
    has_id = {"list": 0.82, "gate": 0.7, "call": 0.12, "declared": 0.95}[source]
    has_phone = {"list": 0.85, "gate": 0.8, "call": 1.0, "declared": 0.95}[source]
    has_door = {"list": 0.5, "gate": 0.8, "call": 1.0, "declared": 0.95}[source]
    stays = rng.random() >= 0.04  # else at her parents' for these days
    told_day = person.arrived_on + dt.timedelta(days=rng.choices((0, 1, -1, 4), (85, 7, 6, 2))[0])
    return Seen(
        key=0,
        name=_said_name(rng, person, by_ear=by_ear),
        id_number=_said_id(rng, person.id_number, by_ear=by_ear) if rng.random() < has_id else None,
        phone=_said_phone(rng, person, source) if rng.random() < has_phone else None,
        sex=rng.choices((person.sex[0], "", "m"), (100, 100, 1))[0],
        born_on=person.born_on if rng.random() < 0.1 else None,
        origin=_said_origin(rng, person.origin),
        address=_said_door(rng, person.door if stays else "7栋1单元302") if rng.random() < has_door else "",
        compound=(person.compound if stays else rng.choice(COMPOUNDS)) if rng.random() < 0.9 else "",
        arrived_on=told_day if rng.random() < 0.85 else None,
        source=source.value,
        community=person.community + (0 if stays or rng.random() < 0.5 else 1),
    )


def _said_origin(rng: Random, origin: str) -> str:
    if rng.random() < 0.04:
        return rng.choice(("孝感", "汉川", "外地", "仙桃"))  # where she changed trains
    return rng.choice(_DISTRICTS) if origin == "武汉" and rng.random() < 0.4 else origin


def _said_name(rng: Random, person: Person, *, by_ear: bool) -> str:
    name, chance = person.name, rng.random() * (1 if by_ear else 2)
    if chance < 0.06:
        return _other(rng, name, _SOUNDS, _sound)
    if chance < 0.08:
        return _other(rng, name, _NEARLY, _nearly)
    if chance < 0.095 and len(name) > 2:
        at = rng.randrange(1, len(name))
        return name[:at] + rng.choice(_CHARACTERS) + name[at + 1 :]
    if chance < 0.11 and by_ear:
        female = person.sex == "female"
        return rng.choice(
            (
                f"{name[0]}{'女士' if female else '先生'}",
                f"小{name[0]}",
                f"{name[0]}{'姐' if female else '哥'}",
            )
        )
    if chance < 0.115 and by_ear:
        return name[1:]
    if chance < 0.125:
        return "".join(_TRADITIONAL.get(c, c) for c in name)
    if chance < 0.15:
        return " ".join(name)
    if chance < 0.16 and len(name) == 3:
        return f"{name[0]}*{name[2]}"
    return name


def _other(rng: Random, name: str, sounds: dict[str, list[str]], sound: Callable[[str], str]) -> str:
    at = rng.randrange(0 if rng.random() < 0.2 else 1, len(name))
    others = [c for c in sounds.get(sound(name[at]), ()) if c != name[at]]
    return name[:at] + rng.choice(others) + name[at + 1 :] if others else name


def _said_id(rng: Random, number: str, *, by_ear: bool) -> str:
    chance = rng.random()
    if chance < 0.012:
        at = rng.randrange(6, 18)
        return number[:at] + rng.choice([d for d in "0123456789" if d != number[at]]) + number[at + 1 :]
    if chance < 0.02:
        at = rng.randrange(6, 17)
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if chance < 0.026:
        at = rng.randrange(6, 18)
        return number[:at] + number[at + 1 :]
    if chance < 0.10:
        return f"{number[:4]}{'*' * 10}{number[-4:]}"
    if chance < 0.13:
        return f"{number[:10]}****{number[-4:]}"
    if chance < (0.3 if by_ear else 0.16):
        return number[-4:]
    if chance < 0.31 and number[6:8] == "19":
        return number[:6] + number[8:17]
    return number.lower() if chance < 0.5 else number


def _said_phone(rng: Random, person: Person, source: ReturneeSource) -> str:
    family = 0.45 if source is ReturneeSource.CALL else 0.12
    number = person.family_phone if rng.random() < family else person.phone
    chance = rng.random()
    if chance < 0.03:
        return a_phone(rng)  # changed since
    if chance < 0.04:
        at = rng.randrange(3, 11)
        return number[:at] + str(rng.randrange(10)) + number[at + 1 :]
    if chance < 0.07:
        return f"{number[:3]}****{number[-4:]}"
    return f"{number[:3]} {number[3:7]} {number[7:]}" if chance < 0.15 else number


def _said_door(rng: Random, door: str) -> str:
    building, unit, room = re.findall(r"\d+", door)
    return rng.choice(
        (door, f"{building}-{unit}-{room}", f"{building}号楼{unit}单元{room}室", f"{building}栋{unit}-{room}")
    )
