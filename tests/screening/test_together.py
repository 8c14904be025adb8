"""Two at once, on real connections: the same household, the same attempt, the same round."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from screening.test_gate import Taken
from screening.world import CALLER, COMMUNITY, GATE, OFFICE, Home, inside, new_id, settle
from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.screening.actions import count_gate_temperature, open_round, record_attempt
from shouwang.screening.models import Attempt, DueList, Reading, Round
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.rules import ReadingInput

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Each act in a thread with a connection of its own, all let go at once. Answers what they answered or raised."""
    ready = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(at: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            ready.wait(timeout=10)
            answers[at] = act()
        except Exception as error:  # told to the test, which looks at it
            answers[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at, act)) for at, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return answers


@pytest.fixture
def homes() -> list[Home]:
    with inside():
        return settle([3, 1, 2])


def opening() -> int:
    with acting(OFFICE):
        return open_round(OFFICE, community=COMMUNITY).pk


def calling(home: Home, people: tuple[int, ...], **more: Any) -> Callable[[], Any]:
    attempt_id = more.pop("attempt_id", None) or new_id()

    def call() -> Any:
        with acting(CALLER):
            return record_attempt(
                CALLER, attempt_id=attempt_id, community=COMMUNITY, household_id=home.id, channel="call",
                outcome="reached", answered_by="resident", readings=[ReadingInput(p, "36.5", []) for p in people],
            )  # fmt: skip

    return call


def passing(home: Home) -> Callable[[], None]:
    taken = Taken(COMMUNITY, new_id(), home.id, home.people[0], Decimal("37.8"), clock.now())

    def check() -> None:
        with acting(GATE):
            count_gate_temperature(GATE, taken)

    return check


def test_many_open_the_round_at_once_and_there_is_one(homes: list[Home]) -> None:
    answers = together(*[opening] * 4)
    assert len(set(answers)) == 1
    assert isinstance(answers[0], int)
    with inside():
        assert Round.objects.count() == DueList.objects.count() == 1


def test_two_callers_reach_the_same_household_at_once(homes: list[Home]) -> None:
    opening()
    everybody = homes[0].people
    answers = together(
        calling(homes[0], everybody), calling(homes[0], everybody), calling(homes[0], everybody[:1]),
        calling(homes[1], homes[1].people),
    )  # fmt: skip
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    with inside():
        round_ = Round.objects.get()
        assert (round_.attempts, round_.residents_reached, round_.households_reached) == (4, 4, 2)
        assert kept(round_) == recount(round_)


def test_the_same_attempt_arrives_twice_at_once(homes: list[Home]) -> None:
    opening()
    attempt_id = new_id()
    answers = together(*[calling(homes[0], homes[0].people, attempt_id=attempt_id)] * 3)
    assert sorted(answer.repeated for answer in answers) == [False, True, True]
    with inside():
        assert (Attempt.objects.count(), Reading.objects.count()) == (1, 3)
        assert kept(Round.objects.get()) == recount(Round.objects.get())


def test_a_gate_measures_while_the_round_is_being_opened(homes: list[Home]) -> None:
    answers = together(passing(homes[0]), opening, passing(homes[1]), opening, passing(homes[2]))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    with inside():
        round_ = Round.objects.get()
        assert (round_.residents_reached, round_.fevers) == (3, 3)
        assert kept(round_) == recount(round_)
