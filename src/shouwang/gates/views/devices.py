"""The phones of a community: which there are, what they have not sent, what could not be taken in."""

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.access import clock
from shouwang.gates.forms import InviteForm
from shouwang.gates.queries.gates import gates
from shouwang.gates.queries.trust import root_fingerprint
from shouwang.gates.views.device_words import KINDS, why
from shouwang.gates.views.printing import qr
from shouwang.gates.views.words import refusal
from shouwang.kernel import areas
from shouwang.kernel.errors import NotFound, Refused
from shouwang.kernel.scope import Scope
from shouwang.places.queries import ancestors, names
from shouwang.places.queries import area as find_area
from shouwang.sync.actions import (
    hand_caseload,
    invite_device,
    revoke_device,
    settle_quarantined,
    take_handover,
)
from shouwang.sync.actions.reveal import reveal_quarantined
from shouwang.sync.enums import Outcome, Settling
from shouwang.sync.queries import DeviceLine, Gaps, quarantine
from shouwang.sync.queries import devices as find_devices
from shouwang.sync.queries.invitations import Invitation, invitation, invitation_of
from shouwang.workforce.queries import caseloads

SILENT = dt.timedelta(hours=6)
"""A phone not heard of for longer stands out: a shift is not longer than this."""
OLD = dt.timedelta(hours=2)
"""Records on a phone for longer than this stand out."""
WRONG_CLOCK = 120  # seconds
POLL = 5  # seconds between two looks whether the code was used
SHOWN_GAPS = 5


def devices(request: HttpRequest, code: int) -> HttpResponse:
    """The phones of a community; above it, the communities whose phones are silent or full."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if areas.level_of(find_area(scope, code).code) is not areas.Level.COMMUNITY:
        return _below(request, scope, code)
    return _devices(request, scope, code, _invite_form(scope, code))


@never_cache
@require_POST
def invite(request: HttpRequest, code: int) -> HttpResponse:
    """A code for one phone, as a QR and to type. It is shown this once: only a digest of it is kept."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = find_area(scope, code)
    form = _invite_form(scope, code, request.POST)
    if not form.is_valid():
        return _devices(request, scope, code, form, status=422)
    try:
        with transaction.atomic():
            written = invite_device(scope, community=code, **form.cleaned_data)
    except Refused as error:
        form.add_error(None, refusal(error))
        return _devices(request, scope, code, form, status=422)
    typed = f"SWE1.{written}.{root_fingerprint()}"
    address = request.build_absolute_uri("/field/") + f"#enrol={typed}"
    return render(
        request,
        "gates/invite.html",
        {
            "area": area,
            "square": qr(address),
            "typed": typed,
            "every": POLL,
            **_state(invitation_of(scope, written)),
        },
    )


def invited(request: HttpRequest, key: int) -> HttpResponse:
    """Whether the code was used; asked again and again while it is shown."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return render(request, "gates/invited.html", _state(invitation(scope, key)))


@require_POST
def revoke(request: HttpRequest, device: int) -> HttpResponse:
    """Listen to a phone no longer."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    revoked = revoke_device(scope, device_id=device, reason=request.POST.get("reason", ""))
    messages.success(
        request,
        _("%(name)s is no longer listened to. What it holds can be handed in as a file.")
        % {"name": revoked.name},
    )
    return redirect("gates:devices", revoked.community)


@require_POST
def hand_over(request: HttpRequest, code: int, device: int) -> HttpResponse:
    """Give a phone another caseload, or none."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    chosen = request.POST.get("caseload", "")
    found = [load for load, _name in _caseloads(scope, find_area(scope, code).code) if str(load) == chosen]
    if chosen and not found:
        raise NotFound("caseload", chosen)
    handed = hand_caseload(scope, device_id=device, caseload=found[0] if found else None)
    messages.success(
        request, _("%(name)s gets the new list the next time it is heard of.") % {"name": handed.name}
    )
    return redirect("gates:devices", handed.community)


@require_POST
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """Dismiss a record set aside, or take it in again."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    again = request.POST.get("settling") == Settling.TAKEN_IN
    settled = settle_quarantined(scope, key=key, settling=Settling.TAKEN_IN if again else Settling.DISMISSED)
    messages.success(request, _("It is taken in now.") if again else _("Dismissed. It stays on record."))
    return redirect("gates:devices", settled.community)


@require_POST
@never_cache
def raw(request: HttpRequest, key: int) -> HttpResponse:
    """A record set aside as it came. The look is on record."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    community, written = reveal_quarantined(scope, key=key)
    shown = json.dumps(json.loads(written), ensure_ascii=False, indent=1)
    if request.headers.get("HX-Request"):
        return render(request, "gates/raw.html", {"raw": shown})
    form = _invite_form(scope, community)
    return _devices(request, scope, community, form, raws={key: shown})


@require_POST
def hand_in(request: HttpRequest, code: int) -> HttpResponse:
    """The file of a phone that cannot send any more."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    find_area(scope, code)
    uploaded = request.FILES.get("file")
    try:
        with transaction.atomic():
            handed = take_handover(scope, uploaded.read() if uploaded else b"")
    except (NotFound, Refused) as error:
        messages.error(
            request, refusal(error) if isinstance(error, Refused) else _("No phone of yours wrote this file.")
        )
        return redirect("gates:devices", code)
    new, aside = (
        handed.outcomes.get(Outcome.STORED, 0),
        sum(handed.outcomes.get(outcome, 0) for outcome in (Outcome.CONFLICT, Outcome.QUARANTINED)),
    )
    known = handed.outcomes.get(Outcome.DUPLICATE, 0)
    messages.success(
        request,
        _("%(name)s: %(new)s new, %(known)s known before, %(aside)s set aside.")
        % {"name": handed.device.name, "new": new, "known": known, "aside": aside},
    )
    return redirect("gates:devices", handed.device.community)


