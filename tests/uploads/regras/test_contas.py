"""The arithmetic rules, for any amounts: wrong by more than the tolerance is said, within it is not."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas.codificacao import Codificacao
from tiss_schemas.documentos import documento_valido
from tiss_schemas.espacos import ANS
from tiss_schemas.exemplos import cnpj_valido, cpf_valido, lote_exemplo
from tiss_schemas.itens_lidos import ItemLido, ler_item
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Ajuste, Contexto, Modo, Parametros
from uploads.regras.item import total_do_item
from uploads.regras.registro import Apontamento
from uploads.regras.somas import total_da_guia
from uploads.veredito import julgar

from .apoio import AGORA, cadastro_de, editado, troca

CENTAVO = Decimal("0.01")
QUANTIDADES = st.decimals("0.0001", "9999", places=4)
UNITARIOS = st.decimals("0", "9999.99", places=2)
FATORES = st.decimals("0.01", "9.99", places=2)
CENTAVOS = st.integers(-50, 50)


def _item(quantidade: Decimal, unitario: Decimal, fator: Decimal, total: Decimal) -> ItemLido:
    textos = {
        "quantidadeExecutada": quantidade,
        "reducaoAcrescimo": fator,
        "valorUnitario": unitario,
        "valorTotal": total,
    }
    elemento = etree.Element(f"{{{ANS}}}procedimentoExecutado")
    for nome, valor in textos.items():
        etree.SubElement(elemento, f"{{{ANS}}}{nome}").text = f"{valor:f}"
    return ler_item(elemento, "procedimento", Documento(b"", Codificacao("utf-8"), elemento, sem_recuo=False))


def _do_item(item: ItemLido, tolerancia: int) -> list[Apontamento]:
    guia = GuiaLida(item.elemento, 1, "guiaSP-SADT", itens=[item])
    return list(total_do_item(guia, _contexto(tolerancia)))


def _contexto(tolerancia: int) -> Contexto:
    return Contexto(agora=AGORA, parametros=Parametros(tolerancia_centavos=tolerancia))


@given(QUANTIDADES, UNITARIOS, FATORES, CENTAVOS, st.integers(0, 40))
def test_a_line_is_wrong_beyond_the_tolerance_and_only_there(
    quantidade: Decimal, unitario: Decimal, fator: Decimal, diferenca: int, tolerancia: int
) -> None:
    certo = (quantidade * unitario * fator).quantize(CENTAVO, ROUND_HALF_UP)
    total = max(certo + diferenca * CENTAVO, Decimal(0))
    achados = _do_item(_item(quantidade, unitario, fator, total), tolerancia)
    assert bool(achados) is (abs(total - certo) > tolerancia * CENTAVO)
    assert {achado.sugestao for achado in achados} <= {f"{certo:f}"}


@given(QUANTIDADES, UNITARIOS, FATORES)
def test_a_line_with_its_suggestion_taken_is_right(quantidade: Decimal, unitario: Decimal, fator: Decimal) -> None:
    certo = (quantidade * unitario * fator).quantize(CENTAVO, ROUND_HALF_UP)
    assert not _do_item(_item(quantidade, unitario, fator, certo), 0)


@given(st.lists(st.decimals("0", "99999.99", places=2), min_size=1), CENTAVOS)
def test_a_guide_agrees_with_its_lines_to_the_cent(totais: list[Decimal], diferenca: int) -> None:
    soma = sum(totais, Decimal(0))
    informado = max(soma + diferenca * CENTAVO, Decimal(0))
    achados = _total_da_guia(totais, informado)
    assert bool(achados) is (informado != soma)
    assert {achado.sugestao for achado in achados} <= {f"{soma:.2f}"}


def _total_da_guia(totais: list[Decimal], informado: Decimal) -> list[Apontamento]:
    elemento = etree.Element(f"{{{ANS}}}guiaSP-SADT")
    total = etree.SubElement(etree.SubElement(elemento, f"{{{ANS}}}valorTotal"), f"{{{ANS}}}valorTotalGeral")
    total.text = str(informado)
    itens = [_item(Decimal(1), valor, Decimal(1), valor) for valor in totais]
    guia = GuiaLida(elemento, 1, "guiaSP-SADT", totais={"valorTotalGeral": total}, itens=itens, valor_total=informado)
    return list(total_da_guia(guia, _contexto(1)))


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8), st.integers(0, 10**6))
def test_one_wrong_check_digit_is_seen(raiz: str, semente: int) -> None:
    for certo in (cnpj_valido(raiz), cpf_valido(semente)):
        assert documento_valido(certo)
        errado = certo[:-1] + str((int(certo[-1]) + 1) % 10)
        assert not documento_valido(errado)


def test_what_is_no_document_at_all_is_not_valid() -> None:
    for texto in ("", "123", "11111111111", "00000000000000", "11222333/000181", "112223330001A1", "5299822472A"):
        assert not documento_valido(texto)


def test_a_unit_price_of_zero_is_counted_also_where_it_is_only_observed() -> None:
    conteudo = editado(
        lote_exemplo(), [troca("valorUnitario", "0.00"), troca("procedimentoExecutado/valorTotal", "0.00")]
    )
    ajustes = {"I13": Ajuste(modo=Modo.OBSERVADA)}
    veredito = julgar(conteudo, contexto_de=lambda lote, _: cadastro_de(lote, ajustes=ajustes))
    assert [achado.regra for achado in veredito.observados] == ["I13"]
