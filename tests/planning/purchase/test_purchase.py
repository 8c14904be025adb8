"""A buyer's run: what must hold of any, and the optimum where it can be counted out."""

import itertools
import json
import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shouwang.bench import purchase as bench
from shouwang.config.cli import main
from shouwang.planning.fields import ProblemError
from shouwang.planning.purchase import Offer, Outlet, Problem, Purchase, Solution, public, solve
from shouwang.planning.purchase.check import faults


def town(outlets: int, products: int, seed: int, *, scarce: bool) -> Problem:
    draw = random.Random(seed)
    places = tuple(Outlet(f"o{n}", draw.randrange(100), draw.randrange(100)) for n in range(outlets))
    offers = tuple(
        Offer(place.id, f"p{k}", draw.randrange(1, 30), draw.randrange(1, 4) if scarce else None)
        for k in range(products)
        for place in draw.sample(places, outlets // 2 + 1)
    )
    return Problem((50, 50), places, offers, {f"p{k}": 3.0 for k in range(products)})


def best_by_counting(problem: Problem) -> float:
    """Every set of outlets in every order: only for a handful."""
    at = {outlet.id: (outlet.x, outlet.y) for outlet in problem.outlets}
    best = math.inf
    for size in range(1, len(at) + 1):
        for route in itertools.permutations(at, size):
            stops = [problem.depot, *(at[stop] for stop in route), problem.depot]
            cost = sum(math.dist(a, b) for a, b in itertools.pairwise(stops))
            for product, wanted in problem.demand.items():
                need = wanted
                for offer in sorted(problem.offers, key=lambda offer: offer.price):
                    if offer.product == product and offer.outlet in route:
                        part = min(need, math.inf if offer.stock is None else offer.stock)
                        cost, need = cost + part * offer.price, need - part
                if need > 0:
                    cost = math.inf
            best = min(best, cost)
    return best


@pytest.mark.parametrize("scarce", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_it_finds_the_best_run_of_a_few_outlets(seed: int, scarce: bool) -> None:
    problem = town(6, 4, seed, scarce=scarce)
    solution = solve(problem, seconds=0.4, seed=seed)
    assert faults(problem, solution) == []
    if not solution.short:
        assert solution.objective == pytest.approx(best_by_counting(problem))
    assert solution.bound <= solution.objective + 1e-6


def test_what_nobody_has_is_short_and_the_rest_is_bought() -> None:
    problem = Problem(
        (0, 0),
        (Outlet("shop", 3, 4), Outlet("pharmacy", 6, 8)),
        (Offer("shop", "rice", 20, 2), Offer("pharmacy", "insulin of one maker", 60)),
        {"rice": 5, "insulin of one maker": 1, "oxygen": 1},
    )
    solution = solve(problem, seconds=0.3, seed=1)
    assert faults(problem, solution) == []
    assert solution.short == {"rice": 3, "oxygen": 1}
    assert set(solution.route) == {"shop", "pharmacy"}
    assert solution.travel == pytest.approx(20)


def test_a_pinned_outlet_is_visited_though_nothing_is_bought_there() -> None:
    problem = town(6, 3, 1, scarce=False)
    far = Outlet("far", 900, 900, pinned=True)
    solution = solve(replace(problem, outlets=(*problem.outlets, far)), seconds=0.3, seed=1)
    assert "far" in solution.route


def test_nothing_wanted_is_an_empty_run() -> None:
    solution = solve(replace(town(5, 2, 1, scarce=False), demand={}), seconds=0.2, seed=1)
    assert (solution.route, solution.purchases, solution.objective) == ((), (), 0)


def test_the_checker_sees_what_is_wrong() -> None:
    problem = town(6, 4, 1, scarce=True)
    good = solve(problem, seconds=0.3, seed=1)
    first = good.purchases[0]
    wrong: list[Solution] = [
        replace(good, route=(*good.route, good.route[0])),
        replace(good, route=good.route[1:]),
        replace(good, purchases=good.purchases[1:]),
        replace(good, purchases=(replace(first, quantity=first.quantity + 5), *good.purchases[1:])),
        replace(good, purchases=(*good.purchases, Purchase("o0", "gold", 1))),
        replace(good, price=good.price - 1),
        replace(good, short={"p0": 1}),
    ]
    assert all(faults(problem, solution) for solution in wrong)


def written(problem: dict[str, Any], folder: Path) -> str:
    path = folder / "problem.json"
    path.write_text(json.dumps(problem))
    return str(path)


def test_the_command_answers_a_run_and_names_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem: dict[str, Any] = {
        "depot": {"x": 0, "y": 0},
        "outlets": [{"id": "shop", "x": 3, "y": 4}],
        "offers": [{"outlet": "shop", "product": "rice", "price": 20, "stock": None}],
        "demand": [{"product": "rice", "quantity": 2}],
    }
    assert main(["plan", "purchase", written(problem, tmp_path), "--seconds", "0.2", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["route"], answer["objective"], answer["faults"]) == (["shop"], 50, [])
    problem["offers"][0]["outlet"] = "shpo"
    assert main(["plan", "purchase", written(problem, tmp_path)]) == 1
    assert "offers[0].outlet: there is no outlet 'shpo'" in capsys.readouterr().err


TINY = """NAME : tiny
DIMENSION : 3
NODE_COORD_SECTION :
1 0 0
2 3 4
3 30 40
DEMAND_SECTION :
2
1 1
2 2
OFFER_SECTION :
1 0
2 2  1 10 1 2 5 1
3 1  2 6 2
EOF
"""


def test_public_instances_are_read_and_written_in_their_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiny.tpp").write_text(TINY)
    assert bench.run([str(tmp_path), "--seconds", "0.2", "--solutions", str(tmp_path / "out")]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["objective"], row["best_known"], row["verified"]) == (100 + 10 + 5 + 6, None, True)
    answer = json.loads((tmp_path / "out" / "tiny.json").read_text())
    assert answer["route"][0] == 1
    assert sorted(answer["purchases"]) == [[2, 1, 1], [2, 2, 1], [3, 2, 1]]


@pytest.mark.parametrize("text", ["", "hello", TINY.replace("3 1  2 6 2", "3 1  2 six 2")])
def test_what_is_no_instance_is_refused(text: str) -> None:
    with pytest.raises(ProblemError):
        public.read(text)
