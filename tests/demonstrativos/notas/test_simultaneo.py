"""Two people at once, with real commits: a protocol gets into one nota."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.db import connection, connections

from demonstrativos.notas.erros import NotaRecusada
from lotes.models import Protocolo
from tests.demonstrativos.notas.apoio import criada
from tests.demonstrativos.pagamentos.apoio import liberado
from tests.fabrica import Cenario, montar_cenario


def test_a_protocol_gets_into_one_nota(commitado: None) -> None:
    cenario = montar_cenario()
    protocolo = liberado(cenario)
    with ThreadPoolExecutor(1) as outra_pessoa:
        with cenario.dentro("aurelia", "financeiro_prestador"):
            criada(cenario, [protocolo])
            recusa = outra_pessoa.submit(_criar, cenario, protocolo)
            _ate_que_alguem_espere()
        assert "outra pessoa acabou de incluir" in recusa.result()


def _criar(cenario: Cenario, protocolo: Protocolo) -> str:
    try:
        criada(cenario, [protocolo])
    except NotaRecusada as recusa:
        return recusa.frase
    finally:
        connection.close()
    return ""


def _ate_que_alguem_espere() -> None:
    """Until a statement waits for another transaction in this database."""
    ate = monotonic() + 30
    with connections["dono"].cursor() as cursor:
        while monotonic() < ate:
            cursor.execute(
                "select count(*) from pg_locks l join pg_stat_activity a using (pid) "
                "where not l.granted and a.datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")
