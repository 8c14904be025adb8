"""A check put right at the desk: by whom, from which list, and what stands there afterwards."""

import datetime as dt
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from gates.test_check_intake import sent, take
from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, passing
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.gates.models import Check, GateDay
from shouwang.gates.queries.vehicles import vehicles_of_day
from shouwang.kernel.uuid7 import mint

SignIn = Callable[[Role], Client]
AN_HOUR = dt.timedelta(hours=1)
RIGHT = {
    "temperature": "36.5",
    "masked": "yes",
    "direction": "out",
    "remarks": "",
    "why": "Read 39.5 as 36.5",
}
LIST = reverse("gates:checks", args=[COMMUNITY])


def page_of(check: Check) -> str:
    return reverse("gates:correct", args=[COMMUNITY, check.id])


def feverish(village: Village, at: dt.datetime = NOON - AN_HOUR) -> Check:
    return passing(SYSTEM, village.gate, village.people[0], at=at, temperature="39.5", remarks="coughs")


def filled(client: Client, address: str, **other: str) -> dict[str, str]:
    found = re.search(r'name="check_id" value="([0-9a-f-]{36})"', client.get(address).text)
    assert found
    return RIGHT | {"check_id": found.group(1)} | other


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.OFFICE])
def test_who_keeps_gates_corrects_a_check_from_the_list(
    village: Village, signed_in: SignIn, role: Role
) -> None:
    wrong, client = feverish(village), signed_in(role)
    assert page_of(wrong) in client.get(LIST).text
    answer = client.post(page_of(wrong), filled(client, page_of(wrong)), follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    text = " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())
    assert "Corrected. Figures and rounds follow" in text
    # It stands at the time of the passing, and what it said is behind it, with the reason.
    assert "11:00 张* " in text
    assert (
        "corrected 12:00 Read 39.5 as 36.5 at 11:00 it said: out · ▲ 39.5 °C fever · Mask worn · coughs"
        in text
    )
    with acting(SYSTEM):
        right = Check.objects.get(corrects=wrong.id)
        assert (right.verdict, right.fever, right.made_by is not None) == (wrong.verdict, False, True)
        assert GateDay.objects.values_list("checks", "fevers").get() == (1, 0)
        told = AuditEntry.objects.get(verb="correct_check")
    assert told.detail == {"corrects": str(wrong.id)}


def test_the_gates_own_page_leads_there_and_back(village: Village, signed_in: SignIn) -> None:
    wrong, client = feverish(village), signed_in(Role.GATE_KEEPER)
    desk = reverse("gates:gate", args=[village.gate.pk])
    address = page_of(wrong) + "?desk=1"
    for place in (desk, reverse("gates:latest", args=[village.gate.pk])):
        assert address in client.get(place).text
    answer = client.post(address, filled(client, address), follow=True)
    assert answer.redirect_chain == [(desk, 302)]
    assert "corrected 12:00" in answer.text


def test_the_form_says_what_the_check_says(village: Village, signed_in: SignIn) -> None:
    page = signed_in(Role.OFFICE).get(page_of(feverish(village))).text
    for what in ('value="39.5"', 'value="coughs"', "张*"):
        assert what in page
    assert "张伟民" not in page
    assert re.search(r'value="yes"[^>]* checked', page)
    assert re.search(r'value="out"[^>]* checked', page)


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"temperature": "3.65"}, "3.65"),
        ({"temperature": "52"}, "52"),
        ({"why": " "}, "This field is required"),
        ({"direction": ""}, "This field is required"),
        ({"why": "x" * 201}, "at most 200"),
        ({"temperature": "39.5", "remarks": "coughs"}, "Nothing is different"),
    ],
)
def test_what_cannot_be_is_told_and_keeps_what_was_typed(
    village: Village, signed_in: SignIn, other: dict[str, str], word: str
) -> None:
    wrong, client = feverish(village), signed_in(Role.OFFICE)
    answer = client.post(page_of(wrong), filled(client, page_of(wrong), **other))
    assert answer.status_code == 422
    assert word in answer.text
    with acting(SYSTEM):
        assert Check.objects.count() == 1


