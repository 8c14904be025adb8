"""Addresses of people."""

from django.urls import path

from shouwang.people.views import (
    editing,
    households,
    importing,
    joining,
    overview,
    proposals,
    returnees,
    search,
)

app_name = "people"
urlpatterns = [
    path("", search.search, name="search"),
    path("<int:code>", overview.index, name="index"),
    path("<int:code>/summary", overview.summary, name="summary"),
    path("<int:code>/households", households.households, name="households"),
    path("<int:code>/returnees", returnees.returnees, name="returnees"),
    path("<int:code>/returnees/new", returnees.enter, name="enter_returnee"),
    path("<int:code>/returnees/pairs", joining.pairs, name="pairs"),
    path("returnees/<int:returnee_id>", returnees.person, name="returnee"),
    path("returnees/<int:returnee_id>/change", returnees.change, name="change_returnee"),
    path("returnees/<int:returnee_id>/state", returnees.state, name="returnee_state"),
    path("returnees/<int:returnee_id>/resident", returnees.resident, name="returnee_resident"),
    path("returnees/<int:returnee_id>/enlist", returnees.enlist, name="enlist_returnee"),
    path("sightings/<int:sighting_id>/reveal", returnees.reveal, name="reveal_returnee"),
    path("sightings/<int:sighting_id>/part", joining.part, name="part_sighting"),
    path("pairs/<int:pair_id>/decide", joining.decide, name="decide_pair"),
    path("pairs/<int:pair_id>/undo", joining.undo, name="undo_pair"),
    path("<int:code>/import", importing.upload, name="import"),
    path("<int:code>/proposals", proposals.proposals, name="proposals"),
    path("proposals/<int:proposal_id>/confirm", proposals.confirm, name="confirm_proposal"),
    path("proposals/<int:proposal_id>/decline", proposals.decline, name="decline_proposal"),
    path("proposals/<int:proposal_id>/reveal", proposals.reveal, name="reveal_proposal"),
    path("households/<int:household_id>/add", editing.add, name="add_resident"),
    path("households/<int:household_id>/move", editing.move, name="move_residents"),
    path("households/<int:household_id>/merge", editing.merge, name="merge_households"),
    path("households/<int:household_id>/remarks", editing.remarks, name="household_remarks"),
    path("residents/<int:resident_id>/change", editing.change, name="change_resident"),
    path("households/<int:household_id>", households.household, name="household"),
    path("residents/<int:resident_id>/reveal", households.reveal, name="reveal"),
    path("residents/<int:resident_id>/presence", households.presence, name="presence"),
    path("imports/<int:import_id>", importing.detail, name="import_detail"),
    path("imports/<int:import_id>/load", importing.load, name="import_load"),
    path("imports/<int:import_id>/discard", importing.discard, name="import_discard"),
    path("imports/<int:import_id>/rejects.xlsx", importing.rejects, name="import_rejects"),
]
