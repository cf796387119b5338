from django.apps import AppConfig


class PainelConfig(AppConfig):
    name = "demonstrativos.painel"
    label = "painel"

    def ready(self) -> None:
        """Have the executantes of what was refused read after each release."""
        from demonstrativos.painel.executantes import apos_a_liberacao
        from lotes import passagens
        from lotes.estados import SituacaoDoProtocolo

        passagens.registrar(SituacaoDoProtocolo.LIBERADO, depois=[apos_a_liberacao])
