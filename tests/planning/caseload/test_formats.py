"""The problem file, the command and the public instances: mistakes are named where they stand."""

import json
from pathlib import Path
from typing import Any

import pytest

from shouwang.bench import caseload as bench
from shouwang.config.cli import main
from shouwang.planning.caseload import Problem, public, solve
from shouwang.planning.fields import ProblemError

GOOD: dict[str, Any] = {
    "callers": [{"id": "Li", "capacity": 3}, {"id": "Wang", "capacity": 3, "least": 1}],
    "households": [{"id": str(n), "x": n, "y": 0} for n in range(5)],
}


def with_household(**fields: object) -> dict[str, Any]:
    return GOOD | {"households": [GOOD["households"][0], {"id": "new", "x": 1, "y": 2} | fields]}


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ([], "must stand an object"),
        (GOOD | {"callers": []}, "at least one of each"),
        (GOOD | {"households": 3}, "households: must be a list"),
        (with_household(x="east"), "households[1].x: must be a number, not 'east'"),
        (with_household(x=float("nan")), "households[1].x: must be a number"),
        (with_household(load=-1), "households[1].load: must be at least 0, not -1"),
        (with_household(lode=2), "households[1].lode: there is no such field"),
        (with_household(fixed_to="Zhao"), "households[1].fixed_to: there is no caller 'Zhao'"),
        (with_household(id="0"), "households: '0' stands there twice"),
        (GOOD | {"callers": [{"id": "Li"}]}, "callers[0].capacity: is missing"),
    ],
)
def test_a_mistake_is_named_where_it_stands(problem: Any, words: str) -> None:
    with pytest.raises(ProblemError) as error:
        Problem.from_json(problem)
    assert words in str(error.value)


def test_the_command_answers_a_division(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(GOOD))
    assert main(["plan", "caseload", str(path), "--seconds", "0.5", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["caller_of"]) == {"0", "1", "2", "3", "4"}
    assert answer["faults"] == []
    path.write_text("{")
    assert main(["plan", "caseload", str(path)]) == 1
    assert "is no problem of this kind" in capsys.readouterr().err


def test_public_instances_are_read_and_written_in_their_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiny.dat").write_text("4 2\n0 0 2 1\n1 0 2 1\n10 0 2 1\n12 0 2 1\n")
    (tmp_path / "best_known.csv").write_text("kind,instance,best_known\ncaseload,tiny,3\n")
    out = tmp_path / "out"
    assert bench.run([str(tmp_path), "--seconds", "0.5", "--solutions", str(out)]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["instance"], row["objective"], row["gap"], row["verified"]) == ("tiny", 3, 0, True)
    medians = json.loads((out / "tiny.json").read_text())["median_of"]
    assert medians[0] == medians[1] != medians[2] == medians[3]


@pytest.mark.parametrize("text", ["", "x", "2 1\n0 0 5 1\n", "1 2\n0 0 5 1\n", "2 1\n0 0 5 1\n0 0 6 1\n"])
def test_what_is_no_instance_is_refused(text: str) -> None:
    with pytest.raises(ProblemError):
        public.read(text)


def test_the_same_seed_begins_the_same_search() -> None:
    problem = Problem.from_json(GOOD)
    found = [solve(problem, seconds=0.3, seed=7) for _ in range(2)]
    assert found[0].objective == found[1].objective
