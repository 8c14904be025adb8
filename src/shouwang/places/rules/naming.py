"""What a place's name and code tell, and which code an added place gets."""

import re
from collections.abc import Container

from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.text import squeeze
from shouwang.places.enums import AreaKind

LONGEST_NAME = 60

_COMMITTEE = re.compile(r"(社区居民委员会|社区居委会|居民委员会|村民委员会|居委会|村委会|民委会|社区|村)$")
_URBAN = re.compile(r"(居委会|居民委员会|社区|街道|街道办事处|居委)$")
_RURAL = re.compile(r"(村|村委会|村民委员会|镇|乡|苏木|生产队|大队)$")
_TOWN = re.compile(r"(街道办事处|办事处|街道|镇|乡|管委会|管理委员会)$")

# Codes of added places: lists of the statistics bureau end at 599 below a town and below a county (see `kind_of`).
_ADDED = range(901, 1000)


def clean_name(raw: object) -> str:
    """A place's name without spaces, in half width. Raises `Refused` for an empty or an overlong one."""
    name = squeeze(raw)
    if not name:
        raise Refused("area_name_empty", gettext_noop("The name is empty: write what the place is called."))
    if len(name) > LONGEST_NAME:
        raise Refused(
            "area_name_long",
            gettext_noop("The name has %(length)s characters; at most %(most)s fit."),
            length=len(name),
            most=LONGEST_NAME,
        )
    return name


def stem(name: str) -> str:
    """What people mean by a name: ``新城社区居委会``, ``新城社区`` and ``新城`` have the one stem ``新城``.

    A name that is nothing but its ending, such as ``村``, stays as it is.
    """
    name = squeeze(name)
    return _COMMITTEE.sub("", name) or name


def town_stem(name: str) -> str:
    """The same for a town: ``竟陵街道``, ``竟陵街道办事处`` and ``竟陵`` have the stem ``竟陵``."""
    name = squeeze(name)
    return _TOWN.sub("", name) or name


def kind_of(code: int, name: str, urban_class: str = "") -> AreaKind:
    """Urban or rural, by the bureau's class if the list has it (1xx urban, 2xx rural), else by name, else by code.

    Source of the code ranges: the statistics bureau's rules for 区划代码. A town's three digits: 001-099 street,
    100-399 town or township. A community's: 001-199 residents' committee, 200-399 villagers' committee, 400-499 like
    the first, 500-599 like the second. Counties and above are neither.
    """
    level = areas.level_of(code)
    if level < Level.TOWN:
        return AreaKind.UNKNOWN
    if urban_class[:1] in {"1", "2"} and len(urban_class) == 3:
        return AreaKind.URBAN if urban_class[0] == "1" else AreaKind.RURAL
    if _URBAN.search(name):
        return AreaKind.URBAN
    if _RURAL.search(name):
        return AreaKind.RURAL
    digits = code // 1000 % 1000 if level is Level.TOWN else code % 1000
    urban, rural = (
        (range(1, 100), range(100, 400))
        if level is Level.TOWN
        else ((*range(1, 200), *range(400, 500)), (*range(200, 400), *range(500, 600)))
    )
    if digits in urban:
        return AreaKind.URBAN
    return AreaKind.RURAL if digits in rural else AreaKind.UNKNOWN


def free_code(parent: int, taken: Container[int]) -> int:
    """The first code for an added place under ``parent`` (a county or a town) that is not ``taken``.

    Raises `Refused` if the level above takes no additions, or if all codes for additions are used up.
    """
    level = areas.level_of(parent)
    if level not in (Level.COUNTY, Level.TOWN):
        raise Refused(
            "area_parent",
            gettext_noop("A place is added under a city (as a town) or under a town (as a community)."),
        )
    step = 1000 if level is Level.COUNTY else 1
    for digits in _ADDED:
        if parent + digits * step not in taken:
            return parent + digits * step
    raise Refused("area_codes_used_up", gettext_noop("There is no free code left here for another place."))
