"""What a released analysis says of guides and items, for the pages of lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from demonstrativos.analise.codigos import descricoes
from demonstrativos.analise.models import Glosa, GuiaAnalisada, ItemAnalisado
from lotes.analisadas import Analisadas, Decidido, GlosaDecidida, GuiaDecidida, ItemDecidido, registrar
from lotes.models import Guia, Item


def dizer() -> None:
    """Say it to the pages of lots."""
    registrar(Analisadas(das_guias=_das_guias, dos_itens=_dos_itens))


def _das_guias(guias: Sequence[Guia]) -> Mapping[int, GuiaDecidida]:
    analisadas = list(GuiaAnalisada.objects.filter(guia__in=[guia.pk for guia in guias], liberada_em__isnull=False))
    codigos = descricoes({analisada.glosa for analisada in analisadas if analisada.glosa})
    return {
        analisada.guia_id: GuiaDecidida(
            valores=_valores(analisada),
            codigo=analisada.glosa,
            descricao=codigos.get(analisada.glosa, ""),
            motivo=analisada.motivo_da_glosa,
            observacao=analisada.observacao,
        )
        for analisada in analisadas
    }


def _dos_itens(itens: Sequence[Item]) -> Mapping[int, ItemDecidido]:
    analisados = list(ItemAnalisado.objects.filter(item__in=[item.pk for item in itens], liberada_em__isnull=False))
    glosas = list(Glosa.objects.filter(item__in=[analisado.pk for analisado in analisados]).order_by("pk"))
    codigos, deles = descricoes({glosa.codigo for glosa in glosas}), defaultdict(list)
    for glosa in glosas:
        deles[glosa.item_id].append(
            GlosaDecidida(
                codigo=glosa.codigo,
                descricao=codigos.get(glosa.codigo, ""),
                valor=glosa.valor,
                motivo=glosa.motivo,
            )
        )
    return {
        analisado.item_id: ItemDecidido(valores=_valores(analisado), glosas=deles[analisado.pk])
        for analisado in analisados
    }


def _valores(de: GuiaAnalisada | ItemAnalisado) -> Decidido:
    return Decidido(processado=de.valor_processado, glosado=de.valor_glosado, liberado=de.valor_liberado)
