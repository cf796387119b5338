"""Procedures repeated too soon, beside the lot itself and what the prestador billed before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from operator import itemgetter

from conecta.interface.formatos import data as em_data
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras.consultas import e_consulta
from uploads.regras.contexto import Contexto, Repeticao
from uploads.regras.convenio_retorno import consulta_no_prazo_de_retorno
from uploads.regras.exigidos import exigidos
from uploads.regras.linhas import do_item
from uploads.regras.palavras import campo
from uploads.regras.registro import Apontamento, conta, regra

Feito = tuple[date, Repeticao, ItemLido, int]
"""When a line was done, what of whom it was, the line, and its minimum interval in days."""


@regra(
    "C30",
    codigo="1823",
    alvo="lote",
    exemplo="A operadora paga a densitometria uma vez a cada 365 dias, e a anterior foi há 90.",
    desde=date(2026, 11, 22),
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def repetido_antes_do_intervalo(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O procedimento não é repetido para o mesmo beneficiário antes do intervalo que a operadora pede."""
    ultimos: dict[Repeticao, date] = {}
    for dia, chave, item, intervalo in sorted(com_intervalo(lote, contexto), key=itemgetter(0)):
        antes = ultimos.get(chave)
        ultimos[chave] = dia
        vizinhos = chain(contexto.feitos.get(chave, ()), () if antes is None else (antes,))
        outro = min((outro for outro in vizinhos if 0 < abs((dia - outro).days) < intervalo), default=None)
        if outro is not None:
            yield _repetido(item, dia, outro, intervalo)


def com_intervalo_minimo(lote: LoteLido, contexto: Contexto) -> dict[Repeticao, tuple[date, date]]:
    """By carteira, table and code, between which days another time would be too near."""
    janelas: dict[Repeticao, tuple[date, date]] = {}
    for dia, chave, _, intervalo in com_intervalo(lote, contexto):
        de, ate = _dias_em_volta(dia, intervalo)
        antes = janelas.get(chave, (de, ate))
        janelas[chave] = min(de, antes[0]), max(ate, antes[1])
    return janelas


def com_intervalo(lote: LoteLido, contexto: Contexto) -> Iterator[Feito]:
    """The lines that have a minimum interval. Of newborns on one card nobody can tell which of them it was."""
    for guia in lote.guias if contexto.exigencias else ():
        recem_nascido = guia.campos.get("atendimentoRN")
        if not guia.numero_carteira or (recem_nascido is not None and recem_nascido.text == "S"):
            continue
        com_retorno = _tem_retorno(guia, contexto)
        for item, exigencia in exigidos(guia, contexto):
            if com_retorno and e_consulta(item):
                continue
            intervalo, dia = exigencia.intervalo_minimo_dias, item.data or guia.data_atendimento
            if intervalo is not None and dia is not None:
                yield dia, (guia.numero_carteira, item.tabela or "", item.codigo or ""), item, intervalo


def _tem_retorno(guia: GuiaLida, contexto: Contexto) -> bool:
    """Whether the convênio agreed when a consultation is a return: of those I29 speaks."""
    regras = contexto.regras_da(guia)
    acordado = bool(regras.dias_retorno_eletivo or regras.dias_retorno_emergencia)
    return acordado and conta(consulta_no_prazo_de_retorno, contexto)


def _repetido(item: ItemLido, dia: date, outro: date, intervalo: int) -> Apontamento:
    no = item.no("codigoProcedimento")
    return Apontamento(
        no=no,
        mensagem=(
            f"O código {item.codigo} {do_item(item, com_codigo=False)}, de {em_data(dia)}, também foi feito em "
            f"{em_data(outro)} para este beneficiário, e a operadora pede {intervalo} dias entre um e outro. Confira o "
            f"campo {campo(no)} e as datas; se foi mesmo preciso repetir, ignore com justificativa."
        ),
        valor=item.codigo,
        esperado=f"{intervalo} dias ou mais depois do anterior",
    )


def _dias_em_volta(dia: date, intervalo: int) -> tuple[date, date]:
    """The first and the last day that are too near, as far as the calendar goes."""
    antes = dia - timedelta(intervalo - 1) if (dia - date.min).days >= intervalo else date.min
    depois = dia + timedelta(intervalo - 1) if (date.max - dia).days >= intervalo else date.max
    return antes, depois
