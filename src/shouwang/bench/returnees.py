"""Matching of returnees: how often a sure match is right, and how few are missed, on invented and hand-made sightings.

``--fit`` prints the weights as the training part of the invented ones gives them; the seeds measured here are others.
"""

import math
import time
from collections import Counter
from dataclasses import dataclass

from shouwang.bench._returnee_pairs import hand_made
from shouwang.bench._returnee_telling import Told, tell
from shouwang.bench._timing import table
from shouwang.people.enums import Joining
from shouwang.people.rules.returnees import WEIGHTS, candidates, compare, group, reasons_of

TRAINING = (1, 2, 3)
HELD_OUT = (101, 102, 103, 104, 105)
PEOPLE = 3_000
PRECISION, RECALL = 0.995, 0.97
SECONDS = 10.0
"""For 20,000 sightings put together in memory."""


@dataclass(frozen=True, slots=True)
class Measured:
    """``right`` of ``joined`` pairs are one person; ``found`` of ``true`` pairs are joined, or would be once every
    question is answered; ``asked`` pairs are shown to somebody, of which ``asked_true`` are one person."""

    seed: int
    sightings: int
    true: int
    joined: int
    right: int
    found: int
    asked: int
    asked_true: int
    seconds: float

    @property
    def precision(self) -> float:
        return self.right / self.joined if self.joined else 1.0

    @property
    def alone(self) -> float:
        """Recall of the automatic joins alone."""
        return self.right / self.true if self.true else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.true if self.true else 1.0


def measure(seed: int, *, people: int = PEOPLE) -> Measured:
    """Everybody of one seed, from sightings to people."""
    told = tell(seed, people=people, communities=max(1, people // 100))
    started = time.perf_counter()
    grouped = group(told.seen)
    seconds = time.perf_counter() - started
    truth = told.truth()
    joined = grouped.joined()
    return Measured(
        seed,
        len(told.seen),
        len(truth),
        len(joined),
        len(joined & truth),
        len(truth & _after_review(told, grouped.people, [(a, b) for a, b, _ in grouped.ask])),
        len(grouped.ask),
        sum((min(a, b), max(a, b)) in truth for a, b, _ in grouped.ask),
        seconds,
    )


def _after_review(
    told: Told, people: tuple[tuple[int, ...], ...], ask: list[tuple[int, int]]
) -> set[tuple[int, int]]:
    """All pairs that are joined once somebody has answered every question truly."""
    at = {index: number for number, members in enumerate(people) for index in members}
    merged = {number: set(members) for number, members in enumerate(people)}
    for one, other in ask:
        if told.person[one] == told.person[other] and merged[at[one]] is not merged[at[other]]:
            into, gone = merged[at[one]], merged[at[other]]
            into |= gone
            for index in gone:
                merged[at[index]] = into
    whole = {id(members): sorted(members) for members in merged.values()}
    return {(a, b) for group in whole.values() for i, a in enumerate(group) for b in group[i + 1 :]}


def run(arguments: list[str]) -> int:
    if "--fit" in arguments:
        return _fit()
    failed = 0
    print(f"Invented: {PEOPLE:,} people each, seeds held out of the fitting\n")
    rows = [measure(seed) for seed in HELD_OUT]
    table(
        [
            "seed",
            "sightings",
            "true pairs",
            "joined",
            "precision",
            "recall alone",
            "with asked",
            "asked",
            "of these one",
        ],
        [_cells(row) for row in rows],
    )
    failed += any(row.precision < PRECISION or row.recall < RECALL for row in rows)
    large = measure(900, people=8_000)
    print(f"\n{large.sightings:,} sightings in {large.seconds:.1f} s; the bar is {SECONDS:.0f} s for 20,000")
    failed += large.seconds / large.sightings * 20_000 > SECONDS
    failed += _hand_made()
    print(f"bars: precision {PRECISION}, recall with asked {RECALL}")
    return int(bool(failed))


def _cells(row: Measured) -> list[str]:
    share = row.asked / row.sightings
    return [
        str(row.seed), f"{row.sightings:,}", f"{row.true:,}", f"{row.joined:,}", f"{row.precision:.4f}",
        f"{row.alone:.3f}", f"{row.recall:.3f}", f"{row.asked:,} ({share:.1%} of sightings)",
        f"{row.asked_true / row.asked:.0%}" if row.asked else "",
    ]  # fmt: skip


def _hand_made() -> bool:
    pairs = hand_made()
    counts = Counter((pair.same, compare(pair.one, pair.other).joining) for pair in pairs)
    joined = counts[True, Joining.JOIN] + counts[False, Joining.JOIN]
    precision = counts[True, Joining.JOIN] / joined
    same = sum(pair.same for pair in pairs)
    recall = (counts[True, Joining.JOIN] + counts[True, Joining.ASK]) / same
    print(f"\nHand-made: {len(pairs)} pairs, {same} of them one person")
    table(
        ["truth", "joined", "asked", "apart"],
        [
            [name, *(str(counts[truth, joining]) for joining in (Joining.JOIN, Joining.ASK, Joining.APART))]
            for name, truth in (("one person", True), ("two people", False))
        ],
    )
    print(f"precision {precision:.4f}, recall with asked {recall:.4f}\n")
    return precision < PRECISION or recall < RECALL


def _fit() -> int:
    """m and u of every code among the pairs that blocking yields, half a pair added to each; log2 of their ratio."""
    same: Counter[str] = Counter()
    other: Counter[str] = Counter()
    pairs: Counter[bool] = Counter()
    for seed in TRAINING:
        told = tell(seed, people=PEOPLE, communities=PEOPLE // 100)
        for a, b in candidates(told.seen):
            one = told.person[a] == told.person[b]
            pairs[one] += 1
            (same if one else other).update(reasons_of(told.seen[a], told.seen[b]))
    prior = math.log2(pairs[True] / pairs[False])
    print(f"{pairs[True]:,} pairs of one person, {pairs[False]:,} of two; prior {prior:.1f}\n")
    rows = []
    for code, weight in WEIGHTS.items():
        # Among those of whom both tell it: what is missing says nothing.
        kind = code.split("_")[0]
        told_same, told_other = (
            sum(n for c, n in counts.items() if c.split("_")[0] == kind) for counts in (same, other)
        )
        m, u = (
            (counts[code] + 0.5) / (told + 1) for counts, told in ((same, told_same), (other, told_other))
        )
        rows.append(
            [
                code,
                f"{m:.4f}",
                f"{u:.5f}",
                f"{math.log2(m / u):+.1f}",
                f"{weight:+.1f}",
                str(same[code] + other[code]),
            ]
        )
    table(["code", "m", "u", "fitted", "kept", "seen"], rows)
    return 0
