from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "uploads"

    def ready(self) -> None:
        """Make the jobs known to the queue and the counter to the menu."""
        from conecta.interface import contadores
        from uploads import tarefas
        from uploads.consultas import contar_inconclusos

        assert tarefas.PROCESSAR
        contadores.registrar("arquivos", contar_inconclusos)
