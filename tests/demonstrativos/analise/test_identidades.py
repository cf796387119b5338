"""The identities between the amounts hold in the database, whatever a statement says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from demonstrativos.analise.models import Analise, Glosa, GuiaAnalisada, ItemAnalisado
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.analise.apoio import em_analise
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def analise(cenario: Cenario) -> Analise:
    """Of a protocol of PASA, of its beginning."""
    return em_analise(cenario)


def _glosar(item: ItemAnalisado, valor: Decimal, codigo: str = "1705") -> Glosa:
    return Glosa.objects.create(
        prestador_id=item.prestador_id,
        operadora_id=item.operadora_id,
        analise_id=item.analise_id,
        guia_id=item.guia_id,
        item=item,
        codigo=codigo,
        valor=valor,
    )


def _tirar(tabela: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"delete from analise_{tabela}")


def _liberar(cenario: Cenario, analise: Analise) -> None:
    avanco.avancar(protocolo=analise.protocolo, para=P.LIBERADO, por=cenario.pessoa("gestor", "pasa"))


def test_everything_begins_as_billed(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa"):
        assert analise.guias.count() == analise.lote.quantidade_de_guias
        assert ItemAnalisado.objects.count() == analise.lote.quantidade_de_itens
        assert analise.valor_informado == analise.valor_processado == analise.valor_liberado
        assert analise.valor_informado == analise.protocolo.valor_informado


def test_a_glosa_moves_every_sum_above_it(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa"):
        item = ItemAnalisado.objects.order_by("id").first()
        _glosar(item, Decimal("0.25"))
        _glosar(item, Decimal("0.50"), "1801")
        item.refresh_from_db()
        guia = GuiaAnalisada.objects.get(pk=item.guia_id)
        depois = Analise.objects.get(pk=analise.pk)
    assert (item.valor_glosado, item.valor_liberado) == (Decimal("0.75"), item.valor_informado - Decimal("0.75"))
    assert (guia.valor_glosado, guia.itens_com_glosa) == (Decimal("0.75"), 1)
    assert depois.valor_liberado == analise.valor_informado - Decimal("0.75")
    assert (depois.guias_com_glosa, depois.itens_com_glosa) == (1, 1)


def test_no_more_is_refused_than_processed(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa"):
        item = ItemAnalisado.objects.order_by("id").first()
        with pytest.raises(IntegrityError, match="itemanalisado_valores_possiveis"), transaction.atomic():
            _glosar(item, item.valor_informado + Decimal("0.01"))


@pytest.mark.parametrize("campo", ["valor_glosado", "valor_informado"])
def test_sums_cannot_be_written(cenario: Cenario, analise: Analise, campo: str) -> None:
    with cenario.dentro("pasa"):
        for modelo in (ItemAnalisado, GuiaAnalisada, Analise):
            antes = modelo.objects.order_by("id").values().first()
            modelo.objects.update(**{campo: Decimal("0.01")})
            assert modelo.objects.order_by("id").values().first() == antes


def test_no_row_goes_to_another_sum_and_none_leaves_one(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa"):
        um, outro = ItemAnalisado.objects.filter(guia__posicao=1).order_by("posicao")
        alheio = ItemAnalisado.objects.filter(guia__posicao=2).first()
        glosa = _glosar(um, Decimal("1.00"))
        for mudanca in (
            lambda: Glosa.objects.filter(pk=glosa.pk).update(item=outro),
            lambda: ItemAnalisado.objects.filter(pk=outro.pk).update(guia=alheio.guia_id, posicao=9),
            lambda: ItemAnalisado.objects.filter(pk=outro.pk).update(item=alheio.item_id),
            lambda: _tirar("itemanalisado"),
            lambda: GuiaAnalisada.objects.filter(pk=um.guia_id).update(posicao=9, guia=alheio.guia.guia_id),
            lambda: _tirar("guiaanalisada"),
            lambda: Analise.objects.update(protocolo_id=0),
            lambda: _tirar("analise"),
        ):
            with pytest.raises(DatabaseError, match="não muda de lugar"), transaction.atomic():
                mudanca()


def test_the_prestador_reads_nothing_before_the_release_and_all_after_it(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa", "gestor"):
        _glosar(ItemAnalisado.objects.order_by("id").first(), Decimal("1.00"))
        assert Protocolo.objects.get().valor_glosado == 0
    with cenario.dentro("aurelia"):
        assert not any(modelo.objects.exists() for modelo in (Analise, GuiaAnalisada, ItemAnalisado, Glosa))
    with cenario.dentro("pasa", "gestor"):
        _liberar(cenario, analise)
    with cenario.dentro("aurelia"):
        assert all(modelo.objects.exists() for modelo in (Analise, GuiaAnalisada, ItemAnalisado, Glosa))
        protocolo = Protocolo.objects.get()
    assert (protocolo.valor_glosado, protocolo.itens_com_glosa) == (Decimal("1.00"), 1)
    assert protocolo.valor_liberado == protocolo.valor_processado - 1


def test_what_was_released_changes_no_more(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa", "gestor"):
        glosa = _glosar(ItemAnalisado.objects.order_by("id").first(), Decimal("1.00"))
        _liberar(cenario, analise)
        for mudanca in (
            lambda: glosa.delete(),
            lambda: _glosar(ItemAnalisado.objects.order_by("-id").first(), Decimal("1.00")),
            lambda: ItemAnalisado.objects.update(valor_processado=0),
            lambda: GuiaAnalisada.objects.update(glosa="1801"),
            lambda: Glosa.objects.update(liberada_em=None, valor=Decimal("2.00")),
        ):
            with pytest.raises(DatabaseError, match="não muda mais"), transaction.atomic():
                mudanca()


def test_reopened_it_is_the_operadoras_alone_again(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa", "gestor"):
        item = ItemAnalisado.objects.order_by("id").first()
        _glosar(item, Decimal("1.00"))
        _liberar(cenario, analise)
        por = cenario.pessoa("gestor", "pasa")
        avanco.desfazer(protocolos=[analise.protocolo], para=P.EM_ANALISE, por=por, motivo="glosa indevida")
        Glosa.objects.all().delete()
        item.refresh_from_db()
        assert item.valor_glosado == 0
        assert Protocolo.objects.get().valor_processado == 0
    with cenario.dentro("aurelia"):
        assert not Analise.objects.exists()


def test_a_protocol_is_not_released_past_its_analysis(cenario: Cenario, analise: Analise) -> None:
    with cenario.dentro("pasa"), pytest.raises(DatabaseError, match="até o fim"), transaction.atomic():
        Protocolo.objects.update(situacao=P.LIBERADO, situacao_em=timezone.now())
