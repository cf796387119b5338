from django.apps import AppConfig


class ContasConfig(AppConfig):
    name = "conecta.contas"
    label = "contas"

    def ready(self) -> None:
        from . import checks  # noqa: F401
