"""*Geração Automática*: loose, ready guides into as few lots as they fit in. Never sends."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.fila.fila import enfileirar
from conecta.fila.registro import tipo_de
from conecta.tenancy.escopo import sistema
from convenios.models import Convenio
from lotes.estados import TipoDeGuia
from lotes.models import Lote
from uploads.digitacao import geracao_progresso as progresso
from uploads.digitacao import montagem
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.estados import SituacaoDaGeracao, SituacaoDaGuia
from uploads.digitacao.models import GeracaoDeLotes, GuiaDigitada, GuiaDigitadaQuerySet
from uploads.digitacao.montagem_mensagem import maximo_de_guias

TRABALHO: Final = "digitacao.gerar_lotes"
DE_UMA_VEZ: Final = 300
"""Guides that somebody waits for; more are gathered by a job."""
_POR_QUE_FICAM: Final = {
    SituacaoDaGuia.EM_DIGITACAO: "ainda em digitação",
    SituacaoDaGuia.COM_CRITICAS: "com críticas a corrigir",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Escolha:
    """Which guides are gathered: of these convênios and types (empty: all), attended in this period (None: open)."""

    convenios: frozenset[int] = frozenset()
    tipos: frozenset[str] = frozenset()
    de: date | None = None
    ate: date | None = None

    def para_json(self) -> dict[str, Any]:
        """As `GeracaoDeLotes` keeps it; `de_json` reads it back."""
        dias = {"de": self.de and self.de.isoformat(), "ate": self.ate and self.ate.isoformat()}
        return {"convenios": sorted(self.convenios), "tipos": sorted(self.tipos), **dias}

    @classmethod
    def de_json(cls, linha: dict[str, Any]) -> Escolha:
        """What `para_json` wrote."""
        de, ate = (date.fromisoformat(linha[nome]) if linha[nome] else None for nome in ("de", "ate"))
        return cls(convenios=frozenset(linha["convenios"]), tipos=frozenset(linha["tipos"]), de=de, ate=ate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grupo:
    """Guides that may be in one lot, by day and number, and how they are shared out. Money in reais."""

    convenio: Convenio
    tipo: TipoDeGuia
    versao: str
    maximo: int
    guias: Sequence[GuiaDigitada]

    @property
    def partes(self) -> list[Sequence[GuiaDigitada]]:
        """The guides of each lot."""
        return [self.guias[inicio : inicio + self.maximo] for inicio in range(0, len(self.guias), self.maximo)]

    @property
    def tamanhos(self) -> str:
        """As people read it: "100 + 100 + 37"."""
        return " + ".join(str(len(parte)) for parte in self.partes)

    @property
    def valor(self) -> Decimal:
        """What all of its guides ask for."""
        return sum((guia.valor_informado for guia in self.guias), Decimal("0.00"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plano:
    """What would be made, and how many guides stay out by the reason why."""

    grupos: Sequence[Grupo]
    de_fora: Sequence[tuple[str, int]]

    @property
    def quantos_lotes(self) -> int:
        """Of all groups."""
        return sum(len(grupo.partes) for grupo in self.grupos)

    @property
    def quantas_guias(self) -> int:
        """Of all groups."""
        return sum(len(grupo.guias) for grupo in self.grupos)

    @property
    def valor(self) -> Decimal:
        """Of all groups."""
        return sum((grupo.valor for grupo in self.grupos), Decimal("0.00"))

    @property
    def marca(self) -> str:
        """A digest by which a plan is known again: which guides, shared out how."""
        partes = ("-".join(str(guia.pk) for guia in parte) for grupo in self.grupos for parte in grupo.partes)
        return hashlib.sha256("|".join(partes).encode()).hexdigest()


def planejar(prestador: Organizacao, escolha: Escolha) -> Plano:
    """What `gerar` would make now. A fixed number of queries for each convênio that has guides."""
    todas = _escolhidas(prestador, escolha)
    ficam = todas.filter(_no_periodo(escolha) | Q(data_de_atendimento=None)).exclude(situacao=SituacaoDaGuia.PRONTA)
    contadas: defaultdict[str, int] = defaultdict(int)
    for situacao in ficam.values_list("situacao", flat=True):
        contadas[_POR_QUE_FICAM[SituacaoDaGuia(situacao)]] += 1
    prontas = todas.filter(_no_periodo(escolha), situacao=SituacaoDaGuia.PRONTA)
    return Plano(grupos=_grupos(prestador, prontas), de_fora=sorted(contadas.items()))


@transaction.atomic
def gerar(
    *, prestador: Organizacao, escolha: Escolha, visto: str, por: Usuario, geracao: int | None = None
) -> list[Lote]:
    """Make the open lots of the plan that the person saw (`Plano.marca`); all of them or none.

    Of two who do it at once the second waits for the first, and then finds another plan: nothing is made twice. Raises
    `LoteRecusado` where the plan is no longer the one that was seen. `geracao` is told how far it is.
    """
    # Locked before the plan is made: what somebody else gathers meanwhile is not in it.
    prontas = _escolhidas(prestador, escolha).filter(_no_periodo(escolha), situacao=SituacaoDaGuia.PRONTA)
    list(prontas.order_by("pk").select_for_update().values_list("pk", flat=True))
    plano = planejar(prestador, escolha)
    if not plano.grupos or plano.marca != visto:
        raise LoteRecusado(
            "As guias prontas não são mais as que você viu: alguém as pôs em lotes, ou outras ficaram prontas. Nenhum "
            "lote foi criado agora; confira o que há para gerar e confirme de novo."
        )
    lotes = []
    for parte in (parte for grupo in plano.grupos for parte in grupo.partes):
        lotes.append(montagem.criar_lote(guias=parte, por=por))
        if geracao is not None:
            progresso.marcar(geracao, len(lotes))
    return lotes


@transaction.atomic
def pedir(*, prestador: Organizacao, escolha: Escolha, plano: Plano, por: Usuario) -> GeracaoDeLotes:
    """Let a job make the lots of a plan."""
    geracao = GeracaoDeLotes.objects.create(
        prestador=prestador,
        filtros=escolha.para_json(),
        visto=plano.marca,
        previstos=plano.quantos_lotes,
        pedida_por=por,
    )
    enfileirar(tipo_de(TRABALHO), geracao.pk)
    return geracao


def fazer(geracao_id: int) -> None:
    """The job. Does nothing to what is done."""
    geracao = GeracaoDeLotes.objects.select_related("prestador").get(pk=geracao_id)
    if geracao.situacao != SituacaoDaGeracao.ESPERANDO:
        return
    with sistema():  # people are of no organisation
        por = Usuario.objects.get(pk=geracao.pedida_por_id)
    try:
        lotes = gerar(
            prestador=geracao.prestador,
            escolha=Escolha.de_json(geracao.filtros),
            visto=geracao.visto,
            por=por,
            geracao=geracao_id,
        )
    except LoteRecusado as recusa:
        _terminar(geracao, SituacaoDaGeracao.RECUSADA, erro=recusa.frase)
    else:
        geracao.lotes = [lote.pk for lote in lotes]
        _terminar(geracao, SituacaoDaGeracao.FEITA)


def desistir(geracao_id: int, erro: str) -> None:
    """Say that a job did not come to its end in three attempts: it has left nothing behind."""
    geracao = GeracaoDeLotes.objects.get(pk=geracao_id)
    frase = "O Conecta tentou três vezes e não conseguiu criar os lotes. Nenhum foi criado: gere de novo."
    _terminar(geracao, SituacaoDaGeracao.RECUSADA, erro=frase)


def _terminar(geracao: GeracaoDeLotes, situacao: SituacaoDaGeracao, erro: str = "") -> None:
    geracao.situacao, geracao.erro, geracao.terminada_em = situacao, erro, timezone.now()
    geracao.save(update_fields=["situacao", "erro", "terminada_em", "lotes"])


def _escolhidas(prestador: Organizacao, escolha: Escolha) -> GuiaDigitadaQuerySet:
    guias = GuiaDigitada.objects.soltas().filter(prestador=prestador)
    if escolha.convenios:
        guias = guias.filter(convenio__in=escolha.convenios)
    return guias.filter(tipo__in=escolha.tipos) if escolha.tipos else guias


def _no_periodo(escolha: Escolha) -> Q:
    condicao = Q()
    if escolha.de:
        condicao &= Q(data_de_atendimento__gte=escolha.de)
    if escolha.ate:
        condicao &= Q(data_de_atendimento__lte=escolha.ate)
    return condicao


def _grupos(prestador: Organizacao, prontas: GuiaDigitadaQuerySet) -> list[Grupo]:
    em_ordem = prontas.select_related("prestador", "convenio__operadora").defer("valores", "criticas", "ignoradas")
    por_grupo: defaultdict[tuple[int, str, str], list[GuiaDigitada]] = defaultdict(list)
    for guia in em_ordem.order_by(
        "convenio", "tipo", "versao_tiss", "data_de_atendimento", "numero_do_prestador", "pk"
    ):
        por_grupo[guia.convenio_id, guia.tipo, guia.versao_tiss].append(guia)
    maximos: dict[int, int] = {}
    grupos = []
    for (convenio_id, tipo, versao), guias in por_grupo.items():
        convenio = guias[0].convenio
        if convenio_id not in maximos:
            do_convenio = Lote(prestador=prestador, operadora_id=convenio.operadora_id, convenio=convenio)
            maximos[convenio_id] = maximo_de_guias(do_convenio)
        grupos.append(
            Grupo(convenio=convenio, tipo=TipoDeGuia(tipo), versao=versao, maximo=maximos[convenio_id], guias=guias)
        )
    return grupos
