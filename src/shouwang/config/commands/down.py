"""Stop what `shouwang up` or `shouwang demo` started."""

import argparse

from shouwang.config import database
from shouwang.config.commands.serving import stop_running


def run(options: argparse.Namespace) -> int:
    served = stop_running()
    server = database.embedded()
    stopped = server.home.exists() and server.stop()
    print("Stopped." if served or stopped else "Nothing was running.")
    return 0
