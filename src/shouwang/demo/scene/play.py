"""The whole scene in order."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from shouwang.access.actions import audit
from shouwang.access.wall import acting
from shouwang.demo.invented.calls import DAYS, NOW
from shouwang.demo.invented.settlements import settlements
from shouwang.demo.scene.actors import clock_at
from shouwang.demo.scene.caseloads import divide
from shouwang.demo.scene.closing import end_day
from shouwang.demo.scene.days import live_day
from shouwang.demo.scene.findings import see_to_findings
from shouwang.demo.scene.gates import enter_phones, keep_first_gate, note_returned
from shouwang.demo.scene.isolation import note_absence
from shouwang.demo.scene.lists import send_lists
from shouwang.demo.scene.phones import give_phones
from shouwang.demo.scene.returnees import welcome_back
from shouwang.demo.scene.rosters import hand_in_first, hand_in_second
from shouwang.demo.scene.setting import close_compounds, load_divisions, open_accounts
from shouwang.kernel.scope import Scope

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is."""
_PLAYED, _DAY_PLAYED = "demo_scene_played", "demo_day_played"


def play(*, seed: int, scale: float, told: Told) -> None:
    """Play the scene; nothing if it has been played to its end.

    Cut short and begun again, days that were played are passed over, because the roster that they found has changed
    since; of the one that was cut, every act recognises itself.
    """
    if played_seed() is not None:
        return
    towns = settlements(seed, scale)
    told("Accounts", 0, 1)
    open_accounts(seed)
    told("Accounts", 1, 1)
    load_divisions()
    enter_phones(towns)
    told("Places and rosters", 0, len(towns))
    for done, settlement in enumerate(towns, 1):
        close_compounds(settlement)
        if hand_in_first(seed, settlement):
            note_absence(settlement)
        divide(seed, settlement)
        told("Places and rosters", done, len(towns))
    told("14-21 February", 0, len(DAYS))
    played = _days_played(seed)
    for done, day in enumerate(DAYS, 1):
        for settlement in towns:
            if (settlement.code, day.isoformat()) in played:
                continue
            if day == DAYS[1]:
                hand_in_second(seed, settlement)
            live_day(seed, settlement, day)
            end_day(seed, settlement, day)
            see_to_findings(seed, settlement, day)
            _note_played(_DAY_PLAYED, {"seed": seed, "community": settlement.code, "day": day.isoformat()})
        told("14-21 February", done, len(DAYS))
    for settlement in towns:
        note_returned(seed, settlement)
        welcome_back(seed, settlement)
        keep_first_gate(seed, settlement)
        give_phones(seed, settlement)
    send_lists(towns)
    _note_played(_PLAYED, {"seed": seed, "scale": scale})


def played_seed() -> int | None:
    """The seed of the scene that was played to its end here, if one was."""
    with acting(Scope.system(reason="demo")), connection.cursor() as cursor:
        cursor.execute("select (detail ->> 'seed')::bigint from access_auditentry where verb = %s", [_PLAYED])
        row = cursor.fetchone()
        return int(row[0]) if row else None


def _note_played(verb: str, detail: dict[str, Any]) -> None:
    with clock_at(NOW), acting(Scope.system(reason="demo")):
        audit(Scope.system(reason="demo"), verb, detail=detail)


def _days_played(seed: int) -> set[tuple[int, str]]:
    """Community and day of what an earlier run has played to the day's end."""
    with acting(Scope.system(reason="demo")), connection.cursor() as cursor:
        cursor.execute(
            "select (detail ->> 'community')::bigint, detail ->> 'day' from access_auditentry"
            " where verb = %s and (detail ->> 'seed')::bigint = %s",
            [_DAY_PLAYED, seed],
        )
        return set(cursor.fetchall())
