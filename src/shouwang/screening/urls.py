"""Addresses of the rounds."""

from django.urls import path

from shouwang.screening.views import (
    call_backs,
    days,
    fevers,
    ledger,
    record,
    reminders,
    rounds,
    search,
    sheets,
)

app_name = "screening"
urlpatterns = [
    path("", rounds.index, name="index"),
    path("<int:code>", rounds.area, name="rounds"),
    path("<int:code>/open", rounds.open_, name="open"),
    path("<int:code>/fevers", fevers.fevers, name="fevers"),
    path("<int:code>/fevers/list", fevers.part, name="fevers_list"),
    path("<int:code>/ledger", ledger.ledger, name="ledger"),
    path("<int:code>/ledger/people", ledger.people, name="ledger_people"),
    path("<int:code>/ledger/sign-off", ledger.sign_off, name="sign_off"),
    path("<int:code>/fevers/<int:call_id>/take", fevers.take, name="fever_take"),
    path("<int:code>/fevers/<int:call_id>/end", fevers.end, name="fever_end"),
    path("<int:code>/call-backs", call_backs.page, name="call_backs"),
    path("<int:code>/call-backs/add", call_backs.add, name="call_backs_add"),
    path("<int:code>/call-backs/draw", call_backs.draw, name="call_backs_draw"),
    path("<int:code>/call-backs/<int:call_back_id>", call_backs.settle, name="call_back"),
    path("<int:code>/search", search.search, name="search"),
    path("<int:code>/reminders", reminders.reminders, name="reminders"),
    path("round/<int:round_id>", rounds.round_, name="round"),
    path("round/<int:round_id>/live", rounds.live, name="live"),
    path("round/<int:round_id>/not-reached", rounds.not_reached, name="not_reached"),
    path("round/<int:round_id>/close", rounds.close, name="close"),
    path("round/<int:round_id>/reopen", rounds.reopen, name="reopen"),
    path("round/<int:round_id>/household/<int:household_id>", record.record, name="record"),
    path("caseload/<int:caseload_id>/sheet", sheets.caseload, name="sheet"),
    path("sheets", sheets.find, name="sheets"),
    path("sheets/<str:number>", sheets.type_, name="type_sheet"),
    path("sheets/<str:number>/print", sheets.print_, name="print_sheet"),
    path("households/<int:household_id>/days", days.household_days, name="household_days"),
]
