"""Addresses of the Field app. All of them are the same for everybody and hold nothing about anybody."""

from django.urls import path

from shouwang.field import views

app_name = "field"
urlpatterns = [
    path("", views.page, name="app"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("reader.js", views.reader, name="reader"),
    path("manifest/<language>.webmanifest", views.manifest, name="manifest"),
    path("words/<language>.json", views.words, name="words"),
]
