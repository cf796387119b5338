"""Reads out of sent lots who executed the items that something was refused of. Done by a worker, after the release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from lxml import etree

from conecta.arquivos import cofre
from conecta.arquivos.cofre import ConteudoAlterado
from conecta.fila.fila import enfileirar
from conecta.fila.registro import registrar
from demonstrativos.analise.models import Analise, Glosa, ItemAnalisado
from demonstrativos.painel.models import Executante
from lotes.models import Protocolo
from lotes.passagens import Mudanca
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import GuiaLida, ler_lote
from tiss_schemas.recusas import ArquivoRecusado

registro_de_eventos = structlog.get_logger(__name__)
_NOMES = ("nomeProf", "nomeProfissional", "nomeProfExec2")
_CONSELHOS = ("conselho", "conselhoProfissional", "conselhoProf")
_NUMEROS = ("numeroConselhoProfissional", "croExec2", "croExec")
_UFS = ("UF", "ufExec2", "ufExec")
_DA_GUIA = ("profissionalExecutante", "dadosProfissionaisResponsaveis")
"""Where a guide without a team names who executed it."""
_DO_ITEM = ("prestador", "operadora", "analise", "posicao", "guia__posicao")
_DE_UMA_VEZ = 1000


def ler_pendentes(protocolo_id: int) -> None:
    """Read all released analyses of that protocol's operadora whose refused items have no executante yet, in its own
    scope. A file that cannot be read is said in the log and keeps none of the others waiting."""
    for analise in pendentes(Protocolo.objects.values_list("operadora_id", flat=True).get(pk=protocolo_id)):
        try:
            gravar(analise)
        except (ConteudoAlterado, ArquivoRecusado, OSError) as erro:
            registro_de_eventos.error("executantes_nao_lidos", analise=analise.pk, erro=type(erro).__name__)


def pendentes(operadora_id: int) -> Iterable[Analise]:
    """The analyses that are to be read. One query."""
    sem_executante = Glosa.objects.filter(analise=OuterRef("pk"), item__executante=None)
    return Analise.objects.filter(
        Exists(sem_executante), operadora=operadora_id, liberada_em__isnull=False
    ).select_related("protocolo")


def gravar(analise: Analise) -> None:
    """Write who executed each refused item of that analysis; whoever is known already stays."""
    lido = ler_lote(ler(cofre.abrir(analise.protocolo.conteudo_id)))
    guias = lido.guias if lido is not None else []
    refusados = ItemAnalisado.objects.filter(analise=analise, valor_glosado__gt=0, executante=None)
    novos = (_executante(item, guias) for item in refusados.select_related("guia").only(*_DO_ITEM))
    Executante.objects.bulk_create(novos, batch_size=_DE_UMA_VEZ, ignore_conflicts=True)


def apos_a_liberacao(mudancas: Sequence[Mudanca]) -> None:
    """Have them read by one job for all of an action. It bears the name of the first, so that there is another one for
    what is released while it runs: that it does not see."""
    try:
        with transaction.atomic():
            enfileirar(EXECUTANTES, mudancas[0].protocolo.pk)
    except IntegrityError:
        # Released, opened again and released once more before anybody read it.
        return


def _executante(item: ItemAnalisado, guias: Sequence[GuiaLida]) -> Executante:
    guia = guias[item.guia.posicao - 1] if item.guia.posicao <= len(guias) else None
    no = _no(guia, item.posicao) if guia is not None else None
    return Executante(
        prestador_id=item.prestador_id,
        operadora_id=item.operadora_id,
        analise_id=item.analise_id,
        guia_id=item.guia_id,
        item=item,
        nome=_texto(no, _NOMES)[:70],
        conselho=_texto(no, _CONSELHOS)[:2],
        numero=_texto(no, _NUMEROS)[:15],
        uf=_texto(no, _UFS)[:2],
    )


def _no(guia: GuiaLida, posicao: int) -> etree._Element | None:
    """The first member of the item's team, else who the guide names."""
    item: ItemLido | None = guia.itens[posicao - 1] if posicao <= len(guia.itens) else None
    if item is not None and item.equipe:
        return item.equipe[0]
    return next((no for nome in _DA_GUIA for no in guia.elemento.iter(f"{{*}}{nome}")), None)


def _texto(no: etree._Element | None, nomes: Sequence[str]) -> str:
    return next(_textos(no, nomes), "")


def _textos(no: etree._Element | None, nomes: Sequence[str]) -> Iterator[str]:
    if no is not None:
        for nome in nomes:
            for achado in no.iter(f"{{*}}{nome}"):
                yield (achado.text or "").strip()


def _desistir(protocolo_id: int, erro: str) -> None:
    """Nothing waits for it: the panel shows those items without a name, and the next release reads them again."""


EXECUTANTES = registrar("executantes", fila="documentos", fazer=ler_pendentes, desistir=_desistir)
