"""A household reports how it is: once, in the round, whatever happens on the way."""

from typing import Any

import pytest

from door.street import Street, form, minted, opened, phone, words
from screening.world import OFFICE, new_id
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.door.models import DoorDay, DoorLink
from shouwang.people.models import Household, Resident
from shouwang.screening.actions import close_round, open_round
from shouwang.screening.models import Attempt, Reading, Round
from shouwang.screening.queries.effective import kept, recount

pytestmark = pytest.mark.django_db


def send(street: Street, home: Any, **said: Any) -> Any:
    return phone("en").post(street.url(home, "report"), form(home) | said)


def figures() -> tuple[int, int, int, int]:
    round_ = Round.objects.get()
    assert kept(round_) == recount(round_)
    return round_.residents_reached, round_.households_reached, round_.fevers, round_.attempts


def test_a_report_counts_in_the_round(street: Street) -> None:
    opened()
    response = send(street, street.homes[0])
    assert response.status_code == 302
    assert response.headers["Location"] == street.url(street.homes[0], "thanks")
    assert figures() == (3, 1, 0, 1)
    attempt = Attempt.objects.get()
    assert (attempt.channel, attempt.outcome, attempt.answered_by) == ("self", "reached", "member")
    assert (attempt.made_by, attempt.proxy) == (None, False)
    assert {reading.symptoms == [] for reading in Reading.objects.all()} == {True}
    assert AuditEntry.objects.filter(verb="report_at_door", actor=None).count() == 1


def test_nothing_is_filled_in_and_nothing_sent_is_refused_kindly(street: Street) -> None:
    opened()
    home = street.homes[0]
    page = phone("en").get(street.url(home)).content.decode()
    assert "checked" not in page
    assert 'value="36' not in page
    assert "Nothing has been filled in" not in page
    response = phone("en").post(street.url(home, "report"), {"id": str(new_id())})
    assert response.status_code == 422
    assert "Nothing has been filled in yet" in words(response)
    assert Attempt.objects.count() == 0


def test_sent_twice_it_is_one_report(street: Street) -> None:
    opened()
    home = street.homes[0]
    said = form(home, id=str(minted(phone().get(street.url(home)))))
    for _ in range(3):
        assert phone().post(street.url(home, "report"), said).status_code == 302
    assert (Attempt.objects.count(), Reading.objects.count()) == (1, 3)
    assert figures() == (3, 1, 0, 1)
    assert DoorLink.objects.get(household=home.id).reports == 1


def test_sent_again_with_other_content_it_is_corrected(street: Street) -> None:
    opened()
    home = street.homes[0]
    said = form(home, **{f"t{home.people[0]}": "38.5"})
    phone().post(street.url(home, "report"), said)
    assert figures() == (3, 1, 1, 1)
    phone().post(street.url(home, "report"), said | {f"t{home.people[0]}": "36.8"})
    assert figures() == (3, 1, 0, 1)
    assert "36.8" in words(phone().get(street.url(home, "thanks")))


def test_a_mistake_stands_at_its_line_and_the_good_ones_are_kept(street: Street) -> None:
    opened()
    home = street.homes[0]
    first, second, third = home.people
    response = send(street, home, **{f"t{second}": "3.65", f"n{third}": "some"})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="e{second}"' in page
    assert f'id="e{third}"' in page
    assert f'id="e{first}"' not in page
    assert f'name="t{first}" value="36.5"' in page
    assert "2 lines need another look" in words(response)
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize("typed", ["36.5", "365", "36,5", "３６．５", "36度5"])
def test_temperatures_are_read_as_people_write_them(street: Street, typed: str) -> None:
    opened()
    (one,) = street.homes[1].people
    assert send(street, street.homes[1], **{f"t{one}": typed}).status_code == 302
    assert str(Reading.objects.get().temperature) == "36.5"


