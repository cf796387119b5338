"""Any sequence of actions keeps every identity, and an undo brings back the state before; any sequence of changes of
status stays on the path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conecta.erros import ErroDeNegocio
from demonstrativos.analise import transicoes, transicoes_inteiras
from demonstrativos.analise.desfazer import desfazer
from demonstrativos.analise.models import Acao, Analise, Glosa, GuiaAnalisada, ItemAnalisado, ParametrosDaAnalise
from demonstrativos.analise.partes import Parte, resta
from lotes import avanco
from lotes.estados import DESFAZIMENTOS_DO_PROTOCOLO, MUDANCAS_DO_PROTOCOLO
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.analise.apoio import Mesa, em_analise, propor, retrato
from tests.fabrica import Cenario

VEZES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def mesas(cenario: Cenario) -> Iterator[tuple[Mesa, Mesa]]:
    """Two people at the same protocol."""
    analise = em_analise(cenario)
    with cenario.dentro("pasa", "analista"):
        ParametrosDaAnalise.objects.update_or_create(operadora=cenario.pasa, defaults={"permite_reprecificar": True})
        yield tuple(Mesa(analise, cenario.pessoa(papel, "pasa")) for papel in ("analista", "gestor"))  # type: ignore[misc]


@contextmanager
def _de_volta() -> Iterator[None]:
    """One example: what it did is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Alvo:
    """Where at the desk, and how much."""

    mesa: Mesa
    guia: int
    item: int
    valor: Decimal

    @property
    def chaves(self) -> dict[str, Any]:
        return self.mesa.chaves(self.guia)

    @property
    def da_guia(self) -> dict[str, Any]:
        return {**self.chaves, "guia": self.mesa.guia(self.guia).pk}

    @property
    def do_protocolo(self) -> dict[str, Any]:
        return {"analise": self.mesa.analise, "por": self.mesa.por}

    @property
    def pk(self) -> int:
        return self.mesa.item(self.item, self.guia).pk

    def glosas(self) -> list[int]:
        return list(Glosa.objects.filter(item=self.pk).values_list("pk", flat=True))

    def glosar(self, codigo: str, **quanto: Decimal) -> None:
        transicoes.glosar(**self.chaves, partes=[Parte(item=self.pk, **quanto)], codigo=codigo, motivo="x")

    def glosar_tudo(self) -> None:
        partes = [Parte(item=self.mesa.item(n, self.guia).pk) for n in (1, 2)]
        transicoes.glosar(**self.chaves, partes=partes, codigo="1801")


FAZER: dict[str, Callable[[Alvo], Any]] = {
    "glosar": lambda a: a.glosar("1705", valor=a.valor),
    "glosar_quantidade": lambda a: a.glosar("1801", quantidade=(a.valor / 80).quantize(Decimal("0.0001"))),
    "glosar_tudo": Alvo.glosar_tudo,
    "retirar": lambda a: transicoes.retirar_glosa(**a.chaves, glosas=a.glosas()),
    "aceitar": lambda a: transicoes.aceitar_glosas(**a.chaves, glosas=None),
    "aceitar_todas": lambda a: transicoes.aceitar_todas(**a.do_protocolo),
    "reprecificar": lambda a: transicoes.reprecificar(**a.chaves, item=a.pk, valor_processado=a.valor),
    "conferir": lambda a: transicoes.marcar_conferidos(**a.chaves, itens=[a.pk], conferidos=a.valor > 20),
    "conferir_guia": lambda a: transicoes.conferir_guia(**a.da_guia),
    "observar": lambda a: transicoes.observar_guia(**a.da_guia, texto=str(a.valor)),
    "glosar_guia": lambda a: transicoes_inteiras.glosar_guia(**a.da_guia, codigo="1801", motivo="y"),
    "retirar_da_guia": lambda a: transicoes_inteiras.retirar_glosa_da_guia(**a.da_guia),
    "glosar_protocolo": lambda a: transicoes_inteiras.glosar_protocolo(**a.do_protocolo, codigo="1818"),
    "retirar_do_protocolo": lambda a: transicoes_inteiras.retirar_glosa_do_protocolo(**a.do_protocolo),
}
PASSO = st.tuples(
    st.sampled_from((*FAZER, "propor", "desfazer", "desfazer", "desfazer")),
    st.integers(0, 1),
    st.integers(1, 2),
    st.integers(1, 2),
    st.decimals("0.01", "80.00", places=2),
)
"""What, who of the two analistas, which guide, which item, how much."""


def _propor(alvo: Alvo) -> None:
    item = alvo.mesa.item(alvo.item, alvo.guia)
    if (falta := resta(item)) > 0:
        propor(item, str(min(alvo.valor, falta)))
        Acao.objects.create(
            prestador_id=item.prestador_id,
            operadora_id=item.operadora_id,
            analise_id=item.analise_id,
            por_nome="Conferência automática",
            titulo="Regras conferidas",
            antes={},
            depois={},
            guias=[item.guia_id],
        )


