"""The phones of the new town, at gates and with callers: one is silent, one could not send, one was lost."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from uuid import UUID

from shouwang import __version__
from shouwang.access.wall import acting
from shouwang.demo.cast import SPELT
from shouwang.demo.invented.calls import NOW
from shouwang.demo.invented.people import FIRST_DAY, TODAY
from shouwang.demo.invented.settlements import NEW_TOWN, Settlement
from shouwang.demo.scene.actors import acting_at, clock_at, moment
from shouwang.places.queries import gates_of
from shouwang.sync.actions import enrol_device, invite_device, revoke_device, take_batch
from shouwang.sync.queries import devices
from shouwang.sync.queries.here import device_scope
from shouwang.sync.rules.batch import Batch
from shouwang.workforce.queries import caseloads


@dataclass(frozen=True, slots=True)
class _Phone:
    """``gate`` and ``caseload`` count from the first; the rest is what it said of itself when it was last heard of."""

    heard_at: dt.datetime
    gate: int | None = None
    caseload: int | None = None
    unsent: int = 0
    holds_for: dt.timedelta = dt.timedelta()
    ahead: dt.timedelta = dt.timedelta()
    lost: bool = False


_PHONES = (
    _Phone(NOW - dt.timedelta(minutes=1), gate=0),
    _Phone(NOW - dt.timedelta(minutes=4), gate=1, ahead=dt.timedelta(minutes=6)),
    _Phone(NOW - dt.timedelta(minutes=2), caseload=-1),
    _Phone(
        NOW - dt.timedelta(minutes=7), caseload=-2, unsent=14, holds_for=dt.timedelta(hours=2, minutes=20)
    ),
    _Phone(moment(TODAY - dt.timedelta(days=1), 19, 35), caseload=-3),
    _Phone(moment(TODAY - dt.timedelta(days=2), 16), caseload=-4, unsent=3, lost=True),
)


def give_phones(seed: int, settlement: Settlement) -> None:
    """Nothing where there are phones already."""
    if settlement.code != NEW_TOWN:
        return
    code, office = settlement.code, f"demo-office-{SPELT[settlement.code]}"
    begun = moment(FIRST_DAY + dt.timedelta(days=1), 8)
    bits = Random(f"{seed}:{code}:phones").getrandbits
    with acting_at(begun, office) as scope:
        if devices(scope, code):
            return
        ways, loads = gates_of(scope, code), caseloads(scope, code)
    for phone in _PHONES:
        gate = None if phone.gate is None else ways[phone.gate % len(ways)]
        load = None if phone.caseload is None else loads[phone.caseload % len(loads)]
        name = f"{gate}值班手机" if gate else f"{load.caller_name}的手机" if load else ""
        with acting_at(begun, office) as scope:
            invited = invite_device(
                scope,
                community=code,
                entrance=gate.pk if gate else None,
                name=name,
                caseload=load.id if load else None,
            )
        with clock_at(begun):
            here = enrol_device(invited, app=__version__).device
        said = Batch(
            installation=UUID(int=bits(128), version=4),
            app=__version__,
            sent_at=phone.heard_at + phone.ahead,
            unsent=phone.unsent,
            oldest=phone.heard_at - phone.holds_for,
            records=(),
        )
        with clock_at(phone.heard_at), acting(device_scope(here)):
            take_batch(device_scope(here), device=here, batch=said)
        if phone.lost:
            with acting_at(phone.heard_at + dt.timedelta(hours=2), office) as scope:
                revoke_device(scope, device_id=here.key, reason="在楼道里丢了，没有找到")
