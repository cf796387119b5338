"""Values are written as Brazilian clerks write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conecta.interface import formatos


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [
        (Decimal("1234.5"), "1.234,50"),
        (Decimal("0"), "0,00"),
        (Decimal("1048576.00"), "1.048.576,00"),
        (Decimal("-23.90"), "\u221223,90"),
        (Decimal("0.005"), "0,01"),
        (12, "12,00"),
        (None, ""),
    ],
)
def test_dinheiro_com_ponto_de_milhar_e_dois_decimais(valor: Decimal | None, escrito: str) -> None:
    assert formatos.dinheiro(valor) == escrito


def test_dinheiro_em_float_e_recusado() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        formatos.dinheiro(0.1)  # type: ignore[arg-type]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_dinheiro_volta_a_ser_o_mesmo_valor(valor: Decimal) -> None:
    escrito = formatos.dinheiro(valor)
    assert Decimal(escrito.replace(".", "").replace(",", ".").replace("\u2212", "-")) == valor


def test_reais_nao_se_separam_do_cifrao() -> None:
    assert formatos.reais(Decimal("238.7")) == "R$\u00a0238,70"
    assert formatos.reais(None) == ""


def test_datas_no_fuso_do_portal() -> None:
    depois_da_meia_noite_em_utc = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert formatos.data(depois_da_meia_noite_em_utc) == "23/11/2026"
    assert formatos.datahora(depois_da_meia_noite_em_utc) == "23/11/2026 22:30"
    assert formatos.data(date(2026, 2, 1)) == "01/02/2026"
    assert formatos.data(None) == formatos.datahora(None) == ""


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [
        ("41208337000176", "41.208.337/0001-76"),
        ("12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("12345678909", "123.456.789-09"),
        ("4120833700017", "4120833700017"),
        ("", ""),
        (None, ""),
    ],
)
def test_cnpj_com_letras_ou_sem_e_cpf(valor: str | None, escrito: str) -> None:
    assert formatos.cnpj(valor) == escrito


def test_registro_ans_tem_seis_digitos_e_nome() -> None:
    assert formatos.registro_ans("31988") == "ANS\u00a0nº\u00a0031988"
    assert formatos.registro_ans("") == ""


@pytest.mark.parametrize(
    ("octetos", "escrito"),
    [(40, "40 bytes"), (217_088, "212 KB"), (15 * 1024 * 1024, "15 MB"), (8_806_000, "8,4 MB"), (None, "")],
)
def test_tamanho_de_arquivo(octetos: int | None, escrito: str) -> None:
    assert formatos.tamanho(octetos).replace("\u00a0", " ") == escrito


@pytest.mark.parametrize(
    ("nome", "letras"), [("Marina de Teixeira", "MT"), ("Rui", "R"), ("ana.prado@exemplo.com.br", "AP"), ("", "?")]
)
def test_iniciais(nome: str, letras: str) -> None:
    assert formatos.iniciais(nome) == letras


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [
        (Decimal("1.000000"), "1"),
        (Decimal("19.750000"), "19,75"),
        (Decimal("0.0000"), "0"),
        (Decimal("1200.0000"), "1.200"),
        (None, ""),
    ],
)
def test_quantidade_sem_os_zeros_que_nada_dizem(valor: Decimal | None, escrito: str) -> None:
    assert formatos.quantidade(valor) == escrito


def test_inteiro_com_milhar() -> None:
    assert formatos.inteiro(1284) == "1.284"
