"""A link opens one household and nothing else; a renewed one is dead; guessing leads nowhere."""

import datetime as dt
import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from door.street import Street, form, opened, phone, words
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, inside, new_id, scope_as, settle
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.door.actions import make_links, renew_links
from shouwang.door.actions.guessing import MOST, MOST_OF_ALL, WITHIN, count_wrong, may_guess
from shouwang.door.models import DoorGuess, DoorLink
from shouwang.door.queries.links import cards, find, scope_at
from shouwang.door.rules.links import LETTERS, Code, Token, read_code, read_token
from shouwang.kernel.errors import Forbidden
from shouwang.people.models import Household, Proposal, Resident
from shouwang.screening.models import Attempt, Reading
from shouwang.supplies.models import Request

communities = st.integers(min_value=11_010_100, max_value=65_999_999).map(
    lambda number: number * 10_000 + 1023
)
secrets = st.text("23456789abcdefghjkmnpqrstvwxyz", min_size=20, max_size=20)


@given(communities, secrets)
def test_a_token_is_read_as_it_was_written(community: int, secret: str) -> None:
    assert read_token(str(Token(community, secret))) == Token(community, secret)
    assert read_token(str(Token(community, secret)).upper()) == Token(community, secret)


@given(st.integers(0, len(LETTERS) ** 3 - 1), st.text(LETTERS, min_size=8, max_size=8), st.data())
def test_a_slip_in_a_code_is_noticed(place: int, secret: str, data: st.DataObject) -> None:
    said = str(Code(place, secret))
    assert read_code(said.lower().replace("-", " ")) == Code(place, secret)
    at = data.draw(st.sampled_from([at for at, letter in enumerate(said) if letter != "-"]))
    other = data.draw(st.sampled_from([letter for letter in LETTERS if letter != said[at]]))
    assert read_code(said[:at] + other + said[at + 1 :]) is None


@pytest.mark.parametrize("text", ["", "x", "é" * 28, "0" * 28, "5h2z3gxr" + "q" * 19, "../../etc/passwd"])
def test_what_is_no_token(text: str) -> None:
    assert read_token(text) is None


pytestmark = pytest.mark.django_db


def test_the_code_leads_to_the_same_page(street: Street) -> None:
    home = street.homes[0]
    response = phone().post("/d/", {"code": f" {str(street.codes[home.id]).lower()} "})
    assert response.headers["Location"] == street.url(home)


def test_only_digests_are_kept(street: Street) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select t::text from door_doorlink t")
        dump = "".join(text for (text,) in cursor.fetchall()).lower()
    for token, code in zip(street.tokens.values(), street.codes.values(), strict=True):
        assert token.secret not in dump
        assert token.secret.encode().hex() not in dump
        assert code.secret.lower() not in dump


def test_renewing_kills_the_old_link_and_code_at_once(street: Street) -> None:
    home, other = street.homes[0], street.homes[1]
    old, code = street.url(home), street.codes[home.id]
    assert phone().get(old).status_code == 200
    with acting(OFFICE):
        assert renew_links(OFFICE, community=COMMUNITY, households=[home.id]) == 1
        new = cards(OFFICE, COMMUNITY)[home.id]
    for page in ("", "/passes", "/asked", "/help", "/people", "/thanks", "/steps"):
        assert phone().get(old + page).status_code == 404
    assert phone().post(f"{old}/report", form(home)).status_code == 404
    assert phone().post("/d/", {"code": str(code)}).status_code == 422
    assert phone().get(f"/d/{new.token}").status_code == 200
    assert phone().post("/d/", {"code": str(new.code)}).status_code == 302
    assert phone().get(street.url(other)).status_code == 200
    assert Attempt.objects.count() == 0


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(street: Street) -> None:
    token = street.tokens[street.homes[0].id]
    with acting(OFFICE):
        renew_links(OFFICE, community=COMMUNITY)
    wrong = [str(token), str(Token(COMMUNITY, "2" * 20)), str(Token(429006999999, token.secret)), "x"]
    pages = {phone().get(f"/d/{said}").content for said in wrong}
    assert len(pages) == 1


def test_the_secret_of_one_community_opens_nothing_in_another(street: Street) -> None:
    here = street.tokens[street.homes[0].id]
    assert phone().get(f"/d/{Token(ELSEWHERE, here.secret)}").status_code == 404
    with acting(scope_at(ELSEWHERE)):
        assert find(here) is None


def test_no_parameter_reaches_another_household(street: Street) -> None:
    """What a form may name (people, ids, codes) is tried with those of a neighbour and of another community."""
    opened()
    home, client = street.homes[1], phone("en")
    for stranger in (street.homes[0], street.other):
        one = stranger.people[0]
        assert (
            client.post(street.url(home, "report"), {"id": str(new_id()), f"t{one}": "36.5"}).status_code
            == 422
        )
        response = client.post(
            street.url(home, "people"), {"id": str(new_id()), "kind": "away", "who": str(one)}
        )
        assert response.status_code == 422
        for page in ("", "passes", "asked", "thanks", "people", "help", "arrival", "complain", "steps"):
            address = street.url(home, page)
            told = {
                "household": stranger.id,
                "resident": one,
                "community": ELSEWHERE,
                "token": street.tokens[stranger.id],
            }
            shown = client.get(address, told, follow=True).content.decode()
            assert f"t{one}" not in shown
            assert str(street.tokens[stranger.id]) not in shown
    assert Reading.objects.count() == 0
    assert Proposal.objects.count() == 0


