"""Statements as flat rows, one an item or a paid guide, each with what it hangs on: for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from conecta.planilha import Coluna
from tiss_schemas.demonstrativo.contas import Demonstrativo
from tiss_schemas.demonstrativo.valores import (
    DebitoOuCredito,
    DemonstrativoDeAnalise,
    DemonstrativoDePagamento,
    DemonstrativoOdonto,
    Indicador,
    TipoDePagamento,
)

Linha = tuple[Any, ...]
_VALORES: Final = tuple(Coluna(f"Valor {qual}") for qual in ("Informado", "Processado", "Liberado", "Glosa"))
_GUIA: Final = (
    Coluna("Nº do demonstrativo"),
    Coluna("Protocolo"),
    Coluna("Lote"),
    Coluna("Guia no prestador", 20),
    Coluna("Guia na operadora", 20),
)
DA_ANALISE: Final = (
    *_GUIA,
    Coluna("Senha", 20),
    Coluna("Carteira", 20),
    Coluna("Beneficiário", 34),
    Coluna("Situação da guia"),
    Coluna("Glosa da guia"),
    Coluna("Item"),
    Coluna("Data de realização"),
    Coluna("Tabela"),
    Coluna("Código"),
    Coluna("Descrição", 50),
    Coluna("Grau de participação"),
    Coluna("Quantidade"),
    *_VALORES,
    Coluna("Código da glosa"),
    Coluna("Valor da glosa por código", 24),
)
DO_PAGAMENTO: Final = (
    Coluna("Nº do demonstrativo"),
    Coluna("Data do pagamento"),
    Coluna("Protocolo"),
    Coluna("Data do protocolo"),
    Coluna("Lote"),
    Coluna("Guia no prestador", 20),
    Coluna("Guia na operadora", 20),
    Coluna("Senha", 20),
    Coluna("Tipo de pagamento", 18),
    *_VALORES,
    Coluna("Débito ou crédito", 18),
    Coluna("Descrição", 40),
    Coluna("Valor do débito ou crédito", 24),
)
DO_ODONTO: Final = (
    Coluna("Nº do demonstrativo"),
    Coluna("Data do pagamento"),
    Coluna("Protocolo"),
    Coluna("Lote"),
    Coluna("Guia no prestador", 20),
    Coluna("Guia na operadora", 20),
    Coluna("Recurso"),
    Coluna("Carteira", 20),
    Coluna("Beneficiário", 34),
    Coluna("Executante", 34),
    Coluna("Item"),
    Coluna("Data de realização"),
    Coluna("Tabela"),
    Coluna("Código"),
    Coluna("Descrição", 50),
    Coluna("Dente ou região"),
    Coluna("Face"),
    Coluna("Quantidade"),
    Coluna("Valor Informado"),
    Coluna("Valor Processado"),
    Coluna("Valor Glosa"),
    Coluna("Valor Franquia"),
    Coluna("Valor Liberado"),
    Coluna("Códigos de glosa", 20),
    Coluna("Débito ou crédito", 18),
    Coluna("Valor do débito ou crédito", 24),
)
_TIPOS: Final = {TipoDePagamento.INICIAL: "Inicial", TipoDePagamento.RECURSO: "Recurso"}
_INDICADORES: Final = {Indicador.DEBITO: "Débito", Indicador.CREDITO: "Crédito"}


def linhas_de(demonstrativo: Demonstrativo) -> tuple[Sequence[Coluna], Iterable[Linha]]:
    """The columns of a statement's rows, and the rows."""
    if isinstance(demonstrativo, DemonstrativoDeAnalise):
        return DA_ANALISE, _da_analise(demonstrativo)
    if isinstance(demonstrativo, DemonstrativoDePagamento):
        return DO_PAGAMENTO, _do_pagamento(demonstrativo)
    return DO_ODONTO, _do_odonto(demonstrativo)


def _da_analise(demonstrativo: DemonstrativoDeAnalise) -> Iterable[Linha]:
    """A row an item; amounts stand on the first row of an item that has several glosas, so that columns add up."""
    for protocolo in demonstrativo.protocolos:
        for guia in protocolo.guias:
            da_guia = (
                demonstrativo.cabecalho.numero,
                protocolo.numero,
                protocolo.lote,
                guia.numero_do_prestador,
                guia.numero_da_operadora,
                guia.senha,
                guia.numero_carteira,
                guia.beneficiario,
                guia.situacao,
                " ".join(guia.glosas),
            )
            for item in guia.itens:
                do_item = (
                    item.sequencial,
                    item.data,
                    item.tabela,
                    item.codigo,
                    item.descricao,
                    item.grau_de_participacao,
                )
                v = item.valores
                valores: Linha = (item.quantidade, v.informado, v.processado, v.liberado, v.glosa)
                glosas: list[Linha] = [(glosa.codigo, glosa.valor) for glosa in item.glosas]
                for glosa in glosas or [("", None)]:
                    yield (*da_guia, *do_item, *valores, *glosa)
                    valores = (None,) * len(valores)


def _do_pagamento(demonstrativo: DemonstrativoDePagamento) -> Iterable[Linha]:
    numero = demonstrativo.cabecalho.numero
    for data in demonstrativo.datas:
        for protocolo in data.protocolos:
            for guia in protocolo.guias:
                v = guia.valores
                yield (
                    numero,
                    data.data,
                    protocolo.numero,
                    protocolo.data,
                    protocolo.lote,
                    guia.numero_do_prestador,
                    guia.numero_da_operadora,
                    guia.senha,
                    _TIPOS[guia.tipo],
                    *(v.informado, v.processado, v.liberado, v.glosa),
                    *(None, None, None),
                )
        for lancamento in data.debitos_e_creditos:
            yield (numero, data.data, *(None,) * 11, *_lancamento(lancamento))
    for lancamento in demonstrativo.debitos_e_creditos:
        yield (numero, *(None,) * 12, *_lancamento(lancamento))


def _lancamento(lancamento: DebitoOuCredito) -> Linha:
    return (_INDICADORES[lancamento.indicador], lancamento.descricao, lancamento.valor)


def _do_odonto(demonstrativo: DemonstrativoOdonto) -> Iterable[Linha]:
    numero = demonstrativo.cabecalho.numero
    for data in demonstrativo.datas:
        for protocolo in data.protocolos:
            for guia in protocolo.guias:
                da_guia = (
                    numero,
                    data.data,
                    protocolo.numero,
                    protocolo.lote,
                    guia.numero_do_prestador,
                    guia.numero_da_operadora,
                    "Sim" if guia.recurso else "Não",
                    guia.numero_carteira,
                    guia.beneficiario,
                    guia.executante,
                )
                for item in guia.itens:
                    v = item.valores
                    yield (
                        *da_guia,
                        item.sequencial,
                        item.data,
                        item.tabela,
                        item.codigo,
                        item.descricao,
                        item.dente_ou_regiao,
                        item.face,
                        item.quantidade,
                        *(v.informado, v.processado, v.glosa, v.franquia, v.liberado),
                        " ".join(item.glosas),
                        *(None, None),
                    )
        for lancamento in data.debitos_e_creditos:
            indicador, descricao, valor = _lancamento(lancamento)
            vazias = (None,) * 12
            yield (numero, data.data, *vazias, descricao, *(None,) * 9, indicador, valor)
