from django.apps import AppConfig


class RecursosConfig(AppConfig):
    name = "demonstrativos.recursos"
    label = "recursos"
