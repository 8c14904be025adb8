from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "shouwang.access"
    label = "access"
