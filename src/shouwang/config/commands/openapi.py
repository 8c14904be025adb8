"""The description of the API, as committed in docs/openapi.json."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    text = description()
    if not options.check:
        print(text, end="")
        return 0
    path = Path(options.check)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return 0
    print(f"{path} is out of date. Write it anew: shouwang openapi > {path}", file=sys.stderr)
    return 1


def description() -> str:
    """OpenAPI 3.1 as JSON, in English, with sorted keys so that a change shows as one."""
    from django.utils import translation

    from shouwang.config.api import api

    with translation.override("en"):
        schema = api.get_openapi_schema()
        return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
