"""Days and hours of what was done, beside each other, the message and today.

They are given the lot, because the day of the transaction stands in its header.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lxml import etree

from conecta.interface.formatos import data
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from tiss_schemas.valores import data_de, hora_de
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item
from uploads.regras.palavras import a_guia, campo
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
em_data: Final = lru_cache(maxsize=1024)(data)
"""The days of a file are few, and each may be written thousands of times."""
_INICIO: Final = "dataInicioFaturamento"
_FINS: Final = ("dataFinalFaturamento", "dataFimFaturamento")
_DATAS_DA_GUIA: Final = ("dataAtendimento", _INICIO, *_FINS)
_MAIS_LONGA: Final = 12
"""Hours. What ends earlier in the day than it began went past midnight, unless it would have taken longer than this."""


@regra(
    "D01",
    codigo="1323",
    alvo="lote",
    exemplo="O arquivo é de 10/01/2026, e o exame está com a data 12/10/2026.",
    desde=_DESDE,
)
def atendimento_no_futuro(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum atendimento é de um dia que ainda não chegou."""
    hoje = contexto.agora.date()
    for guia in lote.guias:
        for dia, no in _depois_de(guia, hoje):
            yield Apontamento(
                no=no,
                mensagem=(
                    f"O campo {campo(no)} da {a_guia(guia)} é {em_data(dia)}, um dia que ainda não chegou. Informe o "
                    "dia em que o atendimento foi feito."
                ),
                valor=no.text,
                esperado=f"até {em_data(hoje)}",
            )


@regra(
    "D02",
    codigo="3223",
    codigo_antigo="1323",
    alvo="lote",
    exemplo="A data da transação é 10/01/2026, e o exame é de 12/01/2026.",
    desde=_DESDE,
)
def atendimento_depois_do_envio(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum atendimento é de depois da data da transação do lote."""
    envio, hoje = lote.data_registro, contexto.agora.date()
    if envio is None or envio >= hoje:
        return
    if _todas_depois_de(lote, envio, hoje):
        yield from _transacao_antes_de_tudo(lote, envio, contexto)
        return
    for guia in lote.guias:
        for dia, no in _depois_de(guia, envio):
            if dia <= hoje:
                yield Apontamento(
                    no=no,
                    mensagem=(
                        f"O campo {campo(no)} da {a_guia(guia)} é {em_data(dia)}, depois da data da transação do lote, "
                        f"{em_data(envio)}. Corrija o dia do atendimento, ou gere o arquivo de novo."
                    ),
                    valor=no.text,
                    esperado=f"até {em_data(envio)}",
                )


@regra(
    "D04",
    codigo="1323",
    alvo="lote",
    exemplo="O exame é de 10/01/2026, e o pedido médico é de 15/01/2026.",
    desde=_DESDE,
    ignoravel=True,
)
def pedido_depois_do_atendimento(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O pedido não é de depois de tudo o que foi feito por ele."""
    for guia in lote.guias:
        no, feito = guia.campos.get("dataSolicitacao"), guia.data_fim
        pedido = None if no is None else data_de(no.text)
        if no is None or pedido is None or feito is None or pedido <= feito:
            continue
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é {em_data(pedido)}, mas ela só cobra o que foi feito até "
                f"{em_data(feito)}. Confira as duas datas; se estão certas, ignore com justificativa."
            ),
            valor=no.text,
            esperado=f"até {em_data(feito)}",
        )


