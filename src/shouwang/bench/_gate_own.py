"""The rates of this installation, for its operator, in half a minute; in a scratch database that is gone afterwards."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec

from shouwang.bench import _gate_city as city
from shouwang.bench import _gate_door as door
from shouwang.bench import _gate_raw as raw
from shouwang.bench import gate
from shouwang.gates.enums import Direction, PassKind
from shouwang.gates.rules.token import Issuer, PassClaims, TrustedKey, verify_token
from shouwang.gates.rules.verdict import Facts, GateFacts, PassFacts, judge
from shouwang.kernel.profile import COVID_2020
from shouwang.places.enums import EntranceStatus

COMMUNITY, KEY_ID, SECONDS = 429006001023, b"\x01\x02\x03\x04", 2.0
_OWN = "shouwang_gate_own"


def rates() -> dict[str, Any]:
    """Units a second: passes verified and checks judged on one core; checks over HTTP, one a request and 500 a request;
    and beside them what the database does without the application."""
    verify, judged = _rules()
    found: dict[str, Any] = {
        "passes_verified_a_second": round(_repeat(verify)),
        "checks_judged_a_second": round(_repeat(judged)),
    }
    usual, city.DATABASE = city.DATABASE, _OWN
    try:
        found |= _over_http()
    finally:
        city.drop()
        city.DATABASE = usual
    return found


def _over_http() -> dict[str, Any]:
    city.prepare(0)
    phones = city.phones(32)
    singles = [gate.signed(phone, 60) for phone in phones[: gate.CLIENTS]]
    lots = [[door.batch(phone) for phone in phones[place :: gate.SENDERS]] for place in range(gate.SENDERS)]
    with door.serving() as port:
        door.send(port, [lot[:20] for lot in singles])
        one = door.send(port, [lot[20:] for lot in singles])
        many = door.send(port, lots)
    commits, who = raw.single_rate(gate.CLIENTS, 2)
    return {
        "single_checks_a_second": round(gate.CLIENTS * 40 / one.seconds),
        "batched_checks_a_second": round(len(phones) * raw.SIZE / many.seconds),
        "database_commits_a_second": round(commits),
        "database_rows_a_second": round(raw.unnest_rate(gate.SENDERS, 8)),
        "database_measured_by": who,
    }


def _rules() -> tuple[Callable[[], object], Callable[[], object]]:
    private = ec.generate_private_key(ec.SECP256R1())
    keys = {KEY_ID: [TrustedKey(KEY_ID, private.public_key(), COMMUNITY, COMMUNITY, 0, 2**32)]}
    claims = PassClaims(UUID(int=7), PassKind.RESIDENT, COMMUNITY, 1582156800, 1584662400, 4007, "张*")
    token = Issuer(KEY_ID, private).sign(claims)
    noon = dt.datetime(2020, 2, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    here = GateFacts(COMMUNITY, None, EntranceStatus.OPEN)
    shown = PassFacts(PassKind.RESIDENT, COMMUNITY, None, noon - dt.timedelta(1), noon + dt.timedelta(9))
    facts = Facts(noon, Direction.OUT, here, shown, outings=(dt.date(2020, 2, 18),), masked=True)
    return lambda: verify_token(token, keys), lambda: judge(facts, COVID_2020)


def _repeat(work: Callable[[], object]) -> float:
    count, started = 0, time.perf_counter()
    while (took := time.perf_counter() - started) < SECONDS:
        for _ in range(100):
            work()
        count += 100
    return count / took


def words(found: dict[str, Any]) -> Sequence[str]:
    """The rates as lines to read."""
    return [f"{name.replace('_', ' '):30} {value}" for name, value in found.items()]
