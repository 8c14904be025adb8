"""Recording checks: the rules at work, resends, figures kept."""

import datetime as dt
from decimal import Decimal

import pytest

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, passing, scope_of
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction, Reason, Verdict
from shouwang.gates.models import Check, GateDay
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.uuid7 import mint

KEEPER = scope_of(Role.GATE_KEEPER)
OFFICE = scope_of(Role.OFFICE)

pytestmark = pytest.mark.django_db


def gate_day(village: Village) -> tuple[int, int, int, int]:
    with acting(SYSTEM):
        return GateDay.objects.values_list("checks", "passed", "refused", "fevers").get(entrance=village.gate)


def test_one_goes_out_and_the_household_then_stays_in(village: Village) -> None:
    first = passing(KEEPER, village.gate, village.people[0])
    second = passing(KEEPER, village.gate, village.people[1], NOON + dt.timedelta(minutes=5))
    assert (first.verdict, first.reason) == (Verdict.GREEN, Reason.OK)
    assert (second.verdict, second.reason) == (Verdict.RED, Reason.HOUSEHOLD_WAS_OUT)
    assert passing(KEEPER, village.gate, village.neighbours[0]).verdict == Verdict.GREEN
    assert gate_day(village) == (3, 2, 1, 0)


def test_the_turn_comes_round_again_after_three_days(village: Village) -> None:
    for days in (3, 1):
        earlier = passing(KEEPER, village.gate, village.people[0], NOON - dt.timedelta(days))
        assert earlier.verdict == (Verdict.GREEN if days == 3 else Verdict.RED)
    assert passing(KEEPER, village.gate, village.people[1]).verdict == Verdict.GREEN


def test_coming_home_is_never_a_matter_of_turns(village: Village) -> None:
    passing(KEEPER, village.gate, village.people[0])
    home = passing(KEEPER, village.gate, village.people[0], direction=Direction.IN)
    assert home.verdict == Verdict.GREEN


def test_who_was_turned_back_has_not_been_out(village: Village) -> None:
    fever = passing(KEEPER, village.gate, village.people[0], temperature="37.8")
    assert (fever.verdict, fever.reason, fever.fever) == (Verdict.RED, Reason.FEVER, True)
    assert passing(KEEPER, village.gate, village.people[1]).verdict == Verdict.GREEN
    assert gate_day(village) == (2, 1, 1, 1)


def test_an_emergency_passes_a_sealed_entrance_without_a_pass_and_uses_no_turn(village: Village) -> None:
    with acting(KEEPER):
        check = actions.record_emergency(
            KEEPER,
            check_id=mint(NOON),
            entrance_id=village.sealed.pk,
            what="临产",
            resident_id=village.people[0].pk,
        )
    assert (check.verdict, check.reason, check.emergency) == (Verdict.GREEN, Reason.EMERGENCY, True)
    assert passing(KEEPER, village.gate, village.people[1]).verdict == Verdict.GREEN


def test_an_emergency_needs_to_say_nothing_at_all(village: Village) -> None:
    with acting(KEEPER):
        check = actions.record_emergency(KEEPER, check_id=mint(NOON), entrance_id=village.gate.pk)
    assert check.verdict == Verdict.GREEN


def test_an_unknown_code_is_kept_and_denied(village: Village) -> None:
    check = passing(KEEPER, village.gate, None, pass_code="kxm 4t7")
    assert (check.verdict, check.reason, check.pass_code) == (Verdict.RED, Reason.STRANGER, "KXM4T7")
    assert (check.resident, check.pass_number) == (None, None)


def test_a_pass_is_read_by_its_code(village: Village) -> None:
    with acting(OFFICE):
        held = actions.issue_pass(OFFICE, resident_id=village.people[0].pk)
    check = passing(KEEPER, village.gate, None, pass_code=f" {held.code[:3]} {held.code[3:].lower()}")
    assert (check.verdict, check.resident, check.household) == (
        Verdict.GREEN, village.people[0].pk, village.household.pk,
    )  # fmt: skip


def test_a_pass_is_for_its_own_compound(village: Village) -> None:
    assert passing(KEEPER, village.other_gate, village.people[0]).reason == Reason.OTHER_PLACE


