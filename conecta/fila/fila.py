"""Putting jobs in, claiming the fairest one, finishing, sweeping.

Order is start-time fair queueing: every organisation gets rising tags from where the queue now stands, so that a
thousand jobs of one organisation delay nobody else's by more than the jobs already running.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import structlog
from django.conf import settings
from django.db import connection, transaction

from conecta.tenancy.escopo import atual, inquilino, sistema

from .registro import TipoDeTrabalho, tipo_de

registro_de_eventos = structlog.get_logger(__name__)

TETO_POR_ORGANIZACAO = 2
"""Jobs of one organisation that may run at a time."""

_DO_SUAVE_AO_DURO = 60
"""Seconds that a job has, once told to stop, before its process is ended."""

_ENFILEIRAR = """
with agora as (
    select coalesce(
        (select min(etiqueta) from fila_trabalho where estado = 'pronto' and fila = %(fila)s),
        (select max(ultima_etiqueta) from fila_vez where fila = %(fila)s), 0) as etiqueta
), vez as (
    insert into fila_vez (organizacao_id, fila, ultima_etiqueta)
    select %(organizacao)s, %(fila)s, etiqueta + 1 from agora where %(organizacao)s::bigint is not null
    on conflict (fila, organizacao_id) do update
        set ultima_etiqueta = greatest(fila_vez.ultima_etiqueta, (select etiqueta from agora)) + 1
    returning ultima_etiqueta
)
insert into fila_trabalho (organizacao_id, fila, tipo, alvo, usuario, estado, etiqueta, tentativas, max_tentativas,
                           disponivel_em, criado_em, erro)
select %(organizacao)s, %(fila)s, %(tipo)s, %(alvo)s, %(usuario)s, 'pronto', coalesce(ultima_etiqueta, etiqueta + 1),
       0, 3, now(), now(), ''
from agora left join vez on true returning id
"""

_RECLAMAR = """
update fila_trabalho set estado = 'rodando', tentativas = tentativas + 1, arrendado_por = %(dono)s,
    arrendado_ate = clock_timestamp() + %(segundos)s * interval '1 second', iniciado_em = clock_timestamp()
where id = (
    select id from fila_trabalho t
    where estado = 'pronto' and fila = %(fila)s and disponivel_em <= clock_timestamp()
      and (select count(*) from fila_trabalho r
           where r.estado = 'rodando' and r.organizacao_id = t.organizacao_id) < %(teto)s
    order by etiqueta, id limit 1 for update skip locked)
returning id, coalesce(organizacao_id, 0), tipo, alvo, usuario,
          coalesce((select tipo from contas_organizacao o where o.id = organizacao_id), 'sistema')
"""

_TERMINAR = """
update fila_trabalho set estado = %(estado)s, terminado_em = clock_timestamp(), arrendado_por = null,
    arrendado_ate = null, erro = %(erro)s
where id = %(id)s and arrendado_por = %(dono)s and estado = 'rodando'
"""

_DEVOLVER = """
update fila_trabalho set estado = 'pronto', arrendado_por = null, arrendado_ate = null, erro = %(erro)s,
    disponivel_em = clock_timestamp() + power(2, tentativas) * %(espera)s * interval '1 second'
where id = %(id)s and arrendado_por = %(dono)s and estado = 'rodando' and tentativas < max_tentativas
"""

_VENCIDOS = """
select id, coalesce(organizacao_id, 0), tipo, alvo, usuario,
       coalesce((select tipo from contas_organizacao o where o.id = organizacao_id), 'sistema'),
       arrendado_por, tentativas >= max_tentativas
