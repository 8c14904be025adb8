from django.urls import path

from shouwang.access import views

app_name = "access"
urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("set-up/<str:token>/", views.accept, name="accept"),
    path("me/", views.account, name="account"),
    path("me/password/", views.password, name="password"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("second-factor/verify/", views.verify, name="verify"),
    path("second-factor/set-up/", views.enrol, name="enrol"),
    path("second-factor/codes/", views.codes, name="codes"),
    path("users/", views.users, name="users"),
    path("users/new/", views.user_new, name="user_new"),
    path("users/areas/", views.area_choices, name="user_areas"),
    path("users/<int:user_id>/", views.user, name="user"),
    path("users/<int:user_id>/grant/", views.grant, name="grant"),
    path("users/<int:user_id>/grants/<int:grant_id>/end/", views.grant_end, name="grant_end"),
    path("users/<int:user_id>/<slug:act>/", views.user_act, name="user_act"),
    path("audit/", views.audit, name="audit"),
    path("audit/export.csv", views.audit_export, name="audit_export"),
]
