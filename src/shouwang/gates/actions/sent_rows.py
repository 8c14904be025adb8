"""Checks of phones on their way into the table: one statement, straight from columns."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from shouwang.access.prepared import Asked, rows
from shouwang.gates.actions.sent_form import SentCheck
from shouwang.gates.models import Check

Key = tuple[int, UUID]
"""Community and id."""

# What differs from check to check: column, type, and where it comes from.
_COLUMNS: tuple[tuple[str, str, Callable[[SentCheck], Any]], ...] = (
    ("community", "bigint", lambda c: c.device.community),
    ("id", "uuid", lambda c: c.sent.id),
    ("entrance", "bigint", lambda c: c.entrance),
    ("pass_number", "bigint", lambda c: c.pass_number),
    ("pass_id", "uuid", lambda c: c.pass_id),
    ("pass_kind", "text", lambda c: c.pass_kind),
    ("pass_code", "text", lambda c: c.code),
    ("household", "bigint", lambda c: c.household),
    ("resident", "bigint", lambda c: c.resident),
    ("direction", "text", lambda c: c.direction),
    ("emergency", "bool", lambda c: c.emergency),
    ("verdict", "text", lambda c: c.verdict),
    ("reason", "text", lambda c: c.reason),
    ("temperature", "numeric", lambda c: c.temperature),
    ("fever", "bool", lambda c: c.fever),
    ("masked", "bool", lambda c: c.masked),
    ("plate", "text", lambda c: c.plate),
    ("remarks", "text", lambda c: c.remarks),
    ("made_at", "timestamptz", lambda c: c.sent.made_at),
    ("corrects", "uuid", lambda c: c.corrects),
    ("device", "bigint", lambda c: c.device.key),
    ("device_clock", "timestamptz", lambda c: c.sent.device_clock),
    ("keeper", "text", lambda c: c.sent.keeper),
    ("vehicle", "uuid", lambda c: c.vehicle),
    ("visit", "uuid", lambda c: c.visit),
    ("digest", "bytea", lambda c: c.sent.digest),
)
_NAMES = ", ".join(name for name, _, _ in _COLUMNS)
_INSERT = (
    f"insert into gates_check ({_NAMES}, received_at, made_by)"  # noqa: S608 names of our own
    f" select {_NAMES}, %s::timestamptz, %s::bigint"
    f" from unnest({', '.join(f'%b::{kind}[]' for _, kind, _ in _COLUMNS)}) as sent ({_NAMES})"
    " on conflict (community, id) do nothing returning community, id"
)


_KEPT = """
select c.community, c.id, c.digest, c.verdict, c.reason
from unnest(%b::bigint[], %b::uuid[]) as sent (community, id)
join gates_check c on c.community = sent.community and c.id = sent.id
"""


def inserting(checks: Sequence[SentCheck], *, received_at: dt.datetime, made_by: int | None) -> Asked:
    """The statement that inserts those that are not there yet; it returns community and id of the new ones."""
    columns = [[read(check) for check in checks] for _, _, read in _COLUMNS]
    return _INSERT, [received_at, made_by, *columns]


def kept_before(keys: Sequence[Key]) -> dict[Key, tuple[bytes | None, str, str]]:
    """Digest, verdict and reason of checks that were there already."""
    if not keys:
        return {}
    found = rows(_KEPT, [[community for community, _ in keys], [check_id for _, check_id in keys]])
    return {
        (community, check_id): (digest, verdict, reason)
        for community, check_id, digest, verdict, reason in found
    }


def model(check: SentCheck, *, received_at: dt.datetime, made_by: int | None) -> Check:
    """The row of a check that was inserted."""
    values = {name: read(check) for name, _, read in _COLUMNS}
    return Check(received_at=received_at, made_by=made_by, **values)
