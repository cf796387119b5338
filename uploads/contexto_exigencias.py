"""Loading what the operadora demands of the codes that a file mentions, and the authorisations that it names.

One query for what is demanded, three for what was authorised and, only where something has a minimum interval, three
for what was billed before: however long the file. A prestador reads only the authorisations given to it, so those of
others are as unknown to its verdict as those that nobody gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from convenios.exigencias.models import (
    Autorizacao,
    ConferenciaDeAutorizacoes,
    ExigenciaDoProcedimento,
    ItemAutorizado,
)
from convenios.exigencias.regras import (
    AutorizacaoConhecida,
    Autorizacoes,
    Chave,
    Exigencia,
    Exigencias,
    prefixos_de,
)
from lotes.models import Guia, Item
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.contexto_convenio import que_cobram
from uploads.regras.contexto import Contexto, Repeticao
from uploads.regras.intervalos import com_intervalo_minimo

_CAMPOS: Final = tuple(campo.name for campo in fields(Exigencia))
_DA_AUTORIZACAO: Final = tuple(campo.name for campo in fields(AutorizacaoConhecida) if campo.name != "itens")


def com_exigencias(contexto: Contexto, lote: LoteLido | None, prestador_id: int, operadora_id: int) -> Contexto:
    """The context with what the operadora demands and authorised of what the lot mentions."""
    guias = [] if lote is None else lote.guias
    contexto = replace(
        contexto,
        exigencias=_exigencias(guias, operadora_id),
        autorizacoes=_autorizacoes(guias, prestador_id, operadora_id),
    )
    janelas = {} if lote is None else com_intervalo_minimo(lote, contexto)
    if not janelas:
        return contexto
    numeros = {guia.numero_prestador for guia in guias if guia.numero_prestador}
    return replace(contexto, feitos=_feitos(janelas, numeros, prestador_id, operadora_id))


def _exigencias(guias: Iterable[GuiaLida], operadora_id: int) -> Exigencias:
    codigos = {(tabela, codigo) for guia in guias for tabela, codigo, _, _ in guia.codigos if tabela and codigo}
    tabelas = {tabela for tabela, _ in codigos}
    prefixos = {prefixo for _, codigo in codigos for prefixo in prefixos_de(codigo)}
    linhas = ExigenciaDoProcedimento.objects.filter(
        operadora=operadora_id, tabela__in=sorted(tabelas), prefixo__in=sorted(prefixos)
    ).order_by()
    nomes = ["convenio_id" if nome == "convenio" else nome for nome in _CAMPOS]
    return Exigencias(_exigencia(linha) for linha in linhas.values_list(*nomes))


def _exigencia(valores: tuple[Any, ...]) -> Exigencia:
    campos = dict(zip(_CAMPOS, valores, strict=True))
    return Exigencia(**{**campos, "graus": tuple(campos["graus"]), "cbos": tuple(campos["cbos"])})


def _autorizacoes(guias: Iterable[GuiaLida], prestador_id: int, operadora_id: int) -> Autorizacoes:
    senhas = {guia.senha for guia in guias if guia.senha}
    numeros = {guia.numero_operadora for guia in guias if guia.numero_operadora}
    conferencia = ConferenciaDeAutorizacoes.objects.filter(operadora=operadora_id).first()
    linhas = list(
        Autorizacao.objects.filter(prestador=prestador_id, operadora=operadora_id)
        .filter(Q(senha__in=sorted(senhas)) | Q(numero_guia_operadora__in=sorted(numeros)))
        .values_list(*_DA_AUTORIZACAO)
    )
    itens = _itens_de([linha[0] for linha in linhas])
    conhecidas = [
        AutorizacaoConhecida(**dict(zip(_DA_AUTORIZACAO, linha, strict=True)), itens=itens[linha[0]])
        for linha in linhas
    ]
    return Autorizacoes(conhecidas, desde=conferencia.desde if conferencia else None)


def _itens_de(autorizacoes: list[int]) -> dict[int, dict[Chave, Decimal]]:
    """How much of each table and code was authorised, by authorisation."""
    itens: dict[int, dict[Chave, Decimal]] = defaultdict(dict)
    linhas = ItemAutorizado.objects.filter(autorizacao__in=autorizacoes)
    for autorizacao, tabela, codigo, quantidade in linhas.values_list(
        "autorizacao_id", "tabela", "codigo", "quantidade"
    ):
        itens[autorizacao][tabela, codigo] = quantidade
    return itens


def _feitos(
    janelas: Mapping[Repeticao, tuple[date, date]], numeros: Iterable[str], prestador_id: int, operadora_id: int
) -> dict[Repeticao, tuple[date, ...]]:
    """When the prestador billed the same before or after, within the windows. Guides presented again do not count, as
    another rule speaks of them; nor do lots that bill nothing."""
    guias = _guias_de(sorted({carteira for carteira, _, _ in janelas}), sorted(numeros), prestador_id, operadora_id)
    itens = Item.objects.filter(
        guia__in=list(guias),
        codigo__in=sorted({codigo for _, _, codigo in janelas}),
        data__range=(min(de for de, _ in janelas.values()), max(ate for _, ate in janelas.values())),
    )
    feitos: dict[Repeticao, set[date]] = defaultdict(set)
    for guia, tabela, codigo, dia in itens.values_list("guia_id", "tabela", "codigo", "data"):
        chave = (guias[guia], tabela, codigo)
        if chave in janelas and dia is not None:
            feitos[chave].add(dia)
    return {chave: tuple(sorted(dias)) for chave, dias in feitos.items()}


def _guias_de(carteiras: list[str], numeros: list[str], prestador_id: int, operadora_id: int) -> dict[int, str]:
    """The prestador's other guides of these cards that lots bill: id and card. The lots are asked about apart: joined
    in, they make the planner read all guides of the prestador."""
    achadas = list(
        Guia.objects.filter(prestador=prestador_id, operadora=operadora_id, numero_carteira__in=carteiras)
        .exclude(numero_do_prestador__in=numeros)
        .values_list("pk", "numero_carteira", "lote_id")
    )
    cobram = que_cobram({lote for _, _, lote in achadas})
    return {guia: carteira for guia, carteira, lote in achadas if lote in cobram}
