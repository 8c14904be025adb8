"""Self-reports over HTTP: the residents' page as a telephone sends it, beside what PostgreSQL does by itself.

Everything happens in a scratch database on the server in use (`shouwang_door_bench`); it stays for the next run.
"""

import argparse
import statistics
import time
from urllib.parse import urlencode

from shouwang.bench import _door_city as city
from shouwang.bench import _gate_door as door
from shouwang.bench import _gate_raw as raw
from shouwang.bench._timing import table

BAR = 800
CLIENTS = 8


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="shouwang bench door")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reports", type=int, default=250, help="of each of the 8 telephones in a round")
    options = parser.parse_args(arguments)
    city.prepare()
    homes = city.homes()
    plain, who = raw.single_rate(CLIENTS, 5)
    print(
        f"{sum(map(len, homes.values())):,} households with a link; {who}: {plain:,.0f} single rows a second\n"
    )
    # Nobody reports twice; so each measurement has households of its own.
    large = iter(homes[city.LARGE])
    mixed = iter(
        [
            home
            for at in range(city.SMALL)
            for code, some in homes.items()
            if code != city.LARGE
            for home in some[at : at + 1]
        ]
    )
    rates: dict[str, list[float]] = {
        "one community of 7,000 households": [],
        "households of 200 communities": [],
    }
    each: dict[str, list[float]] = {name: [] for name in rates}
    with door.serving(city.environment()) as port:
        for turn in range(options.rounds + 1):
            for name, some in zip(rates, (large, mixed), strict=True):
                # The first turn warms up: connections, prepared statements, due lists.
                number = options.reports if turn else 40
                lots = [[_report(next(some)) for _ in range(number)] for _ in range(CLIENTS)]
                run_ = door.send(port, lots, expected=303)
                if turn:
                    rates[name].append(CLIENTS * number / run_.seconds)
                    each[name] += run_.each
        page = _page(homes[city.LARGE][0])
        door.send(port, [[page] * 10] * CLIENTS)
        got = door.send(port, [[page] * 100] * CLIENTS)
    counted, told = city.agreed()
    rows = [
        (
            name,
            f"{min(found):,.0f} – {max(found):,.0f}/s",
            f"{statistics.quantiles(each[name], n=20)[18] * 1000:.1f} ms",
        )
        for name, found in rates.items()
    ]
    rows.append(("the page itself (GET)", f"{CLIENTS * 100 / got.seconds:,.0f}/s", ""))
    table(("self-reports", "in a round of the measurement", "95 of 100 within"), rows)
    worst = min(statistics.median(found) for found in rates.values())
    print(
        f"\n{worst:,.0f}/s; the bar is {BAR}. People reached: {counted:,} counted, {told:,} by their readings."
    )
    return int(worst < BAR or counted != told)


def _report(home: city.Home) -> bytes:
    said = {"id": str(door.uuid7(time.time())), "all": "none"}
    said |= {f"t{one}": f"36.{one % 8}" for one in home.people}
    body = urlencode(said).encode()
    return (
        f"POST /d/{home.token}/report HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _page(home: city.Home) -> bytes:
    return f"GET /d/{home.token} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
