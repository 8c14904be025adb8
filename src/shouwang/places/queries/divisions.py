"""What a division list would change, before anything is changed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q

from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.places import sheet
from shouwang.places.enums import AreaKind
from shouwang.places.models import Area
from shouwang.places.rules import divisions
from shouwang.places.rules.divisions import Division, Rejected
from shouwang.places.rules.naming import kind_of


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class PlannedArea:
    """One area of the list and what becomes of it. ``unnamed``: only its code is known, from the places in it."""

    code: int
    name: str
    state: State
    kind: AreaKind
    parent: int | None
    before: str = ""
    unnamed: bool = False

    @property
    def level(self) -> Level:
        return areas.level_of(self.code)


@dataclass(slots=True)
class DivisionPlan:
    """A read list against what is there. ``moved``: areas that get the area above them, now that the list brings it."""

    planned: list[PlannedArea] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, same and rejected; towns and communities among the new."""
        states = Counter(place.state.value for place in self.planned)
        new = Counter(place.level for place in self.planned if place.state is State.NEW)
        return {
            **{state.value: states[state.value] for state in State},
            "rejected": len(self.rejected),
            "new_towns": new[Level.TOWN],
            "new_communities": new[Level.COMMUNITY],
        }

    def unnamed(self) -> list[PlannedArea]:
        return [place for place in self.planned if place.unnamed]


def division_plan(scope: Scope, *, content: bytes, file_name: str) -> DivisionPlan:
    """Read a list and say what it would do. Raises `Refused` if nothing in it can be read."""
    read = divisions.read(sheet.rows(content, file_name))
    plan = DivisionPlan(rejected=read.rejected)
    known = _known(read.named)
    wanted = [place for place in read.named.values() if _allowed(scope, place, known, plan)]
    there = known.keys() | {place.code for place in wanted}
    missing = _unnamed_counties(scope, wanted, there)
    there |= missing
    for place in wanted:
        plan.planned.append(_planned(place, known.get(place.code), there))
    for code in missing:
        name = areas.short_code(code)
        plan.planned.append(
            PlannedArea(code, name, State.NEW, AreaKind.UNKNOWN, _parent(code, there), "", True)
        )
    plan.planned.sort(key=lambda place: place.code)
    plan.rejected.sort(key=lambda row: row.line)
    in_list = {place.code for place in plan.planned}
    for code, before in known.items():
        parent = _parent(code, there)
        if code not in in_list and parent is not None and parent != before.parent_id:
            plan.moved[code] = parent
    return plan


def _known(named: Iterable[int]) -> dict[int, Area]:
    """What is there of the listed areas, of what lies in them, and of what lies above them."""
    codes = list(named)
    if not codes:
        return {}
    low, high = min(codes), max(areas.span(code)[1] for code in codes)
    above = {upper for code in codes for upper in areas.ancestors_of(code)}
    return Area.objects.filter(Q(code__range=(low, high)) | Q(code__in=above)).in_bulk()


def _allowed(scope: Scope, place: Division, known: dict[int, Area], plan: DivisionPlan) -> bool:
    cells = (str(place.code), place.name)
    if not scope.may(Permission.IMPORT_DIVISIONS, *areas.span(place.code)):
        before = known.get(place.code)
        if before is None or not _same_name(before, place.name):
            # A list names the areas above its places as well: only what would change something is worth a word.
            hint = gettext_noop("This place is outside your area: whoever keeps the areas there can load it.")
            plan.rejected.append(Rejected(place.line, cells, Refused("division_outside", hint)))
        return False
    before = known.get(place.code)
    if before is not None and before.added and not _same_name(before, place.name):
        hint = gettext_noop(
            "Code %(code)s was given to an added place, %(name)s. Ask for another code, or rename it."
        )
        taken = Refused("division_code_taken", hint, code=str(place.code), name=before.name)
        plan.rejected.append(Rejected(place.line, cells, taken))
        return False
    return True


def _same_name(before: Area, name: str) -> bool:
    """Whether the list says what we know. A place renamed here keeps the list's name as an alias."""
    return name == before.name or name in before.aliases


def _planned(place: Division, before: Area | None, there: set[int]) -> PlannedArea:
    kind, parent = kind_of(place.code, place.name, place.urban_class), _parent(place.code, there)
    if before is None:
        return PlannedArea(place.code, place.name, State.NEW, kind, parent)
    same_kind = kind in (AreaKind.UNKNOWN, before.kind)
    if _same_name(before, place.name) and same_kind and before.parent_id == parent:
        return PlannedArea(place.code, before.name, State.SAME, kind, parent)
    name = before.name if _same_name(before, place.name) else place.name
    return PlannedArea(
        place.code, name, State.CHANGED, kind, parent, before.name if name != before.name else ""
    )


def _parent(code: int, there: set[int]) -> int | None:
    """The nearest area above that is known; a list may begin anywhere."""
    return next((above for above in areas.ancestors_of(code) if above in there), None)


def _unnamed_counties(scope: Scope, wanted: Iterable[Division], there: set[int]) -> set[int]:
    """Cities and counties that hold listed places but stand in no list yet: headquarters needs their page."""
    counties = {
        areas.at_level(place.code, Level.COUNTY)
        for place in wanted
        if areas.level_of(place.code) >= Level.TOWN and place.code // 10**6 % 100
    }
    return {c for c in counties - there if scope.may(Permission.IMPORT_DIVISIONS, *areas.span(c))}
