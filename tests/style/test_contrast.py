"""Every ink is readable on its ground: WCAG 2.2 AA, from the style sheets as they are shipped."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "src" / "shouwang" / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS))
PROMISE = re.compile(r"/\* contrast ([\d.]+): --([\w-]+) on ([^*]+) \*/")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def promises() -> list[tuple[float, str, str]]:
    return [
        (float(least), ink, ground.strip().removeprefix("--"))
        for least, ink, grounds in PROMISE.findall(TOKENS)
        for ground in grounds.split(",")
    ]


def rules() -> list[tuple[str, str, str]]:
    """(selector, ink, ground) of every rule that sets both from tokens, in all style sheets."""
    found = []
    for sheet in sorted(CSS.glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        for selector, body in RULE.findall(text):
            ink = re.search(r"(?:^|[;\s])color:\s*var\(--([\w-]+)\)", body)
            ground = re.search(r"(?:^|[;\s])background(?:-color)?:\s*var\(--([\w-]+)\)", body)
            if ink and ground:
                found.append((f"{sheet.name} {selector.strip()}", ink.group(1), ground.group(1)))
    return found


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_all_colours_are_hex_and_in_the_tokens() -> None:
    strangers = {
        f"{sheet.name}: {colour}"
        for sheet in CSS.glob("*.css")
        if sheet.name != "tokens.css"
        for colour in re.findall(
            r"#[0-9a-fA-F]{3,8}\b|hsl\(|oklch\(|color-mix", sheet.read_text(encoding="utf-8")
        )
    }
    assert strangers <= {"print.css: #fff", "print.css: #000"}, "use a token"


@pytest.mark.parametrize(("least", "ink", "ground"), promises())
def test_promised(least: float, ink: str, ground: str) -> None:
    assert least >= 3
    assert contrast(COLOURS[ink], COLOURS[ground]) >= least


@pytest.mark.parametrize(("selector", "ink", "ground"), rules())
def test_every_rule_with_ink_and_ground(selector: str, ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= 4.5


def test_every_tone_is_promised() -> None:
    promised = {(ink, ground) for _least, ink, ground in promises()}
    for tone in ("good", "quiet", "info", "warn", "danger", "violet"):
        assert (tone, f"{tone}-soft") in promised
        assert (f"{tone}-solid", "panel") in promised
