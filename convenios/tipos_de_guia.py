"""The five guides: XML names, as contracts keep them, with what people call them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TIPOS_DE_GUIA: Final = MappingProxyType(
    {
        "guiaConsulta": "Consulta",
        "guiaSP-SADT": "SP/SADT",
        "guiaResumoInternacao": "Resumo de Internação",
        "guiaHonorarios": "Honorários",
        "guiaOdonto": "Tratamento Odontológico",
    }
)
