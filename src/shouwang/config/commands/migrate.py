"""Bring the database up to this version."""

import argparse

from shouwang.config.commands import start


def run(options: argparse.Namespace) -> int:
    start()
    migrate(verbosity=1)
    return 0


def migrate(*, verbosity: int = 0) -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)
