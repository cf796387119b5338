"""What the server fills into a guide while it is typed: numbers, lines, prices, totals, each where it belongs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from tiss_schemas.fragmento import Valores
from tiss_schemas.valores import data_de
from uploads.digitacao.contrato import Contrato
from uploads.digitacao.iniciais_executante import codigo_do_executante
from uploads.digitacao.linhas import DESCRICAO, FATOR, TABELA, Linha, linhas_de, tocadas
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_campos import NUMERO, Campos, campos_de
from uploads.digitacao.passo_linhas import completar_linhas, linhas_vazias
from uploads.digitacao.passo_numeros import da_consulta, numerar, pelas_mascaras, repetidos, sem_numero
from uploads.digitacao.passo_totais import somar
from uploads.digitacao.precos import precificar

_DIAS_DA_GUIA = ("dataAtendimento", "dataInicioFaturamento", "dataSolicitacao")


@dataclass(frozen=True, slots=True)
class Completa:
    """The values of a guide with what the server knows better; paths that nobody may change; why it has no number."""

    valores: Mapping[str, str]
    travados: frozenset[str]
    campo_do_numero: str
    sem_numero: str
    """"": it has one, or gets one when it is saved."""


def completar(
    guia: GuiaDigitada,
    contrato: Contrato,
    digitados: Valores,
    *,
    mudou: Collection[str] | None,
    numerar_por: Usuario | None = None,
) -> Completa:
    """The typed values completed. `mudou` are the paths that were just left (None: any may have been).

    With `numerar_por`, inside the transaction that saves the guide, it gets its number. As many queries for one line as
    for many.
    """
    campos = campos_de(guia.versao_tiss, guia.tipo)
    valores = {caminho: texto for caminho, texto in digitados.items() if texto}
    for caminho in linhas_vazias(campos, valores):
        del valores[caminho]
    valores |= pelas_mascaras(campos, contrato, valores)
    recusa = _numerada(guia, campos, contrato, valores, numerar_por)
    valores |= repetidos(campos, contrato, valores)
    dia = _dia(campos, valores)
    valores |= da_consulta(guia, campos, contrato, valores, _primeiro_dia(guia, valores) or timezone.localdate())
    valores |= completar_linhas(campos, contrato.regras, valores, mudou=mudou, dia=dia)
    valores |= codigo_do_executante(guia, contrato, valores)
    travados = _precificar(guia, contrato, valores, mudou)
    for caminho, total in somar(campos, valores).items():
        valores[caminho] = total
    return Completa(
        {caminho: texto for caminho, texto in valores.items() if texto},
        travados,
        campos.caminho(NUMERO) or "",
        "" if recusa is None else recusa.frase,
    )


def numeracao_da(guia: GuiaDigitada, contrato: Contrato) -> tuple[str, str]:
    """The path of the guide's number, and why it would get none by being saved, "" where it has one or would."""
    campos = campos_de(guia.versao_tiss, guia.tipo)
    recusa = sem_numero(guia, campos, contrato, guia.valores)
    return campos.caminho(NUMERO) or "", "" if recusa is None else recusa.frase


def _numerada(
    guia: GuiaDigitada, campos: Campos, contrato: Contrato, valores: dict[str, str], por: Usuario | None
) -> ErroDeNegocio | None:
    """Number the guide where `por` says so; why it has no number, or would get none."""
    if por is None:
        return sem_numero(guia, campos, contrato, valores)
    try:
        valores |= numerar(guia, campos, contrato, valores, por)
    except ErroDeNegocio as erro:
        return erro
    return None


def _precificar(
    guia: GuiaDigitada, contrato: Contrato, valores: dict[str, str], mudou: Collection[str] | None
) -> frozenset[str]:
    """Fill in what lines cost; the paths that nobody may change. Most steps touch no line, and load no prices."""
    linhas = linhas_de(guia.versao_tiss, guia.tipo, valores)
    pedidas = _a_precificar(linhas, mudou)
    nunca = guia.revisao == 1 or mudou is None
    if not nunca and not pedidas and all(_como_antes(linha, guia.valores) for linha in linhas):
        return frozenset(caminho for caminho in guia.travados if caminho in valores)
    preenchidos = precificar(guia, contrato, valores, pedidas)
    ficam = _precos_digitados(linhas, mudou) - preenchidos.travados
    valores |= {caminho: texto for caminho, texto in preenchidos.valores.items() if caminho not in ficam}
    return preenchidos.travados


def _precos_digitados(linhas: list[Linha], mudou: Collection[str] | None) -> set[str]:
    """The prices that stand on lines and were typed: just now, or, in a form that is saved, before it came here."""
    precos = {caminho for linha in linhas if (caminho := linha.do_preco) and linha.valores.get(caminho)}
    return precos if mudou is None else precos & set(mudou)


def _como_antes(linha: Linha, antes: Valores) -> bool:
    return all(antes.get(caminho, "") == linha.valores.get(caminho, "") for caminho in linha.campos.values())


def _a_precificar(linhas: list[Linha], mudou: Collection[str] | None) -> set[str]:
    """The lines that are looked up anew: those whose code or day was just typed; else those that were never."""
    if mudou is not None:
        return {linha.nome for linha in tocadas(linhas, mudou)}
    return {
        linha.nome
        for linha in linhas
        if any(linha.caminho(nome) and not linha.texto(nome) for nome in (TABELA, DESCRICAO, FATOR))
    }


def _primeiro_dia(guia: GuiaDigitada, valores: Mapping[str, str]) -> date | None:
    """When the first of the lines was done; None while none says."""
    linhas = linhas_de(guia.versao_tiss, guia.tipo, valores)
    return min((linha.dia for linha in linhas if linha.dia is not None), default=None)


def _dia(campos: Campos, valores: Mapping[str, str]) -> date:
    return data_de(campos.texto(valores, *_DIAS_DA_GUIA)) or timezone.localdate()