def test_a_neighbours_requests_are_not_shown(street: Street) -> None:
    client = phone("en")
    client.post(street.url(street.homes[0], "help"), {"id": str(new_id()), "text": "两袋米和降压药"})
    assert Request.objects.get().household == street.homes[0].id
    assert "两袋米和降压药" in words(client.get(street.url(street.homes[0], "asked")))
    assert "两袋米和降压药" not in words(client.get(street.url(street.homes[1], "asked")))


def test_it_shows_no_name_in_full_no_phone_and_no_number(street: Street) -> None:
    home = street.homes[0]
    Resident.objects.filter(pk=home.people[0]).update(name="欧阳建国", id_tail="002X")
    for page in ("", "passes", "asked", "help", "people", "arrival", "complain"):
        shown = phone().get(street.url(home, page)).content.decode()
        assert "建国" not in shown
        assert not re.search(r"\b1[3-9]\d{9}\b|\d{3}\*{4}\d{4}", shown)  # no phone, nor its mask
        assert "002X" not in shown
    assert "欧阳*" in phone().get(street.url(home)).content.decode()


def test_a_household_no_longer_in_use_says_so(street: Street) -> None:
    home = street.homes[0]
    Household.objects.filter(pk=home.id).update(active=False)
    for response in (
        phone("en").get(street.url(home)),
        phone("en").post(street.url(home, "report"), form(home)),
    ):
        assert response.status_code == 410
        assert "Nobody is registered behind this door now" in words(response)
        assert "0728-5230000" in words(response)
    assert Attempt.objects.count() == 0


def test_somebody_who_moved_is_not_shown_at_the_old_door_but_at_the_new(street: Street) -> None:
    old, new = street.homes[0], street.homes[1]
    moved = old.people[0]
    Resident.objects.filter(pk=moved).update(household=new.id)
    assert f't{moved}"' not in phone().get(street.url(old)).content.decode()
    assert f't{moved}"' in phone().get(street.url(new)).content.decode()


def test_a_foreign_page_cannot_report(street: Street) -> None:
    opened()
    home = street.homes[0]
    for headers in (
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "null"},
    ):
        response = Client(headers=headers).post(street.url(home, "report"), form(home))
        assert response.status_code == 403
    assert Attempt.objects.count() == 0
    assert (
        Client(headers={"origin": "http://testserver"})
        .post(street.url(home, "report"), form(home))
        .status_code
        == 302
    )


def wrong_code(number: int = 0) -> str:
    secret = "".join(LETTERS[number // 30**at % 30] for at in range(8))
    return str(Code(29_000 % 27_000, secret))


def test_wrong_codes_are_counted_by_address_and_right_links_go_on(street: Street) -> None:
    client = phone("en")
    for number in range(MOST):
        assert client.post("/d/", {"code": wrong_code(number)}).status_code == 422
    right = str(street.codes[street.homes[0].id])
    response = client.post("/d/", {"code": right})
    assert response.status_code == 429
    assert "scan the square on the card" in words(response)
    assert client.get(street.url(street.homes[0])).status_code == 200
    assert Client(REMOTE_ADDR="10.9.8.7").post("/d/", {"code": right}).status_code == 302


def test_typing_mistakes_are_not_counted(street: Street) -> None:
    client, right = phone(), str(street.codes[street.homes[0].id])
    slip = right[:-1] + next(letter for letter in LETTERS if letter != right[-1])
    for _ in range(MOST + 5):
        assert client.post("/d/", {"code": slip}).status_code == 422
    assert client.post("/d/", {"code": right}).status_code == 302
    assert DoorGuess.objects.count() == 0


def test_the_wait_is_over_after_a_while(monkeypatch: pytest.MonkeyPatch, street: Street) -> None:
    for _ in range(MOST):
        count_wrong("10.1.1.1")
    assert not may_guess("10.1.1.1")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + WITHIN + dt.timedelta(seconds=1))
    assert may_guess("10.1.1.1")


def test_many_addresses_that_guess_at_once_do_not_lock_out_those_who_do_not(street: Street) -> None:
    for number in range(MOST_OF_ALL):
        count_wrong(f"10.2.{number // 250}.{number % 250}")
    assert not may_guess("10.2.0.0")
    assert may_guess("10.3.0.1")


def test_the_address_is_not_kept(street: Street) -> None:
    count_wrong("203.0.113.77")
    with connection.cursor() as cursor:
        cursor.execute("select t::text from door_doorguess t")
        dump = "".join(text for (text,) in cursor.fetchall())
    assert "203.0.113" not in dump
    assert b"203.0.113.77".hex() not in dump


def test_links_of_a_community_are_made_at_once_and_once(street: Street) -> None:
    with inside():
        settle([1] * 7000, compound="大院")
    with acting(OFFICE), CaptureQueriesContext(connection) as asked:
        started = time.perf_counter()
        assert make_links(OFFICE, community=COMMUNITY) == 7000
        assert time.perf_counter() - started < 5
        assert len(asked) <= 6
        assert make_links(OFFICE, community=COMMUNITY) == 0
        assert len(cards(OFFICE, COMMUNITY)) == 7003
    assert DoorLink.objects.filter(community=COMMUNITY).values("token_digest").distinct().count() == 7003


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.CALLER, Role.REPORTER])
def test_links_are_the_offices(street: Street, role: Role) -> None:
    scope = scope_as(role)
    with acting(scope):
        for act in (make_links, renew_links, cards):
            with pytest.raises(Forbidden):
                act(scope, COMMUNITY) if act is cards else act(scope, community=COMMUNITY)


def test_the_office_of_another_community_renews_nothing_here(street: Street) -> None:
    scope = scope_as(Role.OFFICE, ELSEWHERE)
    with acting(scope), pytest.raises(Forbidden):
        renew_links(scope, community=COMMUNITY)
    assert phone().get(street.url(street.homes[0])).status_code == 200
