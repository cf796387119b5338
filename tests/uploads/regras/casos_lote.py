"""Cases about lot, guides and beneficiários."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

from lxml import etree

from uploads.regras.contexto import Ajuste, Cobertura

from .apoio import IGNORAVEL, Caso, no_em, renomeia, troca

CARTEIRA = "00090025012300"
ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
UM_BENEFICIARIO = {"carteiras": [CARTEIRA]}


def _com_uma_consulta_no_meio(raiz: etree._Element) -> None:
    renomeia("guiaSP-SADT[2]", "guiaConsulta")(raiz)


def _copiar_guia(raiz: etree._Element) -> None:
    guia = no_em(raiz, "guiaSP-SADT[1]")
    guia.addnext(deepcopy(guia))


DISPARAM = (
    Caso(
        regra="L01",
        titulo="o número do lote é um espaço",
        edicoes=[troca("numeroLote", " ")],
        onde="numeroLote",
        codigos=("5047", "5047"),
    ),
    Caso(
        regra="L02",
        titulo="o número do lote já foi usado",
        exemplo={"numero_lote": "412"},
        cadastro={"numeros_de_lote_usados": frozenset({"412"})},
        onde="numeroLote",
        codigos=("5053", "3268"),
    ),
    Caso(
        regra="L03",
        titulo="o número do lote tem letras",
        exemplo={"numero_lote": "JAN-26"},
        onde="numeroLote",
        codigos=("5007", "5007"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="L04",
        titulo="a operadora aceita 2 guias e vieram 3",
        exemplo={"guias": 3},
        cadastro={"parametros": {"maximo_de_guias": 2}},
        onde="guiasTISS",
        codigos=("5015", "5015"),
    ),
    Caso(
        regra="L04",
        titulo="vieram 101 guias",
        exemplo={"guias": 101, "itens": 1},
        onde="guiasTISS",
        codigos=("5015", "5015"),
        outras=frozenset({"F06"}),
    ),
    Caso(
        regra="L05",
        titulo="uma consulta entre guias de SP/SADT",
        edicoes=[_com_uma_consulta_no_meio],
        onde="guiasTISS",
        codigos=("1301", "1301"),
        outras=frozenset({"F06"}),
    ),
    Caso(
        regra="G01",
        titulo="a 2ª guia é de outra operadora",
        edicoes=[troca("guiaSP-SADT[2]//registroANS", "354317")],
        onde="guiaSP-SADT[2]//registroANS",
        codigos=("5027", "5027"),
    ),
    Caso(
        regra="G02",
        titulo="o número da guia é um espaço",
        edicoes=[troca("guiaSP-SADT[2]//numeroGuiaPrestador", " ")],
        onde="guiaSP-SADT[2]//numeroGuiaPrestador",
        codigos=("1307", "1307"),
    ),
    Caso(
        regra="G03",
        titulo="a mesma guia duas vezes",
        edicoes=[_copiar_guia],
        onde="guiaSP-SADT[2]//numeroGuiaPrestador",
        codigos=("1308", "1308"),
    ),
    Caso(
        regra="G04",
        titulo="a guia 2 já foi apresentada",
        cadastro={"numeros_de_guia_apresentados": frozenset({"2"})},
        onde="guiaSP-SADT[2]//numeroGuiaPrestador",
        codigos=("1308", "1308"),
    ),
    Caso(
        regra="G04",
        titulo="a operadora deixa ignorar a reapresentação",
        cadastro={
            "numeros_de_guia_apresentados": frozenset({"2"}),
            "ajustes": {"G04": Ajuste(severidade=IGNORAVEL)},
        },
        onde="guiaSP-SADT[2]//numeroGuiaPrestador",
        codigos=("1308", "1308"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="B01",
        titulo="a carteira não é de ninguém",
        exemplo={"guias": 1, "carteiras": ["999"]},
        cadastro={"beneficiarios": {}},
        onde="numeroCarteira",
        codigos=("1001", "1001"),
    ),
    Caso(
        regra="B02",
        titulo="a carteira perdeu os zeros à esquerda",
        exemplo={"guias": 1, "carteiras": ["90025012300"]},
        cadastro={"beneficiarios": {}, "parametros": {"tamanhos_da_carteira": (14,)}},
        onde="numeroCarteira",
        codigos=("1001", "1001"),
    ),
    Caso(
        regra="B03",
        titulo="o exame é de depois do desligamento",
        exemplo={"guias": 1, **UM_BENEFICIARIO},
        cadastro={"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), desligamento=date(2025, 12, 1))}},
        onde=f"{ITEM}/dataExecucao",
        codigos=("1006", "1006"),
    ),
    Caso(
        regra="B03",
        titulo="a internação começou depois do desligamento",
        tipo="internacao",
        exemplo={"guias": 1, **UM_BENEFICIARIO},
        cadastro={"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), desligamento=date(2025, 12, 1))}},
        onde="dataInicioFaturamento",
        codigos=("1006", "1006"),
    ),
    Caso(
        regra="B04",
        titulo="a consulta é de antes da inclusão",
        tipo="consulta",
        exemplo={"guias": 1, **UM_BENEFICIARIO},
        cadastro={"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2026, 3, 1))}},
        onde="dataAtendimento",
        codigos=("1005", "3308"),
    ),
)

CALAM = (
    Caso(regra="L01", titulo="o lote tem número"),
    Caso(regra="L02", titulo="só outro lote foi usado", cadastro={"numeros_de_lote_usados": frozenset({"412"})}),
    Caso(regra="L03", titulo="o número começa por zeros", exemplo={"numero_lote": "000412"}),
    Caso(regra="L04", titulo="o lote está no limite da operadora", cadastro={"parametros": {"maximo_de_guias": 2}}),
    Caso(regra="L05", titulo="todas as guias são do mesmo tipo"),
    Caso(regra="G01", titulo="todas são da operadora de destino"),
    Caso(regra="G02", titulo="o número tem letras", edicoes=[troca("guiaSP-SADT[2]//numeroGuiaPrestador", "A-2")]),
    Caso(
        regra="G03",
        titulo="os números só diferem nos zeros",
        edicoes=[troca("guiaSP-SADT[2]//numeroGuiaPrestador", "01")],
    ),
    Caso(
        regra="G04", titulo="só outra guia foi apresentada", cadastro={"numeros_de_guia_apresentados": frozenset({"3"})}
    ),
    Caso(regra="B01", titulo="a carteira é de um beneficiário"),
    Caso(
        regra="B01",
        titulo="a operadora ainda não cadastrou beneficiários",
        exemplo={"guias": 1, "carteiras": ["999"]},
        cadastro={"beneficiarios": {}, "confere_beneficiarios": False},
    ),
    Caso(
        regra="B02",
        titulo="o tamanho é um dos dois da operadora",
        exemplo={"guias": 1, **UM_BENEFICIARIO},
        cadastro={"parametros": {"tamanhos_da_carteira": (12, 14)}},
    ),
    Caso(
        regra="B03",
        titulo="a consulta foi no dia do desligamento",
        tipo="consulta",
        exemplo={"guias": 1, **UM_BENEFICIARIO},
        edicoes=[troca("dataAtendimento", "2025-12-01")],
        cadastro={"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), desligamento=date(2025, 12, 1))}},
    ),
    Caso(
        regra="B04",
        titulo="a consulta foi no dia da inclusão",
        tipo="consulta",
        exemplo={"guias": 1, **UM_BENEFICIARIO},
        edicoes=[troca("dataAtendimento", "2025-12-01")],
        cadastro={"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2025, 12, 1))}},
    ),
)
