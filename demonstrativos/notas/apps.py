from django.apps import AppConfig


class NotasConfig(AppConfig):
    name = "demonstrativos.notas"
    label = "notas"
