"""Passes of residents: the usual one, and the one that lets out at any time."""

from collections.abc import Collection

from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.gates.actions.passes.drawing import draw, end_expired, fill, period
from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries.lodgers import lodgers, lodgers_in, lodgers_of

OF_RESIDENTS = (PassKind.RESIDENT, PassKind.EMERGENCY)


def issue_pass(
    scope: Scope, *, resident_id: int, kind: PassKind = PassKind.RESIDENT, valid_days: int | None = None
) -> Pass:
    """The resident's open pass; a new one if she has none or it has expired. Valid from today to its last day.

    ``valid_days`` default to the profile's. Raises ``Refused`` for somebody who moved away or died.
    """
    found = lodgers(scope, ids=[resident_id])
    if not found:
        raise NotFound("resident", resident_id)
    return issue_passes(
        scope, community=found[0].community, resident_ids=[resident_id], kind=kind, valid_days=valid_days
    )[0]


def issue_household_passes(scope: Scope, *, household_id: int, valid_days: int | None = None) -> list[Pass]:
    """A pass for everybody of the household who is on the roster."""
    members = lodgers_of(scope, household=household_id)
    if not members:
        raise NotFound("household", household_id)
    return issue_passes(
        scope,
        community=members[0].community,
        resident_ids=[member.id for member in members],
        valid_days=valid_days,
    )


def issue_compound_passes(
    scope: Scope, *, community: int, compound_id: int, valid_days: int | None = None
) -> list[Pass]:
    """A pass for everybody on the roster of a compound, two thousand people in a second or two."""
    scope.require(Permission.ISSUE_PASS, community)
    members = lodgers_in(scope, community, compound=compound_id)
    return issue_passes(
        scope,
        community=community,
        resident_ids=[member.id for member in members],
        valid_days=valid_days,
    )


def issue_passes(
    scope: Scope,
    *,
    community: int,
    resident_ids: Collection[int],
    kind: PassKind = PassKind.RESIDENT,
    valid_days: int | None = None,
) -> list[Pass]:
    """Each resident's open pass of ``kind``, new where there is none; in the order given. Again changes nothing.

    An emergency pass never says what the emergency is. Raises ``NotFound`` if one of them does not live in this
    community, ``Refused`` for one who is gone from it and for kinds that are not residents'.
    """
    scope.require(Permission.ISSUE_PASS, community)
    if kind not in OF_RESIDENTS:
        raise Refused("pass_kind", gettext_noop("A resident gets a resident's or an emergency pass."))
    wanted = {member.id: member for member in lodgers(scope, ids=resident_ids)}
    for resident_id in resident_ids:
        if resident_id not in wanted or wanted[resident_id].community != community:
            raise NotFound("resident", resident_id)
        if not wanted[resident_id].on_roster:
            raise Refused(
                "resident_gone",
                gettext_noop("%(name)s no longer lives here; correct the roster first."),
                name=wanted[resident_id].name,
            )
    now, until = period(scope, community, valid_days)
    rows = Pass.objects.filter(
        community=community, resident__in=wanted, kind=kind, revoked_at=None, renewed=False
    )
    end_expired(scope, rows, now)
    before = rows.count()

    def missing() -> list[Pass]:
        held = set(rows.values_list("resident", flat=True))
        return [
            draw(scope, community, kind, now, until, resident_id=member.id, household_id=member.household)
            for member in wanted.values()
            if member.id not in held
        ]

    fill(missing)
    held = {row.resident_id: row for row in rows}
    if issued := len(wanted) - before:
        audit(
            scope,
            "issue_passes",
            community=community,
            subject_kind="pass",
            subject_id=held[next(iter(wanted))].pk,
            detail={"passes": issued, "kind": kind},
        )
    return [held[resident_id] for resident_id in resident_ids]
