"""One day in one community: the round is opened, households are rung and visited, people pass the gates."""

import datetime as dt
from collections import defaultdict
from random import Random
from uuid import UUID

from shouwang.demo.cast import CALLERS, SPELT, gates
from shouwang.demo.invented.calls import NOW, Call, calls
from shouwang.demo.invented.passages import Passage, passages, shoppers
from shouwang.demo.invented.people import FIRST_DAY, TODAY
from shouwang.demo.invented.settlements import RELEASED_ON, Settlement
from shouwang.demo.scene.actors import acting_at, moment
from shouwang.demo.scene.doors import report_themselves
from shouwang.demo.scene.isolation import bring_home
from shouwang.demo.scene.other_passes import issue_other_passes
from shouwang.demo.scene.register import Registered, registered
from shouwang.gates.actions import CheckMade, issue_passes, record_checks
from shouwang.gates.enums import Direction
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import Minter
from shouwang.places.queries import gates_of
from shouwang.screening.actions import open_round, record_attempts
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.rules import AttemptInput, ReadingInput

People = list[Registered | None]


def live_day(seed: int, settlement: Settlement, day: dt.date) -> None:
    """Play one day, each act a transaction of its actor. Played again it changes nothing: the seed mints the ids."""
    spelt = SPELT[settlement.code]
    minter = Minter(Random(f"{seed}:{settlement.code}:{day}:ids").getrandbits)
    with acting_at(moment(day, 6, 30), f"demo-office-{spelt}") as scope:
        round_id = open_round(scope, community=settlement.code, day=day).pk
        people = registered(settlement)
        if day == FIRST_DAY:
            going = [
                resident
                for household, member in shoppers(settlement)
                if (home := people[household]) and (resident := home.residents[member])
            ]
            issue_passes(scope, community=settlement.code, resident_ids=going)
            issue_other_passes(scope, settlement, people)
    if day == RELEASED_ON:
        bring_home(settlement)
    report_themselves(seed, settlement, day, people)
    evening = NOW if day == TODAY else moment(day, 22, 30)
    by_caller: dict[int, list[AttemptInput]] = defaultdict(list)
    for call in calls(seed, settlement, day, CALLERS[settlement.code]):
        number = minter.at(call.at)  # also of who is not on the roster yet: the others keep their ids
        if home := people[call.household]:
            by_caller[call.caller].append(_attempt(number, round_id, call, home))
    for caller, attempts in by_caller.items():
        with acting_at(evening, f"demo-caller-{spelt}-{caller + 1}") as scope:
            record_once(scope, settlement.code, attempts)
    _keep_gates(seed, settlement, day, evening, people, minter)


def record_once(scope: Scope, community: int, attempts: list[AttemptInput]) -> None:
    """Record what has not been recorded: played again, the roster may be another, and the ids are known."""
    try:
        record_attempts(scope, community=community, attempts=attempts)
    except Refused as refusal:
        if refusal.code != "attempt_changed":
            raise


def _attempt(number: UUID, round_id: int, call: Call, home: Registered) -> AttemptInput:
    outcome = Outcome(call.outcome)
    answered = None
    if outcome in (Outcome.REACHED, Outcome.REFUSED):
        answered = AnsweredBy.HOUSEHOLD_MEMBER if call.answered_by else AnsweredBy.RESIDENT
    return AttemptInput(
        attempt_id=number,
        household_id=home.household,
        channel=Channel.VISIT if call.visit else Channel.CALL,
        outcome=outcome,
        answered_by=answered,
        readings=[
            ReadingInput(resident, reading.temperature, reading.symptoms)
            for reading in call.readings
            if (resident := home.residents[reading.member])
        ],
        needs=call.needs,
        remarks=call.remarks,
        made_at=call.at,
        round_id=round_id,
    )


def _keep_gates(
    seed: int, settlement: Settlement, day: dt.date, evening: dt.datetime, people: People, minter: Minter
) -> None:
    spelt, kept = SPELT[settlement.code], gates(settlement)
    by_gate: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages(seed, settlement, day):
        compound = settlement.households[passage.household].home.compound
        by_gate[compound if compound in kept else kept[0]].append(passage)
    for number, gate in enumerate(kept, 1):
        with acting_at(evening, f"demo-gate-{spelt}-{number}") as scope:
            entrance = next(
                e.pk
                for e in gates_of(scope, settlement.code)
                if e.compound is None or e.compound.name == gate
            )
            minted = [(minter.at(passage.at), passage) for passage in by_gate[gate]]
            checks = [
                _check(check_id, entrance, resident, passage)
                for check_id, passage in minted
                if (home := people[passage.household]) and (resident := home.residents[passage.member])
            ]
            record_checks(scope, community=settlement.code, checks=checks)


def _check(number: UUID, entrance: int, resident: int, passage: Passage) -> CheckMade:
    return CheckMade(
        id=number,
        entrance_id=entrance,
        direction=Direction.OUT if passage.out else Direction.IN,
        resident_id=resident,
        temperature=passage.temperature,
        masked=passage.mask,
        made_at=passage.at,
    )
