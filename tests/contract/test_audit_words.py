"""Whatever is written into the audit can be read there in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from shouwang.access.words import VERB_WORDS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shouwang"
# The demo writes one entry about itself; it is no act of anybody.
SILENT = {"demo"}


def verbs() -> Iterator[tuple[str, str]]:
    """(file, verb) for every literal that can become the second argument of ``audit``."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.relative_to(SOURCE).parts[0] in SILENT:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit" and len(node.args) > 1:
                for literal in ast.walk(node.args[1]):
                    if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                        yield path.name, literal.value


def test_every_verb_has_words() -> None:
    wordless = sorted({(file, verb) for file, verb in verbs() if verb not in VERB_WORDS})
    assert not wordless, "add them to access/words.py"


def test_the_search_finds_verbs() -> None:
    assert {"reveal", "record_check", "deactivate_user"} <= {verb for _file, verb in verbs()}
