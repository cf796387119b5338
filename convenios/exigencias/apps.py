from django.apps import AppConfig


class ExigenciasConfig(AppConfig):
    name = "convenios.exigencias"
    label = "exigencias"
