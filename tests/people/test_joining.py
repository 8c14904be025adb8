"""Sightings put together into people: sure ones by themselves, doubtful ones by hand; every decision can be undone."""

import datetime as dt
from contextlib import suppress
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.people import refused
from people.town import COMMUNITY, NEIGHBOUR, id_number, scope_of
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.people import actions
from shouwang.people.actions.matching import match_waiting
from shouwang.people.enums import Joining, ReturneeSource
from shouwang.people.models import Pair, Returnee, Sighting
from shouwang.people.queries.numbers import told_numbers
from shouwang.people.rules.joining import components

OFFICE = scope_of()
pytestmark = pytest.mark.usefixtures("wall")


def see(name: str, number: int | str = "", phone: str = "", **more: Any) -> Sighting:
    id_said = id_number(number) if isinstance(number, int) else number
    said: dict[str, Any] = {
        "community": COMMUNITY, "name": name, "origin": "武汉", "source": ReturneeSource.LIST, "source_id": uuid4(),
        "numbers": told_numbers(id_said, phone, today=clock.today()),
    }  # fmt: skip
    return actions.register_returnee(scope_of(community=more.get("community", COMMUNITY)), **(said | more))


def strangers(count: int) -> list[Sighting]:
    names = ("周敏", "吴大海", "郑思远", "冯晓燕", "褚建军", "卫东升", "蒋婷婷")
    return [see(names[n], n * 2 + 1, f"1387123{n:04d}", origin=f"武汉{n}") for n in range(count)]


def people() -> set[frozenset[int]]:
    """Who is one person, as the register has it."""
    groups: dict[int | None, set[int]] = {}
    for pk, person in Sighting.objects.values_list("id", "returnee"):
        groups.setdefault(person, set()).add(pk)
    return {frozenset(group) for group in groups.values()}


def test_the_same_number_joins_and_the_register_has_one_person() -> None:
    one = see("周敏", 4, arrived_on=dt.date(2020, 1, 22))
    other = see("周 敏", 4, "13871234567", source=ReturneeSource.GATE)
    assert one.returnee_id == other.returnee_id
    pair = Pair.objects.get()
    assert (pair.joining, pair.by_rule, pair.undone_at) == (Joining.JOIN, True, None)
    assert "id_same" in pair.reasons
    her = Returnee.objects.get()
    assert (her.name, her.origin, her.origin_code, her.risk) == ("周敏", "武汉", 420100000000, "high")


def test_a_doubtful_pair_is_asked_and_a_stranger_is_not() -> None:
    one = see("周敏", "", "13871234567")
    other = see("周女士", "", "13871234567")
    assert one.returnee_id != other.returnee_id
    assert Pair.objects.get().joining == Joining.ASK
    see("吴大海", 8, "13900000000", origin="深圳")
    assert Pair.objects.count() == 1


def test_neighbours_are_matched_apart() -> None:
    see("周敏", 4)
    see("周敏", 4, community=NEIGHBOUR)
    assert not Pair.objects.exists()
    with refused("joining_elsewhere"):
        one, other = Sighting.objects.order_by("id")
        both = scope_of().grants + scope_of(community=NEIGHBOUR).grants
        actions.join_sightings(type(OFFICE)(None, "both", both), one=one.pk, other=other.pk)


def test_a_joining_by_the_rules_is_undone_and_stays_so() -> None:
    one, other = see("周敏", 4), see("周敏", 4)
    undone = actions.undo_joining(OFFICE, pair_id=Pair.objects.get().pk)
    assert (undone.joining, undone.undone_at is None) == (Joining.ASK, False)
    assert people() == {frozenset({one.pk}), frozenset({other.pk})}
    actions.undo_joining(OFFICE, pair_id=undone.pk)
    assert AuditEntry.objects.filter(verb="undo_joining").count() == 1
    actions.join_sightings(OFFICE, one=other.pk, other=one.pk)
    assert people() == {frozenset({one.pk, other.pk})}


def test_a_chain_undone_in_the_middle_splits_where_it_was_joined() -> None:
    chain = strangers(5)
    for one, other in pairwise(chain):
        actions.join_sightings(OFFICE, one=one.pk, other=other.pk)
    first = Returnee.objects.get()
    middle = Pair.objects.get(one=chain[1], other=chain[2])
    actions.undo_joining(OFFICE, pair_id=middle.pk)
    assert people() == {frozenset(one.pk for one in chain[:2]), frozenset(one.pk for one in chain[2:])}
    kept = Sighting.objects.get(pk=chain[0].pk).returnee
    assert (kept, Returnee.objects.count()) == (first, 2)


