"""Cases about the codes of the lines beside the tables of TUSS."""

from __future__ import annotations

from datetime import date

from .apoio import IGNORAVEL, Caso, termo, troca, tuss

ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
CODIGO = f"{ITEM}/procedimento/codigoProcedimento"
DESPESA = "guiaSP-SADT[1]/outrasDespesas/despesa[1]"
CONSULTA = "guiaConsulta[1]//codigoProcedimento"
HEMOGRAMA = "40304361"
UMA_GUIA = {"guias": 1, "itens": 2}

DISPARAM = (
    Caso(
        regra="I02",
        titulo="a operadora não aceita a tabela 20",
        exemplo=UMA_GUIA,
        cadastro={"parametros": {"tabelas_aceitas": ("22", "18")}},
        onde=f"{DESPESA}//codigoTabela",
        codigos=("3150", "3150"),
    ),
    Caso(
        regra="I03",
        titulo="o código não está na tabela 22",
        exemplo=UMA_GUIA,
        cadastro=tuss("22"),
        onde=CODIGO,
        codigos=("1801", "1801"),
    ),
    Caso(
        regra="I03",
        titulo="a operadora tem códigos na tabela 98, e este não é um deles",
        exemplo=UMA_GUIA,
        edicoes=[troca(f"{ITEM}//codigoTabela", "98"), troca(CODIGO, "PAC-2")],
        cadastro=tuss("98", t98_PAC1=termo("Pacote")),
        onde=CODIGO,
        codigos=("1801", "1801"),
    ),
    Caso(
        regra="I04",
        titulo="a operadora tem códigos na tabela 00, e o desta despesa não é um deles",
        exemplo=UMA_GUIA,
        edicoes=[troca(f"{DESPESA}//codigoTabela", "00")],
        cadastro=tuss("00"),
        onde=f"{DESPESA}//codigoProcedimento",
        codigos=("1801", "3253"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I05",
        titulo="a operadora encerrou o seu código antes do exame",
        exemplo=UMA_GUIA,
        edicoes=[troca(f"{ITEM}//codigoTabela", "00"), troca(CODIGO, "X1")],
        cadastro=tuss("00", t00_X1=termo("Exame próprio", fim=date(2025, 6, 30))),
        onde=CODIGO,
        codigos=("1801", "1801"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I04",
        titulo="o código não está na tabela 20",
        exemplo=UMA_GUIA,
        cadastro=tuss("20"),
        onde=f"{DESPESA}//codigoProcedimento",
        codigos=("1801", "3253"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I05",
        titulo="o código saiu da TUSS antes do exame",
        exemplo=UMA_GUIA,
        edicoes=[troca(CODIGO, HEMOGRAMA)],
        cadastro=tuss("22", t22_40304361=termo("Hemograma", fim=date(2025, 6, 30))),
        onde=CODIGO,
        codigos=("1801", "1801"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I05",
        titulo="o código ainda não estava na TUSS",
        exemplo=UMA_GUIA,
        edicoes=[troca(CODIGO, HEMOGRAMA)],
        cadastro=tuss("22", t22_40304361=termo("Hemograma", inicio=date(2026, 2, 1))),
        onde=CODIGO,
        codigos=("1801", "1801"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I06",
        titulo="o código tem máscara",
        edicoes=[troca(CODIGO, "4030436-1")],
        cadastro=tuss("22", t22_40304361=termo("Hemograma")),
        onde=CODIGO,
        codigos=("1318", "3219"),
        outras=frozenset({"I03"}),
    ),
    Caso(
        regra="I06",
        titulo="o código perdeu um dígito",
        edicoes=[troca(CODIGO, "4030436")],
        onde=CODIGO,
        codigos=("1318", "3219"),
    ),
    Caso(
        regra="I06",
        titulo="o código da operadora tem um espaço no fim",
        edicoes=[troca(f"{ITEM}//codigoTabela", "00"), troca(CODIGO, "PAC1 ")],
        onde=CODIGO,
        codigos=("1318", "3219"),
    ),
    Caso(
        regra="I08",
        titulo="a descrição é um espaço",
        edicoes=[troca(f"{ITEM}//descricaoProcedimento", " ")],
        onde=f"{ITEM}//descricaoProcedimento",
        codigos=("5007", "3229"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I30",
        titulo="a guia de consulta cobra um hemograma",
        tipo="consulta",
        edicoes=[troca(CONSULTA, HEMOGRAMA)],
        cadastro=tuss(t22_40304361=termo("Hemograma com contagem de plaquetas")),
        onde=CONSULTA,
        codigos=("5058", "5058"),
    ),
)

CALAM = (
    Caso(regra="I02", titulo="a operadora não disse que tabelas aceita"),
    Caso(
        regra="I02",
        titulo="a operadora aceita as duas",
        exemplo=UMA_GUIA,
        cadastro={"parametros": {"tabelas_aceitas": ("20", "22")}},
    ),
    Caso(regra="I03", titulo="a plataforma não tem a tabela 22", cadastro=tuss("20")),
    Caso(
        regra="I03",
        titulo="o código existe",
        exemplo=UMA_GUIA,
        edicoes=[troca(CODIGO, HEMOGRAMA)],
        cadastro=tuss("22", t22_40304361=termo("Hemograma")),
    ),
    Caso(
        regra="I03",
        titulo="a operadora não cadastrou nada na tabela 00",
        exemplo=UMA_GUIA,
        edicoes=[troca(f"{ITEM}//codigoTabela", "00")],
        cadastro=tuss("98", "22", t22_40304361=termo("Hemograma")),
    ),
    Caso(
        regra="I03",
        titulo="a operadora cadastrou o código na tabela 00",
        exemplo=UMA_GUIA,
        edicoes=[troca(f"{ITEM}//codigoTabela", "00"), troca(CODIGO, "X1")],
        cadastro=tuss("00", t00_X1=termo("Exame próprio")),
    ),
    Caso(
        regra="I03",
        titulo="da despesa fala outra regra",
        exemplo=UMA_GUIA,
        edicoes=[troca(f"{DESPESA}//codigoTabela", "00")],
        cadastro=tuss("00"),
    ),
    Caso(
        regra="I04",
        titulo="do procedimento fala outra regra",
        exemplo=UMA_GUIA,
        edicoes=[troca(f"{ITEM}//codigoTabela", "00")],
        cadastro=tuss("00"),
    ),
    Caso(
        regra="I03", titulo="do código mal escrito fala outra regra", exemplo=UMA_GUIA, edicoes=[troca(CODIGO, "403")]
    ),
    Caso(regra="I04", titulo="a plataforma não tem a tabela 20", exemplo=UMA_GUIA, cadastro=tuss("22")),
    Caso(
        regra="I05",
        titulo="o código saiu da TUSS no dia do exame",
        exemplo=UMA_GUIA,
        edicoes=[troca(CODIGO, HEMOGRAMA), troca(f"{ITEM}/dataExecucao", "2025-12-31")],
        cadastro=tuss("22", t22_40304361=termo("Hemograma", fim=date(2025, 12, 31))),
    ),
    Caso(
        regra="I06",
        titulo="um código da tabela 19 tem 9 dígitos",
        edicoes=[troca(f"{DESPESA}//codigoTabela", "19"), troca(f"{DESPESA}//codigoProcedimento", "123456789")],
    ),
    Caso(
        regra="I06",
        titulo="um código da operadora tem letras",
        edicoes=[troca(f"{ITEM}//codigoTabela", "98"), troca(CODIGO, "PAC-01")],
    ),
    Caso(regra="I08", titulo="a descrição é de uma letra", edicoes=[troca(f"{ITEM}//descricaoProcedimento", "X")]),
    Caso(
        regra="I30",
        titulo="o código é de uma consulta",
        tipo="consulta",
        cadastro=tuss(t22_10101012=termo("Consulta em consultório")),
    ),
    Caso(
        regra="I30",
        titulo="a plataforma não conhece o código",
        tipo="consulta",
        edicoes=[troca(CONSULTA, HEMOGRAMA)],
    ),
)
