"""Fill the rest of the city by COPY: about 1.2 million people, today's round and gates of every community.

COPY into a table under row-level security is refused, so rows go into temporary tables first and from there, inside
the wall, to their places. Communities that already have people are left as they are: a second run changes nothing,
and a run that was cut short is finished by the next.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from django.db import connection

from shouwang.access.sealed import digest, seal
from shouwang.access.wall import acting
from shouwang.demo.invented.calls import NOW
from shouwang.demo.invented.city import HOUSEHOLDS, City, Community, Row, communities
from shouwang.demo.invented.people import TODAY, Home
from shouwang.kernel.phones import mask_phone
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import initials, with_digits

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

BATCH = 8_000  # households for which one transaction is made
_COLUMNS = {
    "places_compound": 'id, community, name, kind, "order", active',
    "places_entrance": 'id, community, compound_id, name, status, reason, changed_at, "order"',
    "people_household": (
        "id, community, compound_id, building, unit, room, address, address_key, number, remarks, active,"
        " created_at, updated_at"
    ),
    "people_resident": (
        "id, community, household_id, name, initials, sex, born_on, id_kind, id_number, id_digest, id_tail,"
        " phone, phone_digest, phone_mask, phone_tail, relation, remarks, presence, created_at, updated_at"
    ),
    "people_population": "community, households, residents, present, updated_at",
    "screening_round": (
        "id, community, day, slot, opened_at, households_due, residents_due, households_reached,"
        " residents_reached, attempts, fevers, updated_at"
    ),
    "screening_duelist": "round_id, community, households, residents, twice, updated_at",
    "screening_attempt": (
        "community, id, round, household, channel, outcome, answered_by, needs, trouble, remarks, keeper, proxy,"
        " made_at, received_at"
    ),
    "screening_reading": (
        "community, id, round, day, household, resident, source, source_id, temperature, symptoms, fever,"
        " made_at, received_at"
    ),
    "gates_gateday": "id, community, entrance_id, day, checks, passed, refused, fevers",
}
_OPENED = dt.datetime.combine(TODAY, dt.time(7, 30), NOW.tzinfo)
_TEMPERATURES = [
    "36.2",
    "36.3",
    "36.4",
    "36.4",
    "36.5",
    "36.5",
    "36.5",
    "36.6",
    "36.6",
    "36.7",
    "36.8",
    "37.0",
]
_FEVER_ONE_IN = 60_000
_cached_initials = lru_cache(maxsize=200_000)(initials)


def fill(
    *, seed: int, divisions: Sequence[tuple[int, str]], progress: Progress, households: int = HOUSEHOLDS
) -> int:
    """Fill every community of ``divisions`` that has nobody yet. Returns how many people were added.

    ``households`` is how many there are in all (400,000 if not told). The areas themselves must be there already.
    """
    with acting(Scope.system(reason="demo city")), connection.cursor() as cursor:
        cursor.execute("select community from people_population where residents > 0")
        there = {code for (code,) in cursor.fetchall()}
    wanted = [c for c in communities(seed, divisions, households) if c.code not in there]
    total = sum(c.households for c in wanted)
    city, done, people = City(seed), 0, 0
    progress("The whole city", 0, total)
    for group in _batches(wanted):
        with acting(Scope.system(reason="demo city")):
            rows = Rows.after_those_there()
            for community in group:
                people += rows.add(city, community, Random(f"{seed}:{community.code}:today"))
            rows.write()
        done += sum(c.households for c in group)
        progress("The whole city", done, total)
    if wanted:
        _analyze()
    return people


def _batches(communities: Iterable[Community]) -> Iterator[list[Community]]:
    group: list[Community] = []
    for community in communities:
        group.append(community)
        if sum(c.households for c in group) >= BATCH:
            yield group
            group = []
    if group:
        yield group


def _analyze() -> None:
    with connection.cursor() as cursor:
        for table in _COLUMNS:
            cursor.execute(f"ANALYZE {table}")


@dataclass
class Rows:
    """The rows of one batch as lines of COPY's text format, by table; ``last`` are the ids given so far."""

    last: dict[str, int]
    lines: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in _COLUMNS})

    @classmethod
    def after_those_there(cls) -> "Rows":
        last = {}
        with connection.cursor() as cursor:
            for table in (t for t, columns in _COLUMNS.items() if columns.startswith("id, ")):
                cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id'))", [table])
                last[table] = int(cursor.fetchone()[0])
        return cls(last)

    def add(self, city: City, community: Community, rng: Random) -> int:
        """One community with its people and its day. Returns how many people."""
        code, moment = community.code, _OPENED.isoformat(sep=" ")
        day = _Day(self, code, rng)
        compounds: dict[str, list[int]] = {}  # name: [id, households]
        household, resident = self.last["people_household"], self.last["people_resident"]
        people_before = resident
        put_household, put_resident = (
            self.lines["people_household"].append,
            self.lines["people_resident"].append,
        )
        for home, members in city.people(community):
            compound = compounds.get(home.compound) or compounds.setdefault(
                home.compound, [self._next("places_compound"), 0]
            )
            compound[1] += 1
            household += 1
            put_household(
                f"{household}\t{code}\t{compound[0]}\t{home.building}\t{home.unit}\t{home.room}\t{home}"
                f"\t{_key(home)}\t\t\tt\t{moment}\t{moment}\n"
            )
            first = resident + 1
            for member in members:
                resident += 1
                put_resident(_resident(resident, code, household, member, moment))
            day.household(household, range(first, resident + 1))
        self.last["people_household"], self.last["people_resident"] = household, resident
        people = resident - people_before
        self.lines["people_population"].append(
            f"{code}\t{community.households}\t{people}\t{people}\t{moment}\n"
        )
        day.close(community.households, people)
        self._places(community, compounds, rng)
        return people

    def _next(self, table: str) -> int:
        self.last[table] += 1
        return self.last[table]

    def _places(self, community: Community, compounds: dict[str, list[int]], rng: Random) -> None:
        kind = "compound" if community.town else "group"
        moment = _OPENED.isoformat(sep=" ")
        for order, (name, (compound, households)) in enumerate(compounds.items()):
            self.lines["places_compound"].append(
                f"{compound}\t{community.code}\t{name}\t{kind}\t{order}\tt\n"
            )
            if not community.town and order:
                continue  # a village keeps one gate, on the road of its first group
            gate = self._next("places_entrance")
            self.lines["places_entrance"].append(
                f"{gate}\t{community.code}\t{compound}\t{'大门' if community.town else '村口卡点'}\topen"
                f"\t只留一个出入口，24小时值守\t{moment}\t0\n"
            )
            kept_for = households if community.town else community.households
            refused = sum(rng.random() < 0.002 for _ in range(kept_for))
            passed = int(kept_for * rng.uniform(0.06, 0.14))
            number = self._next("gates_gateday")
            self.lines["gates_gateday"].append(
                f"{number}\t{community.code}\t{gate}\t{TODAY}\t{passed + refused}\t{passed}\t{refused}\t0\n"
            )

    def write(self) -> None:
        """COPY everything and set the sequences behind the ids that were used."""
        with connection.cursor() as cursor:
            for table, columns in _COLUMNS.items():
                empty = f"SELECT {columns} FROM {table} WITH NO DATA"  # noqa: S608 # names stand above
                cursor.execute(f"CREATE TEMP TABLE copied ON COMMIT DROP AS {empty}")
                with cursor.copy(f"COPY copied ({columns}) FROM STDIN") as copy:
                    copy.write("".join(self.lines[table]))
                cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM copied")  # noqa: S608
                cursor.execute("DROP TABLE copied")
            for table, last in self.last.items():
                cursor.execute("select setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])


def _key(home: Home) -> str:
    """As the roster's reader writes it, so that a roster finds the door."""
    if home.building:
        return f"{home.building}-{home.unit}-{home.room}"
    return f"{_group(home.compound)}-{home.room}"


@lru_cache(maxsize=4096)
def _group(compound: str) -> str:
    return with_digits(compound).removesuffix("组")


def _resident(number: int, code: int, household: int, row: Row, moment: str) -> str:
    phone = row.phone
    if phone:
        phones = f"\\\\x{seal(phone).hex()}\t\\\\x{digest(phone).hex()}\t{mask_phone(phone)}\t{phone[-4:]}"
    else:
        phones = "\\N\t\\N\t\t"
    return (
        f"{number}\t{code}\t{household}\t{row.name}\t{_cached_initials(row.name)}\t{row.sex[0]}\t{row.born}"
        f"\tresident\t\\\\x{seal(row.id_number).hex()}\t\\\\x{digest(row.id_number).hex()}\t{row.id_number[-4:]}"
        f"\t{phones}\t{row.relation}\t{row.remarks}\tpresent\t{moment}\t{moment}\n"
    )


class _Day:
    """Today's round of one community: about half of the households tried by half past nine."""

    _seconds = int((NOW - _OPENED).total_seconds())
    _moments = tuple((_OPENED + dt.timedelta(seconds=s)).isoformat(sep=" ") for s in range(_seconds))
    _milliseconds = int(_OPENED.timestamp()) * 1000

    def __init__(self, rows: Rows, code: int, rng: Random) -> None:
        self._rows, self._code, self._rng = rows, code, rng
        self._round = rows._next("screening_round")
        self._reach = rng.betavariate(7, 7)
        self._no_answer = self._reach + (1 - self._reach) * 0.18
        self._households = self._people = self._attempts = self._fevers = 0
        self._due: list[tuple[int, int]] = []

    def household(self, household: int, residents: range) -> None:
        rng = self._rng
        self._due += ((household, resident) for resident in residents)
        chance = rng.random()
        if chance >= self._no_answer:
            return
        self._attempts += 1
        second = int(rng.random() * self._seconds)
        moment, stamp = self._moments[second], self._milliseconds + second * 1000
        attempt = _uuid7(stamp, rng)
        head = f"{self._code}\t{attempt}\t{self._round}\t{household}"
        reached = chance < self._reach
        said = "call\treached\tresident" if reached else "call\tno_answer\tnobody"
        self._rows.lines["screening_attempt"].append(f"{head}\t{said}\t\t\t\t\tf\t{moment}\t{moment}\n")
        if not reached:
            return
        self._households += 1
        self._people += len(residents)
        for resident in residents:
            temperature, fever = _TEMPERATURES[int(rng.random() * len(_TEMPERATURES))], "f"
            if rng.random() * _FEVER_ONE_IN < 1:
                temperature, fever = f"{37.4 + rng.random():.1f}", "t"
                self._fevers += 1
            self._rows.lines["screening_reading"].append(
                f"{self._code}\t{_uuid7(stamp, rng)}\t{self._round}\t{TODAY}\t{household}\t{resident}\tcall"
                f"\t{attempt}\t{temperature}\t{{}}\t{fever}\t{moment}\t{moment}\n"
            )

    def close(self, households: int, people: int) -> None:
        opened, now = self._moments[0], NOW.isoformat(sep=" ")
        self._rows.lines["screening_round"].append(
            f"{self._round}\t{self._code}\t{TODAY}\tday\t{opened}\t{households}\t{people}\t{self._households}"
            f"\t{self._people}\t{self._attempts}\t{self._fevers}\t{now}\n"
        )
        homes, people_due = (",".join(map(str, column)) for column in zip(*self._due, strict=True))
        self._rows.lines["screening_duelist"].append(
            f"{self._round}\t{self._code}\t{{{homes}}}\t{{{people_due}}}\t{{}}\t{opened}\n"
        )


def _uuid7(milliseconds: int, rng: Random) -> str:
    """As ``kernel.uuid7`` mints them, in a third of the time: 32 hex digits, no need to rise within a millisecond."""
    tail = rng.getrandbits(74)
    return f"{milliseconds:012x}7{tail >> 62:03x}{8 + (tail >> 60 & 3):x}{tail & 0xFFF_FFFF_FFFF_FFFF:015x}"
