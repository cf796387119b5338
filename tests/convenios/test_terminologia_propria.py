"""An operadora's own codes: kept by its gestor, seen by its credenciados, and weighing in their verdicts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from conecta.importacao.layout import Celulas, ErroDaLinha, Gravadas, layout_de
from convenios.models import TermoProprio
from convenios.terminologia_propria import PeriodoOcupado, mudar_termo, ultimo_periodo
from tests.convenios.apoio_terminologia import termo_proprio
from tests.fabrica import Cenario
from tests.movimento import incluir, xml_de
from uploads.models import Critica

LAYOUT = layout_de("termos-proprios")


def _criticas(cenario: Cenario, tabela: str, codigo: str, numero: str = "1") -> set[str]:
    """The rules that speak of a file to PASA whose first item has that code."""
    xml = xml_de(cenario.aurelia, cenario.pasa, numero=numero, tipo_guia="sadt", guias=1, itens=1)
    xml = xml.replace(b"<ans:codigoTabela>22<", f"<ans:codigoTabela>{tabela}<".encode(), 1)
    antes, resto = xml.split(b"<ans:codigoProcedimento>", 1)
    xml = antes + b"<ans:codigoProcedimento>" + codigo.encode() + resto[resto.index(b"<") :]
    arquivo = incluir(cenario, xml)
    with cenario.dentro("aurelia"):
        return set(Critica.objects.filter(arquivo=arquivo).values_list("regra", flat=True))


def test_nothing_is_said_of_a_table_in_which_the_operadora_has_nothing(cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "X1", tabela="98")
    termo_proprio(cenario, "sulina", "X1", tabela="00")
    assert "I03" not in _criticas(cenario, "00", "OUTRO")


def test_a_code_that_the_operadora_has_not_is_found_and_one_that_it_has_is_not(cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "X1")
    assert "I03" in _criticas(cenario, "00", "X2")
    assert "I03" not in _criticas(cenario, "00", "X1", numero="2")


def test_a_code_that_has_ended_is_out_of_validity(cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "X1", fim=date(2021, 1, 1))
    achadas = _criticas(cenario, "00", "X1")
    assert "I05" in achadas
    assert "I03" not in achadas


def test_periods_of_one_code_do_not_cross(cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "X1", inicio=date(2020, 1, 1), fim=date(2024, 12, 31))
    with pytest.raises(PeriodoOcupado, match="já vale de 01/01/2020 a 31/12/2024"):
        termo_proprio(cenario, "pasa", "X1", inicio=date(2024, 12, 31))
    novo = termo_proprio(cenario, "pasa", "X1", inicio=date(2025, 1, 1))
    with cenario.dentro("pasa", "gestor"):
        assert ultimo_periodo(cenario.pasa, "00", "X1") == novo
        valores = {"descricao": "Outra", "vigencia_inicio": date(2024, 6, 1), "vigencia_fim": None}
        with pytest.raises(PeriodoOcupado):
            mudar_termo(termo=novo, valores=valores, por=cenario.pessoa("gestor", "pasa"))


def test_the_gestor_registers_and_closes_a_code(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    cliente = entrar(cenario.pessoa("gestor", "pasa"))
    dados = {"tabela": "98", "codigo": "PAC-1", "descricao": "Pacote de Parto", "vigencia_inicio": "01012026"}
    assert cliente.post(reverse("terminologia:proprio_novo", args=["pasa"]), dados).status_code == 302
    endereco = reverse("terminologia:proprio", args=["pasa", "98", "PAC-1"])
    dados = {"descricao": "Pacote de Parto", "vigencia_inicio": "01/01/2026", "vigencia_fim": "30/06/2026"}
    assert cliente.post(endereco, dados).status_code == 302
    with cenario.dentro("pasa"):
        (termo,) = TermoProprio.objects.all()
    assert (termo.descricao_busca, termo.vigencia_fim) == ("pacote de parto", date(2026, 6, 30))
    pagina = cliente.get(reverse("terminologia:proprios", args=["pasa"]), {"q": "parto"}).content.decode()
    assert "PAC-1" in pagina
    assert "30/06/2026" in pagina


@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("codigo", "com espaço", "Use só letras sem acento"),
        ("codigo", "COMPRIDO-DEMAIS", "10"),
        ("vigencia_fim", "31/12/2025", "O fim vem antes do início"),
        ("vigencia_inicio", "31/02/2026", "Esta não é uma data"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    campo: str, valor: str, frase: str, cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    dados = {"tabela": "98", "codigo": "PAC-1", "descricao": "Pacote", "vigencia_inicio": "01/01/2026"} | {campo: valor}
    cliente = entrar(cenario.pessoa("gestor", "pasa"))
    resposta = cliente.post(reverse("terminologia:proprio_novo", args=["pasa"]), dados)
    assert resposta.status_code == 422
    assert frase in resposta.content.decode()


def test_a_period_that_is_taken_is_said_on_the_page(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    termo_proprio(cenario, "pasa", "X1")
    dados = {"tabela": "00", "codigo": "X1", "descricao": "Outro", "vigencia_inicio": "01/01/2026"}
    resposta = entrar(cenario.pessoa("gestor", "pasa")).post(reverse("terminologia:proprio_novo", args=["pasa"]), dados)
    assert "já vale de 01/01/2020, sem fim" in resposta.content.decode()


def test_the_list_leads_to_its_import_for_who_may(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    proprios = reverse("terminologia:proprios", args=["pasa"])
    importar = reverse("importacao:nova", args=["pasa", "termos-proprios"])
    for papel, ve in (("gestor", True), ("leitura", False)):
        assert (importar in entrar(cenario.pessoa(papel, "pasa")).get(proprios).content.decode()) == ve


def test_a_row_of_a_spreadsheet_is_read(cenario: Cenario) -> None:
    linha = {"tabela": "0", "codigo": "A.1", "descricao": " Item  um ", "inicio": "01/02/2026", "fim": ""}
    assert LAYOUT.ler(linha, None) == ("00", "A.1", "Item um", date(2026, 2, 1), None)


def test_every_bad_cell_of_a_row_is_told() -> None:
    linha = {"tabela": "22", "codigo": "a/b", "descricao": "x" * 151, "inicio": "02/02/2026", "fim": "01/02/2026"}
    with pytest.raises(ErroDaLinha) as erro:
        LAYOUT.ler(linha, None)
    assert [achado.coluna for achado in erro.value.todos] == ["tabela", "codigo", "descricao", "fim"]
    assert issubclass(Celulas, object)


def test_rows_come_in_once(cenario: Cenario) -> None:
    linhas = [("00", "A1", "Um", date(2026, 1, 1), None), ("98", "A2", "Ação", date(2026, 1, 1), date(2026, 2, 1))]
    with cenario.dentro("pasa", "gestor"):
        assert LAYOUT.gravar(linhas, cenario.pasa.pk, {}) == Gravadas(novas=2)
        assert LAYOUT.gravar(linhas, cenario.pasa.pk, {}) == Gravadas(iguais=2)
        assert TermoProprio.objects.get(codigo="A2").descricao_busca == "acao"


def test_the_search_page_and_what_completes_a_field(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    termo_proprio(cenario, "pasa", "X1", "Exame próprio")
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    pagina = cliente.get(reverse("terminologia:pesquisa", args=["aurelia"]), {"q": "proprio exame"}).content.decode()
    assert "X1" in pagina
    assert "própria de PASA" in pagina
    resposta = cliente.get(reverse("terminologia:opcoes", args=["aurelia"]), {"q": "x1", "tabela": "00"})
    assert resposta.json() == {
        "itens": [{"tabela": "00", "codigo": "X1", "texto": "Exame próprio", "dono": "PASA"}],
    }
    resposta = cliente.get(
        reverse("terminologia:opcoes", args=["aurelia"]), {"q": "x1"}, headers={"HX-Request": "true"}
    )
    assert 'data-codigo="X1"' in resposta.content.decode()


def test_the_page_of_a_code_has_all_its_periods(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    termo_proprio(cenario, "pasa", "X1", "Antigo", date(2020, 1, 1), date(2024, 12, 31))
    termo_proprio(cenario, "pasa", "X1", "Novo", date(2025, 1, 1))
    cliente = entrar(cenario.pessoa("leitura", "boavista"))
    pagina = cliente.get(reverse("terminologia:termo", args=["boavista", "00", "X1"])).content.decode()
    assert "Antigo" in pagina
    assert "31/12/2024" in pagina
    assert "2 períodos" in pagina
