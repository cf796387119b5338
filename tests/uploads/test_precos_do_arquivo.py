"""What the operadora registered about prices decides about an uploaded file, each prestador by its own contract."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from convenios.models import Convenio
from convenios.precos.models import Preco, Produto, TabelaDePreco, VinculoDeTabela
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tiss_schemas.exemplos import lote_exemplo
from uploads.contexto import carregar_contexto
from uploads.veredito import julgar

AGORA = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
INICIO, DIA = date(2020, 1, 1), date(2026, 1, 15)
CODIGO, PROPRIO = "40302040", "AMP7"
COBRADO = Decimal("28.03")
"""What the example charges for its first procedure."""


def _registrar(cenario: Cenario, valor: str, prestador: str = "", **regras: Any) -> None:
    """PASA prices the first procedure of the example, for all or in the contract with one."""
    pasa, dele = cenario.pasa, cenario.organizacoes.get(prestador)
    with cenario.dentro("pasa"):
        Convenio.objects.filter(principal=True).update(**regras)
        tabela = TabelaDePreco.objects.create(
            operadora=pasa, prestador=dele, nome="Tabela", tipo="valores", inicio=INICIO
        )
        Preco.objects.create(
            operadora=pasa, tabela=tabela, tabela_tiss="22", codigo=CODIGO, valor=Decimal(valor), inicio=INICIO
        )
        VinculoDeTabela.objects.create(
            operadora=pasa,
            convenio=Convenio.objects.get(principal=True),
            prestador=dele,
            natureza="procedimentos",
            tabela=tabela,
            inicio=INICIO,
        )


def _achados(cenario: Cenario, quem: str = "aurelia", conteudo: bytes | None = None) -> list[tuple[str, str | None]]:
    """The findings about a file of one procedure, and what they suggest."""
    prestador = cenario.organizacoes[quem]
    arquivo = conteudo or lote_exemplo(
        "sadt",
        guias=1,
        itens=1,
        registro_ans=PASA,
        cnpj=prestador.documento,
        carteiras=[CARTEIRAS[PASA].format(0)],
        data=DIA,
    )
    contexto_de = partial(carregar_contexto, prestador=prestador, arquivo_id=None, agora=AGORA)
    with cenario.dentro(quem):
        return [
            (achado.regra, achado.sugestao) for achado in julgar(arquivo, "lote.xml", contexto_de=contexto_de).achados
        ]


def test_a_file_is_in_order_while_nothing_is_priced_and_while_it_charges_what_was_agreed(cenario: Cenario) -> None:
    assert _achados(cenario) == []
    _registrar(cenario, str(COBRADO))
    assert _achados(cenario) == []


@pytest.mark.parametrize(("valor", "regra"), [("20.00", "I16"), ("40.00", "I17")])
def test_another_price_is_found_and_the_agreed_one_suggested(cenario: Cenario, valor: str, regra: str) -> None:
    _registrar(cenario, valor)
    assert _achados(cenario) == [(regra, valor)]


def test_the_tolerance_of_the_convenio_lets_a_price_pass(cenario: Cenario) -> None:
    _registrar(cenario, "26.00", tolerancia_de_preco=Decimal(10))
    assert _achados(cenario) == []


def test_where_the_price_may_not_be_edited_it_is_another_finding(cenario: Cenario) -> None:
    _registrar(cenario, "20.00", editar_valor_de_procedimento=False)
    assert _achados(cenario) == [("I43", "20.00")]


def test_the_contract_with_one_prestador_says_nothing_of_another(cenario: Cenario) -> None:
    _registrar(cenario, "20.00", "boavista")
    assert _achados(cenario) == []
    assert _achados(cenario, "boavista") == [("I16", "20.00")]


def test_a_code_that_no_table_has_is_not_contracted(cenario: Cenario) -> None:
    _registrar(cenario, str(COBRADO))
    with cenario.dentro("pasa"):
        Preco.objects.update(codigo="40302999")
    assert _achados(cenario) == [("I07", None)]


def test_the_average_cost_of_the_prestador_counts_in_its_own_verdict(cenario: Cenario) -> None:
    """The example charges 79,58 for a medicine; 100,00 × 50 % are 50,00."""
    with cenario.dentro("pasa"):
        Convenio.objects.filter(principal=True).update(percentual_medicamento_sem_relacao=Decimal(50))
    with cenario.dentro("aurelia"):
        Produto.objects.create(
            prestador=cenario.aurelia,
            codigo=PROPRIO,
            codigo_tuss="90267303",
            descricao="Inventado",
            grupo="medicamento",
            custo_medio=Decimal(100),
        )
    com_despesas = lote_exemplo(
        "sadt",
        guias=1,
        itens=5,
        registro_ans=PASA,
        cnpj=cenario.aurelia.documento,
        carteiras=[CARTEIRAS[PASA].format(0)],
        data=DIA,
    )
    assert _achados(cenario, conteudo=com_despesas) == [("I16", "50.00")]
