"""Opening a household's page: the link lets in, nothing else does."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.door.actions.using import note_use
from shouwang.door.intake import from_here
from shouwang.door.queries.links import MAY, Here, find, scope_at
from shouwang.door.rules.labels import labels
from shouwang.door.rules.links import Token, read_token
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.queries.households import addresses_of
from shouwang.places.queries import names, profile_for
from shouwang.places.queries.duty_phones import DutyLine, duty_phones

LARGE = "door_large"
"""The cookie of the elderly mode: nothing but yes."""


KEPT_SECONDS = 5.0
"""So long what is the same behind all doors of a community is believed: after breakfast they all open at once."""


class Around(NamedTuple):
    """What is the same behind all doors of a community."""

    profile: DiseaseProfile
    phones: list[DutyLine]
    place: str


_kept: dict[int, tuple[float, Around]] = {}


def _around(scope: Scope, community: int) -> Around:
    read_at, found = _kept.get(community, (-KEPT_SECONDS, None))
    now = time.monotonic()
    if found is None or now - read_at > KEPT_SECONDS:
        found = Around(
            profile_for(scope, community),
            duty_phones(scope, community),
            names([community]).get(community, ""),
        )
        _kept[community] = now, found
    return found


@dataclass
class Opened:
    """The page of one household. Nothing it asks for names another one."""

    request: HttpRequest
    token: Token
    here: Here
    scope: Scope
    proxy: str = ""
    """Who is signed in and fills it in for the household."""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def large(self) -> bool:
        return self.request.COOKIES.get(LARGE) == "1"

    @property
    def english(self) -> bool:
        return get_language() == "en"

    @cached_property
    def around(self) -> "Around":
        return _around(self.scope, self.here.community)

    @property
    def profile(self) -> DiseaseProfile:
        return self.around.profile

    @property
    def phones(self) -> list[DutyLine]:
        return self.around.phones

    @property
    def place(self) -> str:
        return self.around.place

    @cached_property
    def address(self) -> str:
        return addresses_of(self.scope, [self.here.household]).get(self.here.household, "")

    @cached_property
    def names(self) -> dict[int, str]:
        """How the page calls everybody: shortened, told apart where two would be called the same."""
        return labels(self.here.people)

    @cached_property
    def new_id(self) -> UUID:
        return mint(clock.now())

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return shown(self.request, template, status, door=self, **context)


View = Callable[..., HttpResponse]


def shown(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def at_the_door(view: View) -> View:
    """A page behind a link. Without a household behind it, the answer is the same whatever is wrong with the link."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **places: Any) -> HttpResponse:
        read = read_token(token)
        if read is None:
            return _dead(request)
        if request.method == "POST" and not from_here(request.META):
            return shown(request, "door/foreign.html", 403)
        with acting(scope_at(read.community)):
            here = find(read)
            if here is None:
                return _dead(request)
            scope, proxy = _who(request, here)
            door = Opened(request, read, here, scope, proxy)
            if not here.in_use:
                return door.page("door/gone.html", 410)
            note_use(here)
            return view(door, **places)

    # The link is the capability; there is no cookie that a foreign page could ride on (`from_here`).
    return csrf_exempt(login_not_required(opened))


def _who(request: HttpRequest, here: Here) -> tuple[Scope, str]:
    """The household itself; or whoever is signed in and reaches households here, in whose name it is then written."""
    desk: Scope = getattr(request, "scope", Scope.nobody())
    if desk.actor_id is None or not desk.may(Permission.RECORD_ATTEMPT, here.community):
        return scope_at(here.community), ""
    grant = GrantedRange(here.community, here.community, MAY, "door")
    return Scope(desk.actor_id, desk.actor_name, (grant,)), desk.actor_name


def _dead(request: HttpRequest) -> HttpResponse:
    return shown(request, "door/dead.html", 404)
