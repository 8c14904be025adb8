"""What a household asks for, complains of, declares and corrects goes where it belongs, once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client

from access.people import user_with
from door.street import Street, form, minted, opened, phone, words
from screening.world import COMMUNITY, OFFICE, new_id
from shouwang.access.enums import Role
from shouwang.access.wall import acting
from shouwang.grievances.models import Matter
from shouwang.people.enums import ProposalKind
from shouwang.people.models import Proposal, Sighting
from shouwang.screening.models import Attempt, FeverCall
from shouwang.supplies.actions import finish_request
from shouwang.supplies.models import Request, Telling

pytestmark = pytest.mark.django_db
SignIn = Callable[[AbstractBaseUser], Client]


def post(street: Street, page: str, said: dict[str, Any], home: int = 0) -> Any:
    address = street.url(street.homes[home], page)
    client = phone("en")
    said = {"id": str(minted(client.get(address)))} | said
    client.post(address, said)
    return client.post(address, said)  # everything may come twice


def test_a_request_is_taken_once_and_its_answer_is_read(street: Street) -> None:
    response = post(street, "help", {"text": "降压药一盒，快没了", "urgent": "on"})
    assert "It has arrived" in words(response)
    request = Request.objects.get()
    assert (request.household, request.urgent) == (street.homes[0].id, True)
    assert Telling.objects.get().source == "door"
    with acting(OFFICE):
        finish_request(OFFICE, request_id=request.pk, answer="药下午送到门口")
    shown = words(phone("en").get(street.url(street.homes[0], "asked")))
    assert "药下午送到门口" in shown
    assert "done" in shown


def test_an_empty_request_says_what_is_missing(street: Street) -> None:
    response = post(street, "help", {"text": ""})
    assert response.status_code == 422
    assert "Please write a few words." in words(response)
    assert Request.objects.count() == 0


def test_a_complaint_without_a_name_leads_to_nobody(street: Street) -> None:
    response = post(street, "complain", {"text": "门口没有人测体温", "kind": "complaint", "unnamed": "on"})
    assert "sent without your name" in words(response)
    matter = Matter.objects.get()
    assert (matter.household, matter.source) == (None, "door")
    assert "门口没有人测体温" not in words(phone().get(street.url(street.homes[0], "asked")))


def test_a_complaint_with_a_name_is_followed(street: Street) -> None:
    post(street, "complain", {"text": "楼上半夜吵闹", "kind": "trouble"})
    assert Matter.objects.get().household == street.homes[0].id
    assert "楼上半夜吵闹" in words(phone().get(street.url(street.homes[0], "asked")))


def test_an_arrival_is_thanked_registered_and_proposed(street: Street) -> None:
    said = {
        "name": "李芳",
        "origin": "武汉市江岸区",
        "arrived_on": "2020-01-22",
        "phone": "13800001111",
        "to_stay": "yes",
    }
    assert "not held against anyone" in words(phone("en").get(street.url(street.homes[0], "arrival")))
    assert "It has arrived" in words(post(street, "arrival", said))
    sighting = Sighting.objects.get()
    assert (sighting.source, sighting.origin) == ("declared", "武汉市江岸区")
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.source, proposal.household) == ("moved_in", "door", street.homes[0].id)


def test_a_visitor_is_registered_but_not_proposed(street: Street) -> None:
    post(street, "arrival", {"name": "李芳", "origin": "孝感", "to_stay": "no"})
    assert Sighting.objects.count() == 1
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("kind", [ProposalKind.AWAY, ProposalKind.MOVED_OUT, ProposalKind.CORRECT])
def test_a_change_waits_for_the_office(street: Street, kind: ProposalKind) -> None:
    home = street.homes[0]
    said = {"kind": kind.value, "who": str(home.people[1]), "phone": "13912345678"}
    assert "The office looks at it" in words(post(street, "people", said))
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.resident, proposal.state) == (kind, home.people[1], "open")


def test_a_fever_told_at_the_door_is_on_the_list(street: Street) -> None:
    opened()
    home = street.homes[1]
    phone().post(street.url(home, "report"), form(home, **{f"t{home.people[0]}": "38.4"}))
    call = FeverCall.objects.get()
    assert (call.resident, call.source, str(call.temperature)) == (home.people[0], "self", "38.4")


def test_a_responder_reports_for_those_who_cannot_and_it_is_marked(street: Street, sign_in: SignIn) -> None:
    opened()
    user = user_with([(Role.CALLER, COMMUNITY)])
    client, home = sign_in(user), street.homes[1]
    assert str(user) in words(client.get(street.url(home)))
    assert client.post(street.url(home, "report"), form(home)).status_code == 302
    attempt = Attempt.objects.get()
    assert (attempt.proxy, attempt.made_by, attempt.channel) == (True, user.pk, "self")


def test_somebody_signed_in_who_reaches_nobody_here_reports_nothing(street: Street, sign_in: SignIn) -> None:
    opened()
    client, home = sign_in(user_with([(Role.REPORTER, COMMUNITY)])), street.homes[1]
    assert client.post(street.url(home, "report"), form(home)).status_code == 403
    assert Attempt.objects.count() == 0


def test_one_question_a_screen_ends_in_the_same_report(street: Street) -> None:
    """The elderly mode, without JavaScript: what the buttons and hidden fields send."""
    opened()
    home, client = street.homes[2], phone("en")
    client.get(street.url(home, "look"), {"large": "1"})
    assert "Report how we are today" in words(client.get(street.url(home)))
    first, second = home.people
    said: dict[str, Any] = {"id": str(new_id())}
    page = client.post(street.url(home, "steps"), said)
    assert "Is anybody at home not well?" in words(page)
    said |= {"unwell": "some"}
    page = client.post(street.url(home, "steps"), said | {"at": "well"})
    assert "temperature?" in words(page)
    wrong = client.post(street.url(home, "steps"), said | {"at": f"t{first}", f"t{first}": "3.65"})
    assert "is not a temperature" in words(wrong)
    said |= {f"t{first}": "36.5"}
    assert "How is" in words(client.post(street.url(home, "steps"), said | {"at": f"t{first}"}))
    said |= {f"n{first}": "none"}
    client.post(street.url(home, "steps"), said | {"at": f"s{first}"})
    said |= {f"t{second}": "36.9", f"n{second}": "some", f"s{second}": ["cough"]}
    client.post(street.url(home, "steps"), said | {"at": f"t{second}"})
    page = client.post(street.url(home, "steps"), said | {"at": f"s{second}"})
    assert "Is this right?" in words(page)
    assert client.post(street.url(home, "report"), said).status_code == 302
    assert Attempt.objects.count() == 1
    assert "cough" in words(client.get(street.url(home, "thanks")))
