"""The demo town: real places, invented people. Migrate, load, serve, and say who may sign in."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from shouwang.config import marks
from shouwang.config.cli import Problem
from shouwang.config.commands import start
from shouwang.config.commands.migrate import migrate
from shouwang.config.commands.serving import local, port_free, serve
from shouwang.kernel.errors import Refused


def run(options: argparse.Namespace) -> int:
    if not options.no_serve:
        port_free(options.host, options.port)
    if not local(options.host):
        os.environ.setdefault("SHOUWANG_HOSTS", "*")  # nothing in it is worth guarding
    say("Starting the database …")
    open_town()
    from shouwang.demo import load

    try:
        counts: dict[str, Any] = load.load(seed=options.seed, city=options.city)
    except Refused as refusal:
        raise Problem(str(refusal)) from refusal
    if options.json:
        print(json.dumps(counts, ensure_ascii=False, default=str))
    if options.no_serve:
        return 0
    return serve(options.host, options.port, ready=lambda: welcome(options.host, options.port))


def open_town() -> None:
    """Have a database for the demo: an empty one, or one that holds it. Never one that is in real use."""
    start(demo=True)
    migrate()
    if marks.is_demo():
        return
    if somebody():
        raise Problem(
            "this database is in real use; the demo's invented people must not come into it. "
            "Set SHOUWANG_DATA_DIR to another directory, for instance: SHOUWANG_DATA_DIR=/tmp/demo shouwang demo"
        )
    marks.mark_demo()


def somebody() -> bool:
    """Whether anybody has an account here."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.exists()


def welcome(host: str, port: int) -> None:
    from shouwang.demo import load

    say("")
    say(f"守望 Shouwang: http://{host}:{port}/   (all people are invented; ctrl-C stops)")
    logins = load.logins()
    widths = [max(len(login[word]) for login in logins) for word in ("role", "username")]
    for login in logins:
        say(f"  {login['role']:<{widths[0]}}  {login['username']:<{widths[1]}}  {login['password']}")


def say(line: str) -> None:
    """To the operator; standard output stays free for --json."""
    print(line, file=sys.stderr, flush=True)
