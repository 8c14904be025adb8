"""The pages of the ledger and of what is worth a call back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from screening.test_attempts import reach
from screening.test_pages import SignIn, sign_in  # noqa: F401 # the fixture
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, inside, settle
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.people.models import Population
from shouwang.screening.actions import close_day, open_round, sign_off_day
from shouwang.screening.models import CallBack, Ledger

pytestmark = pytest.mark.django_db
CITY, TOWN = 429006000000, 429006001000


def ledger_of(code: int, **asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('screening:ledger', args=[code])}?{query}"


@pytest.fixture
def opened(places: list[Home]) -> list[Home]:
    with inside():
        open_round(OFFICE, community=COMMUNITY)
        reach(places[0])
        Population.objects.create(
            community=COMMUNITY, households=3, residents=6, present=6, updated_at=clock.now()
        )
    return places


def test_the_office_looks_and_signs(opened: list[Home], sign_in: SignIn) -> None:  # noqa: F811
    office = sign_in(Role.OFFICE)
    page = office.get(ledger_of(COMMUNITY)).text
    assert "3 people are nobody's to reach" in page
    assert "Sign with 3 not reached" in page
    signing = {"day": clock.today().isoformat(), "not_reached": "3", "note": "两户在外地"}
    answer = office.post(reverse("screening:sign_off", args=[COMMUNITY]), signing, follow=True)
    assert "signed off" in answer.text
    assert "两户在外地" in answer.text
    assert "Sign with" not in answer.text
    with inside():
        assert Ledger.objects.get().reached == 3
        reach(opened[1])
    page = office.get(ledger_of(COMMUNITY)).text
    assert "1 changed" in page
    people = reverse("screening:ledger_people", args=[COMMUNITY])
    changed = office.get(f"{people}?as=changed").text
    assert "赵*" in changed
    assert office.get(f"{people}?as=stood&state=unassigned").text.count("赵*") == 3
    assert office.get(f"{people}?as=now&state=unassigned").text.count("赵*") == 2
    assert "Nobody is in this state" in office.get(f"{people}?state=moved").text


def test_what_is_signed_must_be_what_is_so(opened: list[Home], sign_in: SignIn) -> None:  # noqa: F811
    office = sign_in(Role.OFFICE)
    signing = {"day": clock.today().isoformat(), "not_reached": "0"}
    answer = office.post(reverse("screening:sign_off", args=[COMMUNITY]), signing)
    assert answer.status_code == 422
    assert "3 people are not reached" in answer.text
    caller = sign_in(Role.CALLER)
    assert caller.post(reverse("screening:sign_off", args=[COMMUNITY]), signing).status_code == 403


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        (Role.OFFICE, "ledger", 200),
        (Role.OFFICE, "ledger_people", 200),
        (Role.OFFICE, "call_backs", 200),
        (Role.CALLER, "ledger", 200),
        (Role.CALLER, "call_backs", 200),
        (Role.REPORTER, "ledger", 200),
        (Role.REPORTER, "ledger_people", 200),
        (Role.REPORTER, "call_backs", 403),
        (Role.GATE_KEEPER, "ledger", 403),
        (Role.GATE_KEEPER, "ledger_people", 403),
        (Role.TOWN, "ledger", 200),
        (Role.TOWN, "call_backs", 403),
        (Role.ADMINISTRATOR, "ledger", 403),
    ],
)
def test_who_sees_what(opened: list[Home], sign_in: SignIn, role: Role, page: str, status: int) -> None:  # noqa: F811
    client = sign_in(role)
    assert client.get(reverse(f"screening:{page}", args=[COMMUNITY])).status_code == status
    if role in (Role.OFFICE, Role.CALLER):
        assert client.get(reverse(f"screening:{page}", args=[ELSEWHERE])).status_code == 404


def test_headquarters_see_the_alarms_first(opened: list[Home], sign_in: SignIn) -> None:  # noqa: F811
    with inside():
        Population.objects.create(
            community=ELSEWHERE, households=1, residents=1, present=1, updated_at=clock.now()
        )
    page = sign_in(Role.HEADQUARTERS).get(ledger_of(CITY)).text
    assert "3 people are nobody's to reach" in page
    assert page.index("新城社区") < page.index("别处社区")
    assert "no round" in page
    with inside():
        close_day(OFFICE, community=COMMUNITY, day=clock.today())
    page = sign_in(Role.TOWN).get(ledger_of(TOWN, sort="-share")).text
    assert "by the clock" in page


def test_days_to_come_and_nonsense_are_today(opened: list[Home], sign_in: SignIn) -> None:  # noqa: F811
    office = sign_in(Role.OFFICE)
    to_come = (clock.today() + dt.timedelta(days=5)).isoformat()
    for day in (to_come, "gestern", ""):
        assert "still open" in office.get(ledger_of(COMMUNITY, day=day)).text


def test_a_household_is_added_to_the_call_backs_with_one_tap(opened: list[Home], sign_in: SignIn) -> None:  # noqa: F811
    with inside():
        for home in settle([1] * 10):
            reach(home)
    office = sign_in(Role.OFFICE)
    url = reverse("screening:call_backs", args=[COMMUNITY])
    page = office.get(url).text
    assert "many entries in a row that say the same" in page
    attempt = page.split('name="attempt" value="')[1][:36]
    answer = office.post(f"{url}/add", {"attempt": attempt, "why": "alike"}, follow=True)
    assert "1 household is to be rung again" in answer.text
    assert office.post(f"{url}/add", {"attempt": "x"}).status_code == 422
    answer = office.post(f"{url}/draw", follow=True)
    with inside():
        drawn = list(CallBack.objects.order_by("id").values_list("why", flat=True))
    assert drawn[0] == "alike"
    assert set(drawn[1:]) <= {"sample"}
    with inside():
        one = CallBack.objects.order_by("id").first()
    assert one
    answer = office.post(
        reverse("screening:call_back", args=[COMMUNITY, one.pk]), {"how": "drop"}, follow=True
    )
    assert "taken off the list" in answer.text


@pytest.mark.parametrize("page", ["ledger", "ledger_people", "call_backs"])
def test_a_page_asks_as_much_for_many_households_as_for_few(
    opened: list[Home],
    sign_in: SignIn,  # noqa: F811
    page: str,
) -> None:
    office = sign_in(Role.OFFICE)
    url = reverse(f"screening:{page}", args=[COMMUNITY])
    with inside():
        for home in settle([1] * 12):
            reach(home)
        sign_off_day(OFFICE, community=COMMUNITY, day=clock.today(), not_reached=3)
        reach(opened[1])
    office.get(url)
    with CaptureQueriesContext(connection) as few:
        office.get(url)
    with inside():
        for home in settle([1] * 30):
            reach(home)
    with CaptureQueriesContext(connection) as many:
        office.get(url)
    assert len(many) <= len(few)
