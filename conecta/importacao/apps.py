from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportacaoConfig(AppConfig):
    name = "conecta.importacao"
    label = "importacao"

    def ready(self) -> None:
        """Make the jobs known to the queue, and the layouts of every app (its module or package `layouts`) to us."""
        import_module("conecta.importacao.tarefas")
        autodiscover_modules("layouts")
