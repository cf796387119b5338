from importlib import import_module

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "uploads"

    def ready(self) -> None:
        """Make the jobs known to the queue and the counter to the menu."""
        from conecta.interface import contadores
        from uploads.consultas import contar_inconclusos

        import_module("uploads.tarefas")
        contadores.registrar("arquivos", contar_inconclusos)
