"""Sightings put together into people. Being one person is transitive, and one wrong link would tie two people."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shouwang.people.enums import Joining
from shouwang.people.rules.returnees.blocking import candidates
from shouwang.people.rules.returnees.likeness import Likeness, compare
from shouwang.people.rules.returnees.seen import Seen

_By = Callable[[Seen, Seen], Likeness]
CHAIN = "chain"
"""The reason of a question between two whose sightings would be tied together by one link."""


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
    by: _By = compare,
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
    chains: list[tuple[int, int, Likeness]] = []
    for left, right, likeness in sorted(sure, key=_surest):
        one, other = people[left], people[right]
        if one is other:
            continue
        if len(one) * len(other) > 1 and any(cross.contradicted for cross in _across(seen, one, other, by)):
            chains.append((left, right, Likeness(likeness.score, Joining.ASK, (*likeness.reasons, CHAIN))))
            continue
        one += other
        for index in other:
            people[index] = one
    whole = {id(members): tuple(sorted(members)) for members in people}
    return Grouped(tuple(sorted(whole.values())), tuple(_questions(seen, people, chains, ask, by)))


def _questions(
    seen: Sequence[Seen],
    people: Sequence[list[int]],
    chains: list[tuple[int, int, Likeness]],
    ask: list[tuple[int, int, Likeness]],
    by: _By,
) -> Iterator[tuple[int, int, Likeness]]:
    """One question for two people, the likeliest; none where other sightings of the two answer it already."""
    asked: set[frozenset[int]] = set()
    for left, right, likeness in (*sorted(chains, key=_surest), *sorted(ask, key=_surest)):
        one, other = people[left], people[right]
        both = frozenset((id(one), id(other)))
        if len(both) == 1 or both in asked:
            continue
        asked.add(both)
        answered = CHAIN not in likeness.reasons and any(
            cross.joining is Joining.APART and cross.contradicted for cross in _across(seen, one, other, by)
        )
        if not answered:
            yield left, right, likeness


def _surest(pair: tuple[int, int, Likeness]) -> tuple[float, int, int]:
    return -pair[2].score, pair[0], pair[1]


def _across(seen: Sequence[Seen], one: Sequence[int], other: Sequence[int], by: _By) -> Iterator[Likeness]:
    return (by(seen[a], seen[b]) for a in one for b in other)
