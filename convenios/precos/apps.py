from django.apps import AppConfig


class PrecosConfig(AppConfig):
    name = "convenios.precos"
    verbose_name = "preços"

    def ready(self) -> None:
        """Let what prices a convênio go along with it."""
        from convenios.partes import registrar_parte
        from convenios.precos.parte_do_convenio import PARTE

        registrar_parte(PARTE)
