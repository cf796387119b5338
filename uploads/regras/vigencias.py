"""The days of a guide beside a period: which of them lies outside, and in which field it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from lxml import etree

from conecta.periodo import dentro
from tiss_schemas.lote_lido import GuiaLida

_INICIOS: Final = ("dataAtendimento", "dataInicioFaturamento")


def primeiro_atendimento(guia: GuiaLida, fora: Callable[[date], bool]) -> tuple[date, etree._Element] | None:
    """The first day of service for which `fora` holds, with its field: the one date of the guide, or one of its items'.

    A stay counts from its first day: what held then holds until it ends.
    """
    da_guia = next((guia.campos[nome] for nome in _INICIOS if nome in guia.campos), None)
    if da_guia is not None:
        dia = guia.data_atendimento
        return (dia, da_guia) if dia is not None and fora(dia) else None
    return _do_primeiro_item(guia, fora)


def fora_do_periodo(guia: GuiaLida, inicio: date, fim: date | None) -> tuple[date, etree._Element] | None:
    """The first day of service outside the period (`fim` None: without end), with its field.

    A stay is out only if none of its days is in.
    """

    def fora(dia: date) -> bool:
        return not dentro(dia, inicio, fim)

    primeiro, ultimo = guia.data_atendimento, guia.data_fim
    if primeiro is None or ultimo is None:
        return None
    if (no := guia.campos.get("dataAtendimento")) is not None:
        return (primeiro, no) if fora(primeiro) else None
    if (no := guia.campos.get("dataInicioFaturamento")) is not None:
        tem_um_dia = ultimo >= inicio and (fim is None or primeiro <= fim)
        return None if tem_um_dia else (primeiro, no)
    return _do_primeiro_item(guia, fora)


def _do_primeiro_item(guia: GuiaLida, fora: Callable[[date], bool]) -> tuple[date, etree._Element] | None:
    nome = "dataRealizacao" if guia.tipo == "guiaOdonto" else "dataExecucao"
    for item in guia.itens:
        if item.data is not None and fora(item.data):
            return item.data, item.no(nome)
    return None
