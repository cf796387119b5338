"""The whole verdict on the largest file, beside the bare library calls: `python -m bench.veredito`.

Everything that a worker does to judge a file but the queries: reading, schema, hash, the lot, every rule with a full
register in memory. Budget: three times the bare parse and validation.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

import django
from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.exemplos import CNPJ_PADRAO, lote_exemplo
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import LoteLido

VERSAO = "4.03.00"
RODADAS = 5
TETO = 3.0


def medir() -> Iterator[str]:
    """A line per kind of file, as soon as it is known."""
    certo = lote_exemplo("sadt", VERSAO, guias=100, itens=220)
    yield _linha("14 MB, 100 guias, 22.000 itens, em ordem", certo)
    yield _linha("o mesmo, com o total de cada item errado", re.sub(rb"<ans:valorUnitario>", rb"\g<0>9", certo))


def _linha(trabalho: str, conteudo: bytes) -> str:
    """Rounds of each turn about, so that a slow moment of the machine falls on both."""
    achados = _nossa(conteudo)
    tempos = [(_tempo(_nua, conteudo), _tempo(_nossa, conteudo)) for _ in range(RODADAS)]
    nua, nossa = (median(medidos) for medidos in zip(*tempos, strict=True))
    razao = nossa / nua
    return (
        f"{trabalho:<46} nua {nua:7.3f} s   nossa {nossa:7.3f} s   {razao:5.2f}x (teto {TETO:.0f}x)   {achados} achados"
    )


def _tempo(funcao: object, conteudo: bytes) -> float:
    assert callable(funcao)
    inicio = time.perf_counter()
    funcao(conteudo)
    return time.perf_counter() - inicio


def _nua(conteudo: bytes) -> bool:
    return catalogo.esquema(VERSAO).validate(etree.fromstring(conteudo))


def _nossa(conteudo: bytes) -> int:
    from uploads.veredito import julgar

    return len(julgar(conteudo, "lote.xml", contexto_de=_cadastro).achados)


def _cadastro(lote: LoteLido | None, documento: Documento) -> object:
    """A full register in which the file is in order."""
    from uploads.regras import contexto as c

    carteiras = {guia.numero_carteira or "" for guia in lote.guias} if lote else set()
    return c.Contexto(
        agora=datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo")),
        cadastro=True,
        prestador=c.PrestadorConhecido(id=1, documento=CNPJ_PADRAO),
        operadora=c.OperadoraConhecida(id=2, registro_ans="331988", rotulo="PASA | 331988"),
        operadoras_da_plataforma={"331988": "PASA | 331988"},
        credenciamento=c.ContratoConhecido(codigo="1", inicio=date(2019, 1, 1), fim=None, ativo=True),
        beneficiarios={carteira: c.Cobertura(inclusao=date(2015, 1, 1)) for carteira in carteiras},
    )


def main() -> None:
    """Print one line per measurement."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
