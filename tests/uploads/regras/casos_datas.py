"""Cases about days, hours, authorisations, and how stays end."""

from __future__ import annotations

from datetime import date

from lxml import etree

from tiss_schemas.espacos import ANS

from .apoio import IGNORAVEL, Caso, Edicao, antes_de, no_em, troca

ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
REGISTRO = "dataRegistroTransacao"
INTERNACAO = "guiaResumoInternacao[1]"
PROCEDIMENTO = f"{INTERNACAO}//procedimentoExecutado[1]"
UMA = {"guias": 1}
ELETIVA = "guiaSP-SADT[1]//dataAutorizacao"


def _periodo(inicio: str, fim: str) -> list[Edicao]:
    return [
        troca(f"{INTERNACAO}//dataInicioFaturamento", inicio),
        troca(f"{INTERNACAO}//dataFinalFaturamento", fim),
    ]


def _obito(motivo: str, **declaracoes: str) -> list[Edicao]:
    """A stay that ends by that motive, with those declarations."""

    def declarar(raiz: etree._Element) -> None:
        grupo = etree.SubElement(no_em(raiz, f"{INTERNACAO}/dadosInternacao"), f"{{{ANS}}}declaracoes")
        for nome in ("declaracaoNascido", "diagnosticoObito", "declaracaoObito"):
            if nome in declaracoes:
                etree.SubElement(grupo, f"{{{ANS}}}{nome}").text = declaracoes[nome]

    return [troca(f"{INTERNACAO}//motivoEncerramento", motivo), *([declarar] if declaracoes else [])]


