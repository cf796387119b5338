"""Released protocols with glosas, and appeals against them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Analise, Glosa, GuiaAnalisada, ItemAnalisado
from demonstrativos.recursos import anexos, preparo, transicoes
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.preparo import Pedido
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.mensagens.recepcao import Recebido
from lotes.models import Protocolo
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar

JUSTIFICATIVA = "O procedimento foi autorizado pela senha da guia e executado como pedido."


def glosar(item: ItemAnalisado, valor: Decimal, codigo: str = "1705", nivel: str = Nivel.ITEM) -> Glosa:
    """Refuse a part of an item, in the operadora's scope."""
    return Glosa.objects.create(
        prestador_id=item.prestador_id,
        operadora_id=item.operadora_id,
        analise_id=item.analise_id,
        guia_id=item.guia_id,
        item=item,
        codigo=codigo,
        valor=valor,
        nivel=nivel,
    )


def glosado(
    cenario: Cenario,
    valores: Mapping[int, Decimal] | None = None,
    *,
    ate: P = P.FATURADO,
    prestador: str = "aurelia",
    operadora: str = "pasa",
    codigo: str = "1705",
    **campos: object,
) -> Protocolo:
    """A protocol with these glosas, by place of the item in the lot (from 0), released and brought to `ate`."""
    protocolo = protocolar(cenario, prestador, operadora, **campos)
    avancar(cenario, protocolo, P.EM_ANALISE, operadora)
    with cenario.dentro(operadora, "gestor"):
        itens = list(ItemAnalisado.objects.filter(analise__protocolo=protocolo).order_by("guia__posicao", "posicao"))
        for lugar, valor in ({0: Decimal("10.00"), 2: Decimal("20.00")} if valores is None else valores).items():
            glosar(itens[lugar], valor, codigo)
    levar(cenario, protocolo, ate, operadora)
    return protocolo


def glosar_tudo(cenario: Cenario, protocolo: Protocolo, nivel: Nivel, codigo: str = "1006", guia: int = 1) -> None:
    """Refuse a whole guide (by its place) or the whole protocol, as the desk does it."""
    with cenario.dentro(protocolo.operadora.slug, "gestor"):
        analise = Analise.objects.get(protocolo=protocolo)
        itens = ItemAnalisado.objects.filter(analise=analise)
        if nivel == Nivel.GUIA:
            itens = itens.filter(guia__posicao=guia)
            GuiaAnalisada.objects.filter(analise=analise, posicao=guia).update(glosa=codigo)
        else:
            Analise.objects.filter(pk=analise.pk).update(glosa=codigo)
        for item in itens:
            glosar(item, item.valor_liberado, codigo, nivel)


def avancar(cenario: Cenario, protocolo: Protocolo, para: P, operadora: str = "pasa") -> None:
    """One step of the protocol, by the operadora's gestor."""
    quando = timezone.localdate() + timedelta(days=10) if para == P.FATURADO else None
    with cenario.dentro(operadora, "gestor"):
        avanco.avancar(
            protocolo=protocolo, para=para, por=cenario.pessoa("gestor", operadora), data_de_pagamento=quando
        )


def levar(cenario: Cenario, protocolo: Protocolo, ate: P, operadora: str = "pasa") -> None:
    """From analysis to `ate`."""
    caminho = (P.LIBERADO, P.FATURADO, P.PAGO)
    passos = caminho[: caminho.index(ate) + 1] if ate in caminho else (ate,) if ate != P.EM_ANALISE else ()
    for para in passos:
        avancar(cenario, protocolo, para, operadora)


def preparar(cenario: Cenario, protocolo: Protocolo, prestador: str = "aurelia") -> Recurso:
    """A draft with everything of the protocol that can be appealed against, justified."""
    with cenario.dentro(prestador, "faturista"):
        pedidos = {
            pk: Pedido(justificativa=JUSTIFICATIVA)
            for pk in Glosa.objects.filter(analise__protocolo=protocolo).values_list("pk", flat=True)
        }
        (recurso,) = preparo.incluir(
            prestador=cenario.organizacoes[prestador], pedidos=pedidos, por=cenario.pessoa("faturista", prestador)
        )
    return recurso


def enviar(cenario: Cenario, recurso: Recurso, prestador: str = "aurelia") -> Recurso:
    """The draft sent."""
    with cenario.dentro(prestador, "faturista"):
        return transicoes.enviar(recurso=recurso, por=cenario.pessoa("faturista", prestador))


def recursado(cenario: Cenario, *args: object, **campos: object) -> Recurso:
    """A sent appeal against all glosas of a new protocol."""
    return enviar(cenario, preparar(cenario, glosado(cenario, *args, **campos)))


def um_de_cada(cenario: Cenario) -> dict[str, dict[str, int]]:
    """A draft and a sent appeal of aurelia against PASA, each with a document: ids by what stands before them in
    addresses."""
    antes = preparar(cenario, glosado(cenario))
    depois = preparar(cenario, glosado(cenario))
    por = cenario.pessoa("faturista", "aurelia")
    ids = {}
    for quando, recurso in (("antes", antes), ("enviado", depois)):
        with cenario.dentro("aurelia", "faturista"):
            documento = Recebido(nome="laudo.pdf", dados=f"%PDF-1.7 {quando}".encode())
            anexo = anexos.anexar(recurso=recurso, arquivo=documento, por=por)
        ids[quando] = {"meus": recurso.pk, "recebidos": recurso.pk, "envios": recurso.pk, "provas": anexo.pk}
    enviar(cenario, depois)
    return ids
