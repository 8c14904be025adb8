"""What a line of a list from above tells, where it belongs, and who of the roster it may mean."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection

from shouwang.access import clock
from shouwang.access.sealed import Sealed, digest
from shouwang.kernel import areas
from shouwang.kernel.addresses import compound_key
from shouwang.kernel.errors import Refused
from shouwang.kernel.identity import mask_id, read_id
from shouwang.kernel.phones import read_phones
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name
from shouwang.people.enums import Joining
from shouwang.people.models import Household, ListLine, Resident
from shouwang.people.queries.joining import seen_on_roster
from shouwang.people.queries.lodgers import GONE
from shouwang.people.queries.numbers import Numbers, told_numbers
from shouwang.people.rules.lines import Line
from shouwang.people.rules.lines.placing import Places
from shouwang.people.rules.returnees import Likeness, Seen, compare
from shouwang.places import queries as places

_MOST_ALIKE = 3
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Told:
    """A line, opened. Numbers are as they were said; ``masked`` shows them."""

    name: str
    told: Mapping[str, str]
    labels: tuple[str, ...]
    cells: tuple[str, ...]
    born_on: date | None = None
    arrived_on: date | None = None
    left_on: date | None = None

    @property
    def id_masked(self) -> str:
        number = self.told.get("id_number", "")
        return mask_id(number) if number and "*" not in number else number

    @property
    def phone_masked(self) -> str:
        phones, _ = read_phones(self.told.get("phone", ""))
        return phones[0].masked if phones else "****" if self.told.get("phone") else ""

    def numbers(self) -> Numbers:
        return told_numbers(self.told.get("id_number", ""), self.told.get("phone", ""), today=clock.today())


def sealed_of(line: Line) -> str:
    """A line as the text that its row seals."""
    kept = {
        name: value for name, value in asdict(line).items() if name not in ("sheet", "row", "part", "issues")
    }
    return json.dumps(kept, ensure_ascii=False, default=str)


def told_of(line: ListLine) -> Told:
    """What a kept line tells. For rules and for what is shown masked; nobody is shown the numbers."""
    sealed: object = line.cells
    kept = json.loads(sealed.open() if isinstance(sealed, Sealed) else str(sealed))
    days = {
        name: date.fromisoformat(kept[name]) if kept[name] else None
        for name in ("born_on", "arrived_on", "left_on")
    }
    return Told(kept["name"], kept["told"], tuple(kept["labels"]), tuple(kept["cells"]), **days)


def seen_in(name: str, told: Mapping[str, str], numbers: Numbers, *, community: int, **days: Any) -> Seen:
    """A line of a list as the rules of matching see it."""
    return Seen(
        key=0,
        name=clean_name(name),
        id_number=numbers.id_number,
        id_digest=numbers.id_digest,
        id_tail=numbers.id_tail,
        phone=numbers.phone,
        phone_digest=numbers.phone_digest,
        sex=told.get("sex", ""),
        origin=told.get("origin", ""),
        address=told.get("address", ""),
        compound=told.get("compound", ""),
        source="list",
        community=community,
        **days,
    )


def places_of(scope: Scope, area: int) -> Places:
    """The communities of an area, by which lines are placed."""
    first, last = areas.span(area)
    communities = {one.code: one.name for one in places.communities(scope, first, last) if one.active}
    compounds: defaultdict[str, set[int]] = defaultdict(set)
    if len(communities) > 1:
        rows = Household.objects.filter(community__range=(first, last), compound__isnull=False, active=True)
        for name, community in rows.order_by().values_list("compound__name", "community").distinct():
            compounds[compound_key(name).removesuffix("小区")].add(community)
    towns = places.names({code // 1000 * 1000 for code in communities})
    return Places(communities, towns, {key: sorted(codes) for key, codes in compounds.items()})


def place_lines(scope: Scope, area: int, lines: Sequence[Line]) -> list[int | None]:
    """The community of each line: by the names it holds, else where she who has its number is on the roster."""
    there = places_of(scope, area)
    found = [
        there.find(
            community=line.told.get("community", ""),
            address=line.told.get("address", ""),
            compound=line.told.get("compound", ""),
        )
        for line in lines
    ]
    unknown = [at for at, community in enumerate(found) if community is None]
    digests = {at: mark for at in unknown if (mark := _digest_of(lines[at].told.get("id_number", "")))}
    homes: defaultdict[bytes, set[int]] = defaultdict(set)
    wanted = list(digests.values())
    for start in range(0, len(wanted), _CHUNK):
        rows = Resident.objects.filter(
            community__range=areas.span(area), id_digest__in=wanted[start : start + _CHUNK]
        ).exclude(presence__in=GONE)
        for kept, community in rows.values_list("id_digest", "community"):
            homes[bytes(kept or b"")].add(community)
    for at, mark in digests.items():
        if len(homes[mark]) == 1:
            found[at] = next(iter(homes[mark]))
    return found


def on_roster(area: int, lines: Sequence[Line], communities: Sequence[int | None]) -> dict[int, int]:
    """Index of a line → the resident whom the rules are sure it means; for a preview."""
    seen = [
        seen_in(
            line.name, line.told,
            told_numbers(line.told.get("id_number", ""), line.told.get("phone", ""), today=clock.today()),
            community=community or 0, born_on=line.born_on, arrived_on=line.arrived_on,
        )
        for line, community in zip(lines, communities, strict=True)
    ]  # fmt: skip
    found: dict[int, int] = {}
    for at, alike in alike_of(areas.span(area), seen).items():
        sure = [resident for resident, likeness in alike if likeness.joining is Joining.JOIN]
        if len(sure) == 1:
            found[at] = sure[0].pk
    return found


def alike_of(span: tuple[int, int], seen: Sequence[Seen]) -> dict[int, list[tuple[Resident, Likeness]]]:
    """Index → who of the roster between two codes may be meant, the likeliest first: by number, by phone, and by name,
    given name alone or end of the number in the same community. Nobody who is surely another."""
    at_key: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for index, one in enumerate(seen):
        if one.id_digest:
            at_key["id", bytes(one.id_digest)].append(index)
        if one.phone_digest:
            at_key["phone", bytes(one.phone_digest)].append(index)
        if one.community and one.name:
            at_key["name", (one.community, one.name)].append(index)
            if len(one.name) == 2:  # 建国 alone
                at_key["given", (one.community, one.name)].append(index)
        if one.community and one.id_tail:
            at_key["tail", (one.community, one.id_tail.upper())].append(index)
    residents: dict[int, tuple[Resident, set[int]]] = {}
    for resident in _rows(span, at_key):
        keys = (
            ("id", bytes(resident.id_digest) if resident.id_digest else None),
            ("phone", bytes(resident.phone_digest) if resident.phone_digest else None),
            ("name", (resident.community, resident.name)),
            ("given", (resident.community, resident.name[1:])),
            ("tail", (resident.community, resident.id_tail)),
        )
        met = {index for key in keys for index in at_key.get(key, ())}
        residents[resident.pk] = (resident, met)
    alike: defaultdict[int, list[tuple[Resident, Likeness]]] = defaultdict(list)
    for resident, met in residents.values():
        other = seen_on_roster(resident)
        for index in met:
            likeness = compare(seen[index], other)
            if likeness.joining is not Joining.APART:
                alike[index].append((resident, likeness))
    return {
        index: sorted(found, key=lambda one: (-one[1].score, one[0].pk))[:_MOST_ALIKE]
        for index, found in alike.items()
    }


def _rows(span: tuple[int, int], at_key: Iterable[tuple[str, Any]]) -> list[Resident]:
    """Everybody under one of the keys, each once; every look goes by an index."""
    wanted: defaultdict[str, list[Any]] = defaultdict(list)
    for kind, key in at_key:
        wanted[kind].append(key)
    ids: set[int] = set()
    here = Resident.objects.filter(community__range=span)
    for column, kind in (("id_digest", "id"), ("phone_digest", "phone")):
        for start in range(0, len(wanted[kind]), _CHUNK):
            part = wanted[kind][start : start + _CHUNK]
            ids |= set(here.filter(**{f"{column}__in": part}).values_list("id", flat=True))
    for column, kind in (("name", "name"), ("given", "given"), ("id_tail", "tail")):
        ids |= _by_pairs(column, wanted[kind])
    found: list[Resident] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        rows = here.filter(pk__in=ordered[start : start + _CHUNK]).exclude(presence__in=GONE)
        found += rows.select_related("household", "household__compound")
    return found


def _by_pairs(column: str, pairs: Sequence[tuple[int, str]]) -> set[int]:
    """Who bears one of these texts in the community beside it."""
    if not pairs:
        return set()
    communities, texts = zip(*pairs, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select r.id from unnest(%s::bigint[], %s::text[]) as w(community, text)"  # noqa: S608  a name of ours
            f" join people_resident r on r.community = w.community and r.{column} = w.text",
            [list(communities), list(texts)],
        )
        return {row[0] for row in cursor.fetchall()}


def _digest_of(id_number: str) -> bytes | None:
    try:
        return digest(read_id(id_number, today=clock.today()).key) if id_number else None
    except Refused:
        return None