DISPARAM = (
    Caso(
        regra="D01",
        titulo="o exame é de depois de hoje",
        edicoes=[troca(f"{ITEM}/dataExecucao", "2026-02-02")],
        onde=f"{ITEM}/dataExecucao",
        codigos=("1323", "1323"),
    ),
    Caso(
        regra="D01",
        titulo="a consulta é do ano que vem",
        tipo="consulta",
        edicoes=[troca("guiaConsulta[2]//dataAtendimento", "2027-01-10")],
        onde="guiaConsulta[2]//dataAtendimento",
        codigos=("1323", "1323"),
    ),
    Caso(
        regra="D01",
        titulo="a internação termina depois de hoje",
        tipo="internacao",
        edicoes=[troca(f"{INTERNACAO}//dataFinalFaturamento", "2026-02-10")],
        onde=f"{INTERNACAO}//dataFinalFaturamento",
        codigos=("1323", "1323"),
    ),
    Caso(
        regra="D02",
        titulo="o exame é de depois do envio",
        edicoes=[troca(f"{ITEM}/dataExecucao", "2026-01-16")],
        onde=f"{ITEM}/dataExecucao",
        codigos=("1323", "3223"),
    ),
    Caso(
        regra="D02",
        titulo="o envio é de antes de tudo",
        exemplo={"guias": 3},
        edicoes=[troca(REGISTRO, "2025-10-15")],
        onde=REGISTRO,
        codigos=("1323", "3223"),
    ),
    Caso(
        regra="D04",
        titulo="o pedido é de depois do exame",
        edicoes=[troca("guiaSP-SADT[1]//dataSolicitacao", "2026-01-15")],
        onde="guiaSP-SADT[1]//dataSolicitacao",
        codigos=("1323", "1323"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="D05",
        titulo="a internação termina antes de começar",
        tipo="internacao",
        edicoes=[troca(f"{INTERNACAO}//dataFinalFaturamento", "2025-11-01")],
        onde=f"{INTERNACAO}//dataFinalFaturamento",
        codigos=("1608", "1608"),
    ),
    Caso(
        regra="D05",
        titulo="a internação termina antes de começar no mesmo dia",
        tipo="internacao",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[
            *_periodo("2026-01-10", "2026-01-10"),
            troca(f"{PROCEDIMENTO}/dataExecucao", "2026-01-10"),
            troca(f"{INTERNACAO}//horaFinalFaturamento", "07:00:00"),
        ],
        onde=f"{INTERNACAO}//horaFinalFaturamento",
        codigos=("1608", "1608"),
    ),
    Caso(
        regra="D06",
        titulo="a cirurgia foi antes da internação",
        tipo="internacao",
        edicoes=[troca(f"{PROCEDIMENTO}/dataExecucao", "2025-10-01")],
        onde=f"{PROCEDIMENTO}/dataExecucao",
        codigos=("1605", "1605"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="D07",
        titulo="a cirurgia foi depois da alta",
        tipo="internacao",
        edicoes=[troca(f"{PROCEDIMENTO}/dataExecucao", "2026-01-15")],
        onde=f"{PROCEDIMENTO}/dataExecucao",
        codigos=("1607", "1607"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="D08",
        titulo="terminou quarenta minutos antes de começar",
        edicoes=[
            antes_de(f"{ITEM}/procedimento", "horaInicial", "14:00:00"),
            antes_de(f"{ITEM}/procedimento", "horaFinal", "13:20:00"),
        ],
        onde=f"{ITEM}/horaFinal",
        codigos=("1606", "1323"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="D10",
        titulo="o atendimento é consulta e não se diz de que tipo",
        edicoes=[troca("guiaSP-SADT[1]//tipoAtendimento", "04")],
        onde="guiaSP-SADT[1]/dadosAtendimento",
        codigos=("1603", "1603"),
    ),
    Caso(
        regra="D14",
        titulo="o CID tem letra minúscula",
        tipo="internacao",
        edicoes=[troca(f"{INTERNACAO}//diagnostico", "k80")],
        onde=f"{INTERNACAO}//diagnostico",
        codigos=("1509", "1509"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="D15",
        titulo="permanência com faturamento total",
        tipo="internacao",
        edicoes=[troca(f"{INTERNACAO}//motivoEncerramento", "21")],
        onde=f"{INTERNACAO}//motivoEncerramento",
        codigos=("1609", "1609"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="D18",
        titulo="óbito sem o CID do óbito",
        tipo="internacao",
        edicoes=_obito("42"),
        onde=f"{INTERNACAO}/dadosInternacao",
        codigos=("3111", "3111"),
    ),
    Caso(
        regra="D18",
        titulo="óbito sem o número da declaração",
        tipo="internacao",
        edicoes=_obito("41", diagnosticoObito="I219"),
        onde=f"{INTERNACAO}/dadosInternacao",
        codigos=("3111", "3111"),
    ),
    Caso(
        regra="D18",
        titulo="parto sem a declaração de nascido vivo",
        tipo="internacao",
        edicoes=_obito("61"),
        onde=f"{INTERNACAO}/dadosInternacao",
        codigos=("3111", "3111"),
    ),
    Caso(
        regra="A05",
        titulo="a senha venceu antes do exame",
        edicoes=[lambda raiz: _com_validade(raiz, "2025-12-01")],
        onde="guiaSP-SADT[1]//dataValidadeSenha",
        codigos=("1405", "1414"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="A06",
        titulo="duas pessoas com a mesma senha",
        edicoes=[troca("guiaSP-SADT[2]//senha", "S0000001")],
        onde="guiaSP-SADT[2]//senha",
        codigos=("1308", "1308"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="A10",
        titulo="o exame eletivo foi autorizado depois",
        edicoes=[troca(ELETIVA, "2026-01-15")],
        onde=ELETIVA,
        codigos=("1814", "1814"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(
        regra="D01",
        titulo="a consulta é de hoje",
        tipo="consulta",
        exemplo={"guias": 1, "data": date(2026, 2, 1)},
        edicoes=[troca("dataAtendimento", "2026-02-01")],
    ),
    Caso(regra="D02", titulo="o exame é do dia do envio", edicoes=[troca(f"{ITEM}/dataExecucao", "2026-01-15")]),
    Caso(
        regra="D02",
        titulo="do que é de depois de hoje fala outra regra",
        edicoes=[troca(f"{ITEM}/dataExecucao", "2026-03-15")],
    ),
    Caso(
        regra="D02",
        titulo="da transação velha demais fala outra regra",
        edicoes=[troca(REGISTRO, "2021-01-15")],
    ),
    Caso(
        regra="D04",
        titulo="o pedido é do dia do exame",
        exemplo=UMA,
        edicoes=[
            troca("dataSolicitacao", "2026-01-10"),
            troca(f"{ITEM}/dataExecucao", "2026-01-10"),
            troca("servicosExecutados/dataExecucao", "2026-01-12"),
        ],
    ),
    Caso(
        regra="D05",
        titulo="a internação é de um dia só",
        tipo="internacao",
        exemplo=UMA,
        edicoes=_periodo("2026-01-10", "2026-01-10"),
    ),
    Caso(
        regra="D06",
        titulo="a cirurgia foi no primeiro dia",
        tipo="internacao",
        exemplo=UMA,
        edicoes=[
            *_periodo("2026-01-03", "2026-01-12"),
            troca(f"{PROCEDIMENTO}/dataExecucao", "2026-01-03"),
            troca("servicosExecutados/dataExecucao", "2026-01-12"),
        ],
    ),
    Caso(
        regra="D07",
        titulo="a cirurgia foi no último dia",
        tipo="internacao",
        exemplo=UMA,
        edicoes=[
            *_periodo("2026-01-03", "2026-01-12"),
            troca(f"{PROCEDIMENTO}/dataExecucao", "2026-01-12"),
            troca("servicosExecutados/dataExecucao", "2026-01-12"),
        ],
    ),
    Caso(
        regra="D08",
        titulo="a cirurgia passou da meia-noite",
        edicoes=[
            antes_de(f"{ITEM}/procedimento", "horaInicial", "22:30:00"),
            antes_de(f"{ITEM}/procedimento", "horaFinal", "01:15:00"),
        ],
    ),
    Caso(
        regra="D10",
        titulo="a consulta é de seguimento",
        edicoes=[
            troca("guiaSP-SADT[1]//tipoAtendimento", "04"),
            antes_de("guiaSP-SADT[1]//regimeAtendimento", "tipoConsulta", "2"),
        ],
    ),
    Caso(regra="D14", titulo="o CID tem três caracteres", tipo="internacao", edicoes=[troca("diagnostico", "I10")]),
    Caso(
        regra="D15",
        titulo="permanência com faturamento parcial",
        tipo="internacao",
        edicoes=[troca(f"{INTERNACAO}//motivoEncerramento", "21"), troca(f"{INTERNACAO}//tipoFaturamento", "1")],
    ),
    Caso(
        regra="D18",
        titulo="o óbito tem o que precisa",
        tipo="internacao",
        edicoes=_obito("41", diagnosticoObito="I219", declaracaoObito="12345678"),
    ),
    Caso(
        regra="D18",
        titulo="a conta ainda é parcial",
        tipo="internacao",
        edicoes=[*_obito("41"), troca(f"{INTERNACAO}//tipoFaturamento", "1")],
    ),
    Caso(
        regra="A05",
        titulo="a senha venceu no dia do exame",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[
            lambda raiz: _com_validade(raiz, "2026-01-10"),
            troca(f"{ITEM}/dataExecucao", "2026-01-10"),
        ],
    ),
    Caso(
        regra="A06",
        titulo="duas guias da mesma pessoa com a mesma senha",
        exemplo={"carteiras": ["00090025012300"]},
        edicoes=[troca("guiaSP-SADT[2]//senha", "S0000001")],
    ),
    Caso(
        regra="A10",
        titulo="a urgência foi autorizada depois",
        edicoes=[troca(ELETIVA, "2026-01-15"), troca("guiaSP-SADT[1]//caraterAtendimento", "2")],
    ),
)


def _com_validade(raiz: etree._Element, dia: str) -> None:
    senha = no_em(raiz, "guiaSP-SADT[1]//senha")
    validade = etree.Element(f"{{{ANS}}}dataValidadeSenha")
    validade.text = dia
    senha.addnext(validade)
