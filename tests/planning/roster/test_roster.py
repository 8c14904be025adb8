"""Rosters: what must hold of any, and the optimum where it can be counted out."""

import itertools
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shouwang.bench import roster as bench
from shouwang.config.cli import main
from shouwang.kernel.errors import Refused
from shouwang.planning.fields import ProblemError
from shouwang.planning.roster import Cap, Cover, Person, Problem, Shift, Wish, public, solve
from shouwang.planning.roster.check import cost, faults
from shouwang.planning.roster.person import Patterns

EARLY, LATE, NIGHT = Shift("E", 480), Shift("L", 480, ("E",)), Shift("N", 600, ("E", "L"))


def ward(people: int, days: int, seed: int, **rules: Any) -> Problem:
    draw = random.Random(seed)
    kept = {
        "caps": (Cap(("N",), 2),), "least_minutes": 480, "most_minutes": 480 * 4, "most_in_a_row": 3,
        "least_in_a_row": 2, "least_off": 2, "most_weekends": 1, **rules,
    }  # fmt: skip
    shifts = (EARLY, LATE, NIGHT)
    names = [f"p{n}" for n in range(people)]
    return Problem(
        days,
        shifts,
        tuple(Person(name, off=frozenset({draw.randrange(days)}), **kept) for name in names),
        tuple(
            Wish(
                draw.choice(names), draw.randrange(days), draw.choice(shifts).id, draw.randrange(1, 9),
                draw.random() < 0.5,
            )
            for _ in range(2 * people)
        ),
        tuple(Cover(day, shift.id, draw.randrange(2), 20, 3) for day in range(days) for shift in shifts),
    )  # fmt: skip


def patterns(problem: Problem, person: Person) -> list[dict[int, str]]:
    """All of a person's patterns, by trying each and asking the checker."""
    found = []
    for choice in itertools.product((None, *(shift.id for shift in problem.shifts)), repeat=problem.days):
        days = {day: shift for day, shift in enumerate(choice) if shift}
        alone = replace(problem, people=(person,), wishes=(), cover=())
        if not faults(alone, _solution(alone, [days])):
            found.append(days)
    return found


def _solution(problem: Problem, works: list[dict[int, str]]) -> Any:
    from shouwang.planning.roster import Solution

    by_person = {person.id: days for person, days in zip(problem.people, works, strict=True)}
    told = tuple((who, day, shift) for who, days in by_person.items() for day, shift in days.items())
    return Solution(told, cost(problem, by_person), 0.0, (), 1, 0.0)


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_the_best_roster_of_two_people(seed: int) -> None:
    problem = ward(2, 6, seed)
    each = [patterns(problem, person) for person in problem.people]
    best = min(cost(problem, {"p0": one, "p1": other}) for one, other in itertools.product(*each))
    solution = solve(problem, seconds=2, seed=seed)
    assert faults(problem, solution) == []
    assert solution.objective == best
    assert solution.bound <= best


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"least_in_a_row": 1, "least_off": 1},
        {"most_weekends": 0},
        {"caps": (Cap(("N",), 0), Cap(("E",), 1), Cap(("L", "E"), 2))},
        {"least_minutes": 1080, "most_minutes": 1560, "least_off": 3},
    ],
)  # fmt: skip
def test_a_persons_cheapest_pattern_is_the_cheapest_of_all(seed: int, rules: dict[str, Any]) -> None:
    problem = replace(ward(1, 7, seed, **rules), first_weekday=seed)
    person, draw = problem.people[0], np.random.default_rng(seed)
    work, free = draw.normal(size=(7, 3)), draw.normal(size=7)
    ids = [shift.id for shift in problem.shifts]
    known = [
        sum(work[day, ids.index(days[day])] if day in days else free[day] for day in range(7))
        for days in patterns(problem, person)
    ]
    bound, found = Patterns(problem, person).best(work, free)
    if not known:
        assert not found
        return
    assert bound <= min(known) + 1e-9
    assert found[0][0] == pytest.approx(min(known)) or len(person.caps) > 2
    days = {day: ids[shift] for day, shift in enumerate(found[0][1]) if shift >= 0}
    assert days in patterns(problem, person)
    assert found[0][0] == pytest.approx(
        sum(work[day, ids.index(days[day])] if day in days else free[day] for day in range(7))
    )


def test_what_is_pinned_stays_and_what_nobody_can_keep_is_told() -> None:
    problem = ward(3, 7, 1, least_in_a_row=1, least_off=1)
    pinned = replace(problem.people[0], off=frozenset(), pinned={2: "N", 3: "N"})
    problem = replace(problem, people=(pinned, *problem.people[1:]), cover=(Cover(2, "N", 5, 50, 1),))
    solution = solve(problem, seconds=1, seed=1)
    assert {("p0", 2, "N"), ("p0", 3, "N")} <= set(solution.assignments)
    assert faults(problem, solution) == []
    assert solution.short == ((2, "N", 5 - sum(one[1:] == (2, "N") for one in solution.assignments)),)


