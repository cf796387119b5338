"""Editions of one table as ANS publishes them: reading the spreadsheet, saying what it would change, and taking it in.

Nothing is ever removed: what ends gets an end of validity. The columns are described in docs/terminologia.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain, islice
from typing import IO, Any, Final

from django.db import connection, transaction

from conecta.copia import mesclar
from conecta.erros import ErroDeNegocio
from conecta.importacao.cabecalho import Cabecalho, pontuar, reconhecer
from conecta.importacao.celulas import codigo, data, texto
from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.layout import Celulas, Coluna, ErroDaLinha
from conecta.importacao.leitura import Registro, registros
from conecta.texto import para_busca
from convenios.models import Edicao, ItemDeDominio, MensagemTiss, Termo
from convenios.terminologia_tabelas import DA_TUSS, MENSAGENS

COLUNAS: Final = (
    Coluna(
        nome="codigo",
        titulo="Código do Termo",
        obrigatoria=True,
        sinonimos=("Código", "Código TUSS", "Cód. do Termo"),
    ),
    Coluna(nome="termo", titulo="Termo", obrigatoria=True, sinonimos=("Descrição do Termo", "Nome")),
    Coluna(nome="descricao", titulo="Descrição Detalhada", sinonimos=("Descrição Detalhada do Termo",)),
    Coluna(
        nome="inicio",
        titulo="Data de início de vigência",
        obrigatoria=True,
        sinonimos=("Início de vigência", "Início da vigência", "Data início de vigência"),
    ),
    Coluna(
        nome="fim",
        titulo="Data de fim de vigência",
        sinonimos=("Fim de vigência", "Fim da vigência", "Data fim de vigência"),
    ),
    Coluna(
        nome="implantacao",
        titulo="Data de fim de implantação",
        sinonimos=("Fim de implantação", "Fim da implantação", "Data fim de implantação"),
    ),
)
_TITULO_ATE: Final = 20
"""Rows in which ANS may write the table's name before the headings."""
_RUINS: Final = 1_000
_MAIOR_TERMO: Final = 6_000
_MAIOR_EDICAO: Final = 500_000
_MAIORES_TEXTOS: Final = 200_000_000
"""Characters of all terms of a file together."""
_TITULOS: Final = {coluna.nome: coluna.titulo for coluna in COLUNAS}
_COLUNAS_DO_TERMO: Final = (
    *("tabela", "codigo", "vigencia_inicio", "termo", "termo_busca", "descricao", "vigencia_fim"),
    *("fim_implantacao", "edicao_id"),
)