from fila_trabalho where estado = 'rodando' and arrendado_ate < clock_timestamp() for update skip locked
"""

_ESPERANDO = """
select fila, count(*) from fila_trabalho where estado = 'pronto' and disponivel_em <= clock_timestamp() group by fila
"""


class ArrendamentoPerdido(RuntimeError):
    """The lease ended while the job ran, and somebody else may have it: the work is rolled back."""


@dataclass(frozen=True, slots=True)
class Reclamado:
    """A job that this worker holds; one of the platform itself has organisation 0, of the type "sistema"."""

    id: int
    organizacao: int
    tipo: str
    alvo: int
    usuario: int | None
    tipo_da_organizacao: str


def enfileirar(tipo: TipoDeTrabalho, alvo: int, *, de: int | None = None) -> int:
    """Put a job of the running scope's organisation in the queue, in the caller's transaction; wake a worker after it.

    `de` is the id of another organisation whose job it is, in whose scope it will run: for what one side asks the other
    to make. In the scope of the platform it is the platform's own: it takes its turn as an organisation's first job
    does. A second job for the same target while one waits or runs is refused by the database (IntegrityError).
    """
    quem = atual()
    if quem is None:
        raise RuntimeError("a job needs the scope of an organisation")
    dados: dict[str, str | int | None] = {
        "organizacao": de or quem.id or None,
        "fila": tipo.fila,
        "tipo": tipo.nome,
        "alvo": alvo,
        "usuario": quem.usuario,
    }
    with sistema(), connection.cursor() as cursor:
        cursor.execute(_ENFILEIRAR, dados)
        (id_do_trabalho,) = cursor.fetchone()
    transaction.on_commit(partial(acordar, tipo.fila), robust=True)
    return int(id_do_trabalho)


def acordar(fila: str, vezes: int = 1) -> None:
    """Send wake-ups. A broker that does not answer costs one sweep's wait, never the caller's work."""
    from .tasks import trabalhar

    for _ in range(vezes):
        try:
            trabalhar.apply_async((fila,), queue=fila, retry=False, **_limites(fila))
        except Exception as erro:
            registro_de_eventos.warning("despertar_falhou", fila=fila, erro=type(erro).__name__)
            return


def _limites(fila: str) -> dict[str, int]:
    """How long a job of that queue may run, where that is not what the settings say for all."""
    prazo = settings.FILA_PRAZOS.get(fila)
    return {"soft_time_limit": prazo, "time_limit": prazo + _DO_SUAVE_AO_DURO} if prazo else {}


def _arrendamento(fila: str) -> int:
    """Seconds of a lease: longer than the longest job, which is stopped before somebody else may have it."""
    prazo = settings.FILA_PRAZOS.get(fila)
    return int(prazo + 2 * _DO_SUAVE_AO_DURO if prazo else settings.FILA_ARRENDAMENTO_SEGUNDOS)


def reclamar(fila: str, dono: str) -> Reclamado | None:
    """Claim the fairest waiting job under a lease, or None. The attempt is counted here, before it can kill us."""
    with sistema(), connection.cursor() as cursor:
        cursor.execute(
            _RECLAMAR,
            {
                "dono": dono,
                "fila": fila,
                "segundos": _arrendamento(fila),
                "teto": TETO_POR_ORGANIZACAO,
            },
        )
        linha = cursor.fetchone()
    return Reclamado(*linha) if linha else None


def executar(trabalho: Reclamado, dono: str) -> None:
    """Do the job: its result and its end are one transaction. A failure gives it back; the third sets it aside."""
    tipo = tipo_de(trabalho.tipo)
    structlog.contextvars.bind_contextvars(trabalho=trabalho.id, organizacao=trabalho.organizacao)
    try:
        with inquilino(trabalho.tipo_da_organizacao, trabalho.organizacao, trabalho.usuario):
            tipo.fazer(trabalho.alvo)
            _terminar(trabalho.id, dono, "feito")
    except ArrendamentoPerdido:
        registro_de_eventos.warning("arrendamento_perdido")
    except Exception as erro:
        registro_de_eventos.error(
            "trabalho_falhou",
            tipo=trabalho.tipo,
            erro=type(erro).__name__,
            exc_info=True,
        )
        _falhar(trabalho, dono, type(erro).__name__)
    finally:
        structlog.contextvars.unbind_contextvars("trabalho", "organizacao")


def varrer() -> dict[str, int]:
    """Take back what died with its worker and wake workers for all that waits. Gives how many wait, by queue."""
    for vencido, dono, esgotado in _vencidos():
        if esgotado:
            _desistir(vencido, dono, "o processo que trabalhava nele morreu três vezes")
        else:
            _devolver(vencido.id, dono, "arrendamento vencido", espera=0)
    with sistema(), connection.cursor() as cursor:
        cursor.execute(_ESPERANDO)
        esperando = {fila: int(quantos) for fila, quantos in cursor.fetchall()}
    for fila, quantos in esperando.items():
        acordar(fila, min(quantos, 50))
    return esperando


def _vencidos() -> list[tuple[Reclamado, str, bool]]:
    with sistema(), connection.cursor() as cursor:
        cursor.execute(_VENCIDOS)
        return [(Reclamado(*linha[:6]), linha[6], linha[7]) for linha in cursor.fetchall()]


def _terminar(id_do_trabalho: int, dono: str, estado: str, erro: str = "") -> None:
    with sistema(), connection.cursor() as cursor:
        cursor.execute(
            _TERMINAR,
            {"id": id_do_trabalho, "dono": dono, "estado": estado, "erro": erro[:300]},
        )
        if cursor.rowcount == 0:
            raise ArrendamentoPerdido(id_do_trabalho)


def _devolver(id_do_trabalho: int, dono: str, erro: str, espera: float = 1.0) -> bool:
    with sistema(), connection.cursor() as cursor:
        cursor.execute(
            _DEVOLVER,
            {"id": id_do_trabalho, "dono": dono, "erro": erro[:300], "espera": espera},
        )
        return bool(cursor.rowcount == 1)


def _falhar(trabalho: Reclamado, dono: str, erro: str) -> None:
    if not _devolver(trabalho.id, dono, erro):
        _desistir(trabalho, dono, erro)


def _desistir(trabalho: Reclamado, dono: str, erro: str) -> None:
    """Set the job aside and say so on its target, in one transaction.

    When the target cannot be told, neither happens, and each sweep tries again: one such job must not stop the others.
    """
    try:
        with inquilino(trabalho.tipo_da_organizacao, trabalho.organizacao, trabalho.usuario):
            _terminar(trabalho.id, dono, "veneno", erro)
            tipo_de(trabalho.tipo).desistir(trabalho.alvo, erro)
    except ArrendamentoPerdido:
        registro_de_eventos.warning("arrendamento_perdido", trabalho=trabalho.id)
    except Exception as falha:
        registro_de_eventos.error(
            "desistencia_falhou",
            trabalho=trabalho.id,
            tipo=trabalho.tipo,
            erro=type(falha).__name__,
            exc_info=True,
        )
