"""To the clinic: which causes recur, and how many files come in at once. To the operadora: what its rules find."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from tests.fabrica import Cenario
from tests.movimento import incluir, trabalhar, xml_de
from tiss_schemas.edicoes import Valor
from uploads import transicoes
from uploads.indicadores import mapa, primeira_vez, recorrentes
from uploads.models import Arquivo, Critica
from uploads.series import Tendencia, barras, nome_do_mes, tendencia, ultimos_meses
from uploads.transicoes import Ignorar

DE_NINGUEM = "11112222333344445"
PAGINA, PLANILHA = "/aurelia/uploads/indicadores/", "/aurelia/uploads/indicadores/criticas.xlsx"


def de_ninguem(cenario: Cenario, numero: str, prestador: str = "aurelia", operadora: str = "pasa") -> Arquivo:
    """A lot of two guides whose beneficiário the operadora does not know: rule B01 in two places."""
    dados = xml_de(
        cenario.organizacoes[prestador],
        cenario.organizacoes[operadora],
        numero=numero,
        guias=2,
        carteiras=[DE_NINGUEM],
    )
    return incluir(cenario, dados, prestador)


def em_ordem(cenario: Cenario, numero: str) -> Arquivo:
    return incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, numero=numero))


def corpo(resposta: HttpResponse) -> str:
    return resposta.content.decode()


def planilha(cliente: Client, endereco: str) -> list[tuple[object, ...]]:
    dados = b"".join(cliente.get(endereco).streaming_content)  # type: ignore[attr-defined]
    return list(load_workbook(BytesIO(dados)).worksheets[0].iter_rows(values_only=True))


def test_the_last_months_end_with_this_one() -> None:
    with time_machine.travel("2026-02-10T12:00-03:00"):
        meses = ultimos_meses(4)
    assert meses == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert [nome_do_mes(mes) for mes in meses] == ["nov/25", "dez/25", "jan/26", "fev/26"]


@pytest.mark.parametrize(
    ("valores", "esperada"),
    [
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 1], Tendencia.NOVA),
        ([0, 3, 0, 0, 0, 0, 0, 0, 0, 1], Tendencia.SUBIU),
        ([0, 0, 0, 0, 1, 0, 0, 1, 1, 0], Tendencia.SUBIU),
        ([0, 0, 0, 0, 2, 0, 0, 1, 1, 0], Tendencia.IGUAL),
        ([0, 0, 0, 0, 9, 0, 0, 1, 1, 0], Tendencia.CAIU),
        ([0, 0, 0, 0, 9, 0, 0, 0, 0, 0], Tendencia.PAROU),
        ([5, 0, 0, 0, 0, 0, 0, 0, 0, 0], Tendencia.ANTIGA),
    ],
)
def test_three_months_are_compared_with_the_three_before(valores: list[int], esperada: Tendencia) -> None:
    assert tendencia(valores) is esperada


def test_bars_stand_on_the_line_and_the_highest_is_the_greatest() -> None:
    meses = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    desenhadas = barras(meses, [10, 0, 5], [4, 0, 5])
    assert [barra.altura_da_parte + barra.altura_do_resto for barra in desenhadas] == [168, 0, 84]
    assert {barra.y_da_parte + barra.altura_da_parte for barra in desenhadas} == {184}


def test_a_cause_counts_files_and_places_by_month(cenario: Cenario) -> None:
    meses = ultimos_meses(12)
    with time_machine.travel(timezone.now() - timedelta(days=95)):
        de_ninguem(cenario, "1")
    de_ninguem(cenario, "2")
    de_ninguem(cenario, "3")
    with cenario.dentro("aurelia"):
        (causa,) = recorrentes(cenario.aurelia, None, meses)
    assert (causa.regra, causa.total_de_arquivos, causa.total_de_lugares, causa.arquivos[-1]) == ("B01", 3, 6, 2)
    assert causa.nome_do_campo == "Cobrança SP/SADT, 8 Número da carteira"


def test_a_corrected_version_is_no_new_error(cenario: Cenario) -> None:
    arquivo = de_ninguem(cenario, "1")
    por = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        critica = Critica.objects.filter(arquivo=arquivo).earliest("posicao")
        transicoes.salvar_correcoes(
            arquivo_id=arquivo.pk,
            versao=1,
            edicoes=[Valor(critica.caminho, "00090025012300" + "00")],
            recalcular=False,
            por=por,
        )
    trabalhar()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get(pk=arquivo.pk).versao_atual == 2
        (causa,) = recorrentes(cenario.aurelia, None, ultimos_meses(12))
        assert (causa.total_de_arquivos, causa.total_de_lugares) == (1, 2)


def test_the_first_pass_is_the_first_verdict_and_nothing_ignored(cenario: Cenario) -> None:
    em_ordem(cenario, "1")
    de_ninguem(cenario, "2")
    com_letra = incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, numero="3", numero_lote="A3"))
    por = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        criticas = frozenset(Critica.objects.filter(arquivo=com_letra, regra="L03").values_list("pk", flat=True))
        pedido = Ignorar(criticas, "É o número do nosso sistema.")
        transicoes.salvar_correcoes(arquivo_id=com_letra.pk, versao=1, ignorar=[pedido], recalcular=False, por=por)
    trabalhar()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get(pk=com_letra.pk).situacao == "importado"
        primeira = primeira_vez(cenario.aurelia, None, ultimos_meses(12))
    assert (primeira.total, primeira.total_de_primeira, primeira.taxa) == (3, 1, 33)


def test_the_page_of_the_clinic_shows_causes_and_links_to_their_rules(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    em_ordem(cenario, "1")
    de_ninguem(cenario, "2")
    pagina = corpo(entrar(cenario.pessoa("leitura", "aurelia")).get(PAGINA))
    assert "Cobrança SP/SADT, 8 Número da carteira" in pagina
    assert 'href="/aurelia/regras/B01/"' in pagina
    assert "1 de 2 arquivos em 12 meses: 50%" in pagina
    assert DE_NINGUEM not in pagina


def test_the_clinic_filters_by_operadora(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    de_ninguem(cenario, "1", operadora="pasa")
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    assert "B01" in corpo(cliente.get(PAGINA, {"operadora": cenario.pasa.pk}))
    assert "B01" not in corpo(cliente.get(PAGINA, {"operadora": cenario.sulina.pk}))


def test_a_clinic_without_files_is_told_what_will_stand_there(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    assert "Ainda não há o que contar" in corpo(cliente.get(PAGINA))
    em_ordem(cenario, "1")
    assert "Nenhuma crítica em 12 meses" in corpo(cliente.get(PAGINA))


def test_the_spreadsheet_has_every_month(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    de_ninguem(cenario, "1")
    titulos, linha = planilha(entrar(cenario.pessoa("faturista", "aurelia")), PLANILHA)
    meses = [nome_do_mes(mes) for mes in ultimos_meses(12)]
    assert list(titulos[-12:]) == meses
    assert linha[0] == "B01"
    assert linha[-1] == 1
    assert sum(int(str(valor)) for valor in linha[-12:]) == 1


def test_another_prestador_counts_for_itself(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    de_ninguem(cenario, "1")
    pagina = corpo(entrar(cenario.pessoa("faturista", "boavista")).get("/boavista/uploads/indicadores/"))
    assert "B01" not in pagina


def test_the_map_has_a_row_for_each_prestador_and_rule_of_the_operadora(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    de_ninguem(cenario, "1")
    de_ninguem(cenario, "2", "boavista")
    de_ninguem(cenario, "3", "cedro", "sulina")
    with cenario.dentro("pasa"):
        linhas = mapa(cenario.pasa, ultimos_meses(6))
    assert {(linha.prestador, linha.regra, linha.arquivos, linha.lugares) for linha in linhas} == {
        (cenario.aurelia.sigla, "B01", 1, 2),
        (cenario.boavista.sigla, "B01", 1, 2),
    }
    pagina = corpo(entrar(cenario.pessoa("analista", "pasa")).get("/pasa/regras/mapa/"))
    assert cenario.boavista.sigla in pagina
    assert cenario.cedro.sigla not in pagina


def test_the_map_narrows_sorts_and_goes_out_as_it_stands(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    de_ninguem(cenario, "1")
    incluir(cenario, xml_de(cenario.boavista, cenario.pasa, numero_lote="A2", primeiro_numero_guia=2000), "boavista")
    cliente = entrar(cenario.pessoa("leitura", "pasa"))
    endereco = "/pasa/regras/mapa/criticas.xlsx"
    assert [linha[1] for linha in planilha(cliente, f"{endereco}?ordem=regra")[1:]] == ["B01", "L03"]
    assert [linha[1] for linha in planilha(cliente, f"{endereco}?ordem=-regra")[1:]] == ["L03", "B01"]
    assert [linha[1] for linha in planilha(cliente, f"{endereco}?regra=L03")[1:]] == ["L03"]
    assert [linha[1] for linha in planilha(cliente, f"{endereco}?prestador={cenario.aurelia.pk}")[1:]] == ["B01"]


def test_an_empty_map_says_when_it_fills(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    assert "A contagem começa com o primeiro arquivo" in corpo(
        entrar(cenario.pessoa("gestor", "pasa")).get("/pasa/regras/mapa/")
    )


@pytest.mark.parametrize(
    ("papel", "quem", "pagina"), [("faturista", "aurelia", PAGINA), ("gestor", "pasa", "/pasa/regras/mapa/")]
)
def test_the_pages_ask_as_often_for_many_rows_as_for_one(
    papel: str, quem: str, pagina: str, cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    cliente = entrar(cenario.pessoa(papel, quem))
    de_ninguem(cenario, "1")
    cliente.get(pagina)
    with CaptureQueriesContext(connection) as com_uma:
        cliente.get(pagina)
    de_ninguem(cenario, "2", "boavista")
    incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, numero="3", numero_lote="A3"))
    incluir(cenario, b"isto nao e um XML")
    with CaptureQueriesContext(connection) as com_varias:
        assert len(re.findall(r'<th scope="row"', corpo(cliente.get(pagina)))) > 2
    assert len(com_varias) == len(com_uma)


def test_a_verdict_after_the_last_month_is_left_for_the_next_page(cenario: Cenario) -> None:
    de_ninguem(cenario, "1")
    ate_o_mes_passado = ultimos_meses(2)[:1]
    with cenario.dentro("aurelia"):
        assert recorrentes(cenario.aurelia, None, ate_o_mes_passado) == []
