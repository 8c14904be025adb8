"""Who stands at the gate: no phone, no ID number, and the full name only for who shows a pass or says her name."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from shouwang.access.enums import Permission
from shouwang.gates.enums import PassKind, PassState
from shouwang.gates.models import Pass
from shouwang.gates.queries.facts import (
    claimed_facts,
    outing_days,
    pass_facts,
    passes_by_id,
    presented_passes,
)
from shouwang.gates.queries.gates import Gate
from shouwang.gates.queries.trust import bundle
from shouwang.gates.queries.wide import Wide, wide_passes
from shouwang.gates.rules.codes import read_code
from shouwang.gates.rules.labels import label_of
from shouwang.gates.rules.token import TokenRefused, verify_token
from shouwang.gates.rules.verdict import next_out
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import clean_name, mask_name
from shouwang.people.queries.lodgers import Lodger, find_lodgers, lodgers
from shouwang.places.queries import profile_for


@dataclass(frozen=True, slots=True)
class AtGate:
    """One person as the gate keeper may see her.

    ``name`` is masked unless ``named``. ``next_out``: the household's next turn, if there is any.
    """

    resident_id: int
    household_id: int
    name: str
    named: bool
    address: str
    elsewhere: bool
    pass_state: PassState | None
    pass_code: str
    today: dt.date
    next_out: dt.date | None

    @property
    def has_turn(self) -> bool:
        return self.next_out == self.today


def by_code(scope: Scope, gate: Gate, typed: str, *, at: dt.datetime) -> AtGate | None:
    """The holder of the pass with this code; ``None`` if no pass of this community has it."""
    scope.require(Permission.RECORD_CHECK, gate.community)
    code = read_code(typed)
    if not code:
        return None
    passes, _ = presented_passes(scope, community=gate.community, codes=[code], residents=(), at=at)
    held = passes.get(code)
    if held is None or held.resident_id is None:
        return None
    people = lodgers(scope, ids=[held.resident_id])
    return _at_gate(scope, gate, people, {held.resident_id: held}, at, shown=code)[0]


@dataclass(frozen=True, slots=True)
class PassAtGate:
    """A pass as the gate keeper may see it. ``code`` empty: this community's register does not know it.

    ``unread`` says why what was scanned is no pass (`TokenRefused.code`); there is nothing else to it then.
    """

    code: str = ""
    kind: PassKind | None = None
    label: str = ""
    state: PassState | None = None
    unread: str = ""


def pass_by_code(scope: Scope, gate: Gate, typed: str, *, at: dt.datetime) -> PassAtGate | None:
    """The pass with this code, of this community or of an area above it, also one that no resident holds."""
    scope.require(Permission.RECORD_CHECK, gate.community)
    code = read_code(typed)
    passes, _ = presented_passes(scope, community=gate.community, codes=[code], residents=(), at=at)
    if code in passes:
        return _pass_at_gate(gate, passes[code], at)
    wide = wide_passes(scope, community=gate.community, codes=[code]) if code else []
    return _wide_at_gate(wide[-1], at) if wide else None


def pass_by_token(scope: Scope, gate: Gate, text: str, *, at: dt.datetime) -> PassAtGate:
    """What a scanner has read as a pass."""
    scope.require(Permission.RECORD_CHECK, gate.community)
    try:
        claims = verify_token(text, bundle().by_id())
    except TokenRefused as refused:
        return PassAtGate(unread=refused.code)
    if found := passes_by_id([claims.pass_id]).get(claims.pass_id):
        return _pass_at_gate(gate, found, at)
    for wide in wide_passes(scope, community=gate.community, pass_ids=[claims.pass_id]):
        return _wide_at_gate(wide, at)
    return PassAtGate(kind=PassKind(claims.kind), label=claims.label, state=claimed_facts(claims).state(at))


def _pass_at_gate(gate: Gate, found: Pass, at: dt.datetime) -> PassAtGate:
    return PassAtGate(
        code=found.code if found.community == gate.community else "",
        kind=PassKind(found.kind),
        label=label_of(found.resident.name if found.resident else found.holder, found.plate),
        state=pass_facts(found).state(at),
    )


def _wide_at_gate(wide: Wide, at: dt.datetime) -> PassAtGate:
    facts = wide.shown.facts
    return PassAtGate(kind=facts.kind, label=wide.label, state=facts.state(at))


def by_resident(scope: Scope, gate: Gate, resident_id: int, typed: str, *, at: dt.datetime) -> AtGate:
    """One of the people found for ``typed``. Raises ``NotFound`` for anybody who could not have been found by it."""
    for person in find(scope, gate, typed, at=at):
        if person.resident_id == resident_id:
            return person
    raise NotFound("resident", resident_id)


def find(scope: Scope, gate: Gate, typed: str, *, at: dt.datetime) -> list[AtGate]:
    """People of the gate's community who may be meant by ``typed``; those of this compound first."""
    scope.require(Permission.RECORD_CHECK, gate.community)
    people = find_lodgers(scope, gate.community, typed, near=gate.facts.compound)
    _, passes = presented_passes(
        scope, community=gate.community, codes=(), residents=[person.id for person in people], at=at
    )
    return _at_gate(scope, gate, people, passes, at, said=clean_name(typed))


def _at_gate(
    scope: Scope,
    gate: Gate,
    people: list[Lodger],
    passes: Mapping[int, Pass],
    at: dt.datetime,
    *,
    shown: str = "",
    said: str = "",
) -> list[AtGate]:
    if not people:
        return []
    profile, today = profile_for(scope, gate.community), timezone.localdate(at)
    gone = outing_days(
        scope,
        community=gate.community,
        households={person.household for person in people},
        until=at,
        today=today,
        profile=profile,
    )
    found = []
    for person in people:
        held = passes.get(person.id)
        named = bool(shown) or person.name == said
        found.append(
            AtGate(
                resident_id=person.id,
                household_id=person.household,
                name=person.name if named else mask_name(person.name),
                named=named,
                address=person.door,
                elsewhere=None not in (person.compound, gate.facts.compound)
                and person.compound != gate.facts.compound,
                pass_state=pass_facts(held).state(at) if held else None,
                pass_code=shown,
                today=today,
                next_out=next_out(gone.get(person.household, []), today, profile),
            )
        )
    return found
