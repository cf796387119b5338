"""What would be left of a file's críticas if the decisions were saved: judged in memory, nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tiss_schemas.achados import Achado
from tiss_schemas.edicao import aplicar
from uploads.caminhos import Caminhos
from uploads.causas import por_causa, titulos
from uploads.correcao import Correcao
from uploads.gravacao import Chave, ignoradas_antes, impede
from uploads.julgamento import julgar_arquivo
from uploads.models import Arquivo, Critica
from uploads.versoes import conteudo_de

CAUSAS_CONTADAS = 20
"""Causes that are told one by one."""


@dataclass(frozen=True, slots=True)
class Resta:
    """A cause that would still stop the file: what the first of its places says, and in how many it is."""

    codigo: str
    titulo: str
    mensagem: str
    onde: str
    total: int


@dataclass(frozen=True, slots=True)
class Efeito:
    """What the verdict would be: how many críticas still stop the file, in how many guides, by which causes."""

    restam: int
    guias: int
    causas: list[Resta]
    outras: int
    mudancas: int

    @property
    def importa(self) -> bool:
        """Whether the file would be imported."""
        return self.restam == 0


def prever(arquivo: Arquivo, correcao: Correcao, *, recalcular: bool) -> Efeito:
    """Judge the file with the correction made. Raises `tiss_schemas.edicao.ErroDeEdicao` where it cannot be made."""
    conteudo = conteudo_de(arquivo)
    mudancas = 0
    if correcao.edicoes or recalcular:
        resultado = aplicar(conteudo, correcao.edicoes, recalcular=recalcular)
        conteudo, mudancas = resultado.conteudo, len(resultado.mudancas)
    veredito = julgar_arquivo(arquivo, conteudo)
    ignoradas = _ignoradas(arquivo, correcao)
    restam = [achado for achado in veredito.achados if impede(achado, ignoradas)]
    lugares = Caminhos(veredito.documento, veredito.lote)
    guias = {guia for achado in restam if (guia := lugares.lugar(achado.caminho).guia)}
    causas = por_causa(restam)
    return Efeito(
        restam=len(restam),
        guias=len(guias),
        causas=_contadas(causas[:CAUSAS_CONTADAS], lugares),
        outras=max(0, len(causas) - CAUSAS_CONTADAS),
        mudancas=mudancas,
    )


def _ignoradas(arquivo: Arquivo, correcao: Correcao) -> set[Chave]:
    """What was ignored, and what would be."""
    ids = frozenset[int]().union(*(pedido.criticas for pedido in correcao.ignorar))
    agora = Critica.objects.filter(arquivo=arquivo, pk__in=ids).values_list("regra", "caminho", "valor")
    return {*ignoradas_antes(arquivo), *agora}


def _contadas(causas: Sequence[Sequence[Achado]], lugares: Caminhos) -> list[Resta]:
    nomes = titulos({achados[0].codigo for achados in causas})
    return [
        Resta(
            codigo=achados[0].codigo,
            titulo=nomes.get(achados[0].codigo, "Crítica do arquivo"),
            mensagem=achados[0].mensagem,
            onde=lugares.lugar(achados[0].caminho).legivel,
            total=len(achados),
        )
        for achados in causas
    ]
