"""Passes of all kinds: who gets which, where it is good, and that a second time is no second pass."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest

from access.people import TOWN
from gates.village import CHINA, COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, build, scope_of
from shouwang.access import clock
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass, Revocation, Visit
from shouwang.gates.queries.passes import PassFilter, compound_passes, endings, lapsed, pass_list
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.uuid7 import mint

OFFICE = scope_of(Role.OFFICE)
TOWN_OFFICE = Scope(None, "town", (GrantedRange(TOWN, TOWN + 999, PERMISSIONS[Role.TOWN], Role.TOWN),))


def visit(name: str = "陈大勇", community: int = COMMUNITY) -> UUID:
    with acting(SYSTEM):
        return Visit.objects.create(
            community=community, id=mint(NOON), entrance=1, name=name, whom="3-2-501", made_at=NOON, received_at=NOON
        ).id  # fmt: skip


def vehicle(village: Village, plate: str = "鄂R12345", scope: Scope = OFFICE) -> Pass:
    with acting(scope):
        return actions.issue_vehicle_pass(scope, household_id=village.household.pk, plate=plate)


def supply(
    area: int = COMMUNITY, plate: str = "鄂RD12345", firm: str = "中百超市", scope: Scope = OFFICE
) -> Pass:
    with acting(scope):
        return actions.issue_supply_pass(scope, area=area, plate=plate, firm=firm)


def responder(area: int = COMMUNITY, name: str = "周敏", scope: Scope = OFFICE) -> Pass:
    with acting(scope):
        return actions.issue_responder_pass(scope, area=area, name=name, agency="市卫健局")


def visitor(visit_id: UUID) -> Pass:
    with acting(OFFICE):
        return actions.issue_visitor_pass(OFFICE, community=COMMUNITY, visit_id=visit_id)


def emergency(village: Village) -> Pass:
    with acting(OFFICE):
        return actions.issue_pass(OFFICE, resident_id=village.people[0].pk, kind=PassKind.EMERGENCY)


@pytest.fixture
def issues(village: Village) -> dict[PassKind, Callable[[], Pass]]:
    """How a pass of each kind but the resident's comes to be."""
    registered = visit()
    return {
        PassKind.VEHICLE: lambda: vehicle(village),
        PassKind.SUPPLY: supply,
        PassKind.RESPONDER: responder,
        PassKind.VISITOR: lambda: visitor(registered),
        PassKind.EMERGENCY: lambda: emergency(village),
    }


@pytest.mark.parametrize("kind", [kind for kind in PassKind if kind is not PassKind.RESIDENT])
def test_each_kind_is_issued_once_audited_replaced_and_revoked(
    village: Village, issues: dict[PassKind, Callable[[], Pass]], kind: PassKind
) -> None:
    first, again = issues[kind](), issues[kind]()
    assert (first.pk, first.kind) == (again.pk, kind)
    with acting(OFFICE):
        new = actions.replace_pass(OFFICE, pass_id=first.pk, reason="lost")
        assert actions.replace_pass(OFFICE, pass_id=first.pk, reason="lost").pk == new.pk
        same = (
            "kind",
            "area",
            "holder",
            "plate",
            "purpose",
            "visit",
            "resident_id",
            "household_id",
            "valid_until",
        )
        assert [getattr(new, name) for name in same] == [getattr(first, name) for name in same]
        assert new.replaces_id == first.pk
        actions.revoke_pass(OFFICE, pass_id=new.pk, reason="left")
    assert issues[kind]().pk not in (first.pk, new.pk)
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(verb="issue_passes", detail__kind=kind).count() == 2
        assert AuditEntry.objects.filter(verb="revoke_pass").count() == 2
        assert Revocation.objects.filter(pass_id__in=[first.pass_id, new.pass_id]).count() == 2


@pytest.mark.parametrize("kind", [kind for kind in PassKind if kind is not PassKind.RESIDENT])
def test_an_expired_one_makes_room(
    village: Village,
    issues: dict[PassKind, Callable[[], Pass]],
    kind: PassKind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = issues[kind]()
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=40))
    assert issues[kind]().pk != old.pk
    with acting(SYSTEM):
        assert not Revocation.objects.filter(pass_id=old.pass_id).exists()


def test_a_plate_has_one_pass(village: Village) -> None:
    vehicle(village)
    with pytest.raises(Refused, match="another pass already") as refused:
        supply(plate="鄂R·12345")
    assert refused.value.code == "plate_taken"
    with pytest.raises(Refused, match="has 6 characters"):
        vehicle(village, "鄂R1234")


def test_a_resident_may_hold_an_emergency_pass_beside_her_own(village: Village) -> None:
    own = actions_of_resident(village)
    extra = emergency(village)
    assert (extra.pk == own.pk, extra.purpose, extra.holder) == (False, "", "")


