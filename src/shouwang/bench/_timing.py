"""Medians, and a table to print them in. Machines are noisy: a figure stands beside another from the same run."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any


def median_ms(work: Callable[[], Any], *, runs: int = 9, warm: int = 2) -> float:
    """The median wall time of ``work`` in milliseconds over ``runs``, after ``warm`` runs that do not count."""
    for _ in range(warm):
        work()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a Markdown table, ready for docs/benchmarks.md."""
    lines = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(header))]
    for number, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(flush=True)
