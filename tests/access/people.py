"""Users with roles, made by the same actions as in real use."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from shouwang.access.actions import create_user, grant_role
from shouwang.access.enums import Role
from shouwang.access.models import User
from shouwang.access.queries import scope_of
from shouwang.access.wall import acting
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import Scope

COUNTY = 429006000000
TOWN = 429006001000
COMMUNITY = 429006001023
VILLAGE = 429006121211
PASSWORD = "crane-over-the-lake"

AREA = {
    Role.HEADQUARTERS: COUNTY,
    Role.TOWN: TOWN,
    Role.OFFICE: COMMUNITY,
    Role.GATE_KEEPER: COMMUNITY,
    Role.CALLER: COMMUNITY,
    Role.REPORTER: COMMUNITY,
    Role.ADMINISTRATOR: COUNTY,
}


def system() -> Scope:
    return Scope.system(reason="test")


def user_with(
    grants: Iterable[tuple[Role, int]] = (), *, username: str = "wang.min", password: str | None = None
) -> User:
    with acting(system()):
        user = create_user(system(), username=username, display_name="王敏", password=password)
        for role, area in grants:
            grant_role(system(), user_id=user.pk, role=role, area=area)
    return user


def scope_with(*grants: tuple[Role, int], username: str = "wang.min") -> Scope:
    return scope_of(user_with(grants, username=username))


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """What is inside must be refused, with one of ``codes``."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code in codes
