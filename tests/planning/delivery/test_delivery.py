"""Trips to doors: what must hold of any, and the optimum where it can be counted out."""

import itertools
import json
import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shouwang.bench import delivery as bench
from shouwang.config.cli import main
from shouwang.kernel.errors import Refused
from shouwang.planning.delivery import Carrier, Door, Problem, public, solve
from shouwang.planning.delivery.check import faults
from shouwang.planning.fields import ProblemError


def street(doors: int, seed: int) -> Problem:
    draw = random.Random(seed)
    return Problem(
        (50, 50),
        tuple(Door(f"d{n}", draw.randrange(100), draw.randrange(100), 1.5) for n in range(doors)),
        (Carrier("Li", 6), Carrier("Wang", 4.5)),
    )


def best_by_counting(problem: Problem) -> float:
    best = math.inf
    for order in itertools.permutations(problem.doors):
        for cut in range(len(order) + 1):
            trips = (order[:cut], order[cut:])
            if any(
                sum(door.size for door in trip) > carrier.capacity
                for trip, carrier in zip(trips, problem.carriers, strict=True)
            ):
                continue
            places = [[problem.depot, *((d.x, d.y) for d in trip), problem.depot] for trip in trips]
            best = min(best, sum(math.dist(a, b) for stops in places for a, b in itertools.pairwise(stops)))
    return best


@pytest.mark.parametrize("seed", range(3))
def test_it_finds_the_best_trips_to_a_few_doors(seed: int) -> None:
    problem = street(6, seed)
    solution = solve(problem, seconds=0.5, seed=seed)
    assert faults(problem, solution) == []
    assert solution.objective == pytest.approx(best_by_counting(problem))


@pytest.mark.parametrize(
    ("doors", "code"),
    [
        ([Door("d", 1, 1, 6)] * 2, "delivery_too_much"),
        ([Door("d", 1, 1, 7)], "delivery_door_too_much"),
        ([Door(f"d{n}", n, 1, 3.5) for n in range(3)], "delivery_no_trips"),
    ],
)
def test_what_cannot_be_carried_says_what_must_give(doors: list[Door], code: str) -> None:
    with pytest.raises(Refused) as refused:
        solve(Problem((0, 0), tuple(doors), (Carrier("Li", 6), Carrier("Wang", 5))), seconds=0.3, seed=1)
    assert refused.value.code == code


def test_no_doors_is_no_trip() -> None:
    solution = solve(replace(street(3, 1), doors=()), seconds=0.2, seed=1)
    assert (solution.objective, dict(solution.routes)) == (0, {"Li": (), "Wang": ()})


def test_the_checker_sees_what_is_wrong() -> None:
    problem = street(6, 1)
    good = solve(problem, seconds=0.3, seed=1)
    routes = dict(good.routes)
    wrong = [
        replace(good, routes=routes | {"Li": routes["Li"][1:]}),
        replace(good, routes=routes | {"Li": (*routes["Li"], *routes["Wang"]), "Wang": ()}),
        replace(good, routes=routes | {"Nobody": ()}),
        replace(good, routes=routes | {"Li": (*routes["Li"], "nowhere")}),
        replace(good, objective=good.objective - 1),
    ]
    assert all(faults(problem, solution) for solution in wrong)


def test_the_command_answers_trips_and_names_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem: dict[str, Any] = {
        "depot": {"x": 0, "y": 0},
        "doors": [{"id": "3-2-501", "x": 3, "y": 4}],
        "carriers": [{"id": "Li", "capacity": 2}],
    }
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem))
    assert main(["plan", "delivery", str(path), "--seconds", "0.2", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["routes"], answer["objective"]) == ({"Li": ["3-2-501"]}, 10)
    path.write_text(json.dumps(problem | {"carriers": []}))
    assert main(["plan", "delivery", str(path)]) == 1
    assert "carriers: at least one is needed" in capsys.readouterr().err


TINY = """NAME : 	tiny
CAPACITY : 	2
NODE_COORD_SECTION
1	0	0
2	3	4
3	0	10
DEMAND_SECTION
1	0
2	1
3	2
DEPOT_SECTION
	1
	-1
EOF
"""


def test_public_instances_are_read_and_written_in_their_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiny.vrp").write_text(TINY)
    assert bench.run([str(tmp_path), "--seconds", "0.2", "--solutions", str(tmp_path / "out")]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["objective"], row["best_known"], row["verified"]) == (30, None, True)
    assert sorted(json.loads((tmp_path / "out" / "tiny.json").read_text())["routes"]) == [[1], [2]]


@pytest.mark.parametrize(
    "text", ["", "hello", TINY.replace("3	2\n", ""), TINY.replace("3	4", "3	x")]
)
def test_what_is_no_instance_is_refused(text: str) -> None:
    with pytest.raises(ProblemError):
        public.read(text)
