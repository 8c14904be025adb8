from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "shouwang.config"
    label = "config"

    def ready(self) -> None:
        from shouwang.config.wiring import HANDLERS
        from shouwang.sync.actions import connect

        connect(HANDLERS)
