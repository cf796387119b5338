"""The control of a field takes what people type, gives what the XML holds, and refuses what the XSD refuses."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tiss_schemas.campos import Campo, descrever
from tiss_schemas.formulario import Escolha, campo_de_formulario, de_xml, para_xml

SADT = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/ans:guiaSP-SADT"
ITEM = f"{SADT}/ans:procedimentosExecutados/ans:procedimentoExecutado"
DESPESA = f"{SADT}/ans:outrasDespesas/ans:despesa/ans:servicosExecutados"
CAMINHOS = {
    "data": f"{ITEM}/ans:dataExecucao",
    "hora": f"{ITEM}/ans:horaInicial",
    "dinheiro": f"{ITEM}/ans:valorUnitario",
    "quantidade": f"{DESPESA}/ans:quantidadeExecutada",
    "inteiro": f"{ITEM}/ans:quantidadeExecutada",
    "lista": f"{SADT}/ans:dadosAtendimento/ans:tipoAtendimento",
    "texto": f"{SADT}/ans:dadosBeneficiario/ans:numeroCarteira",
    "longo": f"{SADT}/ans:observacao",
    "cnpj": "/ans:mensagemTISS/ans:cabecalho/ans:origem/ans:identificacaoPrestador/ans:CNPJ",
    "registro": "/ans:mensagemTISS/ans:cabecalho/ans:destino/ans:registroANS",
    "base64": f"{SADT}/ans:dadosBeneficiario/ans:identificadorBeneficiario",
}


def campo(nome: str, versao: str = "4.03.00") -> Campo:
    achado = descrever(versao, CAMINHOS[nome])
    assert achado is not None
    return achado


def digitado(nome: str, texto: str, versao: str = "4.03.00") -> str:
    """What ends in the XML when `texto` is typed."""
    descricao = campo(nome, versao)
    return para_xml(descricao, campo_de_formulario(descricao).clean(texto))


@pytest.mark.parametrize(
    ("nome", "texto", "xml"),
    [
        ("data", "27/11/2026", "2026-11-27"),
        ("data", "27112026", "2026-11-27"),
        ("data", "2026-11-27", "2026-11-27"),
        ("hora", "08:30", "08:30:00"),
        ("hora", "0830", "08:30:00"),
        ("hora", "08:30:15", "08:30:15"),
        ("dinheiro", "1.234,56", "1234.56"),
        ("dinheiro", "1234,56", "1234.56"),
        ("dinheiro", "R$ 1.234,5", "1234.50"),
        ("dinheiro", "1234.56", "1234.56"),
        ("dinheiro", "1.234", "1234.00"),
        ("dinheiro", "7", "7.00"),
        ("quantidade", "1,0625", "1.0625"),
        ("quantidade", "3", "3.00"),
        ("inteiro", "12", "12"),
        ("lista", "23", "23"),
        ("texto", "  00123 ", "00123"),
        ("longo", "Retorno em 30 dias", "Retorno em 30 dias"),
        ("cnpj", "11.222.333/0001-81", "11222333000181"),
        ("cnpj", "12.abc.345/01de-35", "12ABC34501DE35"),
        ("registro", "331988", "331988"),
        ("base64", "RklDVElDSU8=", "RklDVElDSU8="),
    ],
)
def test_what_people_type_becomes_what_the_xml_holds(nome, texto, xml):
    assert digitado(nome, texto) == xml


@pytest.mark.parametrize(
    ("nome", "texto", "trecho"),
    [
        ("data", "31/02/2026", "Esta data não existe"),
        ("hora", "25:00", "Esta hora não existe"),
        ("dinheiro", "abc", "“abc” não é um número"),
        ("dinheiro", "1,234", "até 8 dígitos antes da vírgula e 2 depois"),
        ("dinheiro", "123456789,01", "até 8 dígitos antes da vírgula e 2 depois"),
        ("dinheiro", "9" * 60, "não é um número"),
        ("inteiro", "1,5", "número inteiro de até 3 dígitos"),
        ("lista", "05", "O código “05” não está na lista"),
        ("texto", "", "Preencha este campo."),
        ("texto", "   ", "Preencha este campo."),
        ("cnpj", "123", "14 caracteres"),
        ("registro", "33198A", "6 dígitos"),
        ("base64", "não é base64", "Confira o que foi digitado"),
    ],
)
def test_what_the_xsd_refuses_is_refused_with_a_sentence(nome, texto, trecho):
    with pytest.raises(ValidationError) as erro:
        digitado(nome, texto)
    assert any(trecho in mensagem for mensagem in erro.value.messages)


def test_the_limits_are_those_of_the_version():
    assert digitado("cnpj", "12ABC34501DE35") == "12ABC34501DE35"
    with pytest.raises(ValidationError, match="14 dígitos"):
        digitado("cnpj", "12ABC34501DE35", "4.02.00")


def test_texts_longer_than_the_field_are_refused():
    with pytest.raises(ValidationError):
        digitado("texto", "1" * 21)


def test_an_optional_field_may_stay_empty():
    assert digitado("hora", "") == ""
    assert digitado("longo", "") == ""


@pytest.mark.parametrize(
    ("nome", "controle"),
    [
        ("lista", Escolha),
        ("data", forms.DateInput),
        ("hora", forms.TimeInput),
        ("dinheiro", forms.TextInput),
        ("longo", forms.Textarea),
        ("texto", forms.TextInput),
    ],
)
def test_each_type_has_its_control(nome, controle):
    assert type(campo_de_formulario(campo(nome)).widget) is controle


def test_a_list_shows_code_and_text():
    criado = campo_de_formulario(campo("lista"))
    assert isinstance(criado, forms.ChoiceField)
    assert ("23", "23 – Exame") in list(criado.choices)


def test_a_group_has_no_control():
    grupo = descrever("4.03.00", ITEM)
    assert grupo is not None
    with pytest.raises(ValueError, match="grupo"):
        campo_de_formulario(grupo)


@pytest.mark.parametrize(
    ("nome", "texto", "inicial", "mostrado"),
    [
        ("data", "2026-11-27", date(2026, 11, 27), "27/11/2026"),
        ("data", "27/13/2026", "27/13/2026", "27/13/2026"),
        ("hora", "08:30:00", time(8, 30), "08:30:00"),
        ("dinheiro", "1234.5", Decimal("1234.5"), "1.234,50"),
        ("dinheiro", "12,5", "12,5", "12,5"),
        ("dinheiro", "NaN", "NaN", "NaN"),
        ("quantidade", "1.0625", Decimal("1.0625"), "1,0625"),
        ("texto", " 0012 ", "0012", "0012"),
        ("lista", None, "", ""),
    ],
)
def test_the_control_shows_the_xml_as_people_write_it(nome, texto, inicial, mostrado):
    descricao = campo(nome)
    assert de_xml(descricao, texto) == inicial
    formulario = type("F", (forms.Form,), {"c": campo_de_formulario(descricao)})(
        initial={"c": de_xml(descricao, texto)}
    )
    valor = formulario["c"].value()
    assert (formulario.fields["c"].widget.format_value(valor) or "") in (mostrado, [mostrado])


@given(st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2))
def test_money_shown_and_typed_again_is_the_same_money(valor):
    descricao = campo("dinheiro")
    criado = campo_de_formulario(descricao)
    assert criado.clean(criado.prepare_value(de_xml(descricao, str(valor)))) == valor


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_date_shown_and_typed_again_is_the_same_date(dia):
    assert digitado("data", f"{dia:%d/%m/%Y}") == digitado("data", f"{dia:%d%m%Y}") == dia.isoformat()
