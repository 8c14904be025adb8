"""Measurements: every module of `shouwang.bench` is one, with `run(arguments: list[str]) -> exit code`."""

from __future__ import annotations

import argparse
import os
import pkgutil
from importlib import import_module

import django

from shouwang.config.cli import Problem
from shouwang.config.commands.demo import open_town


def run(options: argparse.Namespace) -> int:
    names = _names()
    if not options.name:
        print("\n".join(names))
        return 0
    if options.name != "all" and options.name not in names:
        raise Problem(f"there is no measurement {options.name!r}. There are: all, {', '.join(names)}")
    os.environ["SHOUWANG_DEMO"] = "1"
    django.setup()  # before the measurements are imported, for they import models
    chosen = [
        import_module(f"shouwang.bench.{names[name]}") for name in names if options.name in (name, "all")
    ]
    if any(getattr(measurement, "NEEDS_TOWN", True) for measurement in chosen):
        open_town()  # the scale of a city is the demo's, and so is its clock
    return max(int(measurement.run(options.arguments) or 0) for measurement in chosen)


def _names() -> dict[str, str]:
    """What can be measured, with its module: `import` is a word of Python's, so its module is `import_`."""
    modules = (module.name for module in pkgutil.iter_modules(import_module("shouwang.bench").__path__))
    return {name.rstrip("_"): name for name in sorted(modules) if not name.startswith("_")}
