"""Cases about what the operadora demands of each procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

from convenios.exigencias.regras import Exigencia, Exigencias

from .apoio import IGNORAVEL, Caso, Cobertura, antes_de, com_regras, repete, retira, termo, troca, tuss

CARTEIRA = "00000000000000100"
ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
CIRURGIA = "guiaResumoInternacao[1]//procedimentoExecutado[1]"
DENTE = "guiaOdonto[1]/procedimentosExecutados[1]"
PROFISSIONAL = "guiaSP-SADT[1]//profissionalSolicitante"
DO_DENTISTA = "guiaOdonto[1]/dadosProfissionaisResponsaveis"
UMA = {"guias": 1}
DUAS_DE_UM = {"guias": 2, "carteiras": [CARTEIRA, CARTEIRA]}
_SEM_SENHA = [retira("guiaSP-SADT[1]//dadosAutorizacao")]


def exige(tabela: str = "22", prefixo: str = "", **exigido: Any) -> dict[str, Any]:
    """A register that demands that of the codes that begin so."""
    opcoes: dict[str, Any] = {"inicio": date(2020, 1, 1), **exigido}
    return {"exigencias": Exigencias([Exigencia(tabela=tabela, prefixo=prefixo, **opcoes)])}


def de_quem(**pessoa: Any) -> dict[str, Any]:
    """A register whose only beneficiário is that one."""
    return {"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), **pessoa)}}


DISPARAM = (
    Caso(
        regra="A11",
        titulo="o exame exige autorização, e não há senha",
        exemplo=UMA,
        edicoes=_SEM_SENHA,
        cadastro=exige(prefixo="4030", exige_autorizacao=True),
        onde="guiaSP-SADT[1]",
        codigos=("1818", "1818"),
    ),
    Caso(
        regra="A11",
        titulo="também numa consulta",
        tipo="consulta",
        exemplo=UMA,
        cadastro=exige(exige_autorizacao=True),
        onde="guiaConsulta[1]",
        codigos=("1818", "1818"),
    ),
    Caso(
        regra="I10",
        titulo="dois no mesmo dia, e só um é pago",
        exemplo=UMA,
        cadastro=exige(prefixo="40302040", quantidade_maxima_por_dia=1),
        onde=f"{ITEM}//quantidadeExecutada",
        codigos=("1820", "3210"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I10",
        titulo="a soma passa do máximo da guia na segunda linha",
        exemplo=UMA,
        edicoes=[
            repete(ITEM),
            troca("procedimentoExecutado[2]/sequencialItem", "9"),
            troca("procedimentoExecutado[2]/dataExecucao", "2026-01-02"),
        ],
        cadastro=exige(quantidade_maxima_por_guia=3, quantidade_maxima_por_dia=2),
        onde="procedimentoExecutado[2]//quantidadeExecutada",
        codigos=("1820", "3210"),
        severidade=IGNORAVEL,
        outras=frozenset({"S01", "S02"}),
    ),
    Caso(
        regra="I21",
        titulo="só para mulheres, e o beneficiário é homem",
        exemplo=UMA,
        cadastro=exige(sexo="3") | de_quem(sexo="1"),
        onde=f"{ITEM}//codigoProcedimento",
        codigos=("1802", "1802"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I22",
        titulo="até 12 anos, e o beneficiário fez 13 no dia",
        exemplo=UMA,
        cadastro=exige(idade_maxima=12) | de_quem(nascimento=date(2013, 1, 1)),
        onde=f"{ITEM}//codigoProcedimento",
        codigos=("1803", "1803"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I22",
        titulo="a partir de 18 anos, e faltava um dia",
        exemplo=UMA,
        cadastro=exige(idade_minima=18) | de_quem(nascimento=date(2008, 1, 2)),
        onde=f"{ITEM}//codigoProcedimento",
        codigos=("1803", "1803"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I23",
        titulo="só cardiologista, e foi um clínico",
        tipo="internacao",
        exemplo=UMA,
        cadastro=exige(cbos=("225120",)),
        onde=f"{CIRURGIA}//CBOS",
        codigos=("1429", "3233"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I23",
        titulo="a consulta é só de pediatra",
        tipo="consulta",
        exemplo=UMA,
        cadastro=exige(cbos=("225124",)),
        onde="guiaConsulta[1]//CBOS",
        codigos=("1429", "3233"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I24",
        titulo="a cirurgia não diz quem operou",
        tipo="internacao",
        exemplo=UMA,
        edicoes=[retira(f"{CIRURGIA}/identEquipe")],
        cadastro=exige(prefixo="31", exige_equipe=True),
        onde=CIRURGIA,
        codigos=("1310", "3285"),
    ),
    Caso(
        regra="I26",
        titulo="só há cirurgião e anestesista, e veio um auxiliar",
        tipo="internacao",
        exemplo=UMA,
        edicoes=[troca(f"{CIRURGIA}//grauPart", "01")],
        cadastro=exige(graus=("00", "06")),
        onde=f"{CIRURGIA}//grauPart",
        codigos=("1838", "3241"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I26",
        titulo="também nos honorários",
        tipo="honorarios",
        exemplo={"guias": 1, "itens": 1},
        cadastro=exige(graus=("06",)),
        onde="guiaHonorarios[1]//grauParticipacao",
        codigos=("1838", "3241"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I39",
        titulo="a restauração não diz o dente",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[retira(f"{DENTE}/denteRegiao"), retira(f"{DENTE}/denteFace")],
        cadastro=exige(exige_dente_ou_regiao=True),
        onde=DENTE,
        codigos=("3022", "3022"),
    ),
    Caso(
        regra="I40",
        titulo="só em dentes permanentes, e foi num decíduo",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[troca(f"{DENTE}//codDente", "54")],
        cadastro=exige(denticao="permanentes"),
        onde=f"{DENTE}//codDente",
        codigos=("3024", "3024"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P07",
        titulo="nem o código nem o número no conselho de quem pediu",
        exemplo=UMA,
        edicoes=[
            troca(f"{PROFISSIONAL}/CBOS", "999999"),
            troca(f"{PROFISSIONAL}/numeroConselhoProfissional", "999999"),
        ],
        cadastro=exige(exige_solicitante=True),
        onde=f"{PROFISSIONAL}/numeroConselhoProfissional",
        codigos=("1411", "1411"),
    ),
    Caso(
        regra="P07",
        titulo="o dentista que pediu não está na GTO",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        cadastro=exige(exige_solicitante=True),
        onde=DO_DENTISTA,
        codigos=("1411", "1411"),
    ),
    Caso(
        regra="C30",
        titulo="o mesmo exame foi feito 29 dias antes",
        exemplo=UMA,
        cadastro=exige(intervalo_minimo_dias=30) | {"feitos": {(CARTEIRA, "22", "40302040"): (date(2025, 12, 3),)}},
        onde=f"{ITEM}//codigoProcedimento",
        codigos=("1823", "1823"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C30",
        titulo="outra guia do lote o tem na véspera",
        exemplo=DUAS_DE_UM,
        edicoes=[
            troca("guiaSP-SADT[2]//procedimentoExecutado//codigoProcedimento", "40302040"),
            troca("guiaSP-SADT[2]//procedimentoExecutado//dataExecucao", "2026-01-02"),
        ],
        cadastro=exige(prefixo="40302040", intervalo_minimo_dias=30),
        onde="guiaSP-SADT[2]//procedimentoExecutado//codigoProcedimento",
        codigos=("1823", "1823"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(regra="A11", titulo="a guia tem senha", exemplo=UMA, cadastro=exige(exige_autorizacao=True)),
    Caso(
        regra="A11",
        titulo="a consulta tem o número da operadora",
        tipo="consulta",
        exemplo={"guias": 1, "maximo": True},
        cadastro=exige(exige_autorizacao=True),
    ),
    Caso(
        regra="A11",
        titulo="é urgência",
        exemplo=UMA,
        edicoes=[*_SEM_SENHA, troca("guiaSP-SADT[1]//caraterAtendimento", "2")],
        cadastro=exige(exige_autorizacao=True),
    ),
    Caso(
        regra="A11",
        titulo="a exigência só começa no dia seguinte",
        exemplo=UMA,
        edicoes=_SEM_SENHA,
        cadastro=exige(exige_autorizacao=True, inicio=date(2026, 1, 2)),
    ),
    Caso(
        regra="A11",
        titulo="a exigência é de outro convênio",
        exemplo=UMA,
        edicoes=_SEM_SENHA,
        cadastro=exige(exige_autorizacao=True, convenio=77),
    ),
    Caso(
        regra="A11",
        titulo="o código tem exigência própria, que não é essa",
        exemplo=UMA,
        edicoes=_SEM_SENHA,
        cadastro={
            "exigencias": Exigencias(
                [
                    Exigencia(tabela="22", prefixo="4030", inicio=date(2020, 1, 1), exige_autorizacao=True),
                    Exigencia(tabela="22", prefixo="40302040", inicio=date(2020, 1, 1)),
                ]
            )
        },
    ),
    Caso(
        regra="A11",
        titulo="honorários de uma internação que foi pedida",
        tipo="honorarios",
        exemplo=UMA,
        cadastro=exige(exige_autorizacao=True),
    ),
    Caso(
        regra="A11",
        titulo="o convênio exige a senha de todas as guias, e disso fala outra regra",
        exemplo=UMA,
        edicoes=_SEM_SENHA,
        cadastro=exige(exige_autorizacao=True) | com_regras(exige_senha=True),
    ),
    Caso(regra="I10", titulo="dois são pagos", exemplo=UMA, cadastro=exige(quantidade_maxima_por_dia=2)),
    Caso(
        regra="I10",
        titulo="o máximo é por dia, e são dois dias",
        exemplo=UMA,
        edicoes=[
            repete(ITEM),
            troca("procedimentoExecutado[2]/sequencialItem", "9"),
            troca("procedimentoExecutado[2]/dataExecucao", "2026-01-02"),
        ],
        cadastro=exige(quantidade_maxima_por_dia=2),
    ),
    Caso(regra="I21", titulo="a beneficiária é mulher", exemplo=UMA, cadastro=exige(sexo="3") | de_quem(sexo="3")),
    Caso(regra="I21", titulo="o cadastro não diz o sexo", exemplo=UMA, cadastro=exige(sexo="3")),
    Caso(
        regra="I21",
        titulo="o atendido é o recém-nascido, na carteira da mãe",
        exemplo=UMA,
        edicoes=[troca("guiaSP-SADT[1]//atendimentoRN", "S")],
        cadastro=exige(sexo="1") | de_quem(sexo="3"),
    ),
    Caso(
        regra="I22",
        titulo="até 12 anos, e faltava um dia para os 13",
        exemplo=UMA,
        cadastro=exige(idade_maxima=12) | de_quem(nascimento=date(2013, 1, 2)),
    ),
    Caso(
        regra="I22",
        titulo="fez 18 no dia",
        exemplo=UMA,
        cadastro=exige(idade_minima=18) | de_quem(nascimento=date(2008, 1, 1)),
    ),
    Caso(
        regra="I23",
        titulo="foi o clínico que se queria",
        tipo="internacao",
        exemplo=UMA,
        cadastro=exige(cbos=("225120", "225125")),
    ),
    Caso(regra="I23", titulo="não se sabe quem fez", exemplo=UMA, cadastro=exige(cbos=("225120",))),
    Caso(
        regra="I24",
        titulo="a cirurgia diz quem operou",
        tipo="internacao",
        exemplo=UMA,
        cadastro=exige(exige_equipe=True),
    ),
    Caso(
        regra="I24",
        titulo="numa consulta não há equipe",
        tipo="consulta",
        exemplo=UMA,
        cadastro=exige(exige_equipe=True),
    ),
    Caso(regra="I26", titulo="foi o cirurgião", tipo="internacao", exemplo=UMA, cadastro=exige(graus=("00", "06"))),
    Caso(regra="I39", titulo="diz o dente", tipo="odonto", exemplo=UMA, cadastro=exige(exige_dente_ou_regiao=True)),
    Caso(
        regra="I40",
        titulo="a operadora aceita o que a TUSS diz ser de decíduos",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[troca(f"{DENTE}//codigoProcedimento", "83000089"), troca(f"{DENTE}//codDente", "36")],
        cadastro=exige(denticao="permanentes") | tuss(t22_83000089=termo("Exodontia simples de decíduo")),
    ),
    Caso(regra="P07", titulo="o código não se sabe, o nome sim", exemplo=UMA, cadastro=exige(exige_solicitante=True)),
    Caso(
        regra="P07",
        titulo="a GTO diz o CRO de quem pediu",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[antes_de(f"{DO_DENTISTA}/codigoProfExec", "croSolic", "10203")],
        cadastro=exige(exige_solicitante=True),
    ),
    Caso(
        regra="C30",
        titulo="já se passaram 30 dias",
        exemplo=UMA,
        cadastro=exige(intervalo_minimo_dias=30) | {"feitos": {(CARTEIRA, "22", "40302040"): (date(2025, 12, 2),)}},
    ),
    Caso(
        regra="C30",
        titulo="duas vezes no mesmo dia é assunto de outra regra",
        exemplo=UMA,
        edicoes=[repete(ITEM), troca("procedimentoExecutado[2]/sequencialItem", "9")],
        cadastro=exige(intervalo_minimo_dias=30),
    ),
    Caso(
        regra="C30",
        titulo="de consulta em convênio com prazo de retorno fala outra regra",
        tipo="consulta",
        exemplo=UMA,
        cadastro=exige(intervalo_minimo_dias=30)
        | com_regras(dias_retorno_eletivo=15)
        | {"feitos": {(CARTEIRA, "22", "10101012"): (date(2025, 12, 30),)}},
    ),
    Caso(
        regra="C30",
        titulo="foi de outro beneficiário",
        exemplo=UMA,
        cadastro=exige(intervalo_minimo_dias=30) | {"feitos": {("1", "22", "40302040"): (date(2025, 12, 30),)}},
    ),
)
