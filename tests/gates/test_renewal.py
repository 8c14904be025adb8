"""Renewing before the last day: the card in the hand counts to its end, the next one from there on."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, passing, scope_of
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction, PassKind, PassState, Reason
from shouwang.gates.models import Pass, Revocation
from shouwang.gates.queries.passes import PassFilter, lapsed, pass_list, passes_of_household
from shouwang.gates.queries.trust import bundle
from shouwang.gates.rules.token import verify_token
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.people.models import Resident

OFFICE = scope_of(Role.OFFICE)


@pytest.fixture
def ending(village: Village, monkeypatch: pytest.MonkeyPatch) -> list[Pass]:
    """Everybody's pass ends the day after tomorrow at midnight: two days before that, at noon."""
    with acting(SYSTEM):
        held = list(Pass.objects.order_by("id"))
    travel(monkeypatch, held[0].valid_until - dt.timedelta(days=2, hours=-12))
    return held


def travel(monkeypatch: pytest.MonkeyPatch, to: dt.datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: to)


def renew(held: Pass) -> Pass:
    with acting(OFFICE):
        return actions.renew_pass(OFFICE, pass_id=held.pk)


def renew_all(village: Village) -> int:
    with acting(OFFICE):
        return actions.renew_passes(OFFICE, community=COMMUNITY, compound_id=village.compound.pk)


def at_gate(village: Village, at: dt.datetime, code: str) -> str:
    return passing(SYSTEM, village.gate, None, at, pass_code=code, direction=Direction.IN).reason


