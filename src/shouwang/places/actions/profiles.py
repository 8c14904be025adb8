"""Where an area's rules differ."""

from collections.abc import Mapping
from typing import Any

from shouwang.access import clock
from shouwang.access.actions import audit
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.profile import COVID_2020, DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.places.models import Area, AreaProfile
from shouwang.places.queries.profiles import profile_for


def set_profile(scope: Scope, *, area: int, settings: Mapping[str, Any]) -> DiseaseProfile:
    """Lay ``settings`` (names of `DiseaseProfile`) over the profile from above; they replace those laid here before.

    Answers the profile now in force there. Raises `Refused` for an unknown setting or a value that does not fit.
    """
    try:
        scope.require(Permission.EDIT_PLACES, *areas.span(area))
    except Refused:
        raise NotFound("area", area) from None
    if Area.objects.select_for_update(no_key=True).filter(code=area).first() is None:
        raise NotFound("area", area)
    checked = COVID_2020.with_settings(settings)
    plain = {name: _plain(getattr(checked, name)) for name in settings}
    before = AreaProfile.objects.filter(area=area).values_list("settings", flat=True).first()
    if (before or {}) != plain:
        AreaProfile.objects.update_or_create(
            area_id=area,
            defaults={"settings": plain, "changed_by_id": scope.actor_id, "changed_at": clock.now()},
        )
        audit(
            scope, "profile_set", community=area, subject_kind="area", subject_id=area,
            detail={"settings": sorted(plain)},
        )  # fmt: skip
    return profile_for(scope, area)


def _plain(value: Any) -> Any:
    """The value as JSON keeps it; a decimal as text, so that 37.3 stays 37.3."""
    if isinstance(value, bool | int):
        return value
    return list(value) if isinstance(value, tuple) else str(value)
