from importlib import import_module

from django.apps import AppConfig


class DigitacaoConfig(AppConfig):
    name = "uploads.digitacao"
    label = "digitacao"

    def ready(self) -> None:
        """Let lots of typed guides be judged before they are closed, and give their guides back when excluded; take
        the jobs in."""
        from lotes import canais
        from lotes.estados import Canal
        from uploads.digitacao.montagem_canal import DO_CANAL

        canais.registrar(Canal.DIGITACAO, DO_CANAL)
        import_module("uploads.digitacao.tarefas")
