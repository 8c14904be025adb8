"""The call list of one caseload: whom to call, in which order, and everything that is good to know before it rings.

The part ``calls`` of the pack (docs/field-protocol.md), but for the numbers themselves, which stay sealed here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.access.queries import account_names
from shouwang.kernel.scope import Scope
from shouwang.people.enums import Presence, Risk
from shouwang.people.queries import roster
from shouwang.people.queries.calls import CameBack, SealedPhone, came_back, phones_behind
from shouwang.people.queries.watches import WatchHere, watched_of
from shouwang.people.rules.ages import age_on
from shouwang.people.rules.rows import HEAD
from shouwang.places.queries.profiles import profile_for
from shouwang.screening import rules
from shouwang.screening.models import Round
from shouwang.screening.queries.call_facts import CallFacts, Tried, call_facts
from shouwang.screening.queries.rounds import history, in_order
from shouwang.screening.rules import calls as order
from shouwang.workforce.enums import Weight
from shouwang.workforce.queries import caseload, households_of
from shouwang.workforce.rules import weights
from shouwang.workforce.rules.plane import Standing, walk

ROUNDS_BACK = 8
ADULT = 18


@dataclass(frozen=True, slots=True)
class CallList:
    """``said`` is the part without the numbers; ``phones`` are those of each household in the order to try."""

    said: dict[str, Any]
    phones: dict[int, list[SealedPhone]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all households of the list, by resident and by household."""

    day: dt.date
    facts: CallFacts
    members: dict[int, list[roster.Member]]
    watches: dict[int, WatchHere]
    returned: Sequence[CameBack]
    names: dict[str, str]
    device: int | None
    has_round: bool
    has_history: bool
    evening: bool


def call_list(scope: Scope, caseload_id: int, *, device: int | None = None) -> CallList:
    """The list as it stands now. ``device``: whose own attempts are marked as its own.

    Raises ``NotFound`` for a caseload outside the jurisdiction.
    """
    load = caseload(scope, caseload_id)
    scope.require(Permission.READ_ROUND, load.community)
    scope.require(Permission.READ_PEOPLE, load.community)
    day, now, profile = clock.today(), clock.now(), profile_for(scope, load.community)
    households = households_of(scope, caseload_id)
    members: dict[int, list[roster.Member]] = defaultdict(list)
    for member in roster.members(scope, households):
        members[member.household_id].append(member)
    residents = [member.resident_id for behind in members.values() for member in behind]
    rounds = history(scope, load.community, days=ROUNDS_BACK)
    of_today = sorted((r for r in rounds if r.day == day), key=lambda r: r.opened_at)
    now_in = next(iter(in_order(of_today, now)), None)
    facts = call_facts(load.community, households, rounds=rounds, now_in=now_in, today=day, profile=profile)
    tried = [*facts.last_try.values(), *(one for tries in facts.today.values() for one in tries)]
    zone = timezone.get_current_timezone()
    evening_from = facts.evening_at or dt.datetime.combine(day, dt.time(profile.evening_from_hour), zone)
    known = _Known(
        day=day,
        facts=facts,
        members=members,
        watches=watched_of(scope, residents, day),
        returned=came_back(scope, households, residents),
        names=account_names(one.made_by for one in tried if one.made_by is not None),
        device=device,
        has_round=now_in is not None,
        has_history=any(round_.day < day for round_ in rounds),
        evening=now >= evening_from,
    )
    doors = [door for door in roster.doors(scope, household_ids=households) if members[door.household_id]]
    homes = [_home(known, door) for door in sorted(doors, key=_walk)]
    homes.sort(key=lambda home: order.rank(home["why"]))
    said = {
        "caseload": {"id": load.id, "name": load.name, "caller": load.caller_name},
        "day": day,
        "until": rules.ends_at(day + dt.timedelta(days=1), zone, profile),
        "evening_from": evening_from,
        "rounds": [_round(one) for one in of_today],
        "progress": {
            "due": sum(home["due"] for home in homes),
            "reached": sum(home["reached"] for home in homes),
            "households": sum(home["due"] > 0 for home in homes),
            "complete": sum(home["due"] > 0 and home["due"] == home["reached"] for home in homes),
        },
        "households": homes,
    }
    return CallList(said, _phones(scope, known, households))