def _conferir_identidades(analise: Analise) -> None:
    """Of statements.md: each sum is that of its parts, and nothing is refused beyond what was processed."""
    itens, glosas = list(ItemAnalisado.objects.filter(analise=analise)), list(Glosa.objects.filter(analise=analise))
    for item in itens:
        assert item.valor_glosado == sum(g.valor for g in glosas if g.item_id == item.pk)
        assert item.valor_liberado == item.valor_processado - item.valor_glosado
        assert 0 <= item.valor_glosado <= item.valor_processado <= item.valor_informado
    guias = list(GuiaAnalisada.objects.filter(analise=analise))
    for guia in guias:
        dela = [item for item in itens if item.guia_id == guia.pk]
        for valor in ("valor_informado", "valor_processado", "valor_glosado", "valor_liberado"):
            assert getattr(guia, valor) == sum(getattr(item, valor) for item in dela)
        assert guia.propostas == sum(not g.confirmada for g in glosas if g.guia_id == guia.pk)
        assert not guia.glosa or guia.valor_liberado == 0
    inteira = Analise.objects.get(pk=analise.pk)
    for valor in ("valor_informado", "valor_processado", "valor_glosado", "valor_liberado"):
        assert getattr(inteira, valor) == sum(getattr(guia, valor) for guia in guias)
    assert not inteira.glosa or inteira.valor_liberado == 0


def _agir(verbo: str, alvo: Alvo) -> None:
    if verbo == "propor":
        _propor(alvo)
    elif verbo == "desfazer":
        desfazer(analise=alvo.mesa.analise, por=alvo.mesa.por)
    else:
        FAZER[verbo](alvo)


def _desfazer_e_refazer(mesa: Mesa, antes: dict[str, Any]) -> None:
    """What was done just now is undone to the last column; then it is as if nobody had undone it."""
    with transaction.atomic():
        ponto = transaction.savepoint()
        desfazer(analise=mesa.analise, por=mesa.por)
        assert retrato(mesa.analise) == antes
        transaction.savepoint_rollback(ponto)


@pytest.mark.django_db
@VEZES
@given(passos=st.lists(PASSO, min_size=3, max_size=14))
def test_any_sequence_keeps_every_identity_and_undo_brings_back_what_stood_there(
    mesas: tuple[Mesa, Mesa], passos: list[tuple[str, int, int, int, Decimal]]
) -> None:
    with _de_volta():
        for verbo, quem, guia, item, valor in passos:
            alvo, antes = Alvo(mesas[quem], guia, item, valor), retrato(mesas[0].analise)
            try:
                with transaction.atomic():
                    _agir(verbo, alvo)
            except ErroDeNegocio:
                assert retrato(alvo.mesa.analise) == antes
                continue
            _conferir_identidades(alvo.mesa.analise)
            if verbo in FAZER:
                _desfazer_e_refazer(alvo.mesa, antes)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


@pytest.mark.django_db
@VEZES
@given(passos=st.lists(st.tuples(st.sampled_from(P), st.booleans()), min_size=1, max_size=10))
def test_any_sequence_of_changes_of_status_stays_on_the_path(
    mesas: tuple[Mesa, Mesa], passos: list[tuple[P, bool]]
) -> None:
    analise, por = mesas[0].analise, mesas[1].por
    with _de_volta():
        for para, volta in passos:
            de = P(Protocolo.objects.get(pk=analise.protocolo_id).situacao)
            tabela = DESFAZIMENTOS_DO_PROTOCOLO if volta else MUDANCAS_DO_PROTOCOLO
            pode = para in tabela.get(de, frozenset())
            dia = timezone.localdate() if para == P.FATURADO and not volta else None
            try:
                with transaction.atomic():
                    if volta:
                        avanco.desfazer(protocolos=[analise.protocolo], para=para, por=por, motivo="engano")
                    else:
                        avanco.avancar(
                            protocolo=analise.protocolo, para=para, por=por, data_de_pagamento=dia, nota="ofício"
                        )
            except ErroDeNegocio:
                assert P(Protocolo.objects.get(pk=analise.protocolo_id).situacao) == de
                continue
            assert pode
            protocolo = Protocolo.objects.get(pk=analise.protocolo_id)
            liberada = Analise.objects.get(pk=analise.pk).liberada_em is not None
            assert protocolo.situacao == para
            assert liberada or para not in (P.LIBERADO, P.FATURADO, P.PAGO)
            assert not liberada or para not in (P.EM_ANALISE, P.AGUARDANDO_INFORMACAO)
