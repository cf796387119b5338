"""Cases about prices: the file is left as it is, and what was agreed is another thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from convenios.precos.conhecidos import Acordo, Estante, LinhaDePreco, Precos, Tabela, Vinculo
from convenios.regras import Regras
from uploads.regras.precificacao import PrecosDoLote

from .apoio import CONVENIO, IGNORAVEL, Caso, com_regras, troca

INICIO = date(2025, 1, 1)
ITEM = "procedimentosExecutados/procedimentoExecutado[1]"
HONORARIO = "procedimentosRealizados/procedimentoRealizado[1]"
UMA_GUIA = {"guias": 1, "itens": 1}
CODIGO, DO_ARQUIVO = "40302040", "28.03"
"""What the example charges in its first line, and for how much."""


NO_BALCAO = {"coparticipacao_modelo": "prestador", "coparticipacao_procedimentos": Decimal(20)}
"""The prestador collects a fifth itself, and bills the rest."""


def contratado(
    codigos: dict[str, str] | None = None,
    *,
    tabela_tiss: str = "22",
    naturezas: Sequence[str] = ("procedimentos",),
    inicio: date = INICIO,
    fim: date | None = None,
    auxiliares: int | None = None,
    **regras: Any,
) -> dict[str, Any]:
    """A register in which those codes cost so much by a table that is linked to those kinds of items."""
    linhas = [
        ((1, tabela_tiss), codigo, LinhaDePreco(inicio=INICIO, valor=Decimal(valor), auxiliares=auxiliares))
        for codigo, valor in (codigos or {}).items()
    ]
    vinculos = tuple(Vinculo(tabela=1, natureza=natureza, inicio=inicio, fim=fim) for natureza in naturezas)
    precos = Precos(
        acordos={CONVENIO.id: Acordo(regras=Regras(**regras), vinculos=vinculos)},
        tabelas={1: Tabela(nome="Contrato de teste", de_portes=False, inicio=INICIO)},
        linhas=Estante(linhas),
    )
    return {"precos": PrecosDoLote(precos), **com_regras(**regras)}


def _caso(regra: str, titulo: str, cadastro: dict[str, Any], **mais: Any) -> Caso:
    return Caso(regra=regra, titulo=titulo, cadastro=cadastro, **{"exemplo": UMA_GUIA, **mais})


def _dispara(regra: str, titulo: str, cadastro: dict[str, Any], codigos: tuple[str, str], **mais: Any) -> Caso:
    return _caso(regra, titulo, cadastro, codigos=codigos, **{"onde": f"{ITEM}/valorUnitario", **mais})


_I16 = {"codigos": ("1714", "1705"), "severidade": IGNORAVEL}
_I17 = {"codigos": ("1715", "1706"), "severidade": IGNORAVEL}

DISPARAM = (
    _dispara(
        "I07",
        "o código não está na tabela que precifica procedimentos",
        contratado({"40302318": "10"}),
        ("1708", "3142"),
        onde=f"{ITEM}/procedimento/codigoProcedimento",
    ),
    _dispara("I16", "28,03 é mais que 28,00", contratado({CODIGO: "28.00"}), **_I16),
    _dispara(
        "I16", "acima da tolerância de 10 %", contratado({CODIGO: "25.00"}, tolerancia_de_preco=Decimal(10)), **_I16
    ),
    _dispara(
        "I16",
        "o prestador já cobrou 20 % no balcão, e o arquivo leva o valor inteiro",
        contratado({CODIGO: DO_ARQUIVO}, **NO_BALCAO),
        **_I16,
    ),
    _dispara(
        "I16",
        "a consulta passa da tabela de procedimentos",
        contratado({"10101012": "200.00"}),
        tipo="consulta",
        onde="guiaConsulta//valorProcedimento",
        **_I16,
    ),
    _dispara(
        "I16",
        "o procedimento odontológico, que não tem valor unitário",
        contratado({"85100196": "277.10"}),
        tipo="odonto",
        onde="guiaOdonto/procedimentosExecutados/valorProc",
        **_I16,
    ),
    _dispara("I17", "28,03 é menos que 28,05", contratado({CODIGO: "28.05"}), **_I17),
    _dispara(
        "I17",
        "o auxiliar cobra menos que a sua parte",
        contratado({"31003079": "100.00"}),
        tipo="honorarios",
        edicoes=[troca(f"{HONORARIO}//grauParticipacao", "01")],
        onde=f"{HONORARIO}/valorUnitario",
        **_I17,
    ),
    _dispara(
        "I43",
        "o convênio não deixa editar o valor de procedimento",
        contratado({CODIGO: "30.00"}, editar_valor_de_procedimento=False),
        ("5050", "3311"),
    ),
    _dispara(
        "I43",
        "o convênio não deixa editar o valor de OPME",
        contratado({"72323957": "37.00"}, tabela_tiss="19", naturezas=["opme"], editar_valor_de_opme=False),
        ("5050", "3311"),
        exemplo={"guias": 1, "itens": 5},
        edicoes=[troca("despesa[2]/codigoDespesa", "08")],
        onde="despesa[2]//valorUnitario",
        outras=frozenset({"S01", "S02"}),
    ),
)

CALAM = (
    _caso(
        "I16",
        "a GTO diz a parte do beneficiário na franquia, e leva o valor inteiro",
        contratado({"85100196": "277.12"}, **NO_BALCAO),
        tipo="odonto",
        exemplo=UMA_GUIA | {"maximo": True},
    ),
    _caso(
        "I16",
        "a parte do beneficiário é do total da linha da GTO, e não de cada um",
        contratado({"85100196": "10.03"}, **NO_BALCAO),
        tipo="odonto",
        edicoes=[troca("qtdProc", "30"), troca("valorProc", "240.72"), troca("valorTotalProc", "240.72")],
    ),
    _caso(
        "I17",
        "o arquivo leva o valor sem os 20 % que o prestador cobrou no balcão",
        contratado({CODIGO: "35.04"}, **NO_BALCAO),
    ),
    _caso("I07", "nenhuma tabela precifica procedimentos", contratado(naturezas=("taxas",))),
    _caso("I07", "a tabela ainda não valia no dia", contratado(inicio=date(2026, 1, 2))),
    _caso("I07", "a tabela já não valia no dia", contratado(fim=date(2025, 12, 31))),
    _caso("I07", "o código tem preço", contratado({CODIGO: DO_ARQUIVO})),
    _caso("I16", "o preço é o do contrato", contratado({CODIGO: DO_ARQUIVO})),
    _caso("I16", "dentro da tolerância de 10 %", contratado({CODIGO: "25.49"}, tolerancia_de_preco=Decimal(10))),
    _caso("I16", "um centavo, que a linha tolera", contratado({CODIGO: "28.02"})),
    _caso("I16", "o convênio não deixa editar", contratado({CODIGO: "20"}, editar_valor_de_procedimento=False)),
    _caso("I17", "o preço é o do contrato", contratado({CODIGO: DO_ARQUIVO})),
    _caso("I17", "dentro da tolerância de 10 %", contratado({CODIGO: "31.14"}, tolerancia_de_preco=Decimal(10))),
    _caso(
        "I17",
        "o valor é zero, e disso outra regra fala",
        contratado({CODIGO: "30"}),
        edicoes=[troca(f"{ITEM}/valorUnitario", "0")],
    ),
    _caso(
        "I17",
        "o auxiliar cobra a sua parte: 30 % de 93,43",
        contratado({"31003079": "93.43"}),
        tipo="honorarios",
        edicoes=[troca(f"{HONORARIO}//grauParticipacao", "01")],
    ),
    _caso(
        "I17",
        "o auxiliar cobra o valor inteiro, com o fator da sua parte",
        contratado({"31003079": DO_ARQUIVO}),
        tipo="honorarios",
        edicoes=[troca(f"{HONORARIO}//grauParticipacao", "01")],
    ),
    _caso(
        "I17",
        "a tabela não diz quanto cabe ao anestesista",
        contratado({"31003079": "100.00"}),
        tipo="honorarios",
        edicoes=[troca(f"{HONORARIO}//grauParticipacao", "06")],
    ),
    _caso("I43", "o convênio deixa editar", contratado({CODIGO: "30.00"})),
    _caso("I43", "só o de OPME é fixo", contratado({CODIGO: "30.00"}, editar_valor_de_opme=False)),
    _caso(
        "I43",
        "é o do contrato",
        contratado({CODIGO: DO_ARQUIVO}, editar_valor_de_procedimento=False),
    ),
)
