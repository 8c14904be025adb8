"""Opening, closing and following a round."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.queries import roster
from shouwang.people.queries.watches import twice_daily
from shouwang.places.queries.profiles import profile_for
from shouwang.screening import rules
from shouwang.screening.actions.counting import lock_community, lock_round, unowned
from shouwang.screening.actions.gate import adopt
from shouwang.screening.enums import Slot
from shouwang.screening.models import DueList, Round
from shouwang.screening.queries.effective import FIGURES, reached_residents, recount
from shouwang.screening.queries.rounds import round_by_id, round_of
from shouwang.workforce.queries import owners


def open_round(
    scope: Scope,
    *,
    community: int,
    day: dt.date | None = None,
    slot: Slot | str = Slot.DAY,
    at: dt.datetime | None = None,
) -> Round:
    """Open the round of a day (default: today), or answer the one that is there already.

    Who is present now is due. What the gates measured that day before is counted at once. Earlier rounds of the
    community that are still open are closed. ``at``: when it was opened, for what is entered afterwards. Raises
    ``Refused`` for a day to come, a slot that the profile does not have, and an empty roster.
    """
    scope.require(Permission.OPEN_ROUND, community)
    at = at or clock.now()
    day = day or timezone.localdate(at)
    slot = Slot(slot)
    _lock_before(community, day)
    lock_community(community)
    if there := round_of(scope, community, day, slot):
        return there
    if day > clock.today():
        raise Refused("round_future", gettext_noop("A round is opened on its day, not before."))
    profile = profile_for(scope, community)
    rules.check_slot(slot, profile)
    due = roster.due_residents(scope, community)
    if not due:
        raise Refused(
            "roster_empty",
            gettext_noop(
                "Nobody is on the roster here yet, so nobody could be reached. Import the roster first."
            ),
        )
    evening_at = rules.evening_of(slot, day, timezone.get_current_timezone(), profile)
    nobodys = unowned(scope, community, (household for household, _ in due))
    without_owner = set(nobodys)
    round_ = Round.objects.create(
        community=community,
        day=day,
        slot=slot,
        opened_at=at,
        opened_by_id=scope.actor_id,
        households_due=len({household for household, _ in due}),
        residents_due=len(due),
        residents_unassigned=sum(household in without_owner for household, _ in due),
        updated_at=clock.now(),
    )
    DueList.objects.create(
        round=round_,
        community=community,
        households=[household for household, _ in due],
        residents=[resident for _, resident in due],
        twice=sorted(twice_daily(scope, community, day) & {resident for _, resident in due})
        if evening_at
        else [],
        evening_at=evening_at,
        unowned=nobodys,
        updated_at=clock.now(),
    )
    for earlier in Round.objects.filter(community=community, closed_at=None, day__lte=day).exclude(
        pk=round_.pk
    ):
        if (earlier.day, rules.SLOT_ORDER[Slot(earlier.slot)]) < (day, rules.SLOT_ORDER[slot]):
            close_round(scope, round_id=earlier.pk, at=at)
    adopt(scope, round_)
    audit(
        scope,
        "open_round",
        community=community,
        subject_kind="round",
        subject_id=round_.pk,
        detail={"households": round_.households_due, "residents": round_.residents_due},
    )
    return round_


def close_round(scope: Scope, *, round_id: int, at: dt.datetime | None = None) -> Round:
    """Close a round: who is not reached stays so. What was done before still counts when it arrives later."""
    round_ = round_by_id(scope, round_id)
    scope.require(Permission.OPEN_ROUND, round_.community)
    round_ = lock_round(round_id)
    if round_.closed_at is None:
        round_.closed_at = max(at or clock.now(), round_.opened_at)
        _save_closing(scope, round_, "close_round")
    return round_


def reopen_round(scope: Scope, *, round_id: int) -> Round:
    """Open again a round that was closed too early."""
    community = round_by_id(scope, round_id).community
    scope.require(Permission.OPEN_ROUND, community)
    round_ = lock_round(round_id)
    lock_community(community)
    if round_.closed_at is not None:
        if round_.day != clock.today():
            raise Refused("round_past", gettext_noop("Only today's round can be opened again."))
        round_.closed_at = None
        _save_closing(scope, round_, "reopen_round")
        adopt(scope, round_)
    return round_


def _lock_before(community: int, day: dt.date) -> None:
    """Hold what will be closed before the community is: in the order in which what is measured takes them."""
    list(
        Round.objects.select_for_update(no_key=True)
        .filter(community=community, closed_at=None, day__lte=day)
        .order_by("id")
    )


def _save_closing(scope: Scope, round_: Round, verb: str) -> None:
    round_.updated_at = clock.now()
    round_.save(update_fields=["closed_at", "updated_at"])
    audit(
        scope,
        verb,
        community=round_.community,
        subject_kind="round",
        subject_id=round_.pk,
        detail={"reached": round_.residents_reached, "due": round_.residents_due},
    )


def follow_roster(scope: Scope, *, community: int) -> None:
    """The roster, the watches or the caseloads have changed: so do the open rounds of today.

    Whoever came is due, whoever left unreached is no longer; who is to be reached twice, and whose household is
    nobody's, is as it is now. A watch that begins in the evening asks for both halves from the next day on.
    """
    here = Round.objects.filter(community=community, closed_at=None, day=clock.today())
    for open_ in here.order_by("id"):
        round_ = lock_round(open_.pk)
        due_list = DueList.objects.get(round=round_)
        before = dict(zip(due_list.residents, due_list.households, strict=True))
        # Read with the round held: what somebody else changed meanwhile is in it.
        present = roster.due_residents(scope, community)
        owned = owners(scope, community).keys()
        reached = reached_residents(round_)
        due = {resident: household for household, resident in present}
        # Somebody who was reached stays under the household under which she was; others go where they live now.
        due |= {resident: before[resident] for resident in reached if resident in before}
        left = dict(zip(due_list.left_residents, due_list.left_households, strict=True)) | before
        left = {resident: household for resident, household in left.items() if resident not in due}
        now = {
            "households": list(due.values()),
            "residents": list(due),
            # Whoever has left is not waited for in the other half.
            "twice": _twice(scope, round_, due_list, {resident for _, resident in present}),
            "unowned": sorted(set(due.values()) - owned),
            "left_households": list(left.values()),
            "left_residents": list(left),
        }
        if due == before and all(getattr(due_list, name) == now[name] for name in ("twice", "unowned")):
            continue
        for name, value in now.items():
            setattr(due_list, name, value)
        due_list.updated_at = round_.updated_at = clock.now()
        due_list.save(update_fields=[*now, "updated_at"])
        counted = recount(round_)
        for name in FIGURES:
            setattr(round_, name, getattr(counted, name))
        round_.save(update_fields=[*FIGURES, "updated_at"])
        audit(
            scope,
            "follow_roster",
            community=community,
            subject_kind="round",
            subject_id=round_.pk,
            detail={"residents": round_.residents_due, "before": len(before)},
        )


def _twice(scope: Scope, round_: Round, due_list: DueList, due: Collection[int]) -> list[int]:
    if due_list.evening_at is None:
        return []
    watched = twice_daily(scope, round_.community, round_.day) & set(due)
    if clock.now() >= due_list.evening_at:
        watched &= set(due_list.twice)
    return sorted(watched)
