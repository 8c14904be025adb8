"""Figures of gates, kept beside the checks: changed in the transaction that adds checks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from shouwang.access.prepared import Asked, together
from shouwang.gates.enums import Verdict
from shouwang.gates.models import Check


@dataclass(frozen=True, slots=True)
class Counted:
    """One check as the figures of ``day`` count it; ``times`` −1 takes it out again."""

    entrance: int
    community: int
    day: dt.date
    refused: bool
    fever: bool
    times: int = 1


def counted(check: Check, *, made_at: dt.datetime | None = None, times: int = 1) -> Counted:
    """``check`` on the local day of ``made_at``, which for a correction is when somebody passed."""
    return Counted(
        check.entrance,
        check.community,
        timezone.localdate(made_at or check.made_at),
        check.verdict == Verdict.RED,
        check.fever,
        times,
    )


def count(changes: Iterable[Counted]) -> None:
    """Change the figures of gates' days."""
    together(*counting(changes))


def counting(changes: Iterable[Counted]) -> list[Asked]:
    """The statement that changes the figures, if any. Rows are taken in one order, so that gates never deadlock."""
    found: dict[tuple[int, int, dt.date], list[int]] = {}
    for change in changes:
        key = change.entrance, change.community, change.day
        figures = found.get(key)
        if figures is None:
            figures = found[key] = [0, 0, 0, 0]
        figures[0] += change.times
        figures[2 if change.refused else 1] += change.times
        if change.fever:
            figures[3] += change.times
    changed = [(*key, *figures) for key, figures in sorted(found.items()) if any(figures)]
    return [(_ADD, [list(column) for column in zip(*changed, strict=True)])] if changed else []


_ADD = """
insert into gates_gateday (entrance_id, community, day, checks, passed, refused, fevers)
select * from unnest(%b::bigint[], %b::bigint[], %b::date[], %b::int[], %b::int[], %b::int[], %b::int[])
on conflict (entrance_id, day) do update set checks = gates_gateday.checks + excluded.checks,
  passed = gates_gateday.passed + excluded.passed, refused = gates_gateday.refused + excluded.refused,
  fevers = gates_gateday.fevers + excluded.fevers
returning id
"""
