from django.apps import AppConfig


class SuppliesConfig(AppConfig):
    name = "shouwang.supplies"
    label = "supplies"
