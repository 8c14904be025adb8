"""Addresses of people."""

from django.urls import path

from shouwang.people.views import households, importing, overview, returnees, search

app_name = "people"
urlpatterns = [
    path("", search.search, name="search"),
    path("<int:code>", overview.index, name="index"),
    path("<int:code>/summary", overview.summary, name="summary"),
    path("<int:code>/households", households.households, name="households"),
    path("<int:code>/returnees", returnees.returnees, name="returnees"),
    path("<int:code>/returnees/new", returnees.enter, name="enter_returnee"),
    path("returnees/<int:returnee_id>/reveal", returnees.reveal, name="reveal_returnee"),
    path("<int:code>/import", importing.upload, name="import"),
    path("households/<int:household_id>", households.household, name="household"),
    path("residents/<int:resident_id>/reveal", households.reveal, name="reveal"),
    path("residents/<int:resident_id>/presence", households.presence, name="presence"),
    path("imports/<int:import_id>", importing.detail, name="import_detail"),
    path("imports/<int:import_id>/load", importing.load, name="import_load"),
    path("imports/<int:import_id>/discard", importing.discard, name="import_discard"),
    path("imports/<int:import_id>/rejects.xlsx", importing.rejects, name="import_rejects"),
]
