"""Who serves where: the optimum where it can be counted out, what always holds, and what a change of need moves."""

import itertools
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from shouwang.config.cli import main
from shouwang.kernel.errors import Refused
from shouwang.planning.deployment import (
    Area,
    Need,
    Person,
    Problem,
    Quota,
    Solution,
    Why,
    moved,
    replanned,
    solve,
    why_short,
)
from shouwang.planning.deployment.check import faults
from shouwang.planning.fields import ProblemError


def district(people: int, areas: int, seed: int, **more: object) -> Problem:
    draw = random.Random(seed)
    there = tuple(Area(f"a{n}", draw.uniform(0, 20000), draw.uniform(0, 20000)) for n in range(areas))
    needs = tuple(
        Need(f"n{n}", area.id, draw.randint(1, 2), draw.randint(0, 1), ("doctor",) if n == 0 else ())
        for n, area in enumerate(there)
    )
    staff = tuple(
        Person(
            f"p{n}", draw.choice(["tax", "school"]), draw.uniform(0, 20000), draw.uniform(0, 20000),
            draw.random() < 0.4, ("doctor",) if draw.random() < 0.4 else (),
        )
        for n in range(people)
    )  # fmt: skip
    return replace(Problem(there, needs, staff), **more)


def cost(problem: Problem, sent: tuple[int, ...]) -> float | None:
    """Of sending each person to the need of that number, the last for standing by; ``None``: it is not allowed."""
    places = {area.id: area for area in problem.areas}
    went = [
        (person, problem.needs[n])
        for person, n in zip(problem.people, sent, strict=True)
        if n < len(problem.needs)
    ]
    if any(not set(need.skills) <= set(person.skills) for person, need in went):
        return None
    total = 0.0
    for need in problem.needs:
        here = [person for person, where in went if where is need]
        if len(here) > need.number:
            return None
        women = sum(person.woman for person in here)
        total += need.weight * (need.number - len(here) + max(need.women - women, 0))
    for person, need in went:
        area = places[need.area]
        total += ((person.x - area.x) ** 2 + (person.y - area.y) ** 2) ** 0.5 / 1000
    area_of = {person.id: need.area for person, need in went}
    total += problem.change_cost * sum(
        person.now_in is not None and area_of.get(person.id) != person.now_in for person in problem.people
    )
    for quota in problem.quotas:
        there = sum(p.agency == quota.agency and quota.area in (None, need.area) for p, need in went)
        if not quota.least <= there <= (there if quota.most is None else quota.most):
            return None
    if any(person.fixed_to not in (None, area_of.get(person.id)) for person in problem.people):
        return None
    return total + problem.apart_cost * len({(person.agency, need.area) for person, need in went})


def best_by_counting(problem: Problem) -> float:
    ways = itertools.product(range(len(problem.needs) + 1), repeat=len(problem.people))
    return min(found for way in ways if (found := cost(problem, way)) is not None)


@pytest.mark.parametrize("seed", range(6))
def test_it_finds_the_best_deployment_of_a_few(seed: int) -> None:
    problem = district(6, 3, seed)
    now = [None, "a0", "a1", None, "a2", None]
    problem = replace(
        problem,
        people=tuple(replace(p, now_in=area) for p, area in zip(problem.people, now, strict=True)),
        quotas=(Quota("tax", None, 0, 3),) if seed % 2 else (),
    )
    solution = solve(problem, seconds=2, seed=seed)
    assert faults(problem, solution) == []
    assert solution.objective == pytest.approx(best_by_counting(problem))
    assert solution.bound <= solution.objective + 1e-6


def test_sixty_people_come_near_the_bound() -> None:
    problem = district(60, 12, 4)
    solution = solve(problem, seconds=4, seed=1)
    assert faults(problem, solution) == []
    assert solution.objective <= solution.bound * 1.03
    assert set(solution.reasons) == set(solution.need_of)
    assert all(solution.reasons.values())


def test_fixed_people_and_quotas_hold() -> None:
    problem = district(20, 6, 2)
    problem = replace(
        problem,
        people=(replace(problem.people[0], fixed_to="a5"), *problem.people[1:]),
        quotas=(Quota("school", "a3", 1), Quota("tax", None, 0, 4)),
    )
    solution = solve(problem, seconds=1, seed=1)
    assert faults(problem, solution) == []
    assert solution.reasons["p0"][0] == "fixed"


def test_what_clashes_is_named_and_no_more() -> None:
    problem = district(12, 3, 1)
    people = tuple(
        replace(p, agency="tax", fixed_to="a1" if n < 2 else None) for n, p in enumerate(problem.people)
    )
    needs = tuple(replace(need, number=2, women=0, skills=()) for need in problem.needs)
    quotas = (Quota("tax", "a1", 0, 1), Quota("tax", "a2", 1))
    with pytest.raises(Refused) as refused:
        solve(replace(problem, people=people, needs=needs, quotas=quotas), seconds=1, seed=1)
    assert refused.value.code == "deployment_clash"
    said = str(refused.value)
    assert all(word in said for word in ("p0 → a1", "p1 → a1", "tax → a1: ≥ 0 ≤ 1"))
    assert "a2" not in said


