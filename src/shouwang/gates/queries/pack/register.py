"""Passes for keyboard entry, and who must stay in."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Q

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.queries.holds import holds_of
from shouwang.gates.queries.pack.versions import progress, reaching_up, whole
from shouwang.gates.rules.labels import label_of
from shouwang.gates.rules.token.claims import KINDS
from shouwang.kernel.scope import Scope
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere

_GOOD_HERE = """
select p.code, p.pass_id, p.kind, coalesce(r.household_id, p.household_id, 0), coalesce(h.compound_id, 0),
  floor(extract(epoch from p.valid_from))::bigint, floor(extract(epoch from p.valid_until))::bigint - 1,
  coalesce(r.name, p.holder), p.plate
from gates_pass p
left join people_resident r on r.id = p.resident_id
left join people_household h on h.id = coalesce(r.household_id, p.household_id)
where p.community = any(%s) and p.id > %s and p.revoked_at is null and p.valid_until > %s
order by p.id
"""


def passes(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The passes good here that are in force or will be; those revoked later come by the list of revoked ones."""
    with reaching_up(scope, device) as areas:
        reached, had = progress("gates_pass", "id", "community", areas, have)
        if had == reached:
            return None
        with connection.cursor() as cursor:
            cursor.execute(_GOOD_HERE, [areas, had.highest if had else 0, clock.now()])
            data = list(_written(cursor.fetchall()))
    return Part(str(reached), data, have if had else None)


def _written(rows: Iterable[tuple[Any, ...]]) -> Iterable[list[Any]]:
    for code, pass_id, kind, household, compound, begins, ends, name, plate in rows:
        number = KINDS[PassKind(kind)]
        yield [code, pass_id.hex, number, household, compound, begins, ends, label_of(name, plate), plate]


def holds(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """Who must stay in today."""
    scope.require(Permission.RECORD_CHECK, device.community)
    held = holds_of(scope, device.community, clock.today())
    return whole([[one.household, one.resident or 0, one.until.isoformat()] for one in held], have)


def holders(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """Whose passes are those of residents who must stay in while the others of their household need not."""
    scope.require(Permission.RECORD_CHECK, device.community)
    residents = [one.resident for one in holds_of(scope, device.community, clock.today()) if one.resident]
    if not residents:
        return whole([], have)
    rows = Pass.objects.filter(Q(revoked_at=None), community=device.community, resident__in=residents)
    return whole(
        [[key.hex, resident] for key, resident in rows.order_by("id").values_list("pass_id", "resident")],
        have,
    )
