"""Which sightings are compared is found by index: the same as the rules propose in memory, and as good in the end."""

from collections import defaultdict
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.town import COMMUNITY, scope_of
from shouwang.access import clock
from shouwang.bench._returnee_telling import Told, tell
from shouwang.people.actions import register_returnee
from shouwang.people.actions.matching import keep_keys, match_waiting
from shouwang.people.enums import Joining, ReturneeSource
from shouwang.people.models import Pair, Sighting, SightingKey
from shouwang.people.queries.blocking import near_sightings
from shouwang.people.queries.joining import seen_of
from shouwang.people.queries.numbers import Numbers, told_numbers
from shouwang.people.rules.returnees import MOST_UNDER_ONE_KEY, Seen, candidates

OFFICE = scope_of()
pytestmark = pytest.mark.usefixtures("wall")


def numbers_of(seen: Seen) -> Numbers:
    return told_numbers(seen.id_number or seen.id_tail, seen.phone or seen.phone_tail, today=clock.today())


def kept(told: Told) -> list[Sighting]:
    """All sightings as rows of one community, in order, under their keys and matched with nothing."""
    now = clock.now()
    rows = Sighting.objects.bulk_create(
        Sighting(
            community=COMMUNITY, name=one.name, origin=one.origin, arrived_on=one.arrived_on, source=one.source,
            seen_at=now, added_at=now,
            **{field: getattr(numbers_of(one), field) for field in Numbers.__slots__},
        )
        for one in told.seen
    )  # fmt: skip
    keep_keys(seen_of(row) for row in rows)
    return list(Sighting.objects.order_by("id"))


def test_the_index_proposes_what_the_rules_propose() -> None:
    rows = kept(tell(31, people=500, communities=1))
    seen = [seen_of(row) for row in rows]
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for left, right in candidates(seen):
        wanted[rows[left].pk].add(rows[right].pk)
        wanted[rows[right].pk].add(rows[left].pk)
    assert sum(map(len, wanted.values())) > 2 * len(rows)
    for one in seen:
        assert near_sightings(one) == wanted[one.key], one


def test_what_too_many_share_is_passed_over_and_of_it_no_more_is_read() -> None:
    crowd = Told(
        tuple(
            Seen(n, f"赵{chr(0x4E00 + n * 7)}", phone="13871230000") for n in range(MOST_UNDER_ONE_KEY + 5)
        ),
        tuple(range(MOST_UNDER_ONE_KEY + 5)),
    )
    rows = kept(crowd)
    shared = {pk for row in rows for pk in near_sightings(seen_of(row))}
    assert len(shared) < len(rows)
    alone = seen_of(rows[0])
    assert not near_sightings(replace(alone, name="钱塘江"))  # the phone alone: everybody's


def test_an_index_answers_behind_the_wall() -> None:
    rows = kept(tell(32, people=300, communities=1))
    with connection.cursor() as cursor:
        cursor.execute("analyze people_sightingkey")
        with CaptureQueriesContext(connection) as asked:
            near_sightings(seen_of(rows[0]))
        cursor.execute(f"explain {asked.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on people_sightingkey" not in plan, plan


def test_from_register_to_people_as_good_as_in_memory() -> None:
    """Precision and recall of what the register does, one sighting after the other, with the numbers it keeps."""
    told = tell(33, people=110, communities=1)
    rows = [
        register_returnee(
            OFFICE, community=COMMUNITY, name=one.name, numbers=numbers_of(one), origin=one.origin or "武汉",
            source=ReturneeSource.LIST, source_id=uuid4(), arrived_on=one.arrived_on,
        )
        for one in told.seen
        if one.name
    ]  # fmt: skip
    of = {row.pk: told.person[at] for at, row in zip(_named(told), rows, strict=True)}
    person = dict(Sighting.objects.values_list("id", "returnee"))
    asked = [
        (one, other)
        for one, other in Pair.objects.filter(joining=Joining.ASK).values_list("one", "other")
        if of[one] == of[other]
    ]
    ids = sorted(of)
    joined = [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 :] if person[a] == person[b]]
    right = sum(of[a] == of[b] for a, b in joined)
    for one, other in asked:  # somebody answers every question truly
        into, gone = person[one], person[other]
        person |= {pk: into for pk, at in person.items() if at == gone}
    true = [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 :] if of[a] == of[b]]
    found = sum(person[a] == person[b] for a, b in true)
    assert len(true) > 150
    assert right >= 0.995 * len(joined), (right, len(joined))
    assert found >= 0.97 * len(true), (found, len(true))


def _named(told: Told) -> list[int]:
    return [at for at, one in enumerate(told.seen) if one.name]


def test_sightings_of_before_get_their_keys_when_they_are_matched() -> None:
    one, other = (row.pk for row in kept(tell(34, people=3, communities=1))[:2])
    SightingKey.objects.all().delete()
    match_waiting(OFFICE)
    assert set(SightingKey.objects.values_list("sighting", flat=True)) >= {one, other}
    assert not Sighting.objects.filter(returnee=None).exists()
