"""The rest of the city: about 1.2 million people in 400,000 households, streamed fast enough for COPY.

A few thousand households are composed with care (``households.compose``) and used again and again under new
names: what costs time per person is one name, one ID number and one phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import NamedTuple

from shouwang.demo.invented.households import TOWN_SIZES, VILLAGE_SIZES, compose, sizes
from shouwang.demo.invented.names import GIVEN, SURNAMES, Sex, era
from shouwang.demo.invented.numbers import HOME, NEIGHBOURS, Numbers
from shouwang.demo.invented.people import TODAY, Home

HOUSEHOLDS = 400_000
PATTERNS = 4_000
_REMARKS = (
    "高血压，长期服药",
    "糖尿病，每日注射胰岛素",
    "冠心病",
    "慢阻肺",
    "行走不便",
    "听力不好，打电话要大声",
)
_COMPOUNDS = ("和谐家园", "文昌小区", "兴业花园", "康宁小区", "东方雅居", "教师新村", "临江苑", "老街片区")


@dataclass(frozen=True, slots=True)
class Community:
    """One of the 632, with the number of households it gets."""

    code: int
    name: str
    town: bool
    households: int


class Row(NamedTuple):
    """One person as the loader wants her. ``born`` is YYYYMMDD, ``phone`` may be empty."""

    name: str
    sex: Sex
    born: str
    id_number: str
    phone: str
    relation: str
    remarks: str


# (relation, sex, year of birth, line, remarks, has a phone, era)
_Seat = tuple[str, Sex, int, int, str, bool, int]


def communities(
    seed: int, divisions: Sequence[tuple[int, str]], households: int = HOUSEHOLDS
) -> list[Community]:
    """Shares ``households`` among the divisions: town communities are larger than villages."""
    rng = Random(f"{seed}:city")
    town = ["居委会" in name or "社区" in name for _, name in divisions]
    weights = [rng.lognormvariate(0.6 if t else 0.0, 0.35) for t in town]
    unit = households / sum(weights)
    return [
        Community(code, name, t, max(12, round(w * unit)))
        for (code, name), t, w in zip(divisions, town, weights, strict=True)
    ]


class City:
    """Streams the people of communities; the same seed gives the same people, in the order asked for."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._numbers = Numbers(seed, block=1)
        rng = Random(f"{seed}:patterns")
        self._patterns = {town: _patterns(rng, village=not town) for town in (True, False)}
        self._surnames = rng.choices(list(SURNAMES), list(SURNAMES.values()), k=8192)
        self._days = {y: _days(y) for y in range(1915, TODAY.year)}
        self._days[TODAY.year] = _days(TODAY.year)[:45]
        self._areas = (*(HOME,) * 24, *NEIGHBOURS)

    def people(self, community: Community) -> Iterator[tuple[Home, list[Row]]]:
        """Every household of a community with its members, head first."""
        rng = Random(f"{self._seed}:{community.code}")
        random, patterns, surnames = rng.random, self._patterns[community.town], self._surnames
        counts = sizes(rng, community.households, None, TOWN_SIZES if community.town else VILLAGE_SIZES)
        for home, size in zip(_homes(community), counts, strict=True):
            group = patterns[size]
            seats = group[int(random() * len(group))]
            at = int(random() * 8000)
            yield home, [self._row(random, seat, surnames[at + seat[3] * 37]) for seat in seats]

    def _row(self, random, seat: _Seat, surname: str) -> Row:  # type: ignore[no-untyped-def]  # bound method, hot
        relation, sex, year, _, remarks, has_phone, fashion = seat
        pool, days = GIVEN[sex][fashion], self._days[year]
        born = days[int(random() * len(days))]
        area = self._areas[int(random() * len(self._areas))]
        return Row(
            surname + pool[int(random() * len(pool))],
            sex,
            born,
            self._numbers.id_number(area, born, sex),
            self._numbers.phone() if has_phone else "",
            relation,
            remarks,
        )


def _patterns(rng: Random, *, village: bool) -> dict[int, list[list[_Seat]]]:
    found: dict[int, list[list[_Seat]]] = {}
    for size in range(1, len(TOWN_SIZES) + 1):
        found[size] = []
        for _ in range(PATTERNS // len(TOWN_SIZES)):
            seats: list[_Seat] = []
            for m in compose(rng, size, village=village):
                year = TODAY.year - m.age - (rng.random() < 0.86)
                remarks = rng.choice(_REMARKS) if m.age >= 60 and rng.random() < 0.3 else ""
                phone = m.relation == "户主" or (
                    m.age >= 14 and rng.random() < (0.97 if m.age < 68 else 0.72)
                )
                seats.append((m.relation, m.sex, year, m.line, remarks, phone, era(year)))
            found[size].append(seats)
    return found


def _days(year: int) -> list[str]:
    first = TODAY.replace(year=year, month=1, day=1)
    return [(first + timedelta(days=n)).strftime("%Y%m%d") for n in range(365)]


def _homes(community: Community) -> Iterator[Home]:
    """Compounds of about 320 homes on six floors in town, groups of about 45 houses in a village."""
    n = community.households
    if community.town:
        for i in range(n):
            compound, rest = divmod(i, 320)
            building, rest = divmod(rest, 36)
            unit, rest = divmod(rest, 12)
            name = _COMPOUNDS[(community.code + compound) % len(_COMPOUNDS)]
            turn = compound // len(_COMPOUNDS)
            name = f"{name}{'二三四五六七八九'[turn - 1]}期" if turn else name
            yield Home(name, str(building + 1), str(unit + 1), f"{rest // 2 + 1}0{rest % 2 + 1}")
        return
    groups = max(1, round(n / 45))
    for i in range(n):
        group, number = divmod(i, -(-n // groups))
        yield Home(f"{group + 1}组", room=str(number + 1))
