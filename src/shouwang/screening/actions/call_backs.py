"""Ringing again: who is, by whom, and what it showed. Never by whoever made the entry that is looked at."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.screening.enums import CallBackState, Channel, Outcome, Worth
from shouwang.screening.models import Attempt, CallBack
from shouwang.screening.queries.honesty import entries, told_by
from shouwang.screening.rules.honesty import SAMPLE_SHARE, Maker, compare, draw, same_maker

LOOKED_AT = (Channel.CALL, Channel.VISIT, Channel.SELF)


def add_call_backs(
    scope: Scope, *, community: int, day: dt.date, attempts: Collection[UUID], why: Worth | str = Worth.CHOSEN
) -> int:
    """Put the households of these attempts of ``day`` on the list to be rung again, each once a day; how many are new.

    Raises ``NotFound`` for an attempt that is not of this community.
    """
    scope.require(Permission.OPEN_ROUND, community)
    found = list(Attempt.objects.filter(community=community, id__in=attempts))
    if len(found) < len(set(attempts)):
        raise NotFound("attempt", min(set(attempts) - {one.id for one in found}))
    added = _put(scope, community, day, found, Worth(why))
    if added:
        audit(
            scope, "add_call_backs", community=community, subject_kind="call_back", subject_id=day.isoformat(),
            detail={"households": added, "why": str(why)},
        )  # fmt: skip
    return added


def draw_call_backs(
    scope: Scope, *, community: int, day: dt.date, share: float = SAMPLE_SHARE, seed: str = ""
) -> int:
    """Draw the day's random sample of households reached; a day is drawn once. How many are new.

    ``share`` of each caseload, at least one. Drawn again with the same seed it is the same sample.
    """
    scope.require(Permission.OPEN_ROUND, community)
    if not 0 < share <= 1:
        raise Refused("share", gettext_noop("Draw more than nothing, and not more than everybody."))
    if CallBack.objects.filter(community=community, day=day, why=Worth.SAMPLE).exists():
        return 0
    drawn = draw(
        entries(scope, community, day, channels=LOOKED_AT), seed=f"{community}:{day}:{seed}", share=share
    )
    found = list(Attempt.objects.filter(community=community, id__in=[one.attempt for one in drawn]))
    added = _put(scope, community, day, found, Worth.SAMPLE)
    if added:
        audit(
            scope, "draw_call_backs", community=community, subject_kind="call_back", subject_id=day.isoformat(),
            detail={"households": added, "share": share},
        )  # fmt: skip
    return added


def follow_call_backs(scope: Scope, *, community: int, attempts: Sequence[Attempt]) -> None:
    """Attempts were recorded: those at a household that waits to be rung again, by somebody else, show how it was.

    What says nothing of the same people leaves the household on the list.
    """
    waiting = {
        one.household: one
        for one in CallBack.objects.select_for_update(no_key=True).filter(
            community=community, state=CallBackState.OPEN, household__in={a.household for a in attempts}
        ).order_by("-day")
    }  # fmt: skip
    for attempt in attempts:
        one = waiting.get(attempt.household)
        if one is None or attempt.channel not in (Channel.CALL, Channel.VISIT) or attempt.corrects:
            continue
        if attempt.made_at <= one.drawn_at or same_maker(
            Maker(attempt.made_by, attempt.keeper), Maker(one.made_by, one.keeper)
        ):
            continue
        state = compare(
            told_by(community, one.attempt),
            told_by(community, attempt.id),
            reached=attempt.outcome == Outcome.REACHED,
        )
        if state is not None:
            _settle(scope, one, state, found=attempt.id)
            del waiting[attempt.household]


def deny_call_back(scope: Scope, *, call_back_id: int) -> CallBack:
    """The household says that nobody rang or came that day. Raises ``Refused`` for one's own entry."""
    one = _lock(scope, call_back_id)
    if same_maker(Maker(scope.actor_id), Maker(one.made_by, one.keeper)):
        raise Refused("own_call_back", gettext_noop("This was your own entry: somebody else rings again."))
    if one.state == CallBackState.OPEN:
        _settle(scope, one, CallBackState.DIFFERS, remarks="denied")
    return one


def drop_call_back(scope: Scope, *, call_back_id: int) -> CallBack:
    """Take a household off the list that nobody has rung yet."""
    one = _lock(scope, call_back_id)
    scope.require(Permission.OPEN_ROUND, one.community)
    if one.state == CallBackState.OPEN:
        one.state, one.settled_at, one.settled_by_id = CallBackState.DROPPED, clock.now(), scope.actor_id
        one.save(update_fields=["state", "settled_at", "settled_by"])
        _told(scope, "drop_call_back", one)
    return one


def _lock(scope: Scope, call_back_id: int) -> CallBack:
    one = CallBack.objects.select_for_update(no_key=True).filter(pk=call_back_id).first()
    if one is None:
        raise NotFound("call_back", call_back_id)
    scope.require(Permission.RECORD_ATTEMPT, one.community)
    return one


def _settle(
    scope: Scope, one: CallBack, state: CallBackState, *, found: UUID | None = None, remarks: str = ""
) -> None:
    one.state, one.found, one.remarks = state, found, remarks
    one.settled_at, one.settled_by_id = clock.now(), scope.actor_id
    one.save(update_fields=["state", "found", "remarks", "settled_at", "settled_by"])
    _told(scope, "settle_call_back", one)


def _told(scope: Scope, verb: str, one: CallBack) -> None:
    audit(
        scope, verb, community=one.community, subject_kind="call_back", subject_id=one.pk, detail={"state": one.state}
    )  # fmt: skip


def _put(scope: Scope, community: int, day: dt.date, attempts: Sequence[Attempt], why: Worth) -> int:
    there = set(CallBack.objects.filter(community=community, day=day).values_list("household", flat=True))
    by_home = {one.household: one for one in attempts if one.household not in there}
    CallBack.objects.bulk_create(
        [
            CallBack(
                community=community,
                household=household,
                day=day,
                attempt=one.id,
                channel=one.channel,
                made_by=one.made_by,
                keeper=one.keeper,
                caseload=one.caseload,
                why=why,
                drawn_at=clock.now(),
                drawn_by_id=scope.actor_id,
            )
            for household, one in sorted(by_home.items())
        ],
        ignore_conflicts=True,
    )
    return len(by_home)
