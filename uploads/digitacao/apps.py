from importlib import import_module

from django.apps import AppConfig


class DigitacaoConfig(AppConfig):
    name = "uploads.digitacao"
    label = "digitacao"

    def ready(self) -> None:
        """Let lots of typed guides be judged before they are closed, and give their guides back when excluded; be
        found by their numbers; take the jobs in."""
        from lotes import atalho, canais
        from lotes.estados import Canal
        from uploads.digitacao.lista_atalho import guias_digitadas
        from uploads.digitacao.montagem_canal import DO_CANAL

        canais.registrar(Canal.DIGITACAO, DO_CANAL)
        atalho.tambem(guias_digitadas)
        import_module("uploads.digitacao.tarefas")
