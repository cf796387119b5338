"""The automatic pass over the largest protocol, rows in Postgres: `python -m bench.conferencia`.

Beside the verdict on the same file, which knows the same register: as it is, with nothing to refuse, and with every
procedure charged above its price. Ceilings: twice the verdict, and six times where 11,000 glosas are written, with all
sums above them. A scratch database is made and removed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import django

from bench.banco import banco_de_rascunho

RODADAS = 3
TETO = 2.0
TETO_COM_GLOSAS = 6.0
_UM_CENTAVO = "0.01"


def medir() -> Iterator[str]:
    """A line per measurement, as soon as it is known."""
    from tests.demonstrativos.conferencia.apoio import em_analise, ligar, precificar
    from tests.fabrica import montar_cenario
    from uploads.julgamento import julgar_para

    with banco_de_rascunho("conferencia"):
        cenario = montar_cenario()
        ligar(cenario)
        analise = em_analise(cenario, guias=100, itens=220)
        dados, codigos = _do_protocolo(cenario, analise)

        def veredito() -> None:
            with cenario.dentro("aurelia"):
                julgar_para(cenario.aurelia, dados, "lote.xml", lote_id=analise.lote_id)

        yield _linha("22.000 itens, nada a glosar", veredito, lambda: _conferir(cenario, analise), TETO)
        precificar(cenario, dict.fromkeys(codigos, _UM_CENTAVO))
        yield _linha(
            "22.000 itens, cada procedimento acima do preço",
            veredito,
            lambda: _conferir(cenario, analise),
            TETO_COM_GLOSAS,
        )


def _do_protocolo(cenario: Any, analise: Any) -> tuple[bytes, list[str]]:
    """The bytes that were sent, and the procedures in them."""
    from conecta.arquivos import cofre
    from lotes.models import Item

    with cenario.dentro("pasa"):
        codigos = Item.objects.filter(lote=analise.lote_id, tabela="22").values_list("codigo", flat=True).distinct()
        return cofre.abrir(analise.protocolo.conteudo_id), list(codigos)


def _conferir(cenario: Any, analise: Any) -> None:
    from demonstrativos.analise import conferencia
    from demonstrativos.analise.models import Analise

    with cenario.dentro("pasa"):
        Analise.objects.filter(pk=analise.pk).update(conferencia="pendente")
        conferencia.conferir(analise.pk)


def _linha(trabalho: str, nua: Callable[[], None], nossa: Callable[[], None], teto: float) -> str:
    """Rounds of each turn about, so that a slow moment of the machine falls on both."""
    tempos = [(_tempo(nua), _tempo(nossa)) for _ in range(RODADAS)]
    veredito, conferencia = (median(medidos) for medidos in zip(*tempos, strict=True))
    return (
        f"{trabalho:<48} veredito {veredito:7.3f} s   conferência {conferencia:7.3f} s   "
        f"{conferencia / veredito:5.2f}x (teto {teto:.0f}x)"
    )


def _tempo(funcao: Callable[[], None]) -> float:
    inicio = time.perf_counter()
    funcao()
    return time.perf_counter() - inicio


def main() -> None:
    """Print one line per measurement."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
