"""Passes of the areas above a community, shown at its gates: the wall hides their rows, so this looks over it.

Only what a gate may see comes back: kind, where and when it is good, whether it was revoked, and the label on the card.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.queries.facts import Shown
from shouwang.gates.rules.labels import label_of
from shouwang.gates.rules.verdict import PassFacts
from shouwang.kernel.areas import ancestors_of
from shouwang.kernel.scope import Scope

WIDE = (PassKind.RESPONDER, PassKind.SUPPLY)
_OVER_THE_WALL = Scope.system(reason="a pass of an area above, shown at a gate")


@dataclass(frozen=True, slots=True)
class Wide:
    """A pass of an area above the gate's community. ``label``: ``赵*``, or the end of the plate."""

    code: str
    label: str
    shown: Shown


def wide_passes(
    scope: Scope, *, community: int, codes: Collection[str] = (), pass_ids: Collection[UUID] = ()
) -> list[Wide]:
    """The responders' and supply passes with these codes or ids that areas above ``community`` issued.

    The latest last: two areas may have drawn the same code. Raises ``Forbidden`` for who keeps no gate there.
    """
    scope.require(Permission.RECORD_CHECK, community)
    above = ancestors_of(community)
    if not (codes or pass_ids) or not above:
        return []
    rows = Pass.objects.filter(
        Q(code__in=codes) | Q(pass_id__in=pass_ids), community__in=above, kind__in=WIDE
    )
    with acting(_OVER_THE_WALL):
        found = list(
            rows.order_by("id").values_list(
                "code", "holder", "plate", "id", "pass_id", "kind", "area", "community",
                "valid_from", "valid_until", "revoked_at",
            )
        )  # fmt: skip
    return [
        Wide(
            code,
            label_of(holder, plate),
            Shown(
                number, pass_id, None, None,
                PassFacts(PassKind(kind), area or issuer, None, begins, ends, revoked_at is not None),
            ),
        )
        for code, holder, plate, number, pass_id, kind, area, issuer, begins, ends, revoked_at in found
    ]  # fmt: skip
