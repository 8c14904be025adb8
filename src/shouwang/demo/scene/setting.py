"""Before the first day: accounts, the division tree, compounds with their buildings, and the ways in, sealed."""

import csv
import datetime as dt
from functools import cache
from importlib.resources import files

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from shouwang.access.actions import create_user, grant_role
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.demo.cast import PASSWORD, SPELT, Player, cast
from shouwang.demo.invented.people import FIRST_DAY
from shouwang.demo.invented.settlements import LI_FIELD, NEW_TOWN, TWIN_LAKES, Compound, Settlement
from shouwang.demo.roles import is_open
from shouwang.demo.scene.actors import acting_at, clock_at, moment
from shouwang.kernel.scope import Scope
from shouwang.places.actions import (
    add_buildings,
    add_compounds,
    add_entrance,
    import_divisions,
    rename_area,
    set_entrance_status,
)
from shouwang.places.enums import CompoundKind, EntranceStatus
from shouwang.places.queries import communities, entrances

_DAY_BEFORE = FIRST_DAY - dt.timedelta(days=1)
_FILE = "tianmen_429006_villages_2019.csv"
# The list misspells a street (候 for 侯), has no name for the city itself, and writes 居委会 and 村委会 where everybody
# says 社区 and 村. The names of the list stay as aliases.
_RENAMED = {
    429006000000: "天门市",
    429006002000: "侯口街道",
    429006002010: "侯口居委会",
    NEW_TOWN: "新城社区",
    LI_FIELD: "李场村",
    TWIN_LAKES: "双湖村",
}


def divisions_file() -> bytes:
    """The division list as it was published."""
    return files("shouwang.demo").joinpath("data", _FILE).read_bytes()


def divisions() -> list[tuple[int, str]]:
    """Code and name of the 632 communities and villages."""
    rows = csv.DictReader(divisions_file().decode().splitlines())
    return [(int(row["code"]), row["name"]) for row in rows]


def open_accounts(seed: int) -> None:
    """The system makes the administrator; she makes all others, each with one role."""
    players = sorted(cast(seed), key=lambda player: player.role is not Role.ADMINISTRATOR)
    there = set(get_user_model().objects.values_list("username", flat=True))
    for player in players:
        if player.username in there:
            continue
        if player.role is Role.ADMINISTRATOR:
            scope = Scope.system(reason="demo")
            with clock_at(moment(_DAY_BEFORE, 9)), acting(scope):
                _open_account(scope, player)
        else:
            with acting_at(moment(_DAY_BEFORE, 9), "demo-admin") as scope:
                _open_account(scope, player)


def _open_account(scope: Scope, player: Player) -> None:
    user = create_user(
        scope,
        username=player.username,
        display_name=player.name,
        agency=player.agency,
        password=None,
    )
    if is_open(player.username):
        user.password = _hashed()
        user.save(update_fields=["password"])
    grant_role(scope, user_id=user.pk, role=player.role, area=player.area)


@cache
def _hashed() -> str:
    """The password that all share, hashed once: that takes a third of a second on purpose."""
    return make_password(PASSWORD)


def load_divisions() -> None:
    """Headquarters loads the list and corrects what it knows better."""
    with acting_at(moment(_DAY_BEFORE, 10), "demo-hq") as scope:
        if communities(scope, *scope.ranges()[0]):
            return
        import_divisions(scope, content=divisions_file(), file_name=_FILE)
        for code, name in _RENAMED.items():
            rename_area(scope, code=code, name=name)


def close_compounds(settlement: Settlement) -> None:
    """The office writes down what stands there, and seals all ways in but one on the morning of the first day."""
    office, code = f"demo-office-{SPELT[settlement.code]}", settlement.code
    kind = CompoundKind.COMPOUND if settlement.compounds[0].blocks else CompoundKind.GROUP
    with acting_at(moment(_DAY_BEFORE, 15), office) as scope:
        added = add_compounds(scope, community=code, names=[c.name for c in settlement.compounds], kind=kind)
        for compound in settlement.compounds:
            number = added[compound.name].pk
            if compound.blocks:
                add_buildings(scope, compound_id=number, buildings=_buildings(compound))
            for way in compound.ways:
                add_entrance(scope, community=code, name=way.name, compound_id=None if way.whole else number)
    wanted = {
        (None if way.whole else compound.name, way.name): way
        for compound in settlement.compounds
        for way in compound.ways
    }
    with acting_at(moment(FIRST_DAY, 6), office) as scope:
        for entrance in entrances(scope, code):
            way = wanted[entrance.compound.name if entrance.compound else None, entrance.name]
            set_entrance_status(
                scope, entrance_id=entrance.pk, status=EntranceStatus(way.status), reason=way.reason
            )


def _buildings(compound: Compound) -> list[tuple[str, int, int]]:
    return [
        (str(number), block.units, block.floors)
        for block in compound.blocks
        for number in range(block.first, block.last + 1)
    ]
