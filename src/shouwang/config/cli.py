"""The command `shouwang`. Each noun's work is in `config/commands/`, imported only when it is asked for."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from importlib import import_module

from shouwang import __version__
from shouwang.config.database import DatabaseProblem
from shouwang.gates.enums import PassKind


class Problem(Exception):
    """The command cannot go on; the message tells the operator what to do."""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="shouwang", description="守望: community-level epidemic response.")
    top.add_argument("--version", action="version", version=f"shouwang {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="load the demo town (invented people) and serve it")
    demo.add_argument("--no-serve", action="store_true", help="load only")
    demo.add_argument("--json", action="store_true", help="print what was loaded as JSON")
    demo.add_argument(
        "--city", action="store_true", help="fill all 632 communities: about 1.2 million people"
    )
    demo.add_argument("--seed", type=int, default=20200214, help="the same seed invents the same town")
    address(demo)

    up = commands.add_parser(
        "up", help="serve; the first time also make the database and the first administrator's link"
    )
    address(up)
    up.add_argument("--workers", type=int, default=2, help="server processes (default 2)")
    up.add_argument("--threads", type=int, default=4, help="threads of each process (default 4)")

    commands.add_parser("down", help="stop the running `shouwang up` or `demo` and the embedded database")
    commands.add_parser("doctor", help="check this installation and say what is wrong with it")
    commands.add_parser("migrate", help="bring the database up to this version")

    bench = commands.add_parser("bench", help="measure; without a name: list what can be measured")
    bench.add_argument("name", nargs="?")
    bench.add_argument("arguments", nargs=argparse.REMAINDER, help="passed to the measurement")

    passes(commands.add_parser("pass", help="issue or verify a pass by hand; say which keys to trust"))

    openapi = commands.add_parser("openapi", help="print the description of the API")
    openapi.add_argument("--check", metavar="FILE", help="compare with FILE; exit 1 when they differ")

    orders = commands.add_parser("orders", help="read a chat's orders")
    verbs = orders.add_subparsers(dest="verb", required=True, metavar="VERB")
    reading = verbs.add_parser(
        "read", help="order lines, doubts and alarms of a pasted chat or an export of it"
    )
    reading.add_argument("file", metavar="FILE", help="a text file, or - for what is piped in")
    reading.add_argument("--json", action="store_true", help="print the reading as JSON")

    plan = commands.add_parser("plan", help="solve a planning problem from a file")
    plan.add_argument("kind", choices=("caseload",), help="what is to be planned")
    plan.add_argument("file", metavar="PROBLEM.json", help="the problem, or - for what is piped in")
    plan.add_argument("--seconds", type=float, default=20.0, help="wall time (20)")
    plan.add_argument("--seed", type=int, default=1, help="the same seed begins the same search")
    plan.add_argument("--json", action="store_true", help="print the answer on one line")

    manage = commands.add_parser(
        "manage", help="a Django command, for instance `shouwang manage shell`", add_help=False
    )
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    return top


def passes(command: argparse.ArgumentParser) -> None:
    command.set_defaults(command="pass_")  # "pass" is a word of Python's
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")

    issue = verbs.add_parser("issue", help="sign a pass with this installation's key, made at the first use")
    kinds = [kind.value for kind in PassKind]
    issue.add_argument("--kind", choices=kinds, default="resident", help="default resident")
    issue.add_argument("--community", type=int, required=True, metavar="CODE", help="its 12 digits")
    issue.add_argument("--from", dest="begins", metavar="TIME", help="2020-02-20 or 2020-02-20T08:00 (now)")
    issue.add_argument("--until", metavar="TIME", help="a day alone counts to its end")
    issue.add_argument("--days", type=int, default=30, help="how long, where --until is not given (30)")
    issue.add_argument(
        "--household", type=int, default=0, metavar="NUMBER", help="whose outings count (none)"
    )
    issue.add_argument("--label", default="", help="for the eye at the gate: 张* or the end of a plate")

    verify = verbs.add_parser("verify", help="exit code 0 if the pass is genuine and in its time")
    verify.add_argument("text", help="the text of the QR code; - reads one line from standard input")
    verify.add_argument("--trust", metavar="FILE", help="the keys to trust (this installation's own)")
    verify.add_argument("--at", metavar="TIME", help="judge at this time (now)")

    trust = verbs.add_parser("trust", help="print the trust file of this installation's key")
    trust.add_argument("--area", type=int, required=True, metavar="CODE", help="the key signs for this area")
    trust.add_argument(
        "--from", dest="begins", metavar="TIME", default="1971-01-01", help="from when on (ever)"
    )
    trust.add_argument("--until", metavar="TIME", required=True, help="until when")

    for verb in (issue, verify):
        verb.add_argument("--json", action="store_true", help="print the answer as JSON")


def address(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on (default 127.0.0.1)"
    )
    command.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port (default $PORT or 8000)"
    )


def main(argv: list[str] | None = None) -> int:
    options = parser().parse_args(argv)
    if argv is None:  # a real command: being told to stop, it tidies up as at its end
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, frame: sys.exit(128 + number))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
    try:
        return int(import_module(f"shouwang.config.commands.{options.command}").run(options) or 0)
    except (DatabaseProblem, Problem) as problem:
        print(f"shouwang: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
