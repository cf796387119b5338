"""From a lot read in an XML to a lot in the database: its row, guides, items and the first line of its story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.copia import Valor, inserir
from lotes.estados import Canal
from lotes.models import Acontecimento, Guia, Item, Lote
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida, LoteLido

_ZERO = Decimal(0)
_UM = Decimal(1)
_COLUNAS_DO_ITEM = (
    "prestador_id",
    "operadora_id",
    "guia_id",
    "lote_id",
    "posicao",
    "especie",
    "sequencial",
    "codigo_da_despesa",
    "data",
    "tabela",
    "codigo",
    "descricao",
    "quantidade",
    "fator",
    "valor_unitario",
    "valor_total",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedencia:
    """Where a lot comes from: its two organisations, its number, its bytes, and the person who brought it."""

    prestador: Organizacao
    operadora: Organizacao
    numero: int
    conteudo_id: int
    canal: Canal
    por_id: int
    por_nome: str
    convenio_id: int | None = None
    """By which the guides are billed; None: the operadora's principal one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiasEscritas:
    """Guides of an open lot that Conecta writes itself. `digitadas_em` says by place when each was typed; `inacabadas`
    are rows of guides that are not valid now, and have no items that could be kept."""

    lidas: Sequence[GuiaLida]
    digitadas_em: Mapping[int, datetime] = field(default_factory=dict)
    inacabadas: Sequence[Guia] = ()


def receber(lido: LoteLido, procedencia: Procedencia) -> Lote:
    """Create the lot, *Aberto*, of a message that was judged valid.

    Works inside the prestador's scope, in the caller's transaction. Raises IntegrityError (constraint
    `lote_numero_do_prestador_unico`) when a living lot of the pair has the same number of the prestador.
    """
    lote = _criar_lote(lido, procedencia)
    _gravar_guias(lido.guias, lote, {})
    _contar(lote, procedencia)
    return lote


def trocar_guias(lote: Lote, guias: GuiasEscritas) -> None:
    """Let an open lot hold these guides and no other, each where its `indice` or `posicao` says, and set its sums."""
    Item.objects.filter(lote=lote).delete()
    lote.guias.all().delete()
    _por(lote, guias)


def trocar_guia(lote: Lote, posicao: int, guias: GuiasEscritas) -> None:
    """`trocar_guias` for the one guide at that place: the others stay."""
    lote.guias.filter(posicao=posicao).delete()
    _por(lote, guias)


def _por(lote: Lote, guias: GuiasEscritas) -> None:
    _gravar_guias(guias.lidas, lote, guias.digitadas_em)
    Guia.objects.bulk_create(guias.inacabadas)
    _somar(lote)


def _somar(lote: Lote) -> None:
    somas = lote.guias.aggregate(
        quantidade_de_guias=Count("id"),
        quantidade_de_itens=Coalesce(Sum("quantidade_de_itens"), 0),
        valor_informado=Coalesce(Sum("valor_informado"), _ZERO),
    )
    for campo, valor in somas.items():
        setattr(lote, campo, valor)
    lote.save(update_fields=list(somas))


def _gravar_guias(lidas: Sequence[GuiaLida], lote: Lote, digitadas_em: Mapping[int, datetime]) -> None:
    guias = _criar_guias(lidas, lote, digitadas_em)
    inserir(Item._meta.db_table, _COLUNAS_DO_ITEM, linhas_dos_itens(lidas, guias))


def _somas(lido: LoteLido) -> dict[str, Any]:
    return {
        "quantidade_de_guias": len(lido.guias),
        "quantidade_de_itens": sum(len(guia.itens) for guia in lido.guias),
        "valor_informado": sum((valor_informado(guia) for guia in lido.guias), _ZERO),
    }


def _criar_lote(lido: LoteLido, procedencia: Procedencia) -> Lote:
    return Lote.objects.create(
        prestador=procedencia.prestador,
        operadora=procedencia.operadora,
        numero=procedencia.numero,
        numero_do_prestador=lido.numero_lote or "",
        canal=procedencia.canal,
        tipo_de_guia=lido.tipo_guia or "",
        versao_tiss=lido.versao or "",
        sequencial_transacao=lido.sequencial or "",
        conteudo_id=procedencia.conteudo_id,
        convenio_id=procedencia.convenio_id,
        criado_por_id=procedencia.por_id,
        **_somas(lido),
    )


def valor_informado(guia: GuiaLida) -> Decimal:
    """What the prestador asks for a guide: its total, else the sum of its items."""
    if guia.valor_total is not None:
        return guia.valor_total
    return sum((item.total or _ZERO for item in guia.itens), _ZERO)


def _criar_guias(lidas: Sequence[GuiaLida], lote: Lote, digitadas_em: Mapping[int, datetime]) -> list[Guia]:
    agora = timezone.now()
    return Guia.objects.bulk_create([_guia(guia, lote, digitadas_em.get(guia.indice, agora)) for guia in lidas])


def _guia(guia: GuiaLida, lote: Lote, digitada_em: datetime) -> Guia:
    return Guia(
        prestador_id=lote.prestador_id,
        operadora_id=lote.operadora_id,
        lote=lote,
        posicao=guia.indice,
        tipo=guia.tipo,
        numero_do_prestador=guia.numero_prestador or "",
        numero_da_operadora=guia.numero_operadora or "",
        guia_principal=guia.guia_principal or "",
        senha=guia.senha or "",
        tipo_de_atendimento=_tipo_de_atendimento(guia),
        numero_carteira=guia.numero_carteira or "",
        data_de_atendimento=guia.data_atendimento,
        quantidade_de_itens=len(guia.itens),
        valor_informado=valor_informado(guia),
        criado_em=digitada_em,
    )


def _tipo_de_atendimento(guia: GuiaLida) -> str:
    """The code that groups what is printed; "" where the guide has none."""
    no = guia.campos.get("tipoAtendimento")
    return "" if no is None else (no.text or "").strip()[:2]


def linhas_dos_itens(lidas: Sequence[GuiaLida], guias: Sequence[Guia]) -> Iterator[tuple[Valor, ...]]:
    """The rows of every item, in the order of the columns that `receber` copies; `guias` in the order of the lot."""
    for guia_lida, guia in zip(lidas, guias, strict=True):
        for posicao, item in enumerate(guia_lida.itens, start=1):
            yield _item(item, posicao, guia)


def _item(item: ItemLido, posicao: int, guia: Guia) -> tuple[Valor, ...]:
    """A row in the order of `_COLUNAS_DO_ITEM`. A GTO may leave the quantity out: it is one."""
    return (
        guia.prestador_id,
        guia.operadora_id,
        guia.pk,
        guia.lote_id,
        posicao,
        item.especie,
        "" if item.sequencial is None else item.sequencial,
        item.codigo_despesa or "",
        item.data,
        item.tabela or "",
        item.codigo or "",
        item.descricao or "",
        item.quantidade if item.quantidade is not None else _UM,
        item.fator,
        item.unitario,
        item.total if item.total is not None else _ZERO,
    )


def _contar(lote: Lote, procedencia: Procedencia) -> None:
    Acontecimento.objects.create(
        prestador=procedencia.prestador,
        operadora=procedencia.operadora,
        lote=lote,
        tipo="importado",
        titulo="Arquivo importado" if procedencia.canal == Canal.UPLOAD else "Lote criado",
        detalhe="O lote está aberto. A operadora só o recebe depois do envio.",
        por_nome=procedencia.por_nome,
        por_organizacao=procedencia.prestador.sigla,
    )
