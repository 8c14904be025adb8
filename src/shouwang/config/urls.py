"""All addresses: each domain brings its own `urls` (with `app_name`); its prefix is its name, reporting is the front page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from importlib import import_module

PREFIXES = {
    "access": "accounts/",
    "sync": "sync/",
    "places": "places/",
    "people": "people/",
    "screening": "screening/",
    "gates": "gates/",
    "demo": "demo/",
    "reporting": "",
}


def healthz(request: HttpRequest) -> HttpResponse:
    """For a load balancer: answers without touching the database."""
    return HttpResponse("ok", content_type="text/plain")


def domains() -> list[URLResolver]:
    found = []
    for name, prefix in PREFIXES.items():
        package = f"shouwang.{name}"
        if name == "demo" and not settings.SHOUWANG_DEMO:
            continue
        if package in settings.INSTALLED_APPS and module_has_submodule(import_module(package), "urls"):
            found.append(path(prefix, include(f"{package}.urls")))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    *domains(),
]
