"""The list of revoked passes that gates carry: what is written into it when passes end early."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Max

from shouwang.access import clock
from shouwang.gates.models import Pass, Revocation

_LOCK = 0x5357_5231  # "SWR1": the space of our advisory locks


def note_revoked(passes: Sequence[Pass]) -> None:
    """Write ``passes``, of one or more communities, into the list; called in the transaction that revokes them.

    Noting a pass again changes nothing; one that has expired need not be noted. Numbers rise within a community and
    follow the clock in milliseconds, so that they rise even after the server was put back to an older copy of itself.
    """
    for community in sorted(
        {found.community for found in passes}
    ):  # in one order: no two wait for each other
        of_it = [found for found in passes if found.community == community]
        with connection.cursor() as cursor:
            # Two who revoke at once would take the same number. Held to the end of the transaction.
            cursor.execute("select pg_advisory_xact_lock(%s, hashint8(%s))", [_LOCK, community])
        noted = set(
            Revocation.objects.filter(pass_id__in=[found.pass_id for found in of_it]).values_list(
                "pass_id", flat=True
            )
        )
        last = Revocation.objects.filter(community=community).aggregate(last=Max("number"))["last"] or 0
        number = max(last + 1, int(clock.now().timestamp() * 1000))
        Revocation.objects.bulk_create(
            Revocation(
                community=community,
                number=number + place,
                pass_id=found.pass_id,
                area=found.area or community,
                expires_at=found.valid_until,
            )
            for place, found in enumerate(one for one in of_it if one.pass_id not in noted)
        )
