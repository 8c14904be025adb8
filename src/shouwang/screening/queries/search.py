"""What was written down in calls, visits and reports, found by any piece of it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from shouwang.access.enums import Permission
from shouwang.kernel.scope import Scope

LIMIT = 100

# The partial index `attempt_with_text` holds the few attempts in which anything is written; the condition on the texts
# is the one it was made with. Chinese has no gaps between words, so any piece may be asked for and no index of words
# helps. `position` is no more leakproof behind the wall than LIKE is, so it comes last, on what the index has left.
_FOUND = """
  select a.id, a.household, a.round, a.made_at, a.channel, a.needs, a.trouble, a.remarks
  from screening_attempt a
  where a.community = %(community)s and a.made_at >= %(since)s
    and not (a.needs = '' and a.trouble = '' and a.remarks = '')
    and position(%(text)s in lower(concat_ws(E'\\n', a.needs, a.trouble, a.remarks))) > 0
    and not exists (
      select from screening_attempt c where c.community = a.community and c.round = a.round and c.corrects = a.id
    )
  order by a.made_at desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Said:
    """An attempt in which the text stands."""

    attempt_id: UUID
    household_id: int
    round_id: int
    made_at: dt.datetime
    channel: str
    needs: str
    trouble: str
    remarks: str


def said(scope: Scope, community: int, text: str, *, since: dt.datetime) -> list[Said]:
    """Attempts made since then that hold ``text``, whatever its case, and that nothing has corrected.

    The latest first, at most :data:`LIMIT`. What is told of quarrels is among them, so it is for whoever handles these.
    """
    scope.require(Permission.READ_PEOPLE, community)
    scope.require(Permission.HANDLE_MATTER, community)
    if not text:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"community": community, "since": since, "text": text.lower(), "limit": LIMIT})
        return [Said(*row) for row in cursor.fetchall()]
