"""Who lives with whom: couples, children, old people alone, three generations under one roof."""

from dataclasses import dataclass
from random import Random

from shouwang.demo.invented.names import Sex


@dataclass(frozen=True, slots=True)
class Member:
    """One place in a household. ``line`` says whose surname she has: 0 the head's, 1 and up each its own."""

    relation: str
    sex: Sex
    age: int
    line: int = 0


# How often a household has 1, 2, … 8 members.
TOWN_SIZES = (13, 26, 31, 16, 9, 4, 1, 0)
VILLAGE_SIZES = (15, 27, 22, 18, 11, 5, 2, 0)
REGISTERED_SIZES = (4, 11, 17, 24, 22, 15, 5, 2)  # a village that counts those who work elsewhere


def sizes(rng: Random, households: int, people: int | None, shares: tuple[int, ...]) -> list[int]:
    """Household sizes in random order; with ``people`` given they add up to it exactly."""
    drawn = rng.choices(range(1, len(shares) + 1), shares, k=households)
    if people is None:
        return drawn
    if not households <= people <= households * len(shares):
        raise ValueError(f"{people} people do not fit into {households} households of 1 to {len(shares)}")
    missing = people - sum(drawn)
    while missing:
        i = rng.randrange(households)
        step = 1 if missing > 0 else -1
        if 1 <= drawn[i] + step <= len(shares):
            drawn[i] += step
            missing -= step
    return drawn


def compose(rng: Random, size: int, *, village: bool) -> list[Member]:
    """A household of ``size`` members, head first."""
    if size == 1:
        return [_alone(rng, village=village)]
    if size == 2:
        return _two(rng, village=village)
    if size == 3 and rng.random() < (0.3 if village else 0.18):
        return _old_pair_with_child(rng)
    return _family(rng, size, village=village)


def _alone(rng: Random, *, village: bool) -> Member:
    old = rng.random() < (0.75 if village else 0.4)
    age = _between(rng, 62, 91) if old else _between(rng, 22, 58)
    female = rng.random() < (0.62 if old else 0.45)
    return Member("户主", "female" if female else "male", age)


def _two(rng: Random, *, village: bool) -> list[Member]:
    kind = rng.random()
    if kind < 0.12:  # one parent with a child
        age = _between(rng, 29, 50)
        return [Member("户主", "female", age), *_children(rng, age, 1)]
    old = kind < (0.75 if village else 0.5)
    return _couple(rng, _between(rng, 56, 86) if old else _between(rng, 24, 55))


def _old_pair_with_child(rng: Random) -> list[Member]:
    pair = _couple(rng, _between(rng, 52, 74))
    sex: Sex = rng.choice(("male", "female"))
    return [*pair, Member("子" if sex == "male" else "女", sex, _between(rng, 19, pair[1].age - 21))]


def _family(rng: Random, size: int, *, village: bool) -> list[Member]:
    """A couple with children, then the husband's parents, then whoever else is under the roof."""
    age = _between(rng, 27 if size < 5 else 33, 52)
    wanted = 1 if size == 3 or rng.random() < (0.35 if village else 0.6) else 2
    elders: list[Member] = []
    room = size - 2 - wanted
    if room > 0:
        mother = min(age + _between(rng, 20, 29), 93)
        elders.append(Member("母亲", "female", mother, line=2))
        if room > 1:
            elders.append(Member("父亲", "male", mother + _between(rng, -1, 4)))
    if room > len(elders) and rng.random() < 0.5:
        sex: Sex = rng.choice(("male", "female"))
        elders.append(Member("弟" if sex == "male" else "妹", sex, max(19, age - _between(rng, 1, 9))))
    if room > len(elders) and rng.random() < 0.35:
        elders.append(Member("祖母", "female", min(age + _between(rng, 43, 50), 97), line=3))
    couple = _couple(rng, age)
    return [*couple, *_children(rng, couple[1].age, size - 2 - len(elders)), *elders]


def _couple(rng: Random, age: int) -> list[Member]:
    return [
        Member("户主", "male", age),
        Member("配偶", "female", max(21, age - _between(rng, -2, 5)), line=1),
    ]


def _children(rng: Random, mother: int, count: int) -> list[Member]:
    """Children of a mother of this age, the eldest first, at least two years apart."""
    eldest = max(2 * (count - 1), min(27, mother - _between(rng, 22, 29)), 0)
    gap = _between(rng, 2, max(2, min(6, eldest // max(1, count - 1))))
    return [_child(rng, eldest - i * gap) for i in range(count)]


def _child(rng: Random, age: int) -> Member:
    sex: Sex = "male" if rng.random() < 0.53 else "female"
    return Member("子" if sex == "male" else "女", sex, age)


def _between(rng: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included: four times as quick as ``randint``."""
    return low + int(rng.random() * (high - low + 1))
