"""Addresses of the gate."""

from django.urls import path

from shouwang.gates.views import (
    checks,
    correcting,
    desk,
    devices,
    emergencies,
    holds,
    index,
    issuing,
    passes,
    printing,
    visits,
)

app_name = "gates"
urlpatterns = [
    path("", index.index, name="index"),
    path("<int:code>", index.area, name="area"),
    path("<int:code>/emergencies", emergencies.emergencies, name="emergencies"),
    path("emergencies/waiting", emergencies.waiting, name="emergencies_waiting"),
    path("emergencies/<uuid:check_id>/take", emergencies.take, name="take_emergency"),
    path("<int:code>/visitors", visits.visitors, name="visitors"),
    path("<int:code>/visitors.xlsx", visits.workbook, name="visitors_xlsx"),
    path("<int:code>/vehicles", visits.vehicles, name="vehicles"),
    path("<int:code>/visits/<uuid:visit_id>/reveal", visits.reveal, name="reveal_visit"),
    path("gate/<int:entrance>/visitor", visits.register, name="visitor"),
    path("<int:code>/devices", devices.devices, name="devices"),
    path("<int:code>/devices/invite", devices.invite, name="invite"),
    path("<int:code>/devices/hand-in", devices.hand_in, name="hand_in"),
    path("invitations/<int:key>", devices.invited, name="invited"),
    path("<int:code>/devices/<int:device>/caseload", devices.hand_over, name="hand_caseload"),
    path("devices/<int:device>/revoke", devices.revoke, name="revoke_device"),
    path("quarantine/<int:key>/settle", devices.settle, name="settle"),
    path("quarantine/<int:key>/raw", devices.raw, name="raw"),
    path("<int:code>/checks", checks.checks, name="checks"),
    path("<int:code>/checks/<uuid:check_id>/correct", correcting.correct, name="correct"),
    path("<int:code>/passes", passes.passes, name="passes"),
    path("<int:code>/passes/new", issuing.new, name="new_pass"),
    path("<int:code>/passes/compounds", issuing.compounds, name="compounds"),
    path("<int:code>/passes/print", printing.cards, name="print"),
    path("<int:code>/passes/doors", printing.doors, name="doors"),
    path("households/<int:household>", passes.household, name="household"),
    path("households/<int:household>/holds", holds.holds, name="holds"),
    path("holds/<int:hold_id>/end", holds.end, name="end_hold"),
    path("passes/<int:pass_id>", passes.one, name="pass"),
    path("passes/<int:pass_id>/<str:act>", passes.change, name="change"),
    path("gate/<int:entrance>", desk.gate, name="gate"),
    path("gate/<int:entrance>/poster", printing.poster, name="poster"),
    path("gate/<int:entrance>/latest", desk.latest, name="latest"),
]
