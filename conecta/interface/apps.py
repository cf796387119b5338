"""Django's entry of the interface: it has templates tags and no models."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """Brings `{% load interface %}` to the templates."""

    name = "conecta.interface"
    label = "interface"
    verbose_name = "Interface"
