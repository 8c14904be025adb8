"""Filters for what pages print most: figures, temperatures, moments, masked values."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from shouwang.access import context
from shouwang.kernel import text
from shouwang.kernel.profile import COVID_2020

register = template.Library()

NOTHING = "–"
THIN_SPACE = "\u2009"


@register.filter
def figure(value: Any, places: int = 0) -> str:
    """``1234567`` → ``1 234 567`` with thin spaces; ``None`` → a dash, for *not known* is not zero."""
    if value is None or value == "":
        return NOTHING
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number:,.{places}f}".replace(",", THIN_SPACE).replace("-", "\u2212")


@register.filter
def percent(done: Any, of: Any) -> str:
    """``{{ done|percent:of }}``: whole per cent, rounded down, so that 100 % means everybody. Of nothing: a dash."""
    if not of or done is None:
        return NOTHING
    return f"{int(done * 100 // of)}{THIN_SPACE}%"


@register.filter
def temperature(value: Any, fever_above: Any = COVID_2020.fever_above) -> str | SafeString:
    """Degrees Celsius with one decimal; a fever is marked, for the eye and for the ear.

    ``{{ reading|temperature:profile.fever_above }}`` where the page knows the profile in force.
    """
    if value is None or value == "":
        return NOTHING
    degrees = Decimal(str(value))
    if degrees > Decimal(str(fever_above)):
        return format_html(
            '<strong class="fever"><span aria-hidden="true">▲</span> {} °C'
            ' <span class="visually-hidden">{}</span></strong>',
            f"{degrees:.1f}",
            pgettext("status", "fever"),
        )
    return f"{degrees:.1f}{THIN_SPACE}°C"


@register.filter
def mask_name(name: str | None) -> str:
    """``张三丰`` → ``张*``."""
    return text.mask_name(name or "")


@register.filter
def area_name(code: int) -> str:
    """The name of an area. One query each: a list brings its names along."""
    return context.area_name(code)


def _local(value: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """Local time of day: ``14:05``."""
    if not value:
        return NOTHING
    return (
        formats.date_format(_local(value), "H:i")
        if isinstance(value, dt.datetime)
        else value.strftime("%H:%M")
    )


@register.filter
def day(value: dt.datetime | dt.date | None) -> str:
    """Local day without the year: ``2月14日``, ``14 Feb``."""
    return formats.date_format(_local(value), pgettext("short date", "j M")) if value else NOTHING


@register.filter
def full_day(value: dt.datetime | dt.date | None) -> str:
    """Local day with year and weekday: ``2020年2月14日 星期五``."""
    return formats.date_format(_local(value), pgettext("full date", "l, j F Y")) if value else NOTHING


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Local day and time: ``2月14日 14:05``."""
    return f"{day(value)}\u00a0{clock(value)}" if value else NOTHING
