"""The components every page is built from: ``{% load shouwang %}``. docs/style.md shows each with a line to copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shouwang.access.enums import Permission
from shouwang.access.templatetags import asking, board, figures, marks
from shouwang.kernel import areas
from shouwang.kernel.scope import Scope

register = template.Library()
register.filters.update(figures.register.filters)
for part in (asking, board, marks):
    register.tags.update(part.register.tags)

CALLOUT_ICONS = {
    "info": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-circle",
}


@register.inclusion_tag("components/stat.html")
def stat(
    label: str,
    value: Any,
    *,
    unit: str = "",
    href: str = "",
    tone: str = "",
    change: int | None = None,
    better: str = "",
    note: str = "",
    icon: str = "",
) -> dict[str, Any]:
    """A figure with its name. ``change`` is against the day before; ``better`` says which way is good: "up" or "down".

    ``tone`` is "good", "warn" or "danger"; danger and warn show only while the figure is not zero.
    """
    if tone in ("warn", "danger") and not value:
        tone = ""
    verdict = ""
    if change and better:
        verdict = "better" if (change > 0) == (better == "up") else "worse"
    return {
        "label": label, "value": value, "unit": unit, "href": href, "tone": tone, "note": note, "icon": icon,
        "change": change, "change_figure": abs(change or 0), "verdict": verdict,
    }  # fmt: skip


@register.inclusion_tag("components/progress.html")
def progress(
    done: int,
    of: int,
    *,
    label: str = "",
    small: bool = False,
    fever: int = 0,
    refused: int = 0,
) -> dict[str, Any]:
    """``done`` (of them ``fever`` with fever) and ``refused`` out of ``of``; the rest is *not reached*.

    ``small`` is the form for a table cell: bar and per cent only.
    """
    parts, offset = [], 0.0
    for tone, status, number in (
        ("danger", "fever", fever),
        ("good", "reached", done - fever),
        ("violet", "refused", refused),
    ):
        width = 100 * number / of if of else 0
        parts.append(
            {
                "tone": tone,
                "status": status,
                "number": number,
                "offset": f"{offset:.2f}%",
                "width": f"{width:.2f}%",
            }
        )
        offset += width
    rest = of - done - refused
    return {
        "done": done,
        "of": of,
        "label": label,
        "small": small,
        "parts": parts,
        "rest": rest,
        "detailed": fever or refused,
    }


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, hint: str = "", *, icon: str = "clipboard-list", href: str = "", action: str = ""
) -> dict[str, Any]:
    """Nothing here yet: say so, and what to do first."""
    return {"title": title, "hint": hint, "icon": icon, "href": href, "action": action}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """``{% pages page_obj %}``: pages of a Django ``Paginator``; the other parameters of the address stay."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context["request"]}


@register.inclusion_tag("components/pager.html")
def pager(*, previous: str = "", following: str = "", shown: Any = None) -> dict[str, Any]:
    """Previous and next only, for long lists read by key; ``shown`` is the number of rows on this page."""
    return {"previous": previous, "following": following, "shown": shown}


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Mapping[str, Any], key: str, label: str, *, css: str = "", default: str = ""
) -> dict[str, Any]:
    """``{% sort_header "name" _("Name") %}``: a ``<th>`` that sorts by ``?sort=name``, then ``?sort=-name``."""
    now = context["request"].GET.get("sort", default)
    order = "ascending" if now == key else "descending" if now == f"-{key}" else ""
    target = f"-{key}" if now == key else key
    return {"label": label, "css": css, "order": order, "target": target, "request": context["request"]}


@register.simple_tag(takes_context=True)
def may(context: Mapping[str, Any], permission: str, code: int | None = None) -> bool:
    """``{% may "read_today" area.code as open %}``: may the reader do this in that area (or anywhere)?

    For links only: what an action allows, the action decides.
    """
    scope: Scope = context["request"].scope
    return scope.may(Permission(permission), *(areas.span(code) if code else ()))


@register.simple_tag
def tab(href: str, label: str, here: Any = False, count: int | None = None) -> SafeString:
    """``{% tab url _("Not reached") here=… count=46 %}`` in a ``<nav>`` of class ``tabs``, ``pills`` or ``group``."""
    return format_html(
        '<a href="{}"{}>{}{}</a>',
        href,
        mark_safe(' aria-current="page"') if here else "",
        label,
        "" if count is None else format_html('<span class="count">{}</span>', figures.figure(count)),
    )


@register.inclusion_tag("components/chart.html")
def chart(name: str, spec: Mapping[str, Any], *, title: str = "", size: str = "") -> dict[str, Any]:
    """``{% chart "days" spec %}``: bars, lines or a heat map, and the same figures as a table.

    ``spec`` is ``{"kind": "bar" | "stack" | "line", "labels": [...], "series": [{"name", "values", "tone"}],
    "unit": "", "places": 0, "threshold": {"value", "name"}}``; ``None`` in ``values`` is *not known* and leaves a gap.
    ``size`` is "short" or "tall".
    """
    series: Sequence[Mapping[str, Any]] = spec["series"]
    rows = [
        (label, [figures.figure(one["values"][at], spec.get("places", 0)) for one in series])
        for at, label in enumerate(spec["labels"])
    ]
    return {"name": name, "spec": spec, "title": title, "size": size, "series": series, "rows": rows}


@register.simple_block_tag
def callout(content: str, tone: str = "info", title: str = "") -> str:
    """``{% callout "warn" _("Title") %}…{% endcallout %}``; tones: info, good, warn, danger."""
    return render_to_string(
        "components/callout.html",
        {"content": content, "tone": tone, "title": title, "icon": CALLOUT_ICONS.get(tone, "info-circle")},
    )


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> str:
    """``{% dialog "reveal" _("Show the number?") %}…{% enddialog %}``, opened by ``<button data-dialog="reveal">``."""
    return render_to_string("components/dialog.html", {"content": content, "name": name, "title": title})


@register.simple_block_tag
def panel(content: str, title: str = "", href: str = "", more: str = "", flush: bool = False) -> str:
    """A white card with a heading. ``flush`` for a table, which brings its own margins."""
    return render_to_string(
        "components/panel.html",
        {"content": content, "title": title, "href": href, "more": more, "flush": flush},
    )


@register.simple_block_tag
def refresh(content: str, url: str, every: int = 30) -> str:
    """The content, asked for again from ``url`` every so many seconds while the page is looked at."""
    return render_to_string("components/refresh.html", {"content": content, "url": url, "every": every})


@register.simple_block_tag
def moment_entry(
    content: str, title: str, at: Any = None, icon: str = "point", by: str = "", tone: str = ""
) -> str:
    """One entry of ``<ol class="timeline">``: what happened, when, by whom."""
    return render_to_string(
        "components/moment.html",
        {
            "content": content,
            "title": title,
            "at": at,
            "icon": icon,
            "by": by,
            "tone": tone,
        },
    )


@register.simple_tag
def pair(name: str, value: Any) -> SafeString:
    """One line of ``<dl class="pairs">``; an empty value is a dash."""
    shown = figures.NOTHING if value is None or value == "" else value
    return format_html('<div class="contents"><dt>{}</dt><dd>{}</dd></div>', name, shown)
