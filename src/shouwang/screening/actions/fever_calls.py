"""A fever that was found is on the list until somebody has taken it and said how it ended."""

import datetime as dt
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.people.actions.watches import start_watch
from shouwang.people.enums import WatchReason
from shouwang.people.events import ResidentsMoved
from shouwang.places.queries.profiles import profile_for
from shouwang.screening.enums import Channel, FeverEnd
from shouwang.screening.events import FeverFound
from shouwang.screening.models import FeverCall

LONGEST_PLACE, LONGEST_REMARKS = 80, 200


def take_fever(scope: Scope, event: FeverFound) -> None:
    """Put a fever on the list, in the caller's transaction: one open call a person, however often it is measured.

    What was measured before the last call of this person was ended belongs to that one: a phone may send it hours
    later, a correction keeps the time of what it corrects. Whoever may record the reading may bring its news.
    """
    belongs = FeverCall.objects.filter(
        community=event.community, resident=event.resident_id, ended_at__gte=event.found_at
    )
    if belongs.exists():
        return
    FeverCall.objects.bulk_create(
        [
            FeverCall(
                community=event.community,
                household=event.household_id,
                resident=event.resident_id,
                reading=event.reading_id,
                day=timezone.localdate(event.found_at),
                source=event.source,
                temperature=event.temperature,
                symptoms=",".join(event.symptoms or ()),
                found_at=event.found_at,
            )
        ],
        ignore_conflicts=True,
    )


class VisitorFever(Protocol):
    """News of a gate, by its shape: gates and screening are strangers."""

    @property
    def community(self) -> int: ...
    @property
    def check_id(self) -> UUID: ...
    @property
    def visit_id(self) -> UUID | None: ...
    @property
    def household_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def whom(self) -> str: ...
    @property
    def gate(self) -> str: ...
    @property
    def temperature(self) -> Decimal | None: ...
    @property
    def found_at(self) -> dt.datetime: ...


class VisitorNamed(Protocol):
    """A visitor was registered."""

    @property
    def community(self) -> int: ...
    @property
    def visit_id(self) -> UUID: ...
    @property
    def household_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def whom(self) -> str: ...


def take_visitor(scope: Scope, event: VisitorFever) -> None:
    """Put the fever of somebody on no roster on the list: one call a visit, and another after that one was ended."""
    reading = event.visit_id or event.check_id
    before = FeverCall.objects.filter(community=event.community, reading=reading, ended_at__lt=event.found_at)
    if before.exists():
        reading = event.check_id
    FeverCall.objects.bulk_create(
        [
            FeverCall(
                community=event.community,
                household=event.household_id,
                name=event.name,
                whom=event.whom,
                gate=event.gate,
                reading=reading,
                day=timezone.localdate(event.found_at),
                source=Channel.GATE,
                temperature=event.temperature,
                found_at=event.found_at,
            )
        ],
        ignore_conflicts=True,
    )


def name_visitor(scope: Scope, event: VisitorNamed) -> None:
    """Say whose fever it was, where the check came before the registration."""
    unnamed = FeverCall.objects.filter(
        community=event.community, reading=event.visit_id, resident=None, name=""
    )
    unnamed.update(name=event.name, whom=event.whom, household=event.household_id)


def follow_moves(scope: Scope, news: ResidentsMoved) -> None:
    """Whoever is looked for because of a fever is looked for behind the door where she lives now."""
    movers = [resident for resident, _ in news.left]
    calls = FeverCall.objects.filter(community=news.community, resident__in=movers, ended_at=None)
    calls.update(household=news.household_id)


def take_fever_call(scope: Scope, *, call_id: int) -> FeverCall:
    """Say that one sees to it. Who took it first stays; taking it again changes nothing.

    Raises ``NotFound`` outside the jurisdiction, ``Forbidden`` without the permission there.
    """
    with transaction.atomic():
        call = _lock(scope, call_id)
        if call.taken_at is not None or call.ended_at is not None:
            return call
        call.taken_at, call.taken_by_id = clock.now(), scope.actor_id
        call.save(update_fields=["taken_at", "taken_by"])
        _audit(scope, "take_fever_call", call)
    return call


def end_fever_call(
    scope: Scope, *, call_id: int, end: FeverEnd | str, where_to: str = "", remarks: str = ""
) -> FeverCall:
    """Say how it ended; whoever ends what nobody has taken takes it with that. Ended so before, nothing changes.

    ``HOME`` puts the person under watch for the profile's observation days from today, twice a day. Raises
    ``Refused`` for a hospital without a name, another end than before, or a visitor who is to be watched here.
    """
    end = FeverEnd(end)
    where_to, remarks = _checked(where_to, LONGEST_PLACE), _checked(remarks, LONGEST_REMARKS)
    if end is FeverEnd.HOSPITAL and not where_to:
        raise Refused("hospital_missing", gettext_noop("Write down which hospital she was taken to."))
    with transaction.atomic():
        call = _lock(scope, call_id)
        if call.ended_at is not None:
            if (call.end, call.where_to) == (end, where_to):
                return call
            raise Refused(
                "fever_ended", gettext_noop("Somebody else has ended this meanwhile. Look at it again first.")
            )
        if call.resident is None and end is FeverEnd.HOME:
            raise Refused(
                "visitor_home",
                gettext_noop(
                    "Nobody on the roster: she cannot be watched here. Add her to a household first."
                ),
            )
        now = clock.now()
        if call.taken_at is None:
            call.taken_at, call.taken_by_id = now, scope.actor_id
        call.ended_at, call.ended_by_id = now, scope.actor_id
        call.end, call.where_to, call.remarks = end, where_to, remarks
        call.save(
            update_fields=["taken_at", "taken_by", "ended_at", "ended_by", "end", "where_to", "remarks"]
        )
        _audit(scope, "end_fever_call", call, end=end.value)
        if end is FeverEnd.HOME and call.resident is not None and call.household is not None:
            days = profile_for(scope, call.community).observation_days
            start_watch(
                scope,
                community=call.community,
                household_id=call.household,
                resident_id=call.resident,
                reason=WatchReason.FEVER,
                from_day=clock.today(),
                until_day=clock.today() + dt.timedelta(days=days - 1),
                twice_daily=True,
            )
    return call


def _lock(scope: Scope, call_id: int) -> FeverCall:
    call = FeverCall.objects.select_for_update(no_key=True).filter(pk=call_id).first()
    if call is None:
        raise NotFound("fever", call_id)
    scope.require(Permission.TAKE_FEVER, call.community)
    return call


def _audit(scope: Scope, verb: str, call: FeverCall, **detail: str) -> None:
    audit(
        scope,
        verb,
        community=call.community,
        subject_kind="fever_call",
        subject_id=call.pk,
        detail=detail,
    )


def _checked(text: str, limit: int) -> str:
    text = prose(text)
    if len(text) > limit:
        raise Refused(
            "text_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=text[:12],
            limit=limit,
        )
    return text
