"""The command `shouwang`."""

import os
import sys


def main(argv: list[str] | None = None) -> int:
    argv = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
    if argv[:1] == ["manage"]:
        from django.core.management import execute_from_command_line

        from shouwang.config import database

        database.hold()
        execute_from_command_line(["shouwang manage", *argv[1:]])
        return 0
    sys.stderr.write("usage: shouwang manage …\n")
    return 2
