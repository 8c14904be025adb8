"""All addresses with the demo's, which the settings leave out unless they are the demo's."""

from django.urls import include, path

from shouwang.config.urls import urlpatterns as of_every_day

urlpatterns = [path("demo/", include("shouwang.demo.urls")), *of_every_day]
