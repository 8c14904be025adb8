"""A fever at the gate of somebody on no roster stands on the list of fevers, by her name and where she was going."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from gates.test_visits import register, sent
from gates.village import COMMUNITY, NOON, SYSTEM, Village, passing
from shouwang.access.enums import PERMISSIONS, Role
from shouwang.access.wall import acting
from shouwang.gates.models import Check
from shouwang.kernel.errors import Refused
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.uuid7 import mint
from shouwang.screening.actions.fever_calls import end_fever_call
from shouwang.screening.enums import FeverEnd
from shouwang.screening.queries.fever_calls import FeverLine, fever_calls
from sync.phone import Json, Phone, enrolled

SignIn = Callable[[Role], Client]
pytestmark = pytest.mark.django_db


def fevers() -> list[FeverLine]:
    with acting(SYSTEM):
        return fever_calls(SYSTEM, COMMUNITY, COMMUNITY, NOON.date(), still_open=True)


def check_of(by: Phone, village: Village, visit: str | None = None, degrees: str = "38.6") -> Json:
    said: dict[str, Any] = {
        "entrance": village.gate.pk, "direction": "in", "pass": None, "temperature": degrees, "masked": True,
        "verdict": "red", "reason": "fever", "visit": visit,
    }  # fmt: skip
    return by.note(kind="check", body=said)


def test_of_a_visitor_at_the_desk_with_her_name_and_where_she_goes(
    village: Village, signed_in: SignIn
) -> None:
    keeper = signed_in(Role.GATE_KEEPER)
    said = {"visit_id": str(mint(NOON)), "check_id": str(mint(NOON)), "temperature": "38.6"}
    for _twice in range(2):
        assert register(keeper, village, **said).status_code == 200
    (line,) = fevers()
    call = line.call
    assert (call.name, call.whom, call.household, call.resident) == (
        "周敏",
        "张伟民",
        village.household.pk,
        None,
    )
    assert (str(call.temperature), call.source, line.waits) == ("38.6", "gate", True)
    page = signed_in(Role.OFFICE).get(reverse("screening:fevers", args=[COMMUNITY])).text
    assert "周敏" in page
    assert str(village.gate.name) in page
    assert keeper.get(reverse("screening:fevers", args=[COMMUNITY])).status_code == 403


def test_a_visitor_without_a_fever_is_on_no_list(village: Village, signed_in: SignIn) -> None:
    register(signed_in(Role.GATE_KEEPER), village, temperature="36.9")
    assert fevers() == []


@pytest.mark.parametrize("check_first", [True, False])
def test_of_a_visitor_sent_by_a_phone_in_either_order(village: Village, *, check_first: bool) -> None:
    phone = enrolled()
    visit = sent(phone, village)
    check = check_of(phone, village, visit["id"])
    again = check_of(phone, village, visit["id"], "39.1")
    for record in (check, visit, again) if check_first else (visit, check, again):
        assert phone.outcomes([record]) == ["stored"]
        assert phone.outcomes([record]) == ["duplicate"]
    (line,) = fevers()
    assert (line.call.name, line.call.whom, str(line.call.temperature)) == ("周敏", "3-2-502", "38.6")
    assert line.call.household == village.neighbours[0].household_id
    assert line.call.reading == UUID(visit["id"])


def test_of_a_stranger_who_was_not_registered(village: Village) -> None:
    phone = enrolled()
    assert phone.outcomes([check_of(phone, village)]) == ["stored"]
    (line,) = fevers()
    assert (line.call.name, line.call.household, line.waits) == ("", None, True)
    assert line.call.gate


def test_of_a_resident_there_is_the_one_call_of_her_own(village: Village) -> None:
    with acting(SYSTEM):
        passing(SYSTEM, village.gate, village.people[0], temperature="38.6")
        assert Check.objects.get(community=COMMUNITY).fever
    (line,) = fevers()
    assert (line.call.resident, line.call.name) == (village.people[0].pk, "")


def test_a_visitor_is_taken_to_hospital_or_turned_back_and_not_watched_here(village: Village) -> None:
    phone = enrolled()
    visit = sent(phone, village)
    phone.outcomes([visit, check_of(phone, village, visit["id"])])
    call = fevers()[0].call
    town = Scope(None, "town", (GrantedRange(COMMUNITY, COMMUNITY, PERMISSIONS[Role.TOWN], Role.TOWN),))
    with acting(town):
        with pytest.raises(Refused, match="roster"):
            end_fever_call(town, call_id=call.pk, end=FeverEnd.HOME)
        end_fever_call(town, call_id=call.pk, end=FeverEnd.TURNED_BACK)
    assert phone.outcomes([check_of(phone, village, visit["id"], "39.2")]) == ["stored"]
    assert sorted(line.open for line in fevers()) == [False]
