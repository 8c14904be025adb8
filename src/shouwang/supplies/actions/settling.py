"""What the office does with a request: take it, say what came of it, set apart what was joined wrongly."""

from django.db import transaction

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import prose
from shouwang.supplies.enums import WAITING, RequestState
from shouwang.supplies.models import Request, Telling

LONGEST_ANSWER = 200


def take_request(scope: Scope, *, request_id: int) -> Request:
    """Say that one sees to it. Who took it first stays; taking it again changes nothing."""
    with transaction.atomic():
        request = _lock(scope, request_id)
        if request.state != RequestState.OPEN:
            return request
        request.state = RequestState.TAKEN
        request.taken_at, request.taken_by_id = clock.now(), scope.actor_id
        return _save(scope, "take_request", request, "taken_at", "taken_by")


def finish_request(scope: Scope, *, request_id: int, answer: str = "") -> Request:
    """The household has what it asked for. ``answer`` is shown to it."""
    return _settle(scope, "finish_request", request_id, RequestState.DONE, _answer(answer))


def decline_request(scope: Scope, *, request_id: int, answer: str) -> Request:
    """It cannot be had. The household is told why: an empty ``answer`` is refused."""
    answer = _answer(answer)
    if not answer:
        raise Refused(
            "answer_missing",
            gettext_noop("Tell the household why it cannot be had, and what it can do instead."),
        )
    return _settle(scope, "decline_request", request_id, RequestState.DECLINED, answer)


def reopen_request(scope: Scope, *, request_id: int) -> Request:
    """It was settled by mistake, or was not settled after all. What waits already stays as it is."""
    with transaction.atomic():
        request = _lock(scope, request_id)
        if request.state in WAITING:
            return request
        request.state = RequestState.TAKEN if request.taken_at else RequestState.OPEN
        request.settled_at, request.settled_by = None, None
        return _save(scope, "reopen_request", request, "settled_at", "settled_by")


def split_off(scope: Scope, *, telling_id: int) -> Request:
    """Make a request of its own of a telling that was joined with another need. Split off before: that request."""
    telling = Telling.objects.filter(pk=telling_id).first()
    if telling is None:
        raise NotFound("telling", telling_id)
    with transaction.atomic():
        request = _lock(scope, telling.request_id)
        tellings = list(Telling.objects.filter(request=request).order_by("asked_at", "id"))
        telling = next((one for one in tellings if one.pk == telling_id), None) or Telling.objects.get(
            pk=telling_id
        )
        if telling.apart or telling.request_id != request.pk:
            return Request.objects.get(pk=telling.request_id)
        rest = [one for one in tellings if one.pk != telling.pk]
        if not rest:
            raise Refused(
                "told_once", gettext_noop("This need was told only once: there is nothing to split off.")
            )
        now = clock.now()
        own = Request.objects.create(
            community=request.community, household=request.household, resident=telling.resident, text=telling.text,
            urgent=telling.urgent, asked_at=telling.asked_at, updated_at=now,
        )  # fmt: skip
        telling.request, telling.apart = own, True
        telling.save(update_fields=["request", "apart"])
        request.text, request.asked_at = rest[0].text, rest[0].asked_at
        request.urgent, request.resident = any(one.urgent for one in rest), rest[0].resident
        _save(scope, "split_off_request", request, "text", "asked_at", "urgent", "resident")
    return own


def _settle(scope: Scope, verb: str, request_id: int, state: RequestState, answer: str) -> Request:
    with transaction.atomic():
        request = _lock(scope, request_id)
        if (request.state, request.answer) == (state, answer):
            return request
        if request.state not in WAITING:
            raise Refused(
                "request_settled",
                gettext_noop("Somebody else has settled this meanwhile. Look at it again before you answer."),
            )
        now = clock.now()
        if request.taken_at is None:
            request.taken_at, request.taken_by_id = now, scope.actor_id
        request.state, request.answer = state, answer
        request.settled_at, request.settled_by_id = now, scope.actor_id
        return _save(scope, verb, request, "taken_at", "taken_by", "answer", "settled_at", "settled_by")


def _lock(scope: Scope, request_id: int) -> Request:
    request = Request.objects.select_for_update(no_key=True).filter(pk=request_id).first()
    if request is None:
        raise NotFound("request", request_id)
    scope.require(Permission.HANDLE_REQUEST, request.community)
    return request


def _save(scope: Scope, verb: str, request: Request, *fields: str) -> Request:
    request.updated_at = clock.now()
    request.save(update_fields=["state", "updated_at", *fields])
    audit(
        scope,
        verb,
        community=request.community,
        subject_kind="request",
        subject_id=request.pk,
        detail={"state": request.state},
    )
    return request


def _answer(text: str) -> str:
    text = prose(text)
    if len(text) > LONGEST_ANSWER:
        raise Refused(
            "text_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=text[:12],
            limit=LONGEST_ANSWER,
        )
    return text
