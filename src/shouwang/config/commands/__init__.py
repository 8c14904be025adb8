"""One module for each command of `shouwang`, with `run(options) -> exit code`; `start` is what they share."""

import os

from shouwang.config import database, marks


def start(*, demo: bool = False) -> None:
    """Have the database running and Django set up, with the demo's settings if it is, or holds, the demo town."""
    database.hold()
    if demo or marks.is_demo():
        os.environ["SHOUWANG_DEMO"] = "1"  # before the settings are read
    import django

    django.setup()
