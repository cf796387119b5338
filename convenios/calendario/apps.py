from django.apps import AppConfig


class CalendarioConfig(AppConfig):
    name = "convenios.calendario"
    label = "calendario"
