"""A sighting held against all of its community: joined where the rules are sure, asked about where they doubt."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from shouwang.kernel.scope import Scope
from shouwang.people.actions.joining import add_sighting, kept_apart, new_pair, regroup
from shouwang.people.actions.locks import lock_register
from shouwang.people.enums import Joining
from shouwang.people.models import Pair, Sighting, SightingKey
from shouwang.people.queries.blocking import marks_of, near_sightings
from shouwang.people.queries.joining import seen_of
from shouwang.people.rules.returnees import Likeness, Seen, compare, compare_all


def match_sighting(scope: Scope, sighting: Sighting) -> None:
    """Hold a new sighting against those of its community that share a key: join what is surely one person, ask about
    what may be.

    Nobody is joined with a person of whom any sighting speaks against it. The caller holds the register.
    """
    told = seen_of(sighting)
    people: defaultdict[int, list[Sighting]] = defaultdict(list)
    if near := near_sightings(told):
        persons = Sighting.objects.filter(pk__in=near, returnee__isnull=False).values("returnee")
        members = Sighting.objects.filter(returnee__in=persons).exclude(pk=sighting.pk)
        for other in members.select_related("returnee").order_by("id"):
            if other.returnee_id is not None:
                people[other.returnee_id].append(other)
    alike: list[tuple[Likeness, Seen, list[Seen], int]] = []
    for person, rows in people.items():
        hers = [seen_of(row) for row in rows]
        found = compare_all(told, hers)
        if found.joining is not Joining.APART:
            best = max(hers, key=lambda member: compare(told, member).score)
            alike.append((found, best, hers, person))
    one: list[Seen] = [told]
    joined: list[int] = []
    pairs: list[Pair] = []
    for found, best, hers, person in sorted(alike, key=lambda found: (-found[0].score, found[1].key)):
        joining = found.joining
        if joining is Joining.JOIN and _speaks_against(one, hers):
            joining = Joining.ASK
        if joining is Joining.JOIN:
            one += hers
            joined.append(person)
        pairs.append(new_pair(sighting.community, told.key, best.key, found, joining))
    Pair.objects.bulk_create(pairs, ignore_conflicts=True)
    keep_keys([told])
    if len(joined) > 1 or sighting.returnee_id is not None:
        regroup(scope, sighting.community, [sighting.pk])
        sighting.refresh_from_db(fields=["returnee"])
    else:
        rows = people[joined[0]] if joined else []
        add_sighting(scope, sighting, rows)


def _speaks_against(some: Sequence[Seen], others: Sequence[Seen]) -> bool:
    """Whether a number or a name of the one contradicts the other, or somebody has decided that they are two."""
    if any(compare(one, other).contradicted for one in some for other in others):
        return True
    here, there = [one.key for one in some], [other.key for other in others]
    return kept_apart(here, there).exists()


def keep_keys(seen: Iterable[Seen]) -> None:
    """From now on these sightings are found by what they told."""
    SightingKey.objects.bulk_create(
        (
            SightingKey(community=one.community, key=mark, sighting_id=one.key)
            for one in seen
            for mark in marks_of(one)
        ),
        ignore_conflicts=True,
        batch_size=5_000,
    )


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
