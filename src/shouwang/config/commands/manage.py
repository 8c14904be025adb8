"""Django's own commands, on Shouwang's database."""

import argparse

# These never ask the database anything; they must also run where none can be started.
OFFLINE = {"makemessages", "compilemessages", "collectstatic", "findstatic", "help", "version"}


def run(options: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    from shouwang.config import database

    if not options.arguments or options.arguments[0] not in OFFLINE:
        database.hold()
    execute_from_command_line(["shouwang manage", *options.arguments])
    return 0
