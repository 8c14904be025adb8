"""Compounds, groups and buildings."""

from collections.abc import Iterable

from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.places.enums import CompoundKind
from shouwang.places.models import Area, Building, Compound
from shouwang.places.rules.naming import clean_name

MOST_AT_ONCE = 500
_LONGEST_BUILDING = 20


def lock_community(scope: Scope, community: int) -> None:
    """Hold the community for this transaction, so that two additions to it come one after the other."""
    try:
        level = areas.level_of(community)
    except Refused:
        raise NotFound("area", community) from None
    scope.require(Permission.EDIT_PLACES, community)
    there = Area.objects.select_for_update(no_key=True).filter(code=community, level=Level.COMMUNITY).first()
    if level is not Level.COMMUNITY or there is None:
        raise NotFound("community", community)


def held_compound(scope: Scope, compound_id: int) -> Compound:
    """A compound the actor may change, held for this transaction. Raises `NotFound` or `Forbidden`."""
    found = Compound.objects.select_for_update(no_key=True).filter(pk=compound_id).first()
    if found is None:
        raise NotFound("compound", compound_id)
    scope.require(Permission.EDIT_PLACES, found.community)
    return found


def add_compounds(
    scope: Scope, *, community: int, names: Iterable[str], kind: CompoundKind = CompoundKind.COMPOUND
) -> dict[str, Compound]:
    """Add those of the compounds or groups that are not there yet; answers all of them by name, in one go."""
    lock_community(scope, community)
    wanted = list(dict.fromkeys(clean_name(name) for name in names))
    if len(wanted) > MOST_AT_ONCE:
        raise _too_many(len(wanted))
    there = {compound.name: compound for compound in Compound.objects.filter(community=community)}
    following = max((compound.order for compound in there.values()), default=-1) + 1
    missing = [name for name in wanted if name not in there]
    new = Compound.objects.bulk_create(
        Compound(community=community, name=name, kind=kind, order=following + at)
        for at, name in enumerate(missing)
    )
    if new:
        audit(
            scope, "compounds_added", community=community, subject_kind="compound",
            subject_id=new[0].pk if len(new) == 1 else "", detail={"added": len(new)},
        )  # fmt: skip
    there.update({compound.name: compound for compound in new})
    return {name: there[name] for name in wanted}


def add_compound(
    scope: Scope, *, community: int, name: str, kind: CompoundKind = CompoundKind.COMPOUND
) -> Compound:
    """Add a compound, hamlet or village group. The same name again answers what is there."""
    (compound,) = add_compounds(scope, community=community, names=[name], kind=kind).values()
    return compound


def rename_compound(scope: Scope, *, compound_id: int, name: str) -> Compound:
    """Correct a compound's name. Raises `Refused` if another one of the community has it."""
    compound = held_compound(scope, compound_id)
    name = clean_name(name)
    if name == compound.name:
        return compound
    if Compound.objects.filter(community=compound.community, name=name).exists():
        raise Refused("compound_exists", gettext_noop("%(name)s exists here already."), name=name)
    compound.name = name
    compound.save(update_fields=["name"])
    audit(
        scope,
        "compound_renamed",
        community=compound.community,
        subject_kind="compound",
        subject_id=compound.pk,
    )
    return compound


def add_buildings(
    scope: Scope, *, compound_id: int, buildings: Iterable[tuple[str, int, int]]
) -> list[Building]:
    """Add or complete buildings, each ``(name, units, floors)`` with 0 for *not known*; answers them in that order.

    What is known is not overwritten by 0.
    """
    compound = held_compound(scope, compound_id)
    wanted: dict[str, tuple[int, int]] = {}
    for name, units, floors in buildings:
        key = _building_name(name)
        known = wanted.get(key, (0, 0))
        wanted[key] = (_count(units) or known[0], _count(floors) or known[1])
    if len(wanted) > MOST_AT_ONCE:
        raise _too_many(len(wanted))
    there = {building.name: building for building in Building.objects.filter(compound=compound)}
    following = max((building.order for building in there.values()), default=-1) + 1
    new: list[Building] = []
    changed: list[Building] = []
    for name, (units, floors) in wanted.items():
        building = there.get(name)
        if building is None:
            new.append(
                Building(
                    community=compound.community, compound=compound, name=name, units=units, floors=floors,
                    order=following + len(new),
                )
            )  # fmt: skip
        elif (units or building.units, floors or building.floors) != (building.units, building.floors):
            building.units, building.floors = units or building.units, floors or building.floors
            changed.append(building)
    there.update({building.name: building for building in Building.objects.bulk_create(new)})
    Building.objects.bulk_update(changed, ["units", "floors"])
    if new or changed:
        audit(
            scope, "buildings_added", community=compound.community, subject_kind="compound",
            subject_id=compound.pk, detail={"added": len(new), "changed": len(changed)},
        )  # fmt: skip
    return [there[name] for name in wanted]


def add_building(scope: Scope, *, compound_id: int, name: str, units: int = 0, floors: int = 0) -> Building:
    """Add one building, or complete it."""
    (building,) = add_buildings(scope, compound_id=compound_id, buildings=[(name, units, floors)])
    return building


def _building_name(raw: str) -> str:
    """``3栋`` and ``3号楼`` are told apart by nobody: only the number or word before the counter is kept."""
    name = clean_name(raw)
    for counter in ("号楼", "栋", "幢", "座", "楼"):
        if name.endswith(counter) and len(name) > len(counter):
            name = name.removesuffix(counter)
            break
    if len(name) > _LONGEST_BUILDING:
        raise Refused(
            "building_name_long",
            gettext_noop("“%(name)s” is too long for a building: at most %(most)s characters."),
            name=name,
            most=_LONGEST_BUILDING,
        )
    return name


def _count(number: int) -> int:
    if not 0 <= number <= 200:
        hint = gettext_noop("Units and floors lie between 0 and 200; %(number)s does not.")
        raise Refused("building_count", hint, number=number)
    return number


def _too_many(number: int) -> Refused:
    return Refused(
        "too_many_at_once",
        gettext_noop("%(number)s at once are too many; send at most %(most)s."),
        number=number,
        most=MOST_AT_ONCE,
    )
