"""Findings of a verdict as rows: all of them, in one COPY."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.copia import Valor, inserir
from tiss_schemas.achados import Achado, Severidade
from tiss_schemas.edicao import Mudanca
from tiss_schemas.edicoes import para_json
from tiss_schemas.leitura import Documento
from uploads.caminhos import Caminhos
from uploads.models import Alteracao, Arquivo, Critica

MAIOR_TEXTO = 2_000
"""Characters of a value that are kept: a finding may quote a field of any length."""

_COLUNAS = (
    "prestador_id",
    "arquivo_id",
    "versao",
    "posicao",
    "regra",
    "codigo",
    "severidade",
    "tipo",
    "mensagem",
    "caminho",
    "caminho_legivel",
    "linha",
    "guia",
    "valor",
    "esperado",
    "sugestao",
    "conserto",
    "ignorada",
    "justificativa",
    "ignorada_em",
    "ignorada_por_id",
    "ignorada_por_nome",
)
_COLUNAS_DA_ALTERACAO = (
    "prestador_id",
    "arquivo_id",
    "versao",
    "caminho",
    "caminho_legivel",
    "de",
    "para",
    "motivo",
    "quando",
    "por_id",
    "por_nome",
)

Chave = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Ignorada:
    """What a person wrote to ignore a finding; it outlives a new verdict on the same place and value."""

    justificativa: str
    quando: datetime
    por_id: int
    por_nome: str


def ignoradas_antes(arquivo: Arquivo) -> dict[Chave, Ignorada]:
    """What was ignored in this file so far, by rule, path and value."""
    linhas = Critica.objects.filter(arquivo=arquivo, ignorada=True).order_by("versao")
    return {
        (critica.regra, critica.caminho, critica.valor): Ignorada(
            critica.justificativa,
            critica.ignorada_em,
            critica.ignorada_por_id,
            critica.ignorada_por_nome,
        )
        for critica in linhas
        if critica.ignorada_em is not None and critica.ignorada_por_id is not None
    }


def gravar_criticas(
    arquivo: Arquivo,
    achados: Sequence[Achado],
    caminhos: Caminhos,
    ignoradas: dict[Chave, Ignorada],
) -> None:
    """Replace the críticas of the current version by these findings."""
    Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual).delete()
    if achados:
        inserir(Critica._meta.db_table, _COLUNAS, _linhas(arquivo, achados, caminhos, ignoradas))


def gravar_alteracoes(arquivo: Arquivo, mudancas: Sequence[Mudanca], documento: Documento, por: Usuario) -> None:
    """Write down what the file's current version, which is `documento`, has different, and by whom."""
    caminhos = Caminhos(documento, None)
    agora = timezone.now()
    linhas = (
        (
            arquivo.prestador_id,
            arquivo.pk,
            arquivo.versao_atual,
            mudanca.caminho,
            caminhos.lugar(mudanca.caminho).legivel,
            mudanca.de or "",
            mudanca.para or "",
            mudanca.motivo.value,
            agora,
            por.pk,
            por.nome,
        )
        for mudanca in mudancas
    )
    inserir(Alteracao._meta.db_table, _COLUNAS_DA_ALTERACAO, linhas)


def _linhas(
    arquivo: Arquivo,
    achados: Sequence[Achado],
    caminhos: Caminhos,
    ignoradas: dict[Chave, Ignorada],
) -> Iterator[tuple[Valor, ...]]:
    for posicao, achado in enumerate(achados, start=1):
        lugar = caminhos.lugar(achado.caminho)
        ignorada = ignoradas.get(chave(achado))
        yield (
            arquivo.prestador_id,
            arquivo.pk,
            arquivo.versao_atual,
            posicao,
            achado.regra,
            achado.codigo,
            achado.severidade.value,
            achado.tipo.value,
            achado.mensagem,
            achado.caminho,
            lugar.legivel,
            achado.linha,
            lugar.guia,
            _curto(achado.valor),
            _curto(achado.esperado),
            _curto(achado.sugestao),
            json.dumps(para_json(achado.conserto)) if achado.conserto else None,
            *_decisao(ignorada),
        )


def chave(achado: Achado) -> Chave:
    """What makes a finding the same one in the next verdict."""
    return (achado.regra, achado.caminho, _curto(achado.valor))


def impede(achado: Achado, ignoradas: Container[Chave]) -> bool:
    """Whether a finding keeps the file out: what may be ignored does until somebody said why."""
    return achado.impede or (achado.severidade is Severidade.IGNORAVEL and chave(achado) not in ignoradas)


def _decisao(ignorada: Ignorada | None) -> tuple[Valor, ...]:
    if ignorada is None:
        return (False, "", None, None, "")
    return (True, ignorada.justificativa, ignorada.quando, ignorada.por_id, ignorada.por_nome)


def _curto(texto: str | None) -> str | None:
    return texto if texto is None else texto[:MAIOR_TEXTO]