def _devices(
    request: HttpRequest,
    scope: Scope,
    code: int,
    form: InviteForm,
    *,
    raws: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    area, ways, now = find_area(scope, code), dict(_gates(scope, code)), clock.now()
    loads = dict(_caseloads(scope, code))
    found = find_devices(scope, code)
    return render(
        request,
        "gates/devices.html",
        {
            "area": area,
            "ancestors": ancestors(code),
            "now": now,
            "form": form,
            "caseloads": list(loads.items()),
            "rows": [_row(line, ways, loads, now) for line in found if line.revoked_at is None],
            "revoked": [_row(line, ways, loads, now) for line in found if line.revoked_at is not None],
            "aside": [
                (
                    line,
                    KINDS.get(line.kind, line.kind),
                    why(line.outcome, line.code),
                    (raws or {}).get(line.key),
                )
                for line in quarantine(scope, code)
            ],
        },
        status=status,
    )


def _below(request: HttpRequest, scope: Scope, code: int) -> HttpResponse:
    """One line for each community that has phones, those in need of a call first."""
    now = clock.now()
    counted: dict[int, dict[str, int]] = {}
    for line in find_devices(scope, code):
        if line.revoked_at is None:
            row = counted.setdefault(
                line.community, {"phones": 0, "silent": 0, "full": 0, "lost": 0, "aside": 0}
            )
            row["phones"] += 1
            row["silent"] += _silent(line, now)
            row["full"] += _full(line, now)
            row["lost"] += line.lost
    for one in quarantine(scope, code):
        if one.community in counted:
            counted[one.community]["aside"] += 1
    called = names(counted)
    rows = [(community, called.get(community, ""), row) for community, row in counted.items()]
    rows.sort(key=lambda row: (-row[2]["silent"] - row[2]["full"], row[0]))
    context = {"area": find_area(scope, code), "ancestors": ancestors(code), "rows": rows}
    return render(request, "gates/devices_below.html", context | {"hours": SILENT // dt.timedelta(hours=1)})


def _gates(scope: Scope, code: int) -> list[tuple[int, str]]:
    return [(way.id, str(way)) for way in gates(scope, code)]


def _caseloads(scope: Scope, code: int) -> list[tuple[int, str]]:
    return [
        (load.id, f"{load.name} · {load.caller_name}" if load.caller_name else load.name)
        for load in caseloads(scope, code)
    ]


def _invite_form(scope: Scope, code: int, data: Any = None) -> InviteForm:
    return InviteForm(data, gates=_gates(scope, code), caseloads=_caseloads(scope, code))


def _row(line: DeviceLine, ways: dict[int, str], loads: dict[int, str], now: dt.datetime) -> dict[str, Any]:
    return {
        "line": line,
        "caseload": line.caseload and loads.get(line.caseload, _("a caseload that was dissolved")),
        "gate": _stands(line, ways),
        "silent": _silent(line, now),
        "full": _full(line, now),
        "gaps": [(_numbers(gaps), gaps) for gaps in line.gaps],
        "clock": _clock(line.clock_ahead),
    }


def _stands(line: DeviceLine, ways: dict[int, str]) -> str:
    if line.entrance is not None:
        return ways.get(line.entrance, _("a gate that is not in use"))
    return _("the whole community") if line.caseload is None else "–"


def _numbers(gaps: Gaps) -> str:
    runs = [str(first) if first == last else f"{first}–{last}" for first, last in gaps.runs]
    return "、".join(runs[:SHOWN_GAPS]) + ("…" if len(runs) > SHOWN_GAPS else "")


def _silent(line: DeviceLine, now: dt.datetime) -> bool:
    return line.seen_at is None or now - line.seen_at > SILENT


def _full(line: DeviceLine, now: dt.datetime) -> bool:
    return line.unsent > 0 and line.oldest_unsent_at is not None and now - line.oldest_unsent_at > OLD


def _clock(seconds: int) -> str:
    """How wrong the phone's clock is, if it matters."""
    if abs(seconds) < WRONG_CLOCK:
        return ""
    minutes, days = round(abs(seconds) / 60), round(abs(seconds) / 86_400)
    if days >= 2:
        ahead = ngettext("%(n)s day ahead", "%(n)s days ahead", days)
        behind = ngettext("%(n)s day behind", "%(n)s days behind", days)
        return (ahead if seconds > 0 else behind) % {"n": days}
    ahead = ngettext("%(n)s minute ahead", "%(n)s minutes ahead", minutes)
    behind = ngettext("%(n)s minute behind", "%(n)s minutes behind", minutes)
    return (ahead if seconds > 0 else behind) % {"n": minutes}


def _state(found: Invitation) -> dict[str, Any]:
    seconds = int((found.expires_at - clock.now()).total_seconds())
    left = f"{seconds // 60}:{seconds % 60:02}"
    return {"invitation": found, "seconds": seconds, "left": left, "over": seconds <= 0}
