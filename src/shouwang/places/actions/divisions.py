"""Loading a division list."""

from django.db import connection

from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import initials
from shouwang.places.enums import AreaKind
from shouwang.places.models import Area
from shouwang.places.queries.divisions import DivisionPlan, PlannedArea, State, division_plan

_BATCH = 4_000
_LOCK = "select pg_advisory_xact_lock(hashtext('places.divisions'))"


def lock_tree() -> None:
    """One change of the tree's codes at a time: two lists, or two additions, must not take the same code."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def import_divisions(scope: Scope, *, content: bytes, file_name: str) -> dict[str, int]:
    """Load a list of divisions; answers the counts of `DivisionPlan.counts`.

    Rows that cannot be taken are left out and counted as ``rejected`` (`division_plan` says why). A place that has
    another name now keeps the old one as an alias. The same list again changes nothing. Raises `Refused` if the file
    cannot be read at all, or if no row of it can be taken.
    """
    scope.require(Permission.IMPORT_DIVISIONS)
    lock_tree()
    plan = division_plan(scope, content=content, file_name=file_name)
    if not plan.planned:
        if not plan.rejected:
            raise Refused("divisions_outside", gettext_noop("No place of this list lies in your area."))
        hint = gettext_noop("No row of this file can be loaded; the first reason: row %(line)s, %(reason)s")
        first = plan.rejected[0]
        raise Refused("divisions_rejected", hint, line=first.line, reason=str(first.reason))
    counts = plan.counts()
    changed = [place for place in plan.planned if place.state is not State.SAME]
    if changed or plan.moved:
        _write(plan, changed)
        audit(
            scope,
            "divisions_imported",
            community=changed[0].code if changed else min(plan.moved),
            subject_kind="area",
            detail=counts,
        )
    return counts


def _write(plan: DivisionPlan, changed: list[PlannedArea]) -> None:
    before = Area.objects.in_bulk([place.code for place in changed if place.state is State.CHANGED])
    rows = [_row(place, before.get(place.code)) for place in changed]
    Area.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "aliases", "initials"],
    )
    for code, parent in plan.moved.items():
        Area.objects.filter(code=code).update(parent=parent)


def _row(place: PlannedArea, before: Area | None) -> Area:
    kind = place.kind if before is None or place.kind is not AreaKind.UNKNOWN else before.kind
    row = Area(
        code=place.code,
        name=place.name,
        level=place.level,
        kind=kind,
        parent_id=place.parent,
        initials=initials(place.name)[:60],
    )
    if before is not None:
        row.aliases = [alias for alias in before.aliases if alias != place.name]
        if place.before and not place.before.isdigit():
            row.aliases.append(place.before)
    return row
