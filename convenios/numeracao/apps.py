from django.apps import AppConfig


class NumeracaoConfig(AppConfig):
    name = "convenios.numeracao"
    label = "numeracao"
