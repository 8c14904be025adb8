"""The register of returnees: one entry a person, what is still open about her, and how many were missed: none."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound
from shouwang.kernel.scope import Scope
from shouwang.people.enums import Joining, ReturneeState, Risk
from shouwang.people.models import Pair, Resident, Returnee, Sighting
from shouwang.people.queries.joining import seen_of, seen_on_roster
from shouwang.people.queries.lodgers import GONE
from shouwang.people.queries.watches import WatchHere, watched_of
from shouwang.people.rules.returnees import Likeness, compare
from shouwang.people.rules.watches import Period, returnee_period
from shouwang.places.queries import profile_for

_MOST_ALIKE = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the register. ``period`` is her watch as her facts make it, None while no day is known."""

    returnee: Returnee
    sources: tuple[str, ...]
    sightings: int
    first_seen: dt.date
    questions: int
    watch: WatchHere | None
    period: Period | None

    @property
    def here(self) -> bool:
        return self.returnee.state == ReturneeState.HERE

    @property
    def unlisted(self) -> bool:
        """Here, and not on the roster: no round would reach her."""
        return self.here and self.returnee.resident_id is None

    def unwatched(self, day: dt.date) -> bool:
        """Here, her days not over, and nobody watches her. Of who is on the roster a watch that begins later is set."""
        if not self.here or self.watch is not None or self.period is None or self.period.over(day):
            return False
        return self.unlisted or self.period.from_day <= day

    def open(self, day: dt.date) -> bool:
        return bool(self.questions) or self.unlisted or self.unwatched(day)


@dataclass(frozen=True, slots=True)
class Figures:
    """``people`` who are here; ``by_source`` how many of all people each source has seen; ``joined`` the sightings that
    were found to be of somebody seen before."""

    people: int
    watched: int
    twice: int
    by_source: dict[str, int]
    joined: int


def entries(scope: Scope, community: int, pairs: Sequence[Pair] | None = None) -> list[Entry]:
    """Everybody on the register of a community: open questions first, then who is watched longest, then the others.
    ``pairs`` are those to decide, if they are known already."""
    scope.require(Permission.READ_PEOPLE, community)
    rows = Returnee.objects.filter(community=community).select_related("household", "household__compound")
    seen: dict[int | None, list[tuple[str, dt.datetime]]] = {}
    told = Sighting.objects.filter(community=community).order_by("seen_at")
    for person, source, at in told.values_list("returnee", "source", "seen_at"):
        seen.setdefault(person, []).append((source, at))
    questions: Counter[int | None] = Counter()
    for pair in open_pairs(scope, community) if pairs is None else pairs:
        questions.update((pair.one.returnee_id, pair.other.returnee_id))
    found = _entries(scope, community, rows, seen, questions)
    today = clock.today()
    return sorted(
        found,
        key=lambda one: (
            not one.open(today),
            not one.here,
            -(one.watch.until_day.toordinal() if one.watch else 0),
            -one.first_seen.toordinal(),
            one.returnee.pk,
        ),
    )


def entry(scope: Scope, returnee_id: int) -> Entry:
    """One person of the register. Raises ``NotFound``, ``Forbidden``."""
    rows = Returnee.objects.filter(pk=returnee_id).select_related(
        "household", "household__compound", "resident"
    )
    found = rows.first()
    if found is None:
        raise NotFound("returnee", returnee_id)
    scope.require(Permission.READ_PEOPLE, found.community)
    seen = [(one.source, one.seen_at) for one in sightings_of(returnee_id)]
    pairs = open_pairs(scope, found.community)
    asked = sum(returnee_id in (pair.one.returnee_id, pair.other.returnee_id) for pair in pairs)
    return _entries(scope, found.community, [found], {returnee_id: seen}, Counter({returnee_id: asked}))[0]


def figures(listed: Sequence[Entry]) -> Figures:
    """What the page says on top, of all entries of a community."""
    here = [one for one in listed if one.here]
    return Figures(
        people=len(here),
        watched=sum(one.watch is not None for one in here),
        twice=sum(one.watch is not None and one.watch.twice_daily for one in here),
        by_source=dict(Counter(source for one in listed for source in one.sources)),
        joined=sum(one.sightings - 1 for one in listed),
    )


