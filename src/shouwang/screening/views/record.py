"""The record of one household: outcome first, then who answered, then how everybody is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shouwang.access import clock
from shouwang.access.enums import Permission
from shouwang.kernel.errors import Refused
from shouwang.kernel.profile import DiseaseProfile
from shouwang.kernel.scope import Scope
from shouwang.kernel.uuid7 import mint
from shouwang.places import queries as places
from shouwang.places.queries.profiles import profile_for
from shouwang.screening import actions
from shouwang.screening.actions import Recorded
from shouwang.screening.enums import AnsweredBy, Outcome
from shouwang.screening.forms.record import FIELD_OF, NONE, AttemptForm
from shouwang.screening.models import Attempt, Round
from shouwang.screening.queries.board import board, next_after
from shouwang.screening.queries.household import HouseholdInRound, household_in_round
from shouwang.screening.queries.rounds import round_by_id
from shouwang.screening.views.lines import attempt_lines, person_cards
from shouwang.screening.views.words import ANSWERED_BY, CALLED, NEXT_STEPS, SYMPTOMS, WAYS, refusal
from shouwang.workforce.queries import caseload_of, households_of


def record(request: HttpRequest, round_id: int, household_id: int) -> HttpResponse:
    """GET: the household; ``?corrects=`` begins a correction, ``?fever=`` shows what to do now. POST: the record."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    here = round_by_id(scope, round_id)
    scope.require(Permission.RECORD_ATTEMPT, here.community)
    home = household_in_round(scope, here, household_id)
    profile = profile_for(scope, here.community)
    if request.method == "POST":
        return _record(request, scope, here, home, profile)
    if "fever" in request.GET:
        context = _context(scope, here, home, profile) | _next(scope, here, home)
        return render(request, "screening/fever.html", context)
    original = _original(home, request.GET.get("corrects", ""))
    form = _form(here, home, profile, initial=_before(home, original) | {"attempt_id": mint()})
    context = _context(scope, here, home, profile) | {"form": form, "corrects": original}
    return render(request, "screening/record.html", context)


def _record(
    request: HttpRequest, scope: Scope, here: Round, home: HouseholdInRound, profile: DiseaseProfile
) -> HttpResponse:
    said = request.POST.copy()
    if "quick" in said:  # a button that says that nobody was reached, and saves it
        said["how"] = str(said["quick"])
    form = _form(here, home, profile, data=said)
    if form.is_valid():
        try:
            with transaction.atomic():
                done = actions.record_attempt(
                    scope, round_id=here.pk, household_id=home.door.household_id, **form.attempt()
                )
        except Refused as error:
            form.add_error(FIELD_OF.get(error.code), refusal(error))
        else:
            return _saved(request, scope, here, home, done)
    context = _context(scope, here, home, profile) | {
        "form": form,
        "corrects": _original(home, request.POST.get("corrects", "")),
    }
    return render(request, "screening/record.html", context, status=422)


def _saved(
    request: HttpRequest, scope: Scope, here: Round, home: HouseholdInRound, done: Recorded
) -> HttpResponse:
    """A fever first of all; else on to the next who is not reached."""
    own = reverse("screening:record", args=[here.pk, home.door.household_id])
    if done.fevers:
        return redirect(f"{own}?fever=1")
    said = _("Reached") if done.outcome is Outcome.REACHED else _("Not reached, recorded")
    messages.success(
        request,
        format_html(
            '{}: {} · <a href="{}?corrects={}">{}</a>',
            home.door.address,
            said,
            own,
            done.attempt_id,
            _("correct"),
        ),
    )
    following = _next(scope, here, home)["next_url"]
    if not following:
        messages.info(request, _("Everybody on this list has been reached today. Thank you."))
    return redirect(following or reverse("screening:round", args=[here.pk]))


def _next(scope: Scope, here: Round, home: HouseholdInRound) -> dict[str, Any]:
    """On to the next of her own households, if this is one of hers, until they are done; else of everybody's."""
    at = home.door.household_id
    owner = caseload_of(scope, at)
    hers = owner is not None and owner.caller_id == scope.actor_id
    mine = households_of(scope, owner.caseload_id) if owner and hers else None
    found = next_after(board(scope, here, households=mine), at)
    url = reverse("screening:record", args=[here.pk, found.household_id]) if found else ""
    return {"next_home": found, "next_url": url}


def _form(here: Round, home: HouseholdInRound, profile: DiseaseProfile, **given: Any) -> AttemptForm:
    words = [(key, SYMPTOMS.get(key, key)) for key in profile.symptoms]
    return AttemptForm(
        people=home.people,
        profile=profile,
        day=here.day,
        symptoms=words,
        cards=person_cards(home, clock.today()),
        **given,
    )


def _original(home: HouseholdInRound, written: str) -> Attempt | None:
    """The attempt to be corrected, if it is this household's and still holds."""
    try:
        wanted = UUID(written)
    except ValueError:
        return None
    return next((a for a in home.attempts if a.id == wanted and a.id not in home.corrected), None)


def _before(home: HouseholdInRound, original: Attempt | None) -> dict[str, Any]:
    """What was recorded, to begin the correction with; nothing for a new record."""
    if original is None:
        return {}
    found: dict[str, Any] = {
        "corrects": original.id,
        "how": _how(original),
        "answered_by": original.answered_by if original.answered_by != AnsweredBy.NOBODY else "",
        "needs": original.needs,
        "trouble": original.trouble,
        "remarks": original.remarks,
    }
    for person in home.people:
        for told in (t for t in person.readings if t.source_id == original.id):
            number = person.member.resident_id
            found[f"temperature_{number}"] = told.temperature
            found[f"symptoms_{number}"] = None if told.symptoms is None else list(told.symptoms) or [NONE]
    return found


def _how(attempt: Attempt) -> str:
    way = f"{attempt.channel}:{attempt.outcome}"
    return f"{way}:{attempt.answered_by}" if attempt.outcome == Outcome.REACHED else way


def _context(scope: Scope, here: Round, home: HouseholdInRound, profile: DiseaseProfile) -> dict[str, Any]:
    drawing, step = NEXT_STEPS[home.next_step]
    lines = attempt_lines(scope, here, home)
    return {
        "round": here,
        "area": places.area(scope, here.community),
        "home": home,
        "profile": profile,
        "fevers": [person for person in home.people if any(told.fever for told in person.readings)],
        "phones": [person.member for person in home.people if person.member.phone_mask],
        "called": CALLED,
        "ways": WAYS,
        "owner": caseload_of(scope, home.door.household_id),
        "answers": [(key, ANSWERED_BY[key]) for key in AnsweredBy if key != AnsweredBy.NOBODY],
        "step": step,
        "step_icon": drawing,
        "lines": lines,
        "last": next((line for line in lines if not line.corrected), None),
        "may_reveal": scope.may(Permission.REVEAL_SEALED, here.community),
        "may_read_people": scope.may(Permission.READ_PEOPLE, here.community),
    }
