"""What is offered in place of a value that the XSD refuses: only what its writing decides."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiss_schemas import catalogo
from tiss_schemas.datas_escritas import data_iso, hora_iso
from tiss_schemas.exemplos import TIPOS_DE_GUIA, cpf_valido, lote_exemplo
from tiss_schemas.facetas import aceita
from tiss_schemas.leitura import ler
from tiss_schemas.modelo import Valor, modelo, trilha_de
from tiss_schemas.numeros_escritos import decimal_escrito, inteiro_escrito
from tiss_schemas.validacao import validar_estrutura

ESTRUTURA = modelo(catalogo.obter("4.03.00") or catalogo.versoes()[0])


def sugerida(campo: str, escrito: str, tipo: str = "sadt", versao: str = "4.03.00") -> str | None:
    """What the engine offers where the first `campo` of a valid message holds `escrito`."""
    lote = lote_exemplo(tipo, versao, maximo=True).decode("iso-8859-1")
    errado = re.sub(rf"<ans:{campo}>[^<]*<", f"<ans:{campo}>{escrito}<", lote, count=1)
    achados = validar_estrutura(ler(errado.encode("iso-8859-1")))
    assert [achado.valor for achado in achados] == [escrito]
    return achados[0].sugestao


@pytest.mark.parametrize(
    ("campo", "escrito", "certo"),
    [
        ("UF", "SP", "35"),
        ("UF", " rj ", "33"),
        ("UF", "XX", None),
        ("atendimentoRN", "n", "N"),
        ("atendimentoRN", "Não", "N"),
        ("atendimentoRN", "true", "S"),
        ("atendimentoRN", "talvez", None),
        ("tipoTransacao", "envio lote guias", "ENVIO_LOTE_GUIAS"),
        ("conselhoProfissional", "6", "06"),
        ("conselhoProfissional", "006", "06"),
        ("caraterAtendimento", "01", "1"),
        ("codigoTabela", "0", "00"),
        ("codigoTabela", "99", None),
        ("CBOS", "2251-25", "225125"),
        ("unidadeMedida", "36", "036"),
        ("registroANS", "331.988", "331988"),
        ("registroANS", "5711", "005711"),
        ("registroANS", "33198X", None),
        ("CNPJ", "11.222.333/0001-81", "11222333000181"),
        ("CNPJ", "1222333000181", None),
        ("CNES", "2077-485", "2077485"),
        ("numeroCarteira", "0001.2345.6789.0123-45.67", "00012345678901234567"),
        ("numeroCarteira", "CARTEIRA DE PAPEL SEM NÚMERO", None),
        ("codigoProcedimento", "1.01.01.01-2", "10101012"),
        ("quantidadeExecutada", "2,00", "2"),
        ("quantidadeExecutada", "2,50", None),
        ("valorUnitario", "R$ 1.234,56", "1234.56"),
        ("valorUnitario", "10,1200", "10.12"),
        ("valorUnitario", "1,234", None),
        ("valorUnitario", "10.125", None),
        ("dataExecucao", "13/01/2026 08:30", "2026-01-13"),
        ("horaInicial", "8h30", "08:30:00"),
    ],
)
def test_o_que_e_oferecido(campo: str, escrito: str, certo: str | None) -> None:
    assert sugerida(campo, escrito) == certo


@pytest.mark.parametrize(("escrito", "certo"), [("S", "true"), ("não", "false"), ("TRUE", "true"), ("2", None)])
def test_onde_o_xsd_quer_um_booleano(escrito: str, certo: str | None) -> None:
    assert sugerida("autorizado", escrito, "odonto") == certo


def test_zeros_voltam_ao_cpf_so_onde_os_digitos_verificadores_conferem() -> None:
    certo = next(cpf for semente in range(100) if (cpf := cpf_valido(semente)).startswith("0"))
    trocado = f"{certo[1:-1]}{(int(certo[-1]) + 1) % 10}"
    for escrito, sugerido in ((certo[1:], certo), (trocado, None)):
        campo = f"<ans:CPF>{escrito}</ans:CPF>"
        lote = re.sub(rb"<ans:CNPJ>[^<]*</ans:CNPJ>", campo.encode(), lote_exemplo("sadt"))
        assert [achado.sugestao for achado in validar_estrutura(ler(lote))] == [sugerido]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_uma_data_escrita_de_qualquer_forma_sem_duvida_e_a_mesma(dia: date) -> None:
    for formato in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d 10:30:00", "%d/%m/%Y 10:30"):
        assert data_iso(dia.strftime(formato)) == dia.isoformat()
    assert data_iso(dia.strftime("%Y%m%d")) in {dia.isoformat(), None}
    assert data_iso(dia.strftime("%d%m%Y")) in {dia.isoformat(), None}


@pytest.mark.parametrize("duvidosa", ["01/02/26", "05/13/2026", "31/02/2026", "01-02-03", "2026", "hoje", "10/2026"])
def test_data_duvidosa_ou_impossivel_nao_e_adivinhada(duvidosa: str) -> None:
    assert data_iso(duvidosa) is None


@given(st.times().map(lambda hora: hora.replace(microsecond=0)))
def test_uma_hora_escrita_de_qualquer_forma_e_a_mesma(hora: time) -> None:
    for formato in ("%H:%M:%S", "%H%M%S", "%H:%M:%S.000", "%H:%M:%S,25", "%H.%M.%S"):
        assert hora_iso(hora.strftime(formato)) == hora.isoformat()
    for formato in ("%H:%M", "%Hh%M", "%H%M", "%Hh%Mmin", "%H h %M"):
        assert hora_iso(hora.strftime(formato)) == hora.replace(second=0).isoformat()


@pytest.mark.parametrize("duvidosa", ["24:30", "14.30", "8", "meio-dia", "14h75", "13:00 pm"])
def test_hora_duvidosa_ou_impossivel_nao_e_adivinhada(duvidosa: str) -> None:
    assert hora_iso(duvidosa) is None


@given(st.decimals(0, 99_999_999, places=2))
def test_um_valor_escrito_a_brasileira_ou_a_americana_e_o_mesmo(valor: Decimal) -> None:
    americano = f"{valor:,.2f}"
    brasileiro = americano.translate(str.maketrans(",.", ".,"))
    for escrito in (americano, brasileiro, f"R$ {brasileiro}", f"{brasileiro}00", f"{valor}"):
        lido = decimal_escrito(escrito, 2)
        assert lido is not None
        assert Decimal(lido) == valor


@pytest.mark.parametrize("duvidoso", ["1.234", "1,234", "12,34,5", "1.23,4", "dez", "", ",", "R$"])
def test_numero_duvidoso_nao_e_adivinhado(duvidoso: str) -> None:
    assert decimal_escrito(duvidoso, 2) is None
    assert inteiro_escrito(duvidoso) is None


def _tipos_de_valor() -> list[tuple[str, ...]]:
    """One field of each kind of value that a message of guides may hold."""
    por_valor: dict[Valor | None, tuple[str, ...]] = {}
    for tipo in TIPOS_DE_GUIA:
        for no in ler(lote_exemplo(tipo, maximo=True)).raiz.iter():
            trilha = trilha_de(no)
            por_valor.setdefault(ESTRUTURA.valor(trilha), trilha)
    return [trilha for valor, trilha in por_valor.items() if valor is not None]


@pytest.mark.parametrize("trilha", _tipos_de_valor(), ids=lambda trilha: trilha[-1].rpartition("}")[2])
@given(dados=st.data())
def test_o_que_se_aceita_e_o_que_o_tipo_do_xsd_aceita(trilha: tuple[str, ...], dados: st.DataObject) -> None:
    escritos = st.text("0123456789.-:TSNAz+", max_size=12) | st.decimals(-1, 10**9, places=3).map(str)
    datas = st.dates().map(str) | st.times().map(str) | st.sampled_from(["true", "0", "S", "01", "1", "225125"])
    texto = dados.draw(escritos | datas)
    assert aceita(ESTRUTURA, trilha, texto) == ESTRUTURA.aceita(trilha, texto)
