"""Ways in: added once, opened and sealed with a reason, every change kept."""

import datetime as dt
from dataclasses import dataclass

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.places.actions.compounds import lock_community
from shouwang.places.enums import CompoundKind, EntranceStatus
from shouwang.places.models import Compound, Entrance, EntranceChange
from shouwang.places.rules.naming import clean_name
from shouwang.places.rules.ways import Left, require_reason, require_way


@dataclass(frozen=True, slots=True)
class StatusSet:
    """An entrance after its change. ``left`` is ``emergency_only`` where residents have no open gate any more."""

    entrance: Entrance
    left: Left
    changed: bool


def add_entrance(
    scope: Scope,
    *,
    community: int,
    name: str,
    status: EntranceStatus = EntranceStatus.OPEN,
    reason: str = "",
    compound_id: int | None = None,
) -> Entrance:
    """Add a way in; without ``compound_id`` it leads into the whole village.

    The same name again answers what is there.
    """
    lock_community(scope, community)
    name = clean_name(name)
    reason = reason.strip()[:200]
    status = EntranceStatus(status)
    if status is not EntranceStatus.OPEN:
        reason = require_reason(reason)
    if compound_id is not None and not Compound.objects.filter(pk=compound_id, community=community).exists():
        raise NotFound("compound", compound_id)
    beside = Entrance.objects.filter(community=community, compound=compound_id)
    if there := beside.filter(name=name).first():
        return there
    at = clock.now()
    entrance = Entrance.objects.create(
        community=community,
        compound_id=compound_id,
        name=name,
        status=status,
        reason=reason,
        changed_by_id=scope.actor_id,
        changed_at=at,
        order=beside.count(),
    )
    _remember(scope, entrance, before="", at=at)
    audit(
        scope, "entrance_added", community=community, subject_kind="entrance", subject_id=entrance.pk,
        detail={"status": status.value},
    )  # fmt: skip
    return entrance


def set_entrance_status(scope: Scope, *, entrance_id: int, status: EntranceStatus, reason: str) -> StatusSet:
    """Open or seal an entrance, or make it the emergency exit, and say why.

    Raises `Refused` without a reason, and for the last way in. Setting what is set already, for the same reason,
    changes nothing.
    """
    entrance = Entrance.objects.filter(pk=entrance_id).first()
    if entrance is None:
        raise NotFound("entrance", entrance_id)
    scope.require(Permission.EDIT_PLACES, entrance.community)
    lock_community(scope, entrance.community)  # two people may seal the last two ways at the same moment
    entrance = Entrance.objects.select_related("compound").get(pk=entrance_id)
    status = _known(status)
    reason = require_reason(reason)
    left = require_way(entrance.status, status, _others(entrance))
    if (entrance.status, entrance.reason) == (status, reason):
        return StatusSet(entrance, left, changed=False)
    before, at = entrance.status, clock.now()
    entrance.status, entrance.reason = status, reason
    entrance.changed_by_id, entrance.changed_at = scope.actor_id, at
    entrance.save(update_fields=["status", "reason", "changed_by", "changed_at"])
    _remember(scope, entrance, before=before, at=at)
    audit(
        scope, "entrance_status_set", community=entrance.community, subject_kind="entrance",
        subject_id=entrance.pk, detail={"before": before, "after": status.value},
    )  # fmt: skip
    return StatusSet(entrance, left, changed=True)


def _known(status: str) -> EntranceStatus:
    try:
        return EntranceStatus(status)
    except ValueError:
        raise Refused(
            "entrance_status", gettext_noop("An entrance is open, sealed, or an emergency exit.")
        ) from None


def _others(entrance: Entrance) -> list[str]:
    """The ways beside this one that lead to the same doors: of the compound, or of the village as a whole.

    The groups of a village lie open to each other; a walled compound has its own ways and no others.
    """
    beside = Entrance.objects.filter(community=entrance.community).exclude(pk=entrance.pk)
    if entrance.compound is not None and entrance.compound.kind == CompoundKind.COMPOUND:
        beside = beside.filter(compound=entrance.compound)
    else:
        beside = beside.exclude(compound__kind=CompoundKind.COMPOUND)
    return list(beside.values_list("status", flat=True))


def _remember(scope: Scope, entrance: Entrance, *, before: str, at: dt.datetime) -> None:
    EntranceChange.objects.create(
        community=entrance.community,
        entrance=entrance,
        before=before,
        after=entrance.status,
        reason=entrance.reason,
        changed_by_id=scope.actor_id,
        changed_at=at,
    )
