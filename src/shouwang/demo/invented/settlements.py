"""The three communities of the scene, at their real size."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from shouwang.demo.invented.households import REGISTERED_SIZES, TOWN_SIZES, Member, sizes
from shouwang.demo.invented.numbers import Numbers
from shouwang.demo.invented.people import Furnisher, Home, Household, Person, Return

NEW_TOWN, LI_FIELD, TWIN_LAKES = 429006001023, 429006103210, 429006121211
MAIN_COMPOUND = "滨江美景湾"
RELEASED_ON = date(2020, 2, 20)
_ISOLATED = "密接，集中隔离14天，2月20日期满"


@dataclass(frozen=True, slots=True)
class Block:
    """Some buildings alike: numbers first to last, each with units × floors × doors homes."""

    first: int
    last: int
    units: int
    floors: int
    doors: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way in. ``status`` is open, sealed or emergency; ``whole``: it leads into the whole village."""

    name: str
    status: str
    reason: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Compound:
    """A housing compound (with blocks) or a village group (without)."""

    name: str
    households: int
    ways: tuple[Way, ...]
    blocks: tuple[Block, ...] = ()

    def homes(self, rng: Random) -> list[Home]:
        """The lived-in homes in order of address; the others stand empty."""
        if not self.blocks:
            return [Home(self.name, room=str(n + 1)) for n in range(self.households)]
        doors = list(self._doors())
        if len(doors) < self.households:
            raise ValueError(f"{self.name}: {self.households} households, but only {len(doors)} homes")
        return [doors[i] for i in sorted(rng.sample(range(len(doors)), self.households))]

    def _doors(self) -> Iterator[Home]:
        for block in self.blocks:
            for building in range(block.first, block.last + 1):
                for unit in range(1, block.units + 1):
                    for floor in range(1, block.floors + 1):
                        for door in range(1, block.doors + 1):
                            yield Home(self.name, str(building), str(unit), f"{floor}{door:02d}")


@dataclass(frozen=True, slots=True)
class Settlement:
    """A community with its compounds and the households that live in them."""

    code: int
    name: str
    compounds: tuple[Compound, ...]
    households: tuple[Household, ...]

    @property
    def people(self) -> int:
        return sum(len(h.members) for h in self.households)


_ONE_GATE = "防控指挥部通告：小区只留一个出入口，24小时值守"
_SHUT = "防控指挥部通告：其余出入口一律封闭"
_EXIT = "只作消防、急救通道，平时上锁"


def _town(
    name: str, households: int, *blocks: Block, open_gate: str = "大门", sealed: tuple[str, ...]
) -> Compound:
    shut = tuple(Way(way, "sealed", _SHUT) for way in sealed)
    return Compound(name, households, (Way(open_gate, "open", _ONE_GATE), *shut), blocks)


_NEW_TOWN = (
    Compound(
        MAIN_COMPOUND,
        520,
        (
            Way("南大门", "open", _ONE_GATE),
            Way("东侧消防通道", "emergency", _EXIT),
            Way("北门", "sealed", _SHUT),
            Way("西侧人行门", "sealed", _SHUT),
            Way("地下车库出口", "sealed", _SHUT),
        ),
        (Block(1, 6, 2, 11, 2), Block(7, 10, 2, 18, 2)),
    ),
    _town("锦绣新城", 980, Block(1, 12, 2, 18, 2), Block(13, 16, 3, 11, 2), sealed=("东门", "北门")),
    _town("书香苑", 760, Block(1, 11, 2, 18, 2), sealed=("学校侧门", "西门")),
    _town("新城一品", 720, Block(1, 7, 2, 28, 2), open_gate="北大门", sealed=("南门", "车库出口")),
    _town("阳光水岸", 690, Block(1, 10, 2, 18, 2), sealed=("河堤便门", "西门")),
    _town("百合家园", 640, Block(1, 23, 3, 6, 2), sealed=("东门", "菜场便门")),
    _town("茶香花园", 610, Block(1, 20, 3, 6, 2), open_gate="西大门", sealed=("东门",)),
    _town("桥南小区", 560, Block(1, 18, 3, 6, 2), sealed=("北门", "围墙缺口")),
    _town("工贸宿舍区", 430, Block(1, 10, 4, 6, 2), sealed=("后门",)),
    _town("棉纺家属院", 410, Block(1, 9, 4, 6, 2), sealed=("后门", "锅炉房通道")),
    _town("新城北苑", 360, Block(1, 9, 2, 11, 2), sealed=("南门",)),
    _town("步行街片区", 250, Block(1, 22, 1, 6, 2), open_gate="街口卡点", sealed=("二巷口", "三巷口")),
)


