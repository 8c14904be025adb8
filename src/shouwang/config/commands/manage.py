"""Django's own commands, on Shouwang's database."""

import argparse

from shouwang.config.commands import start

# These never ask the database anything; they must also run where none can be started.
OFFLINE = {"makemessages", "compilemessages", "collectstatic", "findstatic", "help", "version"}


def run(options: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    if options.arguments and options.arguments[0] not in OFFLINE:
        start()
    execute_from_command_line(["shouwang manage", *options.arguments])
    return 0
