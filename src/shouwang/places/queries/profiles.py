"""The disease profile in force at a place: the response's own, and what the areas above and the place laid over it."""

from collections.abc import Iterable
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
    return _laid_over(settings for _, settings in settings_of(scope, community))


def profiles_for(scope: Scope, codes: Iterable[int]) -> dict[int, DiseaseProfile]:
    """The profiles in force in many places, in one statement: few places have rules of their own."""
    codes = list(codes)
    found = dict(AreaProfile.objects.exclude(settings={}).values_list("area", "settings"))
    if not found:
        return dict.fromkeys(codes, COVID_2020)
    chains = {code: [*reversed(areas.ancestors_of(code)), code] for code in codes}
    return {code: _laid_over(found[at] for at in chain if at in found) for code, chain in chains.items()}


def _laid_over(layers: Iterable[dict[str, Any]]) -> DiseaseProfile:
    profile = COVID_2020
    for settings in layers:
        profile = profile.with_settings(settings)
    return profile
