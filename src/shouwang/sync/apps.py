from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "shouwang.sync"
    label = "sync"
