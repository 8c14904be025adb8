"""The Chinese of all catalogues: one word for one thing, set as Chinese is set."""

import re
from collections import defaultdict
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shouwang"
CATALOGUES = sorted(SOURCE.glob("**/locale/zh_Hans/LC_MESSAGES/django.po"))
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!(]|[,;?!)][\u4e00-\u9fff]")


def entries() -> list[tuple[str, polib.POEntry, list[str]]]:
    return [
        (path.relative_to(SOURCE).parts[0], entry, [entry.msgstr, *entry.msgstr_plural.values()])
        for path in CATALOGUES
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    ]


def test_punctuation_is_full_width() -> None:
    def bare(text: str) -> str:
        return re.sub(r"%\(\w+\)[sd]|<[^>]+>", "x", text)

    assert not [
        text for _where, _entry, texts in entries() for text in texts if HALF_WIDTH.search(bare(text))
    ]


def test_one_text_has_one_translation() -> None:
    """All catalogues are one pot at run time: of two translations the reader would see a random one."""
    found: dict[tuple[str, str | None], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for where, entry, texts in entries():
        found[entry.msgid, entry.msgctxt]["/".join(filter(None, texts))].append(where)
    differing = {key: dict(texts) for key, texts in found.items() if len(texts) > 1}
    assert not differing, "agree on one, or give one of them a context (pgettext)"
