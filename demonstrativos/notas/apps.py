from django.apps import AppConfig


class NotasConfig(AppConfig):
    name = "demonstrativos.notas"
    label = "notas"

    def ready(self) -> None:
        """Say how the nota of a protocol is looked up, and count what waits in the menu."""
        from conecta.interface import contadores
        from demonstrativos.notas.contadores import contar_a_analisar, contar_pendentes
        from demonstrativos.notas.pendencias import procurar
        from lotes import notas_fiscais

        notas_fiscais.registrar(procurar)
        contadores.registrar("notas_pendentes", contar_pendentes)
        contadores.registrar("notas", contar_a_analisar)
