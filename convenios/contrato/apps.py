from django.apps import AppConfig


class ContratoConfig(AppConfig):
    name = "convenios.contrato"
    label = "contrato"
