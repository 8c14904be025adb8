"""Single places of the tree: those missing from every list, other names, places no longer in use."""

from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import initials
from shouwang.places.actions.divisions import lock_tree
from shouwang.places.enums import AreaKind
from shouwang.places.models import Area
from shouwang.places.rules.naming import clean_name, free_code, kind_of


def _locked(scope: Scope, code: int) -> Area:
    """The area, held for this transaction; required to be the actor's as a whole."""
    try:
        scope.require(Permission.EDIT_PLACES, *areas.span(code))
    except Refused:
        raise NotFound("area", code) from None
    found = Area.objects.select_for_update(no_key=True).filter(code=code).first()
    if found is None:
        raise NotFound("area", code)
    return found


def add_area(
    scope: Scope, *, parent: int, name: str, aliases: tuple[str, ...] = (), kind: AreaKind | None = None
) -> Area:
    """Add a real place that the list does not have; it gets a free code of its own and is marked as added.

    Adding the same name again answers the place that is there. Raises `Refused` if the list has the name already.
    """
    lock_tree()
    above = _locked(scope, parent)
    name = clean_name(name)
    first, last = areas.span(parent)
    there = Area.objects.filter(parent=parent, name=name, active=True).first()
    if there is not None:
        if there.added:
            return there
        hint = gettext_noop("%(name)s stands in the list already, under %(code)s.")
        raise Refused("area_exists", hint, name=name, code=areas.short_code(there.code))
    taken = set(Area.objects.filter(code__range=(first, last)).values_list("code", flat=True))
    code = free_code(parent, taken)
    area = Area.objects.create(
        code=code,
        name=name,
        level=areas.level_of(code),
        kind=kind or kind_of(code, name),
        parent=above,
        aliases=[clean_name(alias) for alias in aliases],
        initials=initials(name)[:60],
        added=True,
    )
    audit(scope, "area_added", community=code, subject_kind="area", subject_id=code)
    return area


def rename_area(scope: Scope, *, code: int, name: str) -> Area:
    """Correct a name; the name before stays as an alias, so that lists and people still find the place."""
    area = _locked(scope, code)
    name = clean_name(name)
    if name == area.name:
        return area
    aliases = [alias for alias in area.aliases if alias != name]
    if not area.name.isdigit():  # a city that stood there by its code alone
        aliases.append(area.name)
    area.name, area.aliases, area.initials = name, aliases, initials(name)[:60]
    area.save(update_fields=["name", "aliases", "initials"])
    audit(scope, "area_renamed", community=code, subject_kind="area", subject_id=code)
    return area


def add_alias(scope: Scope, *, code: int, alias: str) -> Area:
    """Another name people use for the place."""
    area = _locked(scope, code)
    alias = clean_name(alias)
    if alias == area.name or alias in area.aliases:
        return area
    area.aliases = [*area.aliases, alias]
    area.save(update_fields=["aliases"])
    audit(scope, "area_alias_added", community=code, subject_kind="area", subject_id=code)
    return area


def remove_alias(scope: Scope, *, code: int, alias: str) -> Area:
    """Take an alias away. Harmless if it is gone already."""
    area = _locked(scope, code)
    if alias not in area.aliases:
        return area
    area.aliases = [other for other in area.aliases if other != alias]
    area.save(update_fields=["aliases"])
    audit(scope, "area_alias_removed", community=code, subject_kind="area", subject_id=code)
    return area


def deactivate_area(scope: Scope, *, code: int) -> Area:
    """Take a place out of use: it stays, with all that happened in it, but is offered no more.

    Raises `Refused` while it holds places in use.
    """
    area = _locked(scope, code)
    if not area.active:
        return area
    if area.level < Level.COMMUNITY and Area.objects.filter(parent=code, active=True).exists():
        raise Refused(
            "area_has_children",
            gettext_noop("%(name)s still holds places in use: take those out of use first."),
            name=area.name,
        )
    return _set_active(scope, area, False)


def reactivate_area(scope: Scope, *, code: int) -> Area:
    """Take a place into use again."""
    area = _locked(scope, code)
    return area if area.active else _set_active(scope, area, True)


def _set_active(scope: Scope, area: Area, active: bool) -> Area:
    area.active = active
    area.save(update_fields=["active"])
    verb = "area_reactivated" if active else "area_deactivated"
    audit(scope, verb, community=area.code, subject_kind="area", subject_id=area.code)
    return area
