"""Behind the doors: every household has its link, and some report themselves in the morning."""

import datetime as dt
from random import Random

from shouwang.demo.cast import SPELT
from shouwang.demo.invented.people import TODAY
from shouwang.demo.invented.settlements import Settlement
from shouwang.demo.scene.actors import acting_at, clock_at, moment
from shouwang.demo.scene.register import Registered
from shouwang.door.actions import make_links
from shouwang.door.actions.reports import Posted, take_reports
from shouwang.door.queries.links import cards
from shouwang.kernel.uuid7 import Minter

DAYS = 4
"""Since so many days households report themselves here."""
_SHARE = 0.03
"""Of the households, on the first of these days; it doubles and trebles."""
_AT_ONCE = 100


def report_themselves(
    seed: int, settlement: Settlement, day: dt.date, people: list[Registered | None]
) -> None:
    """Between seven and nine some households say how they are, more of them every day."""
    number = DAYS - (TODAY - day).days
    if number <= 0:
        return
    random = Random(f"{seed}:{settlement.code}:{day}:doors")
    minter = Minter(random.getrandbits)
    with acting_at(moment(day, 6, 45), f"demo-office-{SPELT[settlement.code]}") as scope:
        make_links(scope, community=settlement.code)
        tokens = {home: card.token for home, card in cards(scope, settlement.code).items()}
    at_home = [home for home in people if home and home.household in tokens and any(home.residents)]
    chosen = random.sample(at_home, int(len(at_home) * _SHARE * number))
    for start in range(0, len(chosen), _AT_ONCE):
        at = moment(day, 7) + dt.timedelta(hours=2 * start / max(1, len(chosen)))
        with clock_at(at):
            take_reports(
                [
                    Posted(tokens[home.household], _said(str(minter.at(at)), home, random))
                    for home in chosen[start : start + _AT_ONCE]
                ]
            )


def _said(number: str, home: Registered, random: Random) -> dict[str, list[str]]:
    said = {"id": [number], "all": ["none"]}
    for resident in home.residents:
        if resident:
            said[f"t{resident}"] = [f"36.{random.choice('2345567')}"]
    return said
