"""`shouwang orders read FILE`: a pasted chat or an export of it to order lines. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from shouwang.config.cli import Problem
from shouwang.supplies.rules.orders.paste import Unreadable, chat_text
from shouwang.supplies.rules.orders.reading import Reading, read


def run(options: argparse.Namespace) -> int:
    try:
        raw = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    except OSError as error:
        raise Problem(
            f"cannot read {options.file}: {error.strerror}. Name a text file, or - for what is piped in."
        ) from error
    try:
        reading = read(chat_text(raw))
    except Unreadable as error:
        raise Problem(str(error)) from error
    if options.json:
        print(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
    else:
        print(_table(reading))
    return 0


def _table(reading: Reading) -> str:
    rows = [
        f"{line['address'] or '?':<12} {line['who'] or '?'}  {line['item']} {line['quantity']}{line['unit'] or ''}"
        f"{' ' + line['spec'] if line['spec'] else ''}{' ' + line['maker'] if line['maker'] else ''}"
        for line in reading.lines
    ]
    rows += [f"URGENT  {row['message']}: {row['text']}" for row in reading.urgent]
    rows += [f"review  {row['message']} ({row['reason']}): {row['text']}" for row in reading.review]
    rows += [f"complaint {row['message']}: {row['text']}" for row in reading.complaints]
    return "\n".join(rows) or "no orders in this chat"
