from importlib import import_module

from django.apps import AppConfig


class ConveniosConfig(AppConfig):
    name = "convenios"

    def ready(self) -> None:
        """Make the jobs known to the queue, and the counters to the menu."""
        import_module("convenios.tarefas")
        from conecta.interface import contadores
        from convenios.registros_contadores import pedidos_a_responder

        contadores.registrar("pedidos", pedidos_a_responder)
        contadores.registrar("acessos", pedidos_a_responder)
