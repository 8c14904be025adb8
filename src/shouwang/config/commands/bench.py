"""Measurements: every module of `shouwang.bench` is one, with `run(arguments: list[str]) -> exit code`."""

from __future__ import annotations

import argparse
import pkgutil
from importlib import import_module
from importlib.util import find_spec

from shouwang.config.cli import Problem
from shouwang.config.commands import start


def run(options: argparse.Namespace) -> int:
    names = available()
    if not options.name:
        print("\n".join(names) or "There is nothing to measure yet.")
        return 0
    if options.name != "all" and options.name not in names:
        raise Problem(f"there is no measurement {options.name!r}. There are: all, {', '.join(names)}")
    start()
    worst = 0
    for name in names if options.name == "all" else (options.name,):
        worst = max(worst, int(import_module(names[name]).run(options.arguments) or 0))
    return worst


def available() -> dict[str, str]:
    """The measurements and their modules; an underscore at the end of a module's name is Python's, not ours."""
    if find_spec("shouwang.bench") is None:
        return {}
    package = import_module("shouwang.bench")
    modules = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_"))
    return {name.rstrip("_"): f"shouwang.bench.{name}" for name in modules}
