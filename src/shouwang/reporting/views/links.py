"""Ways from a figure to the people and places behind it, as far as the reader may follow them."""

from django.urls import reverse

from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.scope import EVERYWHERE, Scope
from shouwang.places import queries as places
from shouwang.reporting.queries import DayOfArea, FeverLine


def ways_from(scope: Scope, day: DayOfArea) -> dict[str, str]:
    """Addresses by the names the templates use; empty where there is nothing, or nothing she may see."""
    span, at = areas.span(day.code), [day.code]
    sees_rounds, sees_people = (
        scope.may(Permission.READ_ROUND, *span),
        scope.may(Permission.READ_PEOPLE, *span),
    )
    ways = {
        "places_url": reverse("places:area", args=at),
        "people_url": reverse("people:index" if sees_people else "places:area", args=at),
        "rounds_url": reverse("screening:rounds", args=at) if sees_rounds else "",
        "not_reached_url": "#places",
        "checks_url": reverse("gates:area", args=at) if scope.may(Permission.READ_CHECKS, *span) else "",
    }
    if day.level == Level.COMMUNITY:
        rounds = day.communities[0].rounds if day.communities else ()
        ways["not_reached_url"] = (
            reverse("screening:not_reached", args=[rounds[-1].id]) if rounds and sees_rounds else ""
        )
        ways["checks_url"] = ways["checks_url"] and reverse("gates:checks", args=at)
    return ways


def fever_way(scope: Scope, line: FeverLine) -> str:
    """To the household of a person with fever, or, for whoever may not see people, to the community."""
    if scope.may(Permission.READ_PEOPLE, line.community):
        return reverse("people:household", args=[line.household])
    return reverse("reporting:today", args=[line.community])


def home_area(scope: Scope, permission: Permission) -> int | None:
    """The area of the widest grant that carries the permission; where that is everything, where the tree begins."""
    grants = [(grant.first, grant.last) for grant in scope.grants if permission in grant.permissions]
    widest = max(grants, key=lambda grant: grant[1] - grant[0], default=None)
    if widest != EVERYWHERE:
        return widest and widest[0]
    found = places.roots(scope)
    while len(found) == 1 and found[0].level < Level.COUNTY:
        below = places.children(scope, found[0].code)
        if len(below) != 1:
            break
        found = below
    return found[0].code if found else None
