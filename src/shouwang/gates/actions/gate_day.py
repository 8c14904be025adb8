"""Figures of gates, kept beside the checks: added to in the transaction that adds checks."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from shouwang.gates.enums import Verdict
from shouwang.gates.models import Check


def count(checks: Iterable[Check]) -> None:
    """Add new checks to the figures of their gates' days. Rows are taken in one order, so that gates never deadlock."""
    found: dict[tuple[int, int, dt.date], Counter[str]] = {}
    for check in checks:
        figures = found.setdefault(
            (check.entrance, check.community, timezone.localdate(check.made_at)), Counter()
        )
        figures["checks"] += 1
        figures["refused" if check.verdict == Verdict.RED else "passed"] += 1
        figures["fevers"] += check.fever
    if not found:
        return
    rows = [
        (*key, *(found[key][name] for name in ("checks", "passed", "refused", "fevers")))
        for key in sorted(found)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into gates_gateday (entrance_id, community, day, checks, passed, refused, fevers)"
            " select * from unnest(%s::bigint[], %s::bigint[], %s::date[], %s::int[], %s::int[], %s::int[], %s::int[])"
            " on conflict (entrance_id, day) do update set checks = gates_gateday.checks + excluded.checks,"
            " passed = gates_gateday.passed + excluded.passed, refused = gates_gateday.refused + excluded.refused,"
            " fevers = gates_gateday.fevers + excluded.fevers",
            [list(column) for column in zip(*rows, strict=True)],
        )
