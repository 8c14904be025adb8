"""Which sightings are worth comparing: those that share something a person keeps.

Every sighting is put under its keys; only pairs under one key are compared. A key that too many share says nothing
and is passed over, so the work grows with the number of sightings, not with its square.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from shouwang.kernel.addresses import compound_key
from shouwang.people.rules.returnees.names import Kind, read_name
from shouwang.people.rules.returnees.numbers import birth_of, read_number
from shouwang.people.rules.returnees.places import door_key, origin_key
from shouwang.people.rules.returnees.seen import Seen
from shouwang.people.rules.returnees.spelling import is_latin, near_sound

MOST_UNDER_ONE_KEY = 80


def candidates(seen: Sequence[Seen]) -> Iterator[tuple[int, int]]:
    """Pairs of indices into ``seen``, the smaller first, each once."""
    under: defaultdict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(seen):
        for key in keys(one):
            under[key].append(index)
    done: set[int] = set()
    count = len(seen)
    for group in under.values():
        if not 1 < len(group) <= MOST_UNDER_ONE_KEY:
            continue
        for at, left in enumerate(group):
            for right in group[at + 1 :]:
                pair = left * count + right
                if pair not in done:
                    done.add(pair)
                    yield left, right


def keys(seen: Seen) -> set[str]:
    """The keys of one sighting."""
    found = told_keys(seen)
    if seen.resident_id:
        found.add(f"resident {seen.resident_id}")
    if seen.household_id:
        found.add(f"household {seen.household_id}")
    return found


def told_keys(seen: Seen) -> set[str]:
    """The keys by what was told alone. They stay what they are, while on the roster people move and are told apart."""
    found = {
        f"id {seen.id_digest.hex()}" if seen.id_digest else "",
        f"phone {seen.phone_digest.hex()}" if seen.phone_digest else "",
    }
    number = read_number(seen.id_number) if seen.id_number else None
    tail = (number.head if number and number.whole else number.tail if number else seen.id_tail)[-4:]
    if number and number.whole:
        found.add(f"id {number.head}")
        found.add(f"birth {number.head[:14]}")  # a slip behind it; one before it leaves the tail whole
    if len(tail) == 4:
        found.add(f"tail {tail}")
    if seen.phone:
        digits = "".join(filter(str.isdigit, seen.phone))[-11:]
        found |= {f"phone {digits}", f"phone tail {digits[-4:]}", f"phone half {digits[:7]}"}
    elif len(seen.phone_tail) == 4:
        found.add(f"phone tail {seen.phone_tail}")
    found |= _name_keys(seen)
    if door := door_key(seen):
        found.add(f"door {seen.community} {door}")
    found.discard("")
    return found


def _name_keys(seen: Seen) -> set[str]:
    name = read_name(seen.name)
    if name.kind not in (Kind.FULL, Kind.MASKED):
        return set()
    sounds = near_sound(name.text).split()
    spelt = "".join(sorted(sounds)) if len(sounds) > 1 else near_sound(name.text)
    if is_latin(name.text):
        spelt = "".join(sorted(spelt))
    found = {f"name {spelt}"}
    born_on = seen.born_on or birth_of(seen.id_number)
    short = {spelt}
    if not is_latin(name.text) and 2 <= len(name.text) <= 4:
        # One character wrong or missing: what is left of the name without each.
        short |= {f"{at and 1}{''.join(sorted(sounds[:at] + sounds[at + 1 :]))}" for at in range(len(sounds))}
    if born_on:
        found |= {f"born {part} {born_on.year}" for part in short}
        found.add(f"born {born_on:%Y%m%d} {sounds[0] if sounds else ''}")
    if seen.community:
        found.add(f"at {spelt} {seen.community}")
    if seen.compound:
        place = f"{seen.community} {compound_key(seen.compound)}"
        found |= {f"at {part} {place}" for part in short}
    if seen.arrived_on and seen.origin:
        found.add(f"came {spelt} {origin_key(seen.origin)} {seen.arrived_on}")
    return found
