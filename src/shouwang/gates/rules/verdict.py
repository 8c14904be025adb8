"""The judgement at the gate: facts in, one verdict with one reason out. No clock, no database.

The desk and the phone (field/rules/verdict.js) answer from the same facts; docs/gate-vectors.json holds both to the
same answers. A phone knows of a household's outings what its pack said and what it let out itself, so gates without a
network may each let somebody out: the server sees that later, and keeps what happened as it was.
Sources: Hubei, 16 Feb 2020 (one entrance, one person a household every three days, 四个必须: identity, record,
temperature, mask); DOMAIN, "the emergency path never waits for a pass".
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from shouwang.gates.enums import Direction, PassKind, PassState, Reason, Verdict
from shouwang.kernel.areas import contains
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import DiseaseProfile
from shouwang.places.enums import EntranceStatus

VERDICTS: dict[Reason, Verdict] = {
    Reason.OK: Verdict.GREEN,
    Reason.EMERGENCY: Verdict.GREEN,
    Reason.EMERGENCY_PASS: Verdict.GREEN,
    Reason.EMERGENCY_FEVER: Verdict.AMBER,
    Reason.FEVER: Verdict.RED,
    Reason.QUARANTINE: Verdict.RED,
    Reason.QUARANTINE_HOME: Verdict.AMBER,
    Reason.ENTRANCE_SEALED: Verdict.RED,
    Reason.EMERGENCY_EXIT: Verdict.RED,
    Reason.NOT_A_PASS: Verdict.RED,
    Reason.DAMAGED: Verdict.RED,
    Reason.UNKNOWN_KEY: Verdict.RED,
    Reason.FORGED: Verdict.RED,
    Reason.STRANGER: Verdict.RED,
    Reason.VISITOR: Verdict.AMBER,
    Reason.OTHER_PLACE: Verdict.RED,
    Reason.NO_PASS: Verdict.RED,
    Reason.PASS_REVOKED: Verdict.RED,
    Reason.PASS_EARLY: Verdict.RED,
    Reason.PASS_EXPIRED: Verdict.RED,
    Reason.LEAVING: Verdict.AMBER,
    Reason.OUTINGS_CLOSED: Verdict.RED,
    Reason.OUTSIDE_HOURS: Verdict.RED,
    Reason.HOUSEHOLD_WAS_OUT: Verdict.RED,
    Reason.TEMPERATURE_MISSING: Verdict.AMBER,
    Reason.MASK_UNSEEN: Verdict.AMBER,
    Reason.MASK_MISSING: Verdict.AMBER,
    Reason.OCCUPANTS: Verdict.AMBER,
    Reason.HOME_WITHOUT_PASS: Verdict.AMBER,
    Reason.HOME_PASS_UNREAD: Verdict.AMBER,
    Reason.HOME_PASS_REVOKED: Verdict.AMBER,
    Reason.HOME_PASS_EXPIRED: Verdict.AMBER,
}
DATED = frozenset({Reason.QUARANTINE, Reason.HOUSEHOLD_WAS_OUT})
"""Reasons whose answer names a day, ``next_out``."""

_OF_A_COMPOUND = frozenset({PassKind.RESIDENT, PassKind.VEHICLE})
_FROM_OUTSIDE = frozenset({PassKind.VISITOR, PassKind.SUPPLY})


@dataclass(frozen=True, slots=True)
class GateFacts:
    """The entrance. ``compound`` is ``None`` for the gate of a whole village, which serves all its compounds."""

    community: int
    compound: int | None
    status: EntranceStatus


@dataclass(frozen=True, slots=True)
class PassFacts:
    """What a pass says. ``compound`` is where its holder lives, ``None`` if that is not known.

    ``community`` is the area where it is good (claim 3 of the signed pass): the community, or one above it; a visitor's
    pass is good in its own community only. It is valid from ``valid_from`` until (not including) ``valid_until``.
    """

    kind: PassKind
    community: int
    compound: int | None
    valid_from: dt.datetime
    valid_until: dt.datetime
    revoked: bool = False

    def state(self, at: dt.datetime) -> PassState:
        if self.revoked:
            return PassState.REVOKED
        if at < self.valid_from:
            return PassState.EARLY
        return PassState.VALID if at < self.valid_until else PassState.EXPIRED


@dataclass(frozen=True, slots=True)
class Facts:
    """One person at one gate, or the vehicle of a vehicle's pass.

    ``at``: aware, in the local time of the place. ``known``: she is on this community's roster. ``outings``: local days
    of the last cycle on which her household was let out, one entry an outing. ``temperature`` in degrees Celsius;
    ``None`` for it and for ``masked`` means *not looked*, which is never the same as *in order*.
    ``hold_until``: she, or her household, must stay in until (not including) that day. ``unread``: why the pass she
    shows is none (``TokenRefused.code``); it counts where nothing else is ``presented``. ``registered``: her visit was
    written down at the gate.
    """

    at: dt.datetime
    direction: Direction
    gate: GateFacts
    presented: PassFacts | None = None
    known: bool = False
    outings: tuple[dt.date, ...] = ()
    temperature: Decimal | None = None
    masked: bool | None = None
    emergency: bool = False
    hold_until: dt.date | None = None
    unread: str = ""
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """``next_out``: the first day on which she may go out again, for the reasons that are ``DATED``."""

    verdict: Verdict
    reason: Reason
    next_out: dt.date | None = None

    @property
    def lets_pass(self) -> bool:
        return self.verdict is not Verdict.RED


def judge(facts: Facts, profile: DiseaseProfile) -> Judgement:
    """The answer to ``facts``: the first red reason, else the first amber one, else green."""
    fever = profile.is_fever(facts.temperature)
    if facts.emergency or _is_emergency_pass(facts):
        calm = Reason.EMERGENCY if facts.emergency else Reason.EMERGENCY_PASS
        return _answer(Reason.EMERGENCY_FEVER if fever else calm)
    reasons = list(_reasons(facts, profile))
    red = next((reason for reason in reasons if VERDICTS[reason] is Verdict.RED), None)
    if red and red is not Reason.FEVER and Reason.QUARANTINE_HOME in reasons:
        # She cannot come in here, and who must stay in is not sent through the streets: the office fetches her.
        red = Reason.QUARANTINE
    reason = red or next(iter(reasons), Reason.OK)
    if reason is Reason.HOUSEHOLD_WAS_OUT:
        return _answer(reason, next_out(facts.outings, facts.at.date(), profile))
    return _answer(reason, facts.hold_until if reason is Reason.QUARANTINE else None)


def next_out(outings: Iterable[dt.date], today: dt.date, profile: DiseaseProfile) -> dt.date | None:
    """The first day from ``today`` on which the household may send somebody out; ``None`` if nobody may go at all.

    On a day, at most ``outings_per_household`` outings lie within the ``outing_every_days`` days that end with it.
    """
    if profile.outing_every_days <= 0 or profile.outings_per_household <= 0:
        return None
    cycle = dt.timedelta(days=profile.outing_every_days)
    latest = sorted((day for day in outings if day <= today), reverse=True)
    if len(latest) < profile.outings_per_household:
        return today
    return max(today, latest[profile.outings_per_household - 1] + cycle)


def _answer(reason: Reason, next_day: dt.date | None = None) -> Judgement:
    return Judgement(VERDICTS[reason], reason, next_day)


def _is_emergency_pass(facts: Facts) -> bool:
    """A valid one opens every entrance at every hour, as the emergency button does."""
    shown = facts.presented
    return (
        shown is not None
        and shown.kind is PassKind.EMERGENCY
        and _is_good_at(shown, facts.gate)
        and shown.state(facts.at) is PassState.VALID
    )


def _is_good_at(shown: PassFacts, gate: GateFacts) -> bool:
    if shown.kind is PassKind.VISITOR:
        return shown.community == gate.community
    if shown.kind in _OF_A_COMPOUND and shown.compound and gate.compound and shown.compound != gate.compound:
        return False
    try:
        return contains(shown.community, gate.community)
    except Refused:  # signed, but no area at all
        return False


def _reasons(facts: Facts, profile: DiseaseProfile) -> Iterator[Reason]:
    """Everything that stands against simply passing, the weightier first."""
    kind = facts.presented.kind if facts.presented else None
    going_out = facts.direction is Direction.OUT
    if profile.is_fever(facts.temperature):
        yield Reason.FEVER
    if facts.hold_until and facts.at.date() < facts.hold_until:
        yield Reason.QUARANTINE if going_out else Reason.QUARANTINE_HOME
    if facts.gate.status is EntranceStatus.SEALED:
        yield Reason.ENTRANCE_SEALED
    if facts.gate.status is EntranceStatus.EMERGENCY:
        yield Reason.EMERGENCY_EXIT
    if kind is PassKind.VEHICLE:
        # A vehicle has neither temperature nor mask: those are looked at in the checks of who sits in it.
        yield Reason.OCCUPANTS
    else:
        if facts.temperature is None:
            yield Reason.TEMPERATURE_MISSING
        if profile.mask_required and not facts.masked:
            yield Reason.MASK_UNSEEN if facts.masked is None else Reason.MASK_MISSING
    yield from _pass_reasons(facts)
    if going_out and kind is PassKind.RESIDENT:
        yield from _outing_reasons(facts, profile)


def _pass_reasons(facts: Facts) -> Iterator[Reason]:
    """What is wrong with the pass. Who lives here and comes home is let in all the same, and the office is told."""
    presented, home = facts.presented, facts.direction is Direction.IN
    if presented is None:
        if facts.known and home:
            yield Reason.HOME_PASS_UNREAD if facts.unread else Reason.HOME_WITHOUT_PASS
        elif facts.unread:
            yield Reason(facts.unread)
        elif facts.known:
            yield Reason.NO_PASS
        elif facts.registered:
            yield Reason.VISITOR if home else Reason.LEAVING
        else:
            yield Reason.STRANGER
        return
    if not _is_good_at(presented, facts.gate):
        yield Reason.OTHER_PLACE
        return
    home = home and presented.kind is PassKind.RESIDENT
    # Whoever does not belong here is not kept in because the visit took too long.
    leaving = facts.direction is Direction.OUT and presented.kind in _FROM_OUTSIDE
    match presented.state(facts.at):
        case PassState.REVOKED:
            yield Reason.HOME_PASS_REVOKED if home else Reason.PASS_REVOKED
        case PassState.EARLY:
            yield Reason.HOME_WITHOUT_PASS if home else Reason.PASS_EARLY
        case PassState.EXPIRED if leaving:
            yield Reason.LEAVING
        case PassState.EXPIRED:
            yield Reason.HOME_PASS_EXPIRED if home else Reason.PASS_EXPIRED


def _outing_reasons(facts: Facts, profile: DiseaseProfile) -> Iterator[Reason]:
    today = facts.at.date()
    following = next_out(facts.outings, today, profile)
    if following is None:
        yield Reason.OUTINGS_CLOSED
    elif not profile.outing_from_hour <= facts.at.hour < profile.outing_until_hour:
        yield Reason.OUTSIDE_HOURS
    elif following > today:
        yield Reason.HOUSEHOLD_WAS_OUT
