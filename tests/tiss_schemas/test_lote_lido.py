"""What is read of a lot, in every guide type and version, and however broken it is."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas.espacos import nome_local
from tiss_schemas.exemplos import TIPOS_DE_GUIA as EXEMPLOS
from tiss_schemas.exemplos import VERSOES, lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import TIPOS_DE_GUIA, LoteLido, ler_lote
from tiss_schemas.valores import data_de, decimal_de, hora_de, inteiro_de


def _lido(conteudo: bytes) -> LoteLido:
    lote = ler_lote(ler(conteudo))
    assert lote is not None
    return lote


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", EXEMPLOS)
def test_cabecalho_guias_e_itens_de_cada_tipo_e_versao(tipo: str, versao: str) -> None:
    lote = _lido(lote_exemplo(tipo, versao, guias=3, itens=4, carteiras=["007", "008"], data=date(2026, 2, 3)))
    assert (lote.versao, lote.tipo_transacao, lote.registro_ans_destino) == (versao, "ENVIO_LOTE_GUIAS", "331988")
    assert (lote.numero_lote, lote.sequencial, lote.data_registro) == ("1", "1", date(2026, 2, 3))
    assert lote.origem is not None
    assert (lote.origem.tipo, len(lote.origem.valor)) == ("cnpj", 14)
    assert lote.tipo_guia in TIPOS_DE_GUIA
    assert [(guia.indice, guia.numero_prestador) for guia in lote.guias] == [(1, "1"), (2, "2"), (3, "3")]
    assert {guia.numero_carteira for guia in lote.guias} == {"007", "008"}
    for guia in lote.guias:
        assert len(guia.itens) == (1 if tipo == "consulta" else 4)
        assert guia.valor_total == sum(item.total or Decimal(0) for item in guia.itens)
        assert guia.registro_ans == "331988"
        assert guia.data_atendimento is not None
        assert guia.data_fim is not None
        assert guia.data_atendimento <= guia.data_fim <= date(2026, 2, 3)
        for item in guia.itens:
            assert None not in (item.tabela, item.codigo, item.data, item.quantidade)


def test_item_de_sadt_campo_a_campo() -> None:
    documento = ler(
        lote_exemplo("sadt", itens=1)
        .replace(b"<ans:sequencialItem>1<", b"<ans:sequencialItem>7<")
        .replace(b"<ans:reducaoAcrescimo>1.00<", b"<ans:reducaoAcrescimo>1.30<")
    )
    lote = ler_lote(documento)
    assert lote is not None
    (item,) = lote.guias[0].itens
    assert (item.especie, item.sequencial, item.codigo_despesa) == ("procedimento", 7, None)
    assert documento.linha(item.elemento) == item.linha
    assert item.no("valorTotal").text == str(item.total)
    assert item.no("centroConsumo") is item.elemento
    assert lote.guias[0].no("numeroGuiaPrestador").text == "1"
    assert lote.no("numeroLote").text == lote.numero_lote


def test_despesa_tem_o_seu_codigo() -> None:
    despesas = [item for item in _lido(lote_exemplo("sadt", itens=6)).guias[0].itens if item.especie == "despesa"]
    assert len(despesas) == 3
    assert all(despesa.codigo_despesa and despesa.codigo and despesa.descricao for despesa in despesas)


def test_internacao_usa_o_periodo_de_faturamento_e_o_anexo_odonto_nao_confunde() -> None:
    internacao = _lido(lote_exemplo("internacao")).guias[0]
    assert internacao.data_atendimento == data_de(internacao.no("dataInicioFaturamento").text)
    assert internacao.data_fim == data_de(internacao.no("dataFinalFaturamento").text)
    odonto = _lido(lote_exemplo("odonto", maximo=True)).guias[0]
    assert odonto.no("numeroGuiaOperadora").getparent() is odonto.elemento


def test_mensagem_sem_lote_nao_tem_lote() -> None:
    assert ler_lote(ler(lote_exemplo("sadt").replace(b"ans:loteGuias>", b"ans:outraCoisa>"))) is None


@settings(deadline=None)
@given(st.data(), st.sampled_from(EXEMPLOS))
def test_arquivo_quebrado_e_lido_sem_erro(dados: st.DataObject, tipo: str) -> None:
    raiz = etree.fromstring(lote_exemplo(tipo, guias=2, itens=3, maximo=True))
    for _ in range(dados.draw(st.integers(1, 12))):
        nos = list(raiz.iter())
        no = nos[dados.draw(st.integers(1, len(nos) - 1))] if len(nos) > 1 else raiz
        acao = dados.draw(st.sampled_from(["texto", "retirar", "esvaziar", "dobrar"]))
        if acao == "texto":
            no.text = dados.draw(st.sampled_from(["", " ", "NaN", "1e9", "9" * 40, "2026-02-30", "-1", "١٢"]))
        elif no.getparent() is not None and acao == "retirar":
            no.getparent().remove(no)
        elif acao == "esvaziar":
            no.clear()
        else:
            no.append(etree.fromstring(etree.tostring(no, with_tail=False)))
    lote = ler_lote(ler(etree.tostring(raiz)))
    assert lote is None or all(item.linha >= 1 for guia in lote.guias for item in guia.itens)


@pytest.mark.parametrize(
    ("texto", "valor"),
    [("1", "1"), ("1.50", "1.50"), (" 2.0 ", "2.0"), ("-1.5", "-1.5"), ("+3", "3"), (".5", "0.5"), ("7.", "7")],
)
def test_decimais_do_xml(texto: str, valor: str) -> None:
    assert decimal_de(texto) == Decimal(valor)


@pytest.mark.parametrize("texto", [None, "", " ", "1,5", "1e5", "NaN", "Infinity", "1_000", "1.2.3", "٣", "9" * 31])
def test_o_que_nao_e_decimal(texto: str | None) -> None:
    assert decimal_de(texto) is None


def test_datas_horas_e_inteiros_do_xml() -> None:
    assert data_de("2026-01-31-03:00") == date(2026, 1, 31)
    assert data_de("2026-02-30") is data_de("20260101") is data_de(None) is None
    assert str(hora_de("10:05:00.250Z")) == "10:05:00"
    assert hora_de("10:05") is hora_de("25:00:00") is None
    assert inteiro_de("007") == 7
    assert inteiro_de("1.0") is inteiro_de("") is None


def test_item_diz_hora_equipe_e_modo() -> None:
    lote = _lido(lote_exemplo("internacao", guias=1, itens=2, maximo=True))
    procedimento, despesa = lote.guias[0].itens
    assert procedimento.hora_inicial is not None
    assert procedimento.hora_final is not None
    assert procedimento.hora_inicial < procedimento.hora_final
    assert procedimento.modo == ("1", "1")
    assert [nome_local(membro.tag) for membro in procedimento.equipe] == ["identificacaoEquipe"] * 2
    assert (procedimento.item_vinculado, despesa.item_vinculado) == (None, 1)
    assert (despesa.registro_anvisa, despesa.equipe) == ("10000000001", [])
    assert lote.guias[0].com_hora == [procedimento, despesa]


def test_item_de_odonto_diz_onde_na_boca() -> None:
    item = _lido(lote_exemplo("odonto", guias=1, itens=1, maximo=True)).guias[0].itens[0]
    assert item.lugar_na_boca == ("24", None, "O")
    assert item.franquia == "5.00"
    assert item.produto is None


def test_o_produto_e_em_centavos_e_o_que_nao_e_positivo_e_duvidoso() -> None:
    conteudo = lote_exemplo("honorarios", guias=1, itens=2)
    for nome, valor in (("quantidadeExecutada", b"3"), ("valorUnitario", b"1.05"), ("reducaoAcrescimo", b"0.50")):
        conteudo = re.sub(rb"(<ans:%s>)[^<]*" % nome.encode(), rb"\g<1>" + valor, conteudo)
    guia = _lido(conteudo).guias[0]
    assert [item.produto for item in guia.itens] == [Decimal("1.58")] * 2
    assert guia.duvidosos == []
    negativo = conteudo.replace(b"<ans:valorUnitario>", b"<ans:valorUnitario>-", 1)
    (item, _) = _lido(negativo).guias[0].itens
    assert item.duvidoso


def test_a_guia_sabe_o_que_os_seus_itens_cobram() -> None:
    guia = _lido(lote_exemplo("sadt", guias=1, itens=40)).guias[0]
    assert guia.codigos == {(item.tabela, item.codigo, item.codigo_despesa, item.data) for item in guia.itens}
    assert len(guia.codigos) < len(guia.itens)


@pytest.mark.parametrize("texto", ["1" * 13, "9" * 13 + ".99", "0" * 17 + "1" * 13])
def test_um_numero_maior_que_os_campos_do_padrao_nao_e_lido(texto: str) -> None:
    assert decimal_de(texto) is None


def test_zeros_nao_contam_para_o_tamanho_de_um_numero() -> None:
    assert decimal_de("0" * 20 + "12.50") == Decimal("12.50")


def test_o_maior_numero_de_cada_fator_ainda_e_multiplicado() -> None:
    conteudo = lote_exemplo("sadt", itens=1)
    for campo in ("quantidadeExecutada", "valorUnitario", "reducaoAcrescimo"):
        conteudo = re.sub(rb"(<ans:%b>)[^<]*" % campo.encode(), rb"\g<1>999999999999", conteudo)
    item = _lido(conteudo).guias[0].itens[0]
    assert item.produto == Decimal(999_999_999_999**3)
