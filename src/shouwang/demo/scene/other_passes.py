"""Passes that are not for residents' outings: cars, supplies, those who serve, those who must get out at any hour."""

from random import Random

from shouwang.demo.invented.settlements import Settlement
from shouwang.demo.scene.register import Registered
from shouwang.gates.actions import (
    issue_passes,
    issue_responder_pass,
    issue_supply_pass,
    issue_vehicle_pass,
)
from shouwang.gates.enums import PassKind
from shouwang.kernel.scope import Scope

SUPPLIES = (("鄂RD52061", "惠民超市", "蔬菜、米面"), ("鄂R6K218", "康泰药房", "药品"))
RESPONDERS = (("周敏", "市卫生健康局", None), ("何建国", "市公安局", None), ("邓丽", "市人民医院志愿队", 10))
CARS, EMERGENCIES = 12, 5


def issue_other_passes(scope: Scope, settlement: Settlement, people: list[Registered | None]) -> None:
    """By the office of the settlement; issued again they are the same."""
    chosen = [home for home in people if home]
    Random(f"{settlement.code}:cars").shuffle(chosen)
    for number, home in enumerate(chosen[:CARS]):
        issue_vehicle_pass(
            scope, household_id=home.household, plate=f"鄂R{settlement.code % 100:02d}Q{number:02d}"
        )
    frail = [next(filter(None, home.residents), None) for home in chosen[CARS : CARS + EMERGENCIES]]
    issue_passes(
        scope,
        community=settlement.code,
        resident_ids=[resident for resident in frail if resident],
        kind=PassKind.EMERGENCY,
    )
    for plate, firm, brings in SUPPLIES:
        issue_supply_pass(scope, area=settlement.code, plate=plate, firm=firm, purpose=brings)
    for name, agency, days in RESPONDERS:
        issue_responder_pass(scope, area=settlement.code, name=name, agency=agency, valid_days=days)
