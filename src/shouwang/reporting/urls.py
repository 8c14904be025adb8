"""Addresses of the day. `/` is the front page of the whole."""

from django.urls import path

from shouwang.reporting.views import report, today

app_name = "reporting"
urlpatterns = [
    path("", today.home, name="home"),
    path("today/<int:code>", today.today, name="today"),
    path("today/<int:code>/live", today.live, name="live"),
    path("report/<int:code>", report.report, name="report"),
    path("report/<int:code>/<str:day>.xlsx", report.workbook, name="workbook"),
    path("report/<int:code>/<str:day>", report.report, name="report_of_day"),
]
