"""A check as a phone sends it (docs/field-protocol.md § check), read into form. Nothing is looked up here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from shouwang.gates.enums import Direction, PassKind, Reason, Verdict
from shouwang.gates.rules.codes import read_code
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.temperature import parse_temperature
from shouwang.kernel.text import fold, prose
from shouwang.sync.rules.records import DeviceHere, Sent

_DIRECTIONS = {each.value: each for each in Direction}
_VERDICTS = {each.value: each for each in Verdict}
_REASONS = {each.value: each for each in Reason}
_KINDS = {each.value: each for each in PassKind}
_NOTHING: Mapping[str, Any] = {}
_LONGEST = {"plate": 12, "remarks": 200, "code": 40}
_LONGEST_TOKEN = 2000
_LARGEST = 2**63 - 1


@dataclass(slots=True)
class SentCheck:
    """One check of a phone in form. Not frozen: they come by the hundred thousand.

    Of the pass there is either what the phone read in it (``pass_id``, ``pass_kind``, ``household``), its ``token`` as
    scanned, or its ``code`` as typed, or nothing. ``verdict`` ``None``: to be judged here.
    """

    sent: Sent
    device: DeviceHere
    entrance: int
    direction: Direction
    pass_id: UUID | None
    pass_kind: str
    household: int | None
    token: str
    code: str
    temperature: Decimal | None
    fever: bool
    masked: bool | None
    emergency: bool
    plate: str
    vehicle: UUID | None
    visit: UUID | None
    remarks: str
    verdict: Verdict | None
    reason: Reason
    corrects: UUID | None
    pass_number: int | None = None
    resident: int | None = None


def read_check(device: DeviceHere, sent: Sent, profile: DiseaseProfile) -> SentCheck:
    """``sent`` in form. Raises ``Refused`` for what cannot be kept as a check.

    A temperature that cannot be read, or that nobody alive has, is never guessed: the check is kept without one, so
    that she stays among those not reached today, and what was written stands before the remarks.
    """
    said = sent.body
    try:
        entrance, direction = said["entrance"], _DIRECTIONS[said["direction"]]
        verdict = said.get("verdict")
        if verdict is not None:
            verdict = _VERDICTS[verdict]
        reason = _REASONS[said.get("reason") or "ok"] if verdict else Reason.OK
        masked, emergency = said.get("masked"), said.get("emergency", False)
        plate, remarks, written = said.get("plate"), said.get("remarks"), said.get("temperature")
        vehicle, visit, corrects = said.get("vehicle"), said.get("visit"), said.get("corrects")
        shown = said.get("pass") or _NOTHING
        pass_id, kind, household = shown.get("id"), shown.get("kind"), shown.get("household")
        if (
            type(entrance) is not int
            or not (masked is None or type(masked) is bool)
            or type(emergency) is not bool
        ):
            raise _unreadable()
        if household is not None and (type(household) is not int or not 0 <= household <= _LARGEST):
            raise _unreadable()
        token, code = shown.get("token"), shown.get("code")
        check = SentCheck(
            sent,
            device,
            entrance,
            direction,
            UUID(pass_id) if pass_id else None,
            _KINDS[kind] if kind else "",
            household or None,
            _token(token) if token else "",
            _code(code) if code else "",
            None,
            False,
            masked,
            emergency,
            _text(plate, "plate").upper().replace(" ", "") if plate else "",
            UUID(vehicle) if vehicle else None,
            UUID(visit) if visit else None,
            _text(remarks, "remarks") if remarks else "",
            verdict,
            reason,
            UUID(corrects) if corrects else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _unreadable() from None
    if check.corrects == sent.id:
        raise _unreadable()
    if written is not None and written != "":
        _take_temperature(check, written, profile)
    return check


def _take_temperature(check: SentCheck, written: object, profile: DiseaseProfile) -> None:
    if not isinstance(written, str | int | float) or isinstance(written, bool):
        raise _unreadable()
    try:
        check.temperature = _degrees(str(written), profile)
    except Refused:
        doubtful = f"{fold(written)[:20]} ℃?"
        check.remarks = f"{doubtful} {check.remarks}".strip()
        if len(check.remarks) > _LONGEST["remarks"]:
            raise _too_long(check.remarks, "remarks") from None
        return
    check.fever = profile.is_fever(check.temperature)


def _degrees(written: str, profile: DiseaseProfile, _known: dict[str, Decimal] = {}) -> Decimal | None:  # noqa: B006
    """`parse_temperature`, which would do the same work for ``36.5`` ten thousand times a day."""
    found = _known.get(written)
    if found is not None and profile.implausible_below <= found <= profile.implausible_above:
        return found
    found = parse_temperature(written, profile)
    if found is not None and len(_known) < 1000 and len(written) <= 5:
        _known[written] = found
    return found


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _unreadable()
    text = prose(value) if name == "remarks" else fold(value)
    if len(text) > _LONGEST[name]:
        raise _too_long(text, name)
    text.encode()  # half a surrogate pair is a ValueError
    return text


def _token(value: object) -> str:
    """As it was read: every blank in it means something. What is far too long is no pass, whatever it goes on with."""
    if not isinstance(value, str):
        raise _unreadable()
    value.encode()  # half a surrogate pair is a ValueError
    return value[:_LONGEST_TOKEN]


def _code(value: object) -> str:
    text = _text(value, "code")
    return read_code(text) or text[:10].upper()


def _too_long(text: str, name: str) -> Refused:
    return Refused(
        "too_long",
        gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
        value=text[:12],
        limit=_LONGEST[name],
    )


def _unreadable() -> Refused:
    return Refused(
        "check_unreadable",
        gettext_noop("This is not a check as phones send them. Bring the app of this phone up to date."),
    )
