"""Icons, and the statuses of all domains: one word always looks the same."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

register = template.Library()

STATUSES: dict[str, tuple[str, str, Any]] = {
    # key: tone, icon, word
    "reached": ("good", "circle-check", pgettext_lazy("status", "reached")),
    "not_reached": ("quiet", "circle-dashed", pgettext_lazy("status", "not reached")),
    "partly": ("info", "circle-half-2", pgettext_lazy("status", "partly reached")),
    "refused": ("violet", "hand-stop", pgettext_lazy("status", "refused")),
    "unreachable": ("warn", "phone-off", pgettext_lazy("status", "tried, not reached")),
    "moved": ("quiet", "arrow-up-right", pgettext_lazy("status", "moved away or died")),
    "not_tried": ("quiet", "circle-dashed", pgettext_lazy("status", "not asked after")),
    "unassigned": ("danger", "alert-triangle", pgettext_lazy("status", "nobody's household")),
    "signed": ("good", "rosette-discount-check", pgettext_lazy("status", "signed off")),
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
    "agrees": ("good", "check", pgettext_lazy("status", "agrees")),
    "differs": ("warn", "arrows-split", pgettext_lazy("status", "differs")),
    "dropped": ("quiet", "minus", pgettext_lazy("status", "taken off the list")),
    "ok": ("good", "check", pgettext_lazy("status", "in order")),
    "info": ("info", "info-circle", pgettext_lazy("status", "note")),
    "warn": ("warn", "alert-triangle", pgettext_lazy("status", "attention")),
    "danger": ("danger", "alert-circle", pgettext_lazy("status", "urgent")),
    "neutral": ("quiet", "point", pgettext_lazy("status", "none")),
}
"""The statuses there are, over all domains: a new one is added here, so that one word always looks the same."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "phone" %}``: a drawing of the sprite (see scripts/vendor.lock.json), hidden from screen readers."""
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
