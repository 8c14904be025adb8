"""Closing a day: signed off by the office, or by the clock when its cut-off has passed."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import EVERYWHERE, Scope
from shouwang.people.queries.population import populations
from shouwang.places.queries.profiles import profiles_for
from shouwang.screening import rules
from shouwang.screening.actions.counting import lock_community
from shouwang.screening.enums import DayState
from shouwang.screening.models import Ledger
from shouwang.screening.models.ledger import STATES
from shouwang.screening.queries.everybody import PersonDay, everybody
from shouwang.screening.queries.ledger import figures_of, ledger_row
from shouwang.screening.rules import count_states
from shouwang.screening.rules.days import FIGURE_NAMES

DAYS_BACK = 3
"""So many days before today the clock still closes, after the worker stood still."""


def sign_off_day(scope: Scope, *, community: int, day: dt.date, not_reached: int, note: str = "") -> Ledger:
    """The office signs a day of her community, as it stands now or as the clock has closed it. Once.

    ``not_reached``: how many people she was shown as not reached. Nothing of what is open hinders her, but she signs
    what is so: raises ``Refused`` if it is another number by now, for a day to come, and where nobody is entered.
    """
    scope.require(Permission.OPEN_ROUND, community)
    if day > clock.today():
        raise Refused("day_to_come", gettext_noop("This day has not come yet."))
    note = rules.check_text(note)
    lock_community(community)
    row = ledger_row(community, day)
    if row is not None and row.signed_off_at is not None:
        return row
    found = everybody(scope, community, day, None) if row is None else []
    figures = figures_of(row) if row else count_states(one.state for one in found)
    if not figures.due:
        raise Refused("roster_empty", gettext_noop("Nobody is on the roster here for this day."))
    if figures.not_reached != not_reached:
        raise Refused(
            "ledger_moved",
            gettext_noop(
                "By now %(left)s people are not reached. Look at them, then sign off with this number."
            ),
            left=figures.not_reached,
        )
    row = row or _written(community, day, found)
    row.signed_off_at, row.signed_off_by_id, row.note = clock.now(), scope.actor_id, note
    row.save()
    audit(
        scope,
        "sign_off_day",
        community=community,
        subject_kind="ledger",
        subject_id=day.isoformat(),
        detail={name: getattr(row, name) for name in FIGURE_NAMES},
    )
    return row


def close_day(scope: Scope, *, community: int, day: dt.date) -> Ledger | None:
    """Close a day that nobody has signed off; None where nobody was on the roster. A closed day stays as it is."""
    scope.require(Permission.OPEN_ROUND, community)
    lock_community(community)
    if row := ledger_row(community, day):
        return row
    found = everybody(scope, community, day, None)
    if not found:
        return None
    row = _written(community, day, found)
    row.save()
    audit(
        scope,
        "close_day",
        community=community,
        subject_kind="ledger",
        subject_id=day.isoformat(),
        detail={name: getattr(row, name) for name in FIGURE_NAMES},
    )
    return row


def days_to_close(scope: Scope) -> Iterator[tuple[int, dt.date]]:
    """Every community with people and each of its last days whose cut-off has passed and that nobody has closed."""
    now, zone, today = clock.now(), timezone.get_current_timezone(), clock.today()
    held = [code for code, people in populations(scope, *EVERYWHERE).items() if people.residents]
    profiles = profiles_for(scope, held)
    days = [today - dt.timedelta(days=back) for back in range(DAYS_BACK, -1, -1)]
    closed = set(Ledger.objects.filter(day__in=days).values_list("community", "day"))
    for community in held:
        for day in days:
            if (community, day) not in closed and rules.ends_at(day, zone, profiles[community]) <= now:
                yield community, day


def _written(community: int, day: dt.date, found: Sequence[PersonDay]) -> Ledger:
    index = {DayState(state): number for number, state in enumerate(STATES)}
    figures = count_states(one.state for one in found)
    return Ledger(
        community=community,
        day=day,
        residents=[one.resident_id for one in found],
        households=[one.household_id for one in found],
        states=[index[one.state] for one in found],
        updated_at=clock.now(),
        **{name: getattr(figures, name) for name in FIGURE_NAMES},
    )
