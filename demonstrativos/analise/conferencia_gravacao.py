"""What the automatic pass writes: glosas, observations and counts, in one transaction and a fixed number of statements.

Of an earlier pass only what nobody confirmed is replaced. Locks as people's changes do: protocol, then guides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F
from django.utils import timezone

from conecta.copia import Valor, inserir
from conecta.interface.formatos import reais
from demonstrativos.analise.conferencia_decisao import Decisao
from demonstrativos.analise.conferencia_valores import Saldo
from demonstrativos.analise.criterios import Caso
from demonstrativos.analise.estados import AcaoDoCriterio, Conferencia, Nivel, Origem
from demonstrativos.analise.models import (
    Acao,
    Analise,
    Glosa,
    GuiaAnalisada,
    ItemAnalisado,
    Observacao,
    ResultadoDoCriterio,
)
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida

QUEM: Final = "Conferência automática"
_TEXTO: Final = 500
_REPETIDAS: Final = 3
"""Lines of one guide of which the same is noted one by one; of more it is noted once."""
_ZERO: Final = Decimal(0)
_DA_GLOSA: Final = (
    *("prestador_id", "operadora_id", "analise_id", "guia_id", "item_id", "nivel", "codigo", "valor", "quantidade"),
    *("motivo", "origem", "criterio", "confirmada", "criada_em", "por_nome"),
)
_DA_OBSERVACAO: Final = (
    *("prestador_id", "operadora_id", "analise_id", "guia_id", "item_id", "criterio", "codigo", "texto"),
)


@dataclass(slots=True)
class _Contagem:
    glosas: int = 0
    valor: Decimal = _ZERO
    observacoes: int = 0
    retiradas: int = 0


@dataclass(slots=True)
class _Mesa:
    """The rows of the analysis beside the lines of the file, while decisions are laid upon them."""

    guias: dict[GuiaLida, int]
    saldos: dict[ItemLido, Saldo]
    confirmadas: Mapping[tuple[int, str], Decimal]
    """By item (id) and criterion, what people, or the operadora itself, agreed to refuse, in reais."""
    glosas: list[tuple[Saldo, Decisao, Decimal, Decimal | None]] = field(default_factory=list)
    notas: dict[tuple[int | None, str, str, str], list[int | None]] = field(default_factory=dict)
    """By guide, criterion, code and text, the items."""
    inteiras: dict[int, tuple[str, str]] = field(default_factory=dict)
    """By guide, the code and the reason by which the whole of it is refused."""

    def por(self, decisao: Decisao) -> None:
        """Refuse what the decision says, as far as something is left, or note it."""
        if decisao.acao == AcaoDoCriterio.OBSERVAR or not self._glosar(decisao):
            self._notar(decisao)

    def _glosar(self, decisao: Decisao) -> bool:
        """Whether something was refused, or nothing had to be: the criterion is within its tolerance, or was heard."""
        indicio, nome = decisao.indicio, decisao.ajustado.criterio.nome
        saldos = self._dos(decisao)
        novos = [saldo for saldo in saldos if (saldo.item, nome) not in self.confirmadas]
        antes = len(self.glosas)
        restava = any(saldo.resta > _ZERO for saldo in novos)
        for saldo in novos:
            valor, quantidade = saldo.tirar(indicio.quanto, decisao.ajustado.tolerancia)
            if valor > _ZERO:
                self.glosas.append((saldo, decisao, valor, quantidade))
        if indicio.item is None and indicio.guia is not None and len(self.glosas) > antes:
            self.inteiras.setdefault(self.guias[indicio.guia], (decisao.codigo, indicio.motivo))
        return restava or (bool(saldos) and not novos)

    def _dos(self, decisao: Decisao) -> list[Saldo]:
        guia, item = decisao.indicio.guia, decisao.indicio.item
        if item is not None:
            return [self.saldos[item]]
        return [self.saldos[um] for um in guia.itens] if guia is not None else []

    def _notar(self, decisao: Decisao) -> None:
        indicio = decisao.indicio
        guia = None if indicio.guia is None else self.guias[indicio.guia]
        item = None if indicio.item is None else self.saldos[indicio.item].item
        chave = (guia, decisao.ajustado.criterio.nome, decisao.codigo, indicio.motivo)
        self.notas.setdefault(chave, []).append(item)


def gravar(analise: Analise, caso: Caso, decisoes: list[Decisao]) -> None:
    """Lay the decisions upon the analysis, whose protocol and guides are locked, and end the pass."""
    agora = timezone.now()
    contagens = _retiradas_desde_o_ultimo(analise)
    mudadas = _tirar_propostas(analise)
    mesa = _mesa(analise, caso)
    for decisao in decisoes:
        mesa.por(decisao)
    inserir(Glosa._meta.db_table, _DA_GLOSA, _linhas_das_glosas(analise, mesa, agora))
    inserir(Observacao._meta.db_table, _DA_OBSERVACAO, _linhas_das_observacoes(analise, mesa))
    _contar(analise, mesa, contagens, agora)
    mudadas |= {saldo.guia for saldo, _, _, _ in mesa.glosas}
    _marcar_guias(mesa, mudadas)
    _registrar(analise, mesa, mudadas)
    Analise.objects.filter(pk=analise.pk).update(conferencia=Conferencia.PRONTA, conferida_em=agora)


def _retiradas_desde_o_ultimo(analise: Analise) -> dict[str, _Contagem]:
    """By criterion, how many of its glosas people took away since the first pass."""
    restam = dict(
        Glosa.objects.filter(analise=analise, origem=Origem.REGRA)
        .order_by()
        .values_list("criterio")
        .annotate(quantas=Count("pk"))
    )
    contagens: dict[str, _Contagem] = defaultdict(_Contagem)
    for anterior in ResultadoDoCriterio.objects.filter(analise=analise):
        tiradas = max(anterior.glosas - restam.get(anterior.criterio, 0), 0)
        contagens[anterior.criterio].retiradas = anterior.retiradas + tiradas
    return contagens


def _tirar_propostas(analise: Analise) -> set[int]:
    """Remove what an earlier pass left that nobody confirmed. Gives the guides that it was in."""
    propostas = Glosa.objects.filter(analise=analise, origem=Origem.REGRA, confirmada=False)
    guias = list(propostas.order_by().values_list("guia_id", "nivel").distinct())
    if guias:
        propostas.delete()
    das_inteiras = {guia for guia, nivel in guias if nivel == Nivel.GUIA}
    if das_inteiras:
        inteiras = GuiaAnalisada.objects.filter(pk__in=das_inteiras)
        inteiras.exclude(glosas__nivel=Nivel.GUIA).update(glosa="", motivo_da_glosa="")
    Observacao.objects.filter(analise=analise).delete()
    return {guia for guia, _ in guias}


def _mesa(analise: Analise, caso: Caso) -> _Mesa:
    posicoes = {(guia.indice, lugar): item for guia in caso.lote.guias for lugar, item in enumerate(guia.itens, 1)}
    pks = dict(GuiaAnalisada.objects.filter(analise=analise).values_list("posicao", "pk"))
    itens = ItemAnalisado.objects.filter(analise=analise).values_list(
        "guia__posicao", "posicao", "pk", "guia_id", "valor_informado", "valor_processado", "valor_glosado"
    )
    saldos = {
        (lido := posicoes[na_guia, lugar]): Saldo.de(pk, guia, lido, informado, processado, glosado)
        for na_guia, lugar, pk, guia, informado, processado, glosado in itens
    }
    confirmadas = Glosa.objects.filter(analise=analise, origem=Origem.REGRA).values_list("item_id", "criterio", "valor")
    return _Mesa(
        {guia: pks[guia.indice] for guia in caso.lote.guias},
        saldos,
        {(item, criterio): valor for item, criterio, valor in confirmadas},
    )


def _linhas_das_glosas(analise: Analise, mesa: _Mesa, agora: Any) -> Iterator[tuple[Valor, ...]]:
    for saldo, decisao, valor, quantidade in mesa.glosas:
        indicio = decisao.indicio
        yield (
            analise.prestador_id,
            analise.operadora_id,
            analise.pk,
            saldo.guia,
            saldo.item,
            Nivel.ITEM.value if indicio.item is not None else Nivel.GUIA.value,
            decisao.codigo,
            valor,
            quantidade,
            indicio.motivo[:_TEXTO],
            Origem.REGRA.value,
            decisao.ajustado.criterio.nome,
            decisao.acao == AcaoDoCriterio.GLOSAR,
            agora,
            QUEM,
        )


def _linhas_das_observacoes(analise: Analise, mesa: _Mesa) -> Iterator[tuple[Valor, ...]]:
    quem = (analise.prestador_id, analise.operadora_id, analise.pk)
    for (guia, criterio, codigo, texto), itens in mesa.notas.items():
        if len(itens) > _REPETIDAS:
            em_quantos = f" ({len(itens)} itens)"
            yield (*quem, guia, None, criterio, codigo, texto[: _TEXTO - len(em_quantos)] + em_quantos)
        else:
            yield from ((*quem, guia, item, criterio, codigo, texto[:_TEXTO]) for item in itens)


def _contar(analise: Analise, mesa: _Mesa, contagens: dict[str, _Contagem], agora: Any) -> None:
    for _, decisao, valor, _ in mesa.glosas:
        contagem = contagens[decisao.ajustado.criterio.nome]
        contagem.glosas += 1
        contagem.valor += valor
    for (_, criterio, _, _), itens in mesa.notas.items():
        contagens[criterio].observacoes += len(itens)
    for (_, criterio), valor in mesa.confirmadas.items():
        # What was agreed with stays, and counts on.
        contagens[criterio].glosas += 1
        contagens[criterio].valor += valor
    ResultadoDoCriterio.objects.filter(analise=analise).delete()
    ResultadoDoCriterio.objects.bulk_create(
        ResultadoDoCriterio(
            prestador_id=analise.prestador_id,
            operadora_id=analise.operadora_id,
            analise=analise,
            criterio=criterio,
            quando=agora,
            glosas=contagem.glosas,
            valor=contagem.valor,
            observacoes=contagem.observacoes,
            retiradas=contagem.retiradas,
        )
        for criterio, contagem in sorted(contagens.items())
    )


def _registrar(analise: Analise, mesa: _Mesa, mudadas: set[int]) -> None:
    """Tell in the story what the pass came to: nobody undoes over it what they did before to the same guides."""
    quantas = len(mesa.glosas)
    soma = sum((valor for _, _, valor, _ in mesa.glosas), _ZERO)
    achado = f"{quantas} glosa{'' if quantas == 1 else 's'} de {reais(soma)}" if quantas else "nenhuma glosa"
    Acao.objects.create(
        prestador_id=analise.prestador_id,
        operadora_id=analise.operadora_id,
        analise=analise,
        por_nome=QUEM,
        titulo=f"Regras conferidas: {achado}",
        antes={},
        depois={},
        guias=sorted(mudadas),
    )


def _marcar_guias(mesa: _Mesa, mudadas: set[int]) -> None:
    """Whoever saw these guides before saw something older; and those that are refused whole say so."""
    if mudadas:
        GuiaAnalisada.objects.filter(pk__in=mudadas).update(versao=F("versao") + 1, mudada_por_nome=QUEM)
    _glosar_inteiras(mesa.inteiras)


def _glosar_inteiras(inteiras: Mapping[int, tuple[str, str]]) -> None:
    guias = list(GuiaAnalisada.objects.filter(pk__in=inteiras, glosa=""))
    for guia in guias:
        codigo, motivo = inteiras[guia.pk]
        guia.glosa, guia.motivo_da_glosa = codigo, motivo[:_TEXTO]
    GuiaAnalisada.objects.bulk_update(guias, ["glosa", "motivo_da_glosa"])
