"""Whoever has not signed in sees the way in and nothing else, at every address there is."""

import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Each exception says why a stranger may see it. The key is the route as Django names it.
OPEN = {
    "healthz": "a load balancer asks it; it tells nothing",
    "set_language": "the sign-in page can be read in both languages",
    "access:login": "the way in",
    "access:accept": "the way in for an invited user; the link carries a one-time token",
    "field:app": "the Field app is the same for everybody and knows nobody; a phone starts it before it is enrolled",
    "field:service_worker": "the same",
    "field:reader": "the same",
    "door:enter": "residents have no account; it asks for the code on their card",
    "api:enrol": "a phone becomes a device by a one-time code; it has no account",
}
SAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": str(uuid.UUID(int=7)),
    "path": "x",
}


def routes(
    patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, route, inner)
        else:
            yield space + (pattern.name or route), route


def address(route: str) -> str:
    """The route with something in each of its places."""

    def sample(match: re.Match[str]) -> str:
        kind = match.group(1) or "str"
        return SAMPLES.get(kind, "429006001023" if kind in {"area", "community", "code"} else "2020-02-21")

    route = re.sub(r"<(?:(\w+):)?\w+>", sample, route)
    return "/" + re.sub(r"[\^$]|\\Z", "", route)


ALL = sorted(set(routes(get_resolver().url_patterns)))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), ALL, ids=[f"{name} {route}" for name, route in ALL])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_kept_out(client: Client, name: str, route: str, method: str) -> None:
    response = getattr(client, method)(address(route))
    if name in OPEN:
        assert response.status_code < 500
        return
    if response.status_code in {301, 302}:
        assert "/login" in response.headers["Location"], (
            f"{name} sends a stranger to {response.headers['Location']}"
        )
    else:
        assert response.status_code in {401, 403, 404, 405}, (
            f"{name} answers a stranger with {response.status_code}"
        )


def test_every_exception_is_still_needed() -> None:
    assert set(OPEN) <= {name for name, _ in ALL}
