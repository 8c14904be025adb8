"""What holds of a round's facts: a corrected fact is no longer told, its correction is. A correction that says nothing
takes back what was said.

Counters and lists are made from the same two statements, so that they cannot disagree.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from shouwang.screening.models import Reading, Round

# NOT IN, and not NOT EXISTS: the planner, who knows little of a round, would compare every fact with every correction.
_CORRECTED = """
  select c.corrects from {table} c
  where c.community = %(community)s and c.round = %(round)s and c.corrects is not null
"""
_READINGS_CORRECTED = _CORRECTED.format(table="screening_reading")
_ATTEMPTS_CORRECTED = _CORRECTED.format(table="screening_attempt")
READINGS = f"""
  select r.* from screening_reading r
  where r.community = %(community)s and r.round = %(round)s and r.id not in ({_READINGS_CORRECTED})
    and (r.source_id is null or r.source_id not in ({_ATTEMPTS_CORRECTED}))
    and (r.temperature is not null or r.symptoms is not null)
"""  # noqa: S608
ATTEMPTS = f"""
  select a.* from screening_attempt a
  where a.community = %(community)s and a.round = %(round)s and a.id not in ({_ATTEMPTS_CORRECTED})
"""  # noqa: S608
# Everybody due, with what is told of her. Who is to be reached morning and evening is reached with a reading in each
# half of the day; `half` says which she has had if it is one only. `these` narrows to some households.
_TOLD = f"""
  select resident, bool_or(fever) as fever, min(made_at) as first, max(made_at) as last
  from ({READINGS} {{these_told}}) r group by resident
"""  # noqa: S608
BY_PERSON = f"""
  select u.household, u.resident, told.fever,
    told.resident is not null
      and (not twice.is or (told.first < d.evening_at and told.last >= d.evening_at)) as reached,
    case when twice.is and told.last < d.evening_at then 'morning'
      when twice.is and told.first >= d.evening_at then 'evening' end as half
  from screening_duelist d
    cross join lateral unnest(d.households, d.residents) u(household, resident)
    left join ({_TOLD}) told on told.resident = u.resident
    cross join lateral (
      select d.evening_at is not null
        and u.resident in (select unnest(t.twice) from screening_duelist t where t.round_id = %(round)s) as is
    ) twice
  where d.round_id = %(round)s {{these_due}}
"""  # noqa: S608
BY_HOUSEHOLD = f"""
  select household, count(*) as due, count(*) filter (where reached) as reached,
    count(*) filter (where fever) as fevers,
    count(*) filter (where half = 'morning') as want_evening, count(*) filter (where half = 'evening') as want_morning,
    household in (select unnest(w.unowned) from screening_duelist w where w.round_id = %(round)s) as unowned
  from ({BY_PERSON}) person
  group by household
"""  # noqa: S608


# A report of a household that came before the round was open stays under round 0; its readings are adopted.
_ADOPTED = """
select count(distinct r.source_id) from screening_reading r
where r.community = %(community)s and r.round = %(round)s and r.source = 'self' and r.corrects is not null {these}
  and exists (select from screening_attempt a where a.community = r.community and a.id = r.source_id and a.round = 0)
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counters of a round, or of some of its households."""

    households_due: int = 0
    residents_due: int = 0
    households_reached: int = 0
    residents_reached: int = 0
    residents_unassigned: int = 0
    fevers: int = 0
    attempts: int = 0

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) - getattr(other, name) for name in FIGURES))


FIGURES = tuple(Figures.__dataclass_fields__)


def by_household(round_: Round, households: Collection[int] | None = None) -> tuple[str, dict[str, Any]]:
    """A statement with its parameters: of all households due, or of these, one row each.

    The columns are ``household, due, reached, fevers, want_evening, want_morning, unowned``.
    """
    params: dict[str, Any] = {"community": round_.community, "round": round_.pk}
    if households is None:
        return BY_HOUSEHOLD.format(these_due="", these_told=""), params
    these = {
        "these_due": "and u.household = any(%(these)s)",
        "these_told": "and r.household = any(%(these)s)",
    }
    return BY_HOUSEHOLD.format(**these), {**params, "these": list(households)}


def figures(round_: Round, households: Collection[int] | None = None) -> Figures:
    """Count from the facts, for the whole round or for some households."""
    statement, params = by_household(round_, households)
    these = "" if households is None else "and household = any(%(these)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), coalesce(sum(due), 0)::int, count(*) filter (where reached = due),"  # noqa: S608
            " coalesce(sum(reached), 0)::int, coalesce(sum(due - reached) filter (where unowned), 0)::int,"
            " coalesce(sum(fevers), 0)::int,"
            " (select count(*) from screening_attempt where community = %(community)s and round = %(round)s"
            f"   and corrects is null {these})"
            f" + ({_ADOPTED.format(these=these)})"
            f" from ({statement}) by_household",
            params,
        )
        return Figures(*cursor.fetchone())


def kept(round_: Round) -> Figures:
    """The counters as the round's row keeps them."""
    return Figures(*(getattr(round_, name) for name in FIGURES))


def recount(round_: Round) -> Figures:
    """Count the whole round again from the facts: what :func:`kept` must equal."""
    return figures(round_)


def waiting(round_: Round) -> list[Reading]:
    """Readings of the round's day, of a gate or told by households, that came while none was open; not yet adopted."""
    here = Reading.objects.filter(community=round_.community)
    return list(
        here.filter(
            ~Exists(here.filter(corrects=OuterRef("id"))),
            Q(temperature__isnull=False) | Q(symptoms__isnull=False),
            round=0,
            day=round_.day,
        ).order_by("id")
    )


def reached_residents(round_: Round) -> set[int]:
    """Everybody with a reading in the round, of whichever half of the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select distinct resident from ({READINGS}) r",  # noqa: S608
            {"community": round_.community, "round": round_.pk},
        )
        return {resident for (resident,) in cursor.fetchall()}
