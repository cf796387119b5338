"""Checks on who was contracted: documents, codes, contract and CNES.

What only the operadora's whole register could decide is left out: whether another code or CNPJ than the sender's own is
of somebody who may bill.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.interface.formatos import data as em_data
from tiss_schemas.documentos import documento_valido
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras.contexto import Contexto
from uploads.regras.contratados import (
    DESCONHECIDO,
    Contratado,
    codigos_do_prestador,
    executante,
    executante_e_local,
    primeiros_e_ultimos_dias,
    solicitante,
)
from uploads.regras.palavras import a_guia, campo, citado, periodo
from uploads.regras.registro import Apontamento, regra
from uploads.regras.vigencias import fora_do_periodo

_DESDE: Final = date(2026, 11, 22)
_RAIZ_DO_CNPJ: Final = 8
_SEM_CNES: Final = "9999999"
_DIGITOS_DO_CNES: Final = 7
_CNES: Final = ("CNES", "cnes", "cnesContratadoExecutante", "cnesExec")


@regra(
    "P01",
    codigo="1206",
    alvo="guia",
    exemplo="O CNPJ do executante é 11222333000199, e os dígitos verificadores de 112223330001 são 81.",
    desde=_DESDE,
)
def documento_do_executante(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O CNPJ ou CPF do contratado executante, e o do local dos honorários, tem dígitos verificadores certos."""
    for contratado in executante_e_local(guia):
        if contratado.tipo != "código" and contratado.valor and not documento_valido(contratado.valor):
            yield Apontamento(
                no=contratado.elemento,
                mensagem=(
                    f"O {contratado.tipo} {citado(contratado.valor)} do campo {campo(contratado.elemento)} da "
                    f"{a_guia(guia)} não existe: os dígitos verificadores não conferem. Confira-o no cadastro do seu "
                    "sistema e corrija."
                ),
                valor=contratado.valor,
                esperado=f"{contratado.tipo} com dígitos verificadores certos",
            )


