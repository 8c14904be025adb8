"""Which of several checks of one passing holds, whatever the order in which they came."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Version:
    """A check as far as correcting goes: its id, the check it replaces (which may not have come), when it was made."""

    id: UUID
    corrects: UUID | None
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Passing:
    """One passing with all its versions: the id of the first, when somebody passed, and the one that ``stands``."""

    first: UUID
    made_at: dt.datetime
    stands: UUID


def passing(versions: Collection[Version]) -> Passing:
    """What holds of versions that hang together.

    Of those that nobody corrected the latest made stands. Somebody passed when the first check was made: a correction
    is written later, perhaps on another day. While the first has not come, the earliest made stands in for it.
    """
    ids = {version.id for version in versions}
    corrected = {version.corrects for version in versions}
    # Two that correct each other: nonsense, but it must not stop anybody.
    last_words = [version for version in versions if version.id not in corrected] or list(versions)
    stands = max(last_words, key=_order)
    begin = next((version for version in versions if version.corrects is None), None)
    if begin is not None:
        return Passing(begin.id, begin.made_at, stands.id)
    missing = min((target for target in corrected if target and target not in ids), default=min(ids))
    return Passing(missing, min(versions, key=_order).made_at, stands.id)


def _order(version: Version) -> tuple[dt.datetime, UUID]:
    return version.made_at, version.id
