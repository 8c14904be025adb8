"""At the gates: telephones, visitors, who must stay in, who came back, and an emergency."""

import datetime as dt
from random import Random

from shouwang.demo.cast import CITY, SPELT, TOWNS, gates
from shouwang.demo.invented.calls import NOW
from shouwang.demo.invented.people import FIRST_DAY, TODAY
from shouwang.demo.invented.settlements import NEW_TOWN, Settlement
from shouwang.demo.invented.visitors import CITY_PHONE, VISITORS, Visitor
from shouwang.demo.scene.actors import acting_at, moment
from shouwang.demo.scene.register import registered
from shouwang.gates.actions import (
    CheckMade,
    record_emergency,
    register_visit,
    set_hold,
    take_emergency,
)
from shouwang.gates.enums import Direction
from shouwang.gates.rules.visits import VisitSaid
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import Minter
from shouwang.people.actions import register_returnee
from shouwang.people.enums import ReturneeSource
from shouwang.people.queries.numbers import checked_numbers
from shouwang.places.actions import set_duty_phone
from shouwang.places.queries import gates_of

_BEFORE = FIRST_DAY - dt.timedelta(days=1)
_LISTED = 12
"""So many of those who came back before the lockdown stand on the list that the city handed down."""


def enter_phones(settlements: tuple[Settlement, ...]) -> None:
    """Each place enters who answers its telephone."""
    with acting_at(moment(_BEFORE, 18), "demo-hq") as scope:
        set_duty_phone(scope, area=CITY, name=CITY_PHONE[0], phone=CITY_PHONE[1])
    for number, settlement in enumerate(settlements, 1):
        spelt, code = SPELT[settlement.code], settlement.code
        town = code - code % 1000
        with acting_at(moment(_BEFORE, 18), f"demo-town-{spelt}") as scope:
            set_duty_phone(scope, area=town, name=f"{TOWNS[code]}值班室", phone=f"0728-522010{number}")
        with acting_at(moment(_BEFORE, 18), f"demo-office-{spelt}") as scope:
            set_duty_phone(scope, area=code, name=f"{settlement.name}值班室", phone=f"0728-522020{number}")


def note_returned(seed: int, settlement: Settlement) -> None:
    """Those of the roster who came back in January, from the list that was handed down."""
    minter = Minter(Random(f"{seed}:{settlement.code}:returned").getrandbits)
    people = [one for home in settlement.households for one in home.members if one.returned]
    when = moment(FIRST_DAY, 6)
    with acting_at(when, f"demo-office-{SPELT[settlement.code]}") as scope:
        for one in people[:_LISTED]:
            if one.returned:
                register_returnee(
                    scope,
                    community=settlement.code,
                    name=one.name,
                    numbers=checked_numbers(one.id_number, one.phone, today=TODAY),
                    origin=one.returned.origin,
                    arrived_on=one.returned.arrived_on,
                    source=ReturneeSource.LIST,
                    source_id=minter.at(when),
                    seen_at=when,
                )


def keep_first_gate(seed: int, settlement: Settlement) -> None:
    """The last two days at the first gate: visitors, two who must stay in, two emergencies, one of them taken."""
    if settlement.code != NEW_TOWN:
        return
    spelt, code = SPELT[settlement.code], settlement.code
    minter = Minter(Random(f"{seed}:{code}:visitors").getrandbits)
    office, keeper = f"demo-office-{spelt}", f"demo-gate-{spelt}-1"
    for visitor in VISITORS:
        with acting_at(visitor.at, keeper) as scope:
            _register(scope, settlement, visitor, minter)
    with acting_at(moment(TODAY - dt.timedelta(days=1), 10), office) as scope:
        homes = [home for home in registered(settlement) if home]
        alone = next(home for home in homes[30:] + homes if len([r for r in home.residents if r]) > 1)
        set_hold(scope, household_id=homes[min(24, len(homes) - 1)].household)
        resident = next(one for one in alone.residents if one)
        set_hold(
            scope, household_id=alone.household, resident_id=resident, since=TODAY - dt.timedelta(days=6)
        )
    taken, waiting = moment(TODAY - dt.timedelta(days=1), 21, 40), NOW - dt.timedelta(minutes=3)
    for when, what, plate in (
        (taken, "老人胸口痛，120 来接", "鄂R120A1"),
        (waiting, "孕妇要生了，家里人开车送", "鄂R8K206"),
    ):
        with acting_at(when, keeper) as scope:
            check = record_emergency(
                scope,
                check_id=minter.at(when),
                entrance_id=_entrance(scope, settlement),
                what=what,
                plate=plate,
            )
        if when == taken:
            with acting_at(when + dt.timedelta(minutes=2), office) as scope:
                take_emergency(scope, check_id=check.id, note="已联系市一医院急诊，家属陪同")


def _register(scope: Scope, settlement: Settlement, visitor: Visitor, minter: Minter) -> None:
    whom = visitor.whom
    if visitor.household is not None:
        whom = settlement.households[visitor.household % len(settlement.households)].members[0].name
    visit_id = minter.at(visitor.at)
    register_visit(
        scope,
        visit_id=visit_id,
        said=VisitSaid(
            name=visitor.name,
            id_number=visitor.id_number,
            phone=visitor.phone,
            whom=whom,
            why=visitor.why,
            origin=visitor.origin,
            plate=visitor.plate,
            returnee=visitor.returnee,
            arrived_on=visitor.arrived_on,
        ),
        check=CheckMade(
            minter.at(visitor.at),
            _entrance(scope, settlement),
            Direction.IN,
            temperature=visitor.temperature,
            masked=True,
            plate=visitor.plate,
            made_at=visitor.at,
            visit=visit_id,
        ),
    )


def _entrance(scope: Scope, settlement: Settlement) -> int:
    first = gates(settlement)[0]
    return next(
        way.pk
        for way in gates_of(scope, settlement.code)
        if way.compound is None or way.compound.name == first
    )
