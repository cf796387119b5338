"""How much of a line is not paid: quantities above what the operadora pays."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import quantidade as em_quantidade
from demonstrativos.analise.criterios.caso import Caso
from demonstrativos.analise.criterios.registro import Excesso, Indicio, criterio
from uploads.regras.exigidos import exigidos
from uploads.regras.linhas import graus_da_equipe

_ZERO: Final = Decimal(0)


@criterio(
    "acima_do_maximo", titulo="Quantidade acima do máximo", codigo="3210", regras=("I10",), antes={"4.02.00": "1705"}
)
def acima_do_maximo(caso: Caso) -> Iterator[Indicio]:
    """A quantidade do código passa do máximo que a operadora paga por dia ou por guia."""
    for guia in caso.lote.guias:
        aceitas: dict[Hashable, Decimal] = {}
        for item, exigencia in exigidos(guia, caso.contexto):
            if item.quantidade is None or item.quantidade <= _ZERO:
                continue
            feito = (item.tabela, item.codigo, graus_da_equipe(item))
            limites = [
                (maximo, chave, onde)
                for maximo, chave, onde in (
                    (exigencia.quantidade_maxima_por_dia, (*feito, item.data), "por dia"),
                    (exigencia.quantidade_maxima_por_guia, feito, "por guia"),
                )
                if maximo is not None
            ]
            if not limites:
                continue
            cabe, maximo, onde = min(
                (max(maximo - aceitas.get(chave, _ZERO), _ZERO), maximo, onde) for maximo, chave, onde in limites
            )
            aceita = min(item.quantidade, cabe)
            for _, chave, _ in limites:
                aceitas[chave] = aceitas.get(chave, _ZERO) + aceita
            if aceita < item.quantidade:
                yield Indicio(
                    guia=guia,
                    item=item,
                    quanto=Excesso(item.quantidade - aceita),
                    motivo=f"A operadora paga até {maximo} do código {item.codigo} {onde}: passam disso "
                    f"{em_quantidade(item.quantidade - aceita)} de {em_quantidade(item.quantidade)}.",
                )
