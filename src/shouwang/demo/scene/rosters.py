"""The office hands in its roster: all of it on the first day, what could not be read on the second."""

import datetime as dt

from shouwang.access.wall import acting
from shouwang.demo.cast import SPELT
from shouwang.demo.invented.people import FIRST_DAY
from shouwang.demo.invented.rosters import Roster, first_file, second_file
from shouwang.demo.invented.settlements import Settlement
from shouwang.demo.scene.actors import acting_at, moment
from shouwang.demo.scene.register import registered
from shouwang.kernel.scope import Scope
from shouwang.people.actions import load_roster, preview_roster


def hand_in_first(seed: int, settlement: Settlement) -> bool:
    """Whether there was anything to hand in: not where the roster has been loaded before."""
    if _missing(settlement) < settlement.people:
        return False
    _hand_in(settlement, first_file(settlement, seed), FIRST_DAY)
    return True


def hand_in_second(seed: int, settlement: Settlement) -> None:
    if _missing(settlement):
        _hand_in(settlement, second_file(settlement, seed), FIRST_DAY + dt.timedelta(days=1))


def _missing(settlement: Settlement) -> int:
    """How many people are not on the roster yet."""
    with acting(Scope.system(reason="demo")):
        found = registered(settlement)
    return settlement.people - sum(
        resident is not None for home in found if home for resident in home.residents
    )


def _hand_in(settlement: Settlement, roster: Roster, day: dt.date) -> None:
    """Preview, then load: what the office does on its page."""
    office = f"demo-office-{SPELT[settlement.code]}"
    with acting_at(moment(day, 5), office) as scope:
        upload = preview_roster(
            scope, community=settlement.code, file_name=roster.file_name, content=roster.content
        )
    with acting_at(moment(day, 5, 20), office) as scope:
        load_roster(scope, import_id=upload.pk)
