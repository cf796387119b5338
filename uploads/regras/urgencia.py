"""Which guides are of care that could not wait: nobody may ask for an authorisation or a waiting period first."""

from __future__ import annotations

from typing import Final

from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.campos_da_guia import texto_em
from uploads.regras.consultas import PRONTO_SOCORRO

_URGENTE: Final = "2"
_NO_PRONTO_SOCORRO: Final = "04"
_ODONTOLOGICA: Final = "4"


def e_urgente(guia: GuiaLida) -> bool:
    """By its caráter or its regime; of a GTO by its kind, of a consulta by its code too, as they have no caráter."""
    if guia.tipo == "guiaOdonto":
        return texto_em(guia, "tipoAtendimento") == _ODONTOLOGICA
    if texto_em(guia, "caraterAtendimento") == _URGENTE or texto_em(guia, "regimeAtendimento") == _NO_PRONTO_SOCORRO:
        return True
    return guia.tipo == "guiaConsulta" and any(item.codigo == PRONTO_SOCORRO for item in guia.itens)
