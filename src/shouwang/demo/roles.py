"""The roles as the first page offers them: what each does, and who may be stepped into."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.access.enums import Role
from shouwang.demo.cast import SEED, Player, cast

_WORDS: dict[Role, tuple[Promise | str, Promise | str, str]] = {
    Role.HEADQUARTERS: (
        _("Headquarters"),
        _("Sees the whole city: rounds, fevers, gates, the report."),
        "flag",
    ),
    Role.TOWN: (_("Town"), _("Sees its communities; seals and opens entrances."), "building-community"),
    Role.OFFICE: (_("Community office"), _("Keeps the roster, opens the round, issues passes."), "home"),
    Role.CALLER: (
        _("Caller"),
        _("Rings and visits; records who was reached and how they are."),
        "phone-call",
    ),
    Role.GATE_KEEPER: (
        _("Gate keeper"),
        _("Checks passes, masks and temperatures at a gate."),
        "barrier-block",
    ),
    Role.REPORTER: (
        _("Information reporter"),
        _("Reads the figures, hands in the report."),
        "report-analytics",
    ),
    Role.ADMINISTRATOR: (_("Administrator"), _("Gives accounts and roles; sees no health data."), "key"),
}


@dataclass(frozen=True, slots=True)
class Door:
    """One role on the first page with the players who stand for it, one a place."""

    role: Role
    name: Promise | str
    does: Promise | str
    icon: str
    players: tuple[Player, ...]


@cache
def doors() -> tuple[Door, ...]:
    """Every role in the order of the page. Accounts have the same names whatever the seed."""
    first: dict[tuple[Role, int], Player] = {}
    for player in cast(SEED):
        first.setdefault((player.role, player.area), player)
    return tuple(
        Door(role, name, does, icon, tuple(p for (r, _area), p in first.items() if r is role))
        for role, (name, does, icon) in _WORDS.items()
    )


def is_open(username: str) -> bool:
    """Whether this account is one of those that the page lets one step into."""
    return any(player.username == username for door in doors() for player in door.players)
