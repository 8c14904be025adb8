"""What callers, gates and households say of the roster is proposed; the office confirms or declines it."""

import datetime as dt
import json
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Forbidden, NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.people.actions.presence import set_presence
from shouwang.people.enums import ProposalKind, ProposalSource, ProposalState
from shouwang.people.models import Household, Proposal, Resident
from shouwang.people.rules.proposals import PRESENCE, clean_said

LONGEST_REMARKS = 200
_MAY_TELL = (Permission.RECORD_ATTEMPT, Permission.RECORD_CHECK, Permission.EDIT_PEOPLE)


def propose(
    scope: Scope,
    *,
    community: int,
    household_id: int | None,
    resident_id: int | None,
    kind: ProposalKind | str,
    said: Mapping[str, object],
    source: ProposalSource | str,
    source_id: UUID | None,
    made_at: dt.datetime | None = None,
) -> Proposal:
    """Put before the office what somebody said of the roster. The same ``source_id`` again changes nothing.

    ``said``: any of ``rules.proposals.FIELDS``. Raises ``Forbidden``, ``NotFound`` for a household or resident that is
    not here, ``Refused`` for what cannot be (see ``clean_said``) or a change of nobody.
    """
    if not any(scope.may(permission, community) for permission in _MAY_TELL):
        raise Forbidden(Permission.RECORD_ATTEMPT, community)
    kind, now = ProposalKind(kind), clock.now()
    clean = clean_said(kind, said, today=clock.today())
    household_id = _here(community, household_id, resident_id)
    if kind is not ProposalKind.MOVED_IN and resident_id is None:
        raise Refused("proposal_of_nobody", gettext_noop("Choose the person whom this is about."))
    with transaction.atomic():
        if found := _proposed(community, source_id):
            return found
        try:
            with transaction.atomic():
                proposal = Proposal.objects.create(
                    community=community, household=household_id, resident=resident_id, kind=kind,
                    said=json.dumps(clean, ensure_ascii=False), source=ProposalSource(source), source_id=source_id,
                    made_at=min(made_at or now, now),
                )  # fmt: skip
        except IntegrityError:
            if found := _proposed(community, source_id):
                return found
            raise
        audit(
            scope,
            "propose",
            community=community,
            subject_kind="proposal",
            subject_id=proposal.pk,
            detail={"kind": kind.value, "source": proposal.source, "fields": sorted(clean)},
        )
    return proposal


def decline_proposal(scope: Scope, *, proposal_id: int, remarks: str = "") -> Proposal:
    """It is not so. Declined before, nothing changes."""
    remarks = prose(remarks)[:LONGEST_REMARKS]
    with transaction.atomic():
        proposal = _lock(scope, proposal_id)
        if proposal.state == ProposalState.DECLINED:
            return proposal
        _require_open(proposal)
        return _settle(scope, proposal, ProposalState.DECLINED, None, remarks)


def confirm_proposal(scope: Scope, *, proposal_id: int, resident_id: int | None = None) -> Proposal:
    """It is so: change the roster. ``resident_id``: a newcomer is this person, who is on the roster already.

    Confirmed before, nothing changes. Raises as the action of the roster that it comes to.
    """
    with transaction.atomic():
        proposal = _lock(scope, proposal_id)
        if proposal.state == ProposalState.CONFIRMED:
            return proposal
        _require_open(proposal)
        kind = ProposalKind(proposal.kind)
        person = resident_id or proposal.resident
        if person is None or kind is ProposalKind.CORRECT:
            raise Refused(
                "proposal_by_hand", gettext_noop("Enter this on the roster by hand, then decline it here.")
            )
        set_presence(scope, resident_id=person, presence=PRESENCE[kind])
        return _settle(scope, proposal, ProposalState.CONFIRMED, person, "")


def _here(community: int, household_id: int | None, resident_id: int | None) -> int | None:
    """The household meant: the one named, or the resident's own."""
    if resident_id is not None:
        home = Resident.objects.filter(pk=resident_id, community=community).values_list(
            "household_id", flat=True
        )
        if not home:
            raise NotFound("resident", resident_id)
        household_id = household_id or home[0]
    if (
        household_id is not None
        and not Household.objects.filter(pk=household_id, community=community).exists()
    ):
        raise NotFound("household", household_id)
    return household_id


def _proposed(community: int, source_id: UUID | None) -> Proposal | None:
    return Proposal.objects.filter(community=community, source_id=source_id).first() if source_id else None


def _lock(scope: Scope, proposal_id: int) -> Proposal:
    proposal = Proposal.objects.select_for_update(no_key=True).filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("proposal", proposal_id)
    scope.require(Permission.EDIT_PEOPLE, proposal.community)
    return proposal


def _require_open(proposal: Proposal) -> None:
    if proposal.state != ProposalState.OPEN:
        raise Refused(
            "proposal_settled",
            gettext_noop("Somebody else has settled this meanwhile. Look at the household again."),
        )


def _settle(
    scope: Scope, proposal: Proposal, state: ProposalState, settled_as: int | None, remarks: str
) -> Proposal:
    proposal.state, proposal.settled_as, proposal.remarks = state, settled_as, remarks
    proposal.settled_at, proposal.settled_by_id = clock.now(), scope.actor_id
    proposal.save(update_fields=["state", "settled_as", "remarks", "settled_at", "settled_by"])
    audit(
        scope,
        "confirm_proposal" if state is ProposalState.CONFIRMED else "decline_proposal",
        community=proposal.community,
        subject_kind="proposal",
        subject_id=proposal.pk,
        detail={"kind": proposal.kind},
    )
    return proposal
