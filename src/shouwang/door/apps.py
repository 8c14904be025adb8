from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "shouwang.door"
    label = "door"
