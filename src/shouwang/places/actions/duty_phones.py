"""Whom the gates of an area call."""

import re

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.phones import read_phone
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import fold
from shouwang.places.models import Area, DutyPhone

LONGEST_NAME = 60
_SERVICE_NUMBER = re.compile(r"1[12]\d{1,3}|10\d{3}|9[56]\d{3,4}")  # 110, 120, 12345, 10086, 95598


def set_duty_phone(scope: Scope, *, area: int, name: str, phone: str) -> DutyPhone | None:
    """Say who answers the telephone for ``area`` day and night. Without ``phone`` nobody does: ``None``.

    Raises ``Refused`` for what is no telephone number, or for a number without a name.
    """
    try:
        scope.require(Permission.EDIT_PLACES, *areas.span(area))
    except Refused:
        raise NotFound("area", area) from None
    if not Area.objects.select_for_update(no_key=True).filter(code=area).exists():
        raise NotFound("area", area)
    name, phone = fold(name), _number(phone)
    if phone and not name:
        raise Refused("duty_name", gettext_noop("Say who answers this number, such as “Community office”."))
    if len(name) > LONGEST_NAME:
        raise Refused(
            "too_long",
            gettext_noop("“%(value)s…” is too long: at most %(limit)s characters."),
            value=name[:12],
            limit=LONGEST_NAME,
        )
    held = DutyPhone.objects.filter(pk=area).first()
    if (held.name, held.phone) == (name, phone) if held else not phone:
        return held
    if not phone:
        DutyPhone.objects.filter(pk=area).delete()
        found = None
    else:
        found, _ = DutyPhone.objects.update_or_create(
            area_id=area,
            defaults={
                "name": name, "phone": phone, "changed_by_id": scope.actor_id, "changed_at": clock.now()
            },
        )  # fmt: skip
    audit(scope, "duty_phone_set", community=area, subject_kind="area", subject_id=area)
    return found


def _number(written: str) -> str:
    text = fold(written)
    if not text or _SERVICE_NUMBER.fullmatch(text):
        return text
    return read_phone(text).number
