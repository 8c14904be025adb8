"""Who is here: recorded by the office, counted at once, followed by the open rounds."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.town import COMMUNITY, HEADINGS, NEIGHBOUR, id_number, load, scope_of, settled, xlsx
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import AuditEntry
from shouwang.access.wall import acting
from shouwang.kernel.errors import Forbidden, NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.people import actions
from shouwang.people.enums import Presence
from shouwang.people.models import Population, Resident
from shouwang.screening.actions import open_round
from shouwang.screening.models import Round

PAIR = (
    ("张三", "户主", id_number(1), "", "滨江美景湾3栋2单元501", ""),
    ("李四", "配偶", id_number(2), "", "", ""),
)


@pytest.fixture
def zhang(wall: None) -> int:
    load(xlsx(HEADINGS, *PAIR))
    return Resident.objects.get(name="张三").pk


def test_it_is_recorded_counted_and_audited(zhang: int) -> None:
    actions.set_presence(scope_of(), resident_id=zhang, presence="away", since=dt.date(2020, 2, 14))
    found = Resident.objects.get(pk=zhang)
    assert (found.presence, found.presence_since) == (Presence.AWAY, dt.date(2020, 2, 14))
    figures = Population.objects.get(pk=COMMUNITY)
    assert (figures.residents, figures.present) == (2, 1)
    assert AuditEntry.objects.get(verb="set_presence").detail == {"before": "present", "after": "away"}


def test_a_second_time_changes_nothing(zhang: int) -> None:
    for _ in range(2):
        actions.set_presence(scope_of(), resident_id=zhang, presence="moved")
    assert AuditEntry.objects.filter(verb="set_presence").count() == 1
    assert Population.objects.get(pk=COMMUNITY).residents == 1


def test_the_open_round_follows_the_roster(zhang: int) -> None:
    round_ = open_round(scope_of(), community=COMMUNITY)
    assert round_.residents_due == 2
    actions.set_presence(scope_of(), resident_id=zhang, presence="moved")
    assert Round.objects.get().residents_due == 1
    load(xlsx(HEADINGS, ("王五", "户主", id_number(3), "", "滨江美景湾3栋2单元502", "")))
    assert Round.objects.get().residents_due == 2


def test_a_day_to_come_is_refused(zhang: int) -> None:
    with pytest.raises(Refused):
        actions.set_presence(
            scope_of(), resident_id=zhang, presence="moved", since=clock.today() + dt.timedelta(days=1)
        )


def test_who_is_on_the_roster_anew_does_not_come_back_twice(zhang: int) -> None:
    actions.set_presence(scope_of(), resident_id=zhang, presence="moved")
    twin = Resident.objects.get(pk=zhang)
    twin.pk, twin.presence = None, Presence.PRESENT
    twin.save()
    with pytest.raises(Refused) as caught:
        actions.set_presence(scope_of(), resident_id=zhang, presence="present")
    assert caught.value.code == "person_twice"


@pytest.mark.parametrize("role", [Role.CALLER, Role.TOWN, Role.GATE_KEEPER, Role.REPORTER])
def test_only_the_office_records_it(zhang: int, role: Role) -> None:
    with pytest.raises(Forbidden):
        actions.set_presence(scope_of(role), resident_id=zhang, presence="away")


def test_for_the_neighbour_there_is_nobody(zhang: int) -> None:
    neighbour = scope_of(community=NEIGHBOUR)
    with acting(neighbour), pytest.raises(NotFound):
        actions.set_presence(neighbour, resident_id=zhang, presence="away")


def test_the_page_offers_it_and_takes_it(db: None, signed_in: Callable[..., Client]) -> None:
    with settled():
        load(xlsx(HEADINGS, *PAIR))
        zhang = Resident.objects.get(name="张三")
    client, home = signed_in(Role.OFFICE), reverse("people:household", args=[zhang.household_id])
    assert reverse("people:presence", args=[zhang.pk]) in client.get(home).text
    assert reverse("people:presence", args=[zhang.pk]) not in signed_in(Role.CALLER).get(home).text
    answer = client.post(reverse("people:presence", args=[zhang.pk]), {"presence": "away"}, follow=True)
    assert "Saved." in answer.text
    assert client.post(reverse("people:presence", args=[zhang.pk]), {"presence": "flown"}).status_code == 422
    with acting(Scope.system(reason="tests")):
        assert Resident.objects.get(pk=zhang.pk).presence == Presence.AWAY
