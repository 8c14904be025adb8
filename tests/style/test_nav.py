"""The navigation shows what the role may do, at the home area, and nothing else."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils import translation

from shouwang.access import context
from shouwang.access.enums import PERMISSIONS, Permission, Role
from shouwang.kernel.scope import EVERYWHERE, GrantedRange, Scope

XINCHENG = 429006001023
CITY = (429006000000, 429006999999)
pytestmark = pytest.mark.django_db  # what waits behind a link is counted


def scope(*grants: tuple[Role, int, int]) -> Scope:
    return Scope(7, "陈静", tuple(GrantedRange(a, b, frozenset(PERMISSIONS[r]), r) for r, a, b in grants))


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "area_name", lambda code: f"area {code}")


def built(actor: Scope | None, **match: str) -> context.Nav:
    request = RequestFactory().get("/x")
    request.scope = actor
    request.resolver_match = SimpleNamespace(**match) if match else None
    with translation.override("en"):
        return context.build(request)


def test_a_stranger_sees_nothing() -> None:
    assert built(None) == context.Nav()
    assert built(Scope.nobody()) == context.Nav()


@pytest.mark.parametrize("role", Role)
def test_no_link_without_its_permission(role: Role) -> None:
    shown = {str(link.label) for link in built(scope((role, XINCHENG, XINCHENG))).items}
    for place in context.PLACES:
        if place.permission and place.permission not in PERMISSIONS[role]:
            assert str(place.label) not in shown


def test_home_is_the_widest_grant() -> None:
    assert context.home_of(scope((Role.OFFICE, XINCHENG, XINCHENG))) == XINCHENG
    assert context.home_of(scope((Role.CALLER, XINCHENG, XINCHENG), (Role.HEADQUARTERS, *CITY))) == CITY[0]
    assert context.home_of(Scope.nobody()) is None
    assert context.home_of(scope((Role.OFFICE, XINCHENG, XINCHENG + 3))) is None, "no area has this range"


def test_who_and_where() -> None:
    nav = built(scope((Role.OFFICE, XINCHENG, XINCHENG), (Role.CALLER, XINCHENG, XINCHENG)))
    assert (nav.who, nav.role, nav.area) == ("陈静", "community office, caller", f"area {XINCHENG}")
    assert built(scope((Role.ADMINISTRATOR, *EVERYWHERE))).area == "all areas"


def test_one_entry_is_here() -> None:
    audit = scope((Role.ADMINISTRATOR, *CITY))
    place = context.Place("Audit", "history", Permission.READ_AUDIT, ("access:audit",), ("audit",))
    request = RequestFactory().get("/accounts/audit/")
    request.resolver_match = SimpleNamespace(namespace="access", url_name="audit_export")
    assert context._is_here(place, "/accounts/audit/", request)
    request.resolver_match = SimpleNamespace(namespace="access", url_name="users")
    assert not context._is_here(place, "/elsewhere/", request)
    assert audit.may(Permission.READ_AUDIT)


def test_an_address_that_is_not_there_yet_is_left_out() -> None:
    assert context.address(("nowhere:nothing",), XINCHENG) == ""
    assert context.address(("nowhere:nothing", "healthz"), XINCHENG) == "/healthz"


def test_the_thumb_has_at_most_five() -> None:
    links = tuple(context.Link(str(n), "home", "/") for n in range(8))
    nav = context.Nav(items=links)
    assert len(nav.thumb) == 4
    assert nav.thumb + nav.rest == links
    assert context.Nav(items=links[:5]).rest == ()