def test_both_cards_count_each_in_its_days(
    village: Village, ending: list[Pass], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, now = ending[0], clock.now()
    new = renew(old)
    assert (new.valid_from, new.revoked_at, new.resident_id) == (old.valid_until, None, old.resident_id)
    assert new.code != old.code
    assert at_gate(village, now, old.code) == Reason.OK
    assert at_gate(village, now, new.code) == Reason.HOME_WITHOUT_PASS
    after = old.valid_until + dt.timedelta(hours=8)
    travel(monkeypatch, after)
    assert at_gate(village, after, old.code) == Reason.HOME_PASS_EXPIRED
    assert at_gate(village, after, new.code) == Reason.OK
    with acting(SYSTEM):
        claims = verify_token(actions.sign_pass(new), bundle().by_id())
        assert not Revocation.objects.filter(pass_id=old.pass_id).exists()
    assert claims.not_before == int(old.valid_until.timestamp())


def test_by_name_the_gate_takes_the_card_of_the_day(
    village: Village, ending: list[Pass], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, person = ending[0], village.people[0]
    new = renew(old)
    home = passing(SYSTEM, village.gate, person, clock.now(), direction=Direction.IN)
    assert home.pass_number == old.pk
    after = old.valid_until + dt.timedelta(hours=8)
    travel(monkeypatch, after)
    check = passing(SYSTEM, village.gate, person, after)
    assert (check.pass_number, check.reason) == (new.pk, Reason.OK)


def test_again_renews_none_and_answers_the_same(village: Village, ending: list[Pass]) -> None:
    new = renew(ending[0])
    assert renew(ending[0]).pk == new.pk
    assert renew_all(village) == 2
    assert renew_all(village) == 0
    with acting(SYSTEM):
        assert Pass.objects.count() == 6
        assert pass_list(OFFICE, area=COMMUNITY, at=clock.now(), state=PassFilter.ENDING).count() == 0
        assert pass_list(OFFICE, area=COMMUNITY, at=clock.now(), state=PassFilter.NEXT).count() == 3


def test_issuing_meanwhile_issues_no_third(village: Village, ending: list[Pass]) -> None:
    renew_all(village)
    with acting(OFFICE):
        actions.issue_compound_passes(OFFICE, community=COMMUNITY, compound_id=village.compound.pk)
        assert Pass.objects.count() == 6
        held = passes_of_household(OFFICE, household=village.household.pk, at=clock.now())
    assert [one.state for one in held] == [PassState.VALID] * 2
    assert {one.held.pk for one in held if one.held} <= {one.pk for one in ending}


def test_a_renewed_pass_that_is_over_is_not_missed(
    village: Village, ending: list[Pass], monkeypatch: pytest.MonkeyPatch
) -> None:
    renew(ending[0])
    after = ending[0].valid_until + dt.timedelta(hours=8)
    travel(monkeypatch, after)
    with acting(OFFICE):
        assert lapsed(OFFICE, area=COMMUNITY, at=after) == 2


def test_a_lost_card_before_and_after_renewal(
    village: Village, ending: list[Pass], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ending[0]
    new = renew(old)
    with acting(OFFICE):
        again = actions.replace_pass(OFFICE, pass_id=old.pk, reason="lost")
        later = actions.replace_pass(OFFICE, pass_id=new.pk, reason="lost")
    assert (again.valid_until, again.renewed) == (old.valid_until, True)
    assert (later.valid_from, later.valid_until, later.renewed) == (new.valid_from, new.valid_until, False)
    assert at_gate(village, clock.now(), again.code) == Reason.OK
    assert renew(again).pk == later.pk


def test_revoking_ends_what_follows_and_a_follower_may_go_alone(village: Village, ending: list[Pass]) -> None:
    both, alone = ending[0], ending[1]
    next_of_both, next_of_alone = renew(both), renew(alone)
    with acting(OFFICE):
        actions.revoke_pass(OFFICE, pass_id=both.pk, reason="moved away")
        actions.revoke_pass(OFFICE, pass_id=next_of_alone.pk, reason="a mistake")
    with acting(SYSTEM):
        assert set(Revocation.objects.values_list("pass_id", flat=True)) == {
            both.pass_id, next_of_both.pass_id, next_of_alone.pass_id
        }  # fmt: skip
    assert at_gate(village, clock.now(), alone.code) == Reason.OK
    assert renew(alone).pk != next_of_alone.pk


def test_what_is_not_renewed(village: Village, ending: list[Pass], monkeypatch: pytest.MonkeyPatch) -> None:
    with acting(SYSTEM):
        Resident.objects.filter(pk=village.people[0].pk).update(presence="moved")
    assert renew_all(village) == 2
    with pytest.raises(Refused, match="no longer lives"):
        renew(ending[0])
    travel(monkeypatch, NOON)
    with acting(OFFICE):
        car = actions.issue_vehicle_pass(OFFICE, household_id=village.household.pk, plate="鄂R12345")
    with pytest.raises(Refused, match="within 7 days"):
        renew(car)
    elsewhere = scope_of(Role.OFFICE, NEIGHBOUR)
    with acting(elsewhere), pytest.raises(NotFound):
        actions.renew_pass(elsewhere, pass_id=car.pk)
    with acting(elsewhere), pytest.raises(Forbidden):
        actions.renew_passes(elsewhere, community=COMMUNITY, household_id=village.household.pk)


def test_vehicles_responders_and_the_ill_are_renewed(
    village: Village, ending: list[Pass], monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(OFFICE):
        held = [
            actions.issue_vehicle_pass(
                OFFICE, household_id=village.household.pk, plate="鄂R12345", valid_days=3
            ),
            actions.issue_responder_pass(OFFICE, area=COMMUNITY, name="周敏", agency="卫健局", valid_days=3),
            actions.issue_pass(
                OFFICE, resident_id=village.people[0].pk, kind=PassKind.EMERGENCY, valid_days=3
            ),
        ]
    for one in held:
        new = renew(one)
        assert (new.kind, new.valid_from, new.plate, new.holder) == (
            one.kind, one.valid_until, one.plate, one.holder
        )  # fmt: skip


def test_the_pages_renew_and_print(
    village: Village, ending: list[Pass], signed_in: Callable[[Role], Client]
) -> None:
    office = signed_in(Role.OFFICE)
    compounds = reverse("gates:compounds", args=[COMMUNITY])
    assert "Renew and print" in office.get(compounds).text
    home = reverse("gates:household", args=[village.household.pk])
    shown = office.post(home, {"act": "renew"}, follow=True).text
    assert "2 passes are renewed." in shown
    assert shown.count("card-cell") == 2
    for _ in range(2):
        shown = office.post(compounds, {"compound": village.compound.pk, "act": "renew"}, follow=True).text
        assert shown.count("card-cell") == 3
    first = ending[0].valid_until.astimezone(NOON.tzinfo).date()
    assert f"Valid from {first:%Y-%m-%d}" in shown
    page = office.get(reverse("gates:pass", args=[ending[0].pk])).text
    assert "counts through its last day" in page
    again = office.post(reverse("gates:change", args=[ending[0].pk, "renew"]), follow=True).text
    assert again.count("card-cell") == 1
