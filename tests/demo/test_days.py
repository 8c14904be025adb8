"""A day of calls, a day at the gates, and the rosters: what is handed to the actions."""

from collections import Counter
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from shouwang.demo.invented.calls import DAYS, NOW, REACH, calls
from shouwang.demo.invented.passages import passages
from shouwang.demo.invented.people import TODAY
from shouwang.demo.invented.rosters import first_file, second_file
from shouwang.demo.invented.settlements import MAIN_COMPOUND, away_until, settlements
from shouwang.kernel.profile import COVID_2020
from shouwang.screening.enums import Outcome

SEED = 20200214
NEW_TOWN, LI_FIELD, TWIN_LAKES = settlements(SEED)


@pytest.mark.parametrize("day", DAYS[:-1])
def test_as_many_are_reached_as_the_day_asks(day):
    reached = {c.household for c in calls(SEED, NEW_TOWN, day, 12) if c.outcome == "reached"}
    assert len(reached) / len(NEW_TOWN.households) == pytest.approx(REACH[day], abs=0.015)


def test_today_is_in_mid_course_and_nothing_lies_in_the_future():
    found = calls(SEED, NEW_TOWN, TODAY, 12)
    reached = {c.household for c in found if c.outcome == "reached"}
    assert 0.3 < len(reached) / len(NEW_TOWN.households) < 0.7
    assert all(c.at < NOW for c in found)
    assert all(p.at < NOW for p in passages(SEED, NEW_TOWN, TODAY))


def test_only_who_is_reached_has_readings_and_nobody_is_reached_twice_a_day():
    for day in DAYS:
        found = calls(SEED, NEW_TOWN, day, 12)
        assert {c.outcome for c in found} <= set(Outcome)
        assert all(bool(c.readings) is (c.outcome == "reached") for c in found)
        reached = Counter(c.household for c in found if c.outcome == "reached")
        assert set(reached.values()) == {1}
        assert {c.caller for c in found} <= set(range(12))


def test_fevers_are_rare_and_one_is_37_8_in_the_main_compound_today():
    by_day = {
        (s.name, day): [
            (r.temperature, s.households[c.household].home.compound)
            for c in calls(SEED, s, day, 2)
            for r in c.readings
            if COVID_2020.is_fever(r.temperature)
        ]
        for s in (NEW_TOWN, LI_FIELD, TWIN_LAKES)
        for day in DAYS
    }
    assert sum(map(len, by_day.values())) == 3
    assert [(str(t), place) for t, place in by_day["新城社区", TODAY]] == [("37.8", MAIN_COMPOUND)]


def test_gates_have_their_peaks_and_their_refusals():
    found = passages(SEED, NEW_TOWN, DAYS[2])
    hours = Counter(p.at.hour for p in found)
    assert min(hours[8], hours[17]) > max(hours[13], hours[22])
    assert any(not p.mask for p in found)
    today, yesterday = ({p.household for p in passages(SEED, NEW_TOWN, day) if p.out} for day in DAYS[2:0:-1])
    assert today & yesterday, "somebody comes a day too early, and the gate says so"


def test_the_family_of_six_is_looked_in_on_the_morning_after():
    (home,) = away_until(LI_FIELD)
    assert not any(c.household == home for day in DAYS[:-2] for c in calls(SEED, LI_FIELD, day, 2))
    for day in DAYS[-2:]:
        (visit,) = [c for c in calls(SEED, LI_FIELD, day, 2) if c.household == home]
        assert (visit.visit, len(visit.readings)) == (True, 6)
    assert away_until(TWIN_LAKES) == {}


@pytest.mark.parametrize("settlement", [LI_FIELD, TWIN_LAKES], ids=lambda s: str(s.code))
def test_rosters_hold_everybody_between_title_and_total(settlement):
    first, second = first_file(settlement, SEED), second_file(settlement, SEED)
    rows = CalamineWorkbook.from_filelike(BytesIO(first.content)).get_sheet_by_index(0).to_python()
    assert settlement.name in rows[0][0]
    assert rows[-1][0] == "合计"
    numbered = {row[0] for row in rows if isinstance(row[0], float)}
    assert len(numbered) == settlement.people
    assert first.blemished > 0
    assert second.blemished == 0
    assert 0 < second.rows < 40
