from django.apps import AppConfig


class ArquivosConfig(AppConfig):
    name = "conecta.arquivos"
    label = "arquivos"
