"""One module for each command of `shouwang`, with `run(options) -> exit code`; `start` is what they share."""

import os

from shouwang.config import database


def start(*, demo: bool = False) -> None:
    """Have the database running and Django set up."""
    if demo:
        os.environ["SHOUWANG_DEMO"] = "1"  # before the settings are read
    database.hold()
    import django

    django.setup()
