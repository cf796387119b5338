"""Valid messages, however maximal, get no finding: every value of the lists, the longest texts, the largest numbers."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.danos.base import TOTAIS, local
from tests.danos.exame import cadastro_do
from tests.danos.tipos import MODESTO
from tiss_schemas import campos, catalogo
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VARIANTES, lote_exemplo
from tiss_schemas.posicoes import Posicoes
from uploads.veredito import julgar

LETRAS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789áéíóúâêôãõçÁÉÍÓÚÂÊÔÃÕÇñüºª§°±.,;:-/()&<>'\""
COM_REGRA = frozenset(
    {
        *("tipoTransacao", "Padrao", "hash", "registroANS", "CNPJ", "numeroLote", "numeroGuiaPrestador"),
        *("sequencialItem", "itemVinculado", "codigoTabela", "codigoProcedimento", "codigoDespesa", "unidadeMedida"),
        *("conselho", "conselhoProfissional", "CBOS", "CBO", "cbosSolic", "cbosExec2", "grauPart", "grauParticipacao"),
        *("UF", "ufSolic", "ufExec", "ufExec2", "CNES", "cnes", "cnesExec", "cnesContratadoExecutante"),
        *("cnpjContratado", "cpfContratado", "cnpjLocalExecutante", "motivoEncerramento", "tipoFaturamento"),
        *("tipoAtendimento", "tipoConsulta", "diagnostico", "diagnosticoObito", "declaracaoNascido", "declaracaoObito"),
        *("indicadorDORN", "codDente", "codRegiao", "denteFace", "elementoDentario", "condicaoClinica"),
        *("codigoPrestadorNaOperadora", "codigoNaOperadora", "codigonaOperadora", "codigoProfExec", "senhaPrestador"),
        *("atendimentoRN", "ausenciaCodValidacao", "codValidacao", "qtdProc", "indicacaoAcidente", "indicadorAcidente"),
    }
)
"""Fields that a rule compares with another field or with the register: any value would not do."""
NUMEROS_DE_CONSELHO = frozenset({"numeroConselhoProfissional", "croExec", "croExec2", "croSolic"})
CENTAVOS = {
    "valorUnitario": 99_999_99,
    "valorProcedimento": 999_999_99,
    "valorProc": 99_999_99,
    "valorFranquia": 999_99,
}
QUANTIDADES = {"qtdUS": 9_999_99}


def _texto(campo: Campo, dado: random.Random) -> str:
    """A text without outer blanks, often as long as may be."""
    minimo, maximo = campo.tamanho_min or 1, campo.tamanho_max or 40
    tamanho = dado.choice((maximo, maximo, minimo, dado.randint(minimo, maximo)))
    return "".join(dado.choices(LETRAS, k=tamanho))


def _decimal(nome: str, dado: random.Random) -> str | None:
    if nome == "reducaoAcrescimo":
        return dado.choice(("0.01", "0.5", "1", "1.00", "9.99", "0.70", "+1.30", "01.00"))
    maximo = CENTAVOS.get(nome) or QUANTIDADES.get(nome)
    if maximo is None:
        return None
    centavos = dado.choice((maximo, dado.randint(1, maximo)))
    inteiro, fracao = divmod(centavos, 100)
    return dado.choice((f"{inteiro}.{fracao:02d}", f"{inteiro:07d}.{fracao:02d}", f"{inteiro}.{fracao:02d}00"))


def _hora(nome: str, dado: random.Random) -> str:
    """Before eight, when the examples begin, and what ends in the afternoon."""
    hora = dado.randrange(8) + (12 if nome in {"horaFinal", "horaFinalFaturamento"} else 0)
    return f"{hora:02d}:{dado.randrange(60):02d}:{dado.randrange(60):02d}{dado.choice(('', '', '.5', 'Z'))}"


def _novo(campo: Campo, dado: random.Random) -> str | None:
    """Another value that the schema takes; None where the field is left as it is."""
    if campo.nome_xml in COM_REGRA or campo.nome_xml in TOTAIS:
        return None
    if campo.nome_xml in NUMEROS_DE_CONSELHO:
        return "".join(dado.choices("0123456789", k=campo.tamanho_max or 1))
    escolhas: dict[TipoDeCampo, Callable[[], str | None]] = {
        TipoDeCampo.LISTA: lambda: dado.choice([opcao for opcao, _ in campo.opcoes if opcao]),
        TipoDeCampo.TEXTO: lambda: _texto(campo, dado) if campo.padrao is None else None,
        TipoDeCampo.DECIMAL: lambda: _decimal(campo.nome_xml, dado),
        TipoDeCampo.HORA: lambda: _hora(campo.nome_xml, dado),
    }
    escolher = escolhas.get(campo.tipo)
    return None if escolher is None else escolher()


def _variada(dados: bytes, versao: str, dado: random.Random) -> bytes:
    """The message with another valid value in most of its fields, totals and hash worked out anew."""
    raiz = etree.fromstring(dados)
    posicoes = Posicoes(raiz, dados)
    for no in list(raiz.iter(etree.Element)):
        if len(no) or dado.random() < 0.2:
            continue
        campo = campos.descrever(versao, posicoes.caminho(no))
        assert campo is not None
        if (texto := _novo(campo, dado)) is not None:
            no.text = texto
    escrita = etree.tostring(raiz, encoding="ISO-8859-1", xml_declaration=True)
    return aplicar(escrita, (), recalcular=True).conteudo


@pytest.mark.parametrize("versao", ["4.02.00", "4.03.00"])
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_a_valid_message_gets_no_finding_however_it_is_filled(tipo: str, versao: str) -> None:
    @MODESTO
    @given(
        st.sampled_from((1, 2, 5)),
        st.integers(0, 12),
        st.integers(0, VARIANTES - 1),
        st.booleans(),
        st.integers(0, 2**32),
    )
    def conferir(guias: int, itens: int, variante: int, maximo: bool, semente: int) -> None:
        itens = max(itens, 1)
        base = lote_exemplo(tipo, versao, guias=guias, itens=itens, maximo=maximo, variante=variante, semente=semente)
        dados = _variada(base, versao, random.Random(semente))
        catalogo.esquema(versao).assertValid(etree.fromstring(dados))
        assert julgar(dados).achados == ()
        assert julgar(dados, "lote.xml", contexto_de=cadastro_do(dados)).achados == ()

    conferir()


@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_the_largest_lot_gets_no_finding(tipo: str) -> None:
    dados = lote_exemplo(tipo, "4.03.00", guias=100, itens=40, maximo=True, variante=1)
    assert julgar(dados, "lote.xml", contexto_de=cadastro_do(dados)).achados == ()


def test_most_fields_are_filled_anew() -> None:
    base = lote_exemplo("internacao", itens=5, maximo=True)
    antes, depois = (etree.fromstring(dados) for dados in (base, _variada(base, "4.03.00", random.Random(1))))
    mudados = {local(um) for um, outro in zip(antes.iter(), depois.iter(), strict=True) if um.text != outro.text}
    assert len(mudados) > 25
