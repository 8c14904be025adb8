"""A need is told: a new request, or one more telling of the one that waits."""

import datetime as dt
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.people.queries.households import known_households
from shouwang.supplies.enums import WAITING, RequestSource
from shouwang.supplies.models import Request, Telling
from shouwang.supplies.rules.likeness import JOINED_WITHIN_DAYS, alike
from shouwang.supplies.rules.orders import alarms

LONGEST_TEXT = 500
SOURCES = {"call": RequestSource.CALL, "visit": RequestSource.VISIT, "self": RequestSource.DOOR}
"""Which way a need came, by the channel of the attempt that it was told in."""


class NeedTold(Protocol):
    """News of a round, by its shape: screening and supplies are strangers."""

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


def take_need(scope: Scope, event: NeedTold) -> None:
    """Make a request of a need told in a round. Whoever may record the round may bring its news; told once."""
    _tell(
        scope,
        community=event.community,
        household_id=event.household_id,
        resident_id=None,
        text=event.text,
        urgent=False,
        source=SOURCES[event.channel],
        source_id=event.source_id,
        asked_at=event.told_at,
    )


def ask(
    scope: Scope,
    *,
    community: int,
    household_id: int,
    text: str,
    urgent: bool = False,
    source: RequestSource | str,
    source_id: UUID | None,
    asked_at: dt.datetime | None = None,
    resident_id: int | None = None,
) -> Request:
    """Ask for something in a household's name. The same ``source_id`` again changes nothing and answers the same.

    A text that tells of an emergency is urgent, whatever ``urgent`` says. Raises ``Forbidden`` without
    ``RECORD_ATTEMPT``, ``NotFound`` for a household that is not here, ``Refused`` for no text or too much of it.
    """
    scope.require(Permission.RECORD_ATTEMPT, community)
    return _tell(
        scope,
        community=community,
        household_id=household_id,
        resident_id=resident_id,
        text=text,
        urgent=urgent,
        source=RequestSource(source),
        source_id=source_id,
        asked_at=asked_at,
    )


def _tell(
    scope: Scope,
    *,
    community: int,
    household_id: int,
    resident_id: int | None,
    text: str,
    urgent: bool,
    source: RequestSource,
    source_id: UUID | None,
    asked_at: dt.datetime | None,
) -> Request:
    if not known_households(scope, community, [household_id]):
        raise NotFound("household", household_id)
    text = prose(text)
    if not text:
        raise Refused("need_empty", gettext_noop("Write down what is needed."))
    if len(text) > LONGEST_TEXT:
        raise Refused(
            "text_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=text[:12],
            limit=LONGEST_TEXT,
        )
    now = clock.now()
    at = min(asked_at or now, now)
    urgent = urgent or alarms.urgent(text)
    with transaction.atomic():
        _wait_for_turn(household_id)
        if found := _told(community, source_id):
            return found
        request = _same_need(community, household_id, text, at)
        joined = request is not None
        if request is None:
            request = Request.objects.create(
                community=community, household=household_id, resident=resident_id, text=text, urgent=urgent,
                asked_at=at, updated_at=now,
            )  # fmt: skip
        elif urgent and not request.urgent:
            request.urgent, request.updated_at = True, now
            request.save(update_fields=["urgent", "updated_at"])
        Telling.objects.create(
            community=community, request=request, text=text, resident=resident_id, urgent=urgent, source=source,
            source_id=source_id, asked_at=at, told_at=now, told_by_id=scope.actor_id,
        )  # fmt: skip
        audit(
            scope,
            "ask",
            community=community,
            subject_kind="request",
            subject_id=request.pk,
            detail={"source": source.value, "joined": joined, "urgent": urgent},
        )
    return request


def _wait_for_turn(household_id: int) -> None:
    """Two who tell of one household at once tell one after the other, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('supplies.request'), %s)", [household_id % 2**31]
        )


def _told(community: int, source_id: UUID | None) -> Request | None:
    if source_id is None:
        return None
    telling = (
        Telling.objects.filter(community=community, source_id=source_id).select_related("request").first()
    )
    return telling.request if telling else None


def _same_need(community: int, household_id: int, text: str, at: dt.datetime) -> Request | None:
    """The waiting request of this household that tells the same, told not longer ago than the rule says."""
    within = dt.timedelta(days=JOINED_WITHIN_DAYS)
    waiting = Request.objects.filter(
        community=community,
        household=household_id,
        state__in=WAITING,
        asked_at__range=(at - within, at + within),
    )
    return next((one for one in waiting.order_by("asked_at", "id") if alike(one.text, text)), None)
