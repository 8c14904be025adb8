"""Self-reports on their way into the tables: a handful of statements, straight from columns."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from shouwang.access.actions import auditing
from shouwang.access.prepared import Asked
from shouwang.kernel.scope import Scope
from shouwang.screening.actions.intake import digest_of
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.rules import CheckedReading


@dataclass(frozen=True, slots=True)
class SelfReport:
    """What a household says of itself now. ``id`` a UUIDv7, minted in the form; ``readings`` passed by the rules.

    ``proxy``: the actor wrote it down for somebody who cannot.
    """

    community: int
    household: int
    id: UUID
    answered_by: AnsweredBy
    readings: tuple[CheckedReading, ...]
    proxy: bool = False

    @property
    def digest(self) -> bytes:
        """As of the same record that goes the way of a call: sent again either way it is known."""
        return digest_of(
            self.household, Channel.SELF, Outcome.REACHED, self.answered_by, self.readings, proxy=self.proxy
        )


class Line(NamedTuple):
    """One person of a report on its way into round ``place``; ``id`` will be the reading's."""

    report: SelfReport
    place: int
    told: CheckedReading
    id: UUID


_ADD_ATTEMPTS = """
insert into screening_attempt
  (community, id, round, household, channel, outcome, answered_by, needs, trouble, remarks, made_at, received_at,
   made_by, keeper, proxy, digest)
select community, id, round, household, %b, %b, answered_by, '', '', '', %b::timestamptz, %b::timestamptz, %b::bigint,
  '', proxy, digest
from unnest(%b::bigint[], %b::uuid[], %b::bigint[], %b::bigint[], %b::text[], %b::bool[], %b::bytea[])
  as t (community, id, round, household, answered_by, proxy, digest)
"""
_ADD_READINGS = """
insert into screening_reading
  (community, id, round, day, household, resident, source, source_id, temperature, symptoms, fever, made_at,
   received_at, made_by)
select community, id, round, %b::date, household, resident, %b, source_id, temperature, symptoms::varchar[], fever,
  %b::timestamptz, %b::timestamptz, %b::bigint
from unnest(%b::bigint[], %b::uuid[], %b::bigint[], %b::bigint[], %b::bigint[], %b::uuid[], %b::numeric[],
  %b::text[], %b::bool[]) as t (community, id, round, household, resident, source_id, temperature, symptoms, fever)
"""
_COUNT = """
update screening_round r set
  households_reached = r.households_reached + t.households, residents_reached = r.residents_reached + t.residents,
  residents_unassigned = r.residents_unassigned + t.unassigned, fevers = r.fevers + t.fevers,
  attempts = r.attempts + t.attempts, updated_at = %b::timestamptz
from unnest(%b::bigint[], %b::int[], %b::int[], %b::int[], %b::int[], %b::int[])
  as t (id, households, residents, unassigned, fevers, attempts)
where r.id = t.id
"""


def writing(
    scope: Scope,
    fresh: Sequence[tuple[SelfReport, int]],
    lines: Sequence[Line],
    counts: Mapping[int, Sequence[int]],
    day: dt.date,
    now: dt.datetime,
) -> list[Asked]:
    """The statements that write ``fresh`` reports and move the counters of their rounds.

    ``counts`` by round: households and people reached, unassigned, fevers, attempts more or fewer.
    """
    asked: list[Asked] = [
        (
            _ADD_ATTEMPTS,
            [
                *(Channel.SELF.value, Outcome.REACHED.value, now, now, scope.actor_id),
                [report.community for report, _ in fresh],
                [report.id for report, _ in fresh],
                [place for _, place in fresh],
                [report.household for report, _ in fresh],
                [report.answered_by.value for report, _ in fresh],
                [report.proxy for report, _ in fresh],
                [report.digest for report, _ in fresh],
            ],
        ),
        (
            _ADD_READINGS,
            [
                *(day, Channel.SELF.value, now, now, scope.actor_id),
                [line.report.community for line in lines],
                [line.id for line in lines],
                [line.place for line in lines],
                [line.report.household for line in lines],
                [line.told.resident_id for line in lines],
                [line.report.id for line in lines],
                [line.told.temperature for line in lines],
                [_array(line.told.symptoms) for line in lines],
                [line.told.fever for line in lines],
            ],
        ),
    ]
    if counts:
        asked.append(
            (_COUNT, [now, list(counts), *(list(column) for column in zip(*counts.values(), strict=True))])
        )
    by_place: dict[tuple[int, int], int] = defaultdict(int)
    for report, place in fresh:
        by_place[report.community, place] += 1
    done = [
        (community, place, {"reports": number}) for (community, place), number in sorted(by_place.items())
    ]
    asked.append(auditing(scope, "report_at_door", subject_kind="round", done=done))
    return asked


def _array(symptoms: tuple[str, ...] | None) -> str | None:
    """PostgreSQL's text of an array of the profile's keys, which are plain words."""
    return None if symptoms is None else "{" + ",".join(f'"{key}"' for key in symptoms) + "}"
