"""Who has an account in the demo: every role, in the three communities, their towns and headquarters."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from shouwang.access.enums import Role
from shouwang.demo.invented.names import Sex, Surnames, given
from shouwang.demo.invented.settlements import LI_FIELD, NEW_TOWN, TWIN_LAKES, Settlement, settlements

SEED = 20200214
CITY = 429006000000
PASSWORD = "keep-watch-2020"  # noqa: S105 # printed on the first page and on the terminal: it guards invented people
SPELT = {NEW_TOWN: "xincheng", LI_FIELD: "lichang", TWIN_LAKES: "shuanghu"}
TOWNS = {NEW_TOWN: "竟陵街道", LI_FIELD: "蒋场镇", TWIN_LAKES: "佛子山镇"}
CALLERS = {NEW_TOWN: 12, LI_FIELD: 2, TWIN_LAKES: 2}
_AGENCIES = (
    "市教育局",
    "市税务局",
    "市交通运输局",
    "市农业农村局",
    "市财政局",
    "市自然资源和规划局",
    "市文化和旅游局",
)


@dataclass(frozen=True, slots=True)
class Player:
    """One account. ``area`` is the code it is granted, ``place`` where she serves, in words a visitor knows."""

    username: str
    name: str
    agency: str
    role: Role
    area: int
    place: str


def cast(seed: int) -> tuple[Player, ...]:
    """Everybody, the first of each role being the one that the terminal prints."""
    return tuple(_players(Random(f"{seed}:cast"), seed))


def _players(rng: Random, seed: int) -> Iterator[Player]:
    surnames = Surnames(rng)

    def name() -> str:
        sex: Sex = rng.choice(("male", "female"))
        return surnames.draw() + given(rng, sex, rng.randrange(1968, 1996))

    def player(username: str, role: Role, area: int, place: str, agency: str = "") -> Player:
        return Player(f"demo-{username}", name(), agency or rng.choice(_AGENCIES), role, area, place)

    yield player("hq", Role.HEADQUARTERS, CITY, "天门市", "市疫情防控指挥部")
    yield player("admin", Role.ADMINISTRATOR, CITY, "天门市", "市大数据中心")
    for settlement in settlements(seed):
        code, place, spelt = settlement.code, settlement.name, SPELT[settlement.code]
        town = code - code % 1000
        yield player(f"town-{spelt}", Role.TOWN, town, TOWNS[code], TOWNS[code])
        yield player(f"office-{spelt}", Role.OFFICE, code, place, place)
        yield player(f"reporter-{spelt}", Role.REPORTER, code, place)
        for number, gate in enumerate(gates(settlement), 1):
            yield player(
                f"gate-{spelt}-{number}", Role.GATE_KEEPER, code, place if gate.endswith("组") else gate
            )
        for number in range(1, CALLERS[code] + 1):
            yield player(f"caller-{spelt}-{number}", Role.CALLER, code, place)


def gates(settlement: Settlement) -> list[str]:
    """The compounds or groups whose way in is kept, in order."""
    return [c.name for c in settlement.compounds if any(way.status == "open" for way in c.ways)]


def leads(seed: int) -> dict[Role, Player]:
    """One player for each role, in the order of the roles: who one steps into first."""
    first: dict[Role, Player] = {}
    for player in cast(seed):
        first.setdefault(player.role, player)
    return {role: first[role] for role in Role}
