from django.apps import AppConfig


class PrecosConfig(AppConfig):
    name = "convenios.precos"
    verbose_name = "preços"
