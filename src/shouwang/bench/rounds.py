"""Who is not reached, the city's page and a caller's list, on the first day of a city and on its sixtieth.

Two databases of the whole city on the server in use (`shouwang_rounds_day_1`, `…_day_60`, some gigabytes each; they
stay for the next run until they are dropped). The same work is done in both by turns, so that noise disturbs both.
"""

import argparse

from shouwang.bench import _rounds_city as city


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    facts = city.prepare(options.days)
    print(f"{facts:,} attempts and readings on the sixtieth day\n")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="shouwang bench rounds")
    parser.add_argument(
        "--days", type=int, default=8, help="days of the whole city, the others of one town only"
    )
    return parser.parse_args(arguments)
