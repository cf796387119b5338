"""A typed guide on paper, before it is in a lot and after."""

from __future__ import annotations

from collections.abc import Mapping

from lotes.guias_pdf import Contratacao, GuiaAImprimir, desenhar
from tiss_schemas.fichas.ficha import PAPEL
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.models import GuiaDigitada


def pdf_da_guia(guia: GuiaDigitada) -> bytes:
    """The guide as it is saved. Raises what `lotes.guias_pdf.desenhar` does."""
    contratacao = Contratacao(
        prestador=guia.prestador, operadora=guia.operadora, convenio=guia.convenio, regras=contrato_de(guia).regras
    )
    a_imprimir = GuiaAImprimir(versao=guia.versao_tiss, tipo=guia.tipo, valores=guia.valores)
    return desenhar([a_imprimir], contratacao, f"Guia {guia.numero_do_prestador or 'sem número'}")


def so_do_papel(valores: Mapping[str, str]) -> dict[str, str]:
    """The values that never reach the XML."""
    return {caminho: texto for caminho, texto in valores.items() if caminho.startswith(PAPEL)}
