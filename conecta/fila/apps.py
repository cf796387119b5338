from django.apps import AppConfig


class FilaConfig(AppConfig):
    name = "conecta.fila"
    label = "fila"

    def ready(self) -> None:
        """Make our Celery application the current one in every process: without it, wake-ups go to Celery's default
        broker with Celery's default patience."""
        from conecta import celery  # noqa: F401
