from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "shouwang.config"
    label = "config"

    def ready(self) -> None:
        from shouwang.config.wiring import HANDLERS, PARTS, TAKERS, root_point
        from shouwang.sync.actions import connect, connect_takers
        from shouwang.sync.queries import connect_parts

        connect(HANDLERS)
        connect_takers(TAKERS)
        connect_parts(PARTS, root=root_point)
