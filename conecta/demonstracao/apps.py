from django.apps import AppConfig


class DemonstracaoConfig(AppConfig):
    name = "conecta.demonstracao"
    label = "demonstracao"
