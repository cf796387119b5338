from django.apps import AppConfig


class AnaliseConfig(AppConfig):
    name = "demonstrativos.analise"
    label = "analise"
