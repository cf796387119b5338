"""What the analysis desk shows: the guides, one of them with its items, what was refused and why, the sums.

The same number of queries whatever the size: items come by the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import Page

from conecta.contas.models import Usuario
from conecta.interface.situacoes import Situacao
from demonstrativos.analise.codigos import descricoes
from demonstrativos.analise.criacao import parametros_de
from demonstrativos.analise.desfazer import ultima_de
from demonstrativos.analise.estados import Conferencia
from demonstrativos.analise.models import (
    Acao,
    Analise,
    Glosa,
    GuiaAnalisada,
    ItemAnalisado,
    Observacao,
    ParametrosDaAnalise,
)
from demonstrativos.analise.partes import resta
from demonstrativos.analise.trabalho import versao_inteira
from lotes.estados import SituacaoDoProtocolo
from lotes.paginas import PaginadorContado
from lotes.telas import nomes_dos_beneficiarios
from uploads.models import Critica

POR_PAGINA: Final = 200
"""Items of a guide on one page."""
_NA_HISTORIA: Final = 50
_JA_DITA: Final = "critica_ignorada"
"""Criterion whose notes the desk tells by itself, with who sent the guide all the same (`_ignoradas`)."""

CONFERIDA = Situacao("neutro", "certo", "conferida")
EM_VISTA = Situacao("azul", "direita", "aberta na mesa")
COM_PROPOSTA = Situacao("ambar", "s-alerta", "glosa da conferência a confirmar")
POR_CONFERIR = Situacao("neutro", "s-aberto", "a conferir")
_DO_ITEM: Final = {
    "liberado": Situacao("verde", "ok", "liberado"),
    "parcial": Situacao("vermelho", "glosa", "glosado em parte"),
    "glosado": Situacao("vermelho", "glosa", "glosado"),
    "aberto": Situacao("neutro", "aberto", "a conferir"),
    "glosando": Situacao("azul", "analise", "glosando"),
    "proposta": Situacao("ambar", "alerta", "a confirmar"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDeGuia:
    """A guide in the list on the left. `icone` is the symbol's whole name."""

    guia: GuiaAnalisada
    beneficiario: str
    estado: Situacao
    atual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDeGlosa:
    """A glosa of an item, with what its code means."""

    glosa: Glosa
    descricao: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDeItem:
    """An item in the middle: what was refused of it, what was noted, how it stands."""

    item: ItemAnalisado
    glosas: Sequence[LinhaDeGlosa]
    observacoes: Sequence[Observacao]
    situacao: Situacao
    propostas: Sequence[int] = field(default_factory=tuple)

    @property
    def resta(self) -> Any:
        """What of it may still be refused, in reais."""
        return resta(self.item)


def contexto_da_mesa(
    analise: Analise, por: Usuario, *, posicao: str = "", pagina: str | None = None, glosando: Iterable[int] = ()
) -> dict[str, Any]:
    """Context of templates/analise/_mesa.html. `posicao` is the guide's place; `glosando` the items being refused."""
    guias = list(GuiaAnalisada.objects.filter(analise=analise).select_related("guia").order_by("posicao"))
    nomes = nomes_dos_beneficiarios(analise.operadora_id, (guia.guia.numero_carteira for guia in guias))
    guia = guia_pedida(guias, posicao)
    itens = pagina_de_itens(guia, pagina)
    codigos, parametros = _codigos(analise, guia, itens), parametros_de(analise.operadora)
    return {
        "analise": analise,
        "protocolo": analise.protocolo,
        "lote": analise.lote,
        "guias": [_linha_de_guia(uma, guia, nomes) for uma in guias],
        "guia": guia,
        "beneficiario": nomes.get(guia.guia.numero_carteira, ""),
        "anterior": _vizinha(guias, guia, -1),
        "proxima": _vizinha(guias, guia, 1),
        "versao_inteira": versao_inteira(guias),
        "propostas": sum(uma.propostas for uma in guias),
        "pagina": itens,
        "itens": linhas_de_itens(list(itens), codigos, frozenset(glosando)),
        "da_guia": Observacao.objects.filter(guia=guia, item=None).exclude(criterio=_JA_DITA),
        "do_protocolo": Observacao.objects.filter(analise=analise, guia=None).exclude(criterio=_JA_DITA),
        "ignoradas": _ignoradas(analise, guia),
        "descricoes": codigos,
        "ultima": ultima_de(analise, por),
        "historia": _historia(analise),
        "parametros": parametros,
        "por_liberar": _por_liberar(analise, guias, parametros),
        "aberta": analise.protocolo.situacao == SituacaoDoProtocolo.EM_ANALISE,
    }


