"""What a line fills in by itself once its code is known: table, description, fator and the price of the convênio."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from convenios.coparticipacao import especie_de, percentual_de, valor_no_xml
from convenios.models import Termo
from convenios.precos.carga import carregar_precos
from convenios.precos.conhecidos import Item, Precos, Resposta
from convenios.precos.contas import SO_HONORARIOS
from convenios.precos.motor import quanto_custa
from convenios.precos.naturezas import natureza_de
from convenios.regras import Regras
from tiss_schemas.valores import CENTAVO, contas_exatas
from uploads.contexto_proprios import termos_proprios
from uploads.digitacao.contrato import Contrato
from uploads.digitacao.linhas import CODIGO, DESCRICAO, DESPESA, FATOR, TABELA, Linha, linhas_de
from uploads.digitacao.models import GuiaDigitada
from uploads.regras.codigos import TABELAS_DA_OPERADORA
from uploads.regras.convenio_codigos import do_tamanho_pedido, no_tamanho_pedido, tem_tamanho_pedido
from uploads.regras.precificacao import preco_e_fixo

_UM: Final = "1.00"
_PROCEDIMENTOS: Final = "22"
_DA_DESPESA: Final = {"01": "18", "02": "20", "03": "19", "05": "18", "07": "18", "08": "19"}
"""Table of TUSS by código da despesa."""
_TAXAS: Final = frozenset({"01", "05", "07"})
_MAIOR_DESCRICAO: Final = 150


@dataclass(frozen=True, slots=True)
class Preenchidos:
    """What lines fill in (path → text of the XML), which paths nobody may change, and why each line costs that."""

    valores: Mapping[str, str]
    travados: frozenset[str]
    respostas: Mapping[str, Resposta]
    """By the name of the line."""


@contas_exatas()
def precificar(
    guia: GuiaDigitada,
    contrato: Contrato,
    valores: Mapping[str, str],
    linhas: Collection[str] | None = None,
) -> Preenchidos:
    """Fill in the lines of these names (None: all) as their codes and days say, all in one load.

    Of other lines only a price that nobody may change is put right. A price that may be changed and was typed stays
    until code, table, day or grau of its line change. Eleven queries at most, whatever the number of lines.
    """
    todas = linhas_de(guia.versao_tiss, guia.tipo, valores)
    pedidas = {linha.nome for linha in todas} if linhas is None else set(linhas)
    termos = _termos(todas, contrato.regras, guia.operadora_id)
    novos: dict[str, str] = {}
    for linha in todas:
        if linha.nome in pedidas:
            novos |= _identificados(linha, contrato.regras, termos, guia)
    juntos = {**valores, **novos}
    todas = linhas_de(guia.versao_tiss, guia.tipo, juntos)
    precos, itens = _carregar(guia, contrato, todas)
    respostas = {linha.nome: quanto_custa(itens[linha.nome], precos) for linha in todas if linha.nome in itens}
    travados = frozenset(_travados(todas, itens, respostas, contrato.regras))
    for linha in todas:
        resposta = respostas.get(linha.nome)
        caminho = linha.do_preco
        if resposta is None or resposta.valor is None or caminho is None:
            continue
        if linha.nome in pedidas or caminho in travados or not linha.valores.get(caminho):
            novos[caminho] = _preco(linha, resposta.valor, contrato.regras, guia.data_de_atendimento)
    mudados = {caminho: texto for caminho, texto in novos.items() if valores.get(caminho) != texto}
    return Preenchidos(mudados, travados, respostas)


def _identificados(
    linha: Linha, regras: Regras, termos: Mapping[tuple[str, str], str], guia: GuiaDigitada
) -> dict[str, str]:
    """Table, code as the convênio writes it, description and fator."""
    despesa = linha.texto(DESPESA)
    achados: dict[str, str] = {}
    codigo = _codigo(linha, regras)
    tabela = next((tabela for tabela in _tabelas(linha, regras) if (tabela, codigo) in termos), "")
    tabela = tabela or linha.texto(TABELA) or _tabela_usual(despesa, regras)
    textos = {
        TABELA: tabela,
        CODIGO: codigo,
        DESCRICAO: termos.get((tabela, codigo), "")[:_MAIOR_DESCRICAO] or linha.texto(DESCRICAO),
        FATOR: linha.texto(FATOR) or _UM,
    }
    for nome, texto in textos.items():
        caminho = linha.caminho(nome)
        if caminho is not None and texto:
            achados[caminho] = texto
    return achados


def _codigo(linha: Linha, regras: Regras) -> str:
    """The code, filled up with zeros where the convênio counts the digits of materials and medicines."""
    codigo, despesa = linha.texto(CODIGO), linha.texto(DESPESA)
    if not tem_tamanho_pedido(despesa, regras) or do_tamanho_pedido(codigo, regras):
        return codigo
    return no_tamanho_pedido(codigo, regras) or codigo


def _tabelas(linha: Linha, regras: Regras) -> Iterable[str]:
    """Where a code is looked for: in the table that was typed, in the usual one, in the operadora's own."""
    usual = _tabela_usual(linha.texto(DESPESA), regras)
    return filter(None, (linha.texto(TABELA), usual, *sorted(TABELAS_DA_OPERADORA)))


