"""Beneficiários by words of their names, which the database keeps as the names change."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from conecta.texto import para_busca
from convenios.beneficiarios_pelo_nome import SEPARADORES, beneficiarios_pelo_nome, palavras_do_nome
from convenios.models import Beneficiario, PalavraDoNome, Plano
from convenios.registros_consultas import beneficiarios_filtrados
from tests.fabrica import Cenario
from tests.importacao.apoio import csv, gravada, planos


def _registrar(cenario: Cenario, *nomes: str, quem: str = "pasa") -> None:
    with cenario.dentro(quem):
        Beneficiario.objects.bulk_create(
            Beneficiario(
                operadora=cenario.organizacoes[quem],
                numero_carteira=f"X{vez}",
                nome=nome,
                nome_busca=para_busca(nome),
                inclusao=date(2020, 1, 1),
            )
            for vez, nome in enumerate(nomes)
        )


def _achados(cenario: Cenario, texto: str, quem: str = "pasa") -> list[str]:
    with cenario.dentro(quem):
        return [beneficiario.nome for beneficiario in beneficiarios_pelo_nome(cenario.pasa, texto)[:100]]


@pytest.mark.parametrize(
    "texto", ["araujo", "ARAÚJO", "ara lim", "lima conceição", "conc d'av", "ávila", "de lima ara", "lima, con"]
)
def test_each_word_begins_a_word_of_the_name_wherever_it_stands(texto: str, cenario: Cenario) -> None:
    _registrar(cenario, "Conceição D'Ávila Araújo de Lima", "José Lima")
    assert _achados(cenario, texto) == ["Conceição D'Ávila Araújo de Lima"]


@pytest.mark.parametrize("texto", ["raujo", "araujos", "lima jose", "", " - ", "%", "l_ma"])
def test_what_begins_no_word_finds_nobody(texto: str, cenario: Cenario) -> None:
    _registrar(cenario, "Conceição Araújo Lima", "José Araújo")
    assert _achados(cenario, texto) == []


def test_names_that_begin_as_typed_come_first_and_nobody_twice(cenario: Cenario) -> None:
    _registrar(cenario, "Ana Maria", "Mariana Maria Marta", "Maria Ana", "Zilda Mar")
    assert _achados(cenario, "mar") == ["Maria Ana", "Mariana Maria Marta", "Zilda Mar", "Ana Maria"]
    with cenario.dentro("pasa"):
        achados = beneficiarios_pelo_nome(cenario.pasa, "mar")
        assert achados.count() == 4
        um_a_um = [beneficiario.nome for inicio in range(4) for beneficiario in achados[inicio : inicio + 1]]
    assert um_a_um == _achados(cenario, "mar")


def test_the_filters_of_the_list_hold_for_names_too(cenario: Cenario) -> None:
    gravada(cenario, planos(1))
    _registrar(cenario, "Ana Lima", "Bia Lima")
    with cenario.dentro("pasa"):
        plano = Plano.objects.get()
        Beneficiario.objects.filter(nome="Bia Lima").update(plano=plano)
        achados = beneficiarios_filtrados(cenario.pasa, {"texto": "lima", "plano": plano})
        assert [beneficiario.nome for beneficiario in achados[:9]] == ["Bia Lima"]
        assert achados.count() == 1


def test_words_follow_a_name_that_changes_and_go_with_who_goes(cenario: Cenario) -> None:
    _registrar(cenario, "Ana Souza Souza", "Ana Neves")
    with cenario.dentro("pasa"):
        Beneficiario.objects.filter(nome="Ana Souza Souza").update(nome="Ana Brito", nome_busca="ana brito")
        Beneficiario.objects.filter(nome="Ana Neves").delete()
        da_ana = PalavraDoNome.objects.filter(palavras__startswith=" ana")
        assert sorted(da_ana.values_list("palavra", "palavras")) == [("ana", " ana brito"), ("brito", " ana brito")]
    assert (_achados(cenario, "souza"), _achados(cenario, "neves")) == ([], [])


def test_an_import_is_found_by_its_names_and_by_the_new_ones_when_it_comes_again(cenario: Cenario) -> None:
    titulos = ("Carteira", "Nome", "Inclusão")
    gravada(cenario, csv(titulos, ("1", "Ana Souza", "01/01/2020"), ("2", "Rui", "01/01/2020")), layout="beneficiarios")
    assert _achados(cenario, "souza") == ["Ana Souza"]
    gravada(cenario, csv(titulos, ("1", "Ana Brito", "01/01/2020"), ("2", "Rui", "01/01/2020")), layout="beneficiarios")
    assert (_achados(cenario, "souza"), _achados(cenario, "brito"), _achados(cenario, "rui")) == (
        [],
        ["Ana Brito"],
        ["Rui"],
    )


def test_a_prestador_finds_those_of_its_operadoras_only(cenario: Cenario) -> None:
    _registrar(cenario, "Ana Souza")
    assert _achados(cenario, "souza", "aurelia") == ["Ana Souza"]
    assert _achados(cenario, "souza", "cedro") == []
    assert _achados(cenario, "souza", "sulina") == []


@pytest.mark.parametrize("quem", ["aurelia", "sulina"])
def test_nobody_writes_words_into_the_register_of_another(quem: str, cenario: Cenario) -> None:
    palavra = PalavraDoNome(operadora=cenario.pasa, palavra="x", palavras=" x", beneficiario_id=1)
    with cenario.dentro(quem), pytest.raises(DatabaseError, match=r"row-level|permission"), transaction.atomic():
        palavra.save(force_insert=True)


class DaBaseEDoPrograma(TestCase):
    """The database and the program have to part a name into the same words."""

    @given(st.text(st.sampled_from(f"abçÉ 9{SEPARADORES}"), max_size=70))
    def test_both_know_the_same_words(self, nome: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select convenios_palavras(%s)", [para_busca(nome)])
            assert cursor.fetchone()[0].split() == palavras_do_nome(nome)
