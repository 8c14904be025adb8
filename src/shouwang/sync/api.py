"""The phones' addresses in the API. What is done there is behind the door; here it is described."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from shouwang.sync.door import answer

router = Router(auth=None)  # a phone shows its token, see there
_TEXT, _TIME = {"type": "string"}, {"type": "string", "format": "date-time"}
_UUID, _COUNT = {"type": "string", "format": "uuid"}, {"type": "integer", "minimum": 0}
_DEVICE = {
    "type": "object",
    "properties": {
        "id": _UUID,
        "name": _TEXT,
        "community": {"type": "integer"},
        "entrance": {"type": ["integer", "null"]},
        "caseload": {"type": ["integer", "null"]},
    },
}
_RUNS = {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}
_RECORD = {
    "type": "object",
    "required": ["id", "kind", "seq", "made_at", "clock", "body"],
    "properties": {
        "id": _UUID,
        "kind": _TEXT,
        "seq": {"type": "integer", "minimum": 1},
        "made_at": _TIME,
        "clock": _TIME,
        "keeper": {"type": "string", "maxLength": 40},
        "body": {"type": "object"},
    },
}
_OUTCOMES = ["stored", "duplicate", "conflict", "quarantined"]


def _described(
    asked: dict[str, Any], answered: dict[str, Any], *, kind: str = "application/json", token: bool = True
) -> dict[str, Any]:
    problem = {"type": "object", "properties": {"code": _TEXT, "message": _TEXT}}
    refused = {"description": "Refused", "content": {"application/json": {"schema": problem}}}
    described: dict[str, Any] = {
        "requestBody": {"required": True, "content": {kind: {"schema": asked}}},
        "responses": {
            200: {
                "description": "OK",
                "content": {"application/json": {"schema": {"type": "object", "properties": answered}}},
            },
            **dict.fromkeys((400, 401, 404, 413, 422, 429, 503), refused),
        },
    }
    if token:
        described["parameters"] = [
            {"in": "header", "name": "Authorization", "required": True, "schema": _TEXT,
             "description": "Device <community>.<device id>.<secret>"}
        ]  # fmt: skip
    return described


def _at_the_door(request: HttpRequest) -> HttpResponse:
    reply = answer(request.path, request.META, lambda most: request.body[:most])
    response = HttpResponse(reply.body, status=reply.status)
    for name, value in reply.headers:
        response[name] = value
    return response


@router.post(
    "",
    openapi_extra=_described(
        {
            "type": "object",
            "required": ["installation", "records"],
            "properties": {
                "installation": _UUID,
                "app": _TEXT,
                "sent_at": _TIME,
                "unsent": _COUNT,
                "oldest": _TIME,
                "held": _COUNT,
                "records": {"type": "array", "maxItems": 500, "items": _RECORD},
            },
        },
        {
            "now": _TIME,
            "answers": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"id": _TEXT, "outcome": {"enum": _OUTCOMES}, "code": _TEXT},
                },
            },
            "missing": _RUNS,
        },
    ),
)
def sync(request: HttpRequest) -> HttpResponse:
    """Take in a batch of records, plain or gzip, at most 1 MiB unpacked. See docs/field-protocol.md."""
    return _at_the_door(request)


@router.post(
    "/enrol",
    openapi_extra=_described(
        {
            "type": "object",
            "required": ["code"],
            "properties": {"code": _TEXT, "app": _TEXT, "installation": _UUID},
        },
        {"device": _DEVICE, "token": _TEXT, "root": _TEXT},
        token=False,
    ),
)
def enrol(request: HttpRequest) -> HttpResponse:
    """Make a phone a device by a one-time code of the office."""
    return _at_the_door(request)


@router.post(
    "/pack",
    openapi_extra=_described(
        {
            "type": "object",
            "properties": {"have": {"type": "object", "additionalProperties": _TEXT}, "lang": _TEXT},
        },
        {"now": _TIME, "device": _DEVICE, "parts": {"type": "object"}},
    ),
)
def pack(request: HttpRequest) -> HttpResponse:
    """What a phone needs to work alone, as far as it changed."""
    return _at_the_door(request)


@router.post(
    "/handover",
    openapi_extra=_described(
        {"type": "string", "format": "binary"},
        {"device": _DEVICE, "outcomes": {"type": "object"}, "missing": _RUNS},
        kind="application/octet-stream",
    ),
)
def handover(request: HttpRequest) -> HttpResponse:
    """Take in the hand-over file of another phone."""
    return _at_the_door(request)
