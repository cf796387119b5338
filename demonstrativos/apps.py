from django.apps import AppConfig


class DemonstrativosConfig(AppConfig):
    name = "demonstrativos"
