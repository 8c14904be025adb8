"""The day over the API: every figure of the pages, and what it means."""

import datetime as dt

from django.http import HttpRequest
from ninja import Router

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope
from shouwang.places.queries import area
from shouwang.reporting import queries
from shouwang.reporting.queries import DayOfArea
from shouwang.reporting.report import sections
from shouwang.reporting.rules import INDICATORS, Figures
from shouwang.reporting.schemas import FeverOut, IndicatorOut, PlaceDay, Report, Value

router = Router()


def _scope(request: HttpRequest, code: int, permission: Permission) -> Scope:
    """The caller's scope: 404 for an area outside it, 403 without the permission."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area(scope, code)
    scope.require(permission, *areas.span(code))
    return scope


@router.get("indicators", response=list[IndicatorOut])
def indicators(request: HttpRequest) -> list[IndicatorOut]:
    """The closed list of what is reported."""
    return [
        IndicatorOut(
            key=line.indicator.key,
            name=line.name,
            unit=line.indicator.unit,
            formula=line.formula,
            source=line.source,
        )
        for _, lines in sections(Figures())
        for line in lines
    ]


@router.get("today/{int:code}", response=Report)
def today(request: HttpRequest, code: int) -> Report:
    """The present day of a community, a town or a city."""
    scope = _scope(request, code, Permission.READ_TODAY)
    return _told(queries.day_of(scope, code, clock.today()))


@router.get("today/{int:code}/fevers", response=list[FeverOut])
def fevers(request: HttpRequest, code: int) -> list[FeverOut]:
    """Everybody with a fever today, the latest first."""
    scope = _scope(request, code, Permission.READ_FEVERS)
    return [
        FeverOut(
            community=str(line.community),
            household=line.household,
            temperature=None if line.temperature is None else float(line.temperature),
            made_at=line.made_at,
            minutes=line.minutes,
            source=line.source,
            again=None if line.again is None else float(line.again),
            again_at=line.again_at,
        )
        for line in queries.fever_lines(scope, code, clock.today())
    ]


@router.get("report/{int:code}/{day}", response=Report)
def report(request: HttpRequest, code: int, day: dt.date) -> Report:
    """The daily report of any day."""
    scope = _scope(request, code, Permission.READ_REPORT)
    return _told(queries.day_of(scope, code, day))


def _told(day: DayOfArea) -> Report:
    return Report(
        code=str(day.code),
        name=day.name,
        day=day.day,
        as_of=day.as_of,
        live=day.live,
        indicators=[
            Value(key=line.indicator.key, name=line.name, value=line.value, unit=line.indicator.unit)
            for _, lines in sections(day.figures)
            for line in lines
        ],
        communities=[
            PlaceDay(
                code=str(one.code),
                name=one.name,
                rounds_missing=one.missing,
                values={indicator.key: indicator.value(one.figures) for indicator in INDICATORS},
            )
            for one in day.communities
        ],
    )
