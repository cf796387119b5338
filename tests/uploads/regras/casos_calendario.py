"""Cases about the operadora's calendar of delivery."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from convenios.calendario.janelas import Janela, Prazo

from .apoio import AGORA, IGNORAVEL, Caso, troca

ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado"
UMA_GUIA = {"guias": 1, "itens": 2}


def _janela(abre: datetime, fecha: datetime, competencia: date) -> Janela:
    return Janela(id=1, convenio=None, grupo="", competencia=competencia, abre=abre, fecha=fecha)


def _aberta(competencia: date) -> dict[str, Any]:
    um_dia = timedelta(days=1)
    return {"prazo": Prazo(agora=AGORA, aberta=_janela(AGORA - um_dia, AGORA + um_dia, competencia), proxima=None)}


def _fechada(proxima: Janela | None = None) -> dict[str, Any]:
    return {"prazo": Prazo(agora=AGORA, aberta=None, proxima=proxima)}


PROXIMA = _janela(AGORA + timedelta(days=20), AGORA + timedelta(days=30), date(2026, 2, 1))

DISPARAM = (
    Caso(
        regra="L07",
        titulo="a janela está fechada e há outra adiante",
        cadastro=_fechada(PROXIMA),
        onde="loteGuias",
        codigos=("3161", "3161"),
    ),
    Caso(
        regra="L07",
        titulo="a janela está fechada e nenhuma outra foi anunciada",
        cadastro=_fechada(),
        onde="loteGuias",
        codigos=("3161", "3161"),
    ),
    Caso(
        regra="D03",
        titulo="o exame é do mês seguinte ao da competência",
        exemplo=UMA_GUIA | {"data": date(2026, 1, 20)},
        cadastro=_aberta(date(2025, 12, 1)),
        onde=f"{ITEM}[1]/dataExecucao",
        codigos=("1701", "3214"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="D03",
        titulo="a internação acaba depois da competência",
        tipo="internacao",
        exemplo={"guias": 1, "data": date(2026, 1, 20)},
        cadastro=_aberta(date(2025, 12, 1)),
        onde="dataFinalFaturamento",
        codigos=("1701", "3214"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(regra="L07", titulo="a operadora não tem calendário", cadastro={"prazo": None}),
    Caso(regra="L07", titulo="a janela está aberta", cadastro=_aberta(date(2026, 1, 1))),
    Caso(regra="D03", titulo="a operadora não tem calendário", cadastro={"prazo": None}),
    Caso(regra="D03", titulo="de fora da janela fala outra regra", cadastro=_fechada(PROXIMA)),
    Caso(
        regra="D03",
        titulo="o exame é da competência, ou de antes",
        exemplo=UMA_GUIA | {"data": date(2026, 1, 20)},
        edicoes=[troca(f"{ITEM}[1]/dataExecucao", "2025-11-30")],
        cadastro=_aberta(date(2026, 1, 1)),
    ),
)
