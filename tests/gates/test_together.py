"""Two gates, two desks, one moment: real threads on real connections."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from gates.village import COMMUNITY, NOON, SYSTEM, Village, passing, settle
from shouwang.access.wall import acting
from shouwang.gates import actions
from shouwang.gates.enums import Direction, Verdict
from shouwang.gates.models import Check, GateDay, Pass
from shouwang.gates.queries.checks import figures_of_gates, recounted
from shouwang.kernel.uuid7 import mint

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def village(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    return settle(monkeypatch)


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all of ``acts`` at once, each in its own thread; answer what they answered, in order."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            answers[number] = acts[number]()
        except Exception as error:
            answers[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "somebody waits for ever"
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def test_only_one_of_a_household_gets_out_by_two_gates_at_once(village: Village) -> None:
    with acting(SYSTEM):
        type(village.other_gate).objects.filter(pk=village.other_gate.pk).update(compound=village.compound)
    ways = [village.gate, village.other_gate]
    answers = together(
        [lambda n=n: passing(SYSTEM, ways[n % 2], village.people[n % 2]) for n in range(6)]  # type: ignore[misc]
    )
    assert sorted(check.verdict for check in answers) == [Verdict.GREEN] + [Verdict.RED] * 5


def test_the_same_check_sent_by_many_at_once_is_kept_once(village: Village) -> None:
    check_id = mint(NOON)
    answers = together(
        [lambda: passing(SYSTEM, village.gate, village.people[0], check_id=check_id) for _ in range(6)]
    )
    assert {(check.pk, check.verdict) for check in answers} == {((COMMUNITY, check_id), Verdict.GREEN)}
    with acting(SYSTEM):
        assert Check.objects.count() == 1
        assert GateDay.objects.get().checks == 1


def test_sets_that_cross_each_other_neither_deadlock_nor_miscount(village: Village) -> None:
    people, gates = village.people + village.neighbours, [village.gate, village.other_gate, village.sealed]

    def send(order: int) -> None:
        checks = [
            actions.CheckMade(
                mint(NOON),
                gates[n % 3].pk,
                Direction.OUT,
                resident_id=people[(n * order) % 3].pk,
                made_at=NOON,
            )
            for n in range(12)
        ]
        with acting(SYSTEM):
            actions.record_checks(SYSTEM, community=COMMUNITY, checks=checks[:: 1 if order % 2 else -1])

    together([lambda order=order: send(order) for order in range(1, 6)])  # type: ignore[misc]
    with acting(SYSTEM):
        kept = figures_of_gates(SYSTEM, community=COMMUNITY, day=NOON.date())
        assert kept == recounted(SYSTEM, community=COMMUNITY, day=NOON.date())
        assert sum(one.checks for one in kept.values()) == 60


def test_two_desks_issue_the_same_pass(village: Village) -> None:
    with acting(SYSTEM):
        Pass.objects.all().delete()

    def issue() -> int:
        with acting(SYSTEM):
            return actions.issue_pass(SYSTEM, resident_id=village.people[0].pk).pk

    assert len(set(together([issue] * 6))) == 1
    with acting(SYSTEM):
        assert Pass.objects.count() == 1
