from django.apps import AppConfig


class RecursosConfig(AppConfig):
    name = "demonstrativos.recursos"
    label = "recursos"

    def ready(self) -> None:
        """Keep analyses that were appealed against as they are, and count in the menu."""
        from conecta.interface import contadores
        from demonstrativos.recursos import passagens
        from demonstrativos.recursos.consultas import contar_no_menu

        passagens.registrar()
        contadores.registrar("recursos", contar_no_menu)
