"""Names of areas. Places lie above this layer: the settings name its queries."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from shouwang.access.rules import ALL_AREAS
from shouwang.kernel import areas
from shouwang.kernel.scope import NOWHERE, Scope


def area_names(codes: Iterable[int]) -> dict[int, str]:
    """A name for every code, in one query: the place's, else the code itself."""
    wanted = set(codes)
    known: dict[int, str] = import_string(settings.SHOUWANG_AREA_NAMES)(wanted)
    return {code: known.get(code) or _nameless(code) for code in wanted}


def _nameless(code: int) -> str:
    if code in (ALL_AREAS, NOWHERE, 1):
        return _("all areas")
    return areas.short_code(code)


def find_areas(scope: Scope, text: str, *, limit: int = 8) -> list[Any]:
    """Areas of the jurisdiction by part of the name, initials or code; each has ``code``, ``name``, ``level``."""
    found: list[Any] = import_string(settings.SHOUWANG_AREA_SEARCH)(scope, text, limit=limit)
    return found
