"""The ways to write grievances. Each is one transaction, and each may come twice."""

import datetime as dt
from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.grievances.enums import MatterKind, MatterSource, MatterState
from shouwang.grievances.models import Matter
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Forbidden, NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.people.events import HouseholdsMerged, ResidentsMoved
from shouwang.people.queries.households import known_households, lived_in
from shouwang.places.queries import profile_for

LONGEST_TEXT = 500
SOURCES = {"call": MatterSource.CALL, "visit": MatterSource.VISIT, "self": MatterSource.DOOR}
"""Which way it came, by the channel of the attempt that it was told in."""


class TroubleTold(Protocol):
    """News of a round, by its shape: screening and grievances are strangers."""

    @property
    def community(self) -> int: ...
    @property
    def household_id(self) -> int: ...
    @property
    def source_id(self) -> UUID: ...
    @property
    def channel(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def told_at(self) -> dt.datetime: ...


def take_trouble(scope: Scope, event: TroubleTold) -> None:
    """Put a quarrel told in a round on the mediator's list. Whoever may record the round may bring its news; once."""
    _tell(
        scope,
        community=event.community,
        household_id=event.household_id,
        kind=MatterKind.TROUBLE,
        about_office=False,
        text=event.text,
        source=SOURCES[event.channel],
        source_id=event.source_id,
        told_at=event.told_at,
    )


def complain(
    scope: Scope,
    *,
    community: int,
    household_id: int | None,
    kind: MatterKind | str,
    text: str,
    source: MatterSource | str,
    source_id: UUID | None,
    told_at: dt.datetime | None = None,
    about_office: bool = False,
) -> Matter:
    """Enter what somebody complains of or reports; without ``household_id`` nobody is named.

    The same ``source_id`` again changes nothing and answers the same. Raises ``Forbidden`` without
    ``RECORD_ATTEMPT`` or ``HANDLE_MATTER``, ``NotFound`` for a household that is not here, ``Refused`` for no text.
    """
    if not scope.may(Permission.RECORD_ATTEMPT, community):
        scope.require(Permission.HANDLE_MATTER, community)
    return _tell(
        scope,
        community=community,
        household_id=household_id,
        kind=MatterKind(kind),
        about_office=about_office,
        text=text,
        source=MatterSource(source),
        source_id=source_id,
        told_at=told_at,
    )


def take_matter(scope: Scope, *, matter_id: int) -> Matter:
    """Say that one looks into it. Who took it first stays; taking it again changes nothing."""
    with transaction.atomic():
        matter = _lock(scope, matter_id)
        if matter.state != MatterState.OPEN:
            return matter
        matter.state, matter.taken_at, matter.taken_by_id = MatterState.TAKEN, clock.now(), scope.actor_id
        return _save(scope, "take_matter", matter, "taken_at", "taken_by")


def settle_matter(scope: Scope, *, matter_id: int, answer: str) -> Matter:
    """Say what came of it; the household reads it. Settled before with the same words, nothing changes."""
    answer = _text(answer, gettext_noop("Write down what came of it: the household reads it."))
    with transaction.atomic():
        matter = _lock(scope, matter_id)
        if matter.state == MatterState.SETTLED:
            if matter.answer == answer:
                return matter
            raise Refused(
                "matter_settled",
                gettext_noop("Somebody else has settled this meanwhile. Look at it again before you answer."),
            )
        now = clock.now()
        if matter.taken_at is None:
            matter.taken_at, matter.taken_by_id = now, scope.actor_id
        matter.state, matter.answer = MatterState.SETTLED, answer
        matter.settled_at, matter.settled_by_id = now, scope.actor_id
        return _save(
            scope, "settle_matter", matter, "taken_at", "taken_by", "answer", "settled_at", "settled_by"
        )


def reopen_matter(scope: Scope, *, matter_id: int) -> Matter:
    """It is not settled after all. The day by which it was to be answered stays."""
    with transaction.atomic():
        matter = _lock(scope, matter_id)
        if matter.state != MatterState.SETTLED:
            return matter
        matter.state, matter.settled_at, matter.settled_by = MatterState.TAKEN, None, None
        return _save(scope, "reopen_matter", matter, "settled_at", "settled_by")


def follow_moves(scope: Scope, news: ResidentsMoved) -> None:
    """A matter is its household's: when nobody is left in that, it goes with the last who moved."""
    left = {household for _, household in news.left}
    _take_along(news.community, left - lived_in(scope, left), news.household_id)


def follow_merge(scope: Scope, news: HouseholdsMerged) -> None:
    """What the merged households told is told by the one that they are now, and answered to it."""
    _take_along(news.community, news.merged, news.household_id)


def _take_along(community: int, households: Collection[int], to: int) -> None:
    rows = Matter.objects.filter(community=community, household__in=households)
    rows.exclude(household=to).update(household=to)


def may_settle(scope: Scope, matter: Matter) -> bool:
    """Whether this reader may take and settle it: who is complained about does not."""
    return scope.may(Permission.HANDLE_MATTER, *_whose(matter))


def _whose(matter: Matter) -> tuple[int, int]:
    """Where one must be in charge to settle it: in the community; if its office is complained about, in its town."""
    level = Level.TOWN if matter.about_office else Level.COMMUNITY
    return areas.span(areas.at_level(matter.community, level))


def _tell(
    scope: Scope,
    *,
    community: int,
    household_id: int | None,
    kind: MatterKind,
    about_office: bool,
    text: str,
    source: MatterSource,
    source_id: UUID | None,
    told_at: dt.datetime | None,
) -> Matter:
    if household_id is not None and not known_households(scope, community, [household_id]):
        raise NotFound("household", household_id)
    text = _text(text, gettext_noop("Write down what happened."))
    now = clock.now()
    at = min(told_at or now, now)
    days = profile_for(scope, community).complaint_answer_days
    with transaction.atomic():
        if found := _told(community, source_id):
            return found
        try:
            with transaction.atomic():
                row = Matter.objects.create(
                    community=community, household=household_id, kind=kind, about_office=about_office, text=text,
                    source=source, source_id=source_id, told_at=at, added_at=now, added_by_id=scope.actor_id,
                    answer_by=timezone.localdate(at) + dt.timedelta(days=days),
                )  # fmt: skip
        except IntegrityError:
            if found := _told(community, source_id):
                return found
            raise
        audit(
            scope,
            "complain",
            community=community,
            subject_kind="matter",
            subject_id=row.pk,
            detail={"kind": kind.value, "source": source.value, "about_office": about_office},
        )
    return row


def _told(community: int, source_id: UUID | None) -> Matter | None:
    return Matter.objects.filter(community=community, source_id=source_id).first() if source_id else None


def _lock(scope: Scope, matter_id: int) -> Matter:
    matter = Matter.objects.select_for_update(no_key=True).filter(pk=matter_id).first()
    if matter is None:
        raise NotFound("matter", matter_id)
    scope.require(Permission.HANDLE_MATTER, matter.community)
    if not may_settle(scope, matter):
        raise Forbidden(Permission.HANDLE_MATTER, matter.community)
    return matter


def _save(scope: Scope, verb: str, matter: Matter, *fields: str) -> Matter:
    matter.save(update_fields=["state", *fields])
    audit(
        scope,
        verb,
        community=matter.community,
        subject_kind="matter",
        subject_id=matter.pk,
        detail={"kind": matter.kind, "state": matter.state},
    )
    return matter


def _text(text: str, missing: str) -> str:
    text = prose(text)
    if not text:
        raise Refused("text_missing", missing)
    if len(text) > LONGEST_TEXT:
        raise Refused(
            "text_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=text[:12],
            limit=LONGEST_TEXT,
        )
    return text
