from django.apps import AppConfig


class ConveniosConfig(AppConfig):
    name = "convenios"
