"""One lot with one thing wrong for each criterion, and the same lot with that thing in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from convenios.exigencias.regras import AutorizacaoConhecida, Autorizacoes
from demonstrativos.analise.criterios import Caso
from demonstrativos.analise.criterios.caso import Anterior, Ignorada
from tests.uploads.regras.apoio import (
    CONTRATO,
    Cobertura,
    Edicao,
    cadastro_de,
    com_regras,
    editado,
    repete,
    retira,
    troca,
)
from tests.uploads.regras.casos_calendario import _aberta as aberta
from tests.uploads.regras.casos_calendario import _fechada as fechada
from tests.uploads.regras.casos_convenio_guia import _consultas as consultas
from tests.uploads.regras.casos_exigencias import exige
from tests.uploads.regras.casos_precos import contratado
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.regras.planos import CoberturaDoCodigo, PlanoConhecido

CARTEIRA, CODIGO, DIA = "00000000000000100", "40302040", date(2026, 1, 1)
ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
PLANO = PlanoConhecido(id=7, codigo="ESS", nome="Plano Essencial", inicio=date(2000, 1, 1))
FEITO = (CARTEIRA, "22", CODIGO, DIA)

Achado = tuple[int | None, int | None]
"""Place of the guide in the lot and of the line in the guide, from 1; None: the whole of it."""


@dataclass(frozen=True, kw_only=True)
class Situacao:
    """What is wrong (`cadastro`, `edicoes`, `mais`) and what is found; `certo` is what differs where nothing is."""

    criterio: str
    acha: tuple[Achado, ...]
    certo: dict[str, Any]
    tipo: str = "sadt"
    exemplo: dict[str, Any] = field(default_factory=dict)
    edicoes: Sequence[Edicao] = ()
    cadastro: dict[str, Any] = field(default_factory=dict)
    mais: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.criterio

    @property
    def em_ordem(self) -> Situacao:
        """The other half of the pair."""
        return replace(self, **self.certo)

    def caso(self, versao: str = "4.03.00") -> Caso:
        """The lot before the criteria."""
        return caso_de(
            editado(lote_exemplo(self.tipo, versao, **({"guias": 1} | self.exemplo)), self.edicoes),
            self.cadastro,
            **self.mais,
        )


def caso_de(conteudo: bytes, cadastro: dict[str, Any] | None = None, **mais: Any) -> Caso:
    """A message beside a register in which everything is in order but `cadastro`."""
    documento = ler(conteudo)
    lote = ler_lote(documento)
    assert lote is not None
    return Caso(lote=lote, documento=documento, contexto=cadastro_de(lote, **(cadastro or {})), **mais)


def de_quem(inclusao: date = date(2015, 1, 1), **pessoa: Any) -> dict[str, Any]:
    """A register whose only beneficiário is that one."""
    return {"beneficiarios": {CARTEIRA: Cobertura(inclusao=inclusao, **pessoa)}}


def no_plano(inclusao: date = date(2015, 1, 1), **plano: Any) -> dict[str, Any]:
    """A register whose only beneficiário has such a plan."""
    return de_quem(inclusao, plano=PLANO.id) | {"planos": {PLANO.id: replace(PLANO, **plano)}}


def autorizou(quantidade: str = "99", codigo: str = CODIGO, **mais: Any) -> dict[str, Any]:
    """A register with one authorisation, for the example's senha."""
    opcoes: dict[str, Any] = {
        "id": 1,
        "senha": "S0000001",
        "numero_carteira": CARTEIRA,
        "emitida_em": date(2025, 12, 1),
        "itens": {("22", codigo): Decimal(quantidade)},
    }
    return {"autorizacoes": Autorizacoes([AutorizacaoConhecida(**opcoes | mais)], desde=date(2025, 1, 1))}


def _contrato(**mais: Any) -> dict[str, Any]:
    return {"credenciamento": replace(CONTRATO, **mais)}


UM_ITEM = {"itens": 1}
A_GUIA, O_ITEM = ((1, None),), ((1, 1),)
DOIS = (((1, 1)), ((1, 2)))
EM_ORDEM: dict[str, Any] = {"cadastro": {}}
_HORARIO = [
    lambda raiz: [
        _depois(no, "horaFinal", "09:00:00") or _depois(no, "horaInicial", "08:00:00")
        for no in raiz.iter("{*}dataExecucao")
    ]
]


def _depois(no: Any, nome: str, texto: str) -> None:
    novo = no.makeelement(no.tag.replace("dataExecucao", nome))
    novo.text = texto
    no.addnext(novo)


