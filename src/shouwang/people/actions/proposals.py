"""What callers, gates and households say of the roster is proposed; the office confirms or declines it."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit, reveal
from shouwang.access.enums import Permission
from shouwang.access.sealed import Sealed, seal
from shouwang.kernel.errors import Forbidden, NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.people.actions.editing import add_resident, change_resident, move_residents
from shouwang.people.actions.locks import hold_people
from shouwang.people.actions.presence import set_presence
from shouwang.people.actions.returnees import register_returnee
from shouwang.people.actions.reveal import SealedField
from shouwang.people.enums import Presence, ProposalKind, ProposalSource, ProposalState, ReturneeSource
from shouwang.people.models import Household, Proposal, Resident
from shouwang.people.queries.numbers import told_numbers
from shouwang.people.queries.proposals import said_of
from shouwang.people.rules.editing import Told
from shouwang.people.rules.proposals import PERSON, PRESENCE, Said, clean_said

LONGEST_REMARKS = 200
REGISTER = {
    ProposalSource.CALL: ReturneeSource.CALL,
    ProposalSource.VISIT: ReturneeSource.VISIT,
    ProposalSource.DOOR: ReturneeSource.DECLARED,
    ProposalSource.GATE: ReturneeSource.GATE,
}
"""As what the register of returnees takes what came this way."""
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
                    said=Sealed(seal(json.dumps(clean, ensure_ascii=False))), source=ProposalSource(source),
                    source_id=source_id, made_at=min(made_at or now, now),
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


def confirm_proposal(
    scope: Scope, *, proposal_id: int, resident_id: int | None = None, without: Collection[str] = ()
) -> Proposal:
    """It is so: change the roster, and enter who came from elsewhere in the register of returnees.

    ``resident_id``: the newcomer is this person, who is on the roster already: she comes here, and what is not known
    of her is filled in. ``without``: fields of what was said that do not hold. Confirmed before, nothing changes.
    Raises as the actions of the roster that it comes to.
    """
    with transaction.atomic():
        proposal = _lock(scope, proposal_id)
        if proposal.state == ProposalState.CONFIRMED:
            return proposal
        _require_open(proposal)
        said: Said = {name: value for name, value in said_of(proposal).items() if name not in without}
        kind = ProposalKind(proposal.kind)
        if kind is ProposalKind.MOVED_IN:
            person = _move_in(scope, proposal, said, resident_id)
        else:
            person = _change(scope, proposal, kind, said)
        if said.get("origin"):
            _register(scope, proposal, said)
        return _settle(scope, proposal, ProposalState.CONFIRMED, person, "")


def reveal_proposal(scope: Scope, *, proposal_id: int, field: SealedField | str) -> tuple[str, int]:
    """The plain text of a number that was said, and the community. Each look is audited."""
    try:
        name = SealedField(field)
    except ValueError:
        raise NotFound("field", field) from None
    proposal = Proposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound("proposal", proposal_id)
    scope.require(Permission.EDIT_PEOPLE, proposal.community)
    value = said_of(proposal).get(name.value)
    plain = reveal(
        scope,
        community=proposal.community,
        subject_kind="proposal",
        subject_id=proposal.pk,
        field=name.value,
        sealed=Sealed(seal(str(value))) if value else None,
    )
    return plain, proposal.community


def _move_in(scope: Scope, proposal: Proposal, said: Said, resident_id: int | None) -> int:
    if proposal.household is None:
        raise Refused(
            "door_missing",
            gettext_noop(
                "Nobody said behind which door she lives. Enter her there by hand, then decline this."
            ),
        )
    since = _day(said, "arrived_on")
    if resident_id is None:
        added = add_resident(
            scope,
            community=proposal.community,
            told=_told(said),
            household_id=proposal.household,
            since=since,
        )
        return added.pk
    there = Resident.objects.filter(pk=resident_id, community=proposal.community).first()
    if there is None:
        raise NotFound("resident", resident_id)
    if there.household_id != proposal.household:
        move_residents(scope, resident_ids=[resident_id], household_id=proposal.household)
    unknown: Said = {
        name: value for name, value in said.items() if name in PERSON and not getattr(there, name)
    }
    change_resident(scope, resident_id=resident_id, told=_told(unknown))
    set_presence(scope, resident_id=resident_id, presence=Presence.PRESENT, since=since)
    return resident_id


def _change(scope: Scope, proposal: Proposal, kind: ProposalKind, said: Said) -> int:
    resident_id = proposal.resident
    if resident_id is None:  # the model allows it, propose() does not
        raise NotFound("resident", resident_id)
    if kind is ProposalKind.CORRECT:
        change_resident(scope, resident_id=resident_id, told=_told(said))
    presence = PRESENCE.get(kind) or said.get("presence")
    if presence:
        set_presence(
            scope, resident_id=resident_id, presence=str(presence), since=timezone.localdate(proposal.made_at)
        )
    return resident_id


def _register(scope: Scope, proposal: Proposal, said: Said) -> None:
    numbers = told_numbers(str(said.get("id_number", "")), str(said.get("phone", "")), today=clock.today())
    register_returnee(
        scope,
        community=proposal.community,
        name=str(said["name"]),
        numbers=numbers,
        origin=str(said["origin"]),
        source=REGISTER[ProposalSource(proposal.source)],
        source_id=proposal.source_id,
        arrived_on=_day(said, "arrived_on"),
        seen_at=proposal.made_at,
    )


def _told(said: Said) -> Told:
    given: dict[str, Any] = {name: said[name] for name in PERSON if name in said}
    if "born_on" in given:
        given["born_on"] = _day(said, "born_on")
    return Told(**given)


def _day(said: Said, field: str) -> dt.date | None:
    return dt.date.fromisoformat(str(said[field])) if said.get(field) else None


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
    """The proposal, with the people of its community held."""
    hold_people(Proposal.objects.filter(pk=proposal_id).values_list("community", flat=True))
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
