"""Random statements that keep every identity."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from hypothesis import strategies as st

from tiss_schemas.caracteres import em_linha
from tiss_schemas.demonstrativo.contas import liquido, somar, somar_odonto
from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    ContaDePagamento,
    Contratado,
    DebitoOuCredito,
    DemonstrativoDeAnalise,
    DemonstrativoDePagamento,
    DemonstrativoOdonto,
    GlosaDoItem,
    GuiaAnalisada,
    GuiaOdontoPaga,
    GuiaPaga,
    Indicador,
    ItemAnalisado,
    ItemOdontoPago,
    OperadoraEmissora,
    PagamentoDaData,
    PagamentoOdontoDaData,
    ProtocoloAnalisado,
    ProtocoloOdontoPago,
    ProtocoloPago,
    TipoDeCodigo,
    TipoDePagamento,
    Valores,
    ValoresOdonto,
)
from tiss_schemas.exemplos_demonstrativo import EMISSAO
from tiss_schemas.exemplos_documentos import cnpj_valido, cpf_valido

_SINAIS = "".join(map(chr, range(0xA0, 0xC0)))
VERSOES = st.sampled_from(["4.02.00", "4.03.00"])
GLOSAS = st.sampled_from(["1001", "1304", "1705", "1801", "2505"])
SITUACOES = st.integers(1, 10)
DATAS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
HORAS = st.times(time(0, 0), time(23, 59, 59)).map(lambda hora: hora.replace(microsecond=0))
NUMEROS = st.integers(1, 10**12 - 1)


def reais(maximo: int = 99_999) -> st.SearchStrategy[Decimal]:
    """Amounts of nothing up to `maximo` reais, to the cent."""
    return st.integers(0, maximo * 100).map(lambda centavos: Decimal(centavos).scaleb(-2))


def textos(maior: int) -> st.SearchStrategy[str]:
    """Texts as a field of a message holds them, of at least one character.

    Without the signs from U+00A0 to U+00BF: after a letter with an accent they are the bytes of UTF-8, which is what
    a reader has to take them for.
    """
    letras = st.characters(codec="iso-8859-1", categories=["L", "N", "P", "S", "Zs"], exclude_characters=_SINAIS)
    return st.text(letras, min_size=1, max_size=maior).map(em_linha).filter(bool)


def numeros_de_guia() -> st.SearchStrategy[str]:
    """Numbers and passwords: at most twenty letters and digits."""
    return st.text("0123456789ABCXYZ-", min_size=1, max_size=20)


def talvez(outra: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Also nothing."""
    return st.just("") | outra


def listas(*, menor: int = 1, maior: int = 3) -> dict[str, int]:
    """Sizes of a list."""
    return {"min_size": menor, "max_size": maior}


@st.composite
def cabecalhos(draw: st.DrawFn) -> CabecalhoDoDemonstrativo:
    """A head in a version of the package, its prestador named in each of the three ways."""
    tipo = draw(st.sampled_from(TipoDeCodigo))
    documento = cpf_valido(draw(st.integers(0, 99))) if tipo is TipoDeCodigo.CPF else cnpj_valido("11222333")
    return CabecalhoDoDemonstrativo(
        numero=draw(NUMEROS),
        versao=draw(VERSOES),
        operadora=OperadoraEmissora(registro_ans="331988", nome=draw(textos(70)), cnpj=cnpj_valido("41208337")),
        contratado=Contratado(
            codigo=draw(textos(14)) if tipo is TipoDeCodigo.CODIGO else documento,
            tipo_de_codigo=tipo,
            nome=draw(textos(40)),
            documento=documento,
            cnes=draw(st.sampled_from(["9999999", "2345678"])),
        ),
        emitido_em=EMISSAO,
    )


@st.composite
def itens(draw: st.DrawFn) -> ItemAnalisado:
    """An item with up to three glosas, of no more than was processado."""
    processado = draw(reais())
    glosas: list[GlosaDoItem] = []
    resto = processado
    for codigo in draw(st.lists(GLOSAS, unique=True, max_size=3)):
        valor = draw(st.integers(0, int(resto * 100)).map(lambda centavos: Decimal(centavos).scaleb(-2)))
        if valor:
            glosas.append(GlosaDoItem(codigo=codigo, valor=valor))
            resto -= valor
    return ItemAnalisado(
        sequencial=draw(st.integers(1, 9999)),
        data=draw(DATAS),
        tabela=draw(st.sampled_from(["18", "19", "20", "22", "90", "98", "00"])),
        codigo=draw(st.text("0123456789", min_size=1, max_size=10)),
        descricao=draw(textos(150)),
        quantidade=draw(st.integers(1, 10**9 - 1).map(lambda n: Decimal(n).scaleb(-4))),
        valores=Valores(informado=draw(reais()), processado=processado, liberado=resto, glosa=processado - resto),
        glosas=tuple(glosas),
        grau_de_participacao=draw(talvez(st.sampled_from(["00", "06", "13"]))),
        centro_de_consumo=draw(talvez(st.sampled_from(["1", "10"]))),
    )


