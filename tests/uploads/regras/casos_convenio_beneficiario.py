"""Cases about the beneficiário and the plan: card, suspension, what is covered and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from uploads.regras.contexto import Cobertura, VersaoConhecida
from uploads.regras.planos import CoberturaDoCodigo, PlanoConhecido

from .apoio import CONVENIO, IGNORAVEL, Caso, com_regras, troca

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
        regra="C21",
        titulo="o plano acabou antes do exame",
        exemplo=NA_CARTEIRA,
        cadastro=_no_plano(fim=date(2025, 11, 30)),
        onde=f"{ITEM}/dataExecucao",
        codigos=("1024", "1024"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="B02",
        titulo="a carteira é só de zeros, e o convênio a exige",
        exemplo={"guias": 1, "carteiras": ["00000000"]},
        cadastro=com_regras(exigir_numero_da_carteira=True) | {"beneficiarios": {}},
        onde="numeroCarteira",
        codigos=("1001", "1001"),
    ),
    Caso(
        regra="B02",
        titulo="a carteira diz que não há",
        exemplo={"guias": 1, "carteiras": ["SEM CARTEIRA"]},
        cadastro=com_regras(exigir_numero_da_carteira=True) | {"beneficiarios": {}},
        onde="numeroCarteira",
        codigos=("1001", "1001"),
    ),
    Caso(
        regra="B02",
        titulo="o convênio diz o tamanho, e não a operadora",
        exemplo={"guias": 1, "carteiras": ["90025012300"]},
        cadastro=com_regras(digitos_da_matricula=14)
        | {"beneficiarios": {}, "parametros": {"tamanhos_da_carteira": (11,)}},
        onde="numeroCarteira",
        codigos=("1001", "1001"),
    ),
    Caso(
        regra="B05",
        titulo="o exame é do dia da suspensão",
        exemplo=NA_CARTEIRA,
        edicoes=[troca(f"{ITEM}/dataExecucao", "2025-12-01")],
        cadastro=_de(suspenso_desde=date(2025, 12, 1)),
        onde="numeroCarteira",
        codigos=("1016", "1016"),
    ),
    Caso(
        regra="B06",
        titulo="o exame é de depois do atraso",
        exemplo=NA_CARTEIRA,
        cadastro=_de(inadimplente_desde=date(2025, 12, 1)),
        onde="numeroCarteira",
        codigos=("1009", "1009"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="B07",
        titulo="a carteira venceu antes do exame",
        exemplo=NA_CARTEIRA,
        cadastro=_de(validade_carteira=date(2025, 12, 1)) | com_regras(exige_validade_da_carteira=True),
        onde="numeroCarteira",
        codigos=("1017", "1017"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="B08",
        titulo="o plano informado não é o do beneficiário",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("planoBeneficiario", "Plano Ouro")],
        cadastro=_no_plano(segmentacoes=frozenset({"odontologico"})),
        onde="planoBeneficiario",
        codigos=("1024", "1024"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="B08",
        titulo="o plano informado não é de nenhum da operadora",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("planoBeneficiario", "Plano Ouro")],
        cadastro={"planos_da_operadora": (PLANO,)},
        onde="planoBeneficiario",
        codigos=("1024", "1024"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="B09",
        titulo="o exame é do último dia da carência",
        exemplo=NA_CARTEIRA,
        edicoes=[troca(f"{ITEM}/dataExecucao", "2026-01-09")],
        cadastro=_no_plano(inclusao=date(2025, 12, 11), coberturas=_coberto(carencia=30)),
        onde=CODIGO,
        codigos=("1007", "3171"),
    ),
    Caso(
        regra="B09",
        titulo="o prefixo mais longo é o que tem carência",
        exemplo=NA_CARTEIRA,
        edicoes=[troca(f"{ITEM}/dataExecucao", "2026-01-09")],
        cadastro=_no_plano(
            inclusao=date(2025, 12, 11), coberturas=_coberto(carencia=300, prefixo="403020") | _coberto(prefixo="")
        ),
        onde=CODIGO,
        codigos=("1007", "3171"),
    ),
    Caso(
        regra="B10",
        titulo="internação em plano ambulatorial",
        tipo="internacao",
        exemplo=NA_CARTEIRA,
        cadastro=_no_plano(segmentacoes=frozenset({"ambulatorial"})),
        onde="numeroCarteira",
        codigos=("3097", "3097"),
    ),
    Caso(
        regra="B10",
        titulo="parto em plano sem obstetrícia",
        tipo="internacao",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("tipoInternacao", "3")],
        cadastro=_no_plano(segmentacoes=frozenset({"ambulatorial", "hospitalar"})),
        onde="numeroCarteira",
        codigos=("3097", "3097"),
    ),
    Caso(
        regra="B11",
        titulo="odontologia em plano médico",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("planoBeneficiario", "Plano Essencial")],
        cadastro=_no_plano(segmentacoes=frozenset({"ambulatorial"})),
        onde="numeroCarteira",
        codigos=("1025", "1025"),
    ),
    Caso(
        regra="I28",
        titulo="o plano não cobre os códigos que começam assim",
        exemplo=NA_CARTEIRA,
        cadastro=_no_plano(coberturas=_coberto(False)),
        onde=CODIGO,
        codigos=("1420", "3287"),
    ),
)

CALAM = (
    Caso(regra="C21", titulo="o plano está em vigor", exemplo=NA_CARTEIRA, cadastro=_no_plano(fim=date(2026, 1, 15))),
    Caso(
        regra="B02",
        titulo="a carteira tem um dígito que não é zero",
        exemplo={"guias": 1, "carteiras": ["00000010"]},
        cadastro=com_regras(exigir_numero_da_carteira=True) | {"beneficiarios": {}, "confere_beneficiarios": False},
    ),
    Caso(
        regra="B02",
        titulo="o convênio não exige a carteira",
        exemplo={"guias": 1, "carteiras": ["00000000"]},
        cadastro={"beneficiarios": {}, "confere_beneficiarios": False},
    ),
    Caso(
        regra="B05",
        titulo="a suspensão é de depois",
        exemplo=NA_CARTEIRA,
        cadastro=_de(suspenso_desde=date(2026, 1, 15)),
    ),
    Caso(
        regra="B05",
        titulo="a internação começou antes da suspensão",
        tipo="internacao",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("dataInicioFaturamento", "2025-11-30")],
        cadastro=_de(suspenso_desde=date(2025, 12, 1)),
    ),
    Caso(
        regra="B06",
        titulo="o atraso é de depois",
        exemplo=NA_CARTEIRA,
        cadastro=_de(inadimplente_desde=date(2026, 1, 15)),
    ),
    Caso(
        regra="B07",
        titulo="o convênio não confere a validade",
        exemplo=NA_CARTEIRA,
        cadastro=_de(validade_carteira=date(2025, 12, 1)),
    ),
    Caso(
        regra="B07",
        titulo="a carteira vale até o dia",
        exemplo=NA_CARTEIRA | {"itens": 1},
        edicoes=[troca(f"{ITEM}/dataExecucao", "2025-12-01")],
        cadastro=_de(validade_carteira=date(2025, 12, 1)) | com_regras(exige_validade_da_carteira=True),
    ),
    Caso(
        regra="B08",
        titulo="o plano é informado pelo código",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("planoBeneficiario", "ess-01")],
        cadastro=_no_plano(),
    ),
    Caso(
        regra="B08",
        titulo="o plano é informado com mais palavras",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("planoBeneficiario", "PLANO ESSENCIAL NACIONAL")],
        cadastro=_no_plano(),
    ),
    Caso(
        regra="B09",
        titulo="o exame é do dia seguinte à carência",
        exemplo=NA_CARTEIRA,
        edicoes=[troca(f"{ITEM}/dataExecucao", "2026-01-10")],
        cadastro=_no_plano(inclusao=date(2025, 12, 11), coberturas=_coberto(carencia=30)),
    ),
    Caso(
        regra="B09",
        titulo="a urgência espera só um dia",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("caraterAtendimento", "2"), troca(f"{ITEM}/dataExecucao", "2025-12-12")],
        cadastro=_no_plano(inclusao=date(2025, 12, 11), coberturas=_coberto(carencia=180)),
    ),
    Caso(
        regra="B10",
        titulo="o plano tem obstetrícia",
        tipo="internacao",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("tipoInternacao", "3")],
        cadastro=_no_plano(segmentacoes=frozenset({"obstetricia"})),
    ),
    Caso(
        regra="B10",
        titulo="urgência em plano hospitalar",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("caraterAtendimento", "2")],
        cadastro=_no_plano(segmentacoes=frozenset({"hospitalar"})),
    ),
    Caso(
        regra="B11",
        titulo="o plano é odontológico",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        cadastro=_no_plano(segmentacoes=frozenset({"odontologico"})),
    ),
    Caso(
        regra="I28",
        titulo="o prefixo mais longo cobre",
        exemplo=NA_CARTEIRA,
        cadastro=_no_plano(coberturas=_coberto(False) | _coberto(True, prefixo="40302040")),
    ),
)
