"""From a message to rows: every guide type, every text to the letter."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from conecta.arquivos import cofre
from lotes.estados import Canal
from lotes.models import Acontecimento, Guia, Item, Lote
from lotes.recebimento import Procedencia, receber
from tests.fabrica import Cenario
from tests.uploads.apoio import xml_valido
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import LoteLido, ler_lote


def lido(dados: bytes) -> LoteLido:
    lote = ler_lote(ler(dados))
    assert lote is not None
    return lote


def receber_em(cenario: Cenario, dados: bytes, numero: int = 7_000_001) -> Lote:
    pessoa = cenario.pessoa("faturista", "aurelia")
    return receber(
        lido(dados),
        Procedencia(
            prestador=cenario.aurelia,
            operadora=cenario.pasa,
            numero=numero,
            conteudo_id=cofre.guardar(dados, prestador_id=cenario.aurelia.pk).pk,
            canal=Canal.UPLOAD,
            por_id=pessoa.pk,
            por_nome=pessoa.nome,
        ),
    )


@pytest.mark.parametrize("tipo", ["consulta", "sadt", "internacao", "honorarios", "odonto"])
@pytest.mark.parametrize("maximo", [False, True])
def test_every_guide_type_becomes_lot_guides_and_items(cenario: Cenario, tipo: str, maximo: bool) -> None:
    dados = xml_valido(cenario, tipo, guias=3, itens=4, maximo=maximo)
    esperado = lido(dados)
    with cenario.dentro("aurelia", "faturista"):
        lote = receber_em(cenario, dados)
        lote.refresh_from_db()
        guias = list(Guia.objects.filter(lote=lote).order_by("posicao"))
        assert lote.situacao == "aberto"
        assert lote.quantidade_de_guias == len(guias) == 3
        assert lote.quantidade_de_itens == Item.objects.count() == sum(len(guia.itens) for guia in esperado.guias)
        assert lote.valor_informado == sum(guia.valor_informado for guia in guias) > 0
        assert lote.tipo_de_guia == esperado.tipo_guia
        for guia, guia_lida in zip(guias, esperado.guias, strict=True):
            assert guia.numero_do_prestador == guia_lida.numero_prestador
            assert guia.data_de_atendimento == guia_lida.data_atendimento
            itens = list(guia.itens.order_by("posicao"))
            assert [item.codigo for item in itens] == [item.codigo for item in guia_lida.itens]
            assert [item.valor_total for item in itens] == [item.total for item in guia_lida.itens]
            assert [item.data for item in itens] == [item.data for item in guia_lida.itens]
        assert Acontecimento.objects.get().titulo == "Arquivo importado"


@pytest.mark.parametrize("texto", ["barra \\ e \\N", "tab\tdentro", "aspas ' \" e vírgula, ponto;", "\\."])
def test_a_text_that_copy_would_read_otherwise_comes_through(cenario: Cenario, texto: str) -> None:
    mensagem = lido(xml_valido(cenario))
    mensagem.guias[0].itens[0].descricao = texto
    pessoa = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        conteudo = cofre.guardar(b"<a/>", prestador_id=cenario.aurelia.pk)
        receber(
            mensagem,
            Procedencia(
                prestador=cenario.aurelia,
                operadora=cenario.pasa,
                numero=7,
                conteudo_id=conteudo.pk,
                canal=Canal.UPLOAD,
                por_id=pessoa.pk,
                por_nome=pessoa.nome,
            ),
        )
        assert Item.objects.order_by("posicao")[0].descricao == texto


def test_a_number_of_a_living_lot_is_refused_by_the_database(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        receber_em(cenario, xml_valido(cenario))
        with pytest.raises(IntegrityError, match="lote_numero_do_prestador_unico"), transaction.atomic():
            receber_em(cenario, xml_valido(cenario), numero=7_000_002)


def test_money_is_exact(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        lote = receber_em(cenario, xml_valido(cenario, guias=20, itens=10))
        lote.refresh_from_db()
        soma = sum((item.valor_total for item in Item.objects.all()), Decimal(0))
        assert lote.valor_informado == soma


def test_the_operadora_does_not_see_what_was_only_imported(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        receber_em(cenario, xml_valido(cenario))
    with cenario.dentro("pasa"):
        assert not Lote.objects.exists()
        assert not Guia.objects.exists()
        assert not Item.objects.exists()
