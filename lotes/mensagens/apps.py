from django.apps import AppConfig


class MensagensConfig(AppConfig):
    name = "lotes.mensagens"
    label = "mensagens"
