"""One question for all look-ups of a guide: which control, and what was typed there."""

from __future__ import annotations

from typing import Final

from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.procuras import procura_de
from uploads.digitacao.procuras_beneficiarios import de_beneficiarios
from uploads.digitacao.procuras_campos import NADA, Achados, lugar_de
from uploads.digitacao.procuras_listas import da_lista
from uploads.digitacao.procuras_procedimentos import de_procedimentos
from uploads.digitacao.procuras_profissionais import de_profissionais
from uploads.digitacao.procuras_texto import limpo

BENEFICIARIO: Final = "beneficiario"


def que_se_procura(guia: GuiaDigitada, campo: str) -> str:
    """What is looked for from the control of that name, as `procura_de` calls it; "" for nothing."""
    lugar = lugar_de(guia, campo)
    return procura_de(lugar.celula) if lugar else ""


def procurar(guia: GuiaDigitada, campo: str, texto: str) -> Achados:
    """The best options for that control; without a text, the usual ones. A code typed whole gives its option alone.

    A fixed number of queries for each kind of look-up, fourteen at most.
    """
    lugar = lugar_de(guia, campo)
    if lugar is None:
        return NADA
    texto = limpo(texto)
    match procura_de(lugar.celula):
        case "beneficiario":
            return de_beneficiarios(lugar, texto)
        case "profissional":
            return de_profissionais(lugar, texto, contrato_de(guia).regras)
        case "procedimento":
            return de_procedimentos(lugar, texto, contrato_de(guia).regras)
        case "lista":
            return da_lista(lugar, texto)
        case _:
            return NADA
