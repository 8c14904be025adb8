"""What every page shows around its content: who I am, where I belong, where I may go."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.access import clock
from shouwang.access.enums import Permission, Role
from shouwang.kernel import areas
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import EVERYWHERE, Scope

ROLE_WORDS = {
    Role.HEADQUARTERS: pgettext_lazy("role", "headquarters"),
    Role.TOWN: pgettext_lazy("role", "town"),
    Role.OFFICE: pgettext_lazy("role", "community office"),
    Role.GATE_KEEPER: pgettext_lazy("role", "gate keeper"),
    Role.CALLER: pgettext_lazy("role", "caller"),
    Role.REPORTER: pgettext_lazy("role", "information reporter"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "administrator"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation: shown to whoever holds the permission, as soon as one of its addresses exists."""

    label: Any
    icon: str
    permission: Permission | None
    names: tuple[str, ...]
    """URL names, tried in turn with the home area's code, then without."""
    views: tuple[str, ...] = ()
    """Beginnings of view names that belong here; without, the whole namespace does."""
    but: tuple[str, ...] = ()
    """Of a whole namespace: beginnings of view names that belong to another entry."""


PLACES = (
    Place(
        _("Today"), "calendar-event", Permission.READ_TODAY, ("reporting:today",), ("today", "home", "index")
    ),
    Place(
        _("Rounds"),
        "clipboard-check",
        Permission.READ_ROUND,
        ("screening:rounds", "screening:index", "screening:round"),
        but=("fever", "search"),
    ),
    Place(
        pgettext_lazy("place", "Fever"),
        "temperature-plus",
        Permission.READ_FEVERS,
        ("screening:fevers",),
        ("fever",),
    ),
    Place(_("Gate"), "barrier-block", Permission.READ_CHECKS, ("gates:index",)),
    Place(
        _("People"), "users", Permission.READ_PEOPLE, ("people:index", "people:search", "people:households")
    ),
    Place(_("Needs"), "shopping-cart", Permission.READ_REQUESTS, ("supplies:requests",)),
    Place(_("Grievances"), "scale", Permission.HANDLE_MATTER, ("grievances:matters",)),
    Place(_("Caseloads"), "layout-grid", Permission.READ_PEOPLE, ("workforce:caseloads",)),
    Place(_("Areas"), "sitemap", None, ("places:area", "places:index")),
    Place(
        _("Report"),
        "report-analytics",
        Permission.READ_REPORT,
        ("reporting:report", "reporting:daily"),
        ("report", "daily"),
    ),
    Place(_("Users"), "users-group", Permission.MANAGE_USERS, ("access:users",), ("user", "grant")),
    Place(_("Audit"), "history", Permission.READ_AUDIT, ("access:audit",), ("audit",)),
)
OWN = (
    Place(_("My account"), "settings", None, ("access:account", "access:profile")),
    Place(_("Second factor"), "shield-lock", None, ("access:totp", "access:second_factor")),
)
SEARCH = ("people:search", "people:index")
THUMB = 4
"""Entries of the bar at the thumb; what does not fit goes under “More”."""


@dataclass(frozen=True, slots=True)
class Link:
    label: Any
    icon: str
    href: str
    here: bool = False
    count: int = 0
    """How many wait there for this reader; 0 is not shown."""


@dataclass(frozen=True, slots=True)
class Nav:
    who: str = ""
    role: str = ""
    area: str = ""
    home: int | None = None
    search: str = ""
    items: tuple[Link, ...] = field(default=())
    own: tuple[Link, ...] = field(default=())

    @property
    def now(self) -> dt.datetime:
        return clock.now()

    @property
    def thumb(self) -> tuple[Link, ...]:
        return self.items if len(self.items) <= THUMB + 1 else self.items[:THUMB]

    @property
    def rest(self) -> tuple[Link, ...]:
        return self.items[len(self.thumb) :]


def area_name(code: int) -> str:
    """The name of an area, or its code if it has none. Places lie above this layer: the settings name the query."""
    ask: Callable[[int], str] = import_string(settings.SHOUWANG_AREA_NAME)
    return ask(code) or areas.short_code(code)


def home_of(scope: Scope) -> int | None:
    """The area of the widest grant; ``None`` if there is none, or if it is everything."""
    if not scope.grants:
        return None
    widest = max(scope.grants, key=lambda grant: grant.last - grant.first)
    try:
        return widest.first if areas.span(widest.first) == (widest.first, widest.last) else None
    except Refused:
        return None


def address(names: tuple[str, ...], home: int | None) -> str:
    """The first of the URL names that exists, at the home area if it takes one; empty if none does."""
    for name in names:
        for args in ([home] if home else []), []:
            try:
                return reverse(name, args=args)
            except NoReverseMatch:
                continue
    return ""


def _is_here(place: Place, href: str, request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    return any(name.split(":")[0] == match.namespace for name in place.names) and (
        (not place.views and not str(match.url_name).startswith(place.but))
        or (bool(place.views) and str(match.url_name).startswith(place.views))
        or request.path == href
    )


def _links(
    places: tuple[Place, ...], scope: Scope, home: int | None, request: HttpRequest
) -> tuple[Link, ...]:
    links = []
    for place in places:
        if place.permission and not scope.may(place.permission):
            continue
        if href := address(place.names, home):
            links.append(
                Link(place.label, place.icon, href, _is_here(place, href, request), _waiting(place, scope))
            )
    return tuple(links)


def _waiting(place: Place, scope: Scope) -> int:
    """How many wait at a place of the navigation. Domains lie above this layer: the settings name their queries."""
    query = settings.SHOUWANG_WAITING.get(place.names[0])
    if query is None:
        return 0
    ask: Callable[[Scope], int] = import_string(query)
    return ask(scope)


def build(request: HttpRequest) -> Nav:
    """The navigation of this request's actor."""
    scope: Scope = getattr(request, "scope", None) or Scope.nobody()
    if scope.actor_id is None:
        return Nav()
    home = home_of(scope)
    roles = [str(ROLE_WORDS[role]) for role in Role if role in scope.roles()]
    return Nav(
        who=scope.actor_name,
        role=translate(", ").join(roles),
        area=area_name(home) if home else translate("all areas") if EVERYWHERE in scope.ranges() else "",
        home=home,
        search=address(SEARCH, home) if scope.may(Permission.READ_PEOPLE) else "",
        items=_links(PLACES, scope, home, request),
        own=_links(OWN, scope, home, request),
    )


def nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav`` (worked out only if the page shows it) and ``demo``."""
    return {"nav": SimpleLazyObject(lambda: build(request)), "demo": settings.SHOUWANG_DEMO}
