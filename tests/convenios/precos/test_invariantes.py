"""What holds of every price, whatever is registered."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from convenios.precos.motor import Precos, quanto_custa
from tests.convenios.precos.apoio import cbhpm, com_tabela, item, linha, precos, valores, vinculo
from tiss_schemas.valores import contas_exatas

QUANTIAS = st.decimals(0, 99_999, places=4)
PERCENTUAIS = st.decimals(0, 999, places=3)
BANDAS = st.decimals(-100, 999, places=3)


@given(QUANTIAS, QUANTIAS, QUANTIAS, QUANTIAS, BANDAS, BANDAS, PERCENTUAIS)
def test_the_parts_of_the_account_add_up_to_the_price(
    porte: Decimal,
    custo: Decimal,
    filme: Decimal,
    unidade: Decimal,
    banda_porte: Decimal,
    banda_uco: Decimal,
    percentual: Decimal,
) -> None:
    conhecidos = com_tabela(
        cbhpm(uco=unidade, portes={"1A": porte}),
        "1",
        linha(porte="1A", custo_operacional=custo, filme_m2=filme),
        banda_porte=banda_porte,
        banda_uco=banda_uco,
        percentual=percentual,
        valor_filme=unidade,
    )
    resposta = quanto_custa(item("1"), conhecidos)
    assert resposta.valor is not None
    *antes, ultimo = resposta.passos
    partes = [passo.valor for passo in antes if passo.valor is not None and not passo.texto.startswith("Soma")]
    assert ultimo.valor == resposta.valor
    with contas_exatas():
        assert abs(sum(partes, Decimal(0)) - resposta.valor) <= Decimal("0.005")
    assert resposta.valor >= 0


@given(
    st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.integers(1, 3)), min_size=1, max_size=8, unique=True),
    st.randoms(use_true_random=False),
)
def test_a_price_never_depends_on_the_order_of_loading(vinculos: list[tuple[int, bool, int]], acaso: object) -> None:
    def montar(ordem: list[int]) -> Precos:
        feitos = [
            vinculo(tabela, do_contrato=do_contrato, ordem=posicao, id=indice)
            for indice, (tabela, do_contrato, posicao) in enumerate(vinculos)
        ]
        linhas = [((tabela, "22"), "1", linha(str(tabela * 10))) for tabela in range(1, 6)]
        return precos(
            vinculos=[feitos[i] for i in ordem],
            tabelas={numero: valores(f"T{numero}") for numero in range(1, 6)},
            linhas=linhas if ordem == sorted(ordem) else linhas[::-1],
        )

    em_ordem = list(range(len(vinculos)))
    fora_de_ordem = em_ordem.copy()
    acaso.shuffle(fora_de_ordem)  # type: ignore[attr-defined]
    assert quanto_custa(item("1"), montar(em_ordem)) == quanto_custa(item("1"), montar(fora_de_ordem))


@given(QUANTIAS, PERCENTUAIS)
def test_a_larger_percentage_never_costs_less(valor: Decimal, percentual: Decimal) -> None:
    menor = quanto_custa(item("1"), com_tabela(valores(), "1", linha(str(valor)), percentual=percentual)).valor
    maior = quanto_custa(item("1"), com_tabela(valores(), "1", linha(str(valor)), percentual=percentual + 1)).valor
    assert menor is not None
    assert maior is not None
    assert menor <= maior