def test_pressed_twice_it_is_one_correction_and_a_second_goes_to_the_latest(
    village: Village, signed_in: SignIn
) -> None:
    wrong, client = feverish(village), signed_in(Role.OFFICE)
    first, second = filled(client, page_of(wrong)), filled(client, page_of(wrong), temperature="36.6")
    assert [client.post(page_of(wrong), first).status_code for _ in range(2)] == [302, 302]
    refused = client.post(page_of(wrong), second)
    assert refused.status_code == 422
    assert "Correct the latest record instead" in refused.text
    with acting(SYSTEM):
        right = Check.objects.get(corrects=wrong.id)
    assert client.post(page_of(right), second).status_code == 302
    with acting(SYSTEM):
        assert GateDay.objects.get().checks == 1


def test_yesterdays_checks_stay(village: Village, signed_in: SignIn) -> None:
    wrong, client = feverish(village, NOON - 24 * AN_HOUR), signed_in(Role.OFFICE)
    assert page_of(wrong) not in client.get(LIST, {"day": "2020-02-19"}).text
    answer = client.post(page_of(wrong), filled(client, page_of(wrong)))
    assert answer.status_code == 422
    assert "Only checks of today" in answer.text


def test_others_may_look_and_not_correct(village: Village, signed_in: SignIn) -> None:
    wrong = feverish(village)
    reporter = signed_in(Role.REPORTER)
    assert page_of(wrong) not in reporter.get(LIST).text
    assert reporter.get(page_of(wrong)).status_code == 403
    assert reporter.post(page_of(wrong), RIGHT | {"check_id": str(mint(NOON))}).status_code == 403
    office = signed_in(Role.OFFICE)
    assert office.get(reverse("gates:correct", args=[NEIGHBOUR, wrong.id])).status_code == 404
    assert office.get(reverse("gates:correct", args=[COMMUNITY, mint(NOON)])).status_code == 404


def test_a_reporter_reads_the_correction_without_its_words(village: Village, signed_in: SignIn) -> None:
    wrong, office = feverish(village), signed_in(Role.OFFICE)
    office.post(page_of(wrong), filled(office, page_of(wrong)))
    page = signed_in(Role.REPORTER).get(LIST).text
    assert "corrected 12:00" in page
    assert "coughs" not in page
    assert RIGHT["why"] not in page


def test_a_corrected_check_keeps_its_place_among_the_others(village: Village, signed_in: SignIn) -> None:
    wrong, client = feverish(village, NOON - 2 * AN_HOUR), signed_in(Role.OFFICE)
    passing(SYSTEM, village.gate, None, at=NOON - AN_HOUR)
    client.post(page_of(wrong), filled(client, page_of(wrong)))
    times = re.findall(r'<td class="first">([\d:]+)</td>', client.get(LIST).text)
    assert times == ["11:00", "10:00"]


def test_who_sat_in_a_vehicle_stays_in_it_when_its_check_is_corrected(
    village: Village, signed_in: SignIn
) -> None:
    car = sent(village, at=NOON - AN_HOUR, plate="鄂R12345", masked=None)
    take(car, sent(village, at=NOON - AN_HOUR, vehicle=str(car.id)))
    client = signed_in(Role.OFFICE)
    address = reverse("gates:correct", args=[COMMUNITY, car.id])
    assert client.post(address, filled(client, address, masked="", direction="in")).status_code == 302
    with acting(SYSTEM):
        found = vehicles_of_day(SYSTEM, community=COMMUNITY, day=NOON.date())
    assert [len(line.occupants) for line in found.lines] == [1]
    assert found.lines[0].line.check.id != UUID(str(car.id))
