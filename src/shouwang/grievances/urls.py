"""Addresses of grievances."""

from django.urls import path

from shouwang.grievances import views

app_name = "grievances"
urlpatterns = [
    path("<int:code>", views.matters, name="matters"),
    path("<int:code>/new", views.enter, name="enter"),
    path("<int:code>/found", views.found, name="found"),
    path("households/<int:household_id>", views.household, name="household"),
    path("<int:matter_id>/take", views.take, name="take"),
    path("<int:matter_id>/settle", views.settle, name="settle"),
    path("<int:matter_id>/reopen", views.reopen, name="reopen"),
]
