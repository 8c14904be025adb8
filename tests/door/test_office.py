"""The office's pages: links made and renewed, cards that scan, who reports herself."""

import io
from collections.abc import Callable

import pytest
import segno
import zxingcpp
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from PIL import Image

from access.people import user_with
from door.street import Street, form, phone, words
from screening.world import COMMUNITY, ELSEWHERE, OFFICE, Home, settle
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.door.models import DoorLink
from shouwang.people.actions.editing import merge_households
from shouwang.people.models import Household

pytestmark = pytest.mark.django_db
SignIn = Callable[[AbstractBaseUser], Client]


@pytest.fixture
def office(sign_in: SignIn) -> Client:
    client = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_it_says_who_has_a_link_and_who_uses_it(street: Street, office: Client) -> None:
    home: Home = street.homes[0]
    phone().post(street.url(home, "report"), form(home))
    (new,) = settle([1])
    for state, shown in (("", 4), ("today", 1), ("used", 1), ("unused", 2), ("none", 1)):
        page = office.get(f"/d/office/{COMMUNITY}", {"state": state})
        assert page.status_code == 200
        assert len(page.context["page"].object_list) == shown
    assert "Make the missing links" in words(office.get(f"/d/office/{COMMUNITY}"))
    office.post(f"/d/office/{COMMUNITY}/make")
    assert DoorLink.objects.filter(household=new.id).exists()


def test_a_card_carries_the_link_and_the_code(street: Street, office: Client) -> None:
    home = street.homes[0]
    page = office.get(f"/d/office/{COMMUNITY}/cards", {"household": home.id})
    shown = page.content.decode()
    assert str(street.codes[home.id]) in shown
    assert str(street.codes[street.homes[1].id]) not in shown
    drawn = io.BytesIO()
    segno.make(f"http://testserver{street.url(home)}", micro=False, error="m").save(
        drawn, kind="png", scale=4
    )
    (read,) = zxingcpp.read_barcodes(Image.open(drawn))
    assert read.text == f"http://testserver{street.url(home)}"
    drawing = segno.make(read.text, micro=False, error="m").svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    assert drawing in shown


def test_renewing_one_shows_its_new_card(street: Street, office: Client) -> None:
    home = street.homes[0]
    response = office.post(f"/d/office/households/{home.id}/renew", follow=True)
    assert str(street.codes[home.id]) not in response.content.decode()
    assert DoorLink.objects.get(household=home.id).serial == 1
    assert phone().get(street.url(home)).status_code == 404
    entry = AuditEntry.objects.get(verb="renew_door_links")
    assert (entry.subject_kind, entry.subject_id) == ("household", str(home.id))


def test_renewing_all_kills_all_of_this_community_and_none_elsewhere(street: Street, office: Client) -> None:
    office.post(f"/d/office/{COMMUNITY}/renew")
    assert {phone().get(street.url(home)).status_code for home in street.homes} == {404}
    assert phone().get(street.url(street.other)).status_code == 200


def test_eight_cards_to_a_sheet(street: Street, office: Client) -> None:
    settle([1] * 14)
    office.post(f"/d/office/{COMMUNITY}/make")
    page = office.get(f"/d/office/{COMMUNITY}/cards")
    assert [len(sheet) for sheet in page.context["sheets"]] == [8, 8, 1]


def test_another_community_is_not_there(street: Street, office: Client) -> None:
    other = Household.objects.get(pk=street.other.id)
    assert office.get(f"/d/office/{ELSEWHERE}").status_code in {403, 404}
    assert office.get(f"/d/office/{ELSEWHERE}/cards").status_code in {403, 404}
    assert office.post(f"/d/office/{ELSEWHERE}/renew").status_code in {403, 404}
    assert office.post(f"/d/office/households/{other.pk}/renew").status_code in {403, 404}
    assert phone().get(street.url(street.other)).status_code == 200


@pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.CALLER, Role.REPORTER])
def test_only_who_issues_passes_sees_links(street: Street, sign_in: SignIn, role: Role) -> None:
    client = sign_in(user_with([(role, COMMUNITY)]))
    assert client.get(f"/d/office/{COMMUNITY}").status_code == 403
    assert client.get(f"/d/office/{COMMUNITY}/cards").status_code == 403


def test_after_a_merge_the_card_of_who_stays_is_handed_out_again(street: Street, office: Client) -> None:
    stays, goes = street.homes[0], street.homes[1]
    with acting(OFFICE):
        merge_households(OFFICE, household_id=stays.id, others=[goes.id])
    assert phone().get(street.url(goes)).status_code == 410
    page = office.get(f"/d/office/{COMMUNITY}", {"state": "again"})
    assert [home.pk for home in page.context["page"]] == [stays.id]
    for _ in range(2):
        office.post(f"/d/office/households/{stays.id}/handed-out")
    assert not DoorLink.objects.filter(again_at__isnull=False).exists()
    assert AuditEntry.objects.filter(verb="hand_out_card").count() == 1
