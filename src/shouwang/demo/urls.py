"""/demo/: only there when ``SHOUWANG_DEMO`` is set."""

from django.urls import path

from shouwang.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.index, name="index"),
    path("step-in/", views.step_in, name="step_in"),
]