def _por_liberar(analise: Analise, guias: Sequence[GuiaAnalisada], parametros: ParametrosDaAnalise) -> str:
    """What still stands in the way of the release, in words; "" for nothing."""
    if analise.protocolo.situacao != SituacaoDoProtocolo.EM_ANALISE:
        return ""
    if analise.conferencia == Conferencia.PENDENTE:
        return "aguarde o fim da conferência automática, que leva alguns instantes."
    com_proposta = [guia.guia.numero_do_prestador for guia in guias if guia.propostas]
    if com_proposta:
        return f"aceite ou retire as glosas da conferência automática, a começar pela guia {com_proposta[0]}."
    por_conferir = sum(guia.conferida_em is None for guia in guias)
    if parametros.exige_conferencia_das_guias and por_conferir:
        return (
            f"falta{'' if por_conferir == 1 else 'm'} {por_conferir} guia{'' if por_conferir == 1 else 's'} a conferir."
        )
    return ""


def guia_pedida(guias: Sequence[GuiaAnalisada], posicao: str) -> GuiaAnalisada:
    """The guide with that place; without one, the first that nobody went through yet, else the first."""
    pedida = next((guia for guia in guias if str(guia.posicao) == posicao), None)
    return pedida or next((guia for guia in guias if guia.conferida_em is None), guias[0])


def pagina_de_itens(guia: GuiaAnalisada, numero: str | None) -> Page[Any]:
    """A page of its items, in the order of the XML."""
    itens = ItemAnalisado.objects.filter(guia=guia).select_related("item").order_by("posicao")
    return PaginadorContado(itens, guia.guia.quantidade_de_itens, POR_PAGINA).get_page(numero)


def linhas_de_itens(
    itens: Sequence[ItemAnalisado], codigos: Mapping[str, str], glosando: frozenset[int] = frozenset()
) -> list[LinhaDeItem]:
    """The items with their glosas and notes, in two queries."""
    glosas, observacoes = defaultdict(list), defaultdict(list)
    pks = [item.pk for item in itens]
    for glosa in Glosa.objects.filter(item__in=pks).order_by("pk"):
        glosas[glosa.item_id].append(glosa)
    for observacao in Observacao.objects.filter(item__in=pks).order_by("pk"):
        observacoes[observacao.item_id].append(observacao)
    return [_linha_de_item(item, glosas[item.pk], observacoes[item.pk], codigos, glosando) for item in itens]


def _linha_de_item(
    item: ItemAnalisado,
    glosas: Sequence[Glosa],
    observacoes: Sequence[Observacao],
    codigos: Mapping[str, str],
    glosando: frozenset[int],
) -> LinhaDeItem:
    propostas = tuple(glosa.pk for glosa in glosas if not glosa.confirmada)
    return LinhaDeItem(
        item=item,
        glosas=[LinhaDeGlosa(glosa=glosa, descricao=codigos.get(glosa.codigo, "")) for glosa in glosas],
        observacoes=observacoes,
        situacao=_DO_ITEM["glosando" if item.pk in glosando else _estado(item, bool(propostas))],
        propostas=propostas,
    )


def _estado(item: ItemAnalisado, proposta: bool) -> str:
    if proposta:
        return "proposta"
    if item.valor_glosado:
        return "parcial" if item.valor_liberado else "glosado"
    return "liberado" if item.conferido else "aberto"


def _linha_de_guia(guia: GuiaAnalisada, atual: GuiaAnalisada, nomes: Mapping[str, str]) -> LinhaDeGuia:
    if guia.pk == atual.pk:
        estado = EM_VISTA
    elif guia.propostas:
        estado = COM_PROPOSTA
    else:
        estado = CONFERIDA if guia.conferida_em else POR_CONFERIR
    nome = nomes.get(guia.guia.numero_carteira, "") or guia.guia.numero_carteira
    return LinhaDeGuia(guia=guia, beneficiario=nome, estado=estado, atual=guia.pk == atual.pk)


def _vizinha(guias: Sequence[GuiaAnalisada], guia: GuiaAnalisada, passo: int) -> GuiaAnalisada | None:
    onde = guias.index(guia) + passo
    return guias[onde] if 0 <= onde < len(guias) else None


def _codigos(analise: Analise, guia: GuiaAnalisada, itens: Page[Any]) -> Mapping[str, str]:
    """What the codes that stand on the page mean."""
    usados = set(Glosa.objects.filter(item__in=[item.pk for item in itens]).values_list("codigo", flat=True))
    return descricoes(usados | {codigo for codigo in (analise.glosa, guia.glosa) if codigo})


def _ignoradas(analise: Analise, guia: GuiaAnalisada) -> list[Critica]:
    """What the prestador sent in spite of a crítica, and why: of this guide and of the lot itself."""
    ignoradas = Critica.objects.filter(lote_id=analise.lote_id, ignorada=True).order_by("posicao")
    return list(ignoradas.filter(guia__in=["", guia.guia.numero_do_prestador]))


def _historia(analise: Analise) -> list[Acao]:
    return list(Acao.objects.filter(analise=analise).order_by("-pk").defer("antes", "depois")[:_NA_HISTORIA])
