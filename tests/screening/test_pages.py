"""The pages of the rounds: what each role sees, that a record is carried through, and what it costs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice

from access.people import COMMUNITY as HERE
from access.people import user_with
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, SYSTEM, Home, inside, settle
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry, User
from shouwang.people.enums import ProposalKind
from shouwang.people.models import Proposal
from shouwang.screening.actions import close_round, open_round
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.workforce.models import Assignment, Caseload

assert HERE == COMMUNITY
pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
AREAS = {Role.HEADQUARTERS: 429006000000, Role.TOWN: 429006001000}


@pytest.fixture
def opened(places: list[Home]) -> Round:
    with inside():
        return open_round(OFFICE, community=COMMUNITY)


@pytest.fixture
def sign_in() -> SignIn:
    def enter(role: Role, area: int | None = None) -> Client:
        user = user_with([(role, area or AREAS.get(role, COMMUNITY))], username=f"{role.value}.{area or 0}")
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = StaticDevice.objects.create(user=user, confirmed=True).persistent_id
        session.save()
        return client

    return enter


def page_of(round_: Round, home: Home) -> str:
    return reverse("screening:record", args=[round_.pk, home.id])


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([0-9a-f-]{{36}})"', text)
    assert found, name
    return found.group(1)


def filled(client: Client, round_: Round, home: Home, **given: Any) -> Any:
    """What somebody sends who has opened the page of ``home`` and filled in ``given``."""
    attempt = hidden(client.get(page_of(round_, home)).text, "attempt_id")
    return client.post(page_of(round_, home), {"attempt_id": attempt, **given})


def test_the_office_opens_the_round_and_closes_it(places: list[Home], sign_in: SignIn) -> None:
    office = sign_in(Role.OFFICE)
    area = reverse("screening:rounds", args=[COMMUNITY])
    assert "round is not open yet" in office.get(area).text
    answer = office.post(reverse("screening:open", args=[COMMUNITY]), {"slot": "day"}, follow=True)
    assert "Not reached" in answer.text
    with inside():
        round_ = Round.objects.get()
    assert office.post(reverse("screening:open", args=[COMMUNITY])).status_code == 302
    office.post(reverse("screening:close", args=[round_.pk]))
    office.post(reverse("screening:reopen", args=[round_.pk]))
    with inside():
        assert Round.objects.get().closed_at is None


def test_an_empty_roster_says_what_to_do_first(places: list[Home], sign_in: SignIn) -> None:
    office = sign_in(Role.OFFICE, ELSEWHERE)
    answer = office.post(reverse("screening:open", args=[ELSEWHERE]))
    assert answer.status_code == 422
    assert "Import the roster first" in answer.text


def test_nothing_is_filled_in_beforehand(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    page = sign_in(Role.CALLER).get(page_of(opened, places[0])).text
    assert "checked" not in page
    assert all(not value for value in re.findall(r'name="temperature_\d+"[^>]*value="([^"]*)"', page))
    assert page.count('name="temperature_') == 3


def test_a_caller_records_and_is_led_to_the_next(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    caller = sign_in(Role.CALLER)
    first, second, _ = places
    given = {f"temperature_{person}": "36,5" for person in first.people}
    answer = filled(
        caller, opened, first, how="call:reached", answered_by="resident", needs="米十斤", **given
    )
    assert answer["Location"] == page_of(opened, second)
    assert "Reached" in caller.get(answer["Location"]).text
    with inside():
        assert Round.objects.get().households_reached == 1
        assert Attempt.objects.get().needs == "米十斤"
    board = caller.get(reverse("screening:round", args=[opened.pk])).text
    assert f'data-household="{first.id}"' not in board
    assert f'data-household="{second.id}"' in board
    assert board.count('class="cell reached" title') == 1


def test_not_reached_is_shown_as_tried_and_never_as_normal(
    places: list[Home], opened: Round, sign_in: SignIn
) -> None:
    caller = sign_in(Role.CALLER)
    filled(caller, opened, places[0], how="call:no_answer")
    left = caller.get(reverse("screening:not_reached", args=[opened.pk])).text
    assert "no answer" in left
    assert "call again" in left
    with inside():
        assert Reading.objects.count() == 0
        assert Round.objects.get().residents_reached == 0


def test_one_tap_saves_that_nobody_was_reached_and_two_that_all_are_well(
    places: list[Home], opened: Round, sign_in: SignIn
) -> None:
    caller = sign_in(Role.CALLER)
    page = caller.get(page_of(opened, places[0])).text
    assert re.search(r'<button[^>]*name="quick" value="call:no_answer"', page)
    # What was tapped before the line broke is not what came of it.
    assert (
        filled(caller, opened, places[0], how="call:reached:member", quick="call:no_answer").status_code
        == 302
    )
    assert re.search(r'<button[^>]*name="all_well" value="on"', page)
    assert filled(caller, opened, places[1], how="call:reached:member", all_well="on").status_code == 302
    with inside():
        missed, reached = Attempt.objects.order_by("id")
        assert (missed.outcome, missed.answered_by) == ("no_answer", "nobody")
        assert (reached.outcome, reached.answered_by) == ("reached", "member")
        told = Reading.objects.values_list("resident", "temperature", "symptoms")
        assert sorted(told) == [(who, None, []) for who in sorted(places[1].people)]


def test_the_next_is_one_of_her_own(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    caller = sign_in(Role.CALLER)
    with inside():
        who, now = User.objects.get(pk=caller.session["_auth_user_id"]), clock.now()
        load = Caseload.objects.create(
            community=COMMUNITY, name="7", caller=who, created_at=now, changed_at=now
        )
        for home in (places[0], places[2]):
            Assignment.objects.create(household=home.id, community=COMMUNITY, caseload=load, since=now)
    assert f"<b>{who}</b> · 7" in caller.get(page_of(opened, places[0])).text
    quick = {"quick": "call:no_answer"}
    assert filled(caller, opened, places[0], **quick)["Location"] == page_of(opened, places[2])
    board = reverse("screening:round", args=[opened.pk])
    listed = re.findall(r'data-household="(\d+)"', caller.get(board).text)
    assert [int(one) for one in listed] == [places[2].id, places[0].id], "her own, the untried first"
    assert len(re.findall(r"data-household=", caller.get(board, {"caseload": ""}).text)) == len(places)
    for home in (places[0], places[2]):
        done = filled(caller, opened, home, how="call:reached:member", all_well="on")
    assert done["Location"] == board
    assert "Everybody on this list" in caller.get(board).text


def test_a_tap_on_who_answered_is_forgotten_when_nobody_did(
    places: list[Home], opened: Round, sign_in: SignIn
) -> None:
    answer = filled(sign_in(Role.CALLER), opened, places[0], how="call:no_answer", answered_by="resident")
    assert answer.status_code == 302
    with inside():
        assert Attempt.objects.get().answered_by == "nobody"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Tap what came of it"),
        ({"how": "call:reached", "answered_by": "other"}, "at least one person"),
        ({"how": "call:reached"}, "Say who answered"),
        ({"how": "call:reached", "who": "36.5"}, "Say who answered"),
        ({"how": "call:reached", "answered_by": "resident", "who": "3.65"}, "Write it like 36.5"),
        ({"how": "call:reached", "answered_by": "resident", "who": "36.5.5"}, "Write it like 36.5"),
        ({"how": "call:reached", "answered_by": "resident", "who": "43.5"}, "cannot be right"),
        ({"how": "call:no_answer", "who": "36.5"}, "Not reached is not normal"),
        ({"how": "call:no_answer", "at": "23:59"}, "has not come yet"),
        ({"how": "gate:reached"}, "recorded at the gate"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    places: list[Home], opened: Round, sign_in: SignIn, given: dict[str, str], says: str, monkeypatch: Any
) -> None:
    now = clock.now().replace(hour=4, minute=0)  # noon in China: 23:59 is still to come
    monkeypatch.setattr(clock, "now", lambda: now)
    given = {(f"temperature_{places[0].people[0]}" if k == "who" else k): v for k, v in given.items()}
    answer = filled(sign_in(Role.CALLER), opened, places[0], **given)
    assert answer.status_code == 422
    assert says in answer.text
    with inside():
        assert not Attempt.objects.exists()


def test_a_fever_says_at_once_what_to_do_and_reaches_headquarters(
    places: list[Home], opened: Round, sign_in: SignIn
) -> None:
    caller = sign_in(Role.CALLER)
    given = {f"temperature_{places[0].people[0]}": "37.8"}
    answer = filled(caller, opened, places[0], how="visit:reached", answered_by="member", **given)
    assert answer["Location"] == f"{page_of(opened, places[0])}?fever=1"
    assert "Call the community office at once" in caller.get(answer["Location"]).text
    listed = sign_in(Role.HEADQUARTERS).get(reverse("screening:fevers", args=[AREAS[Role.HEADQUARTERS]])).text
    assert "37.8" in listed
    assert "赵0" in listed
    reporter = sign_in(Role.REPORTER).get(reverse("screening:fevers", args=[COMMUNITY])).text
    assert "37.8" in reporter
    assert "赵0" not in reporter
    assert caller.get(reverse("screening:fevers", args=[COMMUNITY])).status_code == 403


def test_a_record_is_corrected_from_its_page(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    caller = sign_in(Role.CALLER)
    who = f"temperature_{places[1].people[0]}"
    filled(caller, opened, places[1], how="call:reached", answered_by="resident", **{who: "38.6"})
    with inside():
        wrong = Attempt.objects.get()
    page = caller.get(page_of(opened, places[1]), {"corrects": str(wrong.id)}).text
    assert 'value="38.6"' in page
    sent = {"attempt_id": hidden(page, "attempt_id"), "corrects": hidden(page, "corrects"), who: "36.8"}
    caller.post(page_of(opened, places[1]), {**sent, "how": "call:reached", "answered_by": "resident"})
    with inside():
        assert (Round.objects.get().fevers, Round.objects.get().attempts) == (0, 1)
    assert "corrected" in caller.get(page_of(opened, places[1])).text


def test_the_same_form_sent_twice_is_recorded_once(
    places: list[Home], opened: Round, sign_in: SignIn
) -> None:
    caller = sign_in(Role.CALLER)
    sent = {
        "attempt_id": hidden(caller.get(page_of(opened, places[1])).text, "attempt_id"),
        "how": "call:no_answer",
    }
    assert [caller.post(page_of(opened, places[1]), sent).status_code for _ in range(2)] == [302, 302]
    with inside():
        assert Attempt.objects.count() == 1


def test_the_phone_is_masked_until_it_is_shown_on_record(
    places: list[Home], opened: Round, sign_in: SignIn
) -> None:
    caller = sign_in(Role.CALLER)
    page = caller.get(page_of(opened, places[0])).text
    assert "138****1234" in page
    assert "13800001234" not in page
    url = reverse("people:reveal", args=[places[0].people[0]])
    assert f'hx-post="{url}"' in page
    shown = caller.post(url, {"field": "phone"}, headers={"hx-request": "true"}).text
    assert 'href="tel:13800001234"' in shown
    with inside():
        assert AuditEntry.objects.filter(verb="reveal").count() == 1


WHO_MAY = {
    "board": {Role.HEADQUARTERS, Role.TOWN, Role.OFFICE, Role.CALLER, Role.REPORTER},
    "record": {Role.OFFICE, Role.CALLER},
    "fevers": {Role.HEADQUARTERS, Role.TOWN, Role.OFFICE, Role.REPORTER},
}


@pytest.mark.parametrize("role", Role)
def test_who_may_see_what(places: list[Home], opened: Round, sign_in: SignIn, role: Role) -> None:
    client = sign_in(role, 429006000000 if role is Role.ADMINISTRATOR else None)
    for page, url in {
        "board": reverse("screening:round", args=[opened.pk]),
        "record": page_of(opened, places[0]),
        "fevers": reverse("screening:fevers", args=[COMMUNITY]),
    }.items():
        assert client.get(url).status_code == (200 if role in WHO_MAY[page] else 403), page
    assert client.post(reverse("screening:close", args=[opened.pk])).status_code == (
        302 if role is Role.OFFICE else 403
    )


def test_another_community_does_not_exist(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    stranger = sign_in(Role.OFFICE, ELSEWHERE)
    for name, args in (
        ("round", [opened.pk]),
        ("live", [opened.pk]),
        ("not_reached", [opened.pk]),
        ("record", [opened.pk, places[0].id]),
        ("household_days", [places[0].id]),
    ):
        assert stranger.get(reverse(f"screening:{name}", args=args)).status_code == 404, name
    assert stranger.post(reverse("screening:close", args=[opened.pk])).status_code == 404
    with inside():
        (foreign,) = settle([1], community=ELSEWHERE)
    assert sign_in(Role.CALLER).get(page_of(opened, foreign)).status_code == 404


def test_a_town_sees_its_communities(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    page = sign_in(Role.TOWN).get(reverse("screening:rounds", args=[AREAS[Role.TOWN]])).text
    assert "新城社区" in page
    assert "1 of 1 communities" in page
    city = sign_in(Role.HEADQUARTERS).get(reverse("screening:rounds", args=[AREAS[Role.HEADQUARTERS]])).text
    assert "1 of 2 communities" in city


def test_the_page_of_a_household_shows_its_rounds(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    caller = sign_in(Role.CALLER)
    filled(caller, opened, places[0], how="call:no_answer")
    assert "no answer" in caller.get(reverse("screening:household_days", args=[places[0].id])).text
    keeper = sign_in(Role.GATE_KEEPER).get(reverse("screening:household_days", args=[places[0].id]))
    assert (keeper.status_code, keeper.text) == (200, "")


@pytest.mark.parametrize("name", ["round", "live", "not_reached", "record"])
def test_a_page_asks_as_much_for_many_households_as_for_one(
    places: list[Home], sign_in: SignIn, name: str
) -> None:
    caller = sign_in(Role.CALLER)
    with inside():
        (alone,) = settle([1], community=ELSEWHERE)
        small = open_round(SYSTEM, community=ELSEWHERE)
        large = open_round(OFFICE, community=COMMUNITY)
    other = sign_in(Role.CALLER, ELSEWHERE)
    asked = []
    for client, round_, home in ((other, small, alone), (caller, large, places[0])):
        if name == "record":
            filled(client, round_, home, how="call:no_answer")
        args = [round_.pk, home.id] if name == "record" else [round_.pk]
        client.get(reverse(f"screening:{name}", args=args))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"screening:{name}", args=args)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[0] <= 30


def test_a_closed_round_takes_no_more(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    with inside():
        close_round(OFFICE, round_id=opened.pk)
    caller = sign_in(Role.CALLER)
    assert "The round has ended" in caller.get(page_of(opened, places[0])).text
    answer = filled(caller, opened, places[0], how="call:no_answer")
    assert answer.status_code == 422
    assert "This round is closed" in answer.text


def test_the_desk_writes_down_what_else_was_told(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    office = sign_in(Role.OFFICE)
    feverish, *others = places[0].people
    answer = filled(
        office, opened, places[0],
        **{
            "how": "self:reached", "answered_by": "resident", "all_well": "on", f"temperature_{feverish}": "36.9",
            "trouble": "楼上漏水", "arrival_0_name": "王强", "arrival_0_origin": "武汉", "arrival_0_to_stay": "on",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    with inside():
        attempt = Attempt.objects.get()
        told = {one.resident: (one.temperature is not None, one.symptoms) for one in Reading.objects.all()}
        proposed = Proposal.objects.get(kind=ProposalKind.MOVED_IN)
    assert (attempt.trouble, attempt.proxy) == ("楼上漏水", True)
    assert told == {feverish: (True, []), **dict.fromkeys(others, (False, []))}
    assert proposed.household == places[0].id


def test_a_newcomer_without_a_name_is_asked_for(places: list[Home], opened: Round, sign_in: SignIn) -> None:
    given = {"how": "call:no_answer", "arrival_0_origin": "武汉"}
    answer = filled(sign_in(Role.CALLER), opened, places[0], **given)
    assert answer.status_code == 422
    assert "the name of whoever has come" in answer.text
    assert 'id="arrivals" open' in answer.text
