"""A pass on the telephone's screen: after the last four of the holder's number, and not by trying."""

import pytest

from door.street import Street, phone, words
from screening.world import COMMUNITY, OFFICE
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.door.actions.guessing import MOST_TAILS
from shouwang.gates.actions import issue_pass, revoke_pass
from shouwang.gates.models import Pass
from shouwang.people.models import Resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(street: Street) -> Pass:
    one = street.homes[0].people[0]
    Resident.objects.filter(pk=one).update(id_tail="002X", phone_tail="7788")
    with acting(OFFICE):
        issue_pass(OFFICE, resident_id=one)
    return Pass.objects.get(resident=one)


@pytest.mark.parametrize("four", ["002x", "7788 "])
def test_the_holder_sees_her_square(street: Street, held: Pass, four: str) -> None:
    client, home = phone("en"), street.homes[0]
    assert f"/passes/{held.pk}" in client.get(street.url(home, "passes")).content.decode()
    page = street.url(home, f"passes/{held.pk}")
    assert "<svg" not in client.get(page).content.decode().partition("<form")[2].partition("<footer")[0]
    shown = client.post(page, {"four": four})
    assert shown["Cache-Control"] == "no-store"
    assert held.code in words(shown)
    assert '<div class="square"><svg' in shown.content.decode()
    assert len(shown.content) < 40_000
    assert (
        AuditEntry.objects.filter(verb="show_pass", community=COMMUNITY, subject_id=str(held.pk)).count() == 1
    )


def test_trying_ends_after_a_few_also_for_the_right_one(street: Street, held: Pass) -> None:
    page = street.url(street.homes[0], f"passes/{held.pk}")
    for number in range(MOST_TAILS):
        assert phone().post(page, {"four": f"100{number}"}).status_code == 422
    refused = phone("en").post(page, {"four": "7788"})
    assert refused.status_code == 429
    assert held.code not in refused.content.decode()
    assert "Wrong too often today" in words(refused)


def test_a_neighbours_and_a_revoked_pass_are_not_shown(street: Street, held: Pass) -> None:
    assert phone().post(street.url(street.homes[1], f"passes/{held.pk}"), {"four": "7788"}).status_code == 404
    with acting(OFFICE):
        revoke_pass(OFFICE, pass_id=held.pk, reason="lost")
    assert phone().post(street.url(street.homes[0], f"passes/{held.pk}"), {"four": "7788"}).status_code == 404
