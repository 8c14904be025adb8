"""The audit: who did what to what, where. Looking at it is not itself written down; taking it away is."""

import csv
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.access import actions, queries
from shouwang.access.enums import Permission
from shouwang.access.forms import AuditFilterForm, capitals, range_of_code
from shouwang.access.models import AuditEntry
from shouwang.access.queries import AuditFilter
from shouwang.access.words import VERB_WORDS
from shouwang.kernel.errors import Refused, gettext_noop
from shouwang.kernel.scope import NOWHERE, Scope

EXPORT_LIMIT = 20_000
TONES = {
    "reveal": "warn", "export": "warn", "lock_out": "danger", "fail_factor": "danger", "reset_factor": "warn",
    "deactivate_user": "warn", "purge": "info",
}  # fmt: skip


def audit(request: HttpRequest) -> HttpResponse:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.READ_AUDIT)
    form, wanted = _asked(request, scope)
    page = queries.audit_page(scope, wanted, before=_id(request, "before"), after=_id(request, "after"))
    names = queries.area_names({entry.community for entry in page.entries if entry.community != NOWHERE})
    accounts = queries.account_names(
        int(entry.subject_id) for entry in page.entries if entry.subject_kind == "user"
    )
    context = {
        "form": form,
        "rows": [_row(entry, names, accounts) for entry in page.entries],
        "newer": _address(request, after=page.newer) if page.newer else "",
        "older": _address(request, before=page.older) if page.older else "",
        "filtered": wanted != AuditFilter(),
        "reveals": queries.reveals_by_person(scope),
        "export": _address(request),
    }
    return render(request, "access/audit.html", context)


def audit_export(request: HttpRequest) -> HttpResponse:
    """The filtered entries as .csv, with the watermark in its last line; itself audited."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    scope.require(Permission.READ_AUDIT)
    _form, wanted = _asked(request, scope)
    entries = list(queries.audit_entries(scope, wanted)[: EXPORT_LIMIT + 1])
    if len(entries) > EXPORT_LIMIT:
        raise Refused(
            "too_many",
            gettext_noop("These are more than %(limit)s entries: choose a day, a person or an area first."),
            limit=EXPORT_LIMIT,
        )
    widest = max(
        (
            grant
            for grant in scope.grants
            if grant.first != NOWHERE and Permission.READ_AUDIT in grant.permissions
        ),
        key=lambda grant: grant.last - grant.first,
    )
    mark = actions.record_export(
        scope,
        kind="audit",
        area=0 if widest.first == 1 else widest.first,
        rows=len(entries),
        permission=Permission.READ_AUDIT,
    )
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    out = csv.writer(response)
    out.writerow(["at", "who", "user", "verb", "area", "subject", "number", "detail"])
    for entry in entries:
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        subject = (entry.subject_kind, entry.subject_id)
        out.writerow(
            [at, entry.actor_name, entry.actor, entry.verb, entry.community, *subject, _detail(entry.detail)]
        )
    out.writerow([mark])
    return response


def _asked(request: HttpRequest, scope: Scope) -> tuple[AuditFilterForm, AuditFilter]:
    form = AuditFilterForm(scope, request.GET)
    if not form.is_valid():
        return form, AuditFilter()
    got = form.cleaned_data
    return form, AuditFilter(
        person=got["person"],
        verb=got["verb"],
        area=range_of_code(got["area"]),
        day=got["day"],
        subject_kind=got["kind"],
        subject_id=got["subject"],
    )


def _row(entry: AuditEntry, names: dict[int, str], accounts: dict[str, str]) -> dict[str, Any]:
    word = VERB_WORDS.get(entry.verb)
    account = accounts.get(entry.subject_id, "") if entry.subject_kind == "user" else ""
    return {
        "entry": entry,
        "word": capitals(word) if word else entry.verb.replace("_", " "),
        "tone": TONES.get(entry.verb, ""),
        "area": names.get(entry.community, ""),
        "subject": account or f"{entry.subject_kind} {entry.subject_id}".strip(),
        "detail": _detail(entry.detail),
    }


def _detail(detail: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in detail.items())


def _id(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _address(request: HttpRequest, **keys: UUID) -> str:
    """The present filters, with other keys of the page."""
    asked = request.GET.copy()
    for name in ("before", "after"):
        asked.pop(name, None)
    asked.update({name: str(key) for name, key in keys.items()})
    return f"?{asked.urlencode()}"
