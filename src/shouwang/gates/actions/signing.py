"""The signed text of a pass, for its QR code. Made anew each time: only the pass id identifies a pass."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from shouwang.gates.enums import PassKind
from shouwang.gates.models import Pass
from shouwang.gates.queries.trust import keyring
from shouwang.gates.rules.labels import label_of
from shouwang.gates.rules.token import Keyring, PassClaims
from shouwang.kernel.areas import span
from shouwang.kernel.errors import Refused, gettext_noop


def sign_pass(pass_: Pass) -> str:
    """The text of the QR code of ``pass_``. Raises ``Refused`` where no key of ours may sign it."""
    return sign_passes([pass_])[0]


def sign_passes(passes: Sequence[Pass]) -> list[str]:
    """The texts of many passes, in their order, with one statement for their holders."""
    prefetch_related_objects(list(passes), "resident")
    ring = keyring()
    return [_sign(ring, claims_of(pass_)) for pass_ in passes]


def claims_of(pass_: Pass) -> PassClaims:
    """What the pass says. It is valid through its last second; ``valid_until`` is the first moment after."""
    household = pass_.resident.household_id if pass_.resident else pass_.household_id
    return PassClaims(
        pass_id=pass_.pass_id,
        kind=PassKind(pass_.kind),
        area=pass_.area or pass_.community,
        not_before=int(pass_.valid_from.timestamp()),
        expires=int(pass_.valid_until.timestamp()) - 1,
        household=household or 0,
        label=label_of(pass_.resident.name if pass_.resident else pass_.holder, pass_.plate),
    )


def _sign(ring: Keyring, claims: PassClaims) -> str:
    issuer = ring.issuer(*span(claims.area), claims.not_before, claims.expires)
    if issuer is None:
        raise Refused(
            "no_signing_key",
            gettext_noop(
                "No key of this server may sign this pass, for its area and time. Ask the operator: %(command)s"
            ),
            command="shouwang trust status",
        )
    return issuer.sign(claims)
