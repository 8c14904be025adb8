"""Batches that arrive over the network: who sends them, and all of them in one transaction."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from shouwang.access import clock
from shouwang.access.prepared import rows
from shouwang.access.wall import SETTING
from shouwang.kernel.scope import Scope
from shouwang.sync.actions.intake import Arrival, Taken, take_arrivals
from shouwang.sync.queries.here import device_scope
from shouwang.sync.rules.batch import Batch
from shouwang.sync.rules.records import DeviceHere
from shouwang.sync.rules.tokens import Token, digest

_WALL = "select set_config(%s, %s, true)"
_MEET = """
with asked as (
    select * from unnest(%s::bigint[], %s::uuid[], %s::bytea[], %s::uuid[])
        as t (community, device_id, digest, installation)
), here as (
    select d.id, d.device_id, d.community, d.entrance, d.name, d.caseload, d.revoked_at, asked.installation
    from asked join sync_device d on d.device_id = asked.device_id and d.community = asked.community
    where d.secret_digest = asked.digest
), locked as (
    insert into sync_sequence (community, device_id, installation, highest, seen, twice, first_at, last_at)
    select community, id, installation, 0, '{}', 0, %s::timestamptz, %s::timestamptz
    from here where revoked_at is null order by id
    on conflict (device_id, installation) do update set last_at = excluded.last_at
    returning id, device_id, seen
)
select here.id, here.device_id, here.community, here.entrance, here.name, here.caseload, locked.id, locked.seen
from here left join locked on locked.device_id = here.id
"""


@dataclass(frozen=True, slots=True)
class Asking:
    """A batch, and the token that came with it."""

    token: Token
    batch: Batch


class Stranger(StrEnum):
    """Why a batch is not looked at."""

    UNKNOWN = "device_unknown"
    REVOKED = "device_revoked"


def take_in(asking: Sequence[Asking], *, careful: bool) -> list[Taken | Stranger]:
    """Take in batches, each of another device, in one transaction of their own; what came of each, in order.

    Whoever sends is looked up each time: a device that was revoked is not listened to from that moment. The look-up
    compares the secrets' digests and locks the numbers in one statement.
    """
    now = clock.now()
    with transaction.atomic():
        met = _meet(asking, now)
        arrivals = [one for one in met if isinstance(one, Arrival)]
        scopes = [device_scope(one.device) for one in arrivals]
        scope = Scope(
            actor_id=None,
            actor_name=", ".join(one.actor_name for one in scopes)[:60],
            grants=tuple(dict.fromkeys(grant for one in scopes for grant in one.grants)),
        )
        if len(arrivals) < len(met):  # the place that a stranger claimed is none of theirs
            rows(_WALL, [SETTING, scope.multirange()])
        taken = iter(take_arrivals(scope, arrivals, now=now, careful=careful)) if arrivals else iter(())
    return [one if isinstance(one, Stranger) else next(taken) for one in met]


def _meet(asking: Sequence[Asking], now: dt.datetime) -> list[Arrival | Stranger]:
    communities = sorted({one.token.community for one in asking})
    wall = "{" + ",".join(f"[{community},{community}]" for community in communities) + "}"
    rows(_WALL, [SETTING, wall])
    found = rows(
        _MEET,
        [
            [one.token.community for one in asking],
            [one.token.device_id for one in asking],
            [digest(one.token.secret) for one in asking],
            [one.batch.installation for one in asking],
            *(now, now),
        ],
    )
    known = {row[1]: row for row in found}
    met: list[Arrival | Stranger] = []
    for one in asking:
        row = known.get(one.token.device_id)
        if row is None:
            met.append(Stranger.UNKNOWN)
        elif row[6] is None:
            met.append(Stranger.REVOKED)
        else:
            met.append(Arrival(DeviceHere(*row[:6]), one.batch, *row[6:]))
    return met
