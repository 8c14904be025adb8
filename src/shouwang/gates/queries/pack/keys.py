"""Which keys are trusted, and which passes are revoked: both signed, so that a phone need not believe the network."""

import logging

from shouwang.access import clock
from shouwang.gates.models import Revocation
from shouwang.gates.queries.pack.versions import progress, reaching_up
from shouwang.gates.queries.trust import keyring
from shouwang.gates.rules.token import sign_revoked
from shouwang.kernel.areas import span
from shouwang.kernel.scope import Scope
from shouwang.sync.rules.pack import Part
from shouwang.sync.rules.records import DeviceHere

log = logging.getLogger(__name__)


def trust(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The bundle of keys."""
    ring = keyring()
    version = f"{ring.bundle.version}.{ring.bundle.digest[:4].hex()}"
    return None if version == have else Part(version, ring.text)


def revoked(scope: Scope, device: DeviceHere, have: str) -> Part | None:
    """The list of revoked passes that could be shown here: the community's own and those of the areas above it."""
    now, (first, last) = clock.now(), span(device.community)
    with reaching_up(scope, device) as areas:
        reached, had = progress("gates_revocation", "number", "area", areas, have)
        if had == reached:
            return None
        rows = Revocation.objects.filter(area__in=areas, expires_at__gt=now)
        if had:
            rows = rows.filter(number__gt=had.highest)
        pass_ids = list(rows.values_list("pass_id", flat=True))
    made_at = int(now.timestamp())
    issuer = keyring().issuer(first, last, made_at, made_at)
    if issuer is None:
        log.error("no key of this server may sign the list of revoked passes of %s", device.community)
        return None
    text = sign_revoked(
        issuer, first=first, last=last, version=reached.highest, since=had.highest if had else 0,
        made_at=made_at, pass_ids=pass_ids,
    )  # fmt: skip
    return Part(str(reached), text, have if had else None)
