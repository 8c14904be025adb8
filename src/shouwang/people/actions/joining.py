"""Which sightings are one person: joined where the rules are sure, asked where they doubt, decided and undone by hand.

The joinings that stand make the people: a returnee is what hangs together by them, and nothing else. Whoever changes
them holds the community's register.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.db import transaction
from django.db.models import Q, QuerySet

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel.errors import NotFound, Refused, gettext_noop
from shouwang.kernel.scope import Scope
from shouwang.people.actions.knowing import TEXTS, settle
from shouwang.people.actions.locks import lock_register
from shouwang.people.enums import Joining
from shouwang.people.models import Pair, Returnee, Sighting, Watch
from shouwang.people.queries.joining import seen_of
from shouwang.people.rules.joining import components
from shouwang.people.rules.returnees import Likeness, compare


def join_sightings(scope: Scope, *, one: int, other: int) -> Pair:
    """Somebody has looked at both: they are one person. What is so already stays.

    Raises ``NotFound``, ``Forbidden``, ``Refused`` where it was decided that they, or two joined with them, are not.
    """
    with transaction.atomic():
        first, second = _held(scope, one, other)
        pair = _pair(first, second)
        if pair.joining == Joining.JOIN:
            return pair
        here, there = _cluster(first), _cluster(second)
        if kept_apart(here, there).exclude(pk=pair.pk).exists():
            raise Refused(
                "joining_apart",
                gettext_noop(
                    "Somebody decided that sightings of these two are not the same person. Undo that first."
                ),
            )
        return _decide(scope, pair, Joining.JOIN, "join_sightings")


def keep_apart(scope: Scope, *, one: int, other: int) -> Pair:
    """Somebody has looked at both: they are two people. What is so already stays.

    A sighting that is joined with a person by several others is taken out of her as a whole: see `part_sighting`.
    """
    with transaction.atomic():
        first, second = _held(scope, one, other)
        pair = _pair(first, second)
        if pair.joining == Joining.APART:
            return pair
        if first.returnee_id == second.returnee_id and first.returnee_id is not None:
            part_sighting(scope, sighting_id=second.pk)
            pair.refresh_from_db()
            if pair.joining == Joining.APART:
                return pair
        return _decide(scope, pair, Joining.APART, "keep_apart")


def part_sighting(scope: Scope, *, sighting_id: int) -> None:
    """A sighting is not of the person it was joined with: it stands alone again, the others stay one."""
    with transaction.atomic():
        sighting = Sighting.objects.filter(pk=sighting_id).first()
        if sighting is None:
            raise NotFound("sighting", sighting_id)
        scope.require(Permission.EDIT_PEOPLE, sighting.community)
        lock_register(sighting.community)
        links = list(
            Pair.objects.select_for_update(no_key=True)
            .filter(Q(one=sighting) | Q(other=sighting), joining=Joining.JOIN)
            .order_by("id")
        )
        neighbours = [link.other_id if link.one_id == sighting.pk else link.one_id for link in links]
        for link in links:
            _set(scope, link, Joining.APART)
            _told(scope, "keep_apart", link)
        # Those who hung together by it alone were said to be one: they are joined directly.
        for left, right in pairwise(neighbours):
            pair = _pair_of(sighting.community, left, right)
            if pair.joining != Joining.APART:
                _set(scope, pair, Joining.JOIN)
                _told(scope, "join_sightings", pair)
        regroup(scope, sighting.community, [sighting.pk, *neighbours])


def undo_joining(scope: Scope, *, pair_id: int) -> Pair:
    """Take a decision back, also one of the rules: the two are asked about again, and nothing joins them by itself."""
    with transaction.atomic():
        community = Pair.objects.filter(pk=pair_id).values_list("community", flat=True).first()
        if community is None:
            raise NotFound("pair", pair_id)
        scope.require(Permission.EDIT_PEOPLE, community)
        lock_register(community)
        pair = Pair.objects.select_for_update(no_key=True).get(pk=pair_id)
        if pair.joining == Joining.ASK:
            return pair
        before = pair.joining
        pair.joining, pair.by_rule = Joining.ASK, False
        pair.decided_at = pair.decided_by = None
        pair.undone_at, pair.undone_by_id = clock.now(), scope.actor_id
        pair.save()
        if before == Joining.JOIN:
            regroup(scope, community, [pair.one_id, pair.other_id])
        _told(scope, "undo_joining", pair, before=before)
    return pair


def regroup(scope: Scope, community: int, sightings: Iterable[int]) -> None:
    """Work out again who the people are that these sightings belong to, from the joinings that stand.

    Who keeps her place in the register: of each person the oldest entry. The caller holds the register.
    """
    touched = set(sightings)
    links = Pair.objects.filter(community=community, joining=Joining.JOIN)
    beside = links.filter(Q(one__in=touched) | Q(other__in=touched)).values_list("one", "other")
    touched |= {sighting for link in beside for sighting in link}
    people = set(Sighting.objects.filter(pk__in=touched).values_list("returnee", flat=True)) - {None}
    rows = Sighting.objects.filter(Q(pk__in=touched) | Q(returnee__in=people), community=community)
    by_id = {row.pk: row for row in rows.select_related("returnee")}
    joins = links.filter(one__in=by_id, other__in=by_id).values_list("one", "other")
    taken: set[int] = set()
    grouped: list[tuple[list[Sighting], Returnee]] = []
    for group in components(by_id, joins):
        members = [by_id[pk] for pk in group]
        known = sorted({row.returnee for row in members if row.returnee}, key=lambda person: person.pk)
        free = [person for person in known if person.pk not in taken]
        person = free[0] if free else _new(members[0])
        taken.add(person.pk)
        for gone in free[1:]:
            _inherit(person, gone)
            Watch.objects.filter(community=community, returnee=gone.pk).update(returnee=person.pk)
        grouped.append((members, person))
    for members, person in grouped:
        Sighting.objects.filter(pk__in=[row.pk for row in members]).exclude(returnee=person).update(
            returnee=person
        )
    for members, person in grouped:
        settle(scope, person, members)
    Returnee.objects.filter(pk__in=people - taken).delete()


def add_sighting(scope: Scope, sighting: Sighting, others: Sequence[Sighting]) -> None:
    """A new sighting is that of one person whose ``others`` are given, all of them, or of somebody new if none are:
    as `regroup` would have it, with less to ask. The caller holds the register."""
    person = others[0].returnee if others else None
    if person is None:
        person = _new(sighting)
    sighting.returnee = person
    sighting.save(update_fields=["returnee"])
    settle(scope, person, [*others, sighting])


def _new(first: Sighting) -> Returnee:
    now = clock.now()
    return Returnee.objects.create(community=first.community, name=first.name, created_at=now, updated_at=now)


def _inherit(person: Returnee, gone: Returnee) -> None:
    """What the office has set of an entry that is now part of another's."""
    for name in gone.by_hand:
        if name not in person.by_hand:
            setattr(person, name, getattr(gone, name))
            person.by_hand = [*person.by_hand, name]
    for name in ("route", "companions", "remarks"):
        both = dict.fromkeys(filter(None, (getattr(person, name), getattr(gone, name))))
        setattr(person, name, "；".join(both)[: TEXTS[name]])


