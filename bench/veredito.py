"""The whole verdict on the largest file, beside the bare library calls: `python -m bench.veredito`.

Everything that a worker does to judge a file but the queries: reading, schema, hash, the lot, every rule with a full
register in memory. Ceilings: three times the bare parse and validation for a file in order, ten times for one with
20,000 findings.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import django
from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.exemplos import CNPJ_PADRAO, lote_exemplo
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import LoteLido

if TYPE_CHECKING:
    from uploads.regras.contexto import Contexto

VERSAO = "4.03.00"
RODADAS = 5
TETO = 3.0
TETO_COM_ACHADOS = 10.0
TABELAS = ("00", "18", "19", "20", "22")
DANOS = (
    (rb"(<ans:valorUnitario>)", rb"\g<1>9"),
    (rb"(<ans:codigoProcedimento>\d{7})", rb"\g<1>-"),
    (rb"(<ans:dataExecucao>)[^<]*", rb"\g<1>2026-12-12"),
    (rb"(<ans:dataExecucao>)[^<]*", rb"\g<1>13/13/2026"),
    (rb"(<ans:descricaoProcedimento>)[^<]*", rb"\g<1> "),
)
"""What is done to the lines of the file with mixed findings, in turn."""


def medir() -> Iterator[str]:
    """A line per kind of file, as soon as it is known."""
    certo = lote_exemplo("sadt", VERSAO, guias=100, itens=220)
    yield _linha("14 MB, 100 guias, 22.000 itens, em ordem", certo, TETO)
    for trabalho, conteudo in (
        ("o mesmo, com o total de cada item errado", _com_dano(certo, *DANOS[0])),
        ("o mesmo, com o código de cada item mal escrito", _com_dano(certo, *DANOS[1])),
        ("o mesmo, com cada item no futuro", _com_dano(certo, *DANOS[2])),
        ("o mesmo, com achados de cinco tipos", _com_danos_de_todo_tipo(certo)),
    ):
        yield _linha(trabalho, conteudo, TETO_COM_ACHADOS)


def _com_dano(conteudo: bytes, de: bytes, para: bytes) -> bytes:
    return re.sub(de, para, conteudo)


def _com_danos_de_todo_tipo(conteudo: bytes) -> bytes:
    """Each line damaged in one of five ways."""
    ordem = count()

    def danificar(linha: re.Match[bytes]) -> bytes:
        de, para = DANOS[next(ordem) % len(DANOS)]
        return re.sub(de, para, linha[0])

    return re.sub(rb"<ans:sequencialItem>.*?</ans:valorTotal>", danificar, conteudo, flags=re.DOTALL)


def _linha(trabalho: str, conteudo: bytes, teto: float) -> str:
    """Rounds of each turn about, so that a slow moment of the machine falls on both."""
    achados = _nossa(conteudo)
    tempos = [(_tempo(_nua, conteudo), _tempo(_nossa, conteudo)) for _ in range(RODADAS)]
    nua, nossa = (median(medidos) for medidos in zip(*tempos, strict=True))
    razao = nossa / nua
    return (
        f"{trabalho:<48} nua {nua:7.3f} s   nossa {nossa:7.3f} s   {razao:5.2f}x (teto {teto:.0f}x)   {achados} achados"
    )


def _tempo(funcao: Callable[[bytes], object], conteudo: bytes) -> float:
    inicio = time.perf_counter()
    funcao(conteudo)
    return time.perf_counter() - inicio


def _nua(conteudo: bytes) -> None:
    esquema = catalogo.esquema(VERSAO)
    if not esquema.validate(etree.fromstring(conteudo)):
        list(esquema.error_log)


def _nossa(conteudo: bytes) -> int:
    from uploads.veredito import julgar

    return len(julgar(conteudo, "lote.xml", contexto_de=_cadastro).achados)


def _cadastro(lote: LoteLido | None, documento: Documento) -> Contexto:
    """A full register in which the file is in order, and in which no rule is silent for want of a setting."""
    from uploads.regras import contexto as c

    guias = lote.guias if lote else []
    termo = c.TermoConhecido(termo="Termo da TUSS", vigencias=((date(2009, 2, 13), None),))
    return c.Contexto(
        agora=datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo")),
        cadastro=True,
        prestador=c.PrestadorConhecido(id=1, documento=CNPJ_PADRAO),
        operadora=c.OperadoraConhecida(id=2, registro_ans="331988", rotulo="PASA | 331988"),
        operadoras_da_plataforma={"331988": "PASA | 331988"},
        parametros=c.Parametros(
            versoes_aceitas=(VERSAO,),
            janela_da_transacao_dias=180,
            tamanhos_da_carteira=tuple({len(guia.numero_carteira or "") for guia in guias}),
            tabelas_aceitas=TABELAS,
        ),
        credenciamento=c.ContratoConhecido(codigo="1", inicio=date(2019, 1, 1), fim=None, ativo=True),
        beneficiarios={guia.numero_carteira or "": c.Cobertura(inclusao=date(2015, 1, 1)) for guia in guias},
        termos={(tabela or "", codigo or ""): termo for guia in guias for tabela, codigo, _, _ in guia.codigos},
        tabelas_carregadas=frozenset(TABELAS),
    )


def main() -> None:
    """Print one line per measurement."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
