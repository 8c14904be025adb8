"""The household's first page: how everybody is today; and what comes after it is told."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from shouwang.access.enums import Permission
from shouwang.door.actions.reports import take_carefully
from shouwang.door.rules.report import Error, Report, blank, read_report
from shouwang.door.rules.steps import question_at, questions
from shouwang.door.views.opened import LARGE, Opened, at_the_door
from shouwang.door.views.words import SYMPTOMS
from shouwang.kernel.errors import Forbidden
from shouwang.screening.queries.self_told import SelfTold, told_today

YEAR = 365 * 24 * 3600


@at_the_door
def home(door: Opened) -> HttpResponse:
    """The form, empty: nothing is filled in for anybody. In elderly mode a start with two large buttons."""
    told = _told(door)
    if door.large:
        return door.page("door/start.html", told=told)
    return door.page("door/home.html", told=told, **_form(door, blank(list(door.names))))


@at_the_door
def report(door: Opened) -> HttpResponse:
    """Take in what the form says; with mistakes in it, the form again with all that was good in it."""
    if door.request.method != "POST":
        return redirect("door:home", str(door.token))
    if door.request.user.is_authenticated and not door.proxy:
        raise Forbidden(Permission.RECORD_ATTEMPT, door.here.community)
    said = _said(door.request.POST)
    taken = take_carefully(door.scope, door.here, said, profile=door.profile, proxy=bool(door.proxy))
    if taken.good:
        return redirect(reverse("door:thanks", args=[str(door.token)]))
    shown = {"form_id": said.get("id", [""])[0], **_form(door, taken)}
    return door.page("door/home.html", 422, told=[], **shown)


@at_the_door
def steps(door: Opened) -> HttpResponse:
    """The same in elderly mode: one question a screen. The answers travel along; nothing is stored before the end."""
    post = door.request.POST if door.request.method == "POST" else QueryDict(mutable=True)
    said = _said(post)
    people = list(door.names)
    asked = questions(said, people)
    read = read_report(said, people, door.profile)
    at, error = question_at(asked, post.get("at", ""), read, back="back" in post)
    question = asked[at]
    carried = [
        (name, value)
        for name, values in said.items()
        if name not in question.fields and name not in ("at", "back")
        for value in values
    ]
    row = next((row for row in read.rows if row.resident == question.resident), None)
    return door.page(
        "door/steps.html",
        question=question,
        name=door.names.get(question.resident or 0, ""),
        number=at + 1,
        of=len(asked),
        carried=carried if said.get("id") else [("id", door.new_id), *carried],
        message=_message(error),
        row=row,
        rows=_lines(door, read),
        symptoms=_symptoms(door),
    )


@at_the_door
def thanks(door: Opened) -> HttpResponse:
    """What was told today, who is still missing, what happens next; after a fever what to do, and whom to call."""
    told = _told(door)
    if not told:
        return redirect("door:home", str(door.token))
    named = {line["resident"] for line in told}
    return door.page(
        "door/thanks.html",
        told=told,
        missing=[name for resident, name in door.names.items() if resident not in named],
        fever=any(line["fever"] for line in told),
        unwell=any(line["unwell"] for line in told),
        threshold=door.profile.fever_above,
    )


@at_the_door
def look(door: Opened) -> HttpResponse:
    """Larger letters or not, Chinese or English: kept in this browser."""
    response = redirect("door:home", str(door.token))
    secure = settings.SESSION_COOKIE_SECURE
    if (large := door.request.GET.get("large")) in ("0", "1"):
        response.set_cookie(
            LARGE, large, max_age=YEAR, path="/d/", secure=secure, httponly=True, samesite="Lax"
        )
    if (language := door.request.GET.get("language")) in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, secure=secure, samesite="Lax"
        )
    return response


def _said(post: QueryDict) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in post.lists()}


def _form(door: Opened, read: Report) -> dict[str, Any]:
    return {
        "rows": _lines(door, read),
        "report": read,
        "report_message": _message(read.error),
        "symptoms": _symptoms(door),
        "bad": [row for row in read.rows if row.error],
    }


def _lines(door: Opened, read: Report) -> list[dict[str, Any]]:
    return [
        {"row": row, "name": door.names[row.resident], "message": _message(row.error)} for row in read.rows
    ]


def _message(error: Error | None) -> str:
    if error is None:
        return ""
    hint = gettext(error[1])
    return hint % error[2] if error[2] else hint


def _symptoms(door: Opened) -> list[tuple[str, Any]]:
    return [(key, SYMPTOMS.get(key, key)) for key in door.profile.symptoms]


def _told(door: Opened) -> list[dict[str, Any]]:
    """What the household told today, one line a person, in its own words."""
    lines: dict[int, dict[str, Any]] = {}
    for one in told_today(door.scope, door.here.community, door.here.household):
        if one.resident in door.names and one.resident not in lines:
            lines[one.resident] = _line(door, one)
    return [lines[resident] for resident in door.names if resident in lines]


def _line(door: Opened, one: SelfTold) -> dict[str, Any]:
    return {
        "resident": one.resident,
        "name": door.names[one.resident],
        "temperature": one.temperature,
        "asked": one.symptoms is not None,
        "symptoms": [SYMPTOMS.get(key, key) for key in one.symptoms or ()],
        "fever": one.fever,
        "unwell": bool(one.symptoms),
        "at": one.made_at,
    }
