"""The coparticipação of a guide in a lot, item by item, by the settings of its convênio."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page

from convenios.contrato.da_guia import regras_da_guia
from convenios.coparticipacao import (
    DO_PRESTADOR,
    Divisao,
    ItemDaConta,
    Parte,
    dividir_cobrados,
    especie_de,
    tem_coparticipacao,
)
from lotes.models import Guia, Item


@dataclass(frozen=True, slots=True)
class CoparticipacaoDaGuia:
    """How the guide is divided. `do_prestador`: the prestador collects the beneficiário's part, and bills the rest."""

    divisao: Divisao
    do_prestador: bool
    dias: int

    def ao_lado(self, pagina: Page[Item]) -> list[tuple[Item, Parte]]:
        """The items of a page of the guide, in its order, each with its parts."""
        inicio = max(pagina.start_index() - 1, 0)
        return list(zip(pagina, self.divisao.partes[inicio:], strict=False))


def coparticipacao_da_guia(guia: Guia) -> CoparticipacaoDaGuia | None:
    """None where the convênio divides nothing. Seven queries at most, however many items."""
    regras = regras_da_guia(
        operadora_id=guia.operadora_id, prestador_id=guia.prestador_id, numero_carteira=guia.numero_carteira
    )
    if not tem_coparticipacao(regras):
        return None
    linhas = guia.itens.order_by("posicao").values_list("codigo_da_despesa", "tabela", "valor_total", "data")
    itens = [
        ItemDaConta(especie=especie_de(despesa, tabela), valor=valor, dia=dia) for despesa, tabela, valor, dia in linhas
    ]
    divisao = dividir_cobrados(itens, regras, inicio=guia.data_de_atendimento)
    return CoparticipacaoDaGuia(divisao, regras.coparticipacao_modelo == DO_PRESTADOR, regras.coparticipacao_dias)
