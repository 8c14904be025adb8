"""The ways in: password, lock-out, set-up link; and what a stranger or a locked account gets."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access.people import COMMUNITY, COUNTY, PASSWORD, refused, scope_with, system, user_with
from shouwang.access import actions, clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry, SetupLink, User
from shouwang.access.wall import acting

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def post(client: Client, username: str, password: str, **more: str) -> object:
    return client.post(LOGIN, {"username": username, "password": password} | more)


def verbs(user: User) -> list[str]:
    with acting(system()):
        return list(
            AuditEntry.objects.filter(subject_kind="user", subject_id=str(user.pk))
            .order_by("id")
            .values_list("verb", flat=True)
        )


@pytest.fixture
def caller() -> User:
    return user_with([(Role.CALLER, COMMUNITY)], password=PASSWORD)


def test_signing_in_goes_on_to_where_one_wanted_and_is_audited(client: Client, caller: User) -> None:
    response = post(client, "  Wang.Min ", PASSWORD, next="/accounts/me/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/me/"
    assert client.get("/accounts/me/").status_code == 200
    assert verbs(caller)[-1] == "sign_in"
    caller.refresh_from_db()
    assert caller.last_login is not None


def test_it_never_goes_on_to_another_site(client: Client, caller: User) -> None:
    response = post(client, "wang.min", PASSWORD, next="https://elsewhere.example/")
    assert response.headers["Location"] == settings.LOGIN_REDIRECT_URL


def test_a_wrong_password_says_the_same_as_an_unknown_name(client: Client, caller: User) -> None:
    wrong = post(client, "wang.min", "wrong").content.decode()
    unknown = post(client, "nobody.here", "wrong").content.decode()
    assert "用户名或密码不对" in wrong
    assert "用户名或密码不对" in unknown


def test_a_locked_account_gets_in_neither_now_nor_further(client: Client, caller: User) -> None:
    post(client, "wang.min", PASSWORD)
    administrator = scope_with((Role.ADMINISTRATOR, COUNTY), username="admin.one")
    with acting(administrator):
        actions.deactivate_user(administrator, user_id=caller.pk)
    assert client.get("/accounts/me/").headers["Location"].startswith(LOGIN), "out with the next click"
    assert post(client, "wang.min", PASSWORD).status_code == 200
    with acting(administrator):
        actions.activate_user(administrator, user_id=caller.pk)
    assert post(client, "wang.min", PASSWORD).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_five_wrong_passwords_close_the_account_for_a_while(client: Client) -> None:
    """In real transactions: the failures must stay although each answer is a refusal."""
    caller = user_with([(Role.CALLER, COMMUNITY)], password=PASSWORD)
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        assert AccessAttempt.objects.filter(failures_since_start=attempt).exists() or attempt == 0
        last = post(client, "wang.min", "wrong")
    assert last.status_code == 429
    assert "15" in last.content.decode()
    assert "管理员" in last.content.decode()
    assert post(Client(), "WANG.min", PASSWORD).status_code == 429, "whatever computer, whatever the case"
    assert verbs(caller).count("lock_out") == 1

    administrator = scope_with((Role.ADMINISTRATOR, COUNTY), username="admin.one")
    with acting(administrator):
        actions.lift_lockout(administrator, user_id=caller.pk)
    assert post(client, "wang.min", PASSWORD).status_code == 302


def test_the_lock_out_ends_by_itself(client: Client, caller: User) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        post(client, "wang.min", "wrong")
    assert post(client, "wang.min", PASSWORD).status_code == 429
    over = dt.timedelta(hours=settings.AXES_COOLOFF_TIME, seconds=5)
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - over)
    assert post(client, "wang.min", PASSWORD).status_code == 302


def test_axes_keeps_neither_password_nor_anything_typed(client: Client, caller: User) -> None:
    post(client, "wang.min", "my-secret-typed-wrong")
    kept = str(list(AccessAttempt.objects.values()))
    assert "my-secret" not in kept


def test_signing_out_is_audited_and_needs_a_button(client: Client, caller: User) -> None:
    client.force_login(caller)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").headers["Location"] == LOGIN
    assert verbs(caller)[-1] == "sign_out"
    assert client.get("/accounts/me/").status_code == 302


def test_a_part_of_a_page_takes_the_whole_page_to_the_sign_in(client: Client) -> None:
    response = client.get("/accounts/users/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == LOGIN


def test_nothing_stays_in_the_browser_of_a_shared_computer(client: Client, caller: User) -> None:
    client.force_login(caller)
    assert "no-store" in client.get("/accounts/me/").headers["Cache-Control"]


def test_pages_begin_in_the_language_of_the_account(client: Client, caller: User) -> None:
    assert "登录" in client.get(LOGIN).content.decode(), "Chinese first"
    client.force_login(caller)
    client.post("/accounts/me/", {"language": "en"})
    assert "My account" in client.get("/accounts/me/").content.decode()
    elsewhere = Client()
    post(elsewhere, "wang.min", PASSWORD)
    assert "My account" in elsewhere.get("/accounts/me/").content.decode()


def test_what_sign_ins_leave_behind_is_forgotten(client: Client, caller: User) -> None:
    post(client, "wang.min", PASSWORD)
    for age in (dt.timedelta(days=1), dt.timedelta(days=31)):
        AccessAttempt.objects.create(
            username=f"age{age.days}", failures_since_start=1, ip_address="192.0.2.7", user_agent="x"
        )
        AccessAttempt.objects.filter(username=f"age{age.days}").update(attempt_time=timezone.now() - age)
    Session.objects.create(session_key="ended", expire_date=timezone.now() - dt.timedelta(minutes=1))
    with acting(system()):
        actions.forget_sign_ins(system())
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["age1"]
    assert not Session.objects.filter(session_key="ended").exists()
    assert client.get("/accounts/me/").status_code == 200


# -- set-up links -------------------------------------------------------------------------------------------------


@pytest.fixture
def invited() -> tuple[User, str]:
    with acting(system()):
        return actions.invite_user(
            system(), username="li.na", display_name="李娜", role=Role.OFFICE, area=COMMUNITY
        )


def test_a_link_sets_the_password_once_and_signs_in(client: Client, invited: tuple[User, str]) -> None:
    user, token = invited
    address = reverse("access:accept", args=[token])
    assert "li.na" in client.get(address).content.decode()
    assert client.get(address).status_code == 200, "looking does not use it up"
    fields = {"display_name": "李娜娜", "new": PASSWORD, "again": PASSWORD}
    assert client.post(address, fields).status_code == 302
    user.refresh_from_db()
    assert user.display_name == "李娜娜"
    assert user.check_password(PASSWORD)
    assert client.get("/accounts/me/").status_code == 200
    assert client.get(address).status_code == 410
    with refused("link"):
        actions.accept_invitation(token, "another-good-password")
    assert verbs(user) == ["create_user", "grant_role", "make_link", "accept_invitation", "sign_in"]


def test_only_a_digest_of_the_link_is_kept(invited: tuple[User, str]) -> None:
    _user, token = invited
    (link,) = SetupLink.objects.all()
    assert token.encode() not in bytes(link.digest)
    assert len(link.digest) == 32


def test_a_link_ends_after_seven_days(
    invited: tuple[User, str], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=7, seconds=1))
    assert client.get(reverse("access:accept", args=[invited[1]])).status_code == 410
    with refused("link"):
        actions.accept_invitation(invited[1], PASSWORD)


def test_a_new_link_replaces_the_former(invited: tuple[User, str]) -> None:
    user, former = invited
    with acting(system()):
        token = actions.renew_link(system(), user_id=user.pk)
    with refused("link"):
        actions.accept_invitation(former, PASSWORD)
    assert actions.accept_invitation(token, PASSWORD).pk == user.pk


def test_a_link_of_a_locked_account_opens_nothing(invited: tuple[User, str]) -> None:
    with acting(system()):
        actions.deactivate_user(system(), user_id=invited[0].pk)
    with refused("link"):
        actions.accept_invitation(invited[1], PASSWORD)


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123"])
def test_weak_passwords_are_refused(invited: tuple[User, str], weak: str, client: Client) -> None:
    with refused("password_weak"):
        actions.accept_invitation(invited[1], weak)
    address = reverse("access:accept", args=[invited[1]])
    answer = client.post(address, {"display_name": "李娜", "new": weak, "again": weak})
    assert answer.status_code == 422
    invited[0].refresh_from_db()
    assert not invited[0].has_usable_password()


def test_the_first_administrator_is_invited_until_she_has_come() -> None:
    first = actions.invite_first_administrator()
    second = actions.invite_first_administrator()
    assert first
    assert second
    assert first != second
    with refused("link"):
        actions.accept_invitation(first, PASSWORD)
    user = actions.accept_invitation(second, PASSWORD, display_name="陈雨")
    assert actions.invite_first_administrator() is None
    assert str(user) == "陈雨"
    assert [grant.role for grant in user.grants.all()] == [Role.ADMINISTRATOR]


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(caller: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        post(client, "wang.min", PASSWORD)
    new = {"new": "a-quite-other-one", "again": "a-quite-other-one"}
    assert here.post("/accounts/me/password/", {"old": "wrong"} | new).status_code == 422
    assert here.post("/accounts/me/password/", {"old": PASSWORD} | new).status_code == 302
    assert here.get("/accounts/me/").status_code == 200
    assert there.get("/accounts/me/").status_code == 302
    assert verbs(caller)[-1] == "change_password"
