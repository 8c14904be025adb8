"""What a household says besides its report, handed to the domains that see to it. Each may come twice."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from shouwang.access import clock
from shouwang.door.queries.links import Here
from shouwang.grievances.actions import complain as enter_complaint
from shouwang.grievances.enums import MatterKind, MatterSource
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.actions import register_returnee
from shouwang.people.actions.proposals import propose
from shouwang.people.enums import ProposalKind, ProposalSource, ReturneeSource
from shouwang.people.queries.numbers import told_numbers
from shouwang.supplies.actions import ask
from shouwang.supplies.enums import RequestSource


def ask_for_help(
    scope: Scope, here: Here, *, text: str, urgent: bool, source_id: UUID, proxy: bool = False
) -> None:
    """A request of the household. ``proxy``: a responder writes it down for those who cannot."""
    ask(
        scope,
        community=here.community,
        household_id=here.household,
        text=text,
        urgent=urgent,
        source=RequestSource.PROXY if proxy else RequestSource.DOOR,
        source_id=source_id,
    )


def complain(
    scope: Scope, here: Here, *, kind: str, text: str, named: bool, about_office: bool, source_id: UUID
) -> None:
    """A complaint. Unless it is ``named``, nothing of it says which household it came from."""
    enter_complaint(
        scope,
        community=here.community,
        household_id=here.household if named else None,
        kind=MatterKind(kind),
        text=text,
        about_office=about_office,
        source=MatterSource.DOOR,
        source_id=source_id,
    )


def declare_arrival(
    scope: Scope,
    here: Here,
    *,
    name: str,
    origin: str,
    arrived_on: dt.date | None,
    phone: str,
    id_number: str,
    to_stay: bool,
    source_id: UUID,
) -> None:
    """Somebody came from elsewhere: a line of the register of returnees; and if she stays, a newcomer to confirm.

    Numbers that cannot be read are kept as they were said: whoever declares is thanked, not examined.
    """
    register_returnee(
        scope,
        community=here.community,
        name=name,
        numbers=told_numbers(id_number, phone, today=clock.today()),
        origin=origin,
        source=ReturneeSource.DECLARED,
        source_id=source_id,
        arrived_on=arrived_on,
    )
    if to_stay:
        said = {"name": name, "origin": origin, "phone": phone, "id_number": id_number, "to_stay": True}
        if arrived_on and arrived_on <= clock.today():
            said["arrived_on"] = arrived_on.isoformat()
        propose_change(scope, here, kind=ProposalKind.MOVED_IN, resident=None, said=said, source_id=source_id)


def propose_change(
    scope: Scope,
    here: Here,
    *,
    kind: ProposalKind | str,
    resident: int | None,
    said: Mapping[str, object],
    source_id: UUID,
) -> None:
    """A change of who lives here, for the office to confirm. Raises ``NotFound`` for somebody of another household."""
    if resident is not None and resident not in {one.resident for one in here.people}:
        raise NotFound("resident", resident)
    kind = ProposalKind(kind)
    propose(
        scope,
        community=here.community,
        household_id=here.household,
        resident_id=None if kind is ProposalKind.MOVED_IN else resident,
        kind=kind,
        said=said,
        source=ProposalSource.DOOR,
        source_id=source_id,
    )
