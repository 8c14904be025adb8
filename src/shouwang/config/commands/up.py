"""Serve for real use. The first time: make the database and print the link that makes the first administrator."""

from __future__ import annotations

import argparse
import os

from shouwang.config import database, marks
from shouwang.config.cli import Problem
from shouwang.config.commands import start
from shouwang.config.commands.migrate import migrate
from shouwang.config.commands.serving import collect_static, local, port_free, serve


def run(options: argparse.Namespace) -> int:
    if not local(options.host) and not os.environ.get("SHOUWANG_HOSTS"):
        raise Problem(
            f"on {options.host} other machines can reach this one; say under which names they do, "
            "for instance SHOUWANG_HOSTS=shouwang.example.org,10.0.0.5"
        )
    port_free(options.host, options.port)
    database.hold()
    if marks.is_demo():
        raise Problem(
            "this database holds the demo town and its invented people. Start it with `shouwang demo`, "
            "or set SHOUWANG_DATA_DIR (or DATABASE_URL) to another place for real use."
        )
    os.environ.pop("SHOUWANG_DEMO", None)  # its log-in with one click must never open real data
    start()
    from shouwang.config.commands import doctor

    if fault := doctor.role().fault or doctor.server_version().fault:
        raise Problem(fault)
    migrate()
    origin = public_origin(options.host, options.port)
    first_administrator(origin)
    collect_static()
    print(f"Serving {origin}/ (ctrl-C stops)", flush=True)
    return serve(options.host, options.port, workers=options.workers, threads=options.threads)


def public_origin(host: str, port: int) -> str:
    """The address people type: with https there is a web server in front, which keeps the usual port."""
    from django.conf import settings

    if settings.HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return f"http://{host if local(host) else settings.ALLOWED_HOSTS[0]}:{port}"


def first_administrator(origin: str) -> None:
    """While nobody has accepted it, every start prints a new link and the former ones stop working."""
    from django.urls import reverse

    from shouwang.access.actions import invite_first_administrator

    if token := invite_first_administrator():
        path = reverse("access:accept", args=[token])
        print(
            f"First administrator: open this link once to choose a name and a password:\n  {origin}{path}",
            flush=True,
        )
