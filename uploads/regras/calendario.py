"""The operadora's calendar of delivery: whether it receives lots now, and of which competência."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from lxml import etree

from conecta.interface.formatos import data as em_data
from convenios.calendario.palavras import competencia, da_proxima
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from tiss_schemas.valores import data_de
from uploads.regras.contexto import Contexto
from uploads.regras.palavras import a_guia, campo
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_DA_GUIA: Final = ("dataFinalFaturamento", "dataFimFaturamento", "dataAtendimento")
_LONGO: Final = timedelta(days=31)


@regra(
    "L07",
    codigo="3161",
    codigos_ate={"3.05.00": "1701"},
    alvo="lote",
    exemplo="A operadora recebe de 1 a 10 de cada mês, e hoje é dia 15.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def fora_do_calendario(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O lote chega dentro de uma janela do calendário de entrega da operadora, se ela tem um."""
    prazo = contexto.prazo
    if prazo is None or prazo.aberta is not None:
        return
    yield Apontamento(
        no=lote.elemento,
        mensagem=(
            f"O prazo de entrega está encerrado: nenhuma janela do calendário da operadora está aberta hoje. "
            f"{da_proxima(prazo.proxima)} Envie o arquivo quando ela abrir, ou peça uma exceção à operadora."
        ),
        valor=em_data(contexto.agora),
        esperado="dentro de uma janela do calendário de entrega",
    )


@regra(
    "D03",
    codigo="3214",
    codigo_antigo="1701",
    alvo="lote",
    exemplo="A janela aberta é a da competência de outubro, e o exame é de 3 de novembro.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def fora_da_competencia(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhuma guia é de depois da competência cuja janela de entrega está aberta; da internação conta o fim do período
    faturado."""
    if contexto.prazo is None or contexto.prazo.aberta is None:
        return
    mes = contexto.prazo.aberta.competencia
    seguinte = (mes + _LONGO).replace(day=1)
    for guia in lote.guias:
        fim = _fim(guia)
        if fim is None or fim[0] < seguinte:
            continue
        dia, no = fim
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é {em_data(dia)}, e a janela aberta é a da competência "
                f"{competencia(mes)}. Cobre esta guia na janela da competência {competencia(seguinte)}, ou ignore com "
                "justificativa se a operadora a aceita nesta."
            ),
            valor=no.text,
            esperado=f"até {em_data(seguinte - timedelta(days=1))}",
        )


def _fim(guia: GuiaLida) -> tuple[date, etree._Element] | None:
    """The last day of service that the guide charges, with its field."""
    for nome in _DA_GUIA:
        if (no := guia.campos.get(nome)) is not None and (dia := data_de(no.text)) is not None:
            return dia, no
    datados = [(item.data, item) for item in guia.itens if item.data is not None]
    if not datados:
        return None
    dia, ultimo = max(datados, key=lambda datado: datado[0])
    return dia, ultimo.no("dataRealizacao" if guia.tipo == "guiaOdonto" else "dataExecucao")
