"""The invented people: the same for the same seed, of the right number, formally right, unable to be rung."""

import csv
from collections import Counter
from importlib.resources import files
from itertools import islice

import pytest

from shouwang.demo.invented.city import HOUSEHOLDS, City, communities
from shouwang.demo.invented.numbers import UNOPENED_PREFIXES, Numbers
from shouwang.demo.invented.people import TODAY, Person
from shouwang.demo.invented.settlements import (
    LI_FIELD,
    MAIN_COMPOUND,
    NEW_TOWN,
    TWIN_LAKES,
    _settlements,
    settlements,
)
from shouwang.kernel import identity
from shouwang.kernel.phones import PhoneKind, read_phone

SEED = 20200214


def everybody(seed: int = SEED) -> list[Person]:
    return [p for s in settlements(seed) for h in s.households for p in h.members]


def divisions() -> list[tuple[int, str]]:
    source = files("shouwang.demo").joinpath("data/tianmen_429006_villages_2019.csv")
    return [(int(r["code"]), r["name"]) for r in csv.DictReader(source.read_text("utf-8").splitlines())]


def test_the_three_places_have_their_real_size():
    new_town, li_field, twin_lakes = settlements(SEED)
    assert (new_town.code, li_field.code, twin_lakes.code) == (NEW_TOWN, LI_FIELD, TWIN_LAKES)
    assert 19_500 < new_town.people < 20_500
    assert (len(twin_lakes.households), twin_lakes.people) == (358, 1474)
    assert sum(h.home.compound == MAIN_COMPOUND for h in new_town.households) == 520


def test_the_main_compound_has_one_open_gate_and_one_emergency_exit():
    compound = next(c for c in settlements(SEED)[0].compounds if c.name == MAIN_COMPOUND)
    status = Counter(way.status for way in compound.ways)
    assert status["open"] == status["emergency"] == 1
    assert status["sealed"] == len(compound.ways) - 2 > 0


def test_the_family_of_six_came_home_from_isolation():
    families = [
        h
        for h in settlements(SEED)[1].households
        if all("密接，集中隔离14天" in p.remarks for p in h.members)
    ]
    assert [len(f.members) for f in families] == [6]


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    first = everybody()
    _settlements.cache_clear()
    assert everybody() == first
    assert [p.name for p in everybody(7)] != [p.name for p in first]


def test_every_id_number_is_valid_and_says_the_same_as_the_person():
    for person in everybody():
        found = identity.read_id(person.id_number, today=TODAY)
        assert (found.number, found.born_on, found.sex) == (person.id_number, person.born, person.sex)


def test_nobody_shares_a_number_and_no_phone_can_ring():
    people = everybody()
    phones = [p.phone for p in people if p.phone]
    assert len({p.id_number for p in people}) == len(people)
    assert len(set(phones)) == len(phones) > 0.7 * len(people)
    assert {phone[:3] for phone in phones} == set(UNOPENED_PREFIXES)
    assert {read_phone(phone).kind for phone in phones} == {PhoneKind.MOBILE}


def test_households_are_believable():
    for settlement in settlements(SEED):
        homes = Counter(h.home for h in settlement.households)
        assert max(homes.values()) == 1
        for household in settlement.households:
            assert household.members[0].relation == "户主"
            assert household.members[0].phone
            mother = next((p for p in household.members if p.relation == "配偶"), household.members[0])
            for child in (p for p in household.members if p.relation in ("子", "女")):
                assert child.born.year - mother.born.year >= 19
    ages = Counter((TODAY - p.born).days // 3653 for p in everybody())
    assert all(ages[decade] for decade in range(9))


def test_the_city_has_632_communities_and_400_000_households():
    found = communities(SEED, divisions())
    assert len(found) == 632
    assert abs(sum(c.households for c in found) - HOUSEHOLDS) < 700


def test_city_people_are_valid_and_never_meet_those_of_the_scene():
    shares = [c for c in communities(SEED, divisions()) if c.code not in (NEW_TOWN, LI_FIELD, TWIN_LAKES)]
    city, again = City(SEED), City(SEED)
    rows = [row for c in shares[:12] for _, members in city.people(c) for row in members]
    first = [row for c in shares[:2] for _, members in again.people(c) for row in members]
    assert rows[: len(first)] == first
    for row in islice(rows, 0, None, 7):
        found = identity.read_id(row.id_number, today=TODAY)
        assert found.born_on is not None
        assert (found.born_on.strftime("%Y%m%d"), found.sex) == (row.born, row.sex)
    scene = {p.id_number for p in everybody()} | {p.phone for p in everybody() if p.phone}
    ids, phones = [r.id_number for r in rows], [r.phone for r in rows if r.phone]
    assert len(set(ids)) == len(ids)
    assert len(set(phones)) == len(phones)
    assert scene.isdisjoint(ids)
    assert scene.isdisjoint(phones)


def test_numbers_refuse_what_they_cannot_keep_unique():
    numbers = Numbers(SEED)
    given = {numbers.id_number("429006", "19800101", "F") for _ in range(250)}
    assert len(given) == 250
    with pytest.raises(ValueError, match="more than 250"):
        numbers.id_number("429006", "19800101", "F")