def _home(known: _Known, door: roster.Door) -> dict[str, Any]:
    here, facts = known.members[door.household_id], known.facts
    present = [member for member in here if member.presence == Presence.PRESENT]
    living = [weights.Living(member.resident_id, member.born_on, "") for member in present]
    back = _returned(known, door.household_id)
    people = [_member(known, member, back) for member in here]
    tries, last = facts.today.get(door.household_id, []), facts.last_try.get(door.household_id)
    why = order.reasons(
        epicentre=any(one.risk == Risk.HIGH for one in back),
        fever=door.household_id in facts.ill,
        watched=any(member.resident_id in known.watches for member in here),
        elderly_alone=Weight.OLD_ALONE in weights.weights(living, known.day, returned=(), quarantined=()),
        missed_yesterday=door.household_id in facts.missed,
        never_reached=known.has_history and all(person["last"] is None for person in people),
    )
    due = [person for person in people if person["due"]]
    reached = [person for person in due if not person["missing"]]
    return {
        "id": door.household_id,
        **{
            name: getattr(door, name)
            for name in ("compound", "building", "unit", "room", "address", "number")
        },
        "why": why,
        "level": order.speech_level([age_on(member.born_on, known.day) for member in present]),
        "due": len(due),
        "reached": len(reached),
        "tries": len(tries),
        "next": rules.next_step(
            reached=len(reached),
            outcomes=[one.outcome for one in tries],
            phones=len({member.phone_mask for member in here if member.phone_mask}),
            half=sum(person["missing"] == ["evening"] for person in due),
            evening=known.evening,
        ),
        "fever": any(one.fever for member in here if (one := facts.due.get(member.resident_id))),
        "members": people,
        "last": last
        and {**_try(known, last), "needs": last.needs, "trouble": last.trouble, "remarks": last.remarks},
        "today": [{**_try(known, one), "mine": one.device == known.device is not None} for one in tries],
    }


def _member(known: _Known, member: roster.Member, back: Sequence[CameBack]) -> dict[str, Any]:
    due, watch = known.facts.due.get(member.resident_id), known.watches.get(member.resident_id)
    told = known.facts.last_told.get(member.resident_id)
    if known.has_round:
        twice = member.resident_id in known.facts.twice
        is_due = due is not None
    else:  # nobody has opened it yet: whoever is here will be due
        twice = watch is not None and watch.twice_daily
        is_due = member.presence == Presence.PRESENT
    missing = []
    if is_due and not (due and due.reached):
        halves = ("morning", "evening") if twice else ("day",)
        missing = [half for half in halves if not (due and due.half == half)]
    return {
        "id": member.resident_id, "name": member.name, "sex": member.sex, "age": age_on(member.born_on, known.day),
        "relation": member.relation, "presence": member.presence, "remarks": member.remarks,
        "due": is_due, "twice": twice, "missing": missing,
        "watch": watch and {
            "reason": watch.reason, "day": watch.day_number, "days": watch.days, "until": watch.until_day,
        },
        "origin": next((one.origin for one in back if one.resident_id == member.resident_id), ""),
        "last": told and {
            "at": told.made_at, "temperature": None if told.temperature is None else str(told.temperature),
            "symptoms": told.symptoms, "fever": told.fever, "source": told.source,
        },
    }  # fmt: skip


def _returned(known: _Known, household: int) -> list[CameBack]:
    residents = {member.resident_id for member in known.members[household]}
    return [one for one in known.returned if one.household_id == household or one.resident_id in residents]


def _try(known: _Known, one: Tried) -> dict[str, Any]:
    return {
        "id": one.id, "at": one.made_at, "channel": one.channel, "outcome": one.outcome,
        "answered_by": one.answered_by, "by": one.keeper or known.names.get(str(one.made_by), ""),
    }  # fmt: skip


def _phones(scope: Scope, known: _Known, households: Sequence[int]) -> dict[int, list[SealedPhone]]:
    """The head's first, then the other grown-ups', then the children's; who is away comes last."""
    who = {member.resident_id: member for behind in known.members.values() for member in behind}

    def turn(phone: SealedPhone) -> tuple[bool, bool, bool]:
        member = who[phone.resident_id]
        age = age_on(member.born_on, known.day)
        return member.presence != Presence.PRESENT, age is not None and age < ADULT, member.relation != HEAD

    found: dict[int, list[SealedPhone]] = defaultdict(list)
    for phone in sorted((p for p in phones_behind(scope, households) if p.resident_id in who), key=turn):
        found[phone.household_id].append(phone)
    return found


def _round(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.pk,
        "slot": round_.slot,
        "opened_at": round_.opened_at,
        "closed_at": round_.closed_at,
    }


def _walk(door: roster.Door) -> tuple[object, ...]:
    return walk(
        Standing(
            door.household_id, door.compound_id or 0, door.compound_order, door.building, door.unit, door.room,
            door.number or door.address,
        )
    )  # fmt: skip
