"""The life of a pass: issued once, expired, revoked, replaced."""

import datetime as dt

import pytest

from gates.village import CHINA, COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, build, passing, scope_of
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.actions.passes import drawing
from shouwang.gates.enums import PassState, Reason
from shouwang.gates.models import Pass
from shouwang.gates.queries.cards import card, passes_to_print
from shouwang.gates.queries.passes import passes_in_force, passes_of_household, passes_of_resident
from shouwang.kernel.errors import Forbidden, NotFound, Refused

OFFICE = scope_of(Role.OFFICE)


def issue(village: Village, number: int = 0, **more: int) -> Pass:
    with acting(OFFICE):
        return actions.issue_pass(OFFICE, resident_id=village.people[number].pk, **more)


def revoke(held: Pass, reason: str = "lost") -> Pass:
    with acting(OFFICE):
        return actions.revoke_pass(OFFICE, pass_id=held.pk, reason=reason)


def replace(held: Pass, reason: str = "spoilt") -> Pass:
    with acting(OFFICE):
        return actions.replace_pass(OFFICE, pass_id=held.pk, reason=reason)


def travel(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=days))


def audited(verb: str) -> int:
    with acting(SYSTEM):
        return AuditEntry.objects.filter(verb=verb).count()


def test_issuing_again_returns_the_open_one(village: Village) -> None:
    before = audited("issue_passes")
    assert issue(village).pk == issue(village).pk
    assert audited("issue_passes") == before


def test_a_pass_ends_with_its_last_day(village: Village) -> None:
    revoke(issue(village))
    held = issue(village, valid_days=3)
    assert held.valid_from.astimezone(CHINA) == dt.datetime(2020, 2, 20, tzinfo=CHINA)
    assert held.valid_until.astimezone(CHINA) == dt.datetime(2020, 2, 23, tzinfo=CHINA)


def test_pass_id_and_code_tell_nothing_of_each_other(village: Village) -> None:
    held = issue(village)
    assert held.pass_id.version == 4
    assert held.code.casefold() not in held.pass_id.hex


def test_an_expired_pass_makes_room(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    old = issue(village)
    travel(monkeypatch, 40)
    new = issue(village)
    assert new.pk != old.pk
    with acting(SYSTEM):
        old.refresh_from_db()
    assert old.revoked_at is not None


def test_a_revoked_pass_is_refused_at_once_and_a_new_one_can_be_issued(village: Village) -> None:
    old = revoke(issue(village))
    shown = passing(SYSTEM, village.gate, None, pass_code=old.code)
    assert shown.reason == Reason.PASS_REVOKED
    assert issue(village).code != old.code


def test_revoking_twice_keeps_the_first_reason(village: Village) -> None:
    old = revoke(issue(village), "lost")
    again = revoke(old, "something else")
    assert (again.revoke_reason, again.revoked_at) == ("lost", old.revoked_at)
    assert audited("revoke_pass") == 1


def test_a_replaced_pass_has_a_new_code_and_the_old_last_day(village: Village) -> None:
    old = issue(village)
    new = replace(old)
    assert (new.code == old.code, new.valid_until) == (False, old.valid_until)
    assert replace(old).pk == new.pk
    assert passing(SYSTEM, village.gate, None, pass_code=old.code).reason == Reason.PASS_REVOKED
    assert passing(SYSTEM, village.gate, None, pass_code=new.code).reason == Reason.OK


def test_what_cannot_be_replaced(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = revoke(issue(village))
    with pytest.raises(Refused, match="revoked"):
        replace(gone)
    held = issue(village, 1)
    travel(monkeypatch, 40)
    with pytest.raises(Refused, match="expired"):
        replace(held)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_reason_is_asked_for(village: Village, reason: str) -> None:
    with pytest.raises(Refused, match="why"):
        revoke(issue(village), reason)


def test_nobody_gets_a_pass_who_is_gone(village: Village) -> None:
    with acting(SYSTEM):
        type(village.people[0]).objects.filter(pk=village.people[0].pk).update(presence="moved")
    with pytest.raises(Refused, match="no longer lives here"):
        issue(village)


def test_a_whole_household(village: Village) -> None:
    with acting(OFFICE):
        held = actions.issue_household_passes(OFFICE, household_id=village.household.pk)
        people = passes_of_household(OFFICE, household=village.household.pk, at=NOON)
    assert len({one.code for one in held}) == 2
    assert [one.state for one in people] == [PassState.VALID] * 2


def test_a_drawn_code_that_is_taken_is_drawn_again(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = issue(village).code
    codes = iter([taken, taken, "KWM4T7"])
    revoke(issue(village, 1))
    monkeypatch.setattr(drawing, "make_code", lambda choose: next(codes))
    assert issue(village, 1).code == "KWM4T7"


def test_passes_stay_in_their_community(village: Village) -> None:
    other = build(NEIGHBOUR)
    with acting(OFFICE), pytest.raises(NotFound):
        actions.issue_pass(OFFICE, resident_id=other.people[0].pk)
    with acting(SYSTEM), pytest.raises(NotFound):
        actions.issue_passes(SYSTEM, community=COMMUNITY, resident_ids=[other.people[0].pk])


ISSUERS = (Role.OFFICE, Role.TOWN, Role.HEADQUARTERS)


@pytest.mark.parametrize("role", [role for role in Role if role not in ISSUERS])
def test_only_offices_issue(village: Village, role: Role) -> None:
    scope, held = scope_of(role), issue(village)
    with acting(scope):
        for act in (
            lambda: actions.issue_pass(scope, resident_id=village.people[0].pk),
            lambda: actions.revoke_pass(scope, pass_id=held.pk, reason="x"),
            lambda: actions.replace_pass(scope, pass_id=held.pk, reason="x"),
            lambda: passes_of_household(scope, household=village.household.pk, at=NOON),
            lambda: passes_to_print(scope, area=COMMUNITY, at=NOON),
        ):
            with pytest.raises(Forbidden):
                act()


def test_figures_history_and_cards_know_what_is_in_force(village: Village) -> None:
    revoke(issue(village))
    with acting(OFFICE):
        assert passes_in_force(OFFICE, community=COMMUNITY, at=NOON) == 2
        printed = [
            card(one)
            for one in passes_to_print(OFFICE, area=COMMUNITY, at=NOON, compound=village.compound.pk)
        ]
        assert [(one.label, one.who) for one in printed] == [("李*", "李桂芳"), ("王*", "王小明")]
        history = passes_of_resident(OFFICE, community=COMMUNITY, resident=village.people[0].pk)
    assert [one.revoke_reason for one in history] == ["lost"]


def test_many_passes_take_as_many_queries_as_one(village: Village, django_assert_num_queries: object) -> None:
    everybody = [one.pk for one in village.people + village.neighbours]
    with acting(SYSTEM):
        Pass.objects.all().delete()
    for people in (everybody[:1], everybody):
        with django_assert_num_queries(13), acting(OFFICE):  # type: ignore[operator]
            actions.issue_passes(OFFICE, community=COMMUNITY, resident_ids=people)
