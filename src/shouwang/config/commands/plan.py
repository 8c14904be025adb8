"""Solve a planning problem from a file, with no database. The formats: docs/planning.md."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from shouwang.config.cli import Problem
from shouwang.kernel.errors import Refused
from shouwang.planning.fields import ProblemError


def run(options: argparse.Namespace) -> int:
    kind = import_module(f"shouwang.planning.{options.kind}")
    check = import_module(f"shouwang.planning.{options.kind}.check")
    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8")
        problem = kind.Problem.from_json(json.loads(text))
        solution = kind.solve(problem, seconds=options.seconds, seed=options.seed)
    except OSError as error:
        raise Problem(f"{options.file} cannot be read: {error.strerror}") from error
    except (ValueError, ProblemError) as error:
        raise Problem(f"{options.file} is no problem of this kind: {error}") from error
    except Refused as refused:
        raise Problem(str(refused)) from refused
    faults = check.faults(problem, solution)
    answer = solution.as_json() | {"faults": faults}
    print(json.dumps(answer, ensure_ascii=False, indent=None if options.json else 1))
    return int(bool(faults))
