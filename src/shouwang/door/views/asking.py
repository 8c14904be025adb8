"""What a household sees of its own, asks for, complains of, declares and corrects."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _

from shouwang.door.actions import telling
from shouwang.door.forms import ArrivalForm, ComplaintForm, HelpForm, PeopleForm
from shouwang.door.views.opened import Opened, at_the_door
from shouwang.door.views.words import MATTER_STATES, REQUEST_STATES
from shouwang.grievances.queries import matters_of
from shouwang.kernel.errors import Refused
from shouwang.supplies.queries import requests_of


@at_the_door
def asked(door: Opened) -> HttpResponse:
    """What the household asked for and told of, and what came of it: the office's answers."""
    return door.page("door/asked.html", **_asked(door), sent=door.request.GET.get("sent", ""))


@at_the_door
def help_wanted(door: Opened) -> HttpResponse:
    def write(said: dict[str, Any]) -> str:
        telling.ask_for_help(
            door.scope,
            door.here,
            text=said["text"],
            urgent=said["urgent"],
            source_id=said["id"],
            proxy=bool(door.proxy),
        )
        return "help"

    return _form(door, HelpForm, write, title=_("Ask for help"))


@at_the_door
def complain(door: Opened) -> HttpResponse:
    def write(said: dict[str, Any]) -> str:
        telling.complain(
            door.scope,
            door.here,
            kind=said["kind"],
            text=said["text"],
            named=not said["unnamed"],
            about_office=said["about_office"],
            source_id=said["id"],
        )
        return "unnamed" if said["unnamed"] else "complaint"

    return _form(door, ComplaintForm, write, title=_("Complain or report something"))


@at_the_door
def arrival(door: Opened) -> HttpResponse:
    def write(said: dict[str, Any]) -> str:
        telling.declare_arrival(
            door.scope,
            door.here,
            name=said["name"],
            origin=said["origin"],
            arrived_on=said["arrived_on"],
            phone=said["phone"],
            id_number=said["id_number"],
            to_stay=said["to_stay"] == "yes",
            source_id=said["id"],
        )
        return "arrival"

    lead = _("Thank you for telling us. Early or late, it is not held against anyone.")
    return _form(door, ArrivalForm, write, title=_("Somebody has come from elsewhere"), lead=lead)


@at_the_door
def people(door: Opened) -> HttpResponse:
    def write(said: dict[str, Any]) -> str:
        telling.propose_change(
            door.scope,
            door.here,
            kind=said["kind"],
            resident=int(said["who"]) if said["who"] else None,
            said={name: said[name] for name in ("name", "phone", "relation") if said[name]},
            source_id=said["id"],
        )
        return "people"

    lead = _("The office looks at it before anything is changed.")
    choices = list(door.names.items())
    return _form(
        door,
        lambda *data, **more: PeopleForm(*data, people=choices, **more),
        write,
        title=_("Correct who lives here"),
        lead=lead,
    )


def _form(
    door: Opened, make: Callable[..., Form], write: Callable[[dict[str, Any]], str], **context: Any
) -> HttpResponse:
    """One form: shown, checked, written, and then what came of it so far."""
    if door.request.method != "POST":
        return door.page("door/form.html", form=make(initial={"id": door.new_id}), **context)
    form = make(door.request.POST)
    if form.is_valid():
        try:
            sent = write(form.cleaned_data)
        except Refused as refused:
            hint = _(refused.hint)
            form.add_error(None, hint % refused.params if refused.params else hint)
        else:
            return door.page("door/asked.html", **_asked(door), sent=sent)
    return door.page("door/form.html", 422, form=form, **context)


def _asked(door: Opened) -> dict[str, Any]:
    return {
        "requests": [
            {"line": line, "state": REQUEST_STATES[line.request.state], "done": not line.waits}
            for line in requests_of(door.scope, door.here.household)
        ],
        "matters": [
            {"matter": one, "state": MATTER_STATES[one.state], "done": one.state == "settled"}
            for one in matters_of(door.scope, door.here.household)
        ],
    }
