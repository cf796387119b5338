"""Cases about the lines of a guide beside each other, and what goes with them."""

from __future__ import annotations

from .apoio import IGNORAVEL, Caso, Edicao, antes_de, poe, repete, retira, termo, troca, tuss

ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
DESPESA = "guiaSP-SADT[1]/outrasDespesas/despesa[1]"
DIARIA = "guiaResumoInternacao[1]/outrasDespesas/despesa[1]"
EQUIPE = "procedimentoExecutado[1]/identEquipe"
DENTE = "guiaOdonto[1]/procedimentosExecutados[1]"
UMA_GUIA = {"guias": 1, "itens": 2}


def _as_nove(caminho: str) -> list[Edicao]:
    return [antes_de(f"{caminho}/procedimento", "horaInicial", "09:00:00")]


_DUAS_VEZES = [
    *_as_nove(ITEM),
    repete(ITEM),
    troca("procedimentoExecutado[2]/sequencialItem", "9"),
    *(troca(f"valorTotal/{nome}", "0.00") for nome in ("valorProcedimentos", "valorTotalGeral")),
]
_OPME_PROPRIA = [
    troca(f"{DESPESA}/codigoDespesa", "08"),
    troca(f"{DESPESA}//codigoTabela", "00"),
    *(retira(f"guiaSP-SADT[1]/valorTotal/{nome}") for nome in ("valorMedicamentos",)),
]