def _groups(counts: tuple[int, ...]) -> tuple[Compound, ...]:
    """Village groups; the whole village keeps one gate, on the road of the first group."""
    numerals = "一二三四五六七八九十"
    found = []
    for i, households in enumerate(counts):
        ways: tuple[Way, ...] = (Way(f"{numerals[i]}组机耕路口", "sealed", "村村封路：机耕路口土方封堵"),)
        if i == 0:
            ways = (Way("村口卡点", "open", "全村只留一个出入口，24小时值守", whole=True), *ways)
        found.append(Compound(f"{numerals[i]}组", households, ways))
    return tuple(found)


_LI_FIELD = _groups((58, 64, 71, 49, 66, 54))
_TWIN_LAKES = _groups((42, 45, 38, 51, 40, 36, 47, 59))


def _scaled(compounds: tuple[Compound, ...], scale: float) -> tuple[Compound, ...]:
    if scale == 1:
        return compounds
    return tuple(replace(c, households=max(2, round(c.households * scale))) for c in compounds)


# code, name, compounds or groups, people (None: as the sizes fall), clans (none: a town community)
_PLANS: tuple[tuple[int, str, tuple[Compound, ...], int | None, str], ...] = (
    (NEW_TOWN, "新城社区", _NEW_TOWN, 19_860, ""),
    (LI_FIELD, "李场村", _LI_FIELD, None, "李李李程肖"),
    (TWIN_LAKES, "双湖村", _TWIN_LAKES, 1474, "熊熊鲁胡"),
)


def away_until(settlement: Settlement) -> dict[int, date]:
    """Households (by their place in the list) that are at the isolation site, with the day they come home."""
    return {
        place: RELEASED_ON
        for place, household in enumerate(settlement.households)
        if all(_ISOLATED in person.remarks for person in household.members)
    }


def settlements(seed: int, scale: float = 1.0) -> tuple[Settlement, ...]:
    """The three communities. ``scale`` below 1 shrinks every compound alike, for tests."""
    return _settlements(seed, scale)


@cache  # of all arguments, so that the default and the same number said are one
def _settlements(seed: int, scale: float) -> tuple[Settlement, ...]:
    numbers = Numbers(seed)
    return tuple(
        _settle(seed, numbers, code, name, _scaled(compounds, scale), people if scale == 1 else None, clans)
        for code, name, compounds, people, clans in _PLANS
    )


def _settle(
    seed: int,
    numbers: Numbers,
    code: int,
    name: str,
    compounds: tuple[Compound, ...],
    people: int | None,
    clans: str,
) -> Settlement:
    rng = Random(f"{seed}:{code}")
    village = bool(clans)
    homes = [home for compound in compounds for home in compound.homes(rng)]
    shares = REGISTERED_SIZES if village else TOWN_SIZES
    furnisher = Furnisher(rng, numbers, village=village, clans=clans)
    households = list(furnisher.households(homes, sizes(rng, len(homes), people, shares)))
    if code == LI_FIELD:
        at = next(i for i, h in enumerate(households) if h.home.compound == "三组")
        households[at] = _isolated_family(furnisher, households[at].home)
    return Settlement(code, name, compounds, tuple(households))


def _isolated_family(furnisher: Furnisher, home: Home) -> Household:
    """The family of six: contacts of a case, fourteen days at the isolation site, home on 20 February."""
    family = furnisher.household(
        home,
        [
            Member("户主", "male", 38),
            Member("配偶", "female", 36, line=1),
            Member("子", "male", 13),
            Member("女", "female", 8),
            Member("母亲", "female", 64, line=2),
            Member("父亲", "male", 66),
        ],
    )
    members = tuple(replace(m, returned=None, remarks=_since(m)) for m in family.members)
    husband = replace(members[0], returned=Return("湖北省武汉市", date(2020, 1, 22)))
    return replace(family, members=(husband, *members[1:]))


def _since(person: Person) -> str:
    return f"{person.remarks}；{_ISOLATED}" if person.remarks else _ISOLATED
