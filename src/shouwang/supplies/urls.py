"""Addresses of what households need."""

from django.urls import path

from shouwang.supplies.views import requests

app_name = "supplies"
urlpatterns = [
    path("<int:code>/requests", requests.requests, name="requests"),
    path("<int:code>/requests/found", requests.found, name="found"),
    path("requests/<int:request_id>/take", requests.take, name="take"),
    path("requests/<int:request_id>/settle", requests.settle, name="settle"),
    path("requests/<int:request_id>/reopen", requests.reopen, name="reopen"),
    path("tellings/<int:telling_id>/split-off", requests.split, name="split_off"),
    path("households/<int:household_id>", requests.household, name="household"),
    path("households/<int:household_id>/ask", requests.ask_for, name="ask"),
]
