"""How much this installation takes in at its gates."""

from __future__ import annotations

import argparse
import json

from shouwang.config.commands import start


def run(options: argparse.Namespace) -> int:
    """Measure beside whatever else the server does just now; nothing of it touches the real tables."""
    start()
    from shouwang.bench._gate_own import rates, words

    found = rates()
    print(json.dumps(found) if options.json else "\n".join(words(found)))
    return 0
