"""The users page: an administrator finds, makes, grants, ends, locks, within her range and with clear words."""

import io
import json
import logging
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from access.people import COMMUNITY, COUNTY, PASSWORD, TOWN, VILLAGE, system, user_with
from shouwang.access.enums import Role
from shouwang.access.models import Grant, User
from shouwang.access.wall import acting
from shouwang.config.logs import IdsOnly
from shouwang.places.actions import import_divisions

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def town() -> User:
    return user_with([(Role.ADMINISTRATOR, TOWN)], username="town.admin")


def listed(page: object) -> list[str]:
    return [person.username for person, _roles in page.context["rows"]]  # type: ignore[attr-defined]


def test_the_list_holds_whoever_serves_in_the_range(sign_in: SignIn, town: User) -> None:
    user_with([(Role.CALLER, COMMUNITY)], username="in.town")
    user_with([(Role.CALLER, VILLAGE)], username="elsewhere")
    user_with([(Role.HEADQUARTERS, COUNTY)], username="above")
    user_with(username="made.by.another")
    client = sign_in(town)
    assert listed(client.get("/accounts/users/")) == ["in.town", "town.admin"]
    assert listed(client.get("/accounts/users/?q=in.t")) == ["in.town"]
    assert listed(client.get("/accounts/users/?role=caller")) == ["in.town"]
    assert listed(client.get(f"/accounts/users/?area={COMMUNITY}&role=caller")) == ["in.town"]
    assert listed(client.get("/accounts/users/?locked=on")) == []
    for name in ("elsewhere", "above", "made.by.another"):
        page = client.get(reverse("access:user", args=[User.objects.get(username=name).pk]))
        assert page.status_code == 404


def test_a_new_user_comes_with_a_link_shown_once(sign_in: SignIn, town: User) -> None:
    client = sign_in(town)
    fields = {
        "display_name": "李娜", "username": "Li.Na", "agency": "市教育局", "role": "caller", "area": str(COMMUNITY),
    }  # fmt: skip
    page = client.post("/accounts/users/new/", fields)
    made = User.objects.get(username="li.na")
    assert made.created_by == town
    assert [(g.role, g.first, g.granted_by) for g in made.grants.all()] == [("caller", COMMUNITY, town)]
    link = re.search(r"http://testserver(/accounts/set-up/[^<\s]+)", page.content.decode())
    assert link
    stranger = Client()
    set_up = {"display_name": "李娜", "new": PASSWORD, "again": PASSWORD}
    assert stranger.post(link.group(1), set_up).status_code == 302
    again = client.post("/accounts/users/new/", fields)
    assert again.status_code == 422
    assert "已有人用" in again.content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"area": str(VILLAGE)}, "权限"),
        ({"area": str(COUNTY)}, "社区"),
        ({"area": "没有的地方"}, "没有这个名称"),
        ({"area": "123"}, "不是区划代码"),
        ({"username": "13812345678"}, "手机号"),
        ({"role": "headquarters"}, ""),
        ({"display_name": ""}, ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_leaves_nothing(
    sign_in: SignIn, town: User, changed: dict[str, str], says: str
) -> None:
    fields = {"display_name": "李娜", "username": "li.na", "role": "caller", "area": str(COMMUNITY)} | changed
    page = sign_in(town).post("/accounts/users/new/", fields)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not User.objects.filter(display_name="李娜").exists(), "no account without its role"


def test_an_area_may_be_given_by_its_name(sign_in: SignIn, town: User) -> None:
    with acting(system()):
        rows = f"code,name\n{TOWN},竟陵街道\n{COMMUNITY},新城社区\n{VILLAGE},新城村\n"
        import_divisions(system(), content=rows.encode(), file_name="divisions.csv")
    client = sign_in(town)
    assert str(COMMUNITY) in client.get("/accounts/users/areas/?area=新城").content.decode()
    fields = {"display_name": "李娜", "username": "li.na", "role": "caller", "area": "新城社区"}
    assert client.post("/accounts/users/new/", fields).status_code == 200
    assert Grant.objects.get(user__username="li.na").area == COMMUNITY


def test_giving_and_ending_a_role(sign_in: SignIn, town: User) -> None:
    person = user_with([(Role.CALLER, COMMUNITY)], username="li.na")
    client = sign_in(town)
    address = reverse("access:grant", args=[person.pk])
    assert client.post(address, {"role": "gate_keeper", "area": COMMUNITY}).status_code == 302
    assert client.post(address, {"role": "gate_keeper", "area": TOWN}).status_code == 422
    grant = Grant.objects.get(user=person, role="gate_keeper")
    end = reverse("access:grant_end", args=[person.pk, grant.pk])
    assert client.get(end).status_code == 405
    assert client.post(end).status_code == 302
    grant.refresh_from_db()
    assert grant.ended_by == town
    assert client.get(reverse("access:user", args=[person.pk])).status_code == 200


def test_the_acts_of_the_page(sign_in: SignIn, town: User) -> None:
    person = user_with([(Role.CALLER, COMMUNITY)], username="li.na", password=PASSWORD)
    client = sign_in(town)

    def act(name: str, user: User = person) -> int:
        return client.post(reverse("access:user_act", args=[user.pk, name])).status_code

    assert [act(name) for name in ("lock", "lock", "unlock", "lift", "reset-factor", "link", "nonsense")] == [
        302, 302, 302, 302, 302, 200, 404,
    ]  # fmt: skip
    assert act("lock", town) == 422, "not her own"
    wide = user_with([(Role.CALLER, COMMUNITY), (Role.HEADQUARTERS, COUNTY)], username="chief")
    assert client.get(reverse("access:user", args=[wide.pk])).status_code == 200, "she serves here as well"
    assert {act(name, wide) for name in ("lock", "link", "lift", "reset-factor")} == {404}


def test_a_form_of_another_site_does_nothing(town: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_with([(Role.CALLER, COMMUNITY)], username="li.na"))
    assert client.post("/accounts/logout/").status_code == 403


def test_logs_carry_no_names(sign_in: SignIn, town: User) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(IdsOnly())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        stranger = Client()
        for _attempt in range(6):
            stranger.post("/accounts/login/", {"username": "town.admin", "password": "wrong-Secret-1"})
        client = sign_in(town)
        client.get("/accounts/users/?q=王敏")
        client.post("/accounts/users/new/", {"display_name": "李娜", "username": "13812345678"})
        client.get("/accounts/users/999999/")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    lines = written.getvalue()
    assert lines
    assert all(json.loads(line)["event"] for line in lines.splitlines())
    for secret in ("town.admin", "wrong-Secret-1", "王敏", "李娜", "13812345678"):
        assert secret not in lines
