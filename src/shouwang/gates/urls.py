"""Addresses of the gate."""

from django.urls import path

from shouwang.gates.views import checks, desk, emergencies, holds, index, passes

app_name = "gates"
urlpatterns = [
    path("", index.index, name="index"),
    path("<int:code>", index.area, name="area"),
    path("<int:code>/emergencies", emergencies.emergencies, name="emergencies"),
    path("emergencies/waiting", emergencies.waiting, name="emergencies_waiting"),
    path("emergencies/<uuid:check_id>/take", emergencies.take, name="take_emergency"),
    path("<int:code>/checks", checks.checks, name="checks"),
    path("<int:code>/passes", passes.passes, name="passes"),
    path("<int:code>/passes/print", passes.print_cards, name="print"),
    path("households/<int:household>", passes.household, name="household"),
    path("households/<int:household>/holds", holds.holds, name="holds"),
    path("holds/<int:hold_id>/end", holds.end, name="end_hold"),
    path("passes/<int:pass_id>/<str:act>", passes.change, name="change"),
    path("gate/<int:entrance>", desk.gate, name="gate"),
    path("gate/<int:entrance>/latest", desk.latest, name="latest"),
]
