"""The end of a day: the office signs it off and draws a sample; in the morning somebody else rings those again.

What a phone without a signal sends in the morning comes after the signature, and one caller has typed a list at once:
both stand on the pages that are made for them.
"""

import datetime as dt
from decimal import Decimal
from random import Random

from shouwang.access.wall import acting
from shouwang.demo.cast import SPELT
from shouwang.demo.invented.calls import DAYS, NOW
from shouwang.demo.invented.people import TODAY
from shouwang.demo.invented.settlements import NEW_TOWN, TWIN_LAKES, Settlement
from shouwang.demo.scene.actors import acting_at, clock_at, moment
from shouwang.demo.scene.days import record_once
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import Minter
from shouwang.people.queries import roster
from shouwang.screening.actions import close_day, sign_off_day
from shouwang.screening.actions.call_backs import draw_call_backs
from shouwang.screening.enums import AnsweredBy, CallBackState, Channel, DayState, Outcome
from shouwang.screening.queries import honesty, ledger
from shouwang.screening.queries.honesty import told_by
from shouwang.screening.queries.rounds import round_of
from shouwang.screening.rules import AttemptInput, ReadingInput

_BY_THE_CLOCK = (TWIN_LAKES, DAYS[3])
"""A village whose office forgot to sign one day."""
_NOTES = ("两户在外地亲戚家，已电话确认。", "三单元停电，明早先上门。", "")
_LEFT = (DayState.NOT_TRIED, DayState.UNREACHABLE)
_DRAWN = DAYS[-4:-1]
"""The days of which a sample is rung again; the week before would only take its time."""
_PACE = dt.timedelta(seconds=45)
"""From one call back to the next: half of a sample is rung before the scene stands still."""
_TYPED = 24
"""Households of the list that was typed at once."""


def end_day(seed: int, settlement: Settlement, day: dt.date) -> None:
    """Play the end of one day; of the last, the morning until the scene stands still. Again it changes nothing."""
    code, spelt = settlement.code, SPELT[settlement.code]
    rng = Random(f"{seed}:{code}:{day}:closing")
    minter = Minter(rng.getrandbits)
    if code == NEW_TOWN and day in DAYS[-2:]:
        _type_a_list(settlement, day, minter)
    if day - dt.timedelta(days=1) in _DRAWN:
        _ring_again(settlement, day, minter, rng)
    if day == TODAY:
        return
    if (code, day) == _BY_THE_CLOCK:
        clock = Scope.system(reason="days whose cut-off has passed")
        with clock_at(moment(day + dt.timedelta(days=1), 0, 5)), acting(clock):
            close_day(clock, community=code, day=day)
    else:
        with acting_at(moment(day, 22, 45), f"demo-office-{spelt}") as scope:
            left = ledger.day(scope, code, day).now.not_reached
            if ledger.ledger_row(code, day) is None:
                sign_off_day(scope, community=code, day=day, not_reached=left, note=rng.choice(_NOTES))
            if day in _DRAWN:
                draw_call_backs(scope, community=code, day=day, seed=str(seed))
    _come_late(settlement, day, minter)


def _type_a_list(settlement: Settlement, day: dt.date, minter: Minter) -> None:
    at = NOW - dt.timedelta(minutes=20) if day == TODAY else moment(day, 20, 40)
    with acting_at(at + dt.timedelta(minutes=3), f"demo-caller-{SPELT[settlement.code]}-7") as scope:
        attempts = _reaching(scope, settlement.code, day, at, minter, homes=_TYPED, seconds=4, degrees="36.5")
        record_once(scope, settlement.code, attempts)


def _come_late(settlement: Settlement, day: dt.date, minter: Minter) -> None:
    with acting_at(
        moment(day + dt.timedelta(days=1), 6, 20), f"demo-caller-{SPELT[settlement.code]}-1"
    ) as scope:
        attempts = _reaching(scope, settlement.code, day, moment(day, 19, 10), minter, homes=2, seconds=240)
        record_once(scope, settlement.code, attempts)


def _reaching(
    scope: Scope, code: int, day: dt.date, at: dt.datetime, minter: Minter, *, homes: int, seconds: int,
    degrees: str = "36.6",
) -> list[AttemptInput]:  # fmt: skip
    """Calls that reach everybody of the first households of which nobody is reached."""
    left: dict[int, list[int]] = {}
    for one in ledger.people(scope, code, day, states=_LEFT):
        left.setdefault(one.household_id, []).append(one.resident_id)
    round_ = round_of(scope, code, day)
    return [
        AttemptInput(
            attempt_id=minter.at(at + dt.timedelta(seconds=n * seconds)),
            household_id=household,
            channel=Channel.CALL,
            outcome=Outcome.REACHED,
            answered_by=AnsweredBy.HOUSEHOLD_MEMBER,
            readings=[ReadingInput(person, degrees, ()) for person in people],
            made_at=at + dt.timedelta(seconds=n * seconds),
            round_id=round_.pk if round_ else None,
        )
        for n, (household, people) in enumerate(list(left.items())[:homes])
    ]


def _ring_again(settlement: Settlement, day: dt.date, minter: Minter, rng: Random) -> None:
    """The office rings the sample of the day before: nearly all say the same, some do not answer, a few differ."""
    code, before = settlement.code, day - dt.timedelta(days=1)
    rung = NOW - dt.timedelta(minutes=1) if day == TODAY else moment(day, 21)
    with acting_at(rung, f"demo-office-{SPELT[code]}") as scope:
        round_ = round_of(scope, code, day)
        waiting = honesty.call_backs(scope, code, before, before)
        lines = [line.call_back for line in waiting if line.call_back.state == CallBackState.OPEN]
        attempts: list[AttemptInput] = []
        began = moment(day, 8, 5)
        for one in lines[: len(lines) // 2 if day == TODAY else len(lines)]:
            chance, at = rng.random(), began + len(attempts) * _PACE
            here = {member.resident_id for member in roster.members(scope, [one.household])}
            told = told_by(code, one.attempt)
            reached = chance >= 0.12 and here >= told.keys()
            shift = Decimal("0.6") if chance > 0.93 else Decimal(rng.choice(("-0.1", "0.0", "0.1")))
            attempts.append(
                AttemptInput(
                    attempt_id=minter.at(at),
                    household_id=one.household,
                    channel=Channel.CALL,
                    outcome=Outcome.REACHED if reached else Outcome.NO_ANSWER,
                    answered_by=AnsweredBy.HOUSEHOLD_MEMBER if reached else None,
                    readings=[
                        ReadingInput(
                            person, None if said.temperature is None else said.temperature + shift,
                            None if said.symptoms is None else tuple(said.symptoms),
                        )
                        for person, said in told.items()
                    ] if reached else [],
                    made_at=at,
                    round_id=round_.pk if round_ else None,
                )
            )  # fmt: skip
        record_once(scope, code, attempts)
