"""Both registers filled from files: what is read, what is refused, and that the same file again changes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from conecta.importacao.models import Importacao, LinhaRuim
from convenios.exigencias.models import Autorizacao, ExigenciaDoProcedimento, ItemAutorizado
from tests.convenios.exigencias.apoio import autorizar
from tests.fabrica import Cenario
from tests.importacao.apoio import conferida, csv, gravada

EXIGENCIAS = ("Tabela", "Código", "Convênio", "Início", "Exige autorização", "Máximo por dia", "Sexo", "CBOs")
RESSONANCIA = ("22", "41101", "1", "01/01/2026", "Sim", "2", "Feminino", "225120, 225125")
AUTORIZACOES = ("CNPJ", "Senha", "Carteira", "Emissão", "Validade", "Tabela", "Código", "Quantidade")
AURELIA = "41.208.337/0001-76"
SENHA = (AURELIA, "S1", "00090", "10/11/2026", "10/12/2026", "22")


def _contagem(importacao: Importacao) -> tuple[int | None, int | None, int | None]:
    return importacao.novas, importacao.mudadas, importacao.iguais


def _ruins(cenario: Cenario, importacao: Importacao) -> list[str]:
    with cenario.dentro("pasa"):
        linhas = LinhaRuim.objects.filter(importacao=importacao)
        return [erro["frase"] for linha in linhas for erro in linha.erros]


def test_what_is_demanded_comes_from_a_file(cenario: Cenario) -> None:
    arquivo = csv(EXIGENCIAS, RESSONANCIA, ("00", "", "", "01/01/2026", "", "", "", ""))
    assert _contagem(gravada(cenario, arquivo, layout="exigencias")) == (2, 0, 0)
    with cenario.dentro("pasa"):
        uma = ExigenciaDoProcedimento.objects.get(prefixo="41101")
        assert (uma.exige_autorizacao, uma.quantidade_maxima_por_dia, uma.sexo) == (True, 2, "3")
        assert (uma.cbos, uma.inicio) == (["225120", "225125"], date(2026, 1, 1))
        assert uma.convenio is not None
    assert _contagem(gravada(cenario, arquivo, layout="exigencias")) == (0, 0, 2)
    so_o_fim = csv(("Tabela", "Código", "Convênio", "Início", "Fim"), (*RESSONANCIA[:4], "31/12/2026"))
    assert _contagem(gravada(cenario, so_o_fim, layout="exigencias")) == (0, 1, 0)
    with cenario.dentro("pasa"):
        assert ExigenciaDoProcedimento.objects.get(prefixo="41101").exige_autorizacao


@pytest.mark.parametrize(
    ("lugar", "valor", "motivo"),
    [
        (0, "21", "Não é uma tabela de itens"),
        (1, "41.10", "Escreva só os dígitos ou letras"),
        (2, "9", "Nenhum convênio da operadora tem o código 9"),
        (5, "0", "de 1 a 9999"),
        (7, "1", "1 não é um CBO do padrão"),
    ],
)
def test_a_bad_demand_says_why(lugar: int, valor: str, motivo: str, cenario: Cenario) -> None:
    linha = [*RESSONANCIA[:lugar], valor, *RESSONANCIA[lugar + 1 :]]
    (dito,) = _ruins(cenario, conferida(cenario, csv(EXIGENCIAS, linha), layout="exigencias"))
    assert motivo in dito


def test_authorisations_come_from_a_file_with_their_items(cenario: Cenario) -> None:
    arquivo = csv(AUTORIZACOES, (*SENHA, "40901122", "1"), (*SENHA, "40901114", "2,5"))
    assert _contagem(gravada(cenario, arquivo, layout="autorizacoes")) == (2, 0, 0)
    with cenario.dentro("aurelia"):
        uma = Autorizacao.objects.get()
        assert (uma.senha, uma.numero_carteira, uma.valida_ate) == ("S1", "00090", date(2026, 12, 10))
        assert ItemAutorizado.objects.get(codigo="40901114").quantidade == Decimal("2.5")
    assert _contagem(gravada(cenario, arquivo, layout="autorizacoes")) == (0, 0, 2)
    mais = csv(AUTORIZACOES, (*SENHA, "40901122", "3"))
    assert _contagem(gravada(cenario, mais, layout="autorizacoes")) == (0, 1, 0)


def test_a_prestador_without_contract_is_a_bad_line(cenario: Cenario) -> None:
    linha = ("07.906.129/0001-02", *SENHA[1:], "40901122", "1")
    (dito,) = _ruins(cenario, conferida(cenario, csv(AUTORIZACOES, linha), layout="autorizacoes"))
    assert dito.startswith("Nenhum prestador credenciado tem este CNPJ ou CPF.")


@pytest.mark.parametrize(
    ("linhas", "frase"),
    [
        ([(*SENHA, "1", "1"), (*SENHA[:2], "00091", *SENHA[3:], "2", "1")], "dizem coisas diferentes"),
        ([(AURELIA, "B1", *SENHA[2:], "1", "1")], "já foi dada a outro prestador"),
    ],
)
def test_a_file_that_contradicts_itself_or_the_register_is_not_imported(
    linhas: list[tuple[str, ...]], frase: str, cenario: Cenario
) -> None:
    autorizar(cenario, "pasa", "boavista", senha="B1")
    importacao = conferida(cenario, csv(AUTORIZACOES, *linhas), layout="autorizacoes")
    assert frase in importacao.erro
    with cenario.dentro("pasa"):
        assert Autorizacao.objects.count() == 1
