"""Ways to the pages of the domains that stand beside or below, as far as they are there."""

from django.urls import NoReverseMatch, reverse

from shouwang.access.enums import Permission
from shouwang.kernel.areas import Level
from shouwang.kernel.scope import EVERYWHERE, Scope
from shouwang.places import queries as places


def link(*names: str, args: tuple[object, ...] = ()) -> str:
    """The first of these addresses that exists; empty if none does."""
    for name in names:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""


def home_area(scope: Scope, permission: Permission) -> int | None:
    """The area of the widest grant that carries the permission; where that is everything, where the tree begins."""
    grants = [grant for grant in scope.grants if permission in grant.permissions]
    if not grants and not scope.system_reason:
        return None
    widest = max(((g.first, g.last) for g in grants), key=lambda r: r[1] - r[0], default=EVERYWHERE)
    if widest != EVERYWHERE:
        return widest[0]
    found = places.roots(scope)
    while len(found) == 1 and found[0].level < Level.COUNTY:
        below = places.children(scope, found[0].code)
        if len(below) != 1:
            break
        found = below
    return found[0].code if found else None