def actions_of_resident(village: Village) -> Pass:
    with acting(OFFICE):
        return actions.issue_pass(OFFICE, resident_id=village.people[0].pk)


def test_a_visitors_pass_is_for_today_and_keeps_no_name_in_full(village: Village) -> None:
    held = visitor(visit("欧阳大勇"))
    assert (held.holder, held.purpose) == ("欧阳*", "3-2-501")
    assert held.valid_until.astimezone(CHINA) == dt.datetime(2020, 2, 21, tzinfo=CHINA)
    with pytest.raises(NotFound):
        visitor(visit(community=NEIGHBOUR))


def test_two_agencies_two_passes(village: Village) -> None:
    first = responder()
    with acting(OFFICE):
        second = actions.issue_responder_pass(OFFICE, area=COMMUNITY, name="周敏", agency="天门市公安局")
    assert first.pk != second.pk


@pytest.mark.parametrize("area", [TOWN, 429006000000, NEIGHBOUR])
def test_no_pass_reaches_further_than_its_issuer(village: Village, area: int) -> None:
    for act in (responder, supply):
        with pytest.raises(Forbidden):
            act(area)
    with pytest.raises(Refused, match="not an area code"):
        responder(12)


def test_a_town_issues_for_the_town(village: Village) -> None:
    held = supply(TOWN, scope=TOWN_OFFICE)
    assert (held.area, held.community) == (TOWN, TOWN)
    with acting(OFFICE), pytest.raises(NotFound):
        actions.revoke_pass(OFFICE, pass_id=held.pk, reason="x")
    with acting(TOWN_OFFICE):
        assert list(pass_list(TOWN_OFFICE, area=TOWN, at=NOON)) == [held]
        actions.revoke_pass(TOWN_OFFICE, pass_id=held.pk, reason="x")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: responder(name=" "), "name_missing"),
        (lambda: responder(name="长" * 61), "name_missing"),
        (lambda: supply(firm=""), "firm_missing"),
        (lambda: supply(plate="x"), "plate_length"),
    ],
)
def test_what_is_missing_is_said(village: Village, act: Callable[[], Pass], code: str) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code == code


@pytest.mark.parametrize("days", [0, -1, 367])
def test_days_have_an_end(village: Village, days: int) -> None:
    with acting(OFFICE), pytest.raises(Refused, match="at least one day and at most 366"):
        actions.issue_pass(OFFICE, resident_id=village.people[0].pk, kind=PassKind.EMERGENCY, valid_days=days)


def test_a_whole_compound_gets_what_it_lacks(village: Village) -> None:
    with acting(SYSTEM):
        Pass.objects.all().delete()
    with acting(OFFICE):
        assert [one.missing for one in compound_passes(OFFICE, community=COMMUNITY, at=NOON)] == [3]
        for _ in range(2):
            issued = actions.issue_compound_passes(
                OFFICE, community=COMMUNITY, compound_id=village.compound.pk
            )
            assert len(issued) == 3
        assert [one.missing for one in compound_passes(OFFICE, community=COMMUNITY, at=NOON)] == [0]
    with acting(SYSTEM):
        assert Pass.objects.count() == 3
    assert not nobody(village)


def nobody(village: Village) -> list[Pass]:
    other = build(NEIGHBOUR)
    with acting(OFFICE):
        return actions.issue_compound_passes(OFFICE, community=COMMUNITY, compound_id=other.compound.pk)


def test_the_list_finds_by_code_plate_name_and_state(village: Village) -> None:
    car, firm, guest = vehicle(village), supply(), visitor(visit())
    own = actions_of_resident(village)
    with acting(OFFICE):

        def found(typed: str = "", **more: object) -> set[int]:
            rows = pass_list(OFFICE, area=COMMUNITY, at=NOON, typed=typed, **more)  # type: ignore[arg-type]
            return {one.pk for one in rows}

        assert found(f"{car.code[:3]} {car.code[3:]}".lower()) == {car.pk}
        assert found("鄂r12345") == found("12345") - {firm.pk} == {car.pk}
        assert found("中百") == {firm.pk}
        assert found("张伟") == found("zwm") == {own.pk}
        assert found("陈") == {guest.pk}
        assert found(kind=PassKind.VISITOR) == found(state=PassFilter.ENDING) == {guest.pk}
        assert len(found()) == 6
        assert endings(OFFICE, area=COMMUNITY, at=NOON) == {dt.date(2020, 2, 20): 1}
        later = NOON + dt.timedelta(days=1)
        assert lapsed(OFFICE, area=COMMUNITY, at=later) == 1
        assert {one.pk for one in pass_list(OFFICE, area=COMMUNITY, at=later, state=PassFilter.EXPIRED)} == {
            guest.pk
        }
        actions.revoke_pass(OFFICE, pass_id=car.pk, reason="sold")
        assert found(state=PassFilter.REVOKED) == {car.pk}
