"""Logs carry ids and codes; what a person is called never gets in, by no door."""

import json
import logging
import uuid

from shouwang.config.logs import IdsOnly


def line(*args: object, **extra: object) -> tuple[dict[str, object], str]:
    record = logging.getLogger("t").makeRecord(
        "t", logging.ERROR, "f", 1, "saved %s for %s", args, None, extra=extra
    )
    text = IdsOnly().format(record)
    return json.loads(text), text


def test_names_stay_out_and_ids_stay_in() -> None:
    resident = uuid.uuid4()
    told, text = line(
        "张三", resident, community=429006001023, resident="李四", permission_code="people.read"
    )
    assert told["event"] == "saved %s for %s"
    assert told["args"] == ["str", str(resident)]
    assert told["community"] == 429006001023
    assert told["permission_code"] == "people.read"
    assert "张三" not in text
    assert "李四" not in text


def test_an_exception_shows_where_and_not_what() -> None:
    try:
        raise ValueError("Key (name)=(王五) already exists")
    except ValueError:
        import sys

        record = logging.getLogger("t").makeRecord("t", logging.ERROR, "f", 1, "failed", (), sys.exc_info())
    text = IdsOnly().format(record)
    assert json.loads(text)["error"] == "ValueError"
    assert "test_logs.py" in text
    assert "王五" not in text
