"""Who comes to stay with a household is due in its rounds as soon as the office has confirmed her."""

from typing import Any

import pytest

from gates.test_visits import SignIn, register
from gates.village import COMMUNITY, SYSTEM, Village, scope_of
from people.town import id_number
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.people.actions.proposals import confirm_proposal
from shouwang.people.enums import ProposalKind, ProposalSource
from shouwang.people.models import Proposal, Resident
from shouwang.screening.actions import open_round
from shouwang.screening.models import Round

pytestmark = pytest.mark.django_db
STAYS: dict[str, Any] = {"name": "何小荷", "id_number": id_number(71), "returnee": "on", "origin": "武汉"}


def test_a_visitor_who_stays_becomes_due(village: Village, signed_in: SignIn) -> None:
    with acting(SYSTEM):
        before = open_round(SYSTEM, community=COMMUNITY).residents_due
    register(signed_in(Role.GATE_KEEPER), village, **STAYS)
    with acting(SYSTEM):
        proposal = Proposal.objects.get()
        assert (proposal.kind, proposal.source) == (ProposalKind.MOVED_IN, ProposalSource.GATE)
        assert proposal.household == village.household.pk
        assert Round.objects.get().residents_due == before
        confirm_proposal(scope_of(Role.OFFICE), proposal_id=proposal.pk)
        assert Resident.objects.filter(name="何小荷", household=village.household).exists()
        assert Round.objects.get().residents_due == before + 1


def test_a_visitor_who_leaves_again_is_not_proposed(village: Village, signed_in: SignIn) -> None:
    register(signed_in(Role.GATE_KEEPER), village, **{**STAYS, "returnee": ""})
    with acting(SYSTEM):
        assert not Proposal.objects.exists()


def test_who_stays_with_a_household_nobody_found_is_not_proposed(village: Village, signed_in: SignIn) -> None:
    register(signed_in(Role.GATE_KEEPER), village, **{**STAYS, "whom": "没有的人"})
    with acting(SYSTEM):
        assert not Proposal.objects.exists()
