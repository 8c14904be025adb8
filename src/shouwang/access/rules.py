"""Who may hold what: ranges of roles, names of accounts, and when a second factor is asked for."""

import datetime as dt
import re
from collections.abc import Iterable

from shouwang.access.enums import Role
from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import EVERYWHERE, merge_ranges
from shouwang.kernel.text import fold

ALL_AREAS = 0
"""The area of a grant that holds everywhere."""
LINK_VALID = dt.timedelta(days=7)
COUNTY_SPAN = 10**6
RECOVERY_CODES = 10

_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,58})[a-z0-9]")
_LIKE_A_NUMBER_OF_A_PERSON = re.compile(r"\d{7,}x?")

_COUNTY_AND_ABOVE = frozenset({Level.COUNTY, Level.PREFECTURE, Level.PROVINCE})
LEVELS: dict[Role, frozenset[Level]] = {
    Role.HEADQUARTERS: _COUNTY_AND_ABOVE,
    Role.TOWN: frozenset({Level.TOWN}),
    Role.OFFICE: frozenset({Level.COMMUNITY}),
    Role.GATE_KEEPER: frozenset({Level.COMMUNITY}),
    Role.CALLER: frozenset({Level.COMMUNITY}),
    Role.REPORTER: frozenset({Level.COMMUNITY, Level.TOWN, Level.COUNTY}),
    Role.ADMINISTRATOR: frozenset(Level),
}
"""At which levels of the area tree a role is held. What is asked for from one caller must not open a whole town."""


def range_of(area: int) -> tuple[int, int]:
    """First and last community of a grant for ``area``; :data:`ALL_AREAS` is everything."""
    return EVERYWHERE if area == ALL_AREAS else areas.span(area)


def require_level(role: Role, area: int) -> None:
    """Raise ``Refused`` if ``role`` is not held at the level of ``area``."""
    if area == ALL_AREAS:
        if role is not Role.ADMINISTRATOR:
            raise Refused(
                "grant_everywhere",
                gettext_noop("Only an administrator's role can hold for all areas: choose an area."),
            )
        return
    if areas.level_of(area) not in LEVELS[role]:
        raise Refused(
            "grant_level",
            {
                Level.COUNTY: gettext_noop("This role is for a whole county or city: choose the county."),
                Level.TOWN: gettext_noop("This role is for one town or street: choose the town."),
                Level.COMMUNITY: gettext_noop(
                    "This role is for one community or village: choose it. For several, grant the role in each."
                ),
            }[max(LEVELS[role])],
        )


def roles_within(first: int, last: int) -> tuple[Role, ...]:
    """The roles that can be granted somewhere inside the range of an area."""
    if (first, last) == EVERYWHERE:
        return tuple(Role)
    level = areas.level_of(first)
    return tuple(role for role in Role if max(LEVELS[role]) >= level)


def clean_username(raw: str) -> str:
    """The one form of a user name: lower case. Raises ``Refused`` for what would not do.

    Phones and ID numbers are refused: user names stand in logs and in the audit.
    """
    name = fold(raw).lower()
    if not _USERNAME.fullmatch(name):
        raise Refused(
            "username",
            gettext_noop(
                "A user name has 2 to 60 letters a-z, digits, dots or hyphens, with a letter or digit at both ends."
            ),
        )
    if _LIKE_A_NUMBER_OF_A_PERSON.fullmatch(name):
        raise Refused(
            "username_number",
            gettext_noop("Do not use a phone or ID number as user name: it would be seen in lists."),
        )
    return name


def needs_second_factor(ranges: Iterable[tuple[int, int]]) -> bool:
    """Whoever sees more than one community proves herself twice."""
    merged = merge_ranges(ranges)
    return sum(last - first + 1 for first, last in merged) > 1


def covers_a_county(first: int, last: int) -> bool:
    return last - first + 1 >= COUNTY_SPAN
