"""Loading the standard's own tables: TUSS, domain tables, Tabela 38 and operadoras of ANS from the package `tiss`.

Domain tables that the package lacks are made of the lists of `tiss_schemas.dominios`.

Works through the connection of the tables' owner, since web and workers may only read them. Each source is one edition,
known by its SHA-256: what was loaded once is never loaded again. A newer edition closes what it no longer has; nothing
is ever removed, because old guides were right by the edition of their day.
"""
# ruff: noqa: S608 - names of tables and columns are the constants below

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

from django.db import connections, transaction

from conecta.texto import para_busca
from tiss_schemas import catalogo
from tiss_schemas.dominios import TABELA_SO_DO_ESQUEMA, TEXTOS

DONO: Final = "dono"


@dataclass(frozen=True, slots=True)
class Carga:
    """What became of one source. `linhas` is how many the edition has, 0 where it was loaded before."""

    fonte: str
    rotulo: str
    linhas: int
    encerradas: int

    @property
    def ja_estava(self) -> bool:
        """Whether this edition was there before."""
        return self.linhas == 0


@dataclass(frozen=True, slots=True)
class Fonte:
    """A JSON document and the table that it goes to; `chave` are the columns that tell its rows apart.

    `encerra`: rows that a newer edition of the same tables leaves out get an end of validity.
    """

    nome: str
    conteudo: Callable[[], bytes]
    tabela: str
    colunas: tuple[str, ...]
    chave: tuple[str, ...]
    ler: Callable[[Any], Iterator[Sequence[str | None]]]
    encerra: bool = False
    rotulo: Callable[[], str] = lambda: f"tiss {version('tiss')}"


def carregar_tudo(*, hoje: date) -> list[Carga]:
    """Load every source that is not loaded yet. `hoje` ends the validity of what an edition drops."""
    return [carregar(fonte, fonte.conteudo(), rotulo=fonte.rotulo(), hoje=hoje) for fonte in FONTES]


def carregar(fonte: Fonte, conteudo: bytes, *, rotulo: str, hoje: date) -> Carga:
    """Load one edition of one source, in one transaction. Nothing happens where its SHA-256 is known."""
    sha256 = hashlib.sha256(conteudo).hexdigest()
    with transaction.atomic(using=DONO), connections[DONO].cursor() as cursor:
        cursor.execute(
            "insert into convenios_edicao (fonte, rotulo, sha256, carregada_em) values (%s, %s, %s, now()) "
            "on conflict (fonte, sha256) do nothing returning id",
            [fonte.nome, rotulo, sha256],
        )
        if (edicao := cursor.fetchone()) is None:
            return Carga(fonte.nome, rotulo, linhas=0, encerradas=0)
        linhas = _copiar(cursor, fonte, fonte.ler(json.loads(conteudo)))
        _mesclar(cursor, fonte, edicao[0])
        encerradas = _encerrar(cursor, fonte, edicao[0], hoje) if fonte.encerra else 0
        cursor.execute("drop table nova_edicao")
        return Carga(fonte.nome, rotulo, linhas, encerradas)


def _copiar(cursor: Any, fonte: Fonte, linhas: Iterable[Sequence[str | None]]) -> int:
    """COPY the rows to a temporary table: ten times as fast as inserts."""
    colunas = ", ".join(fonte.colunas)
    cursor.execute(f"create temporary table nova_edicao as select {colunas} from {fonte.tabela} with no data")
    texto = io.StringIO("".join("\t".join(map(_celula, linha)) + "\n" for linha in linhas))
    cursor.copy_expert(f"copy nova_edicao ({colunas}) from stdin", texto)
    return int(cursor.rowcount)


def _mesclar(cursor: Any, fonte: Fonte, edicao: int) -> None:
    outras = [coluna for coluna in (*fonte.colunas, "edicao_id") if coluna not in fonte.chave]
    colunas = ", ".join(fonte.colunas)
    cursor.execute(
        f"insert into {fonte.tabela} ({colunas}, edicao_id) select {colunas}, %s from nova_edicao "
        f"on conflict ({', '.join(fonte.chave)}) do update set "
        + ", ".join(f"{coluna} = excluded.{coluna}" for coluna in outras),
        [edicao],
    )