class TabelaIncompleta(ErroDeNegocio):
    """A whole table of which rows could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linha:
    """One period of one code; `fim` None: open."""

    codigo: str
    termo: str
    descricao: str
    inicio: date | None
    fim: date | None
    implantacao: date | None


@dataclass(frozen=True, slots=True)
class LinhaRuim:
    """A cell that was not understood: the number of its row in the file, its column, and why."""

    numero: int
    coluna: str
    motivo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EdicaoLida:
    """What a file says. `ruins` are those of at most a thousand rows, of `quantas_ruins`."""

    tabela: str
    sha256: str
    linhas: list[Linha]
    ruins: list[LinhaRuim]
    quantas_ruins: int


@dataclass(slots=True, kw_only=True)
class Mudancas:
    """What a file would change: each list has the rows as they will be."""

    ja_estava: bool = False
    novas: list[Linha] = field(default_factory=list)
    mudadas: list[Linha] = field(default_factory=list)
    encerradas: list[Linha] = field(default_factory=list)
    iguais: int = 0


def ler_edicao(arquivo: IO[bytes], tabela: str) -> EdicaoLida:
    """Read a CSV or XLSX file of that table. Raises `ArquivoRecusado` for one that is too long, or not of ANS."""
    sha256 = hashlib.sha256(arquivo.read()).hexdigest()
    arquivo.seek(0)
    cabecalho, linhas_do_arquivo = _cabecalho(registros(arquivo, lambda titulos: pontuar(titulos, COLUNAS)))
    linhas: dict[tuple[str, date | None], Linha] = {}
    ruins: list[LinhaRuim] = []
    quantas_ruins = letras = 0
    for registro in linhas_do_arquivo:
        try:
            linha = _ler(cabecalho.valores(registro.celulas))
            chave = _chave(tabela, linha)
            if chave in linhas:
                raise ErroDaLinha("O mesmo código com o mesmo início já está em outra linha.", "codigo")
            linhas[chave] = linha
            letras += len(linha.termo) + len(linha.descricao)
        except ErroDaLinha as erro:
            quantas_ruins += 1
            if quantas_ruins <= _RUINS:
                ruins += [LinhaRuim(registro.numero, _TITULOS[achado.coluna], achado.frase) for achado in erro.todos]
        if len(linhas) > _MAIOR_EDICAO or letras > _MAIORES_TEXTOS:
            raise ArquivoRecusado("O arquivo é grande demais para uma tabela da ANS. Confira se é a planilha certa.")
    return EdicaoLida(
        tabela=tabela, sha256=sha256, linhas=list(linhas.values()), ruins=ruins, quantas_ruins=quantas_ruins
    )


def comparar(edicao: EdicaoLida, *, completa: bool, hoje: date) -> Mudancas:
    """What the file would change. `completa`: it is the whole table, and what it leaves out ends `hoje`."""
    if Edicao.objects.filter(fonte=_fonte(edicao.tabela), sha256=edicao.sha256).exists():
        return Mudancas(ja_estava=True, iguais=len(edicao.linhas))
    atuais = _atuais(edicao.tabela)
    mudancas = Mudancas()
    for linha in edicao.linhas:
        antes = atuais.get(_chave(edicao.tabela, linha))
        if antes is None:
            mudancas.novas.append(linha)
        elif antes == linha:
            mudancas.iguais += 1
        elif antes.fim is None and linha.fim is not None:
            mudancas.encerradas.append(linha)
        else:
            mudancas.mudadas.append(linha)
    mudancas.encerradas += _que_acabam(edicao, atuais, completa=completa, hoje=hoje)
    return mudancas


@transaction.atomic
def importar(edicao: EdicaoLida, *, rotulo: str, completa: bool, hoje: date, quem_nome: str = "") -> Mudancas:
    """Take the file in, its bad rows left out; nothing happens where its SHA-256 is known. In the platform's scope.

    `quem_nome`: the person who asked for it, "" for who works on the server. Raises `TabelaIncompleta`.
    """
    recusar_incompleta(completa=completa, quantas_ruins=edicao.quantas_ruins)
    _uma_por_vez()
    mudancas = comparar(edicao, completa=completa, hoje=hoje)
    if mudancas.ja_estava:
        return mudancas
    carga = Edicao.objects.create(
        fonte=_fonte(edicao.tabela), rotulo=rotulo[:60], sha256=edicao.sha256, quem_nome=quem_nome
    )
    _gravar(edicao.tabela, [*mudancas.novas, *mudancas.mudadas, *mudancas.encerradas], carga.pk)
    return mudancas


def recusar_incompleta(*, completa: bool, quantas_ruins: int) -> None:
    """Raise `TabelaIncompleta` for a whole table with bad rows: their codes would end without anybody wanting it."""
    if completa and quantas_ruins:
        raise TabelaIncompleta(
            "O arquivo é dado como a tabela inteira, mas tem linhas com erro, e os códigos delas seriam encerrados. "
            "Corrija essas linhas, ou importe-o sem dizer que é a tabela inteira."
        )


def _uma_por_vez() -> None:
    """Two files at once would each compare with what the other is about to change."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('edicao da terminologia'))")


def _cabecalho(linhas: Iterator[Registro]) -> tuple[Cabecalho, Iterator[Registro]]:
    """The headings, below whatever ANS wrote above them, and the rows after them."""
    primeiras = list(islice(linhas, _TITULO_ATE))
    onde = max(range(len(primeiras)), key=lambda i: pontuar(primeiras[i].celulas, COLUNAS), default=0)
    cabecalho = reconhecer(primeiras[onde].celulas if primeiras else [], COLUNAS)
    return cabecalho, chain(primeiras[onde + 1 :], linhas)


