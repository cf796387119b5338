"""Lists and searches beside their own size: `python -m bench.listas [--guias 1000000]`.

Two scratch databases are filled by SQL, one with 10,000 guides, one with the number asked for, and measured through the
test client. One prestador owns half of all lots, and one operadora receives all of them: the worst tenant
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


class Rascunho:
    """A scratch database, with connections of its own that are kept open while another one is in use."""

    def __init__(self, nome: str) -> None:
        self.nome = nome
        self.clientes: dict[int, Any] = {}
        self._abertas: dict[str, Any] = dict.fromkeys(("default", "dono"))

    @contextmanager
    def em_uso(self) -> Iterator[None]:
        """Meanwhile this is the database of both logins."""
        from django.db import connections

        antes = {
            nome: (connections[nome].connection, connections[nome].settings_dict["NAME"]) for nome in self._abertas
        }
        for nome, aberta in self._abertas.items():
            connections[nome].connection, connections[nome].settings_dict["NAME"] = aberta, self.nome
        try:
            yield
        finally:
            for nome, (conexao, banco) in antes.items():
                self._abertas[nome] = connections[nome].connection
                connections[nome].connection, connections[nome].settings_dict["NAME"] = conexao, banco

    def encher(self, guias: int) -> None:
        """Migrate, register the organisations, and fill with that many guides."""
        from django.core.management import call_command
        from django.db import connections

        with self.em_uso():
            call_command("migrate", verbosity=0)
            _cadastrar()
            with connections["dono"].cursor() as cursor:
                _encher(cursor, guias)
            self.clientes = _clientes()

    def demora(self, pessoa: int, caminho: str) -> float:
        """One request, in milliseconds."""
        with self.em_uso():
            inicio = time.perf_counter()
            resposta = self.clientes[pessoa].get(caminho)
            demora = (time.perf_counter() - inicio) * 1000
        assert resposta.status_code in (200, 302), f"{caminho}: {resposta.status_code}"
        return demora

    def consultas(self, pessoa: int, caminho: str) -> int:
        """How many queries a page takes, once what is loaded only the first time is there."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.demora(pessoa, caminho)
        with self.em_uso(), CaptureQueriesContext(connection) as feitas:
            self.clientes[pessoa].get(caminho)
            return len(feitas)

    def fechar(self) -> None:
        """Give the connections back."""
        for aberta in filter(None, self._abertas.values()):
            aberta.close()


def medir(guias: int) -> Iterator[str]:
    """Measure each page at both sizes; yields the lines of the report.

    The requests take turns between the two databases, so that a slow moment of the machine falls on both.
    """
    with rascunho("poucas") as pequeno, rascunho("muitas") as grande:
        inicio = time.perf_counter()
        pequeno.encher(POUCAS)
        grande.encher(guias)
        yield f"{POUCAS:_} e {guias:_} guias, prontas em {time.perf_counter() - inicio:.0f} s".replace("_", ".")
        yield f"{'p95 em ms':<34}{POUCAS:>10}{guias:>10}{'razão':>8}  consultas"
        for nome, (pessoa, caminho) in PAGINAS.items():
            yield _linha(nome, *_medir(pequeno, grande, pessoa, caminho))


def _medir(pequeno: Rascunho, grande: Rascunho, pessoa: int, caminho: str) -> tuple[Medida, Medida]:
    tempos: tuple[list[float], list[float]] = ([], [])
    consultas = [banco.consultas(pessoa, caminho) for banco in (pequeno, grande)]
    for _ in range(PEDIDOS):
        for banco, medidos in zip((pequeno, grande), tempos, strict=True):
            medidos.append(banco.demora(pessoa, caminho))
    return Medida(_p95(tempos[0]), consultas[0]), Medida(_p95(tempos[1]), consultas[1])


def _p95(tempos: list[float]) -> float:
    return sorted(tempos)[math.ceil(len(tempos) * 0.95) - 1]


def _linha(nome: str, antes: Medida, depois: Medida) -> str:
    razao = depois.p95 / antes.p95
    aviso = "" if razao <= TETO and depois.consultas == antes.consultas else "  acima do orçamento"
    return (
        f"{nome:<34}{antes.p95:>10.1f}{depois.p95:>10.1f}{razao:>7.2f}x  {antes.consultas} e {depois.consultas}{aviso}"
    )


@contextmanager
def rascunho(sufixo: str) -> Iterator[Rascunho]:
    """An empty database, removed afterwards."""
    from django.db import connections

    banco = Rascunho(f"conecta_listas_{os.getpid()}_{sufixo}")
    with connections["dono"].cursor() as cursor:
        cursor.execute(f"create database {banco.nome}")
    try:
        yield banco
    finally:
        banco.fechar()
        with connections["dono"].cursor() as cursor:
            cursor.execute(f"drop database {banco.nome}")


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


def _encher(cursor: Any, guias: int) -> None:
    """Make the lots of that many guides, a hundred to a lot. The wall is down only meanwhile."""
    for tabela in _TABELAS:
        cursor.execute(_ABRIR.format(t=tabela))
    cursor.execute(_LOTES.read_text(), {"de": 1, "ate": guias // 100})
    for tabela in _TABELAS:
        cursor.execute(_FECHAR.format(t=tabela))
    cursor.execute("vacuum analyze")


def _clientes() -> dict[int, Any]:
    """A logged-in client for each person."""
    from django.test import Client

    from conecta.contas.models import Usuario

    clientes = {}
    for usuario in Usuario.objects.all():
        clientes[usuario.pk] = Client(SERVER_NAME="localhost")
        clientes[usuario.pk].force_login(usuario)
    return clientes


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
