from django.apps import AppConfig


class ConveniosConfig(AppConfig):
    name = "convenios"

    def ready(self) -> None:
        """Make the counters known to the menu."""
        from conecta.interface import contadores
        from convenios.registros_contadores import pedidos_a_responder

        contadores.registrar("pedidos", pedidos_a_responder)
        contadores.registrar("acessos", pedidos_a_responder)
