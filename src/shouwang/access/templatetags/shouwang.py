"""The components every page is built from: ``{% load shouwang %}``. docs/style.md shows each with a line to copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from shouwang.access.templatetags import board, figures

register = template.Library()
register.filters.update(figures.register.filters)
register.tags.update(board.register.tags)

STATUSES: dict[str, tuple[str, str, Any]] = {
    # key: tone, icon, word
    "reached": ("good", "circle-check", pgettext_lazy("status", "reached")),
    "not_reached": ("quiet", "circle-dashed", pgettext_lazy("status", "not reached")),
    "partly": ("info", "circle-half-2", pgettext_lazy("status", "partly reached")),
    "refused": ("violet", "hand-stop", pgettext_lazy("status", "refused")),
    "fever": ("loud", "temperature-plus", pgettext_lazy("status", "fever")),
    "symptoms": ("warn", "stethoscope", pgettext_lazy("status", "symptoms")),
    "normal": ("good", "temperature", pgettext_lazy("status", "normal")),
    "away": ("quiet", "home-x", pgettext_lazy("status", "away")),
    "returnee": ("info", "plane-arrival", pgettext_lazy("status", "returnee")),
    "open": ("good", "door-enter", pgettext_lazy("status", "open")),
    "sealed": ("quiet", "wall", pgettext_lazy("status", "sealed")),
    "emergency": ("warn", "ambulance", pgettext_lazy("status", "emergency exit")),
    "valid": ("good", "rosette-discount-check", pgettext_lazy("status", "valid")),
    "expired": ("quiet", "hourglass", pgettext_lazy("status", "expired")),
    "revoked": ("danger", "ban", pgettext_lazy("status", "revoked")),
    "let_in": ("good", "check", pgettext_lazy("status", "let in")),
    "turned_back": ("danger", "ban", pgettext_lazy("status", "turned back")),
    "running": ("info", "player-play", pgettext_lazy("status", "under way")),
    "closed": ("quiet", "flag", pgettext_lazy("status", "closed")),
    "late": ("warn", "clock", pgettext_lazy("status", "late")),
    "new": ("info", "plus", pgettext_lazy("status", "new")),
    "changed": ("warn", "pencil", pgettext_lazy("status", "changed")),
    "same": ("quiet", "square-check", pgettext_lazy("status", "unchanged")),
    "rejected": ("danger", "x", pgettext_lazy("status", "rejected")),
    "ok": ("good", "check", pgettext_lazy("status", "in order")),
    "info": ("info", "info-circle", pgettext_lazy("status", "note")),
    "warn": ("warn", "alert-triangle", pgettext_lazy("status", "attention")),
    "danger": ("danger", "alert-circle", pgettext_lazy("status", "urgent")),
    "neutral": ("quiet", "point", pgettext_lazy("status", "none")),
}
"""The statuses there are, over all domains: a new one is added here, so that one word always looks the same."""

CALLOUT_ICONS = {
    "info": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-circle",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "phone" %}``: a drawing from the sprite (names: scripts/vendor.lock.json). Hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("vendor/tabler-icons/sprite.svg"),
        name,
    )


@register.simple_tag
def badge(status: str, word: str = "") -> SafeString:
    """``{% badge entrance.status %}``, ``{% badge "warn" _("no phone") %}``: icon and word, never colour alone."""
    tone, drawing, usual = STATUSES.get(str(status), ("quiet", "point", str(status)))
    return format_html('<span class="badge {}">{}{}</span>', tone, icon(drawing), word or usual)


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


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    *,
    unit: str = "",
    hint: str = "",
    wide: bool = False,
    placeholder: str = "",
    optional: bool | None = None,
) -> dict[str, Any]:
    """``{% field form.phone %}``: label, hint, control, errors, tied together for screen readers."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {"placeholder": placeholder} if placeholder else {}
    kind = "control"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, CheckboxInput):
        kind = "check"
    elif isinstance(widget, FileInput):
        kind = "file"
    else:
        attrs["class"] = f"control {widget.attrs.get('class', '')}".strip()
    described = [f"{bound.auto_id}_hint"] if hint or bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    if described and not bound.use_fieldset:
        attrs["aria-describedby"] = " ".join(described)
    return {
        "bound": bound, "kind": kind, "control": bound.as_widget(attrs=attrs), "unit": unit, "wide": wide,
        "hint": hint or bound.help_text, "optional": not bound.field.required if optional is None else optional,
    }  # fmt: skip


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """All errors of a form on top of it, each a link to its field. Nothing if there are none."""
    return {"form": form, "fields": [bound for bound in form if bound.errors]}


@register.inclusion_tag("components/upload.html")
def upload(bound: BoundField, *, hint: str = "") -> dict[str, Any]:
    """``{% upload form.file %}``: drop a file or choose one. The form needs ``enctype="multipart/form-data"``."""
    return {"bound": bound, "control": bound.as_widget(), "hint": hint or bound.help_text}


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


@register.simple_tag
def tab(href: str, label: str, here: Any = False, count: int | None = None) -> SafeString:
    """``{% tab url _("Not reached") here=… count=46 %}`` inside ``<nav class="tabs">``, ``class="pills"`` or ``class="group"``."""
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
        {"content": mark_safe(content.strip()), "title": title, "at": at, "icon": icon, "by": by, "tone": tone},
    )


@register.simple_tag
def pair(name: str, value: Any) -> SafeString:
    """One line of ``<dl class="pairs">``; an empty value is a dash."""
    shown = figures.NOTHING if value is None or value == "" else value
    return format_html('<div class="contents"><dt>{}</dt><dd>{}</dd></div>', name, shown)
