"""Templates obey the security policy, and use only what exists."""

import json
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shouwang"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*="),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "hx-on": re.compile(r"\shx-on[:\s=-]"),
    "style element": re.compile(r"<style\b", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "filter in hx-trigger (needs eval)": re.compile(r"hx-trigger=\"[^\"]*\["),
    "js in hx-vals (needs eval)": re.compile(r"hx-(?:vals|headers)=['\"]js:"),
    "script without a source": re.compile(r"<script\b(?![^>]*\ssrc=)", re.I),
    "another host": re.compile(r"(?:src|href)=\"(?:https?:)?//", re.I),
}
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))


@every_template
def test_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = {name: match.group() for name, pattern in FORBIDDEN.items() if (match := pattern.search(text))}
    assert not found


@every_template
def test_it_compiles(path: Path) -> None:
    parts = path.relative_to(SOURCE).parts
    get_template(str(Path(*parts[parts.index("templates") + 1 :])))


@every_template
def test_icons_are_in_the_sprite(path: Path) -> None:
    lock = json.loads((ROOT / "scripts" / "vendor.lock.json").read_text(encoding="utf-8"))
    icons = {icon for package in lock["packages"] for icon in package.get("icons", [])}
    used = set(re.findall(r"(?:{% icon |\bicon=)\"([\w-]+)\"", path.read_text(encoding="utf-8")))
    assert used <= icons, "add it to scripts/vendor.lock.json and run scripts/vendor.py --lock"


def test_every_class_is_in_a_style_sheet() -> None:
    sheets = [*SOURCE.glob("static/css/*.css"), *SOURCE.glob("*/static/**/*.css")]
    known = {
        name for sheet in sheets for name in re.findall(r"\.([a-z][\w-]*)", sheet.read_text(encoding="utf-8"))
    }
    unknown: dict[str, set[str]] = {}
    for path in TEMPLATES:
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "\x00", path.read_text(encoding="utf-8"))
        for attribute in re.findall(r'class="([^"]*)"', text):
            used = {name for name in attribute.replace("\x00", "\x00 ").split() if "\x00" not in name}
            if used - known:
                unknown[str(path.relative_to(SOURCE))] = used - known
    assert not unknown, "use a part of docs/style.md, or add the class to a style sheet"


def test_scripts_make_no_code_from_text() -> None:
    for script in (SOURCE / "static" / "js").rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", text), (
            script.name
        )
