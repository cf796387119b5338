from django.apps import AppConfig


class FilaConfig(AppConfig):
    name = "conecta.fila"
    label = "fila"
