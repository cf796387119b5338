"""From the start of a file's job to *Importado*, rows in Postgres: `python -m bench.importacao`.

The largest file beside what it cannot do without: the verdict, and a bare COPY of the same item rows into a table with
the same indexes and checks but no policy. Then 300 typical files by two processes that claim jobs as workers do, beside
two that only judge and copy. Budget: twice, both times. A scratch database is made and removed.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from statistics import median
from typing import Any

import django

from bench.banco import banco_de_rascunho

RODADAS = 3
TIPICOS = 300
PROCESSOS = 2
TETO = 2.0

_NUA = "copia_nua"
_COLUNAS = (
    "prestador_id, operadora_id, guia_id, lote_id, posicao, especie, sequencial, codigo_da_despesa, data, tabela, \
codigo, descricao, quantidade, fator, valor_unitario, valor_total"
)


def medir() -> Iterator[str]:
    """A line per measurement, as soon as it is known."""
    from tests.fabrica import montar_cenario

    with banco_de_rascunho("importacao") as cursor:
        cursor.execute(f"create table {_NUA} (like lotes_item including all)")
        cursor.execute(f"grant insert on {_NUA} to conecta_prestador")
        cenario = montar_cenario()
        yield _o_maior(cenario)
        yield _os_tipicos(cenario)


def _o_maior(cenario: Any) -> str:
    _importar(cenario, _exemplo(cenario, 1, guias=1, itens=1))
    tempos = []
    for rodada in range(RODADAS):
        dados = _exemplo(cenario, 10 + rodada, guias=100, itens=220)
        nua = _tempo(lambda dados=dados: _julgar_e_copiar(cenario, dados))
        tempos.append((nua, _importar(cenario, dados)))
    nua, nossa = (median(medidos) for medidos in zip(*tempos, strict=True))
    return _linha("14 MB, 100 guias, 22.000 itens, até Importado", nua, nossa)


def _os_tipicos(cenario: Any) -> str:
    arquivos = [_exemplo(cenario, 1_000 + numero, guias=100, itens=10) for numero in range(TIPICOS)]
    nua = _em_processos(partial(_loop_nu, cenario), [arquivos[parte::PROCESSOS] for parte in range(PROCESSOS)])
    for dados in arquivos:
        _incluir(cenario, dados)
    nossa = _em_processos(_trabalhar, [f"bench {parte}" for parte in range(PROCESSOS)])
    _conferir(cenario, TIPICOS + RODADAS + 1)
    return _linha(f"{TIPICOS} arquivos típicos, {PROCESSOS} processos", nua, nossa)


def _em_processos(funcao: Callable[[Any], None], partes: list[Any]) -> float:
    """Seconds that the processes take together, their start left out. They are forked, so nothing is copied to them."""
    from django.db import connections

    connections.close_all()
    contexto = get_context("fork")
    largada = contexto.Barrier(len(partes) + 1)
    processos = [contexto.Process(target=_correr, args=(largada, funcao, parte)) for parte in partes]
    for processo in processos:
        processo.start()
    largada.wait()
    tempo = _tempo(lambda: [processo.join() for processo in processos])
    if any(processo.exitcode for processo in processos):
        raise RuntimeError("a process of the measurement died")
    return tempo


def _correr(largada: Any, funcao: Callable[[Any], None], parte: Any) -> None:
    """Reach the database before the start signal."""
    from django.db import connection

    connection.ensure_connection()
    largada.wait()
    funcao(parte)


def _loop_nu(cenario: Any, arquivos: list[bytes]) -> None:
    for dados in arquivos:
        _julgar_e_copiar(cenario, dados)


def _trabalhar(dono: str) -> None:
    from conecta.fila import fila

    while (trabalho := fila.reclamar("validacao", dono)) is not None:
        fila.executar(trabalho, dono)


def _julgar_e_copiar(cenario: Any, dados: bytes) -> None:
    """The verdict with the register of the database, and the bare COPY."""
    from django.db import connection
    from django.utils import timezone

    from lotes.models import Guia
    from lotes.recebimento import linhas_dos_itens
    from uploads.contexto import carregar_contexto
    from uploads.veredito import julgar

    contexto_de = partial(carregar_contexto, prestador=cenario.aurelia, arquivo_id=None, agora=timezone.localtime())
    with cenario.dentro("aurelia"):
        lido = julgar(dados, "lote.xml", contexto_de=contexto_de).lote
        assert lido is not None
        guias = [Guia(pk=n, lote_id=1, prestador_id=1, operadora_id=1) for n, _ in enumerate(lido.guias)]
        with _sem_guardar(), connection.cursor() as cursor:
            texto = "".join("\t".join(map(_campo, linha)) + "\n" for linha in linhas_dos_itens(lido.guias, guias))
            cursor.copy_expert(f"copy {_NUA} ({_COLUNAS}) from stdin", io.StringIO(texto))


@contextmanager
def _sem_guardar() -> Iterator[None]:
    """Roll back what the bare COPY wrote: the next round may write the same keys."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _campo(valor: object) -> str:
    return "\\N" if valor is None else str(valor)


def _importar(cenario: Any, dados: bytes) -> float:
    """Seconds of the job of one file."""
    from conecta.fila import fila

    _incluir(cenario, dados)
    trabalho = fila.reclamar("validacao", "bench")
    assert trabalho is not None
    return _tempo(lambda: fila.executar(trabalho, "bench"))


def _incluir(cenario: Any, dados: bytes) -> None:
    from uploads import transicoes

    with cenario.dentro("aurelia", "faturista"):
        por = cenario.pessoa("faturista", "aurelia")
        transicoes.incluir(prestador=cenario.aurelia, nome="lote.xml", dados=dados, por=por)


def _conferir(cenario: Any, esperados: int) -> None:
    """A figure counts only when all that was measured ended as it should."""
    from uploads.models import Arquivo

    with cenario.dentro("aurelia"):
        importados = Arquivo.objects.filter(situacao="importado").count()
    if importados != esperados:
        raise RuntimeError(f"{importados} files imported, {esperados} expected")


def _exemplo(cenario: Any, numero: int, *, guias: int, itens: int) -> bytes:
    from django.utils import timezone

    from tests.fabrica import CARTEIRAS, PASA
    from tiss_schemas.exemplos import lote_exemplo

    return lote_exemplo(
        "sadt",
        guias=guias,
        itens=itens,
        registro_ans=PASA,
        cnpj=cenario.aurelia.documento,
        carteiras=[CARTEIRAS[PASA].format(n) for n in range(40)],
        data=timezone.localdate() - timedelta(days=1),
        numero_lote=str(numero),
        sequencial=str(numero),
        primeiro_numero_guia=numero * 1_000,
        semente=numero,
    )


def _tempo(funcao: Callable[[], object]) -> float:
    inicio = time.perf_counter()
    funcao()
    return time.perf_counter() - inicio


def _linha(trabalho: str, nua: float, nossa: float) -> str:
    return f"{trabalho:<46} nua {nua:7.3f} s   nossa {nossa:7.3f} s   {nossa / nua:5.2f}x (teto {TETO:.0f}x)"


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
