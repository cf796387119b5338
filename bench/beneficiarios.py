"""Half a million beneficiários from a file to the register, checked and written: `python -m bench.beneficiarios`.

Each of CSV and XLSX by the jobs that a worker does, in a process of its own whose peak of memory counts; then the same
file again, which must change nothing; then searches by name and by card. A scratch database is made and removed.
"""

from __future__ import annotations

import io
import os
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from multiprocessing import get_context
from statistics import quantiles
from typing import Any

import django

from bench.banco import banco_de_rascunho

LINHAS = 500_000
TITULOS = ("Carteira", "Nome", "Nascimento", "Sexo", "Inclusão", "Desligamento", "Validade da carteira")
_NOMES = ("Maria", "José", "Ana", "João", "Antônia", "Francisco", "Luíza", "Inácio", "Conceição", "Sebastião")
_SOBRENOMES = ("da Silva", "Souza", "Araújo", "Gonçalves", "Pereira", "Magalhães", "Brandão", "Lima", "Rocha", "Neves")

_PROCURADOS = {
    "começo do nome": ["maria da silva", "jose", "ant", "conceicao ara"],
    "carteira": [f"{LINHAS - 1:017}", f"{LINHAS // 2:017}"],
    "palavra do meio": ["magalhaes", "mag", "brandao", "rocha", "sil"],
    "palavras do meio": ["maria magalhaes", "brandao rocha", "neves araujo", "silva francisco lima", "pereira 4711"],
    "palavras que ninguém tem": ["zzz", "maria zzz", "magalhaes brandao souza"],
}
_VEZES = 20


def medir() -> Iterator[str]:
    """A line per measurement, as soon as it is known."""
    from tests.fabrica import montar_cenario

    with banco_de_rascunho("beneficiarios"):
        cenario = montar_cenario()
        for nome, dados, quem in (("CSV", _csv(), "pasa"), ("XLSX", _xlsx(), "sulina")):
            for vez in ("", " outra vez"):
                importacao = _incluir(cenario, dados, quem)
                conferida, pico = _em_processo(_trabalhar)
                _mandar_gravar(cenario, importacao, quem)
                gravada, pico_gravando = _em_processo(_trabalhar)
                feito = _conferir(cenario, importacao, quem)
                tempos = f"conferir {conferida:.1f} s, gravar {gravada:.1f} s"
                memoria = f"pico {max(pico, pico_gravando):.0f} MB"
                yield f"{LINHAS:,} linhas de {nome}{vez}, {len(dados) / 1024**2:.0f} MB: {tempos}, {memoria} ({feito})"
        yield from _pesquisar(cenario)


def _linhas() -> Iterator[tuple[str, ...]]:
    for n in range(LINHAS):
        nome = f"{_NOMES[n % 10]} {_SOBRENOMES[n // 10 % 10]} {_SOBRENOMES[n // 100 % 10]} {n}"
        nascimento = date(1940, 1, 1) + timedelta(days=n % 30_000)
        yield (f"{n:017}", nome, f"{nascimento:%d/%m/%Y}", "MF"[n % 2], "01/01/2023", "", "31/12/2030")


def _csv() -> bytes:
    return "\r\n".join(";".join(linha) for linha in (TITULOS, *_linhas())).encode()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    pasta = Workbook(write_only=True)
    folha = pasta.create_sheet("Beneficiários")
    folha.append(TITULOS)
    for linha in _linhas():
        folha.append(linha)
    arquivo = io.BytesIO()
    pasta.save(arquivo)
    return arquivo.getvalue()


def _incluir(cenario: Any, dados: bytes, quem: str) -> Any:
    from tests.importacao.apoio import incluir

    return incluir(cenario, dados, layout="beneficiarios", quem=quem)


def _mandar_gravar(cenario: Any, importacao: Any, quem: str) -> None:
    from conecta.importacao import transicoes
    from conecta.importacao.estados import Modo

    with cenario.dentro(quem, "gestor"):
        pessoa = cenario.pessoa("gestor", quem)
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.TUDO, por=pessoa)


def _trabalhar() -> None:
    from tests.importacao.apoio import trabalhar

    if trabalhar() != 1:
        raise RuntimeError("one job was expected")


def _conferir(cenario: Any, importacao: Any, quem: str) -> str:
    """A figure counts only when all that was measured ended as it should."""
    from tests.importacao.apoio import atual

    fim = atual(cenario, importacao, quem)
    if fim.situacao != "concluida" or fim.boas != LINHAS:
        raise RuntimeError(f"{fim.situacao}: {fim.boas} rows of {LINHAS}: {fim.erro}")
    return f"novas {fim.novas}, mudadas {fim.mudadas}, iguais {fim.iguais}"


def _pesquisar(cenario: Any) -> Iterator[str]:
    from convenios.registros_consultas import beneficiarios_filtrados, pagina_de_beneficiarios

    todos = []
    for nome, textos in _PROCURADOS.items():
        tempos = []
        for texto in textos * _VEZES:
            with cenario.dentro("pasa"):
                inicio = time.perf_counter()
                achados = list(pagina_de_beneficiarios(beneficiarios_filtrados(cenario.pasa, {"texto": texto}), "1"))
                tempos.append((time.perf_counter() - inicio) * 1000)
        todos += tempos
        yield f"pesquisa por {nome}: {_p95(tempos):.0f} ms em 95 de 100, {len(achados)} na página"
    yield f"pesquisa: {_p95(todos):.0f} ms em 95 de 100"


def _p95(tempos: list[float]) -> float:
    return quantiles(tempos, n=20, method="inclusive")[-1]


def _em_processo(funcao: Callable[[], None]) -> tuple[float, float]:
    """Seconds that `funcao` takes in a new process, and that process's peak of memory in MB."""
    from django.db import connections

    connections.close_all()
    contexto = get_context("spawn")
    fila = contexto.SimpleQueue()
    bancos = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    processo = contexto.Process(target=_correr, args=(funcao, bancos, fila))
    processo.start()
    processo.join()
    if processo.exitcode:
        raise RuntimeError("a process of the measurement died")
    segundos, pico = fila.get()
    return segundos, pico


def _correr(funcao: Callable[[], None], bancos: dict[str, str], fila: Any) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    from django.db import connections

    for alias, banco in bancos.items():
        connections[alias].settings_dict["NAME"] = banco
    inicio = time.perf_counter()
    funcao()
    fila.put((time.perf_counter() - inicio, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    """Print every measurement."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    import logging

    logging.disable(logging.WARNING)
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