def test_a_resend_is_harmless(village: Village) -> None:
    check_id = mint(NOON)
    first = passing(KEEPER, village.gate, village.people[0], check_id=check_id)
    again = passing(KEEPER, village.gate, village.people[0], check_id=check_id)
    assert (first.pk, first.verdict) == (again.pk, again.verdict)
    assert gate_day(village) == (1, 1, 0, 0)
    with acting(SYSTEM):
        assert AuditEntry.objects.filter(verb="record_check").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"temperature": "37.8"},
        {"masked": False},
        {"direction": Direction.IN},
        {"remarks": "x"},
        {"made_at": NOON - dt.timedelta(minutes=1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_id_with_other_content_is_refused(village: Village, change: dict[str, object]) -> None:
    check_id = mint(NOON)
    passing(KEEPER, village.gate, village.people[0], check_id=check_id)
    with pytest.raises(Refused) as refused:
        passing(KEEPER, village.gate, village.people[0], check_id=check_id, **change)
    assert refused.value.code == "check_changed"
    assert gate_day(village) == (1, 1, 0, 0)


def test_a_set_is_judged_in_the_order_it_was_made_and_kept_once(village: Village) -> None:
    ids = [mint(NOON) for _ in range(3)]
    checks = [
        actions.CheckMade(
            ids[n], village.gate.pk, Direction.OUT, resident_id=person.pk, temperature=Decimal("36.4"), masked=True,
            made_at=NOON - dt.timedelta(minutes=n),
        )
        for n, person in enumerate([*village.people, village.neighbours[0]])
    ]  # fmt: skip
    with acting(KEEPER):
        kept = actions.record_checks(KEEPER, community=COMMUNITY, checks=[*checks, checks[0]])
        again = actions.record_checks(KEEPER, community=COMMUNITY, checks=checks)
    assert [check.verdict for check in kept] == [Verdict.RED, Verdict.GREEN, Verdict.GREEN, Verdict.RED]
    assert [check.pk for check in again] == [check.pk for check in kept[:3]]
    assert gate_day(village) == (3, 2, 1, 0)


def test_what_a_device_answered_on_the_spot_is_kept_and_not_judged_again(village: Village) -> None:
    passing(KEEPER, village.gate, village.people[0])
    answered = actions.CheckMade(
        mint(NOON), village.gate.pk, Direction.OUT, resident_id=village.people[1].pk, temperature=Decimal("36.4"),
        masked=True, made_at=NOON, verdict=Verdict.GREEN, reason=Reason.OK,
    )  # fmt: skip
    with acting(KEEPER):
        (kept,) = actions.record_checks(KEEPER, community=COMMUNITY, checks=[answered])
    assert (kept.verdict, kept.reason) == (Verdict.GREEN, Reason.OK)


def test_nothing_of_a_set_is_kept_if_one_is_refused(village: Village) -> None:
    good = actions.CheckMade(mint(NOON), village.gate.pk, Direction.IN)
    bad = actions.CheckMade(mint(NOON), 10**9, Direction.IN)
    with pytest.raises(NotFound), acting(KEEPER):
        actions.record_checks(KEEPER, community=COMMUNITY, checks=[good, bad])
    with acting(SYSTEM):
        assert not Check.objects.exists()
        assert not GateDay.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.GATE_KEEPER, Role.OFFICE}])
def test_only_gate_and_office_record(village: Village, role: Role) -> None:
    with pytest.raises(Forbidden):
        passing(scope_of(role), village.gate, village.people[0])


def test_a_gate_of_another_community_does_not_exist(village: Village) -> None:
    with pytest.raises(NotFound):
        passing(scope_of(Role.GATE_KEEPER, NEIGHBOUR), village.gate)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"temperature": "hot"}, "temperature"),
        ({"temperature": "21.0"}, "temperature_implausible"),
        ({"made_at": NOON + dt.timedelta(days=400)}, "clock_ahead"),
        ({"remarks": "长" * 201}, "too_long"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(
    village: Village, change: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        passing(KEEPER, village.gate, village.people[0], **change)
    assert refused.value.code == code


def test_a_set_takes_the_same_number_of_queries_at_any_size(
    village: Village, django_assert_max_num_queries: object
) -> None:
    def send(number: int) -> None:
        checks = [
            actions.CheckMade(
                mint(NOON), village.gate.pk, Direction.IN, resident_id=village.people[0].pk, masked=True
            )
            for _ in range(number)
        ]
        with django_assert_max_num_queries(16), acting(KEEPER):  # type: ignore[operator]
            actions.record_checks(KEEPER, community=COMMUNITY, checks=checks)

    send(1)
    send(50)
