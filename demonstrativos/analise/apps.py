from importlib import import_module

from django.apps import AppConfig


class AnaliseConfig(AppConfig):
    name = "demonstrativos.analise"
    label = "analise"

    def ready(self) -> None:
        """Make the jobs known to the queue; begin, freeze and reopen analyses as protocols pass from state to state."""
        from demonstrativos.analise import decididas, passagens

        import_module("demonstrativos.analise.tarefas")
        passagens.registrar()
        decididas.dizer()
