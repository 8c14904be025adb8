"""Self-reports: many at once, in one transaction; and one with care, where something is out of the ordinary."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.prepared import Asked, rows, together
from shouwang.access.sealed import digest
from shouwang.access.wall import SETTING
from shouwang.door.queries.links import MAY, Here
from shouwang.door.rules.links import Token, kept
from shouwang.door.rules.report import Report, Said, read_report, report_id
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import GrantedRange, Scope
from shouwang.kernel.uuid7 import mint
from shouwang.people.queries.behind_doors import asking_living, read_living
from shouwang.places.queries.profiles import profiles_for
from shouwang.screening.actions import correct_reading, record_attempts
from shouwang.screening.actions.self_reports import Kept, SelfReport, take_self_reports
from shouwang.screening.enums import AnsweredBy, Channel, Outcome
from shouwang.screening.queries.self_told import told_today
from shouwang.screening.rules import AttemptInput, CheckedReading, ReadingInput

_WALL = "select set_config(%s, %s, true)"
_FIND = """
select asked.place, d.id, d.household from unnest(%b::int[], %b::bigint[], %b::bytea[])
  as asked (place, community, digest)
join door_doorlink d on d.community = asked.community and d.token_digest = asked.digest
"""
# `before` is read as it was when the statement began, so `first` is told before the update.
_USED = """
with before as (
    select id, community, reported_on is distinct from %b::date as first
    from door_doorlink where id = any(%b::bigint[])
), used as (
    update door_doorlink d set reported_on = %b::date, reports = d.reports + 1, used_at = %b::timestamptz
    from before where d.id = before.id
)
insert into door_doorday (community, day, households, reports)
select community, %b::date, count(*) filter (where first), count(*) from before group by community order by community
on conflict (community, day) do update
set households = door_doorday.households + excluded.households, reports = door_doorday.reports + excluded.reports
"""
_KEPT_SECONDS = 2.0
"""So long a community's profile is believed without asking again."""
_profiles: dict[int, tuple[float, DiseaseProfile]] = {}


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that was sent to a link."""

    token: Token
    said: Said


class Became(StrEnum):
    """What became of a form. ``OTHER``: nothing; it has to be looked at by :func:`take_carefully`, or not at all."""

    STORED = "stored"
    OTHER = "other"


def take_reports(posted: Sequence[Posted]) -> list[Became]:
    """Store what households report, each of another link, in a transaction of their own; what became of each."""
    with transaction.atomic():
        met = _meet(posted)
        if not met:
            return [Became.OTHER] * len(posted)
        grants = {here.community: GrantedRange(here.community, here.community, MAY) for here in met.values()}
        scope = Scope(None, "door", tuple(grants.values()))
        profiles = _in_force(scope, list(grants))
        reports = {}
        for place, here in met.items():
            report = read_report(
                posted[place].said, [one.resident for one in here.people], profiles[here.community]
            )
            if report.good:
                reports[place] = _self_report(here, posted[place].said, report)
        links = [met[place].link for place in reports]
        kept_as = (
            take_self_reports(scope, list(reports.values()), profiles, lambda kept: _using(links, kept))
            if reports
            else []
        )
    became = dict(zip(reports, kept_as, strict=True))
    return [
        Became.STORED if became.get(place) is Kept.STORED else Became.OTHER for place in range(len(posted))
    ]


def take_carefully(
    scope: Scope, here: Here, said: Said, *, profile: DiseaseProfile, proxy: bool = False
) -> Report:
    """Store one form, whatever came before it; the form as it was read, with what is wrong in it.

    The same form with other content corrects what it said before. ``proxy``: the scope's actor fills it in for them.
    """
    report = read_report(said, [one.resident for one in here.people], profile)
    if not report.good:
        return report
    wanted, profiles = _self_report(here, said, report, proxy=proxy), {here.community: profile}
    (kept_as,) = take_self_reports(scope, [wanted], profiles, lambda kept: _using([here.link], kept))
    if kept_as is Kept.REPEATED:
        _correct(scope, here, wanted, profiles)
    elif kept_as is Kept.UNUSUAL:
        _record_as_call(scope, wanted)
        together(*_using([here.link], [Kept.STORED]))
    return report


def _meet(posted: Sequence[Posted]) -> dict[int, Here]:
    """The households behind the links that are good, by the place of their form."""
    communities = sorted({one.token.community for one in posted})
    wall = "{" + ",".join(f"[{community},{community}]" for community in communities) + "}"
    found = together(
        (_WALL, [SETTING, wall]),
        (
            _FIND,
            [
                list(range(len(posted))),
                [one.token.community for one in posted],
                [kept(one.token.secret, digest) for one in posted],
            ],
        ),
    )[1]
    living = read_living(rows(*asking_living([household for _, _, household in found])))
    return {
        place: Here(posted[place].token.community, household, link, tuple(living[household]))
        for place, link, household in found
        if household in living
    }


def _in_force(scope: Scope, communities: list[int]) -> Mapping[int, DiseaseProfile]:
    old = time.monotonic() - _KEPT_SECONDS
    if stale := [code for code in communities if code not in _profiles or _profiles[code][0] < old]:
        now = time.monotonic()
        _profiles.update({code: (now, profile) for code, profile in profiles_for(scope, stale).items()})
    return {code: _profiles[code][1] for code in communities}


def _self_report(here: Here, said: Said, report: Report, *, proxy: bool = False) -> SelfReport:
    now = clock.now()
    answered = AnsweredBy.RESIDENT if len(here.people) == 1 else AnsweredBy.HOUSEHOLD_MEMBER
    minted = report_id(said, now, timezone.get_current_timezone())
    return SelfReport(here.community, here.household, minted, answered, report.readings, proxy)


def _using(links: Sequence[int], kept_as: Sequence[Kept]) -> list[Asked]:
    """The statement that notes of the links of stored reports that they were reported from today."""
    used = [link for link, one in zip(links, kept_as, strict=True) if one is Kept.STORED]
    day = clock.today()
    return [(_USED, [day, used, day, clock.now(), day])] if used else []


def _correct(scope: Scope, here: Here, wanted: SelfReport, profiles: Mapping[int, DiseaseProfile]) -> None:
    """What this form said before is corrected by what it says now; whom it did not name before is reported anew."""
    before = {
        one.resident: one
        for one in told_today(scope, here.community, here.household)
        if one.source_id == wanted.id
    }
    fresh: list[CheckedReading] = []
    for told in wanted.readings:
        was = before.get(told.resident_id)
        if was is None:
            fresh.append(told)
        elif (was.temperature, was.symptoms) != (told.temperature, told.symptoms):
            correct_reading(
                scope,
                community=here.community,
                reading_id=was.id,
                temperature=told.temperature,
                symptoms=told.symptoms,
            )
    if fresh:
        more = SelfReport(
            here.community, here.household, mint(clock.now()), wanted.answered_by, tuple(fresh), wanted.proxy
        )
        if take_self_reports(scope, [more], profiles) == [Kept.UNUSUAL]:
            _record_as_call(scope, more)


def _record_as_call(scope: Scope, wanted: SelfReport) -> None:
    """The way of a call: somebody of the household is not on the list of those due, or under another door."""
    attempt = AttemptInput(
        wanted.id,
        wanted.household,
        Channel.SELF,
        Outcome.REACHED,
        wanted.answered_by,
        [ReadingInput(told.resident_id, told.temperature, told.symptoms) for told in wanted.readings],
        proxy=wanted.proxy,
    )
    record_attempts(scope, community=wanted.community, attempts=[attempt])
