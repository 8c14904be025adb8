"""The night scheme keeps the promises of contrast that tokens.css makes for the day."""

import re
from pathlib import Path

import pytest

from style.test_contrast import COLOURS, contrast, promises

SHEET = Path(__file__).resolve().parents[2] / "src" / "shouwang" / "field" / "static" / "field" / "night.css"
NIGHT = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", SHEET.read_text(encoding="utf-8")))
AFTER_DARK = {**COLOURS, **NIGHT}
DAY_ONLY = {"lamp", "lamp-soft"}  # dark ink stands on them at any hour: see field.css
DESK_ONLY = "load-"  # the colours of caseloads on the desk's map: the app has none of them
GROUND_ONLY = {"brand-deep"}  # the app writes on it, never with it
PROMISED = [
    (least, ink, ground)
    for least, ink, ground in promises()
    if ground not in DAY_ONLY and not ground.startswith(DESK_ONLY) and ink not in GROUND_ONLY
]


def test_it_has_the_names_of_the_day() -> None:
    assert NIGHT.keys() <= COLOURS.keys()


@pytest.mark.parametrize(("least", "ink", "ground"), PROMISED)
def test_it_can_be_read_after_dark(least: float, ink: str, ground: str) -> None:
    assert contrast(AFTER_DARK[ink], AFTER_DARK[ground]) >= least