def _ler(valores: Mapping[str, str]) -> Linha:
    celulas = Celulas(valores)
    lida = Linha(
        codigo=celulas.ler("codigo", codigo, maximo=10) or "",
        termo=celulas.ler("termo", texto, maximo=_MAIOR_TERMO) or "",
        descricao=celulas.ler("descricao", texto, maximo=_MAIOR_TERMO) or "",
        inicio=celulas.ler("inicio", data),
        fim=celulas.ler("fim", data),
        implantacao=celulas.ler("implantacao", data),
    )
    for nome in ("codigo", "termo", "inicio"):
        if not valores[nome]:
            celulas.recusar(nome, "Falta o código, o termo ou o início da vigência.")
            break
    if lida.inicio and lida.fim and lida.fim < lida.inicio:
        celulas.recusar("fim", "O fim da vigência vem antes do início.")
    celulas.conferir()
    return lida


def _que_acabam(
    edicao: EdicaoLida, atuais: Mapping[tuple[str, date | None], Linha], *, completa: bool, hoje: date
) -> Iterator[Linha]:
    """Open periods that the file leaves out: over the day before their code begins anew or, if whole, today."""
    trazidas = {_chave(edicao.tabela, linha) for linha in edicao.linhas}
    comecos: dict[str, list[date]] = {}
    for linha in edicao.linhas:
        comecos.setdefault(linha.codigo, []).append(linha.inicio or date.min)
    for chave, antes in atuais.items():
        if chave in trazidas or antes.fim is not None:
            continue
        inicio = antes.inicio or date.min
        de_novo = min((comeco for comeco in comecos.get(antes.codigo, ()) if comeco > inicio), default=None)
        if de_novo is not None:
            yield replace(antes, fim=de_novo - timedelta(days=1))
        elif completa:
            yield replace(antes, fim=max(inicio, hoje))


def _fonte(tabela: str) -> str:
    return f"ANS, tabela {tabela}"


def _chave(tabela: str, linha: Linha) -> tuple[str, date | None]:
    """Only items have several periods; a code of a list is known by itself."""
    return linha.codigo, linha.inicio if tabela in DA_TUSS else None


def _atuais(tabela: str) -> dict[tuple[str, date | None], Linha]:
    linhas: Iterator[Sequence[Any]]
    if tabela in DA_TUSS:
        linhas = (
            Termo.objects.filter(tabela=tabela)
            .values_list("codigo", "termo", "descricao", "vigencia_inicio", "vigencia_fim", "fim_implantacao")
            .iterator()
        )
    elif tabela == MENSAGENS:
        mensagens = MensagemTiss.objects.values_list("codigo", "descricao", "vigencia_inicio", "vigencia_fim")
        linhas = ((c, t, "", i, f, None) for c, t, i, f in mensagens)
    else:
        itens = ItemDeDominio.objects.filter(tabela=tabela)
        linhas = (
            (c, t, "", i, f, None)
            for c, t, i, f in itens.values_list("codigo", "texto", "vigencia_inicio", "vigencia_fim")
        )
    lidas = (Linha(codigo=c, termo=t, descricao=d, inicio=i, fim=f, implantacao=a) for c, t, d, i, f, a in linhas)
    return {_chave(tabela, linha): linha for linha in lidas}


def _gravar(tabela: str, linhas: Sequence[Linha], edicao: int) -> None:
    if tabela in DA_TUSS:
        mesclar(
            "convenios_termo",
            _COLUNAS_DO_TERMO,
            (
                (
                    tabela,
                    ln.codigo,
                    ln.inicio,
                    ln.termo,
                    para_busca(ln.termo),
                    ln.descricao,
                    ln.fim,
                    ln.implantacao,
                    edicao,
                )
                for ln in linhas
            ),
            chave=("tabela", "codigo", "vigencia_inicio"),
        )
    elif tabela == MENSAGENS:
        mesclar(
            "convenios_mensagemtiss",
            ("codigo", "descricao", "descricao_busca", "grupo", "vigencia_inicio", "vigencia_fim", "edicao_id"),
            ((ln.codigo, ln.termo, para_busca(ln.termo), ln.codigo[:2], ln.inicio, ln.fim, edicao) for ln in linhas),
            chave=("codigo",),
        )
    else:
        mesclar(
            "convenios_itemdedominio",
            ("tabela", "codigo", "texto", "texto_busca", "vigencia_inicio", "vigencia_fim", "edicao_id"),
            ((tabela, ln.codigo, ln.termo, para_busca(ln.termo), ln.inicio, ln.fim, edicao) for ln in linhas),
            chave=("tabela", "codigo"),
        )
