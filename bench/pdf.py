"""Time of the cover of 100 guides beside a plain WeasyPrint table of the same cells. Run: `python -m bench.pdf`."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import astuple
from datetime import UTC, datetime
from decimal import Decimal
from html import escape

import django

VEZES = 7


def medir(fazer: Callable[[], bytes]) -> tuple[float, int]:
    """Median milliseconds of some runs after one to warm up, and the bytes made."""
    tamanho = len(fazer())
    tempos = []
    for _ in range(VEZES):
        inicio = time.perf_counter()
        fazer()
        tempos.append((time.perf_counter() - inicio) * 1000)
    return statistics.median(tempos), tamanho


def main() -> None:
    """Print both medians and their ratio."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    from weasyprint import HTML

    from lotes.capa import Capa, desenhar_capa

    capa = Capa(
        operadora="Operadora de Exemplo Ltda",
        sigla="Exemplo",
        registro_ans="331988",
        logotipo=None,
        protocolo=48759,
        lote=1002270,
        enviado_em=datetime(2026, 4, 17, 20, tzinfo=UTC),
        tipo_da_guia="Cobrança SP/SADT",
        origem="Upload XML",
        versao="TISS 4.03.00",
        valor_informado=Decimal("1284317.62"),
        valor_glosado=Decimal("2317.40"),
        valor_liberado=Decimal("1282000.22"),
        prestador="Clínica de Exemplo Ltda",
        documento="07906129000102",
        codigo="07906129000102",
        guias_com_glosas=3,
        itens_apresentados=21987,
        itens_com_glosas=11,
        guias=tuple(f"{20300965 + numero}" for numero in range(100)),
        emitida_em=datetime(2026, 4, 17, 20, tzinfo=UTC),
    )
    *valores, guias, _ = astuple(capa)
    linhas = "".join(f"<tr><td>{escape(str(valor))}</td></tr>" for valor in [*valores, *guias])
    nossa, bytes_da_nossa = medir(lambda: desenhar_capa(capa))
    simples, bytes_da_simples = medir(lambda: HTML(string=f"<table>{linhas}</table>").write_pdf())
    print(f"capa de 100 guias, PDF/UA   {nossa:7.0f} ms  {bytes_da_nossa:7d} bytes")
    print(f"tabela simples, WeasyPrint  {simples:7.0f} ms  {bytes_da_simples:7d} bytes")
    print(f"razão                       {nossa / simples:7.2f}")


if __name__ == "__main__":
    main()
