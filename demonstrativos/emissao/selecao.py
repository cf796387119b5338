"""Which statements somebody asks for, and what there is to issue of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, QuerySet

from conecta.contas.models import Organizacao
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import inteiro
from demonstrativos.emissao.models import DocumentoDoPedido, Tipo
from demonstrativos.emissao.regras import parametros_de, situacoes_desde
from demonstrativos.pagamentos.estados import SituacaoDoPagamento
from demonstrativos.pagamentos.models import Pagamento, PagamentoDoProtocolo
from lotes.estados import SituacaoDoProtocolo, TipoDeGuia
from lotes.models import Protocolo

MAIS_PROTOCOLOS: Final = 300
"""Protocols, or payments, that one request may be about."""
MAIS_ITENS: Final = 50_000
"""Items of several protocols in one statement: what a worker draws in minutes and in its memory."""


class NadaAEmitir(ErroDeNegocio):
    """There is no statement of what was asked for, or none yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selecao:
    """What is asked for, of one operadora. Of analyses: protocols by id, each in a statement of its own or all in one.
    Of payments: those of a period of payment dates, or of a competência (AAAAMM)."""

    tipo: Tipo
    protocolos: tuple[int, ...] = ()
    juntos: bool = False
    de: date | None = None
    ate: date | None = None
    competencia: str = ""

    def plana(self) -> dict[str, Any]:
        """As a request keeps it."""
        return {chave: valor for chave, valor in asdict(self).items() if valor}

    @classmethod
    def lida(cls, plana: dict[str, Any]) -> Selecao:
        """What `plana` gave, after it was kept."""
        return cls(
            tipo=Tipo(plana["tipo"]),
            protocolos=tuple(plana.get("protocolos", ())),
            juntos=plana.get("juntos", False),
            de=date.fromisoformat(plana["de"]) if "de" in plana else None,
            ate=date.fromisoformat(plana["ate"]) if "ate" in plana else None,
            competencia=plana.get("competencia", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AEmitir:
    """One statement to be: protocols, or payments, of one prestador that go by one version."""

    tipo: Tipo
    prestador: Organizacao
    versao: str
    protocolos: Sequence[Protocolo] = field(default_factory=list)
    pagamentos: Sequence[Pagamento] = field(default_factory=list)

    @property
    def titulo(self) -> str:
        """What it is about, for lists."""
        if len(self.protocolos) == 1:
            return f"Protocolo {self.protocolos[0].numero}"
        if self.protocolos:
            return f"{len(self.protocolos)} protocolos, de {self.protocolos[0].numero} a {self.protocolos[-1].numero}"
        primeira, ultima = self.pagamentos[0].data_de_pagamento, self.pagamentos[-1].data_de_pagamento
        if primeira == ultima:
            return f"Pagamento de {primeira:%d/%m/%Y}"
        return f"Pagamentos de {primeira:%d/%m/%Y} a {ultima:%d/%m/%Y}"


def a_emitir(operadora: Organizacao, prestador: Organizacao | None, selecao: Selecao) -> list[AEmitir]:
    """The statements of a selection, in order. Without `prestador`, those of all of the operadora's.

    Works in the scope of either side. Raises `NadaAEmitir`.
    """
    if selecao.tipo == Tipo.ANALISE:
        return _de_analise(operadora, prestador, selecao)
    return _de_pagamento(operadora, prestador, selecao)


def ainda_a_emitir(operadora: Organizacao, documento: DocumentoDoPedido, tipo: Tipo) -> AEmitir:
    """What a document of a request is to be about, as it stands now. Raises `NadaAEmitir` if there is none any more."""
    dos_dois = {"operadora": operadora, "prestador": documento.prestador}
    protocolos = list(_com_tudo(Protocolo.objects.filter(**dos_dois, pk__in=documento.protocolos)))
    pagamentos = list(
        Pagamento.objects.filter(**dos_dois, pk__in=documento.pagamentos)
        .valendo()
        .select_related("prestador", "operadora")
        .order_by("data_de_pagamento", "numero")
    )
    _recusar_cedo(operadora, protocolos)
    if not (protocolos or pagamentos):
        raise NadaAEmitir("O pagamento foi cancelado depois do pedido. Veja em Pagamentos o que vale.")
    return AEmitir(
        tipo=tipo,
        prestador=documento.prestador,
        versao=documento.versao,
        protocolos=protocolos,
        pagamentos=pagamentos,
    )


def protocolos_emitiveis(operadora: Organizacao) -> QuerySet[Protocolo]:
    """Those of which the operadora issues statements of analysis now."""
    situacoes = situacoes_desde(parametros_de(operadora).status_minimo_analise)
    return Protocolo.objects.filter(operadora=operadora, situacao__in=situacoes)


def _de_analise(operadora: Organizacao, prestador: Organizacao | None, selecao: Selecao) -> list[AEmitir]:
    achados = Protocolo.objects.filter(operadora=operadora, pk__in=selecao.protocolos)
    achados = achados.filter(prestador=prestador) if prestador else achados
    protocolos = list(_com_tudo(achados))
    if not protocolos:
        raise NadaAEmitir("Nenhum protocolo foi escolhido. Marque ao menos um na lista.")
    _recusar_demais(len(protocolos), "protocolos")
    _recusar_cedo(operadora, protocolos)
    grupos = _agrupados(protocolos, juntos=selecao.juntos)
    _recusar_longos(grupos)
    return [
        AEmitir(tipo=Tipo.ANALISE, prestador=grupo[0].prestador, versao=grupo[0].lote.versao_tiss, protocolos=grupo)
        for grupo in grupos
    ]


def _com_tudo(protocolos: QuerySet[Protocolo]) -> QuerySet[Protocolo]:
    return protocolos.select_related("lote__convenio", "prestador", "operadora").order_by("numero")


def _agrupados(protocolos: Sequence[Protocolo], *, juntos: bool) -> list[list[Protocolo]]:
    """Each by itself; or together those of one prestador whose lots are of one version, as a message needs them."""
    if not juntos:
        return [[protocolo] for protocolo in protocolos]
    grupos: dict[tuple[int, str], list[Protocolo]] = defaultdict(list)
    for protocolo in protocolos:
        grupos[protocolo.prestador_id, protocolo.lote.versao_tiss].append(protocolo)
    return list(grupos.values())


def _recusar_longos(grupos: Sequence[Sequence[Protocolo]]) -> None:
    for grupo in grupos:
        itens = sum(protocolo.lote.quantidade_de_itens for protocolo in grupo)
        if len(grupo) > 1 and itens > MAIS_ITENS:
            raise NadaAEmitir(
                f"Juntos, os {len(grupo)} protocolos têm {inteiro(itens)} itens, e em um demonstrativo cabem "
                f"{inteiro(MAIS_ITENS)}. Peça um demonstrativo por protocolo, ou junte menos deles."
            )


def _recusar_cedo(operadora: Organizacao, protocolos: Sequence[Protocolo]) -> None:
    minimo = parametros_de(operadora).status_minimo_analise
    possiveis = situacoes_desde(minimo)
    cedo = [str(protocolo.numero) for protocolo in protocolos if protocolo.situacao not in possiveis]
    if cedo:
        nome = SituacaoDoProtocolo(minimo).label
        raise NadaAEmitir(
            f"Ainda não há demonstrativo de {_lista(cedo)}: {operadora.sigla} emite a análise de conta a partir de "
            f"“{nome}”. Acompanhe a situação do protocolo e peça quando ele chegar lá."
        )


def _lista(numeros: Sequence[str]) -> str:
    if len(numeros) == 1:
        return f"protocolo {numeros[0]}"
    mais = f" e mais {len(numeros) - 5}" if len(numeros) > 5 else ""
    return f"protocolos {', '.join(numeros[:5])}{mais}"


def _de_pagamento(operadora: Organizacao, prestador: Organizacao | None, selecao: Selecao) -> list[AEmitir]:
    pagamentos = _pagamentos(operadora, prestador, selecao)
    _recusar_demais(pagamentos.count(), "pagamentos")
    por_prestador: dict[int, list[Pagamento]] = defaultdict(list)
    for pagamento in pagamentos:
        por_prestador[pagamento.prestador_id].append(pagamento)
    if not por_prestador:
        raise NadaAEmitir(_sem_pagamento(operadora, selecao))
    versoes = _versoes(pagamentos)
    return [
        AEmitir(tipo=selecao.tipo, prestador=grupo[0].prestador, versao=versoes[quem], pagamentos=grupo)
        for quem, grupo in por_prestador.items()
    ]


def _pagamentos(operadora: Organizacao, prestador: Organizacao | None, selecao: Selecao) -> QuerySet[Pagamento]:
    pago_so = parametros_de(operadora).status_minimo_pagamento == SituacaoDoProtocolo.PAGO
    situacoes = [SituacaoDoPagamento.PAGO] if pago_so else [SituacaoDoPagamento.FECHADO, SituacaoDoPagamento.PAGO]
    achados = Pagamento.objects.filter(operadora=operadora, situacao__in=situacoes)
    achados = achados.filter(prestador=prestador) if prestador else achados
    if selecao.competencia:
        achados = achados.filter(competencia=selecao.competencia)
    else:
        achados = achados.filter(data_de_pagamento__range=(selecao.de, selecao.ate))
    if selecao.tipo == Tipo.ODONTO:
        linhas = PagamentoDoProtocolo.objects.filter(pagamento=OuterRef("pk"))
        de_outro_tipo = linhas.exclude(protocolo__lote__tipo_de_guia=TipoDeGuia.ODONTO)
        achados = achados.filter(Exists(linhas)).exclude(Exists(de_outro_tipo))
    em_ordem = achados.select_related("prestador", "operadora")
    return em_ordem.order_by("prestador__sigla", "prestador_id", "data_de_pagamento", "numero")


def _sem_pagamento(operadora: Organizacao, selecao: Selecao) -> str:
    so = " só de guias de tratamento odontológico" if selecao.tipo == Tipo.ODONTO else ""
    if selecao.competencia:
        quando = f"na competência {selecao.competencia[4:]}/{selecao.competencia[:4]}"
    elif selecao.de == selecao.ate:
        quando = f"em {selecao.de:%d/%m/%Y}"
    else:
        quando = f"de {selecao.de:%d/%m/%Y} a {selecao.ate:%d/%m/%Y}"
    return (
        f"Não há pagamento de {operadora.sigla}{so} {quando}. Veja em Pagamentos as datas, ou escolha outro período. O "
        "demonstrativo existe depois que a operadora fecha o pagamento."
    )


def _versoes(pagamentos: Iterable[Pagamento]) -> dict[int, str]:
    """By prestador, the latest of the versions that its paid lots were sent in. One query."""
    linhas = PagamentoDoProtocolo.objects.filter(pagamento__in=[pagamento.pk for pagamento in pagamentos]).order_by()
    return dict(linhas.values_list("prestador_id").annotate(Max("protocolo__lote__versao_tiss")))


def _recusar_demais(quantos: int, o_que: str) -> None:
    if quantos > MAIS_PROTOCOLOS:
        raise NadaAEmitir(
            f"São {quantos} {o_que}, mais do que os {MAIS_PROTOCOLOS} de um pedido. Escolha um período menor, ou peça "
            "em partes."
        )
