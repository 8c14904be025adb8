"""A planner on public instances: one JSON object a line, each solution verified by the independent checker."""

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run(
    kind: str, arguments: list[str], endings: tuple[str, ...], attempt: Callable[..., dict[str, Any]]
) -> int:
    """``attempt(text, seconds=, seed=)`` answers objective, bound, faults and solution of one instance."""
    parser = argparse.ArgumentParser(prog=f"shouwang bench {kind}")
    parser.add_argument(
        "folder", type=Path, nargs="?", help="public instances; without it nothing is measured"
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="wall time for each (60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="for form's sake: it is always JSON")
    parser.add_argument(
        "--solutions", type=Path, metavar="OUT", help="write each solution as OUT/INSTANCE.json"
    )
    options = parser.parse_args(arguments)
    if options.folder is None:
        print(f"{kind}: give a folder of public instances", file=sys.stderr)
        return 0
    files = sorted(path for path in options.folder.iterdir() if path.suffix in endings)
    if not files:
        print(f"{options.folder} holds no instance ({', '.join(endings)})", file=sys.stderr)
        return 1
    known = _best_known(options.folder, kind)
    good = True
    for path in files:
        began = time.monotonic()
        found = attempt(path.read_text(encoding="utf-8"), seconds=options.seconds, seed=options.seed)
        best = known.get(path.stem)
        row = {
            "instance": path.stem,
            "objective": found["objective"],
            "bound": found["bound"],
            "best_known": best,
            "gap": None if best is None else found["objective"] / best - 1,
            "seconds": round(time.monotonic() - began, 2),
            "verified": not found["faults"],
        }
        good &= row["verified"]
        print(json.dumps(row), flush=True)
        if options.solutions:
            options.solutions.mkdir(parents=True, exist_ok=True)
            (options.solutions / f"{path.stem}.json").write_text(
                json.dumps(found["solution"]), encoding="utf-8"
            )
    return int(not good)


def _best_known(folder: Path, kind: str) -> dict[str, float]:
    """``best_known.csv`` in the folder or above it: kind, instance, best_known."""
    for place in (folder, folder.parent):
        path = place / "best_known.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                return {
                    row["instance"]: float(row["best_known"])
                    for row in csv.DictReader(lines)
                    if row["kind"] == kind
                }
    return {}
