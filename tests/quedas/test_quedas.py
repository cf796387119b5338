"""Any process may die at any instruction: nothing is lost, nothing is done twice, no number is left out."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import pytest

from conecta.embutido.processos import esperar
from tests.portal import Portal, Sessao
from tests.quedas.conftest import CURTOS
from tests.quedas.remessa import VOLTA, Remessa, insistir

pytestmark = [pytest.mark.processos, pytest.mark.enable_socket]

PESSOAS = (
    ("marina@aurelia.example", "pasa", "consulta"),
    ("clara@aurelia.example", "cassi", "sadt"),
    ("otavio@boavista.example", "pasa", "honorarios"),
    ("iara@cedro.example", "cassi", "odonto"),
)
ENVIOS = 200


@pytest.fixture
def remessa(portal: Portal) -> Remessa:
    return Remessa(portal, PESSOAS, ENVIOS)


def test_duzentos_envios_atravessam_a_morte_de_cada_parte(portal: Portal, remessa: Remessa) -> None:
    """Workers, Redis, Postgres and at last the supervisor itself are killed in the middle of 200 uploads."""
    mortes: list[Callable[[], None]] = [
        lambda: os.kill(um_filho(portal, "trabalhador-validacao"), signal.SIGKILL),
        lambda: portal.sinalizar("trabalhador-validacao", signal.SIGKILL),
        lambda: os.kill(portal.pid("redis"), signal.SIGKILL),
        lambda: os.kill(portal.pid("postgres"), signal.SIGKILL),
    ]
    remessa.comecar()
    for numero, matar in enumerate(mortes, start=1):
        remessa.alcancar(numero * 35)
        matar()
    remessa.alcancar(175)
    portal.matar()
    portal.ligar(**CURTOS)
    remessa.terminar()

    aguardar_o_fim(portal, remessa)
    situacoes = portal.consultar("select id, situacao from uploads_arquivo where id = any(%s)", list(remessa.aceitos))
    assert {pk for pk, _ in situacoes} == set(remessa.aceitos), "an acknowledged file was lost"
    assert {situacao for _, situacao in situacoes} == {"importado"}
    assert repetidos(portal, remessa) == []
    assert lotes_sem_um_arquivo_so(portal) == []
    assert lotes_com_guias_a_mais_ou_a_menos(portal) == []
    enviar_os_lotes(portal, list(remessa.aceitos))


def um_filho(portal: Portal, parte: str) -> int:
    """The id of a process of that part, once it has one: a worker takes longer to start than files take to arrive."""
    assert esperar(lambda: bool(portal.filhos(parte)), VOLTA)
    return portal.filhos(parte)[0]


def aguardar_o_fim(portal: Portal, remessa: Remessa) -> None:
    """Wait until none of these files is being worked on and no job waits."""
    pendentes = (
        "select (select count(*) from uploads_arquivo where situacao = 'em_processamento' and id = any(%s))"
        " + (select count(*) from fila_trabalho where estado in ('pronto', 'rodando'))"
    )
    arquivos = list(remessa.aceitos)
    assert esperar(lambda: portal.consultar(pendentes, arquivos) == [(0,)], VOLTA), portal.consultar(
        pendentes, arquivos
    )
    assert portal.consultar("select id, tipo, erro from fila_trabalho where estado = 'veneno'") == []


def repetidos(portal: Portal, remessa: Remessa) -> list[tuple[object, ...]]:
    """Files of which there is more than one row, although each was sent once."""
    return portal.consultar(
        "select c.sha256, count(*) from uploads_arquivo a"
        " join uploads_versao v on v.arquivo_id = a.id join arquivos_conteudo c on c.id = v.conteudo_id"
        " where c.sha256 = any(%s) group by c.sha256 having count(*) <> 1",
        list(remessa.enviados),
    )


def lotes_sem_um_arquivo_so(portal: Portal) -> list[tuple[object, ...]]:
    """Uploaded lots that no file, or more than one, or a file with another number, leads to."""
    return portal.consultar(
        "select l.id, count(a.id) from lotes_lote l"
        " left join uploads_arquivo a on a.lote_id = l.id and a.numero_lote = l.numero"
        " where l.canal = 'upload' group by l.id"
        " having count(a.id) <> 1"
    )


def lotes_com_guias_a_mais_ou_a_menos(portal: Portal) -> list[tuple[object, ...]]:
    """Lots whose guides or items are not as many as the lot says."""
    return portal.consultar(
        "select l.id from lotes_lote l where quantidade_de_guias <> "
        "(select count(*) from lotes_guia g where g.lote_id = l.id) or quantidade_de_itens <> "
        "(select count(*) from lotes_item i join lotes_guia g on g.id = i.guia_id where g.lote_id = l.id)"
    )


def enviar_os_lotes(portal: Portal, arquivos: list[int]) -> None:
    """Close and send the lots of these files from several threads, pressing twice, while web processes are killed."""
    lotes = portal.consultar(
        "select l.id, o.slug from lotes_lote l join contas_organizacao o on o.id = l.prestador_id"
        " join uploads_arquivo a on a.lote_id = l.id where a.id = any(%s) order by l.id",
        arquivos,
    )
    linhas = [
        threading.Thread(target=_enviar, args=(portal, email, [pk for pk, slug in lotes if slug == dono][i::2]))
        for email, dono in (
            ("marina@aurelia.example", "santa-aurelia"),
            ("otavio@boavista.example", "boa-vista"),
            ("iara@cedro.example", "odonto-cedro"),
        )
        for i in range(2)
    ]
    for linha in linhas:
        linha.start()
    contar = "select count(*) from lotes_protocolo"
    (antes,) = portal.consultar(contar)[0]
    for quantos in (30, 80):
        assert esperar(lambda ate=antes + quantos: portal.consultar(contar)[0][0] >= ate, VOLTA)
        os.kill(portal.filhos("web")[0], signal.SIGKILL)
    for linha in linhas:
        linha.join(VOLTA)
    enviados = (
        "select count(*) from lotes_protocolo p join uploads_arquivo a on a.lote_id = p.lote_id where a.id = any(%s)"
    )
    assert portal.consultar(enviados, arquivos) == [(len(arquivos),)]
    for operadora, numeros in portal.consultar(
        "select operadora_id, array_agg(numero order by numero) from lotes_protocolo group by operadora_id"
    ):
        assert numeros == list(range(1, len(numeros) + 1)), operadora


def _enviar(portal: Portal, email: str, lotes: list[int]) -> None:
    sessao = Sessao(portal, email)
    for lote in lotes:
        insistir(portal, lambda lote=lote: _fechar_e_enviar(portal, sessao, lote))
        insistir(portal, lambda lote=lote: sessao.agir(lote, "enviar"))


def _fechar_e_enviar(portal: Portal, sessao: Sessao, lote: int) -> bool:
    """Closing again a lot that was closed without an answer is refused: only its sending counts."""
    sessao.agir(lote, "fechar")
    return sessao.agir(lote, "enviar")