def _held(scope: Scope, one: int, other: int) -> tuple[Sighting, Sighting]:
    """Both sightings, the smaller id first, with the register of their community held."""
    rows = Sighting.objects.filter(pk__in={one, other}).order_by("id")
    found = list(rows)
    if len(found) != 2:
        raise NotFound("sighting", other)
    communities = {row.community for row in found}
    for community in communities:
        scope.require(Permission.EDIT_PEOPLE, community)
    if len(communities) > 1:
        raise Refused(
            "joining_elsewhere",
            gettext_noop("They are on the registers of two communities. Each keeps its own."),
        )
    lock_register(found[0].community)
    first, second = rows.all()
    return first, second


def kept_apart(here: Sequence[int], there: Sequence[int]) -> QuerySet[Pair]:
    """The decisions that one of these and one of those are two people."""
    between = Q(one__in=here, other__in=there) | Q(one__in=there, other__in=here)
    return Pair.objects.filter(between, joining=Joining.APART)


def _cluster(sighting: Sighting) -> list[int]:
    if sighting.returnee_id is None:
        return [sighting.pk]
    return list(Sighting.objects.filter(returnee=sighting.returnee_id).values_list("id", flat=True))


def _pair(first: Sighting, second: Sighting) -> Pair:
    return _pair_of(first.community, first.pk, second.pk)


def _pair_of(community: int, left: int, right: int) -> Pair:
    """The row of two sightings, made as a question if nobody has asked yet."""
    one, other = sorted((left, right))
    pair = Pair.objects.select_for_update(no_key=True).filter(one=one, other=other).first()
    if pair is None:
        rows = {row.pk: seen_of(row) for row in Sighting.objects.filter(pk__in=(one, other))}
        found = compare(rows[one], rows[other])
        pair = new_pair(community, one, other, found, Joining.ASK)
        pair.save()
    return pair


def new_pair(community: int, left: int, right: int, found: Likeness, joining: Joining) -> Pair:
    """The row of two sightings as the rules see them, not saved yet."""
    one, other = sorted((left, right))
    sure = joining is Joining.JOIN
    return Pair(
        community=community,
        one_id=one,
        other_id=other,
        score=found.score,
        reasons=list(found.reasons),
        joining=joining,
        by_rule=sure,
        decided_at=clock.now() if sure else None,
    )


def _decide(scope: Scope, pair: Pair, joining: Joining, verb: str) -> Pair:
    _set(scope, pair, joining)
    regroup(scope, pair.community, [pair.one_id, pair.other_id])
    _told(scope, verb, pair)
    return pair


def _set(scope: Scope, pair: Pair, joining: Joining) -> None:
    pair.joining, pair.by_rule = joining, False
    pair.decided_at, pair.decided_by_id = clock.now(), scope.actor_id
    pair.undone_at = pair.undone_by = None
    pair.save()


def _told(scope: Scope, verb: str, pair: Pair, **more: object) -> None:
    audit(
        scope,
        verb,
        community=pair.community,
        subject_kind="pair",
        subject_id=pair.pk,
        detail={"sightings": [pair.one_id, pair.other_id], **more},
    )