def _tabela_usual(despesa: str, regras: Regras) -> str:
    if despesa in _TAXAS:
        return regras.tabela_tiss_taxas or _DA_DESPESA[despesa]
    return _DA_DESPESA.get(despesa) or regras.tabela_tiss_procedimentos or _PROCEDIMENTOS


def _termos(linhas: Iterable[Linha], regras: Regras, operadora_id: int) -> dict[tuple[str, str], str]:
    """What the codes mean, by table and code: those of TUSS and the operadora's own. Two queries."""
    pedidos = {(tabela, _codigo(linha, regras)) for linha in linhas for tabela in _tabelas(linha, regras)}
    da_tuss = Termo.objects.filter(
        tabela__in=sorted({tabela for tabela, _ in pedidos}), codigo__in=sorted({codigo for _, codigo in pedidos})
    ).order_by("vigencia_inicio")
    termos = {(tabela, codigo): termo for tabela, codigo, termo in da_tuss.values_list("tabela", "codigo", "termo")}
    proprios, _ = termos_proprios(pedidos, operadora_id)
    return termos | {chave: termo.termo for chave, termo in proprios.items()}


def _carregar(guia: GuiaDigitada, contrato: Contrato, linhas: Iterable[Linha]) -> tuple[Precos, dict[str, Item]]:
    itens = {linha.nome: item for linha in linhas if (item := _item(guia, linha)) is not None}
    precos = carregar_precos(
        itens.values(),
        operadora_id=guia.operadora_id,
        prestador_id=guia.prestador_id,
        regras={guia.convenio_id: contrato.regras},
    )
    return precos, itens


def _item(guia: GuiaDigitada, linha: Linha) -> Item | None:
    tabela, codigo = linha.texto(TABELA), linha.texto(CODIGO)
    dia = linha.dia or guia.data_de_atendimento
    if not tabela or dia is None:
        return None
    natureza = natureza_de(tabela, codigo, linha.texto(DESPESA) or None, guia.tipo)
    # Of auxiliaries and anaesthetists the price is their part; of everybody else that of the procedure.
    return Item(guia.convenio_id, natureza, tabela, codigo, dia, linha.grau if linha.grau in SO_HONORARIOS else "")


def _preco(linha: Linha, valor: Decimal, regras: Regras, inicio: date | None) -> str:
    """What the price field holds: without what the prestador collects itself, and in a GTO for all of the line."""
    if linha.preco_e_de_todos:
        valor = (valor * linha.quantidade).quantize(CENTAVO, ROUND_HALF_UP)
    especie = especie_de(linha.texto(DESPESA), linha.texto(TABELA))
    no_xml = valor_no_xml(valor, percentual_de(especie, linha.dia, regras, inicio), regras)
    return f"{no_xml:.2f}"


def _travados(
    linhas: Iterable[Linha], itens: Mapping[str, Item], respostas: Mapping[str, Resposta], regras: Regras
) -> Iterable[str]:
    """The price fields that the convênio lets nobody change; of what has no price there is nothing to keep."""
    for linha in linhas:
        resposta, caminho = respostas.get(linha.nome), linha.do_preco
        if resposta is None or resposta.valor is None or caminho is None:
            continue
        if preco_e_fixo(itens[linha.nome].natureza, regras):
            yield caminho
