"""Visitors registered at a gate, by a phone or at the desk: once each, however often they are sent."""

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit, reveal
from shouwang.access.enums import Permission
from shouwang.gates.actions.checks import record_checks
from shouwang.gates.actions.feverish import name_visitors
from shouwang.gates.actions.intake import CheckMade
from shouwang.gates.models import Check, Visit
from shouwang.gates.queries.gates import gate, gates
from shouwang.gates.rules.visits import VisitSaid, said_by_phone, visit_in_form
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import fold
from shouwang.people.actions import register_returnee
from shouwang.people.actions.proposals import propose
from shouwang.people.enums import ProposalKind, ProposalSource, ReturneeSource
from shouwang.people.queries.households import known_households
from shouwang.people.queries.lodgers import home_said
from shouwang.people.queries.numbers import Numbers, checked_numbers, told_numbers
from shouwang.sync.actions import add_facts
from shouwang.sync.enums import Outcome
from shouwang.sync.rules.records import DUPLICATE, STORED, Answer, DeviceHere, Sent
from shouwang.sync.sealing import Unopened, unseal

SEALED = ("id_number", "phone")


@dataclass(frozen=True, slots=True)
class _Kept:
    """One registration on its way into the table."""

    visit: Visit
    said: VisitSaid
    numbers: Numbers


def register_visit(scope: Scope, *, visit_id: UUID, said: VisitSaid, check: CheckMade) -> Check:
    """Register somebody who stands at the gate, and record the check of her, in one transaction.

    Sent again it changes nothing; the same id with other content is ``Refused`` ("visit_changed"). Raises ``Refused``
    for numbers that cannot be, ``NotFound`` for a gate outside the jurisdiction.
    """
    here = gate(scope, check.entrance_id)
    scope.require(Permission.RECORD_CHECK, here.community)
    if visit_id.version != 7:
        raise Refused("visit_id", gettext_noop("A visit needs an id of its own (UUIDv7)."))
    said = visit_in_form(said)
    numbers = checked_numbers(said.id_number, said.phone, today=clock.today())
    now = clock.now()
    with transaction.atomic():
        visit = _visit(scope, here.community, visit_id, here.id, said, numbers, check.made_at or now)
        visit.made_by, visit.received_at = scope.actor_id, now
        if not _keep(scope, here.community, [_Kept(visit, said, numbers)]):
            there = Visit.objects.get(community=here.community, id=visit_id)
            if _content(there) != _content(visit):
                raise Refused(
                    "visit_changed",
                    gettext_noop("This visit was registered before, with other content. Register it anew."),
                )
        return record_checks(scope, community=here.community, checks=[check])[0]


def take_visits(scope: Scope, device: DeviceHere, sent: Sequence[Sent]) -> Sequence[Answer]:
    """Take in what a phone registered; answers in the order of ``sent``. The body is that of docs/field-protocol.md.

    A record that cannot be kept as a visit is answered as quarantined; intake sets it aside.
    """
    scope.require(Permission.RECORD_CHECK, device.community)
    entrances = {way.id for way in gates(scope, device.community)}
    answers: dict[UUID, Answer] = {}
    rows: list[_Kept] = []
    for record in sent:
        try:
            rows.append(_sent_row(scope, device, record, entrances))
        except Unopened:
            answers[record.id] = Answer(Outcome.QUARANTINED, "sealing")
        except (NotFound, Refused) as error:
            answers[record.id] = Answer(Outcome.QUARANTINED, error.code)
    added = _keep(scope, device.community, rows)
    there = Visit.objects.filter(community=device.community, id__in=[row.visit.id for row in rows])
    digests = {visit_id: bytes(held or b"") for visit_id, held in there.values_list("id", "digest")}
    for record in sent:
        if record.id in added:
            answers[record.id] = STORED
        elif record.id not in answers:
            same = digests.get(record.id) == record.digest
            answers[record.id] = DUPLICATE if same else Answer(Outcome.CONFLICT, "visit_changed")
    return [answers[record.id] for record in sent]


