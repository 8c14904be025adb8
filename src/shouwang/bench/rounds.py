"""Who is not reached, the city's page, a caller's list and who is to be reminded, on a city's first and sixtieth day.

Two databases of the whole city on the server in use (`shouwang_rounds_day_1`, `…_day_60`, some gigabytes each; they
stay for the next run until they are dropped). The same work is done in both by turns, so that noise disturbs both.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shouwang.access.wall import acting
from shouwang.bench import _rounds_city as city
from shouwang.bench._timing import median_ms, table
from shouwang.demo.invented.people import TODAY
from shouwang.kernel.areas import span
from shouwang.kernel.scope import Scope
from shouwang.people.actions.watches import close_due_watches
from shouwang.screening.queries.board import left
from shouwang.screening.queries.calls import call_list
from shouwang.screening.queries.reminders import silent
from shouwang.screening.queries.rounds import round_of
from shouwang.workforce.queries import caseloads

CITY, COMMUNITY = 429006000000, 429006001023
BARS_MS = {
    "who is not reached, 20,000 people": 50,
    "today, city": 200,
    "today, city, the part that refreshes": 200,
    "rounds, city": 200,
    "a caller's list": 30,
    "who needs a reminder now, city": 700,
    "closing 20,000 watch periods": 60_000,
}
AGREED = 0.2
"""Day 60 may differ from day 1 by so much."""


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.inside:
        print(json.dumps({name: median_ms(work, runs=options.runs) for name, work in works().items()}))
        return 0
    facts = city.prepare(options.days)
    print(
        f"{facts:,} attempts and readings on the sixtieth day; median of {options.turns} × {options.runs}\n"
    )
    took: dict[str, list[dict[str, float]]] = {city.FIRST: [], city.SIXTIETH: []}
    for _ in range(options.turns):
        for database, found in took.items():
            found.append(_inside(database, options.runs))
    rows, missed = [], 0
    for name, bar in BARS_MS.items():
        first, last = (statistics.median(one[name] for one in found) for found in took.values())
        missed += last > bar
        rows.append([name, f"{first:.0f}", f"{last:.0f}", f"{last / first:.2f}", f"{bar:,}"])
    table(["what", "ms on day 1", "ms on day 60", "ratio", "bar, ms"], rows)
    print("all within their bars" if not missed else f"{missed} above their bar")
    return 0  # a noisy machine is no error


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="shouwang bench rounds")
    parser.add_argument(
        "--days", type=int, default=8, help="days of the whole city, the others of one town only"
    )
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument(
        "--inside", action="store_true", help="measure in the database that is in use, told as JSON"
    )
    return parser.parse_args(arguments)


def _inside(database: str, runs: int) -> dict[str, float]:
    command = [sys.executable, "-m", "shouwang", "bench", "rounds", "--inside", "--runs", str(runs)]
    told = subprocess.run(
        command, check=True, env=city.environment(database), stdout=subprocess.PIPE, text=True
    ).stdout
    return dict(json.loads(told.splitlines()[-1]))


def works() -> dict[str, Callable[[], object]]:
    """What is measured, by name."""
    scope = Scope.system(reason="bench rounds")
    with acting(scope):
        load = max(caseloads(scope, COMMUNITY), key=lambda one: one.households)
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        get_user_model().objects.get(username="demo-hq"), "django.contrib.auth.backends.ModelBackend"
    )
    return {
        "who is not reached, 20,000 people": partial(_not_reached, scope),
        "today, city": partial(_ask, client, reverse("reporting:today", args=[CITY])),
        "today, city, the part that refreshes": partial(_ask, client, reverse("reporting:live", args=[CITY])),
        "rounds, city": partial(_ask, client, reverse("screening:rounds", args=[CITY])),
        "a caller's list": partial(_call_list, scope, load.id),
        "who needs a reminder now, city": partial(_silent, scope),
        "closing 20,000 watch periods": partial(_close, scope),
    }


def _not_reached(scope: Scope) -> None:
    with acting(scope):
        round_ = round_of(scope, COMMUNITY, TODAY)
        if round_ is None:
            raise RuntimeError("the demo has no round today")
        left(scope, round_)


def _call_list(scope: Scope, caseload_id: int) -> None:
    with acting(scope):
        call_list(scope, caseload_id)


def _silent(scope: Scope) -> None:
    with acting(scope):
        silent(scope, *span(CITY))


def _close(scope: Scope) -> None:
    """In a transaction that is taken back, so that it can be done again."""
    with acting(scope), transaction.atomic():
        closed = close_due_watches(scope, on=TODAY.replace(month=12))
        if closed < city.WATCHES:
            raise RuntimeError(f"only {closed} watch periods were open")
        transaction.set_rollback(True)


def _ask(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")
