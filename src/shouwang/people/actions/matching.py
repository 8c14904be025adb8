"""A sighting held against all of its community: joined where the rules are sure, asked about where they doubt."""

from collections.abc import Sequence

from django.db import transaction

from shouwang.kernel.scope import Scope
from shouwang.people.actions.joining import keep_pair, kept_apart, regroup
from shouwang.people.actions.knowing import lock_register
from shouwang.people.enums import Joining
from shouwang.people.models import Sighting
from shouwang.people.queries.joining import seen_of
from shouwang.people.rules.returnees import Likeness, Seen, candidates, compare, compare_all


def match_sighting(scope: Scope, sighting: Sighting) -> None:
    """Hold a sighting against all of its community: join what is surely one person, ask about what may be.

    Nobody is joined with a person of whom any sighting speaks against it. The caller holds the register.
    """
    others = list(
        Sighting.objects.filter(community=sighting.community).exclude(pk=sighting.pk).order_by("id")
    )
    seen = [seen_of(sighting), *map(seen_of, others)]
    near = sorted({right for left, right in candidates(seen) if left == 0})
    people: dict[int, list[int]] = {}
    for index, other in enumerate(others, start=1):
        if other.returnee_id is not None:
            people.setdefault(other.returnee_id, []).append(index)
    alike: list[tuple[Likeness, Seen, list[Seen]]] = []
    for person in {others[index - 1].returnee_id for index in near} - {None}:
        members = [seen[index] for index in people[person]]  # type: ignore[index]
        found = compare_all(seen[0], members)
        if found.joining is not Joining.APART:
            best = max(members, key=lambda member: compare(seen[0], member).score)
            alike.append((found, best, members))
    joined: list[Seen] = [seen[0]]
    for found, best, members in sorted(alike, key=lambda one: (-one[0].score, one[1].key)):
        joining = found.joining
        if joining is Joining.JOIN and _speaks_against(joined, members):
            joining = Joining.ASK
        if joining is Joining.JOIN:
            joined += members
        keep_pair(sighting.community, sighting.pk, best.key, found, joining)
    regroup(scope, sighting.community, [sighting.pk])


def _speaks_against(some: Sequence[Seen], others: Sequence[Seen]) -> bool:
    """Whether a number or a name of the one contradicts the other, or somebody has decided that they are two."""
    if any(compare(one, other).contradicted for one in some for other in others):
        return True
    here, there = [one.key for one in some], [other.key for other in others]
    return kept_apart(here, there).exists()


def match_waiting(scope: Scope) -> int:
    """Match the sightings that were kept without it, such as those of before there was a register of people."""
    waiting = Sighting.objects.filter(returnee=None).order_by("community", "id")
    matched = 0
    for pk, community in list(waiting.values_list("id", "community")):
        with transaction.atomic():
            lock_register(community)
            sighting = waiting.filter(pk=pk).first()
            if sighting is not None:
                match_sighting(scope, sighting)
                matched += 1
    return matched
