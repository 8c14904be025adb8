"""Who acts, and where: the frozen scope every query and action takes as its first argument.

Jurisdiction is a range of community codes (12-digit integers, inclusive at both ends). The same ranges are handed to
PostgreSQL, whose row-level security is the wall; this class answers *may she?* before the wall is reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shouwang.kernel.errors import Forbidden

EVERYWHERE = (1, 999_999_999_999)
NOWHERE = 0
"""The community of an audited act that belongs to no place, such as a login."""


@dataclass(frozen=True, slots=True)
class GrantedRange:
    """Permissions valid for the communities ``first`` to ``last``, both included."""

    first: int
    last: int
    permissions: frozenset[str]
    role: str = ""

    def covers(self, first: int, last: int | None = None) -> bool:
        return self.first <= first and (first if last is None else last) <= self.last

    def overlaps(self, first: int, last: int) -> bool:
        return self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True)
class Scope:
    """One actor with her grants. ``system_reason`` is set for background work, which may do everything and says why."""

    actor_id: int | None
    actor_name: str = ""
    grants: tuple[GrantedRange, ...] = field(default=())
    system_reason: str = ""

    @classmethod
    def nobody(cls) -> "Scope":
        """The scope of a stranger: sees nothing, may nothing."""
        return cls(actor_id=None)

    @classmethod
    def system(cls, *, reason: str) -> "Scope":
        """The scope of background work and commands. ``reason`` is written to the audit."""
        if not reason:
            raise ValueError("background work must say why")
        return cls(actor_id=None, actor_name="system", system_reason=reason)

    def may(self, permission: str, first: int | None = None, last: int | None = None) -> bool:
        """Whether ``permission`` holds for the community ``first`` (or the whole range ``first``-``last``).

        Without a range: whether it holds anywhere at all.
        """
        if self.system_reason:
            return True
        return any(
            permission in grant.permissions and (first is None or grant.covers(first, last))
            for grant in self.grants
        )

    def may_within(self, permission: str, first: int, last: int) -> bool:
        """Whether ``permission`` holds for at least one community between ``first`` and ``last``."""
        if self.system_reason:
            return True
        return any(permission in grant.permissions and grant.overlaps(first, last) for grant in self.grants)

    def require(self, permission: str, first: int | None = None, last: int | None = None) -> None:
        """Raise ``Forbidden`` unless :meth:`may`."""
        if not self.may(permission, first, last):
            raise Forbidden(str(permission), first)

    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def ranges(self) -> tuple[tuple[int, int], ...]:
        """All granted ranges, merged and ordered, whatever the permission: what the wall lets through."""
        if self.system_reason:
            return ((NOWHERE, EVERYWHERE[1]),)
        return merge_ranges((grant.first, grant.last) for grant in self.grants)

    def multirange(self) -> str:
        """The ranges as a PostgreSQL ``int8multirange`` literal; empty means nothing is seen."""
        return "{" + ",".join(f"[{first},{last}]" for first, last in self.ranges()) + "}"


def merge_ranges(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Merge overlapping and touching inclusive ranges into the fewest, in order."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
