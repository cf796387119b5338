"""Equal lines put into one: whatever their number and quantities, the guide costs the same and all is said."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote

from .apoio import Caso, Edicao, com_regras, editado, no_em, troca

ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
AGRUPA = Caso(regra="C17", titulo="", cadastro=com_regras(agrupar_no_xml=True))
SO_UM = lote_exemplo("sadt", guias=1, itens=1)


def _linhas(quantidades: list[int], unitario: Decimal) -> Edicao:
    """The first line as often as there are quantities, each with its own, its number and its total."""

    def editar(raiz: etree._Element) -> None:
        modelo = no_em(raiz, ITEM)
        for sequencial, quantidade in reversed(list(enumerate(quantidades, start=1))):
            linha = deepcopy(modelo)
            textos = {
                "sequencialItem": sequencial,
                "quantidadeExecutada": quantidade,
                "reducaoAcrescimo": "1.00",
                "valorUnitario": unitario,
                "valorTotal": quantidade * unitario,
            }
            for nome, texto in textos.items():
                no_em(linha, nome).text = str(texto)
            modelo.addnext(linha)
        modelo.getparent().remove(modelo)

    return editar


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6), st.decimals("0.01", "99.99", places=2))
def test_lines_are_put_together_for_the_same_money(quantidades: list[int], unitario: Decimal) -> None:
    total = str(sum(quantidades) * unitario)
    conteudo = editado(
        SO_UM,
        [
            _linhas(quantidades, unitario),
            *(troca(f"valorTotal/{nome}", total) for nome in ("valorProcedimentos", "valorTotalGeral")),
        ],
    )
    (achado,) = AGRUPA.julgar_bytes(conteudo).achados
    junto = aplicar(conteudo, achado.edicoes).conteudo
    assert AGRUPA.julgar_bytes(junto).achados == ()
    lote = ler_lote(ler(junto))
    assert lote is not None
    (item,) = lote.guias[0].itens
    assert (item.quantidade, item.total) == (sum(quantidades), sum(quantidades) * unitario)
