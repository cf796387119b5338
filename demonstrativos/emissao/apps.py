from django.apps import AppConfig


class EmissaoConfig(AppConfig):
    name = "demonstrativos.emissao"
    label = "emissao"
