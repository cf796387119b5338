"""*Agrupar Procedimentos (XML)*: equal procedures of a guide as one line of its XML. What was typed stays as it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from convenios.regras import Regras
from lotes.estados import TipoDeGuia
from lotes.impressao import AGRUPAM
from tiss_schemas.fragmento import Valores
from tiss_schemas.valores import CENTAVO, decimal_de, inteiro_de, produto

Linha = Mapping[str, str]
"""The values of one line, by their paths below it."""

_ATENDIMENTO: Final = "dadosAtendimento/tipoAtendimento"
_PROCEDIMENTO: Final = re.compile(r"(procedimentosExecutados/procedimentoExecutado\[(\d+)\])/(.+)")
_SEQUENCIAL: Final = re.compile(
    r"(?:procedimentosExecutados/procedimentoExecutado|outrasDespesas/despesa)\[\d+\]/sequencialItem"
)
_VINCULO: Final = re.compile(r"outrasDespesas/despesa\[\d+\]/itemVinculado(?:\[\d+\])?")
_QUANTIDADE, _TOTAL, _NUMERO = "quantidadeExecutada", "valorTotal", "sequencialItem"
_UNITARIO, _FATOR = "valorUnitario", "reducaoAcrescimo"
_DE_CADA_UMA: Final = frozenset({_QUANTIDADE, _TOTAL, _NUMERO, "procedimento/descricaoProcedimento"})
"""What equal lines may have different."""
_MAIOR_QUANTIDADE: Final = 999
"""The quantity of a procedure has three digits."""


def valores_do_xml(tipo: str, valores: Valores, regras: Regras) -> Valores:
    """The values that the XML of a guide is written from: the typed ones, or, where the convênio groups and the kind of
    attendance lets it, with equal procedures in one line.

    Keys that remain are those that were typed, so that a finding in the XML is one about them.
    """
    agrupa = regras.agrupar_no_xml and tipo == TipoDeGuia.SP_SADT and valores.get(_ATENDIMENTO) in AGRUPAM
    return agrupar(valores) if agrupa else valores


def agrupar(valores: Valores) -> Valores:
    """The values with procedures that charge the same in one line: quantities and totals summed, item numbers running
    without gaps and the references to them kept.

    The same is all but number, quantity, total and description; lines that one quantity cannot say, or that together
    would cost something else than quantity × price × factor, stay apart.
    """
    linhas: dict[str, dict[str, str]] = defaultdict(dict)
    for caminho, texto in valores.items():
        if texto and (achado := _PROCEDIMENTO.fullmatch(caminho)):
            linhas[achado[1]][achado[3]] = texto
    somadas, tirada_por = _somar(linhas)
    if not tirada_por:
        return valores
    ficam = {caminho: texto for caminho, texto in valores.items() if caminho.partition("]/")[0] + "]" not in tirada_por}
    return _renumerar(
        ficam | dict(somadas),
        {linhas[fora].get(_NUMERO, ""): linhas[fica].get(_NUMERO, "") for fora, fica in tirada_por.items()},
    )


def _somar(linhas: Mapping[str, Linha]) -> tuple[dict[str, str], dict[str, str]]:
    """New values of lines that take others in, by path; and which line took in each that is gone."""
    mudam: dict[str, str] = {}
    tirada_por: dict[str, str] = {}
    for nomes in _iguais(linhas).values():
        fica: str | None = None
        soma: Linha = {}
        for nome in nomes:
            junta = _juntas(soma, linhas[nome]) if fica is not None else None
            if fica is None or junta is None:
                fica, soma = nome, linhas[nome]
                continue
            soma, tirada_por[nome] = junta, fica
            mudam |= {f"{fica}/{campo}": junta[campo] for campo in (_QUANTIDADE, _TOTAL)}
    return mudam, tirada_por


def _iguais(linhas: Mapping[str, Linha]) -> dict[Hashable, list[str]]:
    """Names of the lines by what they charge, in the order of the form."""
    por_cobranca: defaultdict[Hashable, list[str]] = defaultdict(list)
    for nome in sorted(linhas, key=_posicao):
        por_cobranca[frozenset(_cobranca(linhas[nome]))].append(nome)
    return por_cobranca


def _cobranca(linha: Linha) -> Iterator[tuple[str, Hashable]]:
    for campo, texto in linha.items():
        if campo not in _DE_CADA_UMA:
            yield campo, decimal_de(texto) if campo in (_UNITARIO, _FATOR) else texto


def _juntas(uma: Linha, outra: Linha) -> Linha | None:
    """The two as one line; None where that would say something else."""
    quantidades = [decimal_de(linha.get(_QUANTIDADE)) for linha in (uma, outra)]
    totais = [decimal_de(linha.get(_TOTAL)) for linha in (uma, outra)]
    if None in quantidades or None in totais:
        return None
    quantidade, total = _mais(quantidades), _mais(totais)
    unitario, fator = (decimal_de(uma.get(campo)) for campo in (_UNITARIO, _FATOR))
    if quantidade != int(quantidade) or quantidade > _MAIOR_QUANTIDADE:
        return None
    if unitario is None or produto((quantidade, unitario, Decimal(1) if fator is None else fator)) != total:
        return None
    return {**uma, _QUANTIDADE: str(int(quantidade)), _TOTAL: str(total.quantize(CENTAVO))}


def _mais(numeros: list[Decimal | None]) -> Decimal:
    return sum((numero for numero in numeros if numero is not None), Decimal(0))


def _renumerar(valores: dict[str, str], tiradas: Mapping[str, str]) -> dict[str, str]:
    """Let the items count from 1 again, in the order that their numbers had; where they have no such order, leave them.

    `tiradas` says by which item an item that is gone is meant now.
    """
    numerados = {caminho: inteiro_de(texto) for caminho, texto in valores.items() if _SEQUENCIAL.fullmatch(caminho)}
    em_ordem = sorted(numero for numero in numerados.values() if numero is not None)
    if len(set(em_ordem)) != len(numerados):
        return valores
    novo = {antigo: str(posicao) for posicao, antigo in enumerate(em_ordem, start=1)}
    for caminho, numero in numerados.items():
        if numero is not None:
            valores[caminho] = novo[numero]
    for caminho, texto in valores.items():
        if _VINCULO.fullmatch(caminho):
            agora = inteiro_de(tiradas.get(texto, texto))
            valores[caminho] = texto if agora is None else novo.get(agora, texto)
    return valores


def _posicao(nome: str) -> int:
    return int(nome[nome.rindex("[") + 1 : -1])
