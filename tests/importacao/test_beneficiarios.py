"""The list of beneficiários, as systems of enrolment export it."""

from __future__ import annotations

from datetime import date

from conecta.importacao.estados import SituacaoDaImportacao
from conecta.importacao.models import LinhaRuim
from convenios.models import Beneficiario, CoberturaDoPlano
from tests.fabrica import Cenario
from tests.importacao.apoio import conferida, csv, gravada, planos, xlsx

TITULOS = ("Matrícula", "NOME DO BENEFICIÁRIO", "Data de Nascimento", "Sexo", "Plano", "Inclusão", "Validade")
MARIA = ("900001", "Maria  Conceição", "27/11/1980", "F", "P000", "01/01/2020", "31/12/2027")


def _um(cenario: Cenario, carteira: str) -> Beneficiario:
    with cenario.dentro("pasa"):
        return Beneficiario.objects.select_related("plano").get(numero_carteira=carteira)


def test_a_beneficiario_is_registered_with_all_that_the_verdict_asks(cenario: Cenario) -> None:
    gravada(cenario, planos(1))
    gravada(cenario, csv(TITULOS, MARIA, codificacao="cp1252"), layout="beneficiarios")
    maria = _um(cenario, "900001")
    assert (maria.nome, maria.nome_busca, maria.sexo) == ("Maria Conceição", "maria conceicao", "3")
    assert (maria.nascimento, maria.inclusao) == (date(1980, 11, 27), date(2020, 1, 1))
    assert maria.plano is not None
    assert maria.plano.codigo == "P000"
    assert (maria.validade_carteira, maria.desligamento) == (date(2027, 12, 31), None)


def test_a_column_that_the_file_has_not_keeps_what_is_registered_and_an_empty_cell_empties_it(
    cenario: Cenario,
) -> None:
    gravada(cenario, planos(1))
    gravada(cenario, csv(TITULOS, MARIA), layout="beneficiarios")
    sem_plano = csv(("Carteira", "Nome", "Inclusão", "Validade"), ("900001", "Maria Conceição", "01/01/2020", ""))
    importacao = gravada(cenario, sem_plano, layout="beneficiarios")
    assert importacao.mudadas == 1
    maria = _um(cenario, "900001")
    assert maria.plano is not None
    assert (maria.sexo, maria.validade_carteira) == ("3", None)


def test_dates_that_contradict_each_other_and_unknown_planos_are_bad_lines(cenario: Cenario) -> None:
    titulos = ("Carteira", "Nome", "Nascimento", "Inclusão", "Desligamento", "Plano")
    linha = ("1", "Ana", "01/01/2021", "01/01/2020", "31/12/2019", "nenhum")
    importacao = conferida(cenario, xlsx(titulos, linha), layout="beneficiarios")
    with cenario.dentro("pasa"):
        (ruim,) = LinhaRuim.objects.filter(importacao=importacao)
    assert {erro["coluna"] for erro in ruim.erros} == {"Plano", "Desligamento", "Inclusão"}


def test_a_date_that_contradicts_one_that_the_file_has_not_is_told_and_what_to_do(cenario: Cenario) -> None:
    titulos = ("Carteira", "Nome", "Inclusão", "Desligamento")
    gravada(cenario, csv(titulos, ("900001", "Maria", "01/01/2020", "31/12/2021")), layout="beneficiarios")
    importacao = conferida(cenario, csv(titulos[:3], ("900001", "Maria", "01/01/2023")), layout="beneficiarios")
    assert importacao.situacao == SituacaoDaImportacao.RECUSADA
    assert "Inclua no arquivo as colunas que faltam" in importacao.erro
    assert "Desligamento" in importacao.erro
    assert _um(cenario, "900001").inclusao == date(2020, 1, 1)


def test_a_list_that_says_nothing_but_keys_adds_what_is_new_and_keeps_the_rest(cenario: Cenario) -> None:
    gravada(cenario, planos(1))
    gravada(cenario, csv(("Plano", "Tabela", "Código", "Carência"), ("P000", "22", "4030", "180")), layout="coberturas")
    so_chaves = csv(("Plano", "Tabela", "Código"), ("P000", "22", "4030"), ("P000", "22", "4040"))
    importacao = gravada(cenario, so_chaves, layout="coberturas")
    assert (importacao.novas, importacao.mudadas, importacao.iguais) == (1, 0, 1)
    with cenario.dentro("pasa"):
        assert list(CoberturaDoPlano.objects.order_by("prefixo").values_list("carencia_dias", flat=True)) == [180, 0]


def test_coberturas_belong_to_planos_of_the_same_operadora(cenario: Cenario) -> None:
    gravada(cenario, planos(1))
    linhas = (("Plano", "Tabela", "Código", "Coberto", "Carência"), ("P000", 22, "4030", "Não", 180))
    assert gravada(cenario, xlsx(*linhas), layout="coberturas").novas == 1
    assert gravada(cenario, xlsx(*linhas), layout="coberturas").iguais == 1
    with cenario.dentro("pasa"):
        cobertura = CoberturaDoPlano.objects.get()
    assert (cobertura.tabela, cobertura.prefixo, cobertura.coberto, cobertura.carencia_dias) == (
        "22",
        "4030",
        False,
        180,
    )
    assert conferida(cenario, xlsx(*linhas), layout="coberturas", quem="sulina").ruins == 1