DISPARAM = (
    Caso(
        regra="I01",
        titulo="a despesa tem o sequencial do procedimento",
        edicoes=[troca(f"{DESPESA}/sequencialItem", "1")],
        onde=f"{DESPESA}/sequencialItem",
        codigos=("3167", "3167"),
    ),
    Caso(
        regra="I01",
        titulo="o sequencial é zero",
        tipo="odonto",
        edicoes=[troca(f"{DENTE}/sequencialItem", "0")],
        onde=f"{DENTE}/sequencialItem",
        codigos=("3167", "3167"),
    ),
    Caso(
        regra="I11",
        titulo="nove diárias num período de seis dias",
        tipo="internacao",
        exemplo={"guias": 1, "itens": 2},
        edicoes=[troca(f"{DIARIA}//quantidadeExecutada", "9.0000")],
        onde=f"{DIARIA}//quantidadeExecutada",
        codigos=("1914", "3189"),
        severidade=IGNORAVEL,
        outras=frozenset({"I15", "S01", "S02"}),
    ),
    Caso(
        regra="I19",
        titulo="o mesmo exame à mesma hora",
        exemplo=UMA_GUIA,
        edicoes=_DUAS_VEZES,
        onde="procedimentoExecutado[2]//codigoProcedimento",
        codigos=("1702", "3209"),
        severidade=IGNORAVEL,
        outras=frozenset({"S01", "S02"}),
    ),
    Caso(
        regra="I19",
        titulo="a mesma restauração no mesmo dente",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[repete(DENTE), troca("guiaOdonto[1]/procedimentosExecutados[2]/sequencialItem", "2")],
        onde="guiaOdonto[1]/procedimentosExecutados[2]//codigoProcedimento",
        codigos=("1702", "3209"),
        severidade=IGNORAVEL,
        outras=frozenset({"S01"}),
    ),
    Caso(
        regra="I25",
        titulo="o mesmo cirurgião duas vezes",
        tipo="internacao",
        edicoes=[repete(EQUIPE)],
        onde="procedimentoExecutado[1]/identEquipe[2]//grauPart",
        codigos=("2607", "2607"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I25",
        titulo="o mesmo profissional duas vezes nos honorários",
        tipo="honorarios",
        edicoes=[repete("procedimentoRealizado[1]/profissionais")],
        onde="procedimentoRealizado[1]/profissionais[2]/grauParticipacao",
        codigos=("2607", "2607"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I32",
        titulo="um medicamento da tabela 20 como material",
        edicoes=[troca(f"{DESPESA}/codigoDespesa", "03")],
        onde=f"{DESPESA}/codigoDespesa",
        codigos=("1713", "3192"),
        severidade=IGNORAVEL,
        outras=frozenset({"S02"}),
    ),
    Caso(
        regra="I34",
        titulo="uma OPME própria sem registro",
        edicoes=_OPME_PROPRIA,
        onde=f"{DESPESA}/servicosExecutados",
        codigos=("3106", "3106"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I34",
        titulo="o registro da OPME é um espaço",
        edicoes=[*_OPME_PROPRIA, poe(f"{DESPESA}/servicosExecutados", "registroANVISA", " ")],
        onde=f"{DESPESA}//registroANVISA",
        codigos=("3106", "3106"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I35",
        titulo="a guia não tem o item 9",
        edicoes=[poe(DESPESA, "itemVinculado", "9")],
        onde=f"{DESPESA}/itemVinculado",
        codigos=("3167", "3167"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I38",
        titulo="X não é face",
        tipo="odonto",
        edicoes=[troca(f"{DENTE}/denteFace", "X")],
        onde=f"{DENTE}/denteFace",
        codigos=("5039", "5039"),
    ),
    Caso(
        regra="I38",
        titulo="a mesma face duas vezes",
        tipo="odonto",
        edicoes=[troca(f"{DENTE}/denteFace", "OMO")],
        onde=f"{DENTE}/denteFace",
        codigos=("5039", "5039"),
    ),
    Caso(
        regra="I40",
        titulo="a exodontia de decíduo foi num permanente",
        tipo="odonto",
        edicoes=[troca(f"{DENTE}//codigoProcedimento", "83000089"), troca(f"{DENTE}//codDente", "36")],
        cadastro=tuss(t22_83000089=termo("Exodontia simples de decíduo")),
        onde=f"{DENTE}//codDente",
        codigos=("3024", "3024"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(regra="I01", titulo="os números começam do 7", edicoes=[troca(f"{DESPESA}/sequencialItem", "7")]),
    Caso(
        regra="I11",
        titulo="seis diárias num período de seis dias",
        tipo="internacao",
        exemplo={"guias": 1, "itens": 2},
        edicoes=[troca(f"{DIARIA}//quantidadeExecutada", "6")],
    ),
    Caso(
        regra="I19",
        titulo="o mesmo exame outra vez, sem hora",
        exemplo=UMA_GUIA,
        edicoes=[repete(ITEM), troca("procedimentoExecutado[2]/sequencialItem", "9")],
    ),
    Caso(
        regra="I19",
        titulo="os dois lados, com outro fator",
        exemplo=UMA_GUIA,
        edicoes=[*_DUAS_VEZES, troca("procedimentoExecutado[2]/reducaoAcrescimo", "0.50")],
    ),
    Caso(
        regra="I25",
        titulo="o cirurgião também é o anestesista",
        tipo="internacao",
        edicoes=[repete(EQUIPE), troca("procedimentoExecutado[1]/identEquipe[2]//grauPart", "06")],
    ),
    Caso(
        regra="I32",
        titulo="a tabela 00 tem despesas de todo tipo",
        edicoes=[troca(f"{DESPESA}//codigoTabela", "00"), troca(f"{DESPESA}/codigoDespesa", "05")],
    ),
    Caso(
        regra="I34",
        titulo="a OPME própria tem registro",
        edicoes=[*_OPME_PROPRIA, poe(f"{DESPESA}/servicosExecutados", "registroANVISA", "10000000001")],
    ),
    Caso(regra="I34", titulo="a OPME é da TUSS", edicoes=[troca(f"{DESPESA}/codigoDespesa", "08")]),
    Caso(regra="I35", titulo="a despesa é do item 1", edicoes=[poe(DESPESA, "itemVinculado", "1")]),
    Caso(
        regra="I38",
        titulo="três faces do dente",
        tipo="odonto",
        edicoes=[troca(f"{DENTE}/denteFace", "MOD")],
    ),
    Caso(
        regra="I40",
        titulo="a exodontia de decíduo foi num decíduo",
        tipo="odonto",
        edicoes=[troca(f"{DENTE}//codigoProcedimento", "83000089"), troca(f"{DENTE}//codDente", "75")],
        cadastro=tuss(t22_83000089=termo("Exodontia simples de decíduo")),
    ),
    Caso(
        regra="I40",
        titulo="o procedimento serve aos dois",
        tipo="odonto",
        edicoes=[troca(f"{DENTE}//codigoProcedimento", "83000089"), troca(f"{DENTE}//codDente", "36")],
        cadastro=tuss(t22_83000089=termo("Restauração de decíduo ou permanente")),
    ),
)
