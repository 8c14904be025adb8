"""All addresses. Each domain brings its own `urls` (with `app_name`), found by its name."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from shouwang.config.api import api
from shouwang.config.domains import PREFIXES


@login_not_required  # tells nothing; a load balancer has no account
def healthz(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the server answers."""
    return HttpResponse("ok", content_type="text/plain")


def domains() -> list[URLResolver]:
    return [
        path(prefix, include(f"shouwang.{name}.urls"))
        for name, prefix in PREFIXES.items()
        if find_spec(f"shouwang.{name}.urls") and (name != "demo" or settings.SHOUWANG_DEMO)
    ]


handler404 = "shouwang.config.edges.not_found"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    # The sign-in page can be read in both languages.
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("api/v1/", api.urls),
    *([path("style/", include("shouwang.config.style"))] if find_spec("shouwang.config.style") else []),
    *domains(),
]
