"""Bring the database up to this version."""

import argparse
import datetime as dt

from shouwang.config.commands import start


def run(options: argparse.Namespace) -> int:
    start()
    migrate(verbosity=1)
    return 0


def migrate(*, verbosity: int = 0) -> None:
    """Apply what is new and prepare the facts' partitions of this month and the next."""
    from django.core.management import call_command

    from shouwang.access.clock import today
    from shouwang.access.partitions import ensure_months

    call_command("migrate", interactive=False, verbosity=verbosity)
    ensure_months([today(), today().replace(day=1) + dt.timedelta(days=32)])
