"""Structured logs: JSON on standard error, ids only. Never a name, a card number or a piece of XML."""

from typing import Any

import structlog
from structlog.typing import EventDict, Processor


def sem_parametros(_: object, __: str, evento: EventDict) -> EventDict:
    """Keep of an address its path: what people search for may be a card or a guide, and does not belong in a log."""
    if isinstance(pedido := evento.get("request"), str):
        evento["request"] = pedido.split("?", 1)[0]
    return evento


_PROCESSADORES: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    sem_parametros,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configurar_registros() -> dict[str, Any]:
    """Configure structlog and give Django's LOGGING."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_PROCESSADORES,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(),
                ],
                "foreign_pre_chain": _PROCESSADORES,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django.server": {
                "handlers": ["console"],
                "level": "WARNING",
                "propagate": False,
            },
            "django_structlog": {"level": "INFO"},
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }
