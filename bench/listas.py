"""Lists and searches beside their own size: `python -m bench.listas [--guias 1000000]`.

A scratch database is filled by SQL with 10,000 guides, measured through the test client, filled on to the number asked
for, and measured again. One prestador owns half of all lots, and one operadora receives all of them: the worst tenant
on either side. Budget: the same number of queries, and p95 at most 1.3 times.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

POUCAS = 10_000
PEDIDOS = 60
TETO = 1.3

_ABRIR = "alter table {t} no force row level security; alter table {t} disable trigger user"
_FECHAR = "alter table {t} force row level security; alter table {t} enable trigger user"
_TABELAS = ("lotes_lote", "lotes_guia", "lotes_item", "lotes_protocolo", "lotes_acontecimento")
_ORGANIZACOES = 21

_LOTES = Path(__file__).with_name("listas.sql")

PAGINAS = {
    "Pesquisar Lotes, último mês": (2, "/org-2/lotes/"),
    "Pesquisar Lotes, por valor": (2, "/org-2/lotes/?ordem=-informado"),
    "Pesquisar Lotes, qualquer data": (2, "/org-2/lotes/?de=&ate="),
    "Pesquisar Lotes, um número": (2, "/org-2/lotes/?lote=1000002"),
    "busca do topo, uma guia": (2, "/org-2/lotes/?q=999"),
    "um lote de 100 guias": (2, "/org-2/lotes/2/"),
    "uma guia": (2, "/org-2/lotes/guias/142/"),
    "Protocolos recebidos": (1, "/org-1/protocolos/"),
    "Protocolos recebidos, todos": (1, "/org-1/protocolos/?situacao="),
    "um protocolo de 100 guias": (1, "/org-1/protocolos/1/"),
}


@dataclass(frozen=True, slots=True)
class Medida:
    """One page at one size: 95th percentile in milliseconds, and queries."""

    p95: float
    consultas: int


def medir(guias: int) -> Iterator[str]:
    """Measure each page at both sizes; yields the lines of the report."""
    with banco_de_rascunho() as cursor:
        _cadastrar()
        _encher(cursor, 0, POUCAS)
        antes = _medir_paginas()
        inicio = time.perf_counter()
        _encher(cursor, POUCAS, guias)
        yield f"de {POUCAS:,} a {guias:,} guias em {time.perf_counter() - inicio:.0f} s".replace(",", ".")
        depois = _medir_paginas()
    yield f"{'p95 em ms':<34}{POUCAS:>10}{guias:>10}{'razão':>8}  consultas"
    for nome, medida in antes.items():
        outra = depois[nome]
        razao = outra.p95 / medida.p95
        aviso = "" if razao <= TETO and outra.consultas == medida.consultas else "  acima do orçamento"
        yield (
            f"{nome:<34}{medida.p95:>10.1f}{outra.p95:>10.1f}{razao:>7.2f}x"
            f"  {medida.consultas} e {outra.consultas}{aviso}"
        )


@contextmanager
def banco_de_rascunho() -> Iterator[Any]:
    """A migrated, empty database for both logins; gives a cursor of its owner, and removes it all afterwards."""
    from django.core.management import call_command
    from django.db import connections

    nome = f"conecta_listas_{os.getpid()}"
    dono, padrao = connections["dono"], connections["default"]
    originais = dono.settings_dict["NAME"], padrao.settings_dict["NAME"]
    with dono.cursor() as cursor:
        cursor.execute(f"create database {nome}")
    try:
        for conexao in (dono, padrao):
            conexao.close()
            conexao.settings_dict["NAME"] = nome
        call_command("migrate", verbosity=0)
        with dono.cursor() as cursor:
            yield cursor
    finally:
        for conexao, original in zip((dono, padrao), originais, strict=True):
            conexao.close()
            conexao.settings_dict["NAME"] = original
        with dono.cursor() as cursor:
            cursor.execute(f"drop database {nome} with (force)")


def _cadastrar() -> None:
    """The organisations, a person on either side, the contracts, the beneficiários and a file of each prestador.

    In an empty database the ids start at 1: what `_LOTES` counts on.
    """
    from django.utils import timezone

    from conecta.arquivos import cofre
    from conecta.arquivos.models import Conteudo
    from conecta.contas.models import Organizacao, Usuario, Vinculo
    from conecta.tenancy.escopo import inquilino, sistema
    from convenios.models import Beneficiario, Credenciamento

    with sistema():
        organizacoes = [
            Organizacao.objects.create(
                tipo="prestador" if numero > 1 else "operadora",
                nome=f"Organização {numero}",
                sigla=f"Organização {numero}",
                slug=f"org-{numero}",
                documento=f"{numero:014d}",
                registro_ans="" if numero > 1 else "331988",
            )
            for numero in range(1, _ORGANIZACOES + 1)
        ]
        for organizacao, papel in zip(organizacoes, ("gestor", "faturista"), strict=False):
            usuario = Usuario.objects.create(email=f"{papel}@conecta.example", nome=papel, password="!")
            Vinculo.objects.create(usuario=usuario, organizacao=organizacao, papel=papel)
    operadora, *prestadores = organizacoes
    with inquilino("operadora", operadora.pk):
        for prestador in prestadores:
            Credenciamento.objects.create(
                prestador=prestador,
                operadora=operadora,
                codigo_na_operadora=prestador.documento,
                inicio=date(2019, 3, 1),
            )
        Beneficiario.objects.bulk_create(
            Beneficiario(
                operadora=operadora,
                numero_carteira=f"{numero:016d}",
                nome=f"PESSOA INVENTADA {numero}",
                nome_busca=f"pessoa inventada {numero}",
                inclusao=date(2015, 1, 1),
            )
            for numero in range(1, 5001)
        )
    for prestador in prestadores:
        with inquilino("prestador", prestador.pk):
            conteudo = cofre.guardar(b"<lote/>", prestador_id=prestador.pk)
            Conteudo.objects.filter(pk=conteudo.pk).update(operadora=operadora, enviado_em=timezone.now())


def _encher(cursor: Any, de: int, ate: int) -> None:
    """Bring the number of guides from `de` to `ate`, a hundred to a lot. The wall is down only meanwhile."""
    for tabela in _TABELAS:
        cursor.execute(_ABRIR.format(t=tabela))
    cursor.execute(_LOTES.read_text(), {"de": de // 100 + 1, "ate": ate // 100})
    for tabela in _TABELAS:
        cursor.execute(_FECHAR.format(t=tabela))
    cursor.execute("vacuum analyze")


def _medir_paginas() -> dict[str, Medida]:
    from django.test import Client

    from conecta.contas.models import Usuario

    clientes = {}
    for usuario in Usuario.objects.all():
        clientes[usuario.pk] = Client(SERVER_NAME="localhost")
        clientes[usuario.pk].force_login(usuario)
    return {nome: _medir(clientes[pessoa], caminho) for nome, (pessoa, caminho) in PAGINAS.items()}


def _medir(cliente: Any, caminho: str) -> Medida:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as feitas:
        resposta = cliente.get(caminho)
    # Now: the next request empties the log that the context reads.
    consultas = len(feitas)
    assert resposta.status_code in (200, 302), f"{caminho}: {resposta.status_code}"
    tempos = sorted(_tempo(cliente, caminho) for _ in range(PEDIDOS))
    return Medida(tempos[math.ceil(PEDIDOS * 0.95) - 1] * 1000, consultas)


def _tempo(cliente: Any, caminho: str) -> float:
    inicio = time.perf_counter()
    cliente.get(caminho)
    return time.perf_counter() - inicio


def main() -> None:
    """Run from the command line."""
    import django

    opcoes = argparse.ArgumentParser(description=__doc__)
    opcoes.add_argument("--guias", type=int, default=1_000_000, help="quantas guias no tamanho grande")
    guias = opcoes.parse_args().guias
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    from django.conf import settings

    # What is measured is the page, not the hashed names of the styles that it links to.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    for linha in medir(guias):
        print(linha, flush=True)


if __name__ == "__main__":
    main()
