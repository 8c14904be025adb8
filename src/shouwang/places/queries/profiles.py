"""The disease profile in force at a place: the response's own, and what the areas above and the place laid over it."""

from typing import Any

from shouwang.kernel import areas
from shouwang.kernel.profile import COVID_2020, DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.places.models import AreaProfile


def settings_of(scope: Scope, code: int) -> list[tuple[int, dict[str, Any]]]:
    """The settings that apply at ``code``, the uppermost area's first: (area, settings)."""
    chain = [code, *areas.ancestors_of(code)]
    found = dict(AreaProfile.objects.filter(area__in=chain).values_list("area", "settings"))
    return [(above, found[above]) for above in reversed(chain) if found.get(above)]


def profile_for(scope: Scope, community: int) -> DiseaseProfile:
    """The profile in force in ``community`` (any area's code will do). A later layer wins: city, town, community."""
    profile = COVID_2020
    for _, settings in settings_of(scope, community):
        profile = profile.with_settings(settings)
    return profile