def _encerrar(cursor: Any, fonte: Fonte, edicao: int, hoje: date) -> int:
    """Close what the edition no longer has of its tables: the day before the same code begins anew, else `hoje`."""
    cursor.execute(
        f"update {fonte.tabela} velha set vigencia_fim = greatest(velha.vigencia_inicio, coalesce("
        "  (select min(nova.vigencia_inicio) - 1 from nova_edicao nova where nova.tabela = velha.tabela"
        "    and nova.codigo = velha.codigo and nova.vigencia_inicio > velha.vigencia_inicio), %s)) "
        "where velha.edicao_id <> %s and velha.vigencia_fim is null "
        "and velha.tabela in (select distinct tabela from nova_edicao)",
        [hoje, edicao],
    )
    return int(cursor.rowcount)


def _celula(valor: str | None) -> str:
    r"""A value in COPY's text format: \N for null, and escapes for what would end a cell or a row."""
    if valor is None:
        return r"\N"
    return valor.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _ler_tuss(dados: Any) -> Iterator[tuple[str | None, ...]]:
    for termo in dados["records"]:
        yield (
            termo["tabela"],
            termo["codigo"],
            termo["termo"],
            para_busca(termo["termo"]),
            termo["vigencia_inicio"],
            termo["vigencia_fim"] or None,
        )


def _ler_dominios(dados: Any) -> Iterator[tuple[str | None, ...]]:
    for item in dados["records"]:
        if item["tabela"] != _TABELA_38:
            yield (
                item["tabela"],
                item["codigo"],
                item["termo"],
                para_busca(item["termo"]),
                item["vigencia_inicio"] or None,
                item["vigencia_fim"] or None,
            )


def _ler_mensagens(dados: Any) -> Iterator[tuple[str, ...]]:
    for mensagem in dados["records"]:
        yield mensagem["codigo"], mensagem["descricao"], para_busca(mensagem["descricao"]), mensagem["grupo"]


def _ler_operadoras(dados: Any) -> Iterator[tuple[str, ...]]:
    for registro, operadora in dados["records"].items():
        yield registro, operadora["cnpj"], operadora["razao_social"], operadora.get("nome_fantasia") or ""


def _do_pacote(*caminho: str) -> Callable[[], bytes]:
    """Reads a file as the package ships it."""
    return lambda: files("tiss").joinpath(*caminho).read_bytes()


def _listas_do_esquema() -> bytes:
    """The lists of the schema that the package has no table of, in the shape of the package's own file."""
    itens = [
        {"tabela": tabela, "codigo": codigo, "termo": termo, "vigencia_inicio": "", "vigencia_fim": ""}
        for tipo, tabela in TABELA_SO_DO_ESQUEMA.items()
        for codigo, termo in TEXTOS[tipo].items()
    ]
    return json.dumps({"records": itens}, ensure_ascii=False, sort_keys=True).encode()


_TABELA_38: Final = "38"
_COLUNAS_DE_DOMINIO: Final = ("tabela", "codigo", "texto", "texto_busca", "vigencia_inicio", "vigencia_fim")

FONTES: Final = (
    Fonte(
        nome="tuss",
        conteudo=_do_pacote("tuss", "_data", "tuss.json"),
        tabela="convenios_termo",
        colunas=("tabela", "codigo", "termo", "termo_busca", "vigencia_inicio", "vigencia_fim"),
        chave=("tabela", "codigo", "vigencia_inicio"),
        ler=_ler_tuss,
        encerra=True,
    ),
    Fonte(
        nome="dominios",
        conteudo=_do_pacote("dominio", "_data", "domain.json"),
        tabela="convenios_itemdedominio",
        colunas=_COLUNAS_DE_DOMINIO,
        chave=("tabela", "codigo"),
        ler=_ler_dominios,
        encerra=True,
    ),
    Fonte(
        nome="listas do esquema",
        conteudo=_listas_do_esquema,
        tabela="convenios_itemdedominio",
        colunas=_COLUNAS_DE_DOMINIO,
        chave=("tabela", "codigo"),
        ler=_ler_dominios,
        encerra=True,
        rotulo=lambda: f"TISS {catalogo.versoes()[-1].numero}",
    ),
    Fonte(
        nome="tabela 38",
        conteudo=_do_pacote("_data", "glosas.json"),
        tabela="convenios_mensagemtiss",
        colunas=("codigo", "descricao", "descricao_busca", "grupo"),
        chave=("codigo",),
        ler=_ler_mensagens,
    ),
    Fonte(
        nome="operadoras",
        conteudo=_do_pacote("operadoras", "_data", "healthplans.json"),
        tabela="convenios_operadoranaans",
        colunas=("registro_ans", "cnpj", "razao_social", "nome_fantasia"),
        chave=("registro_ans",),
        ler=_ler_operadoras,
    ),
)
