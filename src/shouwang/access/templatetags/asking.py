"""Forms: a field with all that belongs to it, the errors on top, the file drop."""

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect

register = template.Library()


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
