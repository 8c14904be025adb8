"""Dividing households: what must hold of any division, and the optimum where it can be counted out."""

import itertools
import math
import random
from dataclasses import replace

import pytest

from shouwang.kernel.errors import Refused
from shouwang.planning.caseload import Caller, Household, Problem, solve
from shouwang.planning.caseload.check import faults


def village(households: int, callers: int, capacity: float, seed: int = 3) -> Problem:
    draw = random.Random(seed)
    return Problem(
        tuple(
            Household(f"h{n}", draw.uniform(0, 900), draw.uniform(0, 600), draw.choice([1, 1, 1, 2]))
            for n in range(households)
        ),
        tuple(Caller(f"c{n}", capacity) for n in range(callers)),
    )


def best_by_counting(problem: Problem) -> float:
    """Every division, every centre: only for a handful of households."""
    best = math.inf
    for told in itertools.product(range(len(problem.callers)), repeat=len(problem.households)):
        cost = 0.0
        for number, caller in enumerate(problem.callers):
            group = [h for h, c in zip(problem.households, told, strict=True) if c == number]
            if sum(h.load for h in group) > caller.capacity:
                break
            cost += min((sum(math.dist((h.x, h.y), (m.x, m.y)) for h in group) for m in group), default=0.0)
        else:
            best = min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_the_best_division_of_a_few_households(seed: int) -> None:
    problem = village(8, 3, 5, seed)
    solution = solve(problem, seconds=1, seed=seed)
    assert faults(problem, solution) == []
    assert solution.objective == pytest.approx(best_by_counting(problem))
    assert solution.bound is not None
    assert solution.bound <= solution.objective + 1e-6


def test_buildings_stay_whole() -> None:
    problem = village(60, 5, 30)
    problem = replace(
        problem,
        households=tuple(
            replace(h, building=f"b{n // 6}", x=100.0 * (n // 6), y=float(n % 6))
            for n, h in enumerate(problem.households)
        ),
    )
    solution = solve(problem, seconds=1, seed=1)
    assert faults(problem, solution) == []
    assert solution.split_buildings == ()


def test_a_building_too_large_for_anybody_is_split_and_named() -> None:
    tower = tuple(Household(f"h{n}", 0, n, building="tower") for n in range(50))
    solution = solve(Problem(tower, (Caller("a", 30), Caller("b", 30))), seconds=1, seed=1)
    assert solution.split_buildings == ("tower",)
    assert set(solution.caller_of.values()) == {"a", "b"}


def test_a_building_is_kept_whole_and_a_tower_by_its_staircases() -> None:
    homes = [Household(f"a{n}", n, 0, building="low") for n in range(7)]
    homes += [Household(f"b{n}", n, 60, building="tower", unit=str(n // 6)) for n in range(24)]
    callers = tuple(Caller(f"c{n}", 12, 6) for n in range(3))
    solution = solve(Problem(tuple(homes), callers), seconds=1, seed=1)
    assert faults(Problem(tuple(homes), callers), solution) == []
    assert solution.split_buildings == ()
    assert len({solution.caller_of[f"a{n}"] for n in range(7)}) == 1


def test_who_joins_takes_what_others_can_spare_and_no_building_apart() -> None:
    homes = [Household(f"h{n}", n % 5, 40 * (n // 5), building=str(n // 5)) for n in range(40)]
    callers = tuple(Caller(f"c{n}", 25, 8) for n in range(2))
    before = solve(Problem(tuple(homes), callers), seconds=1, seed=1)
    again = Problem(
        tuple(replace(h, now_with=before.caller_of[h.id]) for h in homes),
        (*callers, Caller("new", 25, 8)),
        500,
    )
    after = solve(again, seconds=1, seed=1)
    assert faults(again, after) == []
    assert (after.changed, after.split_buildings, after.below_least) == (10, (), ())


def test_what_is_fixed_stays() -> None:
    problem = village(40, 4, 20)
    far = {"h1": "c3", "h7": "c0", "h8": "c0"}
    problem = replace(
        problem, households=tuple(replace(h, fixed_to=far.get(h.id)) for h in problem.households)
    )
    solution = solve(problem, seconds=1, seed=1)
    assert faults(problem, solution) == []
    assert {h: solution.caller_of[h] for h in far} == far


def test_when_somebody_leaves_most_keep_their_caller() -> None:
    problem = village(80, 5, 30)
    before = solve(problem, seconds=1, seed=1)
    after = Problem(
        tuple(replace(h, now_with=before.caller_of[h.id]) for h in problem.households),
        (*problem.callers[1:], Caller("new", 30)),
        change_cost=1000,
    )
    again = solve(after, seconds=1, seed=1)
    assert faults(after, again) == []
    assert again.changed == sum(caller == "c0" for caller in before.caller_of.values())


@pytest.mark.parametrize(
    ("callers", "households", "code"),
    [
        ((Caller("a", 2),), (Household("h", 0, 0, 3),), "caseload_too_much"),
        ((Caller("a", 2), Caller("b", 2)), (Household("h", 0, 0, 3),), "caseload_household_too_much"),
        (
            (Caller("a", 2), Caller("b", 9)),
            (Household("h", 0, 0, 2, fixed_to="a"), Household("i", 0, 0, 1, fixed_to="a")),
            "caseload_fixed_too_much",
        ),
    ],
)
def test_what_cannot_be_divided_says_what_must_give(
    callers: tuple[Caller, ...], households: tuple[Household, ...], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        solve(Problem(households, callers), seconds=0.5, seed=1)
    assert refused.value.code == code
    assert "%" not in str(refused.value)


def test_the_checker_sees_what_is_wrong() -> None:
    problem = village(20, 3, 12)
    good = solve(problem, seconds=0.5, seed=1)
    other = {"c0": "c1", "c1": "c2", "c2": "c0"}
    wrong = [
        replace(good, objective=good.objective - 1),
        replace(good, caller_of={h: c for h, c in good.caller_of.items() if h != "h3"}),
        replace(good, caller_of=dict.fromkeys(good.caller_of, "c0")),
        replace(good, caller_of=good.caller_of | {"h3": other[good.caller_of["h3"]]}),
        replace(good, caller_of=good.caller_of | {"nobody": "c0"}),
    ]
    assert all(faults(problem, solution) for solution in wrong)