def _sent_row(scope: Scope, device: DeviceHere, record: Sent, entrances: Container[int]) -> _Kept:
    """One record as a row. Raises ``Refused``, ``NotFound``, ``Unopened`` for what cannot be one."""
    said = said_by_phone({**record.body, **_opened(record.body)})
    entrance = record.body.get("entrance")
    if isinstance(entrance, bool) or not isinstance(entrance, int) or entrance not in entrances:
        raise NotFound("entrance", entrance)
    numbers = told_numbers(said.id_number, said.phone, today=clock.today())
    visit = _visit(scope, device.community, record.id, entrance, said, numbers, record.made_at)
    visit.device, visit.keeper, visit.digest = device.key, record.keeper[:40], record.digest
    visit.received_at = clock.now()
    return _Kept(visit, said, numbers)


def reveal_visit(scope: Scope, *, community: int, visit_id: UUID, field: str) -> str:
    """The plain text of a visitor's ID number or phone. Each look is audited."""
    scope.require(Permission.READ_PEOPLE, community)
    visit = Visit.objects.filter(community=community, id=visit_id).first() if field in SEALED else None
    if visit is None:
        raise NotFound("visit", visit_id)
    return reveal(
        scope,
        community=community,
        subject_kind="visit",
        subject_id=visit.id,
        field=field,
        sealed=getattr(visit, field),
    )


def _opened(body: Mapping[str, Any]) -> dict[str, str]:
    """What the phone has sealed, in the clear."""
    opened = {}
    for name in SEALED:
        sealed = body.get(name)
        if sealed is not None and not isinstance(sealed, str):
            raise Refused("visit_form", gettext_noop("“%(field)s” is not as it should be."), field=name)
        opened[name] = unseal(sealed) if sealed else ""
    return opened


def _visit(
    scope: Scope,
    community: int,
    visit_id: UUID,
    entrance: int,
    said: VisitSaid,
    numbers: Numbers,
    made_at: dt.datetime,
) -> Visit:
    return Visit(
        community=community,
        id=visit_id,
        entrance=entrance,
        name=said.name,
        household=said.household or (home_said(scope, community, said.whom) if said.whom else None),
        whom=said.whom,
        why=said.why,
        origin=said.origin,
        plate=said.plate,
        made_at=made_at,
        **{field: getattr(numbers, field) for field in Numbers.__slots__},
    )


def _keep(scope: Scope, community: int, rows: Sequence[_Kept]) -> set[UUID]:
    """Insert what is new. Who came to stay enters the register of returnees, and is proposed for the roster of the
    household she stays with. Answers the ids of the new ones."""
    named = {row.visit.household for row in rows if row.visit.household is not None}
    known = known_households(scope, community, named)
    for row in rows:
        if row.visit.household not in known:
            row.visit.household = None
    added = add_facts([row.visit for row in rows])
    for row in rows:
        if row.said.returnee and row.visit.id in added:
            register_returnee(
                scope,
                community=community,
                name=row.said.name,
                numbers=row.numbers,
                origin=row.said.origin,
                arrived_on=row.said.arrived_on,
                source=ReturneeSource.GATE,
                source_id=row.visit.id,
                seen_at=row.visit.made_at,
            )
            if row.visit.household is not None:
                _propose_to_stay(scope, community, row)
    if added:
        name_visitors(scope, [row.visit for row in rows if row.visit.id in added])
        audit(
            scope,
            "register_visits",
            community=community,
            subject_kind="visit",
            subject_id=rows[0].visit.id,
            detail={"visits": len(added)},
        )
    return added


def _propose_to_stay(scope: Scope, community: int, row: _Kept) -> None:
    """Whoever stays in a household is due in its rounds once the office has confirmed her for the roster."""
    arrived_on = row.said.arrived_on
    propose(
        scope,
        community=community,
        household_id=row.visit.household,
        resident_id=None,
        kind=ProposalKind.MOVED_IN,
        said={
            "name": row.said.name,
            "id_number": fold(row.said.id_number)[:40],
            "phone": fold(row.said.phone)[:40],
            "origin": row.said.origin,
            "arrived_on": arrived_on if arrived_on and arrived_on <= clock.today() else None,
            "to_stay": True,
        },
        source=ProposalSource.GATE,
        source_id=row.visit.id,
        made_at=row.visit.made_at,
    )


def _content(visit: Visit) -> tuple[Any, ...]:
    digests = [bytes(held) if held is not None else None for held in (visit.id_digest, visit.phone_digest)]
    return visit.entrance, visit.name, visit.whom, visit.why, visit.origin, visit.plate, *digests
