"""Addresses of the workforce."""

from django.urls import path

from shouwang.workforce.views import caseloads, editing, moving

app_name = "workforce"
urlpatterns = [
    path("", caseloads.index, name="index"),
    path("<int:code>", caseloads.area, name="caseloads"),
    path("<int:code>/proposal", caseloads.proposal, name="proposal"),
    path("<int:code>/working", caseloads.working, name="working"),
    path("<int:code>/propose", editing.propose, name="propose"),
    path("<int:code>/make", editing.make, name="make"),
    path("<int:code>/move", moving.move, name="move"),
    path("division/<int:division_id>/move", moving.adjust, name="adjust"),
    path("division/<int:division_id>/accept", editing.accept, name="accept"),
    path("division/<int:division_id>/discard", editing.discard, name="discard"),
    path("caseload/<int:caseload_id>", editing.caseload, name="caseload"),
    path("caseload/<int:caseload_id>/take-over", editing.take_over, name="take_over"),
    path("caseload/<int:caseload_id>/close", editing.close, name="close"),
    path("households/<int:household_id>/owner", caseloads.owner, name="household_owner"),
]
