"""People are edited while rounds tell news of them: one order of locks, nobody waits for ever, nothing is lost."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from screening.test_together import together
from screening.world import COMMUNITY, Home, inside, new_id, settle
from shouwang.access import clock
from shouwang.access.wall import acting
from shouwang.gates.actions import set_hold
from shouwang.kernel.scope import Scope
from shouwang.people.actions import register_returnee
from shouwang.people.actions.editing import add_resident, move_residents
from shouwang.people.actions.proposals import confirm_proposal, propose
from shouwang.people.enums import ProposalKind, ReturneeSource
from shouwang.people.models import Proposal, Resident, Returnee, Watch
from shouwang.people.queries.numbers import told_numbers
from shouwang.people.rules.editing import Told
from shouwang.screening.actions import open_round, record_attempts
from shouwang.screening.models import DueList, Round
from shouwang.screening.queries.effective import kept, recount
from shouwang.screening.rules import ArrivalInput, AttemptInput, ReadingInput

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Scope.system(reason="tests")


def act(work: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        with acting(SYSTEM):
            return work()

    return run


@pytest.fixture
def homes(transactional_db: None) -> list[Home]:
    with inside():
        made = settle([2, 2, 2, 1])
        open_round(SYSTEM, community=COMMUNITY)
    return made


def calling(home: Home, name: str) -> Callable[[], Any]:
    """A call that reaches a household and hears that somebody of the roster has come back from Wuhan."""
    said = ArrivalInput(name, "", "", "武汉", clock.today() - dt.timedelta(days=2), True)
    attempt = AttemptInput(
        new_id(), home.id, "call", "reached", "resident", [ReadingInput(home.people[0], "36.5", [])], arrivals=(said,)
    )  # fmt: skip
    return act(lambda: record_attempts(SYSTEM, community=COMMUNITY, attempts=[attempt]))


def test_moving_adding_calling_confirming_and_holding_at_once(homes: list[Home]) -> None:
    first, second, third, last = homes
    with inside():
        names = dict(Resident.objects.values_list("id", "name"))
        proposal = propose(
            SYSTEM, community=COMMUNITY, household_id=third.id, resident_id=None, kind=ProposalKind.MOVED_IN,
            said={"name": "孙七", "origin": "武汉", "arrived_on": clock.today() - dt.timedelta(days=1)},
            source="call", source_id=uuid4(), made_at=clock.now(),
        )  # fmt: skip
    mover = first.people[1]
    for turn in range(4):
        to = (second, first)[turn % 2]
        told = Told(name=f"{'周吴郑冯'[turn]}新民")
        answers = together(
            act(lambda to=to: move_residents(SYSTEM, resident_ids=[mover], household_id=to.id)),
            calling(third, names[mover]),
            calling(second, names[second.people[0]]),
            act(lambda told=told: add_resident(SYSTEM, community=COMMUNITY, told=told, household_id=last.id)),
            act(lambda: set_hold(SYSTEM, household_id=third.id)),
            act(lambda: confirm_proposal(SYSTEM, proposal_id=proposal.pk)),
            act(
                lambda: register_returnee(
                    SYSTEM, community=COMMUNITY, name=names[first.people[0]], origin="武汉", source_id=uuid4(),
                    numbers=told_numbers("", "", today=clock.today()), source=ReturneeSource.GATE,
                )
            ),
        )  # fmt: skip
        assert [one for one in answers if isinstance(one, Exception)] == []
    with inside():
        round_ = Round.objects.get()
        assert kept(round_) == recount(round_)
        here = set(Resident.objects.filter(presence="present").values_list("id", flat=True))
        assert set(DueList.objects.get().residents) == here
        assert Resident.objects.filter(household=last.id).count() == 5
        assert Proposal.objects.get(pk=proposal.pk).state == "confirmed"
        assert Resident.objects.filter(name="孙七").count() == 1
        homes_of = dict(Resident.objects.values_list("id", "household"))
        for resident, household in Watch.objects.filter(closed_at=None).values_list("resident", "household"):
            assert household == homes_of[resident]
        for her in Returnee.objects.exclude(resident=None):
            assert her.household_id == homes_of[her.resident_id]
