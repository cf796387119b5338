from django.apps import AppConfig


class AnaliseConfig(AppConfig):
    name = "demonstrativos.analise"
    label = "analise"

    def ready(self) -> None:
        """Begin, freeze and reopen analyses as their protocols pass from state to state."""
        from demonstrativos.analise import passagens

        passagens.registrar()
