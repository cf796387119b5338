"""A protocol of PASA under analysis, and what its people do with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from conecta.contas.models import Usuario
from demonstrativos.analise import transicoes
from demonstrativos.analise.estados import Origem
from demonstrativos.analise.models import Acao, Analise, Glosa, GuiaAnalisada, ItemAnalisado
from demonstrativos.analise.partes import Parte
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar


def em_analise(cenario: Cenario, prestador: str = "aurelia", **campos: Any) -> Analise:
    """The analysis of a new protocol, of its beginning."""
    protocolo = protocolar(cenario, prestador, **campos)
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(protocolo=protocolo, para=P.EM_ANALISE, por=cenario.pessoa("gestor", "pasa"))
        return Analise.objects.select_related("protocolo", "lote").get(protocolo=protocolo)


def propor(item: ItemAnalisado, valor: str = "1.00", codigo: str = "1705") -> Glosa:
    """What the automatic pass would propose."""
    return Glosa.objects.create(
        prestador_id=item.prestador_id,
        operadora_id=item.operadora_id,
        analise_id=item.analise_id,
        guia_id=item.guia_id,
        item=item,
        codigo=codigo,
        valor=Decimal(valor),
        motivo="tabela contratada: R$ 78,40",
        origem=Origem.REGRA,
        criterio="preco",
        confirmada=False,
    )


@dataclass
class Mesa:
    """An analista at an analysis. Its guides and items are named by their places, from 1."""

    analise: Analise
    por: Usuario

    def guia(self, posicao: int = 1) -> GuiaAnalisada:
        return GuiaAnalisada.objects.get(analise=self.analise, posicao=posicao)

    def item(self, posicao: int = 1, guia: int = 1) -> ItemAnalisado:
        return ItemAnalisado.objects.select_related("item").get(guia=self.guia(guia), posicao=posicao)

    def vistos(self, guia: int = 1) -> dict[int, int]:
        """What a page opened now would say that it saw."""
        atual = self.guia(guia)
        return {atual.pk: atual.versao}

    def chaves(self, guia: int = 1) -> dict[str, Any]:
        return {"analise": self.analise, "por": self.por, "vistos": self.vistos(guia)}

    def glosar(self, valor: str | None = None, codigo: str = "1705", *, item: int = 1, guia: int = 1) -> Acao:
        parte = Parte(item=self.item(item, guia).pk, valor=None if valor is None else Decimal(valor))
        return transicoes.glosar(**self.chaves(guia), partes=[parte], codigo=codigo, motivo="laudo não anexado")

    def agora(self) -> Analise:
        return Analise.objects.select_related("protocolo").get(pk=self.analise.pk)


def ir_a(analise: Analise, para: P, por: Usuario) -> Protocolo:
    """Take its protocol to that state."""
    return avanco.avancar(protocolo=analise.protocolo, para=para, por=por)


def retrato(analise: Analise) -> dict[str, Any]:
    """All that people decided of it, and the sums: what an undo has to bring back."""
    fora = {"versao", "mudada_por_nome"}

    def linhas(consulta: Any) -> list[dict[str, Any]]:
        return [{c: v for c, v in linha.items() if c not in fora} for linha in consulta.order_by("pk").values()]

    return {
        "analise": linhas(Analise.objects.filter(pk=analise.pk)),
        "guias": linhas(GuiaAnalisada.objects.filter(analise=analise)),
        "itens": linhas(ItemAnalisado.objects.filter(analise=analise)),
        "glosas": linhas(Glosa.objects.filter(analise=analise)),
    }
