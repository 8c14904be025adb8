"""What the guides promise to show is there, in both languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(path for language in ("zh", "en") for path in (GUIDE / language).glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_what_a_page_points_to_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing, "a picture? add it to scripts/screenshots.py and run: make docs-screenshots"


def test_both_languages_have_the_same_pages() -> None:
    assert [p.name for p in PAGES if p.parent.name == "zh"] == [
        p.name for p in PAGES if p.parent.name == "en"
    ]


def test_every_picture_is_shown_somewhere() -> None:
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    unused = [path.name for path in (GUIDE / "img").glob("*.png") if path.name not in shown]
    assert not unused, "show it in a guide, or take it out of scripts/screenshots.py"
