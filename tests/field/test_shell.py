"""The page, manifest and service worker of the Field app: the same for everybody, complete, small, strict."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import reverse

from shouwang.field import queries

pytestmark = pytest.mark.django_db
FIELD = Path(__file__).resolve().parents[2] / "src" / "shouwang" / "field"
TRANSFERRED = 1_500_000  # bytes of all that the first visit loads


def app_of(client: Client) -> dict:
    text = client.get(reverse("field:service_worker")).content.decode()
    return json.loads(text.removeprefix("const APP = ").split(";\n", 1)[0])


def test_it_is_open_to_all_and_says_nothing_about_anybody(client: Client) -> None:
    for name in ("app", "service_worker", "reader"):
        answer = client.get(reverse(f"field:{name}"))
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-cache"


def test_webassembly_is_allowed_here_and_nowhere_else(client: Client) -> None:
    here = client.get(reverse("field:app"))["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in here
    assert "worker-src 'self'" in here
    assert "unsafe-inline" not in here
    assert "wasm" not in client.get(reverse("access:login"))["Content-Security-Policy"]


def test_the_manifest_speaks_both_languages_and_its_icons_are_there(client: Client) -> None:
    said = {
        language: client.get(reverse("field:manifest", args=[language])).json()
        for language in ("zh-hans", "en")
    }
    assert {language: app["short_name"] for language, app in said.items()} == {
        "zh-hans": "前线",
        "en": "Field app",
    }
    assert said["en"]["scope"] == said["en"]["start_url"] == "/field/"
    for icon in said["en"]["icons"]:
        assert find(icon["src"].removeprefix("/static/")), icon
    assert client.get("/field/manifest/fr.webmanifest").status_code == 404


def test_the_worker_names_every_file_by_its_content(client: Client) -> None:
    files = app_of(client)["files"]
    for address, integrity in files.items():
        if address.startswith("/static/"):
            path = find(address.removeprefix("/static/"))
            assert isinstance(path, str)
            content = Path(path).read_bytes()
        else:
            content = client.get(address).content
        assert queries.integrity(content) == integrity, address


def test_everything_the_app_imports_is_kept(client: Client) -> None:
    """Offline, a module that is not on the list is a blank screen."""
    files = app_of(client)["files"]
    asked = re.compile(
        r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']|new URL\(["'](\./[^"']+)["'], import"""
    )
    missing = set()
    for address in files:
        if address.endswith(".js") and address.startswith(("/static/field/", "/static/js/")):
            text = Path(str(find(address.removeprefix("/static/")))).read_text(encoding="utf-8")
            for pair in asked.findall(text):
                target = str(Path(address).parent / next(filter(None, pair)))
                while "/../" in target:
                    target = re.sub(r"/[^/]+/\.\./", "/", target, count=1)
                if target.replace("/./", "/") not in files:
                    missing.add((address, target))
    assert not missing
    page = client.get(reverse("field:app")).content.decode()
    assert {*re.findall(r'(?:src|href)="([^"]+)"', page)} <= {*files}


def test_other_content_is_another_version() -> None:
    files = {"/a": "sha256-x", "/b": "sha256-y"}
    assert queries.version_of(files) == queries.version_of(dict(reversed(files.items())))
    assert queries.version_of(files) != queries.version_of({**files, "/b": "sha256-z"})


def test_the_first_visit_is_small(client: Client) -> None:
    total = sum(
        len(gzip.compress(Path(str(find(address.removeprefix("/static/")))).read_bytes()))
        if address.startswith("/static/")
        else len(gzip.compress(client.get(address).content))
        for address in app_of(client)["files"]
    )
    print(f"first visit: {total} bytes, packed")
    assert total <= TRANSFERRED


def test_every_word_the_shell_asks_for_is_there(client: Client) -> None:
    from shouwang.field.words import WORDS

    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (FIELD / "static" / "field").rglob("*.js")
        if "gate" not in path.parts
    )
    asked = set(re.findall(r"""["'`](shell\.[a-z_.]+)["'`]""", text))
    assert asked - WORDS.keys() == set()
    made = {"shell.enrol.", "shell.duty.", "shell.sending.", "shell.not_saved.", "shell.stopped."}
    unused = {
        key
        for key in WORDS
        if key.startswith("shell.") and key not in asked and not key.startswith(tuple(made))
    }
    assert not unused


def test_scripts_make_no_code_from_text() -> None:
    for path in [*FIELD.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", text), (
            path.name
        )
