"""Cases about what a convênio agreed of the whole file: who may bill what, when, and in which version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tiss_schemas.achados import Severidade
from uploads.regras.contexto import Cobertura, VersaoConhecida
from uploads.regras.planos import CoberturaDoCodigo, PlanoConhecido

from .apoio import CONTRATO, CONVENIO, Caso, com_regras, troca

CARTEIRA = "00090025012300"
NA_CARTEIRA = {"guias": 1, "carteiras": [CARTEIRA]}
ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
CODIGO = f"{ITEM}//codigoProcedimento"
PLANO = PlanoConhecido(id=7, codigo="ESS-01", nome="Plano Essencial", inicio=date(2000, 1, 1))
DUAS_CARTEIRAS = {"carteiras": [CARTEIRA, "00090025012400"]}


def _de(**mudancas: Any) -> dict[str, Any]:
    """A register in which the beneficiário of the file is as told."""
    return {"beneficiarios": {CARTEIRA: Cobertura(**({"inclusao": date(2015, 1, 1)} | mudancas))}}


def _no_plano(inclusao: date = date(2015, 1, 1), **mudancas: Any) -> dict[str, Any]:
    """A register in which the beneficiário of the file is insured by a plan as told."""
    return _de(inclusao=inclusao, plano=PLANO.id) | {"planos": {PLANO.id: replace(PLANO, **mudancas)}}


def _com_convenio(**mudancas: Any) -> dict[str, Any]:
    convenio = replace(CONVENIO, **mudancas)
    return {"convenios": {convenio.id: convenio}, "principal": convenio}


def _uma_de_particular() -> dict[str, Any]:
    particular = replace(CONVENIO, id=2, nome="Balcão", modo="particular")
    return {
        "convenios": {CONVENIO.id: CONVENIO, particular.id: particular},
        "beneficiarios": {
            CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), convenio=particular.id),
            DUAS_CARTEIRAS["carteiras"][1]: Cobertura(inclusao=date(2015, 1, 1), convenio=CONVENIO.id),
        },
    }


def _coberto(
    coberto: bool = True, carencia: int = 0, prefixo: str = "4030"
) -> dict[tuple[str, str], CoberturaDoCodigo]:
    return {("22", prefixo): CoberturaDoCodigo(coberto, carencia)}


def _versoes(*versoes: tuple[str, int | None, date, date | None]) -> dict[str, Any]:
    """A register that takes the versions of other transactions too, so that one of them is always known."""
    return {
        "versoes": tuple(
            VersaoConhecida(versao=versao, convenio=convenio, desde=desde, ate=ate)
            for versao, convenio, desde, ate in versoes
        )
    }


CEDO, NO_DIA, TARDE = date(2020, 1, 1), date(2026, 1, 15), date(2026, 1, 16)
"""The transaction of the examples is of the day in the middle."""

DISPARAM = (
    Caso(
        regra="C10",
        titulo="todas as guias são de um convênio particular",
        cadastro=_com_convenio(modo="particular"),
        onde="guiasTISS",
        codigos=("1304", "1304"),
    ),
    Caso(
        regra="C10",
        titulo="o convênio é só para solicitação",
        exemplo={"guias": 1},
        cadastro=com_regras(apenas_solicitacao=True),
        onde="guiaSP-SADT[1]//numeroCarteira",
        codigos=("1304", "1304"),
    ),
    Caso(
        regra="C10",
        titulo="uma das guias é de um convênio particular",
        exemplo=DUAS_CARTEIRAS | {"primeiro_numero_guia": 2},
        cadastro=_uma_de_particular(),
        onde="guiaSP-SADT[1]//numeroCarteira",
        codigos=("1304", "1304"),
    ),
    Caso(
        regra="C11",
        titulo="a consulta é de depois do vencimento do convênio",
        tipo="consulta",
        exemplo={"guias": 1},
        edicoes=[troca("dataAtendimento", "2026-01-02")],
        cadastro=_com_convenio(vencimento=date(2026, 1, 1)),
        onde="dataAtendimento",
        codigos=("1212", "3278"),
    ),
    Caso(
        regra="C11",
        titulo="um item da guia é de antes do convênio",
        exemplo={"guias": 1, "itens": 4},
        edicoes=[troca("procedimentoExecutado[2]/dataExecucao", "2025-10-31")],
        cadastro=_com_convenio(inicio=date(2025, 11, 1)),
        onde="procedimentoExecutado[2]/dataExecucao",
        codigos=("1212", "3278"),
    ),
    Caso(
        regra="C11",
        titulo="o convênio está inativo",
        exemplo={"guias": 1},
        cadastro=_com_convenio(ativo=False),
        onde="numeroCarteira",
        codigos=("1212", "3278"),
    ),
    Caso(
        regra="L06",
        titulo="o contrato não tem guia de SP/SADT",
        cadastro={"credenciamento": replace(CONTRATO, tipos_de_guia=("guiaConsulta",))},
        onde="guiaSP-SADT[1]",
        codigos=("1304", "1304"),
    ),
    Caso(
        regra="L04",
        titulo="o convênio aceita 2 guias e vieram 3",
        exemplo={"guias": 3},
        cadastro=com_regras(qtd_guia_lote=2),
        onde="guiasTISS",
        codigos=("5015", "5015"),
    ),
    Caso(
        regra="L04",
        titulo="500 no cadastro valem os 100 do padrão",
        exemplo={"guias": 101, "itens": 1},
        cadastro=com_regras(qtd_guia_lote=500),
        onde="guiasTISS",
        codigos=("5015", "5015"),
        outras=frozenset({"F06"}),
    ),
    Caso(
        regra="M17",
        titulo="a versão padrão é outra",
        cadastro=com_regras(versao_padrao="4.01.00"),
        onde="Padrao",
        codigos=("5028", "5028"),
        severidade=Severidade.INFORMATIVA,
    ),
    Caso(
        regra="M05",
        titulo="a versão deixou de ser aceita na véspera da transação",
        cadastro=_versoes(
            ("4.02.00", None, CEDO, date(2026, 1, 14)),
            ("4.03.00", None, TARDE, None),
        ),
        onde="Padrao",
        codigos=("5028", "5028"),
    ),
    Caso(
        regra="M05",
        titulo="o convênio ainda não aceita a versão que a operadora aceita",
        cadastro=_versoes(
            ("4.02.00", None, CEDO, None),
            ("4.03.00", None, CEDO, None),
            ("4.02.00", CONVENIO.id, TARDE, None),
            ("4.03.00", CONVENIO.id, TARDE, None),
        ),
        onde="Padrao",
        codigos=("5028", "5028"),
    ),
    Caso(
        regra="G01",
        titulo="o convênio pede o registro da unidade de destino",
        exemplo={"guias": 1},
        cadastro=_com_convenio(destino="354317"),
        onde="guiaSP-SADT[1]//registroANS",
        codigos=("5027", "5027"),
    ),
)

CALAM = (
    Caso(regra="C10", titulo="o convênio é faturado"),
    Caso(regra="C11", titulo="o convênio vence no dia do atendimento", tipo="consulta"),
    Caso(
        regra="C11",
        titulo="a internação começou antes do fim do convênio",
        tipo="internacao",
        exemplo={"guias": 1},
        edicoes=[troca("dataInicioFaturamento", "2025-12-30")],
        cadastro=_com_convenio(vencimento=date(2025, 12, 31)),
    ),
    Caso(
        regra="L06",
        titulo="o contrato tem guia de SP/SADT",
        cadastro={"credenciamento": replace(CONTRATO, tipos_de_guia=("guiaConsulta", "guiaSP-SADT"))},
    ),
    Caso(
        regra="L04",
        titulo="a operadora aceita menos, e vale o dela",
        cadastro=com_regras(qtd_guia_lote=90) | {"parametros": {"maximo_de_guias": 2}},
    ),
    Caso(regra="M17", titulo="o convênio não tem versão padrão"),
    Caso(
        regra="M05",
        titulo="a versão é aceita até o dia da transação",
        cadastro=_versoes(("4.02.00", None, CEDO, NO_DIA), ("4.03.00", None, NO_DIA, None)),
    ),
    Caso(
        regra="M05",
        titulo="as datas são de outro convênio e de outra versão",
        cadastro=_versoes(
            ("4.02.00", 99, TARDE, None),
            ("4.03.00", 99, TARDE, None),
            ("4.01.00", None, CEDO, None),
        ),
    ),
    Caso(
        regra="M05",
        titulo="o convênio aceita a versão que a operadora já não aceita",
        cadastro=_versoes(
            *((versao, None, CEDO, CEDO) for versao in ("4.02.00", "4.03.00")),
            *((versao, CONVENIO.id, CEDO, NO_DIA) for versao in ("4.02.00", "4.03.00")),
        ),
    ),
    Caso(regra="G01", titulo="o destino do convênio é a própria operadora", cadastro=_com_convenio(destino="331988")),
)
