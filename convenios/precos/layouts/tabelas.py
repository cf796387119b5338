"""The rows of a price table: what codes cost, and what portes are worth."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms

from conecta.contas.papeis import Permissao
from conecta.copia import mesclar
from conecta.erros import ErroDeNegocio
from conecta.importacao.celulas import codigo, data, decimal, dinheiro, inteiro, texto
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, fora_do_arquivo, registrar
from convenios.layouts.comum import tabela_do_item
from convenios.precos.models import TabelaDePreco

CASAS: Final = 4
"""Decimals of a price: those of the columns that keep them."""
ALGARISMOS: Final = 8
"""Digits of a price before its comma, likewise."""
_MAIOR_AUXILIAR: Final = 4
_CAMPOS_OPCIONAIS: Final = {
    **{nome: nome for nome in ("descricao", "valor", "porte", "custo_operacional", "filme_m2", "porte_anestesico")},
    "fracao": "fracao_do_porte",
    "auxiliares": "numero_de_auxiliares",
    "fim": "fim",
}


class EscolhaDaTabela(forms.Form):
    """The table that a file fills."""

    tabela = forms.ModelChoiceField(
        TabelaDePreco.objects.none(),
        label="Tabela de preço",
        empty_label="Escolha a tabela",
        help_text="Cadastre a tabela antes de importar os seus preços.",
        error_messages={"required": "Escolha a tabela que este arquivo preenche."},
    )

    def __init__(self, dados: Any, *, organizacao_id: int, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        tabelas = TabelaDePreco.objects.filter(operadora=organizacao_id)
        self.fields["tabela"].queryset = tabelas  # type: ignore[attr-defined]


class _DeTabela(Layout):
    """What both layouts have in common."""

    permissao = Permissao.PRECO_MUDAR
    opcoes = EscolhaDaTabela

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> TabelaDePreco:
        tabela = TabelaDePreco.objects.filter(operadora=organizacao_id, pk=opcoes["tabela"]).first()
        if tabela is None:
            raise ErroDeNegocio("A tabela de preço não existe mais. Escolha outra e envie o arquivo de novo.")
        return tabela


class LayoutDePrecos(_DeTabela):
    """One row is what a code costs from a day on, known by TISS table, code and first day."""

    id = "precos"
    titulo = "Preços de uma tabela"
    ajuda = "Valor ou porte de cada código. Códigos que o arquivo não tem ficam como estão."
    colunas = (
        Coluna(
            nome="tabela_tiss",
            titulo="Tabela TISS",
            obrigatoria=True,
            exemplo="22",
            ajuda="18, 19, 20, 22, 00, 90 ou 98.",
            sinonimos=("Tabela", "Código da tabela"),
        ),
        Coluna(
            nome="codigo",
            titulo="Código",
            obrigatoria=True,
            exemplo="40304361",
            ajuda="Até 10 caracteres.",
            sinonimos=("Código do procedimento", "Código TUSS", "Procedimento"),
        ),
        Coluna(nome="descricao", titulo="Descrição", exemplo="Hemograma completo", ajuda="Até 150 caracteres."),
        Coluna(
            nome="valor",
            titulo="Valor",
            exemplo="18,90",
            ajuda="Em reais, até 4 casas. Só em tabela de valores, e nela obrigatório.",
            sinonimos=("Preço", "Valor unitário"),
        ),
        Coluna(nome="porte", titulo="Porte", ajuda="Como 3C. Só em tabela de portes."),
        Coluna(nome="fracao", titulo="Fração do porte", ajuda="1 é o porte inteiro; 0,10 a décima parte. Vazio: 1."),
        Coluna(
            nome="custo_operacional", titulo="Custo operacional", ajuda="Em UCO. Vazio: 0.", sinonimos=("CO", "UCO")
        ),
        Coluna(nome="filme_m2", titulo="Filme (m²)", ajuda="Em metros quadrados. Vazio: 0.", sinonimos=("Filme",)),
        Coluna(
            nome="auxiliares",
            titulo="Auxiliares",
            ajuda="Quantos auxiliares se pagam, de 0 a 4. Vazio: sem limite.",
            sinonimos=("Número de auxiliares", "Nº de auxiliares"),
        ),
        Coluna(nome="porte_anestesico", titulo="Porte anestésico", ajuda="O do anestesista."),
        Coluna(
            nome="inicio",
            titulo="Início",
            exemplo="01/01/2026",
            ajuda="Primeiro dia do preço. Vazio: o da tabela.",
            sinonimos=("Início da vigência",),
        ),
        Coluna(nome="fim", titulo="Fim", ajuda="Último dia. Vazio: sem fim.", sinonimos=("Fim da vigência",)),
    )

    def ler(self, valores: Mapping[str, str], preparado: TabelaDePreco) -> tuple[Any, ...]:
        """(tabela TISS, código, descrição, valor, porte, fração, CO, filme, auxiliares, anestésico, início, fim)."""
        celulas = Celulas(valores)
        tabela_tiss = celulas.ler("tabela_tiss", tabela_do_item)
        codigo_ = celulas.ler("codigo", codigo, maximo=10)
        descricao = celulas.ler("descricao", texto, maximo=150) or ""
        valor: Decimal | None = celulas.ler("valor", dinheiro, casas=CASAS, algarismos=ALGARISMOS)
        porte = celulas.ler("porte", _porte) or ""
        fracao = celulas.ler("fracao", decimal, casas=CASAS, algarismos=3)
        custo = celulas.ler("custo_operacional", decimal, casas=CASAS, algarismos=ALGARISMOS)
        filme = celulas.ler("filme_m2", decimal, casas=CASAS, algarismos=4)
        auxiliares = celulas.ler("auxiliares", inteiro, maximo=_MAIOR_AUXILIAR)
        anestesico = celulas.ler("porte_anestesico", _porte) or ""
        inicio: date = celulas.ler("inicio", data) or preparado.inicio
        fim: date | None = celulas.ler("fim", data)
        if fim and fim < inicio:
            celulas.recusar("fim", "O fim vem antes do início. Confira as duas datas.")
        if preparado.tipo == TabelaDePreco.Tipo.VALORES and not valores["valor"]:
            celulas.recusar("valor", "Falta o valor: a tabela é de valores por código.")
        if preparado.tipo == TabelaDePreco.Tipo.PORTES and not (porte or custo or filme or anestesico):
            celulas.recusar("porte", "Falta o porte, o custo operacional ou o filme: a tabela é de portes.")
        celulas.conferir()
        um = Decimal(1) if fracao is None else fracao
        medidas = (um, custo or Decimal(0), filme or Decimal(0))
        return (tabela_tiss, codigo_, descricao, valor, porte, *medidas, auxiliares, anestesico, inicio, fim)

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return (linha[0], linha[1], linha[10])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "precos_preco",
            (
                *("operadora_id", "tabela_id", "tabela_tiss", "codigo", "descricao", "valor", "porte"),
                *("fracao_do_porte", "custo_operacional", "filme_m2", "numero_de_auxiliares", "porte_anestesico"),
                *("inicio", "fim"),
            ),
            ((organizacao_id, opcoes["tabela"], *linha) for linha in linhas),
            chave=("tabela_id", "tabela_tiss", "codigo", "inicio"),
            so_ao_criar=fora_do_arquivo(opcoes, _CAMPOS_OPCIONAIS),
        )
        return Gravadas.de(mescladas, linhas)


class LayoutDePortes(_DeTabela):
    """One row is what a porte is worth."""

    id = "portes"
    titulo = "Valores dos portes de uma tabela"
    ajuda = "Quanto vale cada porte, em reais, em uma tabela de portes."
    colunas = (
        Coluna(nome="porte", titulo="Porte", obrigatoria=True, exemplo="3C", ajuda="Até 4 caracteres."),
        Coluna(
            nome="valor", titulo="Valor", obrigatoria=True, exemplo="182,34", ajuda="Em reais.", sinonimos=("Preço",)
        ),
    )

    def ler(self, valores: Mapping[str, str], preparado: TabelaDePreco) -> tuple[Any, ...]:
        """(porte, valor)."""
        celulas = Celulas(valores)
        linha = (celulas.ler("porte", _porte), celulas.ler("valor", dinheiro, casas=CASAS, algarismos=ALGARISMOS))
        if preparado.tipo != TabelaDePreco.Tipo.PORTES:
            celulas.recusar("porte", "A tabela escolhida é de valores por código: ela não tem portes.")
        celulas.conferir()
        return linha

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return str(linha[0])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "precos_valordoporte",
            ("operadora_id", "tabela_id", "porte", "valor"),
            ((organizacao_id, opcoes["tabela"], *linha) for linha in linhas),
            chave=("tabela_id", "porte"),
        )
        return Gravadas.de(mescladas, linhas)


def _porte(valor: str) -> str:
    return codigo(valor, maximo=4).upper()


registrar(LayoutDePrecos())
registrar(LayoutDePortes())
