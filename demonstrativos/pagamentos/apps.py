from django.apps import AppConfig


class PagamentosConfig(AppConfig):
    name = "demonstrativos.pagamentos"
    label = "pagamentos"

    def ready(self) -> None:
        """Follow protocols that are billed, paid or taken back outside of their payments."""
        from demonstrativos.pagamentos import passagens

        passagens.registrar()