def test_rules_that_leave_somebody_no_way_name_her() -> None:
    problem = ward(3, 7, 1)
    nobody = replace(problem.people[1], least_minutes=480 * 6)
    with pytest.raises(Refused) as refused:
        solve(replace(problem, people=(problem.people[0], nobody)), seconds=1, seed=1)
    assert refused.value.code == "roster_no_pattern"
    assert refused.value.params["person"] == "p1"


def test_the_checker_finds_what_is_wrong() -> None:
    problem = replace(ward(1, 7, 1), wishes=(), cover=())
    alone = replace(problem.people[0], off=frozenset({6}), least_minutes=0)
    problem = replace(problem, people=(alone,))
    wrong = {
        "not 0 to": {0: "E", 1: "E", 3: "E", 4: "E", 5: "E"},
        "her day off": {5: "E", 6: "E"},
        "E on day 1 after L": {0: "L", 1: "E"},
        "4 days in a row": {0: "E", 1: "E", 2: "E", 3: "E"},
        "only 1 days of work": {3: "E"},
        "only 1 days off": {0: "E", 1: "E", 3: "E", 4: "E"},
        "3 times N": {0: "N", 1: "N", 2: "N"},
    }
    for told, days in wrong.items():
        assert any(told in fault for fault in faults(problem, _solution(problem, [days]))), told
    assert faults(problem, _solution(problem, [{0: "E", 1: "L"}])) == []


INSTANCE = """\
SECTION_HORIZON
7
SECTION_SHIFTS
D,480,
N,480,D
SECTION_STAFF
A,D=7|N=2,2400,960,5,2,2,1
B,D=7|N=0,2400,960,5,2,2,1
SECTION_DAYS_OFF
A,0
SECTION_SHIFT_ON_REQUESTS
A,2,D,2
SECTION_SHIFT_OFF_REQUESTS
B,3,D,1
SECTION_COVER
0,D,1,100,1
3,D,2,100,1
3,N,0,100,1
"""


def test_public_instances_are_read_solved_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Small.txt").write_text(INSTANCE)
    (tmp_path / "best_known.csv").write_text("kind,instance,best_known\nroster,Small,1\n")
    assert bench.run([str(tmp_path), "--seconds", "2", "--solutions", str(tmp_path / "out")]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["verified"]
    assert row["bound"] <= row["objective"]
    written = json.loads((tmp_path / "out" / "Small.json").read_text())
    problem = public.read(INSTANCE)
    works: dict[str, dict[int, str]] = {"A": {}, "B": {}}
    for person, day, shift in written["assignments"]:
        works[person][day] = shift
    assert cost(problem, works) == row["objective"]


def test_a_line_that_does_not_fit_is_named() -> None:
    with pytest.raises(ProblemError, match="line 2"):
        public.read("SECTION_HORIZON\nmany\n")


def test_a_problem_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = {"id": "Li", "most_minutes": 2400, "least_minutes": 480, "caps": [{"shifts": ["N"], "most": 1}]}
    problem = {
        "days": 3,
        "shifts": [{"id": "D", "minutes": 480}, {"id": "N", "minutes": 480, "not_before": ["D"]}],
        "people": [person | {"off": [2], "pinned": [{"day": 0, "shift": "D"}]}],
        "wishes": [{"person": "Li", "day": 1, "shift": "N", "weight": 3}],
        "cover": [{"day": 1, "shift": "N", "need": 2}],
    }
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem))
    assert main(["plan", "roster", str(path), "--seconds", "1", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["assignments"] == [["Li", 0, "D"], ["Li", 1, "N"]]
    assert answer["short"] == [[1, "N", 1]]
    assert answer["objective"] == answer["bound"] == 100
    problem["cover"] = [{"day": 5, "shift": "N", "need": 2}]
    path.write_text(json.dumps(problem))
    assert main(["plan", "roster", str(path)]) != 0
    assert "there is no day 5" in capsys.readouterr().err


def test_kinds_of_shifts_leave_out_no_cheaper_pattern() -> None:
    """Shifts alike to the rules are looked at together: what is found must cost as if each were looked at."""
    draw = np.random.default_rng(3)
    shifts = tuple(
        Shift(f"{post}-{time}", 480, tuple(f"{other}-day" for other in "ab") if time == "night" else ())
        for post in "ab"
        for time in ("day", "night")
    )
    person = Person("Li", (Cap(("a-night", "b-night"), 1), Cap(("b-day",), 1)), 960, 1440, 2, 1, 1, 1)
    problem = Problem(5, shifts, (person,), (), ())
    ids = [shift.id for shift in shifts]
    for _ in range(10):
        work, free = draw.normal(size=(5, 4)), draw.normal(size=5)
        least = min(
            sum(work[day, ids.index(days[day])] if day in days else free[day] for day in range(5))
            for days in patterns(problem, person)
        )
        assert Patterns(problem, person).best(work, free)[1][0][0] == pytest.approx(least)
