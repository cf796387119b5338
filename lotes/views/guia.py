"""A guide and its items, on either side."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from lotes import telas
from lotes.analisadas import das_guias, dos_itens
from lotes.coparticipacao import coparticipacao_da_guia
from lotes.impressao import impressao_da
from lotes.models import Guia, Item
from lotes.paginas import pagina_de
from lotes.portas import guia_de


@require_GET
@exige(Permissao.LOTE_VER, de=Organizacao.Tipo.PRESTADOR)
def guia(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """A guide of the prestador."""
    return _pagina(request, guia_de(request, pk))


@require_GET
@exige(Permissao.PROTOCOLO_VER, de=Organizacao.Tipo.OPERADORA)
def guia_recebida(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """A guide that the operadora received."""
    return _pagina(request, guia_de(request, pk))


def _pagina(request: Requisicao, a_guia: Guia) -> HttpResponse:
    registrar_acesso(request, "guia", a_guia.pk, "ver")
    protocolo = telas.protocolo_do(a_guia.lote)
    nomes = telas.nomes_dos_beneficiarios(a_guia.operadora_id, [a_guia.numero_carteira])
    itens = pagina_de(a_guia.itens.order_by("posicao"), a_guia.quantidade_de_itens, request.GET.get("pagina"))
    coparticipacao = coparticipacao_da_guia(a_guia)
    ao_lado = coparticipacao.ao_lado(itens) if coparticipacao else [(item, None) for item in itens]
    decidida = das_guias([a_guia]).get(a_guia.pk)
    decididos = dos_itens(list(itens)) if decidida else {}
    contexto = {
        "guia": a_guia,
        "lote": a_guia.lote,
        "protocolo": protocolo,
        "beneficiario": nomes.get(a_guia.numero_carteira, ""),
        "valores": telas.valores_da_guia(a_guia, decidida),
        "decidida": decidida,
        "itens": itens,
        "linhas": [(item, parte, decididos.get(item.pk)) for item, parte in ao_lado],
        "coparticipacao": coparticipacao,
        "totais": _totais_por_especie(a_guia),
        "impressao": impressao_da(a_guia),
    }
    parte = "#itens" if request.htmx.target == "itens" else ""
    return render(request, f"lotes/guia.html{parte}", contexto)


def _totais_por_especie(a_guia: Guia) -> list[dict[str, object]]:
    """Of the whole guide, procedures first. One query."""
    somas = {
        linha["especie"]: linha
        for linha in a_guia.itens.values("especie").annotate(quantos=Count("id"), valor=Sum("valor_total"))
    }
    nomes = {Item.Especie.PROCEDIMENTO: "Procedimentos", Item.Especie.DESPESA: "Outras despesas"}
    return [
        {"nome": nome, "quantos": somas[especie]["quantos"], "valor": somas[especie]["valor"] or Decimal(0)}
        for especie, nome in nomes.items()
        if especie in somas
    ]
