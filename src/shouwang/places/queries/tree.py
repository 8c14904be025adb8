"""The division tree, as far as the asker's jurisdiction reaches."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from shouwang.kernel import areas
from shouwang.kernel.areas import Level
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.kernel.text import squeeze
from shouwang.places.models import Area
from shouwang.places.rules.naming import stem, town_stem


def _inside(scope: Scope) -> Q:
    found = Q(pk__in=[])
    for first, last in scope.ranges():
        found |= Q(code__range=(first, last))
    return found


def area(scope: Scope, code: int) -> Area:
    """One area that lies in the jurisdiction as a whole. Raises `NotFound` for any other."""
    try:
        first, last = areas.span(code)
    except Refused:
        raise NotFound("area", code) from None
    if not any(low <= first and last <= high for low, high in scope.ranges()):
        raise NotFound("area", code)
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise NotFound("area", code)
    return found


def roots(scope: Scope) -> list[Area]:
    """Where the asker's tree begins: the areas of her ranges whose area above is not hers."""
    found: list[Area] = []
    for first, last in scope.ranges():
        inside = Q(code__range=(first, last))
        outer = Q(parent=None) | ~Q(parent__code__range=(first, last))
        found += Area.objects.filter(inside & outer).order_by("code")
    return found


def children(scope: Scope, code: int) -> list[Area]:
    """The areas right below ``code``, those no longer in use last."""
    return list(Area.objects.filter(_inside(scope), parent=code).order_by("-active", "code"))


def communities(scope: Scope, first: int, last: int) -> list[Area]:
    """All communities with codes from ``first`` to ``last``, in use or not, by code."""
    return list(
        Area.objects.filter(_inside(scope), code__range=(first, last), level=Level.COMMUNITY).order_by("code")
    )


def ancestors(code: int) -> list[Area]:
    """The areas above ``code``, the uppermost first. Names are public, so this asks for no jurisdiction."""
    return list(Area.objects.filter(code__in=areas.ancestors_of(code)).order_by("level"))


def names(codes: Iterable[int]) -> dict[int, str]:
    """Names of many areas at once."""
    return dict(Area.objects.filter(code__in=set(codes)).values_list("code", "name"))


def area_name(code: int) -> str:
    """The name of an area; empty if there is none of this code."""
    return Area.objects.filter(code=code).values_list("name", flat=True).first() or ""


def search_areas(scope: Scope, text: str, *, limit: int = 30) -> list[Area]:
    """Areas by part of the name or of an alias, by pinyin initials, or by the beginning of the code."""
    text = squeeze(text)
    if not text:
        return []
    if text.isascii() and text.isdigit():
        wanted = Q(code__range=(int(text[:12].ljust(12, "0")), int(text[:12].ljust(12, "9"))))
    elif text.isascii():
        wanted = Q(initials__startswith=text.lower()) | Q(aliases__icontains=text)
    else:
        wanted = Q(name__contains=text) | Q(aliases__icontains=text)
        if shorter := {stem(text), town_stem(text)} - {text}:
            wanted |= Q(
                name__in=[s + e for s in shorter for e in ("社区", "村", "居委会", "村委会", "街道", "镇")]
            )
    found: QuerySet[Area] = Area.objects.filter(_inside(scope) & wanted)
    return list(found.order_by("-active", "level", Length("name"), "code")[:limit])


def find_community(name: str, *, near: int | None = None) -> Area | None:
    """The one community that ``name`` can mean, by name, alias or stem; ``None`` if there is none or more than one.

    ``near`` is a community's code: the same town is asked first, then the same city. Not bound to the jurisdiction, so
    that a roster row can be told which place it belongs to.
    """
    name = squeeze(name)
    if not name:
        return None
    short = stem(name)
    spellings = Q(name=name) | Q(aliases__contains=[name]) | Q(name__startswith=short)
    inside = [None] if near is None else [Level.TOWN, Level.COUNTY]
    for level in inside:
        candidates = Area.objects.filter(spellings, level=Level.COMMUNITY, active=True)
        if level is not None and near is not None:
            candidates = candidates.filter(code__range=areas.span(areas.at_level(near, level)))
        there = list(candidates[:200])
        exact = [place for place in there if name in (place.name, *place.aliases)]
        alike = exact or [place for place in there if stem(place.name) == short]
        if len(alike) == 1:
            return alike[0]
        if alike:
            return None
    return None
