"""Checks on what was agreed with one prestador: its codes, and what its laboratory still owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto
from uploads.regras.contratados import codigos_do_prestador, executante
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)


@regra(
    "C01",
    codigo="3279",
    codigo_antigo="1203",
    alvo="guia",
    exemplo="O código da clínica para internação está numa guia SP/SADT, que tem código próprio no contrato.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def codigo_de_outras_guias(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O código do executante na operadora é o que o contrato combina para aquela guia."""
    contrato = contexto.credenciamento
    if contrato is None or not contrato.codigos:
        return
    contratado = executante(guia)
    if contratado is None or contratado.tipo != "código" or contratado.valor not in contrato.todos_os_codigos:
        return
    certos = codigos_do_prestador(guia, contexto)
    if contratado.valor not in certos:
        yield Apontamento(
            no=contratado.elemento,
            mensagem=(
                f"O campo {campo(contratado.elemento)} da {a_guia(guia)} é {citado(contratado.valor)}, que o contrato "
                f"combina para outras guias. Para esta, informe {' ou '.join(certos)}."
            ),
            valor=contratado.valor,
            esperado=" ou ".join(certos),
            sugestao=certos[0] if len(certos) == 1 else None,
        )


@regra(
    "C02",
    codigo="3100",
    codigo_antigo="1203",
    alvo="cabecalho",
    exemplo="A origem traz o código da clínica para internação, e o lote é de guias SP/SADT.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def codigo_de_outros_lotes(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O código da origem é o que o contrato combina para alguma das guias do lote."""
    origem, contrato = mensagem.cabecalho.origem, contexto.credenciamento
    if contrato is None or not contrato.codigos or origem is None or origem.tipo != "codigo":
        return
    if mensagem.lote is None or origem.valor not in contrato.todos_os_codigos:
        return
    certos = sorted({codigo for guia in mensagem.lote.guias for codigo in codigos_do_prestador(guia, contexto)})
    if certos and origem.valor not in certos:
        yield Apontamento(
            no=origem.elemento,
            mensagem=(
                f"O código {citado(origem.valor)} da origem é combinado no contrato para guias que este lote não tem. "
                f"Informe {' ou '.join(certos)}."
            ),
            valor=origem.valor,
            esperado=" ou ".join(certos),
            sugestao=certos[0] if len(certos) == 1 else None,
        )


@regra(
    "C03",
    codigo="1809",
    alvo="guia",
    exemplo="A guia 20301004 está na lista de exames pendentes: o material ainda não foi entregue.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def exame_pendente(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum exame da guia está marcado como pendente, onde o convênio não deixa faturá-lo assim."""
    if "exame_pendente" in contexto.pendencias_da(guia) and contexto.regras_da(guia).nao_faturar_exames_pendentes:
        yield Apontamento(
            no=guia.no("numeroGuiaPrestador"),
            mensagem=(
                f"A {a_guia(guia)} tem exame pendente, e o convênio não deixa faturar exame que não foi feito. Deixe-a "
                "para outro lote, ou retire a pendência em Convênios, Pendências de exames."
            ),
            valor=guia.numero_prestador,
            esperado="guia sem exame pendente",
        )


@regra(
    "C04",
    codigo="1822",
    alvo="guia",
    exemplo="O laudo do exame da guia 20301004 ainda não foi lançado.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def exame_sem_laudo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum exame da guia está marcado como sem laudo, onde o convênio não deixa faturá-lo assim."""
    if "sem_laudo" in contexto.pendencias_da(guia) and contexto.regras_da(guia).nao_faturar_sem_laudo:
        yield Apontamento(
            no=guia.no("numeroGuiaPrestador"),
            mensagem=(
                f"A {a_guia(guia)} tem exame sem laudo, e o convênio não deixa faturá-lo assim. Deixe-a para outro "
                "lote, ou retire a pendência em Convênios, Pendências de exames."
            ),
            valor=guia.numero_prestador,
            esperado="guia com os laudos de todos os exames",
        )