@regra(
    "D05",
    codigo="1608",
    alvo="lote",
    exemplo="O faturamento da internação começa em 10/01/2026 e termina em 08/01/2026.",
    desde=_DESDE,
)
def periodo_ao_contrario(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O período faturado de uma internação não termina antes de começar."""
    for guia in lote.guias:
        inicio, fim = _periodo(guia)
        if inicio is None or fim is None or fim > inicio:
            continue
        if fim == inicio and not _horas_ao_contrario(guia):
            continue
        no = guia.no("horaFinalFaturamento") if fim == inicio else _no_do_fim(guia)
        yield Apontamento(
            no=no,
            mensagem=(
                f"O período faturado da {a_guia(guia)} termina antes de começar: começa em {em_data(inicio)} e o "
                f"campo {campo(no)} é {em_data(fim) if fim < inicio else no.text}. Corrija o que estiver trocado."
            ),
            valor=no.text,
            esperado="depois do início do faturamento",
        )


@regra(
    "D06",
    codigo="1605",
    alvo="lote",
    exemplo="A internação começou em 10/01/2026, e um procedimento dela é de 08/01/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def item_antes_da_internacao(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum item de uma internação é de antes do início do período faturado."""
    for guia in lote.guias:
        inicio, fim = _periodo(guia)
        if inicio is None or (fim is not None and fim < inicio):
            continue
        for item in guia.itens:
            if item.data is not None and item.data < inicio:
                yield _fora_do_periodo(item, guia, f"antes do início do período faturado, {em_data(inicio)}")


@regra(
    "D07",
    codigo="1607",
    alvo="lote",
    exemplo="O período faturado termina em 12/01/2026, e uma diária dele é de 14/01/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def item_depois_da_internacao(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum item de uma internação é de depois do fim do período faturado."""
    # A day after today or after the transaction is another rule's business.
    ultimo = min(contexto.agora.date(), lote.data_registro or date.max)
    for guia in lote.guias:
        inicio, fim = _periodo(guia)
        if fim is None or (inicio is not None and fim < inicio):
            continue
        for item in guia.itens:
            if item.data is not None and fim < item.data <= ultimo:
                yield _fora_do_periodo(item, guia, f"depois do fim do período faturado, {em_data(fim)}")


@regra(
    "D08",
    codigo="1323",
    codigo_antigo="1606",
    alvo="lote",
    exemplo="O procedimento começou às 14:00 e terminou às 13:20 do mesmo dia.",
    desde=_DESDE,
    ignoravel=True,
)
def hora_final_antes_da_inicial(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """A hora final de cada procedimento não é antes da inicial, a não ser que ele passe da meia-noite."""
    for guia in lote.guias:
        for item in guia.com_hora:
            if item.especie == "despesa" or (fim := item.hora_final) is None or (inicio := item.hora_inicial) is None:
                continue
            if fim >= inicio or inicio.hour - fim.hour >= 24 - _MAIS_LONGA:
                continue
            no = item.no("horaFinal")
            yield Apontamento(
                no=no,
                mensagem=(
                    f"O campo {campo(no)} {do_item(item)} é {fim:%H:%M}, antes da hora inicial, {inicio:%H:%M}. "
                    "Confira as duas horas; se estão certas, ignore com justificativa."
                ),
                valor=no.text,
                esperado=f"depois de {inicio:%H:%M}",
            )


def _depois_de(guia: GuiaLida, limite: date) -> Iterator[tuple[date, etree._Element]]:
    """Every day of service after that one, with its field."""
    for nome in _DATAS_DA_GUIA:
        if (no := guia.campos.get(nome)) is not None and (dia := data_de(no.text)) is not None and dia > limite:
            yield dia, no
    if guia.tipo == "guiaConsulta":
        return
    nome = "dataRealizacao" if guia.tipo == "guiaOdonto" else "dataExecucao"
    for item in guia.itens:
        if item.data is not None and item.data > limite:
            yield item.data, item.no(nome)


def _todas_depois_de(lote: LoteLido, dia: date, hoje: date) -> bool:
    """Whether all of several guides begin after that day: then it is the day that is wrong."""
    return len(lote.guias) > 1 and all(
        guia.data_atendimento is not None and dia < guia.data_atendimento <= hoje for guia in lote.guias
    )


def _transacao_antes_de_tudo(lote: LoteLido, envio: date, contexto: Contexto) -> Iterator[Apontamento]:
    janela = contexto.parametros.janela_da_transacao_dias
    if janela is not None and contexto.agora.date() - envio > timedelta(days=janela):
        return
    no = lote.cabecalho.no("identificacaoTransacao/dataRegistroTransacao")
    primeiro = min(guia.data_atendimento for guia in lote.guias if guia.data_atendimento is not None)
    yield Apontamento(
        no=no,
        mensagem=(
            f"A data da transação é {em_data(envio)}, antes de todos os atendimentos do lote: o primeiro é de "
            f"{em_data(primeiro)}. Informe o dia em que o arquivo foi gerado."
        ),
        valor=no.text,
        esperado=f"a partir de {em_data(primeiro)}",
    )


def _periodo(guia: GuiaLida) -> tuple[date | None, date | None]:
    """First and last day of the billing period of a stay, None where not told."""
    inicio = guia.campos.get(_INICIO)
    return None if inicio is None else data_de(inicio.text), data_de(_no_do_fim(guia).text)


def _no_do_fim(guia: GuiaLida) -> etree._Element:
    """The field with the last day, or the guide itself where there is none."""
    return next((guia.campos[nome] for nome in _FINS if nome in guia.campos), guia.elemento)


def _horas_ao_contrario(guia: GuiaLida) -> bool:
    horas = [hora_de(guia.no(nome).text) for nome in ("horaInicioFaturamento", "horaFinalFaturamento")]
    return horas[0] is not None and horas[1] is not None and horas[1] < horas[0]


def _fora_do_periodo(item: ItemLido, guia: GuiaLida, quando: str) -> Apontamento:
    no = item.no("dataExecucao")
    return Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} {do_item(item)} da {a_guia(guia)} é {em_data(item.data)}, {quando}. Corrija a data "
            "do item ou o período; se estão certos, ignore com justificativa."
        ),
        valor=no.text,
        esperado="um dia do período faturado",
    )
