"""Caseloads as the office and as the town see them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from access.people import COMMUNITY, TOWN, user_with
from screening.world import CALLER, OFFICE, Home, new_id
from shouwang.access import clock
from shouwang.access.enums import Role
from shouwang.access.models import User
from shouwang.access.templatetags.figures import moment
from shouwang.people.actions.population import count_population, lock_population
from shouwang.places.models import Area
from shouwang.screening.actions import open_round, record_attempt
from shouwang.screening.models import Reading
from shouwang.screening.rules import ReadingInput
from shouwang.workforce.actions import accept_division, propose_division, set_callers
from shouwang.workforce.queries import caseloads, division_counts

SignIn = Callable[[User], Client]


@pytest.fixture
def divided(homes: list[Home]) -> list[Home]:
    """Two caseloads, of which somebody carries the first."""
    for code, name, level, parent in (
        (429006000000, "天门市", 3, None),
        (TOWN, "竟陵街道", 4, 429006000000),
        (COMMUNITY, "新城社区", 5, TOWN),
    ):
        Area.objects.create(code=code, name=name, level=level, parent_id=parent)
    lock_population(COMMUNITY)
    count_population(COMMUNITY, clock.now())
    made = propose_division(OFFICE, community=COMMUNITY, caseloads=2, seconds=0.2, directly=True)
    accept_division(OFFICE, division_id=made.pk)
    first = caseloads(OFFICE, COMMUNITY)[0]
    set_callers(OFFICE, community=COMMUNITY, callers={first.id: "李婶"})
    return homes


def test_the_town_sees_how_far_each_community_is(sign_in: SignIn, divided: list[Home]) -> None:
    carried = caseloads(OFFICE, COMMUNITY)[0].households
    assert 0 < carried < len(divided)
    assert division_counts(OFFICE, COMMUNITY, COMMUNITY) == {COMMUNITY: (2, carried)}
    page = sign_in(user_with([(Role.TOWN, TOWN)])).get(reverse("workforce:caseloads", args=[TOWN]))
    assert page.status_code == 200
    assert "新城社区" in page.text


def test_who_records_nothing_prints_no_sheet(sign_in: SignIn, divided: list[Home]) -> None:
    first = caseloads(OFFICE, COMMUNITY)[0]
    way, sheet = (reverse(name, args=[first.id]) for name in ("workforce:caseload", "screening:sheet"))
    office = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    assert sheet in office.get(way).text
    assert office.get(sheet).status_code == 200
    town = sign_in(user_with([(Role.TOWN, TOWN)], username="town"))
    assert sheet not in town.get(way).text


def test_the_caseload_tells_when_each_household_was_last_reached(
    sign_in: SignIn, divided: list[Home]
) -> None:
    first = caseloads(OFFICE, COMMUNITY)[0]
    office = sign_in(user_with([(Role.OFFICE, COMMUNITY)]))
    way = reverse("workforce:caseload", args=[first.id])
    lines = {home.household: reached for home, _, reached in office.get(way).context["lines"]}
    assert len(lines) == first.households
    assert set(lines.values()) == {None}
    one = next(home for home in divided if home.id in lines)
    open_round(OFFICE, community=COMMUNITY)
    for person in one.people:
        record_attempt(
            CALLER, attempt_id=new_id(), community=COMMUNITY, household_id=one.id, channel="call",
            outcome="reached", answered_by="resident", readings=[ReadingInput(person, "36.5", [])],
        )  # fmt: skip
    page = office.get(way)
    told = {home.household: reached for home, _, reached in page.context["lines"] if reached}
    assert told.keys() == {one.id}
    newest = Reading.objects.filter(resident=one.people[-1]).values_list("made_at", flat=True)
    assert told[one.id] == max(newest)
    assert moment(told[one.id]) in page.text
