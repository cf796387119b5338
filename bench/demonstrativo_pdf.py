"""Statements as PDF beside a plain WeasyPrint table of the same cells. Run: `python -m bench.demonstrativo_pdf`."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise

MILHAR = ((1, 1000), (10, 100), (100, 10))
"""Guides, and items of each, of statements of 1,000 items."""


def medir(fazer: Callable[[], bytes], vezes: int = 1) -> tuple[float, int]:
    """The least milliseconds of some runs, and the bytes made."""
    tempos = []
    for _ in range(vezes):
        inicio = time.perf_counter()
        tamanho = len(fazer())
        tempos.append((time.perf_counter() - inicio) * 1000)
    return min(tempos), tamanho


def main() -> None:
    """Print the time of ours, of the plain table, and their ratio; then the largest that there is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    from weasyprint import HTML

    from demonstrativos.emissao.desenho import desenhar_demonstrativo
    from tiss_schemas.exemplos_demonstrativo import exemplo_de_analise

    desenhar_demonstrativo(exemplo_de_analise(), sigla="Exemplo")
    for guias, itens in MILHAR:
        demonstrativo = exemplo_de_analise(guias=guias, itens=itens)
        nosso, bytes_do_nosso = medir(lambda d=demonstrativo: desenhar_demonstrativo(d, sigla="Exemplo"), 3)
        tabela = _tabela(demonstrativo)
        simples, bytes_do_simples = medir(lambda t=tabela: HTML(string=t).write_pdf())
        print(f"{guias:3d} guias de {itens:4d} itens   {nosso:7.0f} ms  {bytes_do_nosso:8d} bytes")
        print(f"tabela simples           {simples:7.0f} ms  {bytes_do_simples:8d} bytes")
        print(f"razão                    {nosso / simples:7.3f}")
    maior = exemplo_de_analise(guias=100, itens=220)
    tempo, tamanho = medir(lambda: desenhar_demonstrativo(maior, sigla="Exemplo"))
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"100 guias, 22.000 itens  {tempo:7.0f} ms  {tamanho:8d} bytes, pico de {memoria:.0f} MB do processo")


def _tabela(demonstrativo: DemonstrativoDeAnalise) -> str:
    """The cells of all items as a table without any style."""
    linhas = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(str(celula))}</td>"
            for celula in (
                item.data,
                item.tabela,
                item.codigo,
                item.descricao,
                item.grau_de_participacao,
                item.valores.informado,
                item.quantidade,
                item.valores.processado,
                item.valores.liberado,
                item.valores.glosa,
                " ".join(glosa.codigo for glosa in item.glosas),
            )
        )
        + "</tr>"
        for protocolo in demonstrativo.protocolos
        for guia in protocolo.guias
        for item in guia.itens
    )
    return f"<table>{linhas}</table>"


if __name__ == "__main__":
    main()
