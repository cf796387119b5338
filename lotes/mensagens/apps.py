"""Messages between a prestador and its operadora: threads of lots, attachments, informativos."""

from importlib import import_module

from django.apps import AppConfig


class MensagensConfig(AppConfig):
    name = "lotes.mensagens"
    label = "mensagens"

    def ready(self) -> None:
        """Make the job known to the queue, and the counters to the menu."""
        from conecta.interface import contadores
        from lotes.mensagens.contadores import informativos_por_ler, mensagens_por_ler

        import_module("lotes.mensagens.tarefas")
        contadores.registrar("mensagens", mensagens_por_ler)
        contadores.registrar("informativos", informativos_por_ler)
