from importlib import import_module

from django.apps import AppConfig


class EmissaoConfig(AppConfig):
    name = "demonstrativos.emissao"
    label = "emissao"

    def ready(self) -> None:
        """Make the jobs known to the queue."""
        import_module("demonstrativos.emissao.tarefas")