def sightings_of(returnee_id: int) -> list[Sighting]:
    """Her sightings, the first first."""
    rows = Sighting.objects.filter(returnee=returnee_id).select_related("added_by", "household")
    return list(rows.order_by("seen_at", "id"))


def open_pairs(scope: Scope, community: int) -> list[Pair]:
    """The pairs to decide, the likeliest first: one for each two people, however often their sightings are alike, and
    none of two who are one by now or were kept apart."""
    scope.require(Permission.READ_PEOPLE, community)
    rows = Pair.objects.filter(community=community).select_related("one", "other")
    settled = {
        frozenset((one, other))
        for one, other in rows.filter(joining=Joining.APART).values_list("one__returnee", "other__returnee")
    }
    asked: dict[frozenset[int | None], Pair] = {}
    for pair in rows.filter(joining=Joining.ASK).order_by("-score", "id"):
        both = frozenset((pair.one.returnee_id, pair.other.returnee_id))
        if len(both) == 2 and both not in settled:
            asked.setdefault(both, pair)
    return list(asked.values())


def decisions_of(returnee_id: int) -> list[Pair]:
    """What was decided about her sightings, by the rules or by hand: the latest first. Asked ones are no decisions."""
    seen = Sighting.objects.filter(returnee=returnee_id).values("id")
    rows = Pair.objects.exclude(joining=Joining.ASK).select_related("one", "other", "decided_by")
    both = rows.filter(one__in=seen) | rows.filter(other__in=seen)
    return list(both.order_by("-decided_at", "-id"))


def seen_elsewhere(scope: Scope, sightings: Collection[Sighting]) -> list[Sighting]:
    """Sightings with one of her ID numbers on the registers of other communities, as far as the actor sees them."""
    digests = [one.id_digest for one in sightings if one.id_digest]
    if not digests:
        return []
    rows = Sighting.objects.filter(id_digest__in=digests)
    return list(rows.exclude(community__in={one.community for one in sightings}).order_by("-seen_at")[:20])


def likely_residents(
    scope: Scope, returnee: Returnee, sightings: Collection[Sighting]
) -> list[tuple[Resident, Likeness]]:
    """Who of the roster she may be, the likeliest first: of her name, her phone or her ID number."""
    alike = Q(name__in={returnee.name, *(one.name for one in sightings)})
    for one in sightings:
        if one.phone_digest:
            alike |= Q(phone_digest=one.phone_digest)
        if one.id_digest:
            alike |= Q(id_digest=one.id_digest)
    here = Resident.objects.filter(alike, community=returnee.community).exclude(presence__in=GONE)
    found = []
    told = [seen_of(one) for one in sightings]
    for resident in here.select_related("household", "household__compound").order_by("id")[:_MOST_ALIKE]:
        best = max(
            (compare(one, seen_on_roster(resident)) for one in told), key=lambda likeness: likeness.score
        )
        if best.joining is not Joining.APART:
            found.append((resident, best))
    return sorted(found, key=lambda one: -one[1].score)[:5]


def _entries(
    scope: Scope,
    community: int,
    rows: Collection[Returnee],
    seen: dict[int | None, list[tuple[str, dt.datetime]]],
    questions: Counter[int | None],
) -> list[Entry]:
    profile = profile_for(scope, community)
    people = {row.resident_id for row in rows if row.resident_id}
    watches = watched_of(scope, people, clock.today())
    found = []
    for row in rows:
        told = seen.get(row.pk, [])
        first = timezone.localdate(told[0][1] if told else row.created_at)
        period = returnee_period(
            profile,
            Risk(row.risk),
            last_there_on=row.last_there_on,
            arrived_on=row.arrived_on or first,
        )
        watch = watches.get(row.resident_id) if row.resident_id else None
        sources = tuple(dict.fromkeys(source for source, _ in told))
        found.append(Entry(row, sources, len(told), first, questions[row.pk], watch, period))
    return found
