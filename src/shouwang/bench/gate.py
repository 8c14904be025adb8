"""The gate's intake over HTTP beside what PostgreSQL does by itself, on the same server, in the same run.

Everything happens in a scratch database on that server (`shouwang_gate_bench`, some gigabytes); it stays for the next
run, until it is dropped.
"""

import argparse
import statistics
import threading
import time
from uuid import uuid4

from shouwang.bench import _gate_city as city
from shouwang.bench import _gate_door as door
from shouwang.bench import _gate_raw as raw
from shouwang.bench._timing import table
from shouwang.gates.enums import PassKind
from shouwang.gates.queries.trust import keyring
from shouwang.gates.rules.token import PassClaims

SINGLE_BAR, BATCH_BAR, DRAIN_BAR = 0.5, 0.6, 120.0
CLIENTS, SENDERS = 8, 2
HOUR = 3600


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    city.prepare(options.checks)
    print(f"{options.checks:,} checks present, {city.DEVICES:,} devices, 632 communities\n")
    parts = {"single": single, "batch": batch, "drain": drain, "return": returning}
    worst = 0
    for name, part in parts.items():
        if options.only in (None, name):
            worst = max(worst, part(options))
    return worst


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="shouwang bench gate")
    parser.add_argument("--checks", type=int, default=5_000_000, help="so many lie in the table beforehand")
    parser.add_argument("--only", choices=["single", "batch", "drain", "return"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--drain", type=int, default=700_000, help="checks that a city brings after an outage"
    )
    return parser.parse_args(arguments)


def single(options: argparse.Namespace) -> int:
    """One signed check a request: verified, judged, stored, committed."""
    count = 200
    plain, who = [], ""
    rates: dict[str, list[float]] = {"eight phones of one gate": [], "eight gates": []}
    each: dict[str, list[float]] = {name: [] for name in rates}
    with door.serving() as port:
        for turn in range(options.rounds + 1):
            rate, who = raw.single_rate(CLIENTS, 5)
            for name, apart in (("eight phones of one gate", False), ("eight gates", True)):
                phones = city.phones(CLIENTS, apart=apart)
                run_ = door.send(port, [signed(phone, count) for phone in phones])
                if turn:  # the first one warms up
                    rates[name].append(CLIENTS * count / run_.seconds / rate)
                    each[name].append(statistics.median(run_.each) * 1000)
            if turn:
                plain.append(rate)
    commits = statistics.median(plain)
    print(f"One signed check a request, {CLIENTS} clients; beside it single-row inserts by {who}\n")
    table(
        ["what", "a second", "ms each", "ratio"],
        [
            [name, f"{statistics.median(found) * commits:,.0f}", f"{statistics.median(each[name]):.1f}",
             f"{statistics.median(found):.2f}"]
            for name, found in rates.items()
        ]
        + [["single-row inserts, committed", f"{commits:,.0f}", "", "1"]],
    )  # fmt: skip
    return _judged(min(statistics.median(found) for found in rates.values()), SINGLE_BAR)


def signed(phone: city.Phone, count: int) -> list[bytes]:
    """``count`` requests of a phone, each with one check of a pass as scanned, which the server verifies and judges."""
    ring, now = keyring(), int(time.time())
    installation, day = uuid4(), now - now % 86400
    requests = []
    for number in range(count):
        pass_id, household = phone.passes[number % len(phone.passes)]
        begin, end = day - 10 * 86400, day + 20 * 86400 - 1
        issuer = ring.issuer(phone.community, phone.community, day, day + 86400)
        if issuer is None:
            raise RuntimeError("this installation has no key that signs")
        claims = PassClaims(pass_id, PassKind.RESIDENT, phone.community, max(begin, day), end, household)
        shown = {"pass": {"token": issuer.sign(claims)}, "verdict": None, "reason": None}
        record = door.record(phone, number, now, **shown)
        requests.append(door.request(phone, [record], installation, zipped=False))
    return requests


def batch(options: argparse.Namespace) -> int:
    """Full batches over HTTP, each from another phone."""
    count = 24
    ours, alone, ratios = [], [], []
    with door.serving() as port:
        for turn in range(options.rounds + 1):
            phones = city.phones(SENDERS * count)
            lots = [[door.batch(phone) for phone in phones[place::SENDERS]] for place in range(SENDERS)]
            before = raw.unnest_rate(SENDERS, count)
            rate = SENDERS * count * raw.SIZE / door.send(port, lots).seconds
            after = raw.unnest_rate(SENDERS, count)
            if turn:
                ours.append(rate)
                alone.append((before + after) / 2)
                ratios.append(rate / alone[-1])
    print(f"Batches of {raw.SIZE} over HTTP, gzip, {SENDERS} clients, {options.checks:,} checks present\n")
    table(
        ["what", "checks/s"],
        [
            ["batches over HTTP", f"{statistics.median(ours):,.0f}"],
            ["the same rows by unnest, no application", f"{statistics.median(alone):,.0f}"],
        ],
    )
    return _judged(statistics.median(ratios), BATCH_BAR)


def drain(options: argparse.Namespace) -> int:
    """All phones of a city come back after four hours without a network; the worker counts beside them."""
    phones = city.phones(min(city.DEVICES, -(-options.drain // raw.SIZE)))
    lots = [[door.batch(phone) for phone in phones[place::4]] for place in range(4)]
    with door.serving(worker=True) as port:
        run_ = door.send(port, lots)
    checks = len(phones) * raw.SIZE
    print(f"{checks:,} checks of {len(phones):,} phones taken in within {run_.seconds:.0f} s")
    print(f"({checks / run_.seconds:,.0f} a second; {run_.turned} requests were asked to come again)")
    print(f"the bar is {DRAIN_BAR:.0f} s for 700,000\n")
    return int(run_.seconds > DRAIN_BAR * checks / 700_000)


def returning(options: argparse.Namespace) -> int:
    """3,000 phones return at once with 100 checks each; somebody goes on working at the desk."""
    phones = city.phones(city.DEVICES)
    lots = [[door.batch(phone, size=100) for phone in phones[place::32]] for place in range(32)]
    pages = city.desk(phones[0].community)
    with door.serving(worker=True) as port:
        _pages(port, pages, seconds=2)
        calm = _pages(port, pages, seconds=10)
        sending = threading.Thread(target=lambda: runs.append(door.send(port, lots)))
        runs: list[door.Run] = []
        sending.start()
        busy = _pages(port, pages, until=sending)
    print(
        f"{len(phones):,} phones return at once, 100 checks each; all were in after {runs[0].seconds:.0f} s\n"
    )
    table(
        ["desk pages", "asked", "ms median", "ms p95"],
        [
            [
                name,
                len(times),
                f"{statistics.median(times):.0f}",
                f"{statistics.quantiles(times, n=20)[18]:.0f}",
            ]
            for name, times in (("before", calm), ("meanwhile", busy))
        ],
    )
    return 0


def _pages(
    port: int, pages: list[bytes], *, seconds: float = 0, until: threading.Thread | None = None
) -> list[float]:
    """Milliseconds of page after page, as one busy person asks for them."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    with door.Client(port) as client:
        while until.is_alive() if until else time.perf_counter() < end:
            for page in pages:
                started = time.perf_counter()
                status, body = client.ask(page)
                if status != 200:
                    raise RuntimeError(f"the desk answered {status}: {body[:200].decode(errors='replace')}")
                times.append((time.perf_counter() - started) * 1000)
                time.sleep(0.05)
    return times


def _judged(ratio: float, bar: float) -> int:
    print(f"{ratio:.2f} × what PostgreSQL does alone; the bar is {bar}\n", flush=True)
    return int(ratio < bar)
