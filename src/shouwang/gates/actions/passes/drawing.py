"""Drawing a pass: a random id, a code that nobody has yet, a period of whole days."""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.rules.codes import make_code
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.places.queries import profile_for

TRIES = 6
"""Two passes of a community draw the same code about once in ten thousand; six times running, never."""
MOST_DAYS = 366
EXPIRED = "expired"
"""The reason of an expired pass that made room. It is on no list: the gate sees by itself that it has ended."""


def draw(
    scope: Scope, community: int, kind: PassKind, now: dt.datetime, until: dt.datetime, **more: Any
) -> Pass:
    """``pass_id`` is random: it tells nothing, and is not the code, so that what is printed is not what is signed.

    Valid from the beginning of today, so that a phone whose clock is slow does not take the new card for an early one.
    """
    return Pass(
        community=community,
        pass_id=uuid4(),
        code=make_code(secrets.choice),
        kind=kind,
        valid_until=until,
        issued_at=now,
        issued_by_id=scope.actor_id,
        **{"area": community, "valid_from": midnight(timezone.localdate(now)), **more},
    )


def fill(wanted: Callable[[], list[Pass]]) -> None:
    """Save what ``wanted`` draws until it wants nothing more.

    A clash of codes, or somebody at the next desk issuing the same, leaves a row out; the next turn sees which.
    """
    for _ in range(TRIES):
        drawn = wanted()
        if not drawn:
            return
        Pass.objects.bulk_create(drawn, ignore_conflicts=True, batch_size=2000)
    raise RuntimeError("no free pass code found")


def open_one(scope: Scope, fresh: Pass, **holder: Any) -> Pass:
    """The open pass of ``holder`` in the community of ``fresh``; ``fresh`` itself if there is none."""
    held = Pass.objects.filter(community=fresh.community, revoked_at=None, renewed=False, **holder)
    end_expired(scope, held, fresh.issued_at)

    def wanted() -> list[Pass]:
        fresh.code = make_code(secrets.choice)
        return [] if held.exists() else [fresh]

    fill(wanted)
    found = held.get()
    if found.pass_id == fresh.pass_id:
        audit(
            scope,
            "issue_passes",
            community=found.community,
            subject_kind="pass",
            subject_id=found.pk,
            detail={"passes": 1, "kind": found.kind},
        )
    return found


def holder_of(found: Pass) -> dict[str, Any]:
    """What the passes of one holder and kind have in common and no others have."""
    names = (
        ("kind", "resident_id")
        if found.resident_id
        else ("community", "kind", "holder", "plate", "purpose", "visit")
    )
    return {name: getattr(found, name) for name in names}


def end_expired(scope: Scope, held: QuerySet[Pass], now: dt.datetime) -> None:
    """An expired pass makes room for the new one."""
    held.filter(valid_until__lte=now).update(revoked_at=now, revoked_by=scope.actor_id, revoke_reason=EXPIRED)


def period(
    scope: Scope, area: int, valid_days: int | None, usual: int | None = None
) -> tuple[dt.datetime, dt.datetime]:
    """Now, and the midnight that ends the last of ``valid_days`` days, today being the first.

    Where none are said, ``usual``, else the days of the area's profile.
    """
    now = clock.now()
    days = valid_days if valid_days is not None else usual or profile_for(scope, area).pass_valid_days
    if not 1 <= days <= MOST_DAYS:
        raise Refused(
            "valid_days",
            gettext_noop("A pass is valid for at least one day and at most %(most)s."),
            most=MOST_DAYS,
        )
    return now, midnight(timezone.localdate(now) + dt.timedelta(days))


def midnight(day: dt.date) -> dt.datetime:
    """The moment in which a local day begins."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def said(text: str, code: str, hint: str, limit: int) -> str:
    """``text``, tidied before, that must be there. Raises ``Refused(code, hint)`` where it is not, or is too long."""
    if not 1 <= len(text) <= limit:
        raise Refused(code, hint, limit=limit)
    return text
