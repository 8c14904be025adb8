from django.apps import AppConfig


class GrievancesConfig(AppConfig):
    name = "shouwang.grievances"
    label = "grievances"
