"""A phone becomes a device, and stops being one."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.access.wall import acting
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import fold, prose
from shouwang.sync.models import Device, Enrolment
from shouwang.sync.queries.here import here_of, scope_at
from shouwang.sync.rules import tokens
from shouwang.sync.rules.records import DeviceHere

VALID_FOR = dt.timedelta(minutes=30)
NAME_LIMIT, REASON_LIMIT = 40, 200


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new device, and the token that it alone is told."""

    device: DeviceHere
    token: str


def invite_device(
    scope: Scope, *, community: int, entrance: int | None, name: str, caseload: int | None = None
) -> str:
    """A one-time code, ``<community>.<code>``, by which one phone may enrol within 30 minutes.

    ``entrance`` is the gate it will stand at, ``None`` for the whole community; ``caseload`` is the one of this
    community whose households it will ring, ``None`` for no caller's phone; ``name`` is how the office calls it.
    """
    scope.require(Permission.MANAGE_DEVICES, community)
    called = fold(name)
    if not 1 <= len(called) <= NAME_LIMIT:
        raise Refused("device_name", gettext_noop("Give the phone a name of at most 40 characters."))
    if tokens.read_community(str(community)) is None:
        raise Refused("not_a_community", gettext_noop("A phone belongs to one community; choose it first."))
    now, code = clock.now(), tokens.make_code()
    enrolment = Enrolment.objects.create(
        community=community,
        entrance=entrance,
        caseload=caseload,
        name=called,
        digest=tokens.digest(code),
        made_at=now,
        made_by_id=scope.actor_id,
        expires_at=now + VALID_FOR,
    )
    audit(
        scope, "invite_device", community=community, subject_kind="enrolment", subject_id=enrolment.pk,
        detail={"entrance": entrance, "caseload": caseload},
    )  # fmt: skip
    return f"{community}.{code}"


def enrol_device(code: str, *, app: str, installation: UUID | None = None) -> Enrolled:
    """Make the phone that shows ``code`` a device. Whoever holds the code may; a phone has no account.

    A code works once, also if it is shown twice at the same moment. But the same ``installation`` of the app showing
    it again before it expires is told the same again: the answer was lost on the way.
    """
    read = tokens.read_code(code)
    if read is None:
        raise _unknown()
    community, secret_code = read
    with acting(scope_at(community)):
        return _enrol(community, secret_code, app, installation)


def _enrol(community: int, code: str, app: str, installation: UUID | None) -> Enrolled:
    enrolment = (
        Enrolment.objects.select_for_update(no_key=True)
        .filter(community=community, digest=tokens.digest(code))
        .first()
    )
    if enrolment is None:
        raise _unknown()
    now = clock.now()
    if now >= enrolment.expires_at:
        raise Refused(
            "enrolment_expired",
            gettext_noop("This code is older than 30 minutes. Ask the office for a new one."),
        )
    secret = tokens.make_secret(settings.SHOUWANG_FIELD_SEALING_KEY, code=code, installation=installation)
    device = enrolment.device
    if device is None:
        device = Device.objects.create(
            community=community,
            device_id=uuid4(),
            entrance=enrolment.entrance,
            caseload=enrolment.caseload,
            name=enrolment.name,
            secret_digest=tokens.digest(secret),
            enrolled_at=now,
            enrolled_by_id=enrolment.made_by_id,
            seen_at=now,
            app_version=app,
        )
        enrolment.used_at, enrolment.installation, enrolment.device = now, installation, device
        enrolment.save(update_fields=["used_at", "installation", "device"])
        audit(
            scope_at(community, device.name), "enrol_device", community=community, subject_kind="device",
            subject_id=device.pk, detail={"enrolment": enrolment.pk},
        )  # fmt: skip
    elif installation is None or installation != enrolment.installation or device.revoked_at is not None:
        raise Refused(
            "enrolment_used",
            gettext_noop("This code has been used. Ask the office for a new one for this phone."),
        )
    return Enrolled(here_of(device), str(tokens.Token(community, device.device_id, secret)))


def hand_caseload(scope: Scope, *, device_id: int, caseload: int | None) -> Device:
    """Give a caller's phone (by its row's key) another caseload of its community, or none; a gate's phone one as well.

    From the next pack on it lists those households and no others. What it recorded before stays as it was.
    """
    device = Device.objects.select_for_update(no_key=True).filter(pk=device_id).first()
    if device is None:
        raise NotFound("device", device_id)
    scope.require(Permission.MANAGE_DEVICES, device.community)
    if device.revoked_at is not None:
        raise Refused(
            "device_is_revoked",
            gettext_noop("This phone has been revoked. Invite another one for the caseload."),
        )
    if device.caseload != caseload:
        before, device.caseload = device.caseload, caseload
        device.save(update_fields=["caseload"])
        audit(
            scope, "hand_caseload", community=device.community, subject_kind="device", subject_id=device.pk,
            detail={"caseload": caseload, "before": before},
        )  # fmt: skip
    return device


def revoke_device(scope: Scope, *, device_id: int, reason: str) -> Device:
    """Listen to a device (by its row's key) no longer, from this moment. Revoking again changes nothing.

    What it still holds is not lost: its hand-over file is taken in.
    """
    device = Device.objects.select_for_update(no_key=True).filter(pk=device_id).first()
    if device is None:
        raise NotFound("device", device_id)
    scope.require(Permission.MANAGE_DEVICES, device.community)
    if device.revoked_at is None:
        why = prose(reason)
        if not 1 <= len(why) <= REASON_LIMIT:
            raise Refused("reason_missing", gettext_noop("Say why, in at most 200 characters."))
        device.revoked_at, device.revoked_by_id, device.revoke_reason = clock.now(), scope.actor_id, why
        device.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        audit(scope, "revoke_device", community=device.community, subject_kind="device", subject_id=device.pk)
    return device


def _unknown() -> Refused:
    return Refused(
        "enrolment_unknown", gettext_noop("This code is not known here. Ask the office for a new one.")
    )
