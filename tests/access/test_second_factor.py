"""Whoever sees more than one community has no scope until her second factor is shown."""

import time

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from access.people import COMMUNITY, COUNTY, PASSWORD, TOWN, VILLAGE, scope_with, system, user_with
from shouwang.access import actions, rules
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry, User
from shouwang.access.wall import acting

pytestmark = pytest.mark.django_db
VERIFY, ENROL = "/accounts/second-factor/verify/", "/accounts/second-factor/set-up/"


def code_of(user: User, *, step: int = 0) -> str:
    """What her phone shows; ``step`` half minutes from now."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * step
    return f"{totp.token():06d}"


def enrolled(client: Client, user: User) -> list[str]:
    """Sign ``user`` in, set her factor up; answers the recovery codes the page showed."""
    client.force_login(user)
    client.get(ENROL)
    page = client.post(ENROL, {"code": code_of(user)})
    assert page.status_code == 200
    return list(page.context["codes"])


@pytest.fixture
def chief() -> User:
    return user_with([(Role.ADMINISTRATOR, COUNTY)], username="chief", password=PASSWORD)


@pytest.mark.parametrize(
    ("grants", "asked"),
    [
        ([(Role.CALLER, COMMUNITY)], False),
        ([(Role.CALLER, COMMUNITY), (Role.GATE_KEEPER, COMMUNITY)], False),
        ([(Role.CALLER, COMMUNITY), (Role.CALLER, VILLAGE)], True),
        ([(Role.TOWN, TOWN)], True),
        ([(Role.HEADQUARTERS, COUNTY)], True),
    ],
)
def test_who_is_asked(client: Client, grants: list[tuple[Role, int]], asked: bool) -> None:
    client.force_login(user_with(grants))
    response = client.get("/accounts/me/")
    if asked:
        assert response.status_code == 302
        assert response.headers["Location"] == f"{VERIFY}?next=/accounts/me/"
    else:
        assert response.status_code == 200


def test_before_it_nothing_opens(client: Client, chief: User) -> None:
    client.force_login(chief)
    for address in ("/accounts/users/", "/accounts/audit/", "/accounts/second-factor/", "/"):
        assert VERIFY in client.get(address).headers["Location"]
    part = client.get("/accounts/users/", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, VERIFY)
    api = client.get("/api/v1/access/me")
    assert (api.status_code, api.json()["code"]) == (403, "second_factor")


def test_enrolment_shows_a_picture_and_a_key_and_goes_on(client: Client, chief: User) -> None:
    client.force_login(chief)
    assert client.get(VERIFY).headers["Location"].startswith(ENROL)
    page = client.get(f"{ENROL}?next=/accounts/users/").content.decode()
    assert "<svg" in page
    assert " style=" not in page
    assert client.post(ENROL, {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    done = client.post(ENROL, {"code": code_of(chief), "next": "/accounts/users/"})
    assert len(done.context["codes"]) == rules.RECOVERY_CODES
    assert client.get("/accounts/users/").status_code == 200


def test_the_code_of_the_phone_is_asked_at_every_sign_in(client: Client, chief: User) -> None:
    enrolled(client, chief)
    again = Client()
    again.post("/accounts/login/", {"username": "chief", "password": PASSWORD})
    assert VERIFY in again.get("/accounts/users/").headers["Location"]
    went = again.post(VERIFY, {"code": code_of(chief, step=1), "next": "/accounts/audit/"})
    assert went.headers["Location"] == "/accounts/audit/"
    assert again.get("/accounts/audit/").status_code == 200


def test_a_code_works_once(client: Client, chief: User) -> None:
    enrolled(client, chief)
    used = code_of(chief, step=1)
    assert actions.verify_second_factor(chief, code=used) is not None
    assert actions.verify_second_factor(chief, code=used) is None


def test_recovery_codes_work_once_and_only_digests_are_kept(client: Client, chief: User) -> None:
    codes = enrolled(client, chief)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & set(codes)
    again = Client()
    again.force_login(chief)
    assert again.post(f"{VERIFY}?paper=1", {"code": f" {codes[0].upper()} "}).status_code == 302
    assert again.get("/accounts/users/").status_code == 200
    assert actions.verify_second_factor(chief, code=codes[0]) is None
    assert StaticToken.objects.count() == rules.RECOVERY_CODES - 1


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_are_kept_and_make_the_next_one_wait(client: Client) -> None:
    chief = user_with([(Role.ADMINISTRATOR, COUNTY)], username="chief")
    enrolled(client, chief)
    again = Client()
    again.force_login(chief)
    for _attempt in range(4):
        assert again.post(VERIFY, {"code": "000000"}).status_code == 422
        TOTPDevice.objects.filter(throttling_failure_count__gt=3).update()
    device = TOTPDevice.objects.get(user=chief)
    assert device.throttling_failure_count >= 1
    page = again.post(VERIFY, {"code": code_of(chief, step=1)})
    assert page.status_code == 422, "the right code has to wait as well"
    assert page.context["wait"] > 0
    with acting(system()):
        assert AuditEntry.objects.filter(verb="fail_factor", subject_id=str(chief.pk)).exists()


def test_a_new_phone_only_after_the_old_one_was_shown(client: Client, chief: User) -> None:
    enrolled(client, chief)
    thief = Client()
    thief.force_login(chief)
    assert thief.get(ENROL).headers["Location"] == VERIFY
    thief.post(ENROL, {"code": "000000"})
    assert TOTPDevice.objects.filter(user=chief).count() == 1
    assert client.get(ENROL).status_code == 200


def test_who_chose_a_factor_is_asked_for_it(client: Client) -> None:
    caller = user_with([(Role.CALLER, COMMUNITY)])
    enrolled(client, caller)
    again = Client()
    again.force_login(caller)
    assert VERIFY in again.get("/accounts/me/").headers["Location"]


def test_an_administrator_takes_the_factor_of_a_lost_phone(client: Client, chief: User) -> None:
    town = user_with([(Role.TOWN, TOWN)], username="town")
    enrolled(Client(), town)
    scope = scope_with((Role.ADMINISTRATOR, COUNTY))
    with acting(scope):
        actions.reset_second_factor(scope, user_id=town.pk)
    client.force_login(town)
    assert client.get(VERIFY).headers["Location"].startswith(ENROL)


def test_new_recovery_codes_end_the_old(client: Client, chief: User) -> None:
    former = enrolled(client, chief)
    page = client.post("/accounts/second-factor/codes/")
    assert set(page.context["codes"]).isdisjoint(former)
    assert actions.verify_second_factor(chief, code=former[0]) is None


def test_the_demo_waives_it_and_says_so(client: Client, chief: User, settings: object) -> None:
    settings.SHOUWANG_DEMO = True  # type: ignore[attr-defined]
    client.force_login(chief)
    page = client.get("/accounts/second-factor/")
    assert page.status_code == 200
    assert "演示中免除" in page.content.decode()
