"""Addresses of places."""

from django.urls import path

from shouwang.places.views import divisions, duty_phones, editing, standing, tree

app_name = "places"
urlpatterns = [
    path("", tree.index, name="index"),
    path("divisions", divisions.divisions, name="divisions"),
    path("<int:code>", tree.area, name="area"),
    path("<int:code>/branch", tree.branch, name="branch"),
    path("<int:code>/edit", editing.edit, name="edit"),
    path("<int:code>/use", editing.use, name="use"),
    path("<int:code>/add", editing.add, name="add"),
    path("<int:code>/profile", editing.profile, name="profile"),
    path("<int:code>/phone", duty_phones.duty_phone, name="duty_phone"),
    path("<int:code>/compounds/add", standing.add_compounds, name="add_compounds"),
    path("<int:code>/entrances/add", standing.add_entrance, name="add_entrance"),
    path("compounds/<int:compound_id>", standing.compound, name="compound"),
    path("entrances/<int:entrance_id>", standing.entrance, name="entrance"),
]
