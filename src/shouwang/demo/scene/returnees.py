"""Who came back in February, in the words of those who saw them: some certain, some to be decided, one told late."""

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from shouwang.access.wall import acting
from shouwang.demo.cast import SPELT
from shouwang.demo.invented.people import TODAY, Person
from shouwang.demo.invented.settlements import NEW_TOWN, Settlement
from shouwang.demo.scene.actors import acting_at, clock_at, moment
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import Minter
from shouwang.people.actions import change_returnee, keep_apart, register_returnee
from shouwang.people.actions.watches import close_due_watches
from shouwang.people.enums import ReturneeSource
from shouwang.people.queries.numbers import told_numbers

_A_DAY = dt.timedelta(days=1)
_PEOPLE = 11
_TITLES = {"male": "师傅", "female": "女士"}
LIST, GATE, CALL, VISIT, DECLARED = (
    ReturneeSource.LIST, ReturneeSource.GATE, ReturneeSource.CALL, ReturneeSource.VISIT, ReturneeSource.DECLARED,
)  # fmt: skip


def welcome_back(seed: int, settlement: Settlement) -> None:
    """Play what was seen and told; in the villages only the first three. Played again it changes nothing."""
    code, office = settlement.code, f"demo-office-{SPELT[settlement.code]}"
    minter = Minter(Random(f"{seed}:{code}:february").getrandbits)
    people = _people(settlement)
    if len(people) < _PEOPLE:
        return
    stories = list(_stories(people))
    seen = []
    for days_ago, hour, said in stories if code == NEW_TOWN else stories[:5]:
        at = moment(TODAY - days_ago * _A_DAY, hour, 12)
        with acting_at(at, office) as scope:
            seen.append(register_returnee(scope, community=code, source_id=minter.at(at), seen_at=at, **said))
    if code == NEW_TOWN:
        with acting_at(moment(TODAY, 8, 40), office) as scope:
            change_returnee(
                scope, returnee_id=seen[0].returnee_id or 0, route="武汉站 G1022 → 天门南站，邻居开车接回",
                companions="丈夫、女儿", last_there_on=TODAY - 11 * _A_DAY,
            )  # fmt: skip
            keep_apart(scope, one=seen[-2].pk, other=seen[-1].pk)
    system = Scope.system(reason="watch periods that are over")
    with clock_at(moment(TODAY, 0, 10)), acting(system):
        close_due_watches(system, on=TODAY)


def _people(settlement: Settlement) -> list[Person]:
    """Grown-ups of the roster with a phone, who did not come back in January, one of each household."""
    found = []
    for home in settlement.households[7::23]:
        grown = [one for one in home.members if one.phone and not one.returned and one.born.year < 2002]
        if grown:
            found.append(grown[-1])
    return found[:_PEOPLE]


def _stories(people: Sequence[Person]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Days ago, hour, and what was said of whom."""
    wuhan, late, slip, titled, other, low, last, over, family = people[:9]
    yield 9, 9, _said(wuhan, LIST, "湖北省武汉市洪山区", 10)
    yield 9, 16, _said(wuhan, GATE, "武汉", 10, id_number="")
    yield 8, 10, _said(wuhan, CALL, "武汉", None, id_number="", remarks="电话里说和丈夫、女儿一起回来的")
    yield 3, 15, _said(late, DECLARED, "武汉市江夏区", 12, remarks="本人主动申报，之前担心邻居议论")
    yield 5, 11, _said(low, VISIT, "广东省深圳市", 6)
    yield 6, 9, _said(slip, LIST, "孝感市", 7, id_number=_slipped(slip.id_number))
    yield 4, 18, _said(slip, GATE, "孝感", 7)
    yield 4, 9, _said(titled, LIST, "武汉市", 5)
    yield (
        2,
        19,
        _said(titled, CALL, "武汉", None, name=f"{titled.name[0]}{_TITLES[titled.sex]}", id_number=""),
    )
    yield 3, 9, _said(other, LIST, "湖北省荆州市", 4)
    yield 13, 9, _said(last, LIST, "武汉市汉阳区", 14)
    yield 14, 9, _said(over, LIST, "武汉市", 16)
    # Somebody whom the roster does not know, seen at the gate and named by a neighbour.
    newcomer = {"name": "潘晓慧", "phone": "13986720518", "id_number": ""}
    yield 1, 17, _told(GATE, "武汉市黄陂区", TODAY - _A_DAY, **newcomer, remarks="投奔姑妈，暂住")
    yield 0, 8, _told(CALL, "黄陂", None, **newcomer | {"name": "小潘"}, remarks="楼下邻居提到")
    # Two brothers who share a phone: asked, and kept apart by the office.
    yield 2, 9, _said(family, LIST, "浙江省温州市", 3, id_number="")
    yield 2, 14, _said(family, GATE, "温州", 3, name=f"{family.name[0]}大勇", id_number="")


def _said(
    one: Person, source: ReturneeSource, origin: str, arrived_days_ago: int | None, **more: Any
) -> dict[str, Any]:
    said = {"name": one.name, "phone": one.phone, "id_number": one.id_number, "remarks": ""} | more
    arrived = None if arrived_days_ago is None else TODAY - arrived_days_ago * _A_DAY
    return _told(source, origin, arrived, **said)


def _told(
    source: ReturneeSource, origin: str, arrived_on: dt.date | None, *, name: str, phone: str, id_number: str,
    remarks: str,
) -> dict[str, Any]:  # fmt: skip
    return {
        "name": name,
        "numbers": told_numbers(id_number, phone, today=TODAY),
        "origin": origin,
        "arrived_on": arrived_on,
        "source": source,
        "remarks": remarks,
    }


def _slipped(number: str) -> str:
    """The number with one digit misread, so that it does not check."""
    return number[:13] + str((int(number[13]) + 3) % 10) + number[14:]
