"""Keeping a round's counters true: whoever writes a fact holds the round's row and counts what she touched."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import F

from shouwang.access import clock
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.screening.models import Round
from shouwang.screening.queries.effective import FIGURES, figures
from shouwang.workforce.queries import owners

Pairs = dict[int, int]
"""Resident → the household under which she is due."""


def lock_community(community: int) -> None:
    """Until the end of the transaction nobody else opens a round here, or finds that none is open."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"screening:{community}"])


def lock_round(round_id: int) -> Round:
    """The round's row, held until the end of the transaction. Raises ``NotFound`` outside the jurisdiction."""
    found = Round.objects.select_for_update(no_key=True).filter(pk=round_id).first()
    if found is None:
        raise NotFound("round", round_id)
    return found


@contextmanager
def counted(round_: Round, households: Collection[int]) -> Iterator[None]:
    """What is written inside concerns ``households`` only: the locked round's counters move by the difference."""
    before = figures(round_, households)
    yield
    change = figures(round_, households) - before
    moved = {name: F(name) + getattr(change, name) for name in FIGURES}
    Round.objects.filter(pk=round_.pk).update(**moved, updated_at=clock.now())
    round_.refresh_from_db()


def due_pairs(round_: Round, households: Collection[int], residents: Collection[int]) -> Pairs:
    """Who of these households, and of these people, is due in the round."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select u.resident, u.household from screening_duelist d,"
            " unnest(d.households, d.residents) u(household, resident)"
            " where d.round_id = %s and (u.household = any(%s) or u.resident = any(%s))",
            [round_.pk, list(households), list(residents)],
        )
        return dict(cursor.fetchall())


def unowned(scope: Scope, community: int, households: Iterable[int]) -> list[int]:
    """Those of these households that are in nobody's caseload."""
    wanted = set(households)
    return sorted(wanted - owners(scope, community).keys()) if wanted else []


def add_due(scope: Scope, round_: Round, pairs: Iterable[tuple[int, int]]) -> None:
    """Put ``(household, resident)`` pairs that are not yet due on the list of the locked round."""
    added = list(pairs)
    if not added:
        return
    nobodys = unowned(scope, round_.community, {household for household, _ in added})
    with connection.cursor() as cursor:
        cursor.execute(
            "update screening_duelist set households = households || %s::bigint[],"
            " residents = residents || %s::bigint[], updated_at = %s, unowned = array("
            "   select unnest(unowned) union select unnest(%s::bigint[])) where round_id = %s",
            [
                [household for household, _ in added],
                [resident for _, resident in added],
                clock.now(),
                nobodys,
                round_.pk,
            ],
        )
