"""The three communities are divided into caseloads: callers with accounts carry one each, volunteers the others."""

from random import Random

from django.contrib.auth import get_user_model

from shouwang.demo.cast import CALLERS, SPELT
from shouwang.demo.invented.calls import DAYS
from shouwang.demo.invented.names import Sex, Surnames, given
from shouwang.demo.invented.settlements import Settlement
from shouwang.demo.scene.actors import acting_at, moment
from shouwang.workforce.actions import accept_division, move_households, propose_division, set_callers
from shouwang.workforce.queries import caseloads, households_of

LEFT_OVER = 3
"""Households that nobody has been given yet in each community, so that the alarm can be seen."""


def divide(seed: int, settlement: Settlement) -> None:
    """Nothing where it has been done before."""
    code, spelt = settlement.code, SPELT[settlement.code]
    rng = Random(f"{seed}:caseloads:{code}")
    surnames = Surnames(rng)
    with acting_at(moment(DAYS[0], 7), f"demo-office-{spelt}") as scope:
        if caseloads(scope, code):
            return
        made = propose_division(scope, community=code, seconds=1, directly=True)
        accept_division(scope, division_id=made.pk)
        accounts = [
            get_user_model().objects.get(username=f"demo-caller-{spelt}-{number}").pk
            for number in range(1, CALLERS[code] + 1)
        ]
        here = caseloads(scope, code)
        callers: dict[int, int | str] = {
            one.id: accounts[number] if number < len(accounts) else _volunteer(rng, surnames)
            for number, one in enumerate(here)
        }
        set_callers(scope, community=code, callers=callers)
        last = households_of(scope, here[-1].id)[:LEFT_OVER]
        move_households(scope, community=code, household_ids=last, caseload_id=None)


def _volunteer(rng: Random, surnames: Surnames) -> str:
    sex: Sex = rng.choice(("male", "female"))
    return surnames.draw() + given(rng, sex, rng.randrange(1958, 2000))
