"""Statements as PDF beside a plain WeasyPrint table of the same cells. Run: `python -m bench.demonstrativo_pdf`."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise, GuiaAnalisada

MILHAR = ((1, 1000), (10, 100), (100, 10))
"""Guides, and items of each, of statements of 1,000 items."""
TOTAIS = ("informado", "processado", "liberado", "glosa")
DA_GUIA = (
    *("numero_do_prestador", "numero_da_operadora", "senha", "beneficiario", "nome_social", "numero_carteira"),
    *("inicio", "hora_do_inicio", "fim", "hora_do_fim", "glosas", "situacao"),
)
COLUNAS = (
    *("data", "tabela", "código", "descrição", "grau de participação", "valor informado", "quantidade"),
    *("valor processado", "valor liberado", "valor glosa", "código da glosa"),
)


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
    """The cells of a statement as a table without any style: all that it shows between the heads of its pages."""
    linhas = [
        linha
        for protocolo in demonstrativo.protocolos
        for linha in (
            *_rotulados(protocolo, ("lote", "numero", "data", "glosa", "situacao")),
            *(linha for guia in protocolo.guias for linha in _da_guia(guia)),
            *_rotulados(protocolo.valores, TOTAIS),
        )
    ]
    linhas += _rotulados(demonstrativo.valores, TOTAIS)
    return f"<table>{''.join(map(_linha, linhas))}</table>"


def _da_guia(guia: GuiaAnalisada) -> list[Sequence[object]]:
    """What its boxes, the head of its items, each of them, and its totals say."""
    itens = [
        (
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
        for item in guia.itens
    ]
    return [*_rotulados(guia, DA_GUIA), COLUNAS, *itens, *_rotulados(guia.valores, TOTAIS)]


def _rotulados(de: object, campos: tuple[str, ...]) -> list[Sequence[object]]:
    """A row of labels, and one of what stands below them."""
    return [campos, [getattr(de, campo) for campo in campos]]


def _linha(celulas: Sequence[object]) -> str:
    return f"<tr>{''.join(f'<td>{escape(str(celula))}</td>' for celula in celulas)}</tr>"


if __name__ == "__main__":
    main()
