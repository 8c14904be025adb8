"""Chinese is complete: every text of the code and the templates has its translation, compiled, in its own domain."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shouwang"
LOCALES = sorted(SOURCE.glob("**/locale/zh_Hans/LC_MESSAGES"))
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2}")  # it may quote Chinese, such as an address
# The catalogue at the top: the page frame, and the packages that have none of their own.
FRAME = ("templates", "config", "kernel", "locale")


def name(locale: Path) -> str:
    return str(locale.relative_to(SOURCE).parts[0])


every_locale = pytest.mark.parametrize("locale", LOCALES, ids=name)


@every_locale
def test_nothing_is_left_untranslated(locale: Path) -> None:
    catalogue = polib.pofile(str(locale / "django.po"))
    assert not [entry.msgid for entry in catalogue.untranslated_entries()]
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()]
    assert not [e.msgid for e in catalogue if HAN.search(e.msgid) and not ENGLISH.search(e.msgid)], (
        "texts in the code are English"
    )


@every_locale
def test_placeholders_survive(locale: Path) -> None:
    place = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(locale / "django.po"))
        if not entry.obsolete and not entry.msgid_plural
        if sorted(place.findall(entry.msgid)) != sorted(place.findall(entry.msgstr))
    ]
    assert not wrong


@every_locale
def test_the_compiled_file_is_the_present_one(locale: Path) -> None:
    def texts(file: polib.POFile | polib.MOFile) -> dict[tuple[str, str | None], object]:
        return {
            (e.msgid, e.msgctxt): e.msgstr or sorted(e.msgstr_plural.values()) for e in file if not e.obsolete
        }

    compiled = locale / "django.mo"
    assert compiled.is_file(), "run: make messages"
    assert texts(polib.mofile(str(compiled))) == texts(polib.pofile(str(locale / "django.po"))), (
        "run: make messages"
    )


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
@every_locale
def test_every_text_is_in_the_catalogue(locale: Path, tmp_path: Path) -> None:
    domain = locale.parents[2]
    work = tmp_path / "domain"
    if domain == SOURCE:
        work.mkdir()
        for part in FRAME:
            shutil.copytree(domain / part, work / part)
    else:
        shutil.copytree(domain, work)
    before = {(e.msgid, e.msgctxt) for e in polib.pofile(str(locale / "django.po")) if not e.obsolete}
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "zh_Hans", "--no-location", "--no-wrap", "-v", "0"],
        cwd=work, check=True, env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
    )  # fmt: skip
    made = polib.pofile(str(work / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    missing = {e.msgid for e in made if not e.obsolete and (e.msgid, e.msgctxt) not in before}
    assert not missing, "run: make messages, then translate"


def test_every_domain_that_speaks_has_a_catalogue() -> None:
    speaks = re.compile(r"gettext|{% (?:blocktranslate|translate)")
    silent = {
        domain.name
        for domain in SOURCE.iterdir()
        if domain.is_dir() and domain.name not in {*FRAME, "bench", "static", "__pycache__"}
        if any(
            speaks.search(path.read_text(encoding="utf-8"))
            for path in (*domain.rglob("*.py"), *domain.rglob("*.html"))
        )
        if not (domain / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").is_file()
    }
    assert not silent
