"""Accounts and roles: what an administrator may give, and to whom."""

import pytest
from django.db import IntegrityError, transaction

from access.people import COMMUNITY, COUNTY, TOWN, VILLAGE, refused, scope_with, system, user_with
from shouwang.access import actions, rules
from shouwang.access.enums import Permission, Role
from shouwang.access.models import AuditEntry, Grant, User
from shouwang.access.queries import scope_of
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused

pytestmark = pytest.mark.django_db


def test_a_grant_opens_its_range_and_no_more() -> None:
    scope = scope_with((Role.TOWN, TOWN))
    assert scope.may(Permission.READ_PEOPLE, COMMUNITY)
    assert not scope.may(Permission.READ_PEOPLE, VILLAGE)
    assert scope.ranges() == ((429006001000, 429006001999),)


def test_granting_twice_is_one_grant_and_one_audit_entry() -> None:
    user = user_with()
    with acting(system()):
        first = actions.grant_role(system(), user_id=user.pk, role=Role.OFFICE, area=COMMUNITY)
        again = actions.grant_role(system(), user_id=user.pk, role=Role.OFFICE, area=COMMUNITY)
        assert first.pk == again.pk
        assert AuditEntry.objects.filter(verb="grant_role", subject_id=str(user.pk)).count() == 1


def test_an_ended_grant_opens_nothing_and_may_be_given_anew() -> None:
    user = user_with([(Role.OFFICE, COMMUNITY)])
    grant = Grant.objects.get(user=user)
    with acting(system()):
        actions.end_grant(system(), grant_id=grant.pk)
        actions.end_grant(system(), grant_id=grant.pk)
        assert scope_of(user).ranges() == ()
        actions.grant_role(system(), user_id=user.pk, role=Role.OFFICE, area=COMMUNITY)
    assert scope_of(user).may(Permission.READ_PEOPLE, COMMUNITY)
    assert Grant.objects.filter(user=user).count() == 2


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.TOWN, 429006121000),
        (Role.HEADQUARTERS, COUNTY),
        (Role.OFFICE, VILLAGE),
        (Role.ADMINISTRATOR, COUNTY),
    ],
)
def test_an_administrator_grants_only_within_her_range(role: Role, area: int) -> None:
    scope = scope_with((Role.ADMINISTRATOR, TOWN))
    other = user_with(username="li.na")
    with acting(scope), pytest.raises(Forbidden):
        actions.grant_role(scope, user_id=other.pk, role=role, area=area)


def test_the_administrator_of_the_county_grants_headquarters() -> None:
    scope = scope_with((Role.ADMINISTRATOR, COUNTY))
    other = user_with(username="li.na")
    with acting(scope):
        actions.grant_role(scope, user_id=other.pk, role=Role.HEADQUARTERS, area=COUNTY)
    assert scope_of(other).may(Permission.READ_FEVERS, VILLAGE)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_grant(role: Role) -> None:
    area = next(a for a in (COUNTY, TOWN, COMMUNITY) if rules.areas.level_of(a) in rules.LEVELS[role])
    scope = scope_with((role, area))
    other = user_with(username="li.na")
    with acting(scope):
        with pytest.raises(Forbidden):
            actions.grant_role(scope, user_id=other.pk, role=Role.CALLER, area=COMMUNITY)
        with pytest.raises(Forbidden):
            actions.create_user(scope, username="new.one", display_name="新")


def test_nobody_changes_her_own_roles() -> None:
    scope = scope_with((Role.ADMINISTRATOR, COUNTY))
    with acting(scope):
        with refused("own_grant"):
            actions.grant_role(scope, user_id=scope.actor_id or 0, role=Role.HEADQUARTERS, area=COUNTY)
        with refused("own_grant"):
            actions.end_grant(scope, grant_id=Grant.objects.get(user=scope.actor_id).pk)
        with refused("own_account"):
            actions.deactivate_user(scope, user_id=scope.actor_id or 0)


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.HEADQUARTERS, TOWN),
        (Role.TOWN, COMMUNITY),
        (Role.TOWN, COUNTY),
        (Role.OFFICE, TOWN),
        (Role.GATE_KEEPER, COUNTY),
        (Role.CALLER, TOWN),
        (Role.HEADQUARTERS, rules.ALL_AREAS),
    ],
)
def test_a_role_is_held_at_its_level(role: Role, area: int) -> None:
    user = user_with()
    with acting(system()), pytest.raises(Refused):
        actions.grant_role(system(), user_id=user.pk, role=role, area=area)


def test_a_towns_administrator_gets_no_hold_of_wider_accounts() -> None:
    wide = user_with([(Role.OFFICE, COMMUNITY), (Role.HEADQUARTERS, COUNTY)], username="chief")
    scope = scope_with((Role.ADMINISTRATOR, TOWN))
    with acting(scope):
        for act in (
            actions.deactivate_user,
            actions.activate_user,
            actions.renew_link,
            actions.lift_lockout,
            actions.reset_second_factor,
        ):
            with pytest.raises(NotFound):
                act(scope, user_id=wide.pk)
        office = Grant.objects.get(user=wide, role=Role.OFFICE)
        actions.end_grant(scope, grant_id=office.pk)
        with pytest.raises(NotFound):
            actions.end_grant(scope, grant_id=Grant.objects.get(user=wide, role=Role.HEADQUARTERS).pk)


def test_who_has_no_role_left_belongs_to_whoever_could_grant_the_last() -> None:
    moved = user_with([(Role.OFFICE, VILLAGE)], username="moved")
    town = scope_with((Role.ADMINISTRATOR, TOWN))
    county = scope_with((Role.ADMINISTRATOR, COUNTY), username="county")
    with acting(county):
        actions.end_grant(county, grant_id=Grant.objects.get(user=moved).pk)
        actions.deactivate_user(county, user_id=moved.pk)
    with acting(town), pytest.raises(NotFound):
        actions.activate_user(town, user_id=moved.pk)


@pytest.mark.parametrize(
    "name", ["", "a", "-abc", "13812345678", "11010519491231002X", "王敏", "a b c", "x" * 61]
)
def test_user_names_that_would_not_do(name: str) -> None:
    with acting(system()), refused("username", "username_number"):
        actions.create_user(system(), username=name, display_name="王敏")


def test_a_user_name_is_taken_whatever_its_case() -> None:
    user_with(username="wang.min")
    with acting(system()), refused("username_taken"):
        actions.create_user(system(), username="Wang.Min", display_name="王敏")
    assert User.objects.get_by_natural_key(" WANG.MIN").username == "wang.min"


def broken(constraint: str, **values: object) -> None:
    user = user_with()
    usual = {"user": user, "role": "office", "area": COMMUNITY, "first": COMMUNITY, "last": COMMUNITY}
    rows = [Grant(granted_at=user.created_at, **(usual | values)) for _twice in range(2)]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Grant.objects.bulk_create(rows)


def test_constraint_grant_range_in_order() -> None:
    broken("grant_range_in_order", last=COMMUNITY - 1)


def test_constraint_grant_range_is_positive() -> None:
    broken("grant_range_in_order", first=0)


def test_constraint_grant_role_known() -> None:
    broken("grant_role_known", role="emperor")


def test_constraint_grant_open_once() -> None:
    broken("grant_open_once")


def test_constraint_user_name_in_lower_case() -> None:
    user = user_with()
    with pytest.raises(IntegrityError, match="user_name_in_lower_case"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(username="Wang")
