"""What a round was told of the roster is put before the office, and who came from elsewhere into the register."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID, uuid5

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope
from shouwang.people.actions.proposals import REGISTER, propose
from shouwang.people.actions.returnees import register_returnee
from shouwang.people.enums import ProposalKind, ProposalSource
from shouwang.people.queries.numbers import told_numbers

SOURCES = {"call": ProposalSource.CALL, "visit": ProposalSource.VISIT, "self": ProposalSource.DOOR}
"""Which way it came, by the channel of the attempt that it was told in."""
PRESENCES = {"away": ProposalKind.AWAY, "moved": ProposalKind.MOVED_OUT, "back": ProposalKind.BACK}


class Arrival(Protocol):
    """Somebody who has come, by the shape of the news: people knows no rounds."""

    @property
    def name(self) -> str: ...
    @property
    def id_number(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def arrived_on(self) -> dt.date | None: ...
    @property
    def to_stay(self) -> bool: ...


class _Told(Protocol):
    @property
    def community(self) -> int: ...
    @property
    def household_id(self) -> int: ...
    @property
    def source_id(self) -> UUID: ...
    @property
    def channel(self) -> str: ...
    @property
    def told_at(self) -> dt.datetime: ...


class ArrivalTold(_Told, Protocol):
    @property
    def arrivals(self) -> Sequence[Arrival]: ...


class PresenceTold(_Told, Protocol):
    @property
    def resident_id(self) -> int: ...
    @property
    def now(self) -> str: ...


def take_arrivals(scope: Scope, event: ArrivalTold) -> None:
    """Propose each newcomer, and enter her in the register of returnees if it was said where she comes from."""
    source = SOURCES[event.channel]
    for at, arrival in enumerate(event.arrivals):
        source_id = uuid5(event.source_id, f"arrival {at}")
        arrived_on = arrival.arrived_on
        if arrived_on and arrived_on > clock.today():
            arrived_on = None  # a day to come is a slip of the hand; not known is the truth about it
        propose(
            scope,
            community=event.community,
            household_id=event.household_id,
            resident_id=None,
            kind=ProposalKind.MOVED_IN,
            said={
                "name": arrival.name, "id_number": arrival.id_number, "phone": arrival.phone, "origin": arrival.origin,
                "arrived_on": arrived_on, "to_stay": arrival.to_stay,
            },
            source=source,
            source_id=source_id,
            made_at=event.told_at,
        )  # fmt: skip
        if arrival.origin and scope.may(Permission.REGISTER_RETURNEE, event.community):
            register_returnee(
                scope,
                community=event.community,
                name=arrival.name,
                numbers=told_numbers(arrival.id_number, arrival.phone, today=clock.today()),
                origin=arrival.origin,
                source=REGISTER[source],
                source_id=source_id,
                arrived_on=arrived_on,
                seen_at=event.told_at,
            )


def take_presence(scope: Scope, event: PresenceTold) -> None:
    """Propose that somebody is away, has moved or is back."""
    propose(
        scope,
        community=event.community,
        household_id=event.household_id,
        resident_id=event.resident_id,
        kind=PRESENCES[event.now],
        said={},
        source=SOURCES[event.channel],
        source_id=uuid5(event.source_id, f"presence {event.resident_id}"),
        made_at=event.told_at,
    )