def test_a_change_of_need_moves_only_those_who_must() -> None:
    problem = district(40, 8, 6)
    needs = tuple(replace(need, number=4, women=0, skills=()) for need in problem.needs)
    problem = replace(problem, needs=needs)
    before = solve(problem, seconds=1, seed=1)
    again = replanned(problem, before, {"n0": 2, "n1": 6})
    after = solve(again, seconds=1, seed=1)
    assert faults(again, after) == []
    leaving = [change for change in moved(again, after) if change.was is not None]
    assert [change.was for change in leaving] == ["a0", "a0"]


def test_why_a_place_stays_open() -> None:
    here = Area("a", 0, 0)
    doctor, two = Need("d", "a", 1, skills=("doctor",)), Need("n", "a", 2, 1)
    man = Person("m", "tax", 0, 0)
    for needs, people, why in [
        ((doctor,), (man,), Why.SKILL),
        ((two,), (man, replace(man, id="k"), replace(man, id="l")), Why.WOMEN),
        ((two,), (man,), Why.NOBODY_LEFT),
        ((replace(two, weight=1.0),), (replace(man, x=90000.0),), Why.NOT_WORTH),
    ]:
        problem = Problem((here,), needs, people)
        solution = solve(problem, seconds=1, seed=1)
        assert why_short(problem, solution, needs[0]) == why


def test_nobody_and_nothing() -> None:
    for problem in (Problem((), (), ()), district(0, 3, 1), replace(district(3, 3, 1), needs=())):
        assert faults(problem, solve(problem, seconds=1, seed=1)) == []


def test_the_checker_sees_what_is_wrong() -> None:
    problem = district(12, 5, 3)
    needs = tuple(replace(need, skills=()) for need in problem.needs)
    problem = replace(problem, needs=needs, quotas=(Quota("tax", None, 0, 9),))
    good = solve(problem, seconds=1, seed=1)
    assert faults(problem, good) == []
    crowd: dict[str, str] = dict.fromkeys((person.id for person in problem.people), "n0")
    wrong: list[Solution] = [
        replace(good, objective=good.objective - 1),
        replace(good, distance=good.distance + 1),
        replace(good, bound=good.objective + 1),
        replace(good, need_of=crowd),
        replace(good, need_of={}),
        replace(good, need_of={**good.need_of, "nobody": "n0"}),
        replace(good, need_of={**good.need_of, "p0": "n9"}),
    ]
    assert all(faults(problem, each) for each in wrong)
    sent = next(iter(good.need_of))
    strict = replace(problem, quotas=(Quota("tax", None, 12), Quota("school", "a0", 12)))
    assert len(faults(strict, good)) >= 2
    fixed = tuple(replace(p, fixed_to="a0" if p.id == sent else "a1") for p in problem.people)
    assert faults(replace(problem, people=fixed), good)
    skilled = tuple(replace(need, skills=("doctor", "pilot")) for need in problem.needs)
    assert faults(replace(problem, needs=skilled), good)


TOLD = {
    "areas": [{"id": "east", "x": 0, "y": 0}, {"id": "west", "x": 9000, "y": 0}],
    "needs": [
        {"id": "gate", "area": "east", "number": 1},
        {"id": "calls", "area": "west", "number": 1, "women": 1},
    ],
    "people": [
        {"id": "Li", "agency": "tax", "x": 8000, "y": 0, "woman": True, "skills": ["doctor"]},
        {"id": "Wang", "agency": "tax", "x": 8500, "y": 0, "now_in": "east"},
    ],
    "quotas": [{"agency": "tax", "area": "east", "least": 1, "most": 1}],
}


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(TOLD))
    assert main(["plan", "deployment", str(path), "--seconds", "1", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["faults"] == []
    assert answer["need_of"] == {"Li": "calls", "Wang": "gate"}
    assert answer["reasons"]["Wang"][:2] == ["quota", "stays"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"needs": [{"id": "g", "area": "north", "number": 1}]}, "need g: there is no 'north'"),
        ({"needs": [{"id": "g", "area": "east", "number": 1, "women": 2}]}, "need g: 2 women"),
        ({"needs": [{"id": "g", "area": "east", "number": -1}]}, "needs[0].number"),
        ({"people": [{"id": "Li", "x": "far", "y": 0}]}, "people[0].x"),
        (
            {"people": [{"id": "Li", "x": 0, "y": 0, "now_in": "north"}], "quotas": []},
            "person Li: there is no 'north'",
        ),
        ({"quotas": [{"agency": "bank"}]}, "quotas: there is no 'bank'"),
        ({"quotas": [{"agency": "tax", "least": 2, "most": 1}]}, "at most 1"),
        ({"areas": [{"id": "east", "x": 0, "y": 0}] * 2, "needs": [], "quotas": [], "people": []}, "areas"),
        ({"apart": 3}, "apart"),
    ],
)
def test_a_mistake_is_named_with_its_place(change: dict[str, object], place: str) -> None:
    with pytest.raises(ProblemError, match=place.replace("[", r"\[")):
        Problem.from_json(TOLD | change)
