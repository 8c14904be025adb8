"""The family of six: at the isolation site from 6 February, brought home by the village on the 20th."""

import datetime as dt

from shouwang.demo.cast import SPELT
from shouwang.demo.invented.people import FIRST_DAY
from shouwang.demo.invented.settlements import RELEASED_ON, Settlement, away_until
from shouwang.demo.scene.actors import acting_at, moment
from shouwang.demo.scene.register import registered
from shouwang.people.actions import set_presence
from shouwang.people.enums import Presence

_TAKEN_ON = RELEASED_ON - dt.timedelta(days=14)


def note_absence(settlement: Settlement) -> None:
    """The roster has them; nobody is to ring for them."""
    _set(settlement, moment(FIRST_DAY, 5, 40), Presence.AWAY, since=_TAKEN_ON)


def bring_home(settlement: Settlement) -> None:
    """From now on they are due in the day's round like everybody else."""
    _set(settlement, moment(RELEASED_ON, 16, 30), Presence.PRESENT, since=RELEASED_ON)


def _set(settlement: Settlement, when: dt.datetime, presence: Presence, *, since: dt.date) -> None:
    with acting_at(when, f"demo-office-{SPELT[settlement.code]}") as scope:
        people = registered(settlement)
        for place in away_until(settlement):
            home = people[place]
            for resident in home.residents if home else ():
                if resident:
                    set_presence(scope, resident_id=resident, presence=presence, since=since)
