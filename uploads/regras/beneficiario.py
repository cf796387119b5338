"""Checks on who was attended: the card, and whether it covered the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from lxml import etree

from conecta.interface.formatos import data as em_data
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Cobertura, Contexto
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, regra

_INICIOS = ("dataAtendimento", "dataInicioFaturamento")


@regra("B01", codigo="1001", alvo="guia", cadastro=True)
def carteira_desconhecida(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A carteira é de um beneficiário da operadora."""
    carteira = guia.numero_carteira
    if not carteira or carteira in contexto.beneficiarios or _tamanho_errado(carteira, contexto):
        return
    if not contexto.confere_beneficiarios:
        return
    no = guia.no("numeroCarteira")
    yield Apontamento(
        no=no,
        mensagem=(
            f"A carteira {citado(carteira)} da {a_guia(guia)} não é de nenhum beneficiário da operadora. Confira o "
            f"campo {campo(no)} com o cartão, com todos os zeros à esquerda."
        ),
        valor=carteira,
        esperado="carteira de um beneficiário da operadora",
    )


@regra("B02", codigo="1001", alvo="guia", cadastro=True)
def carteira_de_outro_tamanho(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A carteira tem o número de dígitos das carteiras da operadora."""
    carteira = guia.numero_carteira
    if not carteira or carteira in contexto.beneficiarios or not _tamanho_errado(carteira, contexto):
        return
    tamanhos = " ou ".join(map(str, contexto.parametros.tamanhos_da_carteira))
    no = guia.no("numeroCarteira")
    yield Apontamento(
        no=no,
        mensagem=(
            f"A carteira {citado(carteira)} da {a_guia(guia)} tem {len(carteira)} caracteres, e as da operadora têm "
            f"{tamanhos}. Confira o campo {campo(no)} com o cartão, com todos os zeros à esquerda e sem pontos."
        ),
        valor=carteira,
        esperado=f"{tamanhos} caracteres",
    )


@regra("B03", codigo="1006", alvo="guia", cadastro=True)
def depois_do_desligamento(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O atendimento não é depois do desligamento do beneficiário."""
    cobertura = _cobertura(guia, contexto)
    fim = cobertura.desligamento if cobertura else None
    if fim is None or (achado := _primeiro_atendimento(guia, lambda dia: dia > fim)) is None:
        return
    dia, no = achado
    yield Apontamento(
        no=no,
        mensagem=(
            f"A {a_guia(guia)} tem atendimento em {em_data(dia)}, depois do desligamento do beneficiário, em "
            f"{em_data(fim)}. Confira a data e a carteira."
        ),
        valor=dia.isoformat(),
        esperado=f"até {em_data(fim)}",
    )


@regra("B04", codigo="3308", codigo_antigo="1005", alvo="guia", cadastro=True)
def antes_da_inclusao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O atendimento não é antes da inclusão do beneficiário no plano."""
    cobertura = _cobertura(guia, contexto)
    inicio = cobertura.inclusao if cobertura else None
    if inicio is None or (achado := _primeiro_atendimento(guia, lambda dia: dia < inicio)) is None:
        return
    dia, no = achado
    yield Apontamento(
        no=no,
        mensagem=(
            f"A {a_guia(guia)} tem atendimento em {em_data(dia)}, antes da inclusão do beneficiário no plano, em "
            f"{em_data(inicio)}. Confira a data e a carteira."
        ),
        valor=dia.isoformat(),
        esperado=f"a partir de {em_data(inicio)}",
    )


def _cobertura(guia: GuiaLida, contexto: Contexto) -> Cobertura | None:
    return contexto.beneficiarios.get(guia.numero_carteira or "")


def _tamanho_errado(carteira: str, contexto: Contexto) -> bool:
    tamanhos = contexto.parametros.tamanhos_da_carteira
    return bool(tamanhos) and len(carteira) not in tamanhos


def _primeiro_atendimento(guia: GuiaLida, fora: Callable[[date], bool]) -> tuple[date, etree._Element] | None:
    """The first day of service without cover, with its field: the one date of the guide, or one of its items'.

    A stay counts from its first day: who was covered then is covered until it ends.
    """
    da_guia = next((guia.campos[nome] for nome in _INICIOS if nome in guia.campos), None)
    if da_guia is not None:
        dia = guia.data_atendimento
        return (dia, da_guia) if dia is not None and fora(dia) else None
    nome = "dataRealizacao" if guia.tipo == "guiaOdonto" else "dataExecucao"
    for item in guia.itens:
        if item.data is not None and fora(item.data):
            return item.data, item.no(nome)
    return None
