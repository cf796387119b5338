from django.apps import AppConfig


class PagamentosConfig(AppConfig):
    name = "demonstrativos.pagamentos"
    label = "pagamentos"
