"""Somebody cannot come: who takes her shifts."""

from dataclasses import replace

import pytest

from shouwang.bench._community_roster import community
from shouwang.planning.roster import Problem, Solution, solve
from shouwang.planning.roster.check import faults
from shouwang.planning.roster.cover import OTHERS, cover


@pytest.fixture(scope="module")
def problem() -> Problem:
    return community(people=18, posts=2, days=7, seed=2)


@pytest.fixture(scope="module")
def roster(problem: Problem) -> Solution:
    return solve(problem, seconds=3, seed=1)


@pytest.mark.parametrize("number", [0, 7, 20])
def test_her_shifts_are_taken_and_few_are_disturbed(problem: Problem, roster: Solution, number: int) -> None:
    absent, day, _ = sorted(roster.assignments)[number]
    days = {day, min(day + 1, problem.days - 1)}
    covered = cover(problem, roster, absent=absent, days=days)
    assert len(covered.others(absent)) <= OTHERS
    assert not any(who == absent and when in days for who, when, _ in covered.solution.assignments)
    assert all(when >= min(days) for _, when, _, _ in covered.changed)
    ill = [
        replace(one, least_minutes=0, least_in_a_row=1, least_off=1, off=one.off | days)
        if one.id == absent
        else one
        for one in problem.people
    ]
    assert faults(replace(problem, people=tuple(ill)), covered.solution) == []
    assert (
        sum(number for *_, number in covered.solution.short) <= sum(number for *_, number in roster.short) + 1
    )


def test_whoever_is_not_of_the_roster(problem: Problem, roster: Solution) -> None:
    with pytest.raises(ValueError, match="not of this roster"):
        cover(problem, roster, absent="nobody", days={1})
    with pytest.raises(ValueError, match="not of this roster"):
        cover(problem, roster, absent=problem.people[0].id, days={99})
