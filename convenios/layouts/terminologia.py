"""An operadora's own codes: tables 00, 90 and 98."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from conecta.contas.papeis import Permissao
from conecta.copia import mesclar
from conecta.importacao.celulas import ErroDaCelula, codigo, data, texto
from conecta.importacao.layout import Celulas, Coluna, Gravadas, Layout, registrar
from conecta.texto import para_busca
from convenios.models import TermoProprio

_TABELAS: Final = frozenset(TermoProprio.Tabela.values)


class LayoutDeTermosProprios(Layout):
    """One row is one period of a code, known by table, code and first day."""

    id = "termos-proprios"
    titulo = "Códigos próprios"
    ajuda = "Os códigos das tabelas 00, 90 e 98: o que a operadora aceita e a TUSS não tem."
    permissao = Permissao.TERMINOLOGIA_MUDAR
    colunas = (
        Coluna(
            nome="tabela",
            titulo="Tabela",
            obrigatoria=True,
            exemplo="00",
            ajuda="00 tabela própria, 90 pacotes odontológicos, 98 pacotes.",
            sinonimos=("Código da tabela",),
        ),
        Coluna(
            nome="codigo",
            titulo="Código",
            obrigatoria=True,
            exemplo="PAC-0012",
            ajuda="Até 10 letras sem acento, algarismos, pontos e hífens.",
            sinonimos=("Código do termo", "Código do item"),
        ),
        Coluna(
            nome="descricao",
            titulo="Descrição",
            obrigatoria=True,
            exemplo="Pacote de parto normal",
            ajuda="Até 150 caracteres.",
            sinonimos=("Termo", "Nome"),
        ),
        Coluna(
            nome="inicio",
            titulo="Vale desde",
            obrigatoria=True,
            exemplo="01/01/2026",
            ajuda="Item de antes deste dia é criticado.",
            sinonimos=("Início", "Início da vigência", "Data de início de vigência"),
        ),
        Coluna(
            nome="fim",
            titulo="Vale até",
            ajuda="Item de depois deste dia é criticado. Vazio: sem fim.",
            sinonimos=("Fim", "Fim da vigência", "Data de fim de vigência"),
        ),
    )

    def ler(self, valores: Mapping[str, str], preparado: None) -> tuple[Any, ...]:
        """(tabela, código, descrição, vale desde, vale até)."""
        celulas = Celulas(valores)
        tabela = celulas.ler("tabela", _tabela)
        codigo_ = celulas.ler("codigo", _codigo)
        descricao = celulas.ler("descricao", texto, maximo=150)
        inicio: date | None = celulas.ler("inicio", data)
        fim: date | None = celulas.ler("fim", data)
        if inicio and fim and fim < inicio:
            celulas.recusar("fim", "O fim vem antes do início. Confira as duas datas.")
        celulas.conferir()
        return (tabela, codigo_, descricao, inicio, fim)

    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        return (linha[0], linha[1], linha[3])

    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        mescladas = mesclar(
            "convenios_termoproprio",
            ("operadora_id", "tabela", "codigo", "descricao", "vigencia_inicio", "vigencia_fim", "descricao_busca"),
            ((organizacao_id, *linha, para_busca(linha[2])) for linha in linhas),
            chave=("operadora_id", "tabela", "codigo", "vigencia_inicio"),
        )
        return Gravadas.de(mescladas, linhas)


def _tabela(valor: str) -> str:
    """A spreadsheet shows 00 as 0."""
    tabela = valor.zfill(2)
    if tabela not in _TABELAS:
        raise ErroDaCelula("Não é uma tabela própria. Escreva 00, 90 ou 98.")
    return tabela


def _codigo(valor: str) -> str:
    escrito = codigo(valor, maximo=10)
    try:
        TermoProprio._meta.get_field("codigo").run_validators(escrito)
    except ValidationError as erro:
        raise ErroDaCelula(erro.messages[0]) from None
    return escrito


registrar(LayoutDeTermosProprios())
