"""Sightings put together into people. Being one person is transitive, and one wrong link would tie two people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shouwang.people.enums import Joining
from shouwang.people.rules.returnees.blocking import candidates
from shouwang.people.rules.returnees.likeness import Likeness, compare
from shouwang.people.rules.returnees.seen import Seen


@dataclass(frozen=True, slots=True)
class Grouped:
    """``people``: the indices of each person's sightings, people with one sighting too. ``ask``: pairs for somebody to
    look at, with how alike they are."""

    people: tuple[tuple[int, ...], ...]
    ask: tuple[tuple[int, int, Likeness], ...]

    def joined(self) -> set[tuple[int, int]]:
        """All pairs that are one person."""
        return {(a, b) for group in self.people for at, a in enumerate(group) for b in group[at + 1 :]}


def group(
    seen: Sequence[Seen],
    pairs: Iterable[tuple[int, int]] | None = None,
    *,
    by: Callable[[Seen, Seen], Likeness] = compare,
) -> Grouped:
    """Join what is surely one person, the surest first; two groups stay two, and are asked about, while any sighting
    of one contradicts any of the other (a-b sure, b-c sure, a-c not)."""
    sure: list[tuple[int, int, Likeness]] = []
    ask: list[tuple[int, int, Likeness]] = []
    for left, right in candidates(seen) if pairs is None else pairs:
        likeness = by(seen[left], seen[right])
        if likeness.joining is Joining.JOIN:
            sure.append((left, right, likeness))
        elif likeness.joining is Joining.ASK:
            ask.append((left, right, likeness))
    people = [[index] for index in range(len(seen))]
    for left, right, likeness in sorted(sure, key=lambda pair: (-pair[2].score, pair[0], pair[1])):
        one, other = people[left], people[right]
        if one is other:
            continue
        if len(one) * len(other) > 1 and _contradict(seen, one, other, by):
            ask.append((left, right, Likeness(likeness.score, Joining.ASK, (*likeness.reasons, "chain"))))
            continue
        one += other
        for index in other:
            people[index] = one
    whole = {id(group): tuple(sorted(group)) for group in people}
    return Grouped(
        tuple(sorted(whole.values())), tuple(one for one in ask if people[one[0]] is not people[one[1]])
    )


def _contradict(
    seen: Sequence[Seen], one: Sequence[int], other: Sequence[int], by: Callable[[Seen, Seen], Likeness]
) -> bool:
    return any(by(seen[a], seen[b]).contradicted for a in one for b in other)
