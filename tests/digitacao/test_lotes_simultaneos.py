"""Two people at once on the same guides and lots, with real transactions: nothing is made twice, nothing overflows."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from conecta.arquivos import cofre
from conecta.erros import ErroDeNegocio
from conecta.tenancy.escopo import inquilino
from convenios.models import ParametrosDaOperadora
from lotes import transicoes as dos_lotes
from lotes.models import Lote
from tests.digitacao.apoio import digitar
from tests.digitacao.test_lotes import abrir
from tests.fabrica import Cenario, montar_cenario
from tests.lotes.test_envio_simultaneo import em_paralelo
from tiss_schemas.fragmento import ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.digitacao import geracao, montagem, transicoes
from uploads.digitacao.erros import GuiaFechada
from uploads.digitacao.exclusao import excluir
from uploads.digitacao.models import GuiaDigitada


@pytest.fixture
def real(commitado: None) -> Cenario:
    """The scenario, committed; PASA takes three guides in a lot."""
    cenario = montar_cenario()
    with cenario.dentro("pasa", "gestor"):
        ParametrosDaOperadora.objects.filter(operadora=cenario.pasa).update(maximo_de_guias=3)
    return cenario


def na_aurelia(real: Cenario, fazer: Callable[[Any], Any]) -> Callable[[], Any]:
    """The deed in a transaction of its own, in aurelia's scope; gives its result, or the refusal."""

    def correr() -> Any:
        por = real.pessoa("faturista", "aurelia")
        try:
            with inquilino("prestador", real.aurelia.pk, por.pk):
                return fazer(por)
        except ErroDeNegocio as recusa:
            return recusa

    return correr


def test_two_who_fill_a_lot_at_once_do_not_overfill_it(real: Cenario) -> None:
    with real.dentro("aurelia", "faturista"):
        guias = [digitar(real, numero=numero) for numero in range(1, 5)]
        lote = abrir(real)
    pares = (guias[:2], guias[2:])
    feitos = em_paralelo(
        [na_aurelia(real, lambda por, par=par: montagem.adicionar(lote=lote, guias=par, por=por)) for par in pares],
        de_uma_vez=2,
    )
    assert sorted(type(feito).__name__ for feito in feitos) == ["Lote", "LoteRecusado"]
    with real.dentro("aurelia"):
        assert GuiaDigitada.objects.filter(lote=lote).count() == lote.guias.count() == 2


def test_a_guide_that_two_want_goes_into_one_lot(real: Cenario) -> None:
    with real.dentro("aurelia", "faturista"):
        guia = digitar(real)
        lotes = [abrir(real) for _ in range(2)]
    feitos = em_paralelo(
        [na_aurelia(real, lambda por, um=um: montagem.adicionar(lote=um, guias=[guia], por=por)) for um in lotes],
        de_uma_vez=2,
    )
    assert sorted(type(feito).__name__ for feito in feitos) == ["Lote", "LoteRecusado"]


def test_two_who_generate_at_once_make_each_lot_once(real: Cenario) -> None:
    with real.dentro("aurelia", "faturista"):
        for numero in range(1, 5):
            digitar(real, numero=numero)
        visto = geracao.planejar(real.aurelia, geracao.Escolha()).marca

    def gerar(por: Any) -> list[Lote]:
        return geracao.gerar(prestador=real.aurelia, escolha=geracao.Escolha(), visto=visto, por=por)

    feitos = em_paralelo([na_aurelia(real, gerar)] * 3, de_uma_vez=3)
    assert sorted(type(feito).__name__ for feito in feitos) == ["LoteRecusado", "LoteRecusado", "list"]
    with real.dentro("aurelia"):
        assert sorted(Lote.objects.values_list("quantidade_de_guias", flat=True)) == [1, 3]


def test_a_guide_typed_on_while_its_lot_is_closed_says_what_the_frozen_bytes_say(real: Cenario) -> None:
    with real.dentro("aurelia", "faturista"):
        guia = digitar(real)
        lote = montagem.criar_lote(guias=[guia], por=real.pessoa("faturista", "aurelia"))
    novos = guia.valores | {"cabecalhoGuia/numeroGuiaPrestador": "777"}
    em_paralelo(
        [
            na_aurelia(real, lambda por: dos_lotes.fechar(lote=lote, por=por)),
            na_aurelia(real, lambda por: transicoes.salvar(guia=guia, valores=novos, vista=guia.revisao, por=por)),
        ],
        de_uma_vez=2,
    )
    with real.dentro("aurelia"):
        lote.refresh_from_db()
        assert lote.conteudo_id is not None
        lido = ler_lote(ler(cofre.abrir(lote.conteudo_id)))
        assert lido is not None
        escrita = ler_guia("4.03.00", lido.guias[0].elemento)
        digitada = GuiaDigitada.objects.get()
        assert {chave: digitada.valores[chave] for chave in escrita} == escrita
        assert lote.guias.get().numero_do_prestador == digitada.numero_do_prestador


def a_meio(real: Cenario, guia: GuiaDigitada, lote: Lote, fazer: Callable[[Any], Any]) -> Any:
    """What comes of a deed that waits for whoever is putting the guide into the lot."""
    posta = Event()

    def por_no_lote(por: Any) -> None:
        with transaction.atomic():
            montagem.adicionar(lote=lote, guias=[guia], por=por)
            posta.set()
            while not _alguem_espera():
                pass

    def depois(por: Any) -> Any:
        assert posta.wait(30)
        return fazer(por)

    return em_paralelo([na_aurelia(real, por_no_lote), na_aurelia(real, depois)], de_uma_vez=2)[1]


def _alguem_espera() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        return bool(cursor.fetchone()[0])


def test_a_guide_saved_while_it_is_put_into_a_lot_says_in_the_lot_what_was_saved(real: Cenario) -> None:
    with real.dentro("aurelia", "faturista"):
        guia, lote = digitar(real), abrir(real)
    novos = guia.valores | {"cabecalhoGuia/numeroGuiaPrestador": "777"}

    def salvar(por: Any) -> Any:
        return transicoes.salvar(guia=guia, valores=novos, vista=guia.revisao, por=por)

    salva, _ = a_meio(real, guia, lote, salvar)
    with real.dentro("aurelia"):
        assert (salva.lote, lote.guias.get().numero_do_prestador) == (lote, "777")


def test_a_guide_is_not_excluded_while_it_is_put_into_a_lot(real: Cenario) -> None:
    with real.dentro("aurelia", "faturista"):
        guia, lote = digitar(real), abrir(real)
    recusa = a_meio(real, guia, lote, lambda por: excluir(guias=[guia], por=por))
    assert isinstance(recusa, GuiaFechada)
    assert f"no lote {lote.numero}" in recusa.frase
