"""The table of roles: who may do what, written out a second time by hand; and which pages open for whom."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from access.people import AREA, COMMUNITY, COUNTY, user_with
from shouwang.access.enums import PERMISSIONS, Permission, Role
from shouwang.access.models import User
from shouwang.access.queries import scope_of

# One column a role, in this order; x: may, for the whole of her range; anything else: may not.
ORDER = (
    Role.HEADQUARTERS, Role.TOWN, Role.OFFICE, Role.GATE_KEEPER, Role.CALLER, Role.REPORTER, Role.ADMINISTRATOR,
)  # fmt: skip
TABLE = """
                  hq town office gate caller reporter admin
read_today        x  x    x      .    .      x        .
read_report       x  x    x      .    .      x        .
export_report     x  x    x      .    .      x        .
edit_places       x  x    x      .    .      .        x
import_divisions  x  .    .      .    .      .        x
read_people       x  x    x      .    x      .        .
edit_people       .  .    x      .    .      .        .
import_roster     .  .    x      .    .      .        .
reveal_sealed     x  x    x      .    x      .        .
register_returnee x  x    x      x    x      .        .
read_round        x  x    x      .    x      x        .
open_round        .  .    x      .    .      .        .
record_attempt    .  .    x      .    x      .        .
manage_caseloads  .  .    x      .    .      .        .
read_fevers       x  x    x      .    .      x        .
take_fever        x  x    x      .    .      .        .
read_requests     x  x    x      .    x      .        .
handle_request    .  .    x      .    .      .        .
handle_matter     x  x    x      .    .      .        .
issue_pass        x  x    x      .    .      .        .
record_check      .  .    x      x    .      .        .
read_checks       x  x    x      x    .      x        .
set_hold          x  x    x      .    .      .        .
take_emergency    x  x    x      .    .      .        .
manage_devices    x  x    x      .    .      .        .
read_workforce    x  x    x      .    .      .        .
call_up           x  .    .      .    .      .        .
deploy            x  .    .      .    .      .        .
ask_reinforcement x  x    x      .    .      .        .
manage_roster     .  .    x      .    .      .        .
manage_users      .  .    .      .    .      .        x
read_audit        .  .    .      .    .      .        x
"""
LINES = [line.split() for line in TABLE.strip().splitlines()[1:]]
# Health data and what points at a person: an administrator of accounts has none of it.
ABOUT_PEOPLE = {
    Permission.READ_PEOPLE, Permission.REVEAL_SEALED, Permission.READ_ROUND, Permission.READ_FEVERS,
    Permission.READ_CHECKS, Permission.EDIT_PEOPLE, Permission.IMPORT_ROSTER, Permission.REGISTER_RETURNEE,
    Permission.SET_HOLD, Permission.TAKE_EMERGENCY, Permission.TAKE_FEVER, Permission.READ_REQUESTS,
    Permission.HANDLE_REQUEST, Permission.HANDLE_MATTER, Permission.MANAGE_CASELOADS, Permission.READ_WORKFORCE,
    Permission.CALL_UP, Permission.DEPLOY, Permission.MANAGE_ROSTER,
}  # fmt: skip
SignIn = Callable[[User], Client]
EVERYBODY = set(Role)
ADMINISTRATOR = {Role.ADMINISTRATOR}
# Page: who may open it. The others get 403.
PAGES = {
    "access:account": EVERYBODY,
    "access:password": EVERYBODY,
    "access:second_factor": EVERYBODY,
    "access:users": ADMINISTRATOR,
    "access:user_new": ADMINISTRATOR,
    "access:user_areas": ADMINISTRATOR,
    "access:audit": ADMINISTRATOR,
    "access:audit_export": ADMINISTRATOR,
}


def test_the_table_is_complete() -> None:
    assert {line[0] for line in LINES} == {permission.value for permission in Permission}
    assert set(ORDER) == set(Role)


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_roles_may_what_the_table_says(line: list[str]) -> None:
    permission, *marks = line
    assert {role for role in Role if permission in PERMISSIONS[role]} == {
        role for role, mark in zip(ORDER, marks, strict=True) if mark == "x"
    }


def test_an_administrator_sees_no_health_data() -> None:
    assert not PERMISSIONS[Role.ADMINISTRATOR] & ABOUT_PEOPLE


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_grant_gives_the_permissions_of_its_role_in_its_range_alone(role: Role) -> None:
    scope = scope_of(user_with([(role, AREA[role])]))
    for permission in Permission:
        held = permission in PERMISSIONS[role]
        assert scope.may(permission, COMMUNITY) is held
        assert not scope.may(permission, COUNTY + 10**6), "the neighbouring county"


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_pages_open_for_their_roles(sign_in: SignIn, role: Role) -> None:
    client = sign_in(user_with([(role, AREA[role])]))
    for page, roles in PAGES.items():
        assert client.get(reverse(page)).status_code == (200 if role in roles else 403), page


@pytest.mark.django_db
def test_who_has_no_role_sees_her_account_and_nothing_else(sign_in: SignIn) -> None:
    client = sign_in(user_with())
    assert client.get(reverse("access:account")).status_code == 200
    assert client.get(reverse("access:users")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_the_api_says_who_i_am(sign_in: SignIn, role: Role) -> None:
    me = sign_in(user_with([(role, AREA[role])])).get("/api/v1/access/me").json()
    assert me["username"] == "wang.min"
    (held,) = me["roles"]
    assert held["role"] == role
    assert held["first"] == AREA[role]
    assert set(held["permissions"]) == set(PERMISSIONS[role])
