"""Addresses of the door: short, for they stand in a QR."""

from django.urls import path

from shouwang.door.views import asking, code, home, office, own_passes

app_name = "door"
urlpatterns = [
    path("", code.enter, name="enter"),
    path("office/<int:code>", office.links, name="links"),
    path("office/<int:code>/make", office.make, name="make"),
    path("office/<int:code>/renew", office.renew_all, name="renew_all"),
    path("office/<int:code>/cards", office.cards, name="cards"),
    path("office/households/<int:household>/renew", office.renew, name="renew"),
    path("office/households/<int:household>/handed-out", office.handed_out, name="handed_out"),
    path("<str:token>", home.home, name="home"),
    path("<str:token>/report", home.report, name="report"),
    path("<str:token>/steps", home.steps, name="steps"),
    path("<str:token>/thanks", home.thanks, name="thanks"),
    path("<str:token>/look", home.look, name="look"),
    path("<str:token>/passes", own_passes.passes, name="passes"),
    path("<str:token>/passes/<int:number>", own_passes.pass_, name="pass"),
    path("<str:token>/asked", asking.asked, name="asked"),
    path("<str:token>/help", asking.help_wanted, name="help"),
    path("<str:token>/complain", asking.complain, name="complain"),
    path("<str:token>/arrival", asking.arrival, name="arrival"),
    path("<str:token>/people", asking.people, name="people"),
]