@regra(
    "P02",
    codigo="3279",
    codigo_antigo="1203",
    alvo="guia",
    exemplo="O código do executante na operadora é 99999999999999, que só vale para um solicitante desconhecido.",
    desde=_DESDE,
)
def codigo_do_executante(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O código do contratado executante na operadora não está em branco, em zeros ou em noves."""
    contratado = executante(guia)
    if contratado is None or contratado.tipo != "código":
        return
    if contratado.valor.strip("0") and contratado.valor != DESCONHECIDO:
        return
    certos = codigos_do_prestador(guia, contexto)
    informar = f" O do seu contrato é {' ou '.join(certos)}." if certos else ""
    yield Apontamento(
        no=contratado.elemento,
        mensagem=(
            f"O campo {campo(contratado.elemento)} da {a_guia(guia)} é {citado(contratado.valor)}, que não é código de "
            f"ninguém. Informe o código que a operadora deu a quem executou.{informar}"
        ),
        valor=contratado.valor,
        esperado="o código do executante na operadora",
    )


@regra(
    "P03",
    codigo="3279",
    codigo_antigo="1207",
    alvo="guia",
    exemplo="O arquivo é da clínica de CNPJ 11.222.333/0001-81, e o executante da guia é 55.666.777/0001-61.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def executante_de_outro(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O contratado executante é o prestador que envia ou uma unidade dele, e não outro."""
    contratado = None if guia.tipo in {"guiaHonorarios", "guiaOdonto"} else executante(guia)
    if contratado is None or not _e_de_outro(contratado, contexto):
        return
    yield Apontamento(
        no=contratado.elemento,
        mensagem=(
            f"O executante da {a_guia(guia)} é o de {contratado.tipo} {citado(contratado.valor)}, e não o prestador "
            f"que envia o arquivo. Corrija o campo {campo(contratado.elemento)}; se a execução foi mesmo de outro, "
            "ignore com justificativa."
        ),
        valor=contratado.valor,
        esperado="o prestador que envia, ou uma unidade dele",
    )


@regra(
    "P04",
    codigo="3278",
    codigo_antigo="1212",
    alvo="lote",
    exemplo="O contrato com a operadora vigora desde 01/03/2019, e a guia tem atendimento em 15/02/2019.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def atendimento_fora_do_contrato(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada atendimento está na vigência do credenciamento do prestador, se algum do lote está."""
    contrato = contexto.credenciamento
    if contrato is None or not any(map(contrato.vigente_em, primeiros_e_ultimos_dias(lote))):
        return
    for guia in lote.guias:
        if (achado := fora_do_periodo(guia, contrato.inicio, contrato.fim)) is not None:
            dia, no = achado
            yield Apontamento(
                no=no,
                mensagem=(
                    f"A {a_guia(guia)} tem atendimento em {em_data(dia)}, e o contrato com a operadora vigora "
                    f"{periodo(contrato)}. Confira a data; se está certa, procure a operadora."
                ),
                valor=dia.isoformat(),
                esperado=periodo(contrato),
            )


@regra(
    "P05",
    codigo="1202",
    alvo="guia",
    exemplo="O CNES é 12345: falta completar os 7 dígitos com zeros à esquerda.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def cnes_invalido(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O CNES tem 7 dígitos, não todos iguais; 9999999 quando o prestador não tem CNES."""
    for no in (guia.campos[nome] for nome in _CNES if nome in guia.campos):
        cnes = (no.text or "").strip()
        if cnes == _SEM_CNES or (_so_digitos(cnes) and len(cnes) == _DIGITOS_DO_CNES and len(set(cnes)) > 1):
            continue
        completo = cnes.zfill(_DIGITOS_DO_CNES) if _so_digitos(cnes) and len(set(cnes)) > 1 else None
        achado = f"é {citado(cnes)}, que não é um CNES" if cnes else "está em branco"
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} {achado}. Informe os 7 dígitos, com os zeros à esquerda, ou "
                f"{_SEM_CNES} se não há CNES."
            ),
            valor=cnes,
            esperado="7 dígitos",
            sugestao=completo,
        )


@regra(
    "P06",
    codigo="1417",
    codigo_antigo="1416",
    alvo="guia",
    exemplo="O CPF do contratado solicitante é 12345678900, e os dígitos verificadores não conferem.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def documento_do_solicitante(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O CNPJ ou CPF do contratado solicitante tem dígitos verificadores certos, ou está todo em noves."""
    contratado = solicitante(guia)
    if contratado is None or contratado.tipo == "código" or not contratado.valor.strip("9"):
        return
    if not documento_valido(contratado.valor):
        yield Apontamento(
            no=contratado.elemento,
            mensagem=(
                f"O {contratado.tipo} {citado(contratado.valor)} do campo {campo(contratado.elemento)} da "
                f"{a_guia(guia)} não existe: os dígitos verificadores não conferem. Corrija-o; se o solicitante não é "
                f"conhecido, informe o código {DESCONHECIDO}."
            ),
            valor=contratado.valor,
            esperado=f"{contratado.tipo} com dígitos verificadores certos",
        )


def _e_de_outro(contratado: Contratado, contexto: Contexto) -> bool:
    """Whether it can be known to be somebody else. A CPF in the file of a company is one of its professionals."""
    prestador, contrato = contexto.prestador, contexto.credenciamento
    if prestador is None or contrato is None or not contratado.valor:
        return False
    if contratado.tipo == "código":
        return contratado.valor not in {DESCONHECIDO, *contrato.todos_os_codigos} and bool(contratado.valor.strip("0"))
    if not documento_valido(contratado.valor) or len(contratado.valor) > len(prestador.documento):
        return False
    if contratado.tipo == "CNPJ":
        return contratado.valor[:_RAIZ_DO_CNPJ] != prestador.documento[:_RAIZ_DO_CNPJ]
    return len(contratado.valor) == len(prestador.documento) and contratado.valor != prestador.documento


def _so_digitos(texto: str) -> bool:
    return texto.isascii() and texto.isdecimal()
