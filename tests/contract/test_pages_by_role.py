"""Each page for each role: opened by the permission it stands for, closed to the others, and never broken."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from access.people import AREA, COMMUNITY, COUNTY, TOWN, VILLAGE, system, user_with
from contract.test_strangers import ALL, address
from shouwang.access.enums import PERMISSIONS, Permission, Role
from shouwang.access.models import User
from shouwang.access.wall import acting
from shouwang.places.actions import import_divisions

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

# A page about a community, and what opens it there.
PAGES = {
    "places:area": None,
    "places:edit": Permission.EDIT_PLACES,
    "people:index": Permission.READ_PEOPLE,
    "people:households": Permission.READ_PEOPLE,
    "people:import": Permission.IMPORT_ROSTER,
    "screening:rounds": Permission.READ_ROUND,
    "screening:fevers": Permission.READ_FEVERS,
    "screening:search": Permission.HANDLE_MATTER,
    "supplies:requests": Permission.READ_REQUESTS,
    "grievances:matters": Permission.HANDLE_MATTER,
    "people:proposals": Permission.EDIT_PEOPLE,
    "gates:area": Permission.READ_CHECKS,
    "gates:checks": Permission.READ_CHECKS,
    "reporting:today": Permission.READ_TODAY,
    "reporting:report": Permission.READ_REPORT,
}


@pytest.fixture(autouse=True)
def divisions() -> None:
    rows = f"code,name\n{TOWN},竟陵街道\n{COMMUNITY},新城社区\n429006121000,佛子山镇\n{VILLAGE},双湖村\n"
    with acting(system()):
        import_divisions(system(), content=rows.encode(), file_name="divisions.csv")


def status(client: Client, page: str, code: int) -> int:
    return client.get(reverse(page, args=[code])).status_code


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_by_its_permission(sign_in: SignIn, role: Role) -> None:
    client = sign_in(user_with([(role, AREA[role])]))
    wrong = {}
    for page, permission in PAGES.items():
        may = permission is None or permission in PERMISSIONS[role]
        got = status(client, page, COMMUNITY)
        if got not in ({200} if may else {403, 404}):
            wrong[page] = got
    assert not wrong


@pytest.mark.parametrize("role", [role for role in Role if AREA[role] != COUNTY])
def test_no_page_opens_outside_the_range(sign_in: SignIn, role: Role) -> None:
    client = sign_in(user_with([(role, AREA[role])]))
    opened = {page for page in PAGES for code in (VILLAGE, COUNTY) if status(client, page, code) == 200}
    assert not opened


@pytest.mark.parametrize("role", Role)
def test_no_address_breaks(sign_in: SignIn, role: Role) -> None:
    client = sign_in(user_with([(role, AREA[role])]))
    client.raise_request_exception = False
    broken = {name for name, route in ALL if client.get(address(route)).status_code >= 500}
    assert not broken