@st.composite
def guias(draw: st.DrawFn) -> GuiaAnalisada:
    """A guide with items, or with totals only."""
    listados = tuple(draw(st.lists(itens(), **listas(menor=0))))
    processado = draw(reais())
    glosa = draw(reais()) % (processado + Decimal("0.01"))
    so_totais = Valores(informado=draw(reais()), processado=processado, liberado=processado - glosa, glosa=glosa)
    return GuiaAnalisada(
        numero_do_prestador=draw(numeros_de_guia()),
        numero_da_operadora=draw(talvez(numeros_de_guia())),
        senha=draw(talvez(numeros_de_guia())),
        beneficiario=draw(talvez(textos(40))),
        nome_social=draw(talvez(textos(40))),
        numero_carteira=draw(numeros_de_guia()),
        inicio=draw(DATAS),
        situacao=draw(SITUACOES),
        valores=somar(item.valores for item in listados) if listados else so_totais,
        hora_do_inicio=draw(st.none() | HORAS),
        fim=draw(st.none() | DATAS),
        hora_do_fim=draw(st.none() | HORAS),
        glosas=tuple(draw(st.lists(GLOSAS, max_size=2))),
        itens=listados,
        observacao=draw(talvez(textos(500))),
    )


@st.composite
def protocolos(draw: st.DrawFn) -> ProtocoloAnalisado:
    """A protocol with one to three guides."""
    listadas = tuple(draw(st.lists(guias(), **listas())))
    glosa = draw(talvez(GLOSAS))
    return ProtocoloAnalisado(
        lote=draw(st.text("0123456789", min_size=1, max_size=12)),
        numero=draw(NUMEROS),
        data=draw(DATAS),
        situacao=draw(SITUACOES),
        valores=somar(guia.valores for guia in listadas),
        guias=listadas,
        glosa=glosa,
        descricao_da_glosa=draw(talvez(textos(500))) if glosa else "",
    )


@st.composite
def analises(draw: st.DrawFn) -> DemonstrativoDeAnalise:
    """A Demonstrativo de Análise de Conta."""
    listados = tuple(draw(st.lists(protocolos(), **listas(maior=2))))
    return DemonstrativoDeAnalise(
        cabecalho=draw(cabecalhos()),
        protocolos=listados,
        valores=somar(protocolo.valores for protocolo in listados),
        observacao=draw(talvez(textos(500))),
    )


@st.composite
def lancamentos(draw: st.DrawFn) -> tuple[DebitoOuCredito, ...]:
    """Up to three debits and credits."""
    um = st.builds(
        DebitoOuCredito,
        indicador=st.sampled_from(Indicador),
        tipo=st.sampled_from([f"{n:02d}" for n in range(1, 10)]),
        descricao=textos(40),
        valor=reais(),
    )
    return tuple(draw(st.lists(um, **listas(menor=0))))


@st.composite
def valores(draw: st.DrawFn) -> Valores:
    """The four amounts of something."""
    processado = draw(reais())
    glosa = draw(reais()) % (processado + Decimal("0.01"))
    return Valores(informado=draw(reais()), processado=processado, liberado=processado - glosa, glosa=glosa)


@st.composite
def datas_de_pagamento(draw: st.DrawFn) -> PagamentoDaData:
    """What is paid on a day."""
    guia = st.builds(
        GuiaPaga,
        numero_do_prestador=numeros_de_guia(),
        numero_da_operadora=talvez(numeros_de_guia()),
        senha=talvez(numeros_de_guia()),
        tipo=st.sampled_from(TipoDePagamento),
        valores=valores(),
    )
    pagos = []
    for _ in range(draw(st.integers(1, 2))):
        pagas = tuple(draw(st.lists(guia, **listas())))
        pagos.append(
            ProtocoloPago(
                data=draw(DATAS),
                numero=draw(NUMEROS),
                lote=draw(st.text("0123456789", min_size=1, max_size=12)),
                valores=somar(paga.valores for paga in pagas),
                guias=pagas,
            )
        )
    soma = somar(pago.valores for pago in pagos)
    todos = draw(lancamentos())
    return PagamentoDaData(
        data=draw(DATAS),
        conta=draw(contas()),
        protocolos=tuple(pagos),
        valores=soma,
        liquido=liquido(soma.liberado, todos),
        debitos_e_creditos=todos,
    )


