"""The second factor: a code that changes every half minute (TOTP, RFC 6238), and recovery codes for a lost phone."""

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.access import rules
from shouwang.access.actions.entries import audit, home
from shouwang.access.actions.users import managed
from shouwang.access.models import User
from shouwang.access.queries import scope_of
from shouwang.access.sealed import digest
from shouwang.access.wall import acting
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import Scope

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without what is mistaken for something else on paper


def begin_enrolment(user: User) -> TOTPDevice:
    """The device that waits for its first code; the same one until it is confirmed."""
    device, _new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "totp", "tolerance": 1}
    )
    return device


def confirm_enrolment(user: User, *, code: str) -> tuple[TOTPDevice, list[str]]:
    """Confirm the waiting device by its first code; the former one is removed. Answers (device, recovery codes)."""
    with _herself(user) as scope:
        device = TOTPDevice.objects.select_for_update(no_key=True).filter(user=user, confirmed=False).first()
        if device is None:
            raise Refused("no_enrolment", gettext_noop("Scan the code first, then enter the six digits."))
        if not device.verify_token(_digits(code)):
            raise wrong_code()
        TOTPDevice.objects.filter(user=user, confirmed=True).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        audit(scope, "enrol_factor", community=home(scope), subject_kind="user", subject_id=user.pk)
        return device, renew_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """New recovery codes, ``xxxxx-xxxxx``; the former ones stop working. Only digests are kept: show them now."""
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
        for _ in range(rules.RECOVERY_CODES)
    ]
    with _herself(user) as scope:
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        StaticToken.objects.bulk_create([StaticToken(device=device, token=_kept(code)) for code in codes])
        audit(scope, "renew_codes", community=home(scope), subject_kind="user", subject_id=user.pk)
    return codes


def verify_second_factor(user: User, *, code: str) -> TOTPDevice | StaticDevice | None:
    """The device that ``code`` fits: the phone's six digits, or a recovery code, which is then used up.

    ``None`` if it fits none: not raised, because the failure must be kept (each makes the next wait longer).
    """
    with _herself(user) as scope:
        plain = _digits(code)
        found: TOTPDevice | StaticDevice | None = None
        totp = TOTPDevice.objects.select_for_update(no_key=True).filter(user=user, confirmed=True).first()
        if totp and len(plain) == 6 and plain.isdigit():
            found = totp if totp.verify_token(plain) else None
        else:
            paper = StaticDevice.objects.select_for_update(no_key=True).filter(user=user).first()
            if paper and paper.verify_token(_kept(code)):
                found = paper
        verb = "verify_factor" if found is None or found is totp else "use_recovery_code"
        audit(
            scope,
            verb if found else "fail_factor",
            community=home(scope),
            subject_kind="user",
            subject_id=user.pk,
        )
    return found


def reset_second_factor(scope: Scope, *, user_id: int) -> None:
    """Take the second factor of somebody whose phone is lost: she enrols anew when she signs in next."""
    with transaction.atomic():
        user = managed(scope, user_id)
        if user_id == scope.actor_id:
            raise Refused(
                "own_factor",
                gettext_noop("Use a recovery code for your own account, or ask another administrator."),
            )
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        audit(scope, "reset_factor", community=home(scope), subject_kind="user", subject_id=user_id)


@contextmanager
def _herself(user: User) -> Iterator[Scope]:
    """The scope of her own acts: the request has none yet while the second factor is still to be shown."""
    scope = scope_of(user)
    with acting(scope):
        yield scope


def wrong_code() -> Refused:
    return Refused(
        "code",
        gettext_noop(
            "This code does not fit. Wait for the next one and check that the phone's clock is right."
        ),
    )


def _digits(code: str) -> str:
    return code.replace(" ", "").replace("-", "").strip()


def _kept(code: str) -> str:
    """What is kept of a recovery code: 80 bits of its digest, so that a stolen table opens nothing."""
    return base64.b32encode(digest(f"recovery:{_digits(code).lower()}")[:10]).decode()
