"""Who must stay in: set on the household's page, shown red at the gate, carried by the phones' pack."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from access.people import refused
from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, build, passing, scope_of
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.models import Hold
from shouwang.gates.queries.holds import holds_of
from shouwang.kernel.errors import Forbidden, NotFound

SignIn = Callable[[Role], Client]
OFFICE, KEEPER = scope_of(Role.OFFICE), scope_of(Role.GATE_KEEPER)
TODAY = NOON.date()
pytestmark = pytest.mark.django_db


def hold(village: Village, **more: Any) -> Hold:
    with acting(OFFICE):
        return actions.set_hold(OFFICE, household_id=village.household.pk, **more)


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def test_without_a_last_day_it_lasts_as_long_as_observation(village: Village) -> None:
    held = hold(village)
    assert (held.since, held.until, held.resident) == (TODAY, day(14), None)


def test_the_whole_household_is_stopped_and_the_neighbours_go_out(village: Village) -> None:
    hold(village)
    assert passing(KEEPER, village.gate, village.people[0]).verdict == "red"
    assert passing(KEEPER, village.gate, village.people[1]).verdict == "red"
    assert passing(KEEPER, village.gate, village.neighbours[0]).verdict == "green"


def test_one_of_a_household_is_stopped_and_the_others_are_not(village: Village) -> None:
    hold(village, resident_id=village.people[0].pk)
    assert passing(KEEPER, village.gate, village.people[0]).verdict == "red"
    assert passing(KEEPER, village.gate, village.people[1]).verdict == "green"


def test_ended_she_goes_out_again(village: Village) -> None:
    held = hold(village)
    with acting(OFFICE):
        actions.end_hold(OFFICE, hold_id=held.pk)
        ended = actions.end_hold(OFFICE, hold_id=held.pk)
        assert AuditEntry.objects.filter(verb="end_hold").count() == 1
    assert ended.ended_at == NOON
    assert passing(KEEPER, village.gate, village.people[0]).verdict == "green"


@pytest.mark.parametrize(("since", "until", "stopped"), [(1, 8, False), (-3, 1, True), (0, 1, True)])
def test_it_counts_on_its_days_only(village: Village, since: int, until: int, stopped: bool) -> None:
    hold(village, since=day(since), until=day(until))
    assert (passing(KEEPER, village.gate, village.people[0]).verdict == "red") is stopped


def test_set_again_it_is_the_same_and_with_other_days_it_moves(village: Village) -> None:
    first, again = hold(village), hold(village)
    assert first.pk == again.pk
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(verb="set_hold").count() == 1
    assert hold(village, until=day(7)).pk == first.pk
    with acting(SYSTEM):
        assert Hold.objects.get().until == day(7)
        assert AuditEntry.objects.filter(verb="set_hold").count() == 2


def test_each_source_speaks_for_itself(village: Village) -> None:
    by_hand, by_case = hold(village), hold(village, source="case:7", until=day(3))
    with acting(OFFICE):
        actions.end_hold(OFFICE, hold_id=by_hand.pk)
        assert [held.id for held in holds_of(OFFICE, COMMUNITY, TODAY)] == [by_case.pk]
        assert holds_of(OFFICE, COMMUNITY, day(3)) == []


@pytest.mark.parametrize(
    ("days", "code"),
    [((0, 0), "hold_over"), ((3, 2), "hold_over"), ((-5, 0), "hold_over"), ((0, 91), "hold_long")],
)
def test_days_that_cannot_be_are_refused(village: Village, days: tuple[int, int], code: str) -> None:
    with refused(code):
        hold(village, since=day(days[0]), until=day(days[1]))
    with acting(SYSTEM):
        assert not Hold.objects.exists()


def test_a_resident_of_another_door_is_not_found(village: Village) -> None:
    with pytest.raises(NotFound):
        hold(village, resident_id=village.neighbours[0].pk)


def test_a_household_of_another_community_is_not_found(village: Village) -> None:
    there = build(NEIGHBOUR)
    with acting(OFFICE), pytest.raises(NotFound):
        actions.set_hold(OFFICE, household_id=there.household.pk)


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.CALLER, Role.REPORTER])
def test_who_may_not_set_one_may_not_end_one(village: Village, role: Role) -> None:
    held, scope = hold(village), scope_of(role)
    with acting(scope):
        with pytest.raises(Forbidden):
            actions.set_hold(scope, household_id=village.household.pk)
        with pytest.raises(Forbidden):
            actions.end_hold(scope, hold_id=held.pk)


def test_an_emergency_passes_all_the_same(village: Village) -> None:
    hold(village)
    with acting(KEEPER):
        check = actions.record_emergency(
            KEEPER,
            check_id=passing(KEEPER, village.gate).id.__class__("01706178-0000-7000-8000-000000000001"),
            entrance_id=village.gate.pk,
            resident_id=village.people[0].pk,
        )
    assert check.verdict != "red"


def test_the_office_sets_and_ends_it_on_the_households_page(village: Village, signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICE)
    part = reverse("gates:holds", args=[village.household.pk])
    assert part in client.get(reverse("people:household", args=[village.household.pk])).text
    assert "Nobody of this household" in client.get(part).text
    answer = client.post(
        part, {"resident": village.people[1].pk, "since": "2020-02-20", "last": "2020-02-25"}, follow=True
    )
    assert "The gates know it at once" in answer.text
    shown = client.get(part).text
    assert "李桂芳" in shown
    assert "25 Feb" in shown
    with acting(SYSTEM):
        held = Hold.objects.get()
    assert held.until == dt.date(2020, 2, 26)
    client.post(reverse("gates:end_hold", args=[held.pk]))
    assert "Nobody of this household" in client.get(part).text


def test_a_caller_reads_it_and_cannot_set_it(village: Village, signed_in: SignIn) -> None:
    hold(village)
    client, part = signed_in(Role.CALLER), reverse("gates:holds", args=[village.household.pk])
    page = client.get(part).text
    assert "the whole household" in page
    assert "<form" not in page
    assert client.post(part, {"last": "2020-02-25"}).status_code == 403
    assert signed_in(Role.GATE_KEEPER).get(part).status_code == 403


def test_a_last_day_that_is_over_is_told_in_words(village: Village, signed_in: SignIn) -> None:
    part = reverse("gates:holds", args=[village.household.pk])
    answer = signed_in(Role.OFFICE).post(part, {"since": "2020-02-10", "last": "2020-02-12"})
    assert answer.status_code == 422
    assert "is over already" in answer.text