@st.composite
def contas(draw: st.DrawFn) -> ContaDePagamento:
    """Where it is paid."""
    return ContaDePagamento(
        forma=draw(st.sampled_from("1234")),
        banco=draw(talvez(st.text("0123456789", min_size=1, max_size=4))),
        agencia=draw(talvez(st.text("0123456789", min_size=1, max_size=7))),
        conta=draw(talvez(numeros_de_guia())),
    )


@st.composite
def pagamentos(draw: st.DrawFn) -> DemonstrativoDePagamento:
    """A Demonstrativo de Pagamento."""
    datas = tuple(draw(st.lists(datas_de_pagamento(), **listas(maior=2))))
    outros = draw(lancamentos())
    soma = somar(data.valores for data in datas)
    todos = [*(lancamento for data in datas for lancamento in data.debitos_e_creditos), *outros]
    return DemonstrativoDePagamento(
        cabecalho=draw(cabecalhos()),
        datas=datas,
        valores=soma,
        liquido=liquido(soma.liberado, todos),
        debitos_e_creditos=outros,
        observacao=draw(talvez(textos(500))),
    )


@st.composite
def itens_odonto(draw: st.DrawFn) -> ItemOdontoPago:
    """An item with glosa and franquia of no more than was processado."""
    processado = draw(reais())
    glosa = draw(reais()) % (processado + Decimal("0.01"))
    franquia = draw(reais()) % (processado - glosa + Decimal("0.01"))
    return ItemOdontoPago(
        sequencial=draw(st.integers(1, 9999)),
        tabela=draw(st.sampled_from(["22", "90", "00"])),
        codigo=draw(st.text("0123456789", min_size=1, max_size=10)),
        descricao=draw(textos(150)),
        data=draw(DATAS),
        quantidade=draw(st.integers(0, 99)),
        valores=ValoresOdonto(
            informado=draw(reais()),
            processado=processado,
            glosa=glosa,
            franquia=franquia,
            liberado=processado - glosa - franquia,
        ),
        dente_ou_regiao=draw(st.sampled_from(["", "11", "85", "AI", "HASD", "S1", "RMPD"])),
        face=draw(talvez(st.text("OLMVDIP", min_size=1, max_size=5))),
        glosas=tuple(draw(st.lists(GLOSAS, **listas()))) if glosa else (),
    )


@st.composite
def datas_odonto(draw: st.DrawFn) -> PagamentoOdontoDaData:
    """What is paid of dental treatment on a day."""
    pagas = []
    for _ in range(draw(st.integers(1, 2))):
        pagos = tuple(draw(st.lists(itens_odonto(), **listas())))
        pagas.append(
            GuiaOdontoPaga(
                numero_do_prestador=draw(numeros_de_guia()),
                numero_da_operadora=draw(talvez(numeros_de_guia())),
                recurso=draw(st.booleans()),
                executante=draw(textos(70)),
                numero_carteira=draw(numeros_de_guia()),
                beneficiario=draw(talvez(textos(40))),
                itens=pagos,
                valores=somar_odonto(item.valores for item in pagos),
                observacao=draw(talvez(textos(500))),
            )
        )
    soma = somar_odonto(guia.valores for guia in pagas)
    protocolo = ProtocoloOdontoPago(
        lote=draw(st.text("0123456789", min_size=1, max_size=12)),
        numero=draw(NUMEROS),
        guias=tuple(pagas),
        valores=soma,
    )
    todos = draw(lancamentos())
    return PagamentoOdontoDaData(
        data=draw(DATAS),
        conta=draw(contas()),
        protocolos=(protocolo,),
        valores=soma,
        liquido=liquido(soma.liberado, todos),
        debitos_e_creditos=todos,
    )


@st.composite
def odontos(draw: st.DrawFn) -> DemonstrativoOdonto:
    """A dental Demonstrativo de Pagamento."""
    datas = tuple(draw(st.lists(datas_odonto(), **listas(maior=2))))
    outros = draw(lancamentos())
    soma = somar_odonto(data.valores for data in datas)
    todos = [*(lancamento for data in datas for lancamento in data.debitos_e_creditos), *outros]
    return DemonstrativoOdonto(
        cabecalho=draw(cabecalhos()),
        de=draw(DATAS),
        ate=draw(DATAS),
        datas=datas,
        valores=soma,
        liquido=liquido(soma.liberado, todos),
        debitos_e_creditos=outros,
        observacao=draw(talvez(textos(500))),
    )