SITUACOES: tuple[Situacao, ...] = (
    Situacao(
        criterio="guia_ja_apresentada",
        acha=A_GUIA,
        mais={"apresentadas": {"1": Anterior(protocolo=77, guia="1")}},
        certo={"mais": {"apresentadas": {"2": Anterior(protocolo=77, guia="2")}}},
    ),
    Situacao(
        criterio="fora_do_contrato",
        acha=A_GUIA,
        cadastro=_contrato(fim=date(2025, 12, 31)),
        certo={"cadastro": _contrato(fim=date(2026, 12, 31))},
    ),
    Situacao(criterio="fora_do_prazo", acha=A_GUIA, cadastro=fechada(), certo={"cadastro": aberta(date(2026, 1, 1))}),
    Situacao(criterio="carteira_desconhecida", acha=A_GUIA, cadastro={"beneficiarios": {}}, certo=EM_ORDEM),
    Situacao(
        criterio="sem_odontologia",
        tipo="odonto",
        acha=A_GUIA,
        cadastro=no_plano(segmentacoes=frozenset({"ambulatorial"})),
        certo={"cadastro": no_plano(segmentacoes=frozenset({"odontologico"}))},
    ),
    Situacao(
        criterio="fora_da_segmentacao",
        tipo="internacao",
        acha=A_GUIA,
        cadastro=no_plano(segmentacoes=frozenset({"ambulatorial"})),
        certo={"cadastro": no_plano(segmentacoes=frozenset({"hospitalar", "obstetricia"}))},
    ),
    Situacao(
        criterio="plano_fora_da_vigencia",
        acha=A_GUIA,
        cadastro=no_plano(fim=date(2025, 11, 30)),
        certo={"cadastro": no_plano(fim=date(2026, 11, 30))},
    ),
    Situacao(
        criterio="depois_do_desligamento",
        acha=DOIS,
        cadastro=de_quem(desligamento=date(2025, 12, 31)),
        certo={"cadastro": de_quem(desligamento=DIA)},
    ),
    Situacao(
        criterio="antes_da_inclusao",
        acha=DOIS,
        cadastro=de_quem(inclusao=date(2026, 1, 2)),
        certo={"cadastro": de_quem(inclusao=DIA)},
    ),
    Situacao(
        criterio="beneficiario_suspenso",
        acha=DOIS,
        cadastro=de_quem(suspenso_desde=DIA),
        certo={"cadastro": de_quem(suspenso_desde=date(2026, 1, 2))},
    ),
    Situacao(
        criterio="em_carencia",
        acha=O_ITEM,
        cadastro=no_plano(date(2025, 12, 11), coberturas={("22", "4030"): CoberturaDoCodigo(carencia_dias=30)}),
        certo={
            "cadastro": no_plano(date(2025, 12, 11), coberturas={("22", "4030"): CoberturaDoCodigo(carencia_dias=9)})
        },
    ),
    Situacao(
        criterio="nao_coberto",
        acha=O_ITEM,
        cadastro=no_plano(coberturas={("22", "4030"): CoberturaDoCodigo(coberto=False)}),
        certo={"cadastro": no_plano(coberturas={("22", "4031"): CoberturaDoCodigo(coberto=False)})},
    ),
    Situacao(
        criterio="pagamento_em_aberto",
        acha=DOIS,
        cadastro=de_quem(inadimplente_desde=DIA),
        certo={"cadastro": de_quem(inadimplente_desde=date(2026, 1, 2))},
    ),
    Situacao(
        criterio="carteira_vencida",
        acha=A_GUIA,
        cadastro=de_quem(validade_carteira=date(2025, 12, 31)) | com_regras(exige_validade_da_carteira=True),
        certo={"cadastro": de_quem(validade_carteira=DIA) | com_regras(exige_validade_da_carteira=True)},
    ),
    Situacao(
        criterio="senha_ausente",
        acha=A_GUIA,
        edicoes=[retira("guiaSP-SADT[1]//dadosAutorizacao")],
        cadastro=com_regras(exige_senha=True),
        certo={"edicoes": ()},
    ),
    Situacao(
        criterio="senha_nao_liberada",
        acha=A_GUIA,
        cadastro={"autorizacoes": Autorizacoes(desde=date(2025, 1, 1))},
        certo={"cadastro": autorizou()},
    ),
    Situacao(
        criterio="autorizacao_cancelada",
        acha=A_GUIA,
        cadastro=autorizou(cancelada_em=date(2025, 12, 2)),
        certo={"cadastro": autorizou()},
    ),
    Situacao(
        criterio="autorizacao_vencida",
        acha=A_GUIA,
        cadastro=autorizou(valida_ate=date(2025, 12, 31)),
        certo={"cadastro": autorizou(valida_ate=DIA)},
    ),
    Situacao(
        criterio="sem_autorizacao_previa",
        acha=O_ITEM,
        edicoes=[retira("guiaSP-SADT[1]//dadosAutorizacao")],
        cadastro=exige(prefixo="4030", exige_autorizacao=True),
        certo={"edicoes": ()},
    ),
    Situacao(
        criterio="codigo_nao_autorizado",
        acha=O_ITEM,
        cadastro=autorizou(codigo="40301630"),
        certo={"cadastro": autorizou()},
    ),
    Situacao(
        criterio="acima_do_autorizado",
        acha=O_ITEM,
        cadastro=autorizou("3"),
        mais={"gastos": {"S0000001": {("22", CODIGO): Decimal(2)}}},
        certo={"mais": {"gastos": {"S0000001": {("22", CODIGO): Decimal(1)}}}},
    ),
    Situacao(
        criterio="tabela_fora_do_contrato",
        acha=O_ITEM,
        cadastro={"parametros": {"tabelas_aceitas": ("20",)}},
        certo={"cadastro": {"parametros": {"tabelas_aceitas": ("20", "22")}}},
    ),
    Situacao(
        criterio="nao_contratado",
        acha=O_ITEM,
        cadastro=contratado({"40301630": "10.00"}),
        certo={"cadastro": contratado({CODIGO: "28.03"})},
    ),
    Situacao(
        criterio="duplicado_na_guia",
        acha=((1, 2),),
        exemplo=UM_ITEM,
        edicoes=[*_HORARIO, repete(ITEM)],
        certo={"edicoes": [repete(ITEM)]},
    ),
    Situacao(
        criterio="duplicado_em_outra_guia",
        acha=O_ITEM,
        mais={"feitos": {FEITO: Anterior(protocolo=77, guia="9")}},
        certo={"mais": {"feitos": {FEITO: Anterior(protocolo=77, guia="9", do_mesmo=False)}}},
    ),
    Situacao(
        criterio="cobrado_por_outro_prestador",
        acha=O_ITEM,
        mais={"feitos": {FEITO: Anterior(protocolo=77, guia="9", do_mesmo=False)}},
        certo={"mais": {"feitos": {FEITO: Anterior(protocolo=77, guia="9")}}},
    ),
    Situacao(
        criterio="consulta_de_retorno",
        tipo="consulta",
        acha=((2, 1),),
        exemplo={"guias": 2, "carteiras": [CARTEIRA]},
        edicoes=consultas("2025-12-11", "2026-01-10"),
        cadastro=com_regras(dias_retorno_eletivo=30),
        certo={"edicoes": consultas("2025-12-10", "2026-01-10")},
    ),
    Situacao(
        criterio="antes_do_intervalo",
        acha=O_ITEM,
        cadastro=exige(prefixo=CODIGO, intervalo_minimo_dias=30)
        | {"feitos": {(CARTEIRA, "22", CODIGO): (date(2025, 12, 15),)}},
        certo={
            # Done later: it is that one which comes too soon.
            "cadastro": exige(prefixo=CODIGO, intervalo_minimo_dias=30)
            | {"feitos": {(CARTEIRA, "22", CODIGO): (date(2026, 1, 15),)}}
        },
    ),
    Situacao(
        criterio="acima_do_maximo",
        acha=O_ITEM,
        cadastro=exige(prefixo=CODIGO, quantidade_maxima_por_dia=1),
        certo={"cadastro": exige(prefixo=CODIGO, quantidade_maxima_por_dia=2)},
    ),
    Situacao(
        criterio="preco_acima",
        acha=O_ITEM,
        cadastro=contratado({CODIGO: "20.00"}),
        certo={"cadastro": contratado({CODIGO: "30.00"})},
    ),
    Situacao(
        criterio="pacote_e_avulsos",
        acha=((1, 2),),
        edicoes=[troca(f"{ITEM}//codigoTabela", "98")],
        certo={"edicoes": ()},
    ),
    Situacao(
        criterio="total_acima_dos_itens",
        acha=A_GUIA,
        edicoes=[troca("valorTotal/valorTotalGeral", "9999.00")],
        certo={"edicoes": [troca("valorTotal/valorTotalGeral", "1.00")]},
    ),
    Situacao(
        criterio="regra_observada",
        acha=O_ITEM,
        cadastro=exige(prefixo=CODIGO, sexo="3") | de_quem(sexo="1"),
        mais={"observadas": frozenset({"I21"})},
        certo={"mais": {}},
    ),
    Situacao(
        criterio="critica_ignorada",
        acha=A_GUIA,
        mais={
            "ignoradas": (
                Ignorada(
                    regra="P05",
                    codigo="1202",
                    caminho="/",
                    guia="1",
                    mensagem="O CNES é 123.",
                    justificativa="A unidade é nova.",
                ),
            )
        },
        certo={"mais": {}},
    ),
)
"""A pair for each criterion."""
