"""The words of the Field app: each that a module asks for is there, in both languages, and none is left over."""

import re
from pathlib import Path

import pytest
from django.test import Client

from shouwang.field.words import LANGUAGES, WORDS, words
from shouwang.gates.enums import Reason

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shouwang" / "field" / "static" / "field"
PLACES = re.compile(r"%\((\w+)\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")
# "gate.verdict.red" wherever it stands, since a key may be chosen before it is looked up; `advice.${reason}.line` is a
# key with anything in its middle.
_NAME = r"[a-z][a-z_]*(?:\.(?:[a-z][a-z0-9_]*|\$\{[^}]*\}))+"
_KEY = re.compile(rf"""(["'`])({_NAME})\1""")
_WORD = re.compile(rf"""\bword\(\s*(["'`])({_NAME})\1""")


def asked(pattern: re.Pattern[str]) -> dict[str, str]:
    """Every key in the JavaScript, with the module that has it."""
    return {
        found[2]: path.name
        for path in SOURCE.rglob("*.js")
        for found in pattern.finditer(path.read_text(encoding="utf-8"))
    }


def matching(key: str, known: set[str]) -> set[str]:
    pattern = "".join(
        "[a-z0-9_]+" if part.startswith("${") else re.escape(part) for part in re.split(r"(\$\{[^}]*\})", key)
    )
    return {name for name in known if re.fullmatch(pattern, name)}


def test_every_word_that_is_asked_for_is_there() -> None:
    known = set(words("en"))
    found = asked(_WORD)
    assert found
    assert not {f"{key} ({where})" for key, where in found.items() if not matching(key, known)}


def test_no_word_is_left_over() -> None:
    known = set(words("en"))
    used = set().union(*(matching(key, known) for key in asked(_KEY)))
    assert not known - used


def test_every_key_begins_with_its_module() -> None:
    assert {key.split(".")[0] for key in WORDS} <= {"calls", "gate", "shell"}
    assert {f"advice.{reason}.line" for reason in Reason} <= set(words("en"))


def test_chinese_is_complete_and_has_the_same_places() -> None:
    english, chinese = words("en"), words("zh-hans")
    assert english.keys() == chinese.keys()
    assert not [key for key, text in english.items() if HAN.search(text)]
    assert not [key for key, text in chinese.items() if not HAN.search(text)]
    assert not [
        key for key in english if set(PLACES.findall(english[key])) != set(PLACES.findall(chinese[key]))
    ]


@pytest.mark.parametrize("key", [key for key in words("en") if key.startswith("advice.")])
def test_advice_is_short(key: str) -> None:
    longest = {"short": (32, 10), "line": (60, 26), "next": (170, 75)}[key.rsplit(".", 1)[1]]
    assert len(words("en")[key]) <= longest[0]
    assert len(words("zh-hans")[key]) <= longest[1]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_gets_them_without_signing_in(client: Client, language: str) -> None:
    answer = client.get(f"/field/words/{language}.json")
    assert answer.status_code == 200
    assert answer.json() == words(language)
    again = client.get(f"/field/words/{language}.json", headers={"accept-language": "fr"})
    assert again.content == answer.content


@pytest.mark.django_db
def test_other_languages_are_not_there(client: Client) -> None:
    assert client.get("/field/words/fr.json").status_code == 404
