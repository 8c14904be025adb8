"""Needs, grievances and fevers of households that are merged, split and emptied: none is left at a closed door."""

import datetime as dt
from decimal import Decimal

from screening.world import COMMUNITY, OFFICE, Home, new_id
from shouwang.access import clock
from shouwang.door.queries.links import scope_at
from shouwang.grievances.actions import complain
from shouwang.grievances.queries import matters_of
from shouwang.people.actions.editing.households import merge_households, split_household
from shouwang.people.actions.editing.moving import move_residents
from shouwang.screening.actions.fever_calls import take_fever
from shouwang.screening.enums import Channel
from shouwang.screening.events import FeverFound
from shouwang.screening.queries.fever_calls import fever_calls
from shouwang.supplies.actions import ask, finish_request
from shouwang.supplies.models import Request
from shouwang.supplies.queries import requests_of


def needs(home: Home, text: str, resident: int | None = None) -> Request:
    return ask(
        OFFICE, community=COMMUNITY, household_id=home.id, text=text, source="phone", source_id=new_id(),
        resident_id=resident,
    )  # fmt: skip


def tells(home: Home, text: str) -> None:
    complain(
        OFFICE, community=COMMUNITY, household_id=home.id, kind="trouble", text=text, source="phone",
        source_id=new_id(),
    )  # fmt: skip


def asked_by(household_id: int) -> set[str]:
    """What stands on the household's own page, as whoever holds its link sees it."""
    return {line.request.text for line in requests_of(scope_at(COMMUNITY), household_id)}


def told_by(household_id: int) -> set[str]:
    return {one.text for one in matters_of(scope_at(COMMUNITY), household_id)}


def test_a_merged_household_brings_along_what_it_asked_for_and_told(homes: list[Home]) -> None:
    stays, goes, other = homes
    needs(stays, "大米10斤")
    settled = needs(goes, "降压药一盒")
    finish_request(OFFICE, request_id=settled.pk, answer="已送到。")
    needs(goes, "奶粉两罐")
    needs(other, "口罩")
    tells(goes, "楼上漏水。")
    for _twice in range(2):
        merge_households(OFFICE, household_id=stays.id, others=[goes.id])
    assert asked_by(stays.id) == {"大米10斤", "降压药一盒", "奶粉两罐"}
    assert told_by(stays.id) == {"楼上漏水。"}
    assert (asked_by(goes.id), told_by(goes.id)) == (set(), set())
    assert asked_by(other.id) == {"口罩"}


def test_who_moves_takes_along_what_waits_for_her_alone(homes: list[Home]) -> None:
    old, new, _ = homes
    needs(old, "大米10斤")
    needs(old, "胰岛素", old.people[0])
    done = needs(old, "体温计", old.people[0])
    finish_request(OFFICE, request_id=done.pk)
    tells(old, "楼上漏水。")
    move_residents(OFFICE, resident_ids=[old.people[0]], household_id=new.id)
    assert asked_by(new.id) == {"胰岛素"}
    assert asked_by(old.id) == {"大米10斤", "体温计"}
    assert (told_by(old.id), told_by(new.id)) == ({"楼上漏水。"}, set())


def test_what_is_left_goes_with_the_last_who_moves(homes: list[Home]) -> None:
    old, new, _ = homes
    needs(old, "大米10斤")
    tells(old, "楼上漏水。")
    move_residents(OFFICE, resident_ids=old.people, household_id=new.id)
    assert (asked_by(new.id), told_by(new.id)) == ({"大米10斤"}, {"楼上漏水。"})
    assert (asked_by(old.id), told_by(old.id)) == (set(), set())


def test_who_is_split_off_takes_her_own_need_and_her_fever(homes: list[Home]) -> None:
    home = homes[0]
    hers = home.people[1]
    needs(home, "大米10斤")
    needs(home, "安胎药", hers)
    found = clock.now() - dt.timedelta(minutes=5)
    take_fever(
        OFFICE, FeverFound(COMMUNITY, home.id, hers, new_id(), Decimal("38.4"), None, Channel.CALL, found)
    )
    new = split_household(OFFICE, household_id=home.id, resident_ids=[hers])
    assert asked_by(new.pk) == {"安胎药"}
    assert asked_by(home.id) == {"大米10斤"}
    (line,) = fever_calls(OFFICE, COMMUNITY, COMMUNITY, clock.today(), still_open=True)
    assert line.call.household == new.pk
    assert line.door is not None
    assert line.door.household_id == new.pk
