"""Who executes, on every guide the prestador itself: by the document or the code that the convênio wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from convenios.contrato.codigos import CodigoAcordado, Situacao, codigo_credenciado, codigos_da_guia
from convenios.models.camadas import DocumentoDoProfissional
from tiss_schemas.fichas import Celula, ficha_de
from uploads.contexto_contrato import codigos_acordados
from uploads.digitacao.contrato import Contrato
from uploads.digitacao.linhas import CODIGO, DESPESA, TABELA, linhas_de
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_campos import REGIME, TIPO_DE_ATENDIMENTO, campos_de

_GRUPO: Final = "ontratadoExecutante/"
_CODIGOS: Final = ("codigoPrestadorNaOperadora", "codigonaOperadora", "codigoProfExec")
_POR_DOCUMENTO: Final = {
    DocumentoDoProfissional.CNPJ: ("cnpjContratado", 14),
    DocumentoDoProfissional.CPF: ("cpfContratado", 11),
}
"""Element and length of the document."""


def executante_inicial(guia: GuiaDigitada, contrato: Contrato) -> dict[str, str]:
    """The field by which the prestador names itself as executante. One query."""
    caminhos = _caminhos(guia.versao_tiss, guia.tipo)
    elemento, tamanho = _POR_DOCUMENTO.get(contrato.regras.documento_executante, ("", 0))  # type: ignore[call-overload]
    if elemento in caminhos and len(contrato.documento) == tamanho:
        return {caminhos[elemento]: contrato.documento}
    caminho = next((caminhos[nome] for nome in _CODIGOS if nome in caminhos), None)
    codigo = codigo_credenciado(_acordados(guia, contrato), _situacao(guia), padrao=_padrao(contrato))
    return {caminho: codigo} if caminho and codigo else {}


def codigo_do_executante(guia: GuiaDigitada, contrato: Contrato, valores: Mapping[str, str]) -> dict[str, str]:
    """The code that was agreed for what the guide says now, where a code of the contract that does not fit stands.

    One query, none where the executante is named otherwise.
    """
    caminhos = _caminhos(guia.versao_tiss, guia.tipo)
    caminho = next((caminhos[nome] for nome in _CODIGOS if nome in caminhos and valores.get(caminhos[nome])), None)
    if caminho is None:
        return {}
    acordados = _acordados(guia, contrato)
    if valores[caminho] not in {_padrao(contrato), *(acordado.codigo for acordado in acordados)}:
        return {}
    linhas = linhas_de(guia.versao_tiss, guia.tipo, valores)
    procedimentos = [(linha.texto(TABELA), linha.texto(CODIGO)) for linha in linhas if not linha.texto(DESPESA)]
    situacao, padrao = _situacao(guia, valores), _padrao(contrato)
    if valores[caminho] in codigos_da_guia(acordados, situacao, padrao=padrao, procedimentos=procedimentos):
        return {}
    primeiro = next(iter(procedimentos), None)
    return {caminho: codigo_credenciado(acordados, situacao, padrao=padrao, procedimento=primeiro)}


def _padrao(contrato: Contrato) -> str:
    return contrato.credenciamento.codigo_na_operadora


def _acordados(guia: GuiaDigitada, contrato: Contrato) -> list[CodigoAcordado]:
    todos = codigos_acordados(contrato.credenciamento.pk)
    return [acordado for acordado in todos if acordado.convenio == guia.convenio_id]


def _situacao(guia: GuiaDigitada, valores: Mapping[str, str] | None = None) -> Situacao:
    campos, ditos = campos_de(guia.versao_tiss, guia.tipo), guia.valores if valores is None else valores
    return Situacao(
        tipo_de_guia=guia.tipo,
        regime=campos.texto(ditos, REGIME),
        tipo_de_atendimento=campos.texto(ditos, TIPO_DE_ATENDIMENTO),
    )


def _caminhos(versao: str, tipo: str) -> dict[str, str]:
    """The fields that name the executante, by the name of the element."""
    achados: dict[str, str] = {}
    for celula in _soltas(ficha_de(versao, tipo).celulas()):
        nome = celula.caminho.rpartition("/")[2]
        if _GRUPO in f"{celula.caminho}/" or nome == _CODIGOS[-1]:
            achados.setdefault(nome, celula.caminho)
    return achados


def _soltas(celulas: Iterable[Celula]) -> Iterable[Celula]:
    for celula in celulas:
        yield from celula.opcoes or (celula,)