def test_what_was_kept_apart_is_not_joined_through_a_third() -> None:
    one, middle, other = strangers(3)
    actions.keep_apart(OFFICE, one=one.pk, other=other.pk)
    actions.join_sightings(OFFICE, one=one.pk, other=middle.pk)
    with refused("joining_apart"):
        actions.join_sightings(OFFICE, one=middle.pk, other=other.pk)
    actions.undo_joining(OFFICE, pair_id=Pair.objects.get(joining=Joining.APART).pk)
    actions.join_sightings(OFFICE, one=middle.pk, other=other.pk)
    assert people() == {frozenset({one.pk, middle.pk, other.pk})}


def test_the_rules_do_not_join_what_was_kept_apart() -> None:
    one, other = see("周敏", "", "13871234567"), see("周女士", "", "13871234567")
    actions.keep_apart(OFFICE, one=one.pk, other=other.pk)
    third = see("周敏", "", "13871234567")
    assert third.returnee_id == one.returnee_id
    assert Pair.objects.filter(joining=Joining.APART).count() == 1
    assert people() == {frozenset({one.pk, third.pk}), frozenset({other.pk})}


def test_one_sighting_is_taken_out_and_the_others_stay_one() -> None:
    hub, left, right = strangers(3)
    actions.join_sightings(OFFICE, one=hub.pk, other=left.pk)
    actions.join_sightings(OFFICE, one=hub.pk, other=right.pk)
    actions.part_sighting(OFFICE, sighting_id=hub.pk)
    assert people() == {frozenset({hub.pk}), frozenset({left.pk, right.pk})}


def test_what_the_office_has_set_outlives_joining() -> None:
    one, other = strangers(2)
    actions.change_returnee(OFFICE, returnee_id=other.returnee_id or 0, origin="荆州", companions="丈夫")
    actions.join_sightings(OFFICE, one=one.pk, other=other.pk)
    her = Returnee.objects.get()
    assert (her.origin, her.risk, her.companions) == ("荆州", "middle", "丈夫")


def test_sightings_of_before_are_matched_later() -> None:
    one, other = see("周敏", 4), see("周敏", 4)
    Pair.objects.all().delete()
    Sighting.objects.update(returnee=None)
    Returnee.objects.all().delete()
    assert match_waiting(OFFICE) == 2
    assert people() == {frozenset({one.pk, other.pk})}
    assert match_waiting(OFFICE) == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_the_office_alone_decides(role: Role) -> None:
    one, other = see("周敏", 4), see("周敏", 4)
    pair, scope = Pair.objects.get(), scope_of(role)
    for act in (
        lambda: actions.join_sightings(scope, one=one.pk, other=other.pk),
        lambda: actions.keep_apart(scope, one=one.pk, other=other.pk),
        lambda: actions.part_sighting(scope, sighting_id=one.pk),
        lambda: actions.undo_joining(scope, pair_id=pair.pk),
        lambda: actions.change_returnee(scope, returnee_id=one.returnee_id or 0, origin="荆州"),
        lambda: actions.set_returnee_state(scope, returnee_id=one.returnee_id or 0, state="left", reason="x"),
        lambda: actions.link_resident(scope, returnee_id=one.returnee_id or 0, resident_id=None),
    ):
        with pytest.raises(Forbidden):
            act()


def test_who_is_not_there_is_not_found() -> None:
    one = see("周敏", 4)
    with pytest.raises(NotFound):
        actions.join_sightings(OFFICE, one=one.pk, other=0)
    with pytest.raises(NotFound):
        actions.undo_joining(OFFICE, pair_id=0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "apart", "undo", "part", "see"]), st.integers(0, 5), st.integers(0, 5)
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_people_are_what_hangs_together_and_nothing_kept_apart_is_in_one(
    steps: list[tuple[str, int, int]],
) -> None:
    with transaction.atomic():
        seen = strangers(6)
        for what, left, right in steps:
            one, other = seen[left].pk, seen[right].pk
            with suppress(NotFound, Refused):
                if what == "join":
                    actions.join_sightings(OFFICE, one=one, other=other)
                elif what == "apart":
                    actions.keep_apart(OFFICE, one=one, other=other)
                elif what == "part":
                    actions.part_sighting(OFFICE, sighting_id=one)
                elif what == "see":
                    see("周敏", left * 2 + 1, f"1387123{right:04d}")
                else:
                    pairs = list(Pair.objects.order_by("id").values_list("id", flat=True))
                    actions.undo_joining(OFFICE, pair_id=pairs[left % len(pairs)] if pairs else 0)
            joins = Pair.objects.filter(joining=Joining.JOIN).values_list("one", "other")
            nodes = Sighting.objects.values_list("id", flat=True)
            assert people() == {frozenset(group) for group in components(nodes, joins)}
            for first, second in Pair.objects.filter(joining=Joining.APART).values_list("one", "other"):
                assert not any({first, second} <= group for group in people())
            assert Returnee.objects.count() == len(people())
        transaction.set_rollback(True)
