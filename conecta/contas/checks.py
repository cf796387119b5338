"""What is wrong with the settings, said before anything starts."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def segredo_fornecido(**_: Any) -> list[Error]:
    """Web and workers must share one secret that outlives them."""
    if settings.SEGREDO_FORNECIDO:
        return []
    return [
        Error(
            "SECRET_KEY is missing.",
            hint="Set SECRET_KEY or SECRET_KEY_FILE.",
            id="contas.E001",
        )
    ]
