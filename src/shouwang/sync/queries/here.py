"""Which device speaks, and what it may do."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from shouwang.access.enums import PERMISSIONS, Role
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.sync.models import Device
from shouwang.sync.rules.records import DeviceHere
from shouwang.sync.rules.tokens import Token, fits


@dataclass(frozen=True, slots=True)
class Known:
    """A device whose token is right. ``revoked_at`` is set where it is no longer listened to."""

    here: DeviceHere
    revoked_at: dt.datetime | None


def scope_at(community: int, name: str = "", caseload: int | None = None) -> Scope:
    """What a device may do, in its community and nowhere else: as much as who keeps a gate; with a caseload also as
    much as who calls."""
    roles = [Role.GATE_KEEPER] if caseload is None else [Role.GATE_KEEPER, Role.CALLER]
    grants = tuple(GrantedRange(community, community, PERMISSIONS[role], role) for role in roles)
    return Scope(actor_id=None, actor_name=name, grants=grants)


def device_scope(device: DeviceHere) -> Scope:
    return scope_at(device.community, device.name, device.caseload)


def here_of(row: Device) -> DeviceHere:
    """A device's row, as the takers and providers know it."""
    return DeviceHere(row.pk, row.device_id, row.community, row.entrance, row.name, row.caseload)


def known_device(token: Token) -> Known | None:
    """The device of ``token``; ``None`` if there is none or the secret is wrong. The wall must stand at its community.

    Looked up each time, by one index: a device that was revoked is not listened to from that moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, entrance, name, caseload, secret_digest, revoked_at from sync_device"
            " where device_id = %s and community = %s",
            [token.device_id, token.community],
        )
        row = cursor.fetchone()
    if row is None or not fits(token.secret, bytes(row[4])):
        return None
    return Known(DeviceHere(row[0], token.device_id, token.community, *row[1:4]), row[5])
