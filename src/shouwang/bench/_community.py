"""A community of towers, walk-ups and lanes as large as asked for, generated the same way each time, to divide."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shouwang.workforce.enums import Weight
from shouwang.workforce.queries.burden import Home
from shouwang.workforce.rules.plane import Standing, walk
from shouwang.workforce.rules.weights import load

# Units, floors, doors a floor; the kinds of buildings of a county town and their share of its homes.
KINDS = ((2, 11, 2, 3), (2, 18, 2, 4), (3, 6, 2, 4), (4, 6, 2, 2), (1, 6, 2, 1), (0, 0, 0, 1))
LIVED_IN = 0.85


@dataclass(frozen=True, slots=True)
class _Compound:
    number: int
    kind: tuple[int, int, int, int]
    homes: int


def community(households: int, seed: int) -> list[Home]:
    """So many households in compounds of about 600, in the way one walks."""
    rng = random.Random(f"caseloads:{seed}")  # noqa: S311
    found: list[Home] = []
    number = 0
    while len(found) < households:
        number += 1
        kind = rng.choices(KINDS, [k[3] for k in KINDS])[0]
        size = min(rng.randrange(350, 900), households - len(found))
        for building, unit, room in _doors(_Compound(number, kind, size), rng):
            people = rng.choices((1, 2, 3, 4, 5, 6), (16, 26, 29, 16, 9, 4))[0]
            reasons = _reasons(rng, people)
            standing = Standing(len(found) + 1, number, number, building, unit, room, room)
            home = Home(
                standing, f"{number}", f"{building}-{unit}-{room}", people, load(people, reasons), reasons
            )
            found.append(home)
    return sorted(found, key=lambda home: walk(home.standing))


def _doors(one: _Compound, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    units, floors, doors, _ = one.kind
    given, building = 0, 0
    while given < one.homes:
        building += 1
        if not units:
            given += 1
            yield "", "", str(building)
            continue
        for unit in range(1, units + 1):
            for floor in range(1, floors + 1):
                for door in range(1, doors + 1):
                    if given < one.homes and rng.random() < LIVED_IN:
                        given += 1
                        yield str(building), str(unit), f"{floor}{door:02d}"


def _reasons(rng: random.Random, people: int) -> tuple[Weight, ...]:
    chances: Sequence[tuple[Weight, float]] = (
        (Weight.OLD_ALONE, 0.12 if people <= 2 else 0),
        (Weight.ILL, 0.14),
        (Weight.RETURNED, 0.04),
        (Weight.QUARANTINED, 0.005),
    )
    return tuple(reason for reason, chance in chances if rng.random() < chance)
