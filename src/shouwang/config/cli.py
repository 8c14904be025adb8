"""The command `shouwang`. Each noun's work is in `config/commands/`, imported only when it is asked for."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from importlib import import_module
from uuid import UUID

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
    up.add_argument("--threads", type=int, default=8, help="threads of each process (default 8)")

    commands.add_parser("down", help="stop the running `shouwang up` or `demo` and the embedded database")
    commands.add_parser("doctor", help="check this installation and say what is wrong with it")
    commands.add_parser("migrate", help="bring the database up to this version")

    bench = commands.add_parser("bench", help="measure; without a name: list what can be measured")
    bench.add_argument("name", nargs="?")
    bench.add_argument("arguments", nargs=argparse.REMAINDER, help="passed to the measurement")

    passes(commands.add_parser("pass", help="issue, verify or revoke a pass by hand"))
    keys(commands.add_parser("trust", help="the keys behind the passes: root, signing keys, bundle"))

    gate = commands.add_parser("gate", help="how much this installation takes in at its gates")
    rates = gate.add_subparsers(dest="verb", required=True, metavar="VERB").add_parser(
        "bench", help="measure for half a minute, in a scratch database that is gone afterwards"
    )
    rates.add_argument("--json", action="store_true", help="print the rates as JSON")

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
    plan.add_argument(
        "kind",
        choices=("caseload", "purchase", "delivery", "roster", "deployment"),
        help="what is to be planned",
    )
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

    issue = verbs.add_parser("issue", help="a pass's signed text, entered in the register")
    kinds = [kind.value for kind in PassKind]
    issue.add_argument("--kind", choices=kinds, default="resident", help="default resident")
    issue.add_argument("--resident", type=int, metavar="ID", help="whose it is (resident, emergency)")
    issue.add_argument("--household", type=int, default=0, metavar="ID", help="whose vehicle it is")
    issue.add_argument("--plate", default="", help="of the vehicle")
    issue.add_argument("--holder", default="", metavar="NAME", help="the responder; the firm of supplies")
    issue.add_argument(
        "--purpose", default="", metavar="WORDS", help="the responder's agency; what is brought"
    )
    issue.add_argument("--visit", metavar="ID", help="the visitor's registration")
    issue.add_argument("--area", "--community", type=int, metavar="CODE", help="where it is good, 12 digits")
    issue.add_argument("--days", type=int, help="how long (as the rules of the area say)")
    issue.add_argument("--unregistered", action="store_true", help="only sign, with no database; also takes:")
    issue.add_argument("--from", dest="begins", metavar="TIME", help="2020-02-20 or 2020-02-20T08:00 (now)")
    issue.add_argument("--until", metavar="TIME", help="a day alone counts to its end")
    issue.add_argument("--label", default="", help="for the eye at the gate: 张* or the end of a plate")

    verify = verbs.add_parser(
        "verify", help="exit code 0: genuine, in force; 3: early, expired, revoked; 4: not genuine"
    )
    verify.add_argument("text", help="the text of the QR code; - reads one line from standard input")
    verify.add_argument("--trust", metavar="FILE", help="the keys to trust (this installation's own)")
    verify.add_argument("--at", metavar="TIME", help="judge at this time (now)")

    revoke = verbs.add_parser("revoke", help="end a pass at once, at every gate")
    revoke.add_argument("what", type=pass_id_or_code, help="its id, or its code of 6 letters")
    revoke.add_argument(
        "--area", "--community", type=int, metavar="CODE", help="whose code it is, if several have it"
    )
    revoke.add_argument("--reason", required=True, help="for the office; gates do not show it")

    verbs.add_parser("trust", help="print the keys by which another machine verifies our passes")
    for verb in (issue, verify, revoke):
        verb.add_argument("--json", action="store_true", help="print the answer as JSON")


def pass_id_or_code(text: str) -> UUID | str:
    try:
        return UUID(text)
    except ValueError:
        return text


def keys(command: argparse.ArgumentParser) -> None:
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")

    verbs.add_parser("status", help="which root, which keys, what waits").add_argument(
        "--json", action="store_true"
    )

    root = verbs.add_parser("root", help="make a root on a machine that is offline, or move the server's")
    root.add_argument("--out", metavar="FILE", help="where it is written")
    root.add_argument("--passphrase", action="store_true", help="ask for one and encrypt the file with it")
    root.add_argument("--move", action="store_true", help="move the root that lies on this server")
    root.add_argument("--show", metavar="FILE", help="only show the fingerprint of this root")

    new = verbs.add_parser("new-key", help="make a key that will sign passes")
    new.add_argument("--area", type=int, metavar="CODE", help="it signs for this area only (everywhere)")
    new.add_argument(
        "--from", dest="begins", metavar="TIME", help="for passes that begin then or later (in two days)"
    )
    new.add_argument("--at-once", action="store_true", help="for all passes, as soon as it is installed")
    new.add_argument(
        "--until", metavar="TIME", help="no pass it signs is valid longer (three years from now)"
    )

    request = verbs.add_parser("request", help="ask the root for the next bundle")
    request.add_argument("--out", metavar="FILE", help="write the request, to be carried to the root")
    request.add_argument(
        "--without", action="append", metavar="KEY", help="leave this key out: its passes end at once"
    )

    sign = verbs.add_parser("sign", help="where the root lies: sign a request")
    sign.add_argument("request", metavar="REQUEST")
    sign.add_argument("--root", required=True, metavar="FILE")
    sign.add_argument("--out", required=True, metavar="FILE", help="the signed bundle")

    install = verbs.add_parser("install", help="take a signed bundle into use")
    install.add_argument("file", metavar="FILE")
    install.add_argument(
        "--new-root", metavar="FINGERPRINT", help="a new root has signed it; phones must enrol again"
    )


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
