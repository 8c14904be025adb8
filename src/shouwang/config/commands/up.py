"""Serve for real use. The first time: make the database and print the link that makes the first administrator."""

from __future__ import annotations

import argparse

from shouwang.config.cli import Problem
from shouwang.config.commands import start
from shouwang.config.commands.migrate import migrate
from shouwang.config.commands.serving import collect_static, port_free, serve


def run(options: argparse.Namespace) -> int:
    port_free(options.host, options.port)
    start()
    from shouwang.config import marks
    from shouwang.config.commands import doctor

    if marks.is_demo():
        raise Problem(
            "this database holds the demo town and its invented people. Start it with `shouwang demo`, "
            "or set SHOUWANG_DATA_DIR (or DATABASE_URL) to another place for real use."
        )
    if fault := doctor.role().fault or doctor.server_version().fault:
        raise Problem(fault)
    migrate()
    origin = f"http://{options.host}:{options.port}"
    first_administrator(origin)
    collect_static()
    return serve(options.host, options.port, workers=options.workers, threads=options.threads)


def first_administrator(origin: str) -> None:
    """While nobody has accepted it, every start prints a new link and the former ones stop working."""
    from shouwang.access.actions import invite_administrator

    if path := invite_administrator():
        print(
            f"First administrator: open this link once to choose a name and a password:\n  {origin}{path}",
            flush=True,
        )
