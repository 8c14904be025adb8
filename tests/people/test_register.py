"""The register of returnees: everybody once, what follows of what is known, and the pages that decide and put right."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from access.people import refused
from people.test_joining import see
from people.town import COMMUNITY, HEADINGS, NEIGHBOUR, id_number, load, scope_of, sign_in, xlsx
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.people import actions
from shouwang.people.actions.editing import NewDoor
from shouwang.people.actions.enlisting import put_on_roster
from shouwang.people.enums import Joining, ReturneeSource
from shouwang.people.models import Pair, Resident, Returnee, Sighting, Watch
from shouwang.people.queries import register as queries

OFFICE = scope_of()
DOOR = "滨江美景湾3栋2单元501"
A_DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("wall")


@pytest.fixture
def roster(wall: None) -> Resident:
    """Zhang San, whom the roster knows with her number."""
    load(xlsx(HEADINGS, ("张三", "户主", id_number(1), "13871230001", DOOR, "")))
    return Resident.objects.get()


def days_ago(days: int) -> dt.date:
    return clock.today() - days * A_DAY


def entry(sighting: Sighting) -> queries.Entry:
    return queries.entry(OFFICE, Sighting.objects.get(pk=sighting.pk).returnee_id or 0)


class TestWhatFollows:
    def test_who_is_on_the_roster_is_watched_as_the_profile_says(self, roster: Resident) -> None:
        seen = see("张三", 1, arrived_on=days_ago(4))
        watch = Watch.objects.get(resident=roster.pk)
        assert (watch.from_day, watch.until_day, watch.twice_daily) == (days_ago(3), days_ago(-10), True)
        one = entry(seen)
        assert one.watch is not None
        assert (one.watch.day_number, one.watch.days, one.open(clock.today())) == (4, 14, False)

    def test_the_latest_arrival_told_counts_until_the_office_says_otherwise(self, roster: Resident) -> None:
        seen = see("张三", 1, arrived_on=days_ago(6))
        see("张三", 1, arrived_on=days_ago(2), source=ReturneeSource.GATE)
        assert Watch.objects.get().until_day == days_ago(-12)
        actions.change_returnee(OFFICE, returnee_id=entry(seen).returnee.pk, last_there_on=days_ago(7))
        assert Watch.objects.get().until_day == days_ago(-7)
        see("张三", 1, arrived_on=days_ago(1), source=ReturneeSource.CALL)
        assert Watch.objects.get(closed_at=None).until_day == days_ago(-7)

    def test_nobody_told_when_she_came_so_the_day_she_was_first_seen_counts(self, roster: Resident) -> None:
        see("张三", 1)
        assert Watch.objects.get().from_day == clock.today() + A_DAY

    def test_days_that_are_over_begin_no_watch(self, roster: Resident) -> None:
        one = entry(see("张三", 1, arrived_on=days_ago(20)))
        assert not Watch.objects.exists()
        assert one.period is not None
        assert (one.period.over(clock.today()), one.unwatched(clock.today())) == (True, False)

    def test_who_has_left_is_watched_no_more_and_the_reason_is_kept(self, roster: Resident) -> None:
        her = entry(see("张三", 1, arrived_on=days_ago(1))).returnee
        with refused("reason_empty"):
            actions.set_returnee_state(OFFICE, returnee_id=her.pk, state="left")
        actions.set_returnee_state(OFFICE, returnee_id=her.pk, state="left", reason="回荆州")
        assert not Watch.objects.filter(closed_at=None).exists()
        assert Returnee.objects.get().remarks == "回荆州"
        actions.set_returnee_state(OFFICE, returnee_id=her.pk, state="here")
        assert Watch.objects.filter(closed_at=None).count() == 1

    def test_who_is_not_on_the_roster_is_put_on_it_without_typing_her_numbers(self, roster: Resident) -> None:
        seen = see("周敏", 4, "13871234567", arrived_on=days_ago(1))
        assert entry(seen).unlisted
        her = put_on_roster(OFFICE, returnee_id=entry(seen).returnee.pk, door=NewDoor("滨江美景湾3-2-502"))
        assert (her.id_tail, her.phone_mask) == (id_number(4)[-4:], "138****4567")
        assert Watch.objects.get().resident == her.pk
        assert not entry(seen).unlisted

    def test_who_she_is_on_the_roster_is_offered_and_said(self, roster: Resident) -> None:
        seen = see("张姗", "", "13871230001")
        one = entry(seen)
        found = queries.likely_residents(OFFICE, one.returnee, [seen])
        assert [resident.pk for resident, _ in found] == [roster.pk]
        actions.link_resident(OFFICE, returnee_id=one.returnee.pk, resident_id=roster.pk)
        assert Watch.objects.get().resident == roster.pk
        actions.link_resident(OFFICE, returnee_id=one.returnee.pk, resident_id=None)
        assert not Watch.objects.filter(closed_at=None).exists()

    def test_the_same_words_of_a_phone_and_a_name_are_the_resident(self, roster: Resident) -> None:
        assert see("张三", "", "13871230001").resident_id == roster.pk

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"arrived_on": dt.date(2999, 1, 1)}, "arrived_on_future"),
            (
                {"last_there_on": dt.date(2020, 1, 20), "arrived_on": dt.date(2020, 1, 19)},
                "last_there_on_after",
            ),
            ({"name": " "}, "name_empty"),
        ],
    )
    def test_days_that_cannot_be_are_refused(self, given: dict[str, Any], code: str) -> None:
        with refused(code):
            actions.change_returnee(OFFICE, returnee_id=entry(see("周敏", 4)).returnee.pk, **given)


class TestPages:
    @pytest.fixture
    def client(self, roster: Resident) -> Client:
        return sign_in(Role.OFFICE)

    def test_the_register_shows_everybody_once_with_open_questions_first(self, client: Client) -> None:
        see("张三", 1, arrived_on=days_ago(4))
        see("张三", 1, source=ReturneeSource.GATE)
        see("周敏", "", "13871234567")
        see("周女士", "", "13871234567")
        page = client.get(reverse("people:returnees", args=[COMMUNITY])).text
        assert page.count('data-href="/people/returnees/') == 3
        assert page.index("周女士") < page.index("张三")
        assert "day 4 of 14" in page
        figures = queries.figures(queries.entries(OFFICE, COMMUNITY))
        assert (figures.people, figures.joined) == (3, 1)
        assert figures.by_source == {"list": 3, "gate": 1}
        only = client.get(reverse("people:returnees", args=[COMMUNITY]), {"source": "gate"}).text
        assert only.count('data-href="/people/returnees/') == 1

    def test_a_pair_is_decided_and_undone_at_once(self, client: Client) -> None:
        see("周敏", "", "13871234567")
        see("周女士", "", "13871234567")
        pair, address = Pair.objects.get(), reverse("people:pairs", args=[COMMUNITY])
        page = client.get(address).text
        assert "the same phone" in page
        assert "<mark>周敏</mark>" in page
        answer = client.post(reverse("people:decide_pair", args=[pair.pk]), {"decision": "join"}, follow=True)
        assert "周敏 and 周女士 are one person" in answer.text
        assert Returnee.objects.count() == 1
        client.post(reverse("people:undo_pair", args=[pair.pk]))
        assert (Pair.objects.get().joining, Returnee.objects.count()) == (Joining.ASK, 2)
        client.post(reverse("people:decide_pair", args=[pair.pk]), {"decision": "apart"})
        assert "Nothing to decide" in client.get(address).text

    def test_a_pair_put_off_makes_room_for_the_next(self, client: Client) -> None:
        see("周敏", "", "13871234567")
        see("周女士", "", "13871234567")
        page = client.get(
            reverse("people:pairs", args=[COMMUNITY]), {"later": str(Pair.objects.get().pk)}
        ).text
        assert "The others are put off" in page

    def test_a_sighting_is_taken_out_from_the_page_of_the_person(self, client: Client) -> None:
        one, other = see("张三", 1), see("张三", 1)
        page = client.get(reverse("people:returnee", args=[one.returnee_id])).text
        assert page.count("Not her</button>") == 2
        client.post(reverse("people:part_sighting", args=[other.pk]))
        assert Returnee.objects.count() == 2

    def test_what_is_known_is_put_right_and_what_cannot_be_is_told(self, client: Client) -> None:
        her = entry(see("周敏", 4)).returnee.pk
        said = {"name": "周敏", "origin": "荆州", "companions": "丈夫", "arrived_on": days_ago(1).isoformat()}
        address = reverse("people:change_returnee", args=[her])
        assert client.post(address, said).status_code == 302
        assert (Returnee.objects.get().risk, Returnee.objects.get().by_hand) == (
            "middle", ["arrived_on", "companions", "origin"],
        )  # fmt: skip
        wrong = client.post(address, said | {"arrived_on": "2999-01-01"})
        assert (wrong.status_code, "not come yet" in wrong.text) == (422, True)
        empty = client.post(reverse("people:returnee_state", args=[her]), {"state": "left"})
        assert (empty.status_code, "Write down where to" in empty.text) == (422, True)

    def test_she_is_put_on_the_roster_from_her_page(self, client: Client) -> None:
        her = entry(see("周敏", 4)).returnee.pk
        address = reverse("people:enlist_returnee", args=[her])
        assert client.post(address, {"address": "河边"}).status_code == 422
        assert client.post(address, {"address": "滨江美景湾3栋2单元502"}).status_code == 302
        assert Resident.objects.get(name="周敏").household.room == "502"

    def test_telling_late_is_thanked(self, client: Client) -> None:
        seen = see("周敏", 4, arrived_on=days_ago(9), source=ReturneeSource.DECLARED)
        page = client.get(reverse("people:returnee", args=[seen.returnee_id])).text
        assert "Thank you for telling" in page
        assert "Nobody is blamed" in page

    def test_what_is_elsewhere_is_shown_to_those_who_see_it(self, client: Client) -> None:
        her = see("周敏", 4)
        see("周敏", 4, community=NEIGHBOUR)
        address = reverse("people:returnee", args=[her.returnee_id])
        assert "The same ID number elsewhere" not in client.get(address).text

    @pytest.mark.parametrize("role", [Role.GATE_KEEPER, Role.REPORTER, Role.ADMINISTRATOR])
    def test_the_pages_are_not_for_everybody(self, roster: Resident, role: Role) -> None:
        her = see("周敏", 4).returnee_id
        client = sign_in(role)
        for name, key in (("returnees", COMMUNITY), ("pairs", COMMUNITY), ("returnee", her)):
            assert client.get(reverse(f"people:{name}", args=[key])).status_code == 403, name

    def test_a_caller_reads_and_does_not_decide(self, roster: Resident) -> None:
        her, client = see("周敏", 4).returnee_id, sign_in(Role.CALLER)
        assert client.get(reverse("people:returnee", args=[her])).status_code == 200
        assert client.get(reverse("people:pairs", args=[COMMUNITY])).status_code == 403
        assert client.post(reverse("people:returnee_state", args=[her]), {"state": "here"}).status_code == 403

    def test_neighbours_do_not_exist(self, client: Client) -> None:
        her = see("周敏", 4, community=NEIGHBOUR).returnee_id
        assert client.get(reverse("people:returnee", args=[her])).status_code == 404
        assert client.get(reverse("people:pairs", args=[NEIGHBOUR])).status_code == 404


class TestEditingPages:
    @pytest.fixture
    def home(self, roster: Resident) -> int:
        return roster.household_id

    def test_somebody_is_entered_and_what_is_wrong_is_told_at_its_field(self, home: int) -> None:
        client, address = sign_in(Role.OFFICE), reverse("people:add_resident", args=[home])
        wrong = client.post(address, {"name": "李四", "id_number": "42900619800101001"})
        assert (wrong.status_code, Resident.objects.count()) == (422, 1)
        assert "id_id_number" in wrong.text
        taken = client.post(address, {"name": "李四", "id_number": id_number(1)})
        assert "has this ID number already" in taken.text
        assert client.post(address, {"name": "李四", "relation": "配偶"}).status_code == 302
        assert Resident.objects.get(name="李四").household_id == home

    def test_somebody_is_put_right_and_her_numbers_stay(self, roster: Resident) -> None:
        client, address = sign_in(Role.OFFICE), reverse("people:change_resident", args=[roster.pk])
        assert id_number(1) not in client.get(address).text
        assert client.post(address, {"name": "张珊", "forget_phone": "on"}).status_code == 302
        kept = Resident.objects.get()
        assert (kept.name, kept.id_tail, kept.phone) == ("张珊", id_number(1)[-4:], None)
        assert AuditEntry.objects.get(verb="change_resident").detail == {
            "fields": ["name", "phone", "relation"]
        }

    def test_people_move_split_and_become_one_again(self, home: int) -> None:
        client = sign_in(Role.OFFICE)
        client.post(reverse("people:add_resident", args=[home]), {"name": "李四"})
        li = Resident.objects.get(name="李四")
        move, merge = (
            reverse(f"people:{name}", args=[home]) for name in ("move_residents", "merge_households")
        )
        assert client.post(move, {"where": "own"}).status_code == 422
        assert client.post(move, {"residents": [li.pk], "where": "own"}).status_code == 302
        li.refresh_from_db()
        assert li.household_id != home
        assert "household 2" in client.get(merge).text
        assert client.post(merge, {"other": str(li.household_id)}).status_code == 302
        assert (
            client.post(
                move, {"residents": [li.pk], "where": "door", "address": "滨江美景湾3-2-601"}
            ).status_code
            == 302
        )
        nobody = client.post(merge, {"address": "滨江美景湾9-9-901"})
        assert (nobody.status_code, "No household is known" in nobody.text) == (422, True)
        assert client.post(merge, {"address": "滨江美景湾3-2-601"}).status_code == 302
        li.refresh_from_db()
        assert li.household_id == home

    def test_a_household_is_noted(self, home: int) -> None:
        client = sign_in(Role.OFFICE)
        client.post(reverse("people:household_remarks", args=[home]), {"remarks": "门口有狗"})
        assert "门口有狗" in client.get(reverse("people:household", args=[home])).text

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
    def test_the_office_alone(self, roster: Resident, role: Role) -> None:
        client = sign_in(role)
        for name in ("add_resident", "move_residents", "merge_households", "household_remarks"):
            assert client.get(reverse(f"people:{name}", args=[roster.household_id])).status_code == 403
        assert client.get(reverse("people:change_resident", args=[roster.pk])).status_code == 403
