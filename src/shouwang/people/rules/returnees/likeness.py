"""Whether two sightings are one person's: sure, to be asked, or apart, and what speaks for and against.

Reasons are added up as weights, and no sum alone joins: something must be the person's own (her number, or her name
together with her phone, her door or her birthday), and nothing may contradict. What a family shares, phone, door,
surname, journey, joins nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.people.enums import Joining
from shouwang.people.rules.returnees.names import compare_names, read_name
from shouwang.people.rules.returnees.numbers import birth_of, compare_ids, compare_phones, sex_of
from shouwang.people.rules.returnees.places import (
    compare_arrivals,
    compare_births,
    compare_doors,
    compare_origins,
)
from shouwang.people.rules.returnees.seen import Seen
from shouwang.people.rules.returnees.weights import ASK_AT, CONTRADICTIONS, JOIN_AT, PRIOR, WEIGHTS

_SAME_NAME = frozenset({"name_same", "name_same_common", "name_sound"})
_LIKE_NAME = _SAME_NAME | {"name_sound_short", "name_near"}
_OWN_NUMBER = frozenset({"id_same", "id_slip", "id_fits"})
_SAME_PHONE = frozenset({"phone_same", "phone_fits"})
_WEAK_NAME = frozenset({"name_one_wrong", "name_title", "name_kin"})
_OWN_HINTS = frozenset({"id_tail", "phone_same", "phone_fits", "phone_slip", "born_same"})
_NUMBER_SAYS = frozenset({"born_differs", "sex_differs"})  # what a whole ID number would have told itself


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` is 0 to 1; ``reasons`` are codes of `weights`, what says most first."""

    score: float
    joining: Joining
    reasons: tuple[str, ...]

    @property
    def contradicted(self) -> bool:
        return not CONTRADICTIONS.isdisjoint(self.reasons)


def compare(one: Seen, other: Seen) -> Likeness:
    """Whether two sightings are one person's. The order of the two does not matter."""
    codes = reasons_of(one, other)
    total = PRIOR + sum(WEIGHTS[code] for code in codes)
    reasons = tuple(sorted(codes, key=lambda code: (-abs(WEIGHTS[code]), code)))
    return Likeness(round(1 / (1 + 2**-total), 4), _decide(codes, total), reasons)


def reasons_of(one: Seen, other: Seen) -> frozenset[str]:
    """What two sightings have in common and what not, as codes; what one of them does not tell has none."""
    name = compare_names(one.name, other.name)
    number = compare_ids(
        one.id_number,
        other.id_number,
        digests=(one.id_digest, other.id_digest),
        tails=(one.id_tail, other.id_tail),
    )
    codes = {
        name,
        number,
        compare_phones(
            one.phone,
            other.phone,
            digests=(one.phone_digest, other.phone_digest),
            tails=(one.phone_tail, other.phone_tail),
        ),
        compare_births(one.born_on or birth_of(one.id_number), other.born_on or birth_of(other.id_number)),
        _compare_sexes(one, other),
        compare_doors(one, other),
        compare_origins(one.origin, other.origin),
        compare_arrivals(one.arrived_on, other.arrived_on),
    }
    if one.resident_id and other.resident_id:
        codes.add("resident_same" if one.resident_id == other.resident_id else "resident_differs")
    if one.community and other.community:
        codes.add("community_same" if one.community == other.community else "community_differs")
    if number in _OWN_NUMBER:
        codes -= _NUMBER_SAYS
    return frozenset(codes - {""})


def _compare_sexes(one: Seen, other: Seen) -> str:
    sexes = [seen.sex or sex_of(seen.id_number) or read_name(seen.name).sex for seen in (one, other)]
    if not all(sexes):
        return ""
    return "sex_same" if sexes[0] == sexes[1] else "sex_differs"


def _decide(codes: frozenset[str], total: float) -> Joining:
    own_number = bool(codes & _OWN_NUMBER)
    against = codes & CONTRADICTIONS
    if against & {"name_parent", "name_differs"}:
        # Another name under her number: a husband's card shown for his wife, or a name written down wrongly.
        return Joining.ASK if own_number else Joining.APART
    if against:
        known = bool(codes & (_SAME_NAME | {"name_sound_short"})) and bool(
            codes & {"phone_same", "door_same", "resident_same"}
        )
        return Joining.ASK if known and len(against - {"born_differs", "sex_differs"}) < 2 else Joining.APART
    if total >= JOIN_AT and _is_own(codes):
        return Joining.JOIN
    if not own_number and codes & _WEAK_NAME and not codes & _OWN_HINTS:
        return Joining.APART  # brothers whose names share a character, everybody's 王女士
    return Joining.ASK if total >= ASK_AT or own_number else Joining.APART


def _is_own(codes: frozenset[str]) -> bool:
    """Whether something that is the person's own, not her family's, is the same."""
    if "resident_same" in codes or "id_same" in codes:
        return "name_kin" not in codes
    if codes & _LIKE_NAME and codes & {"id_slip", "id_fits", "id_tail"}:
        return True
    if codes & {"id_fits", "id_tail"} and codes & _SAME_PHONE:
        return bool(codes & {"name_one_wrong", "name_part", "name_title"})
    if "name_same" in codes and codes >= {"place_same", "origin_same", "arrived_same"}:
        return True  # not so for a name that many bear
    if "name_sound_short" in codes:
        return "born_same" in codes and bool(codes & _SAME_PHONE)
    return bool(codes & _SAME_NAME) and bool(codes & {*_SAME_PHONE, "door_same", "born_same"})


def compare_all(one: Seen, members: Sequence[Seen]) -> Likeness:
    """One sighting against all sightings of a person: the best likeness, and never a sure one while any of them
    contradicts it. ``members`` must not be empty."""
    found = [compare(one, member) for member in members]
    best = max(found, key=lambda likeness: (likeness.joining is Joining.JOIN, likeness.score))
    if best.joining is Joining.JOIN and any(likeness.contradicted for likeness in found):
        against = {code for likeness in found for code in likeness.reasons if code in CONTRADICTIONS}
        return Likeness(best.score, Joining.ASK, (*best.reasons, *sorted(against - set(best.reasons))))
    return best
