"""Visitors: registered at the desk's gate or by a phone, listed for the office with their numbers sealed."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gates.village import COMMUNITY, NEIGHBOUR, NOON, SYSTEM, Village, build, passing, scope_of
from people.town import id_number
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.sealed import digest
from shouwang.access.wall import acting
from shouwang.gates.models import Check, Visit
from shouwang.kernel.uuid7 import mint
from shouwang.people.models import Resident, Sighting
from shouwang.sync.models import Quarantined
from shouwang.sync.sealing import seal
from sync.phone import Json, Phone, enrolled

SignIn = Callable[[Role], Client]
HER_ID, HER_PHONE = id_number(8), "13871234567"
pytestmark = pytest.mark.django_db


def said(**more: Any) -> dict[str, Any]:
    return {
        "visit_id": str(mint(NOON)), "check_id": str(mint(NOON)), "name": "周 敏", "id_number": HER_ID,
        "phone": HER_PHONE, "whom": "张伟民", "why": "送药", "origin": "仙桃", "plate": "", "temperature": "36.4",
        "masked": "yes", "direction": "in", **more,
    }  # fmt: skip


def register(client: Client, village: Village, **more: Any) -> Any:
    return client.post(reverse("gates:visitor", args=[village.gate.pk]), said(**more))


def visits() -> list[Visit]:
    with acting(SYSTEM):
        return list(Visit.objects.filter(community=COMMUNITY).order_by("made_at", "id"))


def body(village: Village, **more: Any) -> Json:
    return {
        "entrance": village.gate.pk, "direction": "in", "name": "周敏", "id_number": seal(HER_ID),
        "phone": seal(HER_PHONE), "whom": "3-2-502", "household": None, "why": "探亲", "origin": "武汉",
        "arrived_on": None, "plate": "", "returnee": False, **more,
    }  # fmt: skip


def sent(by: Phone, village: Village, **more: Any) -> Json:
    return by.note(kind="visit", body=body(village, **more))


def test_a_visitor_is_registered_with_the_check_of_her(village: Village, signed_in: SignIn) -> None:
    page = register(signed_in(Role.GATE_KEEPER), village)
    assert page.status_code == 200
    assert "data-verdict" in page.text
    visit = visits()[0]
    assert (visit.name, visit.whom, visit.household) == ("周敏", "张伟民", village.household.pk)
    assert (visit.id_tail, visit.phone_mask) == (HER_ID[-4:], "138****4567")
    assert bytes(visit.id_digest or b"") == digest(HER_ID)
    with acting(SYSTEM):
        check = Check.objects.get(community=COMMUNITY)
    assert (check.visit, str(check.temperature), check.direction) == (visit.id, "36.4", "in")


def test_the_lists_of_checks_call_her_by_her_name(village: Village, signed_in: SignIn) -> None:
    keeper = signed_in(Role.GATE_KEEPER)
    answer = register(keeper, village).text
    latest = keeper.get(reverse("gates:latest", args=[village.gate.pk])).text
    checks = signed_in(Role.OFFICE).get(reverse("gates:checks", args=[COMMUNITY])).text
    for page in (answer, latest, checks):
        assert "周*" in page
        assert "周敏" not in page
        assert "not on the roster" not in page


def test_the_form_says_that_one_of_the_two_numbers_is_needed(village: Village, signed_in: SignIn) -> None:
    page = signed_in(Role.GATE_KEEPER).get(reverse("gates:visitor", args=[village.gate.pk])).text
    phone = page[page.index('<label for="id_phone">') :]
    assert phone.index("At least one of the two numbers.") < phone.index("<input")
    for name in ("id_number", "phone"):
        label = page[page.index(f'<label for="id_{name}">') :].partition("</label>")[0]
        assert "may be left empty" not in label


def test_pressed_twice_she_is_registered_once(village: Village, signed_in: SignIn) -> None:
    client, same = signed_in(Role.GATE_KEEPER), said()
    address = reverse("gates:visitor", args=[village.gate.pk])
    assert client.post(address, same).status_code == client.post(address, same).status_code == 200
    assert len(visits()) == 1
    with acting(SYSTEM):
        assert Check.objects.count() == 1
    again = client.post(address, same | {"name": "周梅"})
    assert again.status_code == 422
    assert "Register it anew" in again.text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"id_number": HER_ID[:-1] + ("1" if HER_ID[-1] != "1" else "2")}, "check digit"),
        ({"phone": "1387123456"}, "not a mobile number"),
        ({"id_number": "", "phone": ""}, "one of the two finds her again"),
        ({"name": ""}, "This field is required"),
        ({"temperature": "99"}, "99"),
        ({"returnee": "on", "origin": ""}, "where she came back from"),
        ({"direction": "", "masked": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(
    village: Village, signed_in: SignIn, wrong: dict[str, str], told: str
) -> None:
    page = register(signed_in(Role.GATE_KEEPER), village, **wrong)
    assert page.status_code == 422
    assert told in page.text
    assert visits() == []
    with acting(SYSTEM):
        assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("whom", "found"),
    [("3-2-502", True), ("滨江苑3栋2单元502", True), ("王小", False), ("花园9-9-999", False)],
)
def test_whom_is_found_by_name_or_door_and_else_kept_as_said(
    village: Village, signed_in: SignIn, whom: str, found: bool
) -> None:
    register(signed_in(Role.GATE_KEEPER), village, whom=whom)
    assert (visits()[0].household is not None, visits()[0].whom) == (found, whom)


def test_two_of_one_name_are_nobody(village: Village, signed_in: SignIn) -> None:
    with acting(SYSTEM):
        village.neighbours[0].name = "张伟民"
        village.neighbours[0].save()
    register(signed_in(Role.GATE_KEEPER), village)
    assert visits()[0].household is None


def test_who_came_back_to_stay_enters_the_register(village: Village, signed_in: SignIn) -> None:
    with acting(SYSTEM):
        Resident.objects.filter(pk=village.people[1].pk).update(id_digest=digest(HER_ID))
    register(signed_in(Role.GATE_KEEPER), village, returnee="on", arrived_on="2020-02-19")
    with acting(SYSTEM):
        returnee = Sighting.objects.get()
    assert (returnee.name, returnee.origin, returnee.source, returnee.source_id) == (
        "周敏", "仙桃", "gate", visits()[0].id,
    )  # fmt: skip
    assert (returnee.resident_id, returnee.household_id) == (village.people[1].pk, village.household.pk)
    page = signed_in(Role.TOWN).get(reverse("people:returnees", args=[COMMUNITY])).text
    assert "周敏" in page
    assert HER_ID not in page
    assert HER_PHONE not in page


def test_what_a_phone_sealed_is_opened_and_sealed_anew(village: Village) -> None:
    phone = enrolled()
    record = sent(phone, village, returnee=True, arrived_on="2020-02-18")
    assert phone.outcomes([record]) == ["stored"]
    assert phone.outcomes([record]) == ["duplicate"]
    visit = visits()[0]
    assert visit.keeper == "王姐"
    assert visit.household == village.neighbours[0].household_id
    with acting(SYSTEM):
        assert (visit.id_number.open(), visit.phone.open()) == (HER_ID, HER_PHONE)  # type: ignore[union-attr]
        assert Sighting.objects.count() == 1


def test_the_same_id_with_other_content_is_a_conflict_and_both_are_kept(village: Village) -> None:
    phone = enrolled()
    first = sent(phone, village)
    other = first | {"body": body(village, name="周梅")}
    assert phone.outcomes([first]) == ["stored"]
    assert phone.outcomes([other]) == ["conflict"]
    assert [visit.name for visit in visits()] == ["周敏"]
    with acting(SYSTEM):
        assert "周梅" in Quarantined.objects.get().raw.open()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": 7}, {"name": "x" * 61}, {"entrance": 999_999}, {"entrance": "东门"}, {"entrance": None},
        {"id_number": "429006"}, {"id_number": 429006}, {"household": "1"}, {"household": True}, {"returnee": "yes"},
        {"arrived_on": "gestern"}, {"why": ["x"]},
    ],
)  # fmt: skip
def test_a_record_that_is_no_visit_is_set_aside_and_the_others_go_through(
    village: Village, wrong: dict[str, Any]
) -> None:
    phone = enrolled()
    records = [sent(phone, village), sent(phone, village, **wrong), sent(phone, village)]
    assert phone.outcomes(records) == ["stored", "quarantined", "stored"]
    assert phone.outcomes(records) == ["duplicate", "quarantined", "duplicate"]
    assert len(visits()) == 2


def test_a_number_that_does_not_check_is_kept_as_it_was_said(village: Village, signed_in: SignIn) -> None:
    phone = enrolled()
    assert phone.outcomes([sent(phone, village, id_number=seal("42900619800101999"), phone=None)]) == [
        "stored"
    ]
    visit = visits()[0]
    assert visit.id_digest is None
    with acting(SYSTEM):
        assert visit.id_number.open() == "42900619800101999"  # type: ignore[union-attr]
    page = signed_in(Role.OFFICE).get(reverse("gates:visitors", args=[COMMUNITY])).text
    assert "does not check" in page


def test_a_household_of_another_community_is_not_believed(village: Village) -> None:
    there = build(NEIGHBOUR)
    phone = enrolled()
    assert phone.outcomes([sent(phone, village, household=there.household.pk)]) == ["stored"]
    assert visits()[0].household is None


def test_the_office_reads_the_list_masked_and_a_look_is_on_record(
    village: Village, signed_in: SignIn
) -> None:
    register(signed_in(Role.GATE_KEEPER), village)
    client, visit = signed_in(Role.OFFICE), visits()[0]
    page = client.get(reverse("gates:visitors", args=[COMMUNITY])).text
    assert "周敏" in page
    assert "138****4567" in page
    assert "送药" in page
    assert HER_ID not in page
    shown = client.post(reverse("gates:reveal_visit", args=[COMMUNITY, visit.id]), {"field": "phone"}).text
    assert HER_PHONE in shown
    with acting(SYSTEM):
        entry = AuditEntry.objects.get(verb="reveal")
    assert (entry.subject_kind, entry.subject_id, entry.detail["field"]) == ("visit", str(visit.id), "phone")


@pytest.mark.parametrize("wanted", ["周敏", "张伟", "送药", HER_ID, HER_PHONE, HER_ID[-4:], "4567", "仙桃"])
def test_a_visitor_is_found(village: Village, signed_in: SignIn, wanted: str) -> None:
    keeper = signed_in(Role.GATE_KEEPER)
    register(keeper, village)
    register(keeper, village, name="别人", id_number="", phone="13900000001", whom="", why="", origin="")
    page = signed_in(Role.OFFICE).get(reverse("gates:visitors", args=[COMMUNITY]), {"q": wanted}).text
    assert "周敏" in page
    assert "别人" not in page


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.CALLER, Role.REPORTER, Role.ADMINISTRATOR])
def test_the_list_is_not_for_everybody(village: Village, signed_in: SignIn, role: Role) -> None:
    client = signed_in(role)
    for name in ("gates:visitors", "gates:vehicles", "gates:visitors_xlsx"):
        assert client.get(reverse(name, args=[COMMUNITY])).status_code == 403


def test_the_list_of_elsewhere_does_not_exist(village: Village, signed_in: SignIn) -> None:
    register(signed_in(Role.GATE_KEEPER), village)
    office = signed_in(Role.OFFICE)
    assert office.get(reverse("gates:visitors", args=[NEIGHBOUR])).status_code == 404
    with acting(scope_of(Role.OFFICE, NEIGHBOUR)):
        assert not Visit.objects.exists()


def test_the_workbook_is_masked_marked_and_recorded(village: Village, signed_in: SignIn) -> None:
    register(signed_in(Role.GATE_KEEPER), village, name="=1+1", id_number=HER_ID)
    answer = signed_in(Role.OFFICE).get(reverse("gates:visitors_xlsx", args=[COMMUNITY]))
    cells = [cell for row in load_workbook(BytesIO(answer.content)).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    texts = [str(cell.value) for cell in cells]
    assert "For this response only" in texts[0]
    assert "138****4567" in texts
    assert HER_PHONE not in texts
    assert HER_ID not in texts
    assert next(cell.data_type for cell in cells if cell.value == "=1+1") == "s"
    with acting(SYSTEM):
        entry = AuditEntry.objects.get(verb="export")
    assert (entry.subject_kind, entry.detail["rows"]) == ("visits", 1)


def test_a_vehicle_is_listed_with_those_who_sat_in_it(village: Village, signed_in: SignIn) -> None:
    phone = enrolled()
    seen = {
        "entrance": village.gate.pk,
        "direction": "in",
        "verdict": "green",
        "reason": "ok",
        "temperature": "36.5",
    }
    visit = sent(phone, village)
    car = phone.note(kind="check", body=seen | {"plate": "鄂R12345"})
    inside = phone.note(kind="check", body=seen | {"vehicle": car["id"], "visit": visit["id"]})
    assert phone.outcomes([visit, car, inside]) == ["stored"] * 3
    passing(scope_of(Role.GATE_KEEPER), village.gate, village.neighbours[0], direction="in")
    page = signed_in(Role.OFFICE).get(reverse("gates:vehicles", args=[COMMUNITY])).text
    row = re.search(r"鄂R12345.*?</tr>", page, re.S)
    assert row
    assert "周敏" in row.group()
    assert "王*" not in row.group()


def test_pages_ask_the_database_as_often_for_many_as_for_few(
    village: Village, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    phone, office = enrolled(), signed_in(Role.OFFICE)
    address = reverse("gates:visitors", args=[COMMUNITY])
    office.get(address)
    assert set(phone.outcomes([sent(phone, village, whom="张伟民") for _ in range(30)])) == {"stored"}
    with django_assert_max_num_queries(20):
        assert office.get(address).text.count('<td class="first">周敏') == 30


def test_an_id_that_is_no_uuid7_is_refused(village: Village, signed_in: SignIn) -> None:
    assert register(signed_in(Role.GATE_KEEPER), village, visit_id=str(uuid4())).status_code == 422
