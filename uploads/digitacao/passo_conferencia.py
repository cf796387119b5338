"""What somebody who types compares with the paper in the end: the sums of the guide, and who pays which part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from convenios.coparticipacao import ItemDaConta, dividir_cobrados, especie_de, tem_coparticipacao
from convenios.regras import Regras
from tiss_schemas.fichas import ficha_de
from tiss_schemas.valores import contas_exatas, decimal_de
from uploads.digitacao.linhas import CODIGO, DESPESA, TABELA, Linha, linhas_de
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_campos import campos_de

_TOTAIS_DA_LINHA: Final = ("valorTotal", "valorProc", "valorProcedimento")
_TOTAIS_DA_GUIA: Final = ("valorTotalGeral", "valorTotalHonorarios", "valorTotalProc", "valorProcedimento")


@dataclass(frozen=True, slots=True)
class Soma:
    """One line of the check: what it counts, and how much that is, in reais."""

    rotulo: str
    valor: Decimal


@contas_exatas()
def conferencia(guia: GuiaDigitada, regras: Regras) -> list[Soma]:
    """The sums of each grid that charges something, of the guide, and of its coparticipação. No query."""
    linhas = linhas_de(guia.versao_tiss, guia.tipo, guia.valores)
    somas = list(_das_grades(guia, linhas))
    somas.append(Soma("Total da guia", _total(guia)))
    return somas + list(_coparticipacao(guia, linhas, regras))


def _das_grades(guia: GuiaDigitada, linhas: list[Linha]) -> Iterator[Soma]:
    for grade in ficha_de(guia.versao_tiss, guia.tipo).grades():
        dela = [linha for linha in linhas if linha.nome.startswith(f"{grade.caminho}[")]
        if dela:
            itens = "1 item" if len(dela) == 1 else f"{len(dela)} itens"
            yield Soma(f"{grade.titulo}, {itens}", sum((_valor(linha) for linha in dela), Decimal(0)))


def _coparticipacao(guia: GuiaDigitada, linhas: list[Linha], regras: Regras) -> Iterator[Soma]:
    if not tem_coparticipacao(regras):
        return
    itens = [
        ItemDaConta(especie=especie_de(linha.texto(DESPESA), linha.texto(TABELA)), valor=_valor(linha), dia=linha.dia)
        for linha in linhas
        if linha.texto(CODIGO)
    ]
    divisao = dividir_cobrados(itens, regras, inicio=guia.data_de_atendimento)
    yield Soma("Parte do beneficiário", divisao.paciente)
    yield Soma("Parte do convênio", divisao.convenio)


def _valor(linha: Linha) -> Decimal:
    return max(decimal_de(linha.texto(*_TOTAIS_DA_LINHA)) or Decimal(0), Decimal(0))


def _total(guia: GuiaDigitada) -> Decimal:
    campos = campos_de(guia.versao_tiss, guia.tipo)
    return decimal_de(campos.texto(guia.valores, *_TOTAIS_DA_GUIA)) or Decimal(0)
