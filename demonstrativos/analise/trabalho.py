"""Beginning and ending a change of an analysis: rows locked, seen as the person saw them, and the story written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from conecta.contas.models import Usuario
from demonstrativos.analise.models import Acao, Analise, GuiaAnalisada
from demonstrativos.analise.recusas import AnaliseFechada
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from lotes.recusas import OutraPessoaMudou

Vistos = Mapping[int, int]
"""Version of each guide, by its id, as the person saw it."""


@dataclass(frozen=True, slots=True)
class Trabalho:
    """An analysis under change, its protocol and these guides locked until the transaction ends."""

    analise: Analise
    guias: Mapping[int, GuiaAnalisada]
    por: Usuario

    def encerrar(self, titulo: str, antes: Mapping[str, Any], depois: Mapping[str, Any]) -> Acao:
        """Count the change of its guides and write down what was done. Two statements."""
        self.contar_versao()
        return Acao.objects.create(
            prestador_id=self.analise.prestador_id,
            operadora_id=self.analise.operadora_id,
            analise=self.analise,
            por=self.por,
            por_nome=nome_de(self.por),
            titulo=titulo[:200],
            antes=antes,
            depois=depois,
            guias=sorted(self.guias),
        )

    def contar_versao(self) -> None:
        """Whoever saw these guides before this change saw something older."""
        _das(self.guias).update(versao=F("versao") + 1, mudada_por_nome=nome_de(self.por))


def nome_de(pessoa: Usuario) -> str:
    """How a person is named in what is kept: the name stays when the person leaves."""
    return str(pessoa.nome or pessoa.email)


def abrir(analise: Analise, por: Usuario, vistos: Vistos) -> Trabalho:
    """Lock the guides in `vistos`. Raises `AnaliseFechada`, `OutraPessoaMudou`; for use within a transaction."""
    atual = travar_analise(analise)
    guias = _travar(GuiaAnalisada.objects.filter(analise=atual, pk__in=set(vistos)))
    for guia in guias:
        if guia.versao != vistos[guia.pk]:
            raise OutraPessoaMudou(_quem_mudou(guia), guia)
    return Trabalho(atual, {guia.pk: guia for guia in guias}, por)


def abrir_inteira(analise: Analise, por: Usuario, versao: int | None) -> Trabalho:
    """Lock all guides. `versao` is the sum of their versions as the person saw it; None: whatever it is."""
    atual = travar_analise(analise)
    guias = _travar(GuiaAnalisada.objects.filter(analise=atual))
    if versao is not None and versao_inteira(guias) != versao:
        ultima = max(guias, key=lambda guia: guia.versao)
        raise OutraPessoaMudou(
            f"Nada foi alterado: alguma guia do protocolo {atual.protocolo.numero} mudou desde que você abriu a página"
            f"{_por(ultima)}. Veja como está agora e decida a partir daí.",
            atual,
        )
    return Trabalho(atual, {guia.pk: guia for guia in guias}, por)


def versao_inteira(guias: Iterable[GuiaAnalisada]) -> int:
    """A number that grows with every change of any of the guides."""
    return sum(guia.versao for guia in guias)


def travar_analise(analise: Analise) -> Analise:
    """The analysis, its protocol locked, while it is *Em análise*. Raises `AnaliseFechada`."""
    protocolo = Protocolo.objects.select_for_update(of=("self",)).get(pk=analise.protocolo_id)
    if protocolo.situacao != SituacaoDoProtocolo.EM_ANALISE:
        raise AnaliseFechada(
            f"Nada foi alterado: o protocolo {protocolo.numero} está em “{protocolo.get_situacao_display()}”, e a "
            "análise só muda enquanto ele está em “Em análise pela Operadora”.",
            protocolo,
        )
    atual = Analise.objects.get(pk=analise.pk)
    atual.protocolo = protocolo
    return atual


def _travar(guias: QuerySet[GuiaAnalisada]) -> Sequence[GuiaAnalisada]:
    """In one order, so that two that overlap wait for each other."""
    return list(guias.select_for_update(of=("self",)).select_related("guia").order_by("pk"))


def _das(guias: Iterable[int]) -> QuerySet[GuiaAnalisada]:
    return GuiaAnalisada.objects.filter(pk__in=list(guias))


def _quem_mudou(guia: GuiaAnalisada) -> str:
    return (
        f"Nada foi alterado: a guia {guia.guia.numero_do_prestador} mudou desde que você abriu a página{_por(guia)}. "
        "Veja como está agora e decida a partir daí."
    )


def _por(guia: GuiaAnalisada) -> str:
    return f", por {guia.mudada_por_nome}" if guia.mudada_por_nome else ""
