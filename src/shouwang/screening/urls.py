"""Addresses of the rounds."""

from django.urls import path

from shouwang.screening.views import days, fevers, record, rounds

app_name = "screening"
urlpatterns = [
    path("", rounds.index, name="index"),
    path("<int:code>", rounds.area, name="rounds"),
    path("<int:code>/open", rounds.open_, name="open"),
    path("<int:code>/fevers", fevers.fevers, name="fevers"),
    path("<int:code>/fevers/list", fevers.part, name="fevers_list"),
    path("round/<int:round_id>", rounds.round_, name="round"),
    path("round/<int:round_id>/live", rounds.live, name="live"),
    path("round/<int:round_id>/not-reached", rounds.not_reached, name="not_reached"),
    path("round/<int:round_id>/close", rounds.close, name="close"),
    path("round/<int:round_id>/reopen", rounds.reopen, name="reopen"),
    path("round/<int:round_id>/household/<int:household_id>", record.record, name="record"),
    path("households/<int:household_id>/days", days.household_days, name="household_days"),
]
