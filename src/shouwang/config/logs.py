"""Log lines as JSON that carry ids, codes and places in the code, and never the values of a person."""

import json
import logging
import traceback
import uuid
from datetime import UTC, date, datetime
from typing import Any

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
    "request",
    "server_time",
}


def harmless(value: Any) -> bool:
    """Numbers, ids and dates may be logged; text may hold a name, a phone or what somebody typed."""
    return isinstance(value, int | float | uuid.UUID | date | None)


class IdsOnly(logging.Formatter):
    """The message's template instead of the filled message; an exception's type and lines instead of its text.

    A database error quotes the row it refused, a form error what was typed: both stay out.
    Text in `extra` is kept only under keys that end in `_id`, `_code` or `_kind`, or is called `verb`.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg),
        }
        if isinstance(record.args, tuple):
            line["args"] = [a if harmless(a) else type(a).__name__ for a in record.args]
        for name, value in vars(record).items():
            if name not in STANDARD and (
                harmless(value) or name == "verb" or name.endswith(("_id", "_code", "_kind"))
            ):
                line[name] = value
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
        return json.dumps(line, ensure_ascii=False, default=str)