def test_what_is_written_of_somebody_who_moved_meanwhile_is_refused_aloud(street: Street) -> None:
    opened()
    home = street.homes[0]
    moved, stays = home.people[0], home.people[1]
    said = {"id": str(new_id()), f"t{moved}": "38.6", f"t{stays}": "36.5"}
    Resident.objects.filter(pk=moved).update(household=street.homes[1].id)
    response = phone("en").post(street.url(home, "report"), said)
    assert response.status_code == 422
    assert "no longer entered here" in words(response)
    assert Reading.objects.count() == 0
    again = {"id": str(new_id()), f"t{stays}": "36.5", f"t{moved}": ""}
    assert phone("en").post(street.url(home, "report"), again, follow=True).status_code == 200
    assert [reading.resident for reading in Reading.objects.all()] == [stays]


def test_one_of_the_household_is_enough_and_the_others_stay_open(street: Street) -> None:
    opened()
    home = street.homes[0]
    phone().post(street.url(home, "report"), {"id": str(new_id()), f"t{home.people[0]}": "36.6"})
    assert figures() == (1, 0, 0, 1)
    thanks = words(phone("en").get(street.url(home, "thanks")))
    assert "Not yet told: 赵* 1 · 赵* 2" in thanks


def test_symptoms_are_told_by_person(street: Street) -> None:
    opened()
    home = street.homes[2]
    well, ill = home.people
    said = {
        "id": str(new_id()),
        f"t{well}": "36.5",
        f"n{well}": "none",
        f"n{ill}": "some",
        f"s{ill}": ["cough", "fatigue"],
    }
    assert phone().post(street.url(home, "report"), said).status_code == 302
    assert Reading.objects.get(resident=ill).symptoms == ["cough", "fatigue"]
    assert Reading.objects.get(resident=well).symptoms == []


def test_a_fever_is_answered_with_what_to_do_and_whom_to_call(street: Street) -> None:
    opened()
    home = street.homes[1]
    send(street, home, **{f"t{home.people[0]}": "38.2"})
    assert figures()[2] == 1
    thanks = words(phone("en").get(street.url(home, "thanks")))
    assert "0728-5230000" in thanks
    assert "stays in a room alone" in thanks
    assert "As a rule nobody rings you" not in thanks


def test_before_the_round_is_open_it_waits_and_counts_then(street: Street) -> None:
    home = street.homes[0]
    only_well = {"id": str(new_id()), "all": "none"}
    assert phone().post(street.url(home, "report"), only_well).status_code == 302
    assert send(street, street.homes[1]).status_code == 302
    assert Attempt.objects.filter(round=0).count() == 2
    opened()
    assert figures() == (4, 2, 0, 2)
    assert phone().post(street.url(home, "report"), only_well).status_code == 302
    assert figures() == (4, 2, 0, 2)
    assert Attempt.objects.count() == 2


def test_after_the_round_is_closed_it_is_kept(street: Street) -> None:
    round_ = opened()
    with acting(OFFICE):
        close_round(OFFICE, round_id=round_.pk)
    assert send(street, street.homes[0]).status_code == 302
    assert figures() == (0, 0, 0, 0)
    assert Reading.objects.filter(round=0).count() == 3


def test_who_is_not_yet_on_the_list_is_put_on_it(street: Street) -> None:
    opened()
    home = Household.objects.get(pk=street.homes[1].id)
    now = home.created_at
    born = Resident.objects.create(
        community=home.community, household=home, name="赵宝", created_at=now, updated_at=now
    )
    response = send(street, street.homes[1], **{f"t{born.pk}": "36.9"})
    assert response.status_code == 302
    assert figures() == (2, 1, 0, 1)
    assert Round.objects.get().residents_due == 7


def test_days_are_counted_once_a_household(street: Street) -> None:
    opened()
    send(street, street.homes[0])
    send(street, street.homes[0])
    send(street, street.homes[1])
    day = DoorDay.objects.get()
    assert (day.households, day.reports) == (2, 3)


def test_the_round_is_not_opened_twice_by_it(street: Street) -> None:
    send(street, street.homes[0])
    with acting(OFFICE):
        first = open_round(OFFICE, community=street.tokens[street.homes[0].id].community)
        assert open_round(OFFICE, community=first.community) == first
    assert figures()[:2] == (3, 1)
