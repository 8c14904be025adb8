"""How many live in a community, kept beside the people so that a city's page need not count a million."""

import datetime as dt

from django.db.models import Count, Q

from shouwang.access import clock
from shouwang.people.enums import Presence
from shouwang.people.models import Household, Population, Resident


def lock_population(community: int) -> Population:
    """Hold the community's people for this transaction, so that two loads come one after the other."""
    Population.objects.bulk_create(
        [Population(community=community, updated_at=clock.now())], ignore_conflicts=True
    )
    return Population.objects.select_for_update(no_key=True).get(pk=community)


def count_population(community: int, now: dt.datetime) -> None:
    """Count again what the community has."""
    people = Resident.objects.filter(community=community).aggregate(
        residents=Count("id", filter=~Q(presence__in=[Presence.MOVED, Presence.DIED])),
        present=Count("id", filter=Q(presence=Presence.PRESENT)),
    )
    households = Household.objects.filter(community=community, active=True).count()
    Population.objects.filter(pk=community).update(households=households, updated_at=now, **people)
