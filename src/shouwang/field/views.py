"""What brings the Field app to a phone: page, manifest, service worker. No sign-in, nothing about anybody."""

import json
from pathlib import Path

from csp.constants import SELF, WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from shouwang import __version__
from shouwang.field import queries
from shouwang.field.words import LANGUAGES
from shouwang.field.words import words as words_in

WORKER = Path(__file__).parent / "sw.js"
READER = Path(__file__).parent / "reader.js"


def _answer(content: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = "no-cache"  # ask each time: what counts is the version the worker holds
    return response


def _page() -> str:
    return render_to_string("field/app.html", {"version": __version__})


# The reader of QR codes is WebAssembly. Nowhere else in Shouwang is that allowed.
_with_reader = csp_update({"script-src": [SELF, WASM_UNSAFE_EVAL], "worker-src": [SELF]})


@_with_reader
@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The one page. Without the request's context: it must be the same bytes for everybody."""
    return _answer(_page(), "text/html; charset=utf-8")


@login_not_required
@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """What a phone needs to put the app on its home screen, in ``zh-hans`` or ``en``."""
    if language not in LANGUAGES:
        raise Http404
    image = settings.STATIC_URL + "field/img/"
    with override(language):
        content = {
            "id": reverse("field:app"),
            "name": _("Shouwang Field"),
            "short_name": _("Field app"),
            "description": _("The gate works with no network, and no check is lost."),
            "lang": language,
            "start_url": reverse("field:app"),
            "scope": reverse("field:app"),
            "display": "standalone",
            "orientation": "portrait",
            "background_color": "#17312e",
            "theme_color": "#17312e",
            "icons": [
                {"src": settings.STATIC_URL + "img/mark.svg", "sizes": "any", "type": "image/svg+xml"},
                {"src": image + "icon-192.png", "sizes": "192x192", "type": "image/png"},
                {"src": image + "icon-512.png", "sizes": "512x512", "type": "image/png"},
                {
                    "src": image + "icon-maskable.png",
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "maskable",
                },
            ],
        }
    return _answer(json.dumps(content, ensure_ascii=False), "application/manifest+json")


@login_not_required
@require_safe
def words(request: HttpRequest, language: str) -> HttpResponse:
    """All words of the app in ``zh-hans`` or ``en``: ``{key: text}``."""
    if language not in LANGUAGES:
        raise Http404
    content = json.dumps(words_in(language), ensure_ascii=False, indent=0, sort_keys=True)
    return _answer(content, "application/json; charset=utf-8")


@_with_reader
@login_not_required
@require_safe
def reader(request: HttpRequest) -> HttpResponse:
    """The worker that reads QR codes. Not among the static files: a service worker answers for the scripts of workers
    only under its own address."""
    return _answer(READER.read_text(encoding="utf-8"), "text/javascript; charset=utf-8")


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker with the list of files it keeps. Other contents make other bytes, by which a phone sees an update."""
    files = {
        reverse("field:app"): queries.integrity(_page().encode()),
        reverse("field:reader"): queries.integrity(READER.read_bytes()),
        **{
            reverse(f"field:{view.__name__}", args=[language]): queries.integrity(
                view(request, language).content
            )
            for view in (manifest, words)
            for language in LANGUAGES
        },
        **queries.static_files(),
    }
    start = json.dumps(
        {"version": queries.version_of(files), "page": reverse("field:app"), "files": files}, indent=0
    )
    return _answer(
        f"const APP = {start};\n{WORKER.read_text(encoding='utf-8')}", "text/javascript; charset=utf-8"
    )
