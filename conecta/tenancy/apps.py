from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "conecta.tenancy"
    label = "tenancy"
