from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "shouwang.workforce"
    label = "workforce"
