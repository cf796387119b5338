from django.apps import AppConfig


class PainelConfig(AppConfig):
    name = "demonstrativos.painel"
    label = "painel"
