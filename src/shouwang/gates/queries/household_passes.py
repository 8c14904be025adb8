"""What a household sees of its own passes."""

import datetime as dt
import hmac

from django.db.models import Q

from shouwang.gates.models import Pass
from shouwang.kernel.scope import Scope


def own_passes(scope: Scope, community: int, household: int, at: dt.datetime) -> list[Pass]:
    """The passes of a household and of its people, in force or beginning later, the holder's and its code beside.

    Asks for no permission: whoever calls has shown that she is of the household.
    """
    rows = Pass.objects.filter(community=community, revoked_at=None, valid_until__gt=at).exclude(
        renewed=True, valid_until__lte=at
    )
    mine = rows.filter(Q(household=household) | Q(resident__household=household))
    return list(mine.select_related("resident").order_by("valid_from", "kind", "id"))


def knows_holder(found: Pass, typed: str) -> bool:
    """Whether ``typed`` are the last four of the holder's ID number or phone, as only those of her household know."""
    holder = found.resident
    typed = typed.strip().upper()
    if holder is None or len(typed) != 4:
        return False
    tails = [tail for tail in (holder.id_tail.upper(), holder.phone_tail) if len(tail) == 4]
    return any(hmac.compare_digest(tail.encode(), typed.encode()) for tail in tails)
