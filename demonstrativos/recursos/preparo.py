"""Preparing an appeal: what goes into it, how much is asked, why, and at which level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import reais
from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Analise, Glosa
from demonstrativos.recursos import transicoes
from demonstrativos.recursos.erros import GlosaNaoRecorrivel, RecursoIncompleto, ValorRecusado
from demonstrativos.recursos.estados import Canal, Objeto, SituacaoDoRecurso
from demonstrativos.recursos.models import ItemDoRecurso, JustificativaUsual, Recurso
from demonstrativos.recursos.niveis import Recursada, niveis_de
from demonstrativos.recursos.recorriveis import recorriveis
from lotes.numeracao import proximo_da_serie

RECURSO = "recurso"
"""The prestador's series of appeals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pedido:
    """What is asked for one glosa; None leaves it as it is. `valor` None at the beginning: all that can be."""

    valor: Decimal | None = None
    justificativa: str | None = None


@transaction.atomic
def incluir(
    *,
    prestador: Organizacao,
    pedidos: Mapping[int, Pedido],
    por: Usuario,
    canal: Canal = Canal.TELA,
    numero: str = "",
) -> list[Recurso]:
    """Put these glosas (by id) into drafts, one a protocol: into the one there is, else a new one.

    `numero` is the prestador's own for a new one; "": the next of its series.
    Raises `GlosaNaoRecorrivel` for one that cannot be appealed against (any more), `ValorRecusado` for too much.
    """
    for protocolo in _protocolos_de(prestador, pedidos):
        transicoes.trancar_protocolo(protocolo)
    glosas = list(recorriveis(prestador).filter(pk__in=pedidos).order_by("analise_id", "id"))
    if len(glosas) < len(pedidos):
        raise GlosaNaoRecorrivel(
            "Nada foi incluído: uma das glosas escolhidas já está em outro recurso, ou o prazo dela acabou. "
            "Recarregue a página e escolha de novo."
        )
    recursos = []
    for (analise, instancia), delas in _por_recurso(glosas).items():
        recurso = _rascunho(delas[0], instancia, por, canal, numero)
        _criar_itens(recurso, delas, pedidos)
        ajustar_niveis(recurso, novas={glosa.pk for glosa in delas}, analise=analise)
        recursos.append(recurso)
    return recursos


def _protocolos_de(prestador: Organizacao, glosas: Iterable[int]) -> list[int]:
    """In one order, so that two people wait for each other instead of dead-locking."""
    achadas = Glosa.objects.filter(prestador=prestador, pk__in=list(glosas)).order_by("analise__protocolo")
    return list(achadas.values_list("analise__protocolo", flat=True).distinct())


def _por_recurso(glosas: Iterable[Glosa]) -> dict[tuple[int, int], list[Glosa]]:
    grupos: dict[tuple[int, int], list[Glosa]] = defaultdict(list)
    for glosa in glosas:
        grupos[glosa.analise_id, glosa.instancia].append(glosa)  # type: ignore[attr-defined]
    return grupos


def _rascunho(glosa: Glosa, instancia: int, por: Usuario, canal: Canal, numero: str) -> Recurso:
    protocolo = glosa.analise.protocolo
    do_protocolo = Recurso.objects.filter(protocolo=protocolo, instancia=instancia, situacao=SituacaoDoRecurso.RASCUNHO)
    existente = do_protocolo.select_for_update(of=("self",)).first()
    if existente is not None:
        return existente
    return Recurso.objects.create(
        prestador_id=protocolo.prestador_id,
        operadora_id=protocolo.operadora_id,
        protocolo=protocolo,
        lote_id=protocolo.lote_id,
        numero_do_prestador=numero or _proximo_numero(protocolo.prestador, protocolo.operadora_id),
        instancia=instancia,
        canal=canal,
        criado_por=por,
    )


def _proximo_numero(prestador: Organizacao, operadora_id: int) -> str:
    """The next of the series that no appeal brought in by XML has."""
    while True:
        numero = str(proximo_da_serie(prestador, RECURSO))
        usado = Recurso.objects.filter(prestador=prestador, operadora=operadora_id, numero_do_prestador=numero)
        if not usado.exists():
            return numero


def _criar_itens(recurso: Recurso, glosas: Sequence[Glosa], pedidos: Mapping[int, Pedido]) -> None:
    usuais = usuais_de(recurso.prestador_id, {glosa.codigo for glosa in glosas})
    ItemDoRecurso.objects.bulk_create(
        ItemDoRecurso(
            prestador_id=recurso.prestador_id,
            operadora_id=recurso.operadora_id,
            recurso=recurso,
            glosa=glosa,
            # The database writes these from the glosa; they are said because the columns want a value.
            guia_id=glosa.guia.guia_id,
            item_id=glosa.item.item_id,
            valor_recursado=_valor(glosa, pedidos[glosa.pk].valor),
            justificativa=_justificativa(pedidos[glosa.pk], usuais.get(glosa.codigo, [])),
        )
        for glosa in glosas
    )


def _valor(glosa: Glosa, pedido: Decimal | None) -> Decimal:
    recorrivel: Decimal = glosa.recorrivel  # type: ignore[attr-defined]
    if pedido is None:
        return recorrivel
    if not 0 < pedido <= recorrivel:
        raise ValorRecusado(_fora_do_valor(glosa.codigo, recorrivel), glosa)
    return pedido


def _justificativa(pedido: Pedido, usuais: Sequence[str]) -> str:
    """What was written; else the words last used for the code, to be read before sending."""
    if pedido.justificativa is not None:
        return pedido.justificativa
    return usuais[0] if usuais else ""


def _fora_do_valor(codigo: str, recorrivel: Decimal) -> str:
    return f"Da glosa {codigo} pode-se recursar de {reais(Decimal('0.01'))} a {reais(recorrivel)}. Corrija o valor."


@transaction.atomic
def gravar(*, recurso: Recurso, pedidos: Mapping[int, Pedido], por: Usuario) -> Recurso:
    """Change what is asked for items (by id). A part of a whole guide or protocol makes it an appeal by items; of what
    is whole, one code has one justification, the last written."""
    travado = transicoes.travar(recurso, SituacaoDoRecurso.ENVIADO)
    itens = list(travado.itens.filter(pk__in=pedidos).select_related("guia"))
    for item in itens:
        pedido = pedidos[item.pk]
        if pedido.valor is not None and not 0 < pedido.valor <= item.valor_da_glosa:
            raise ValorRecusado(_fora_do_valor(item.codigo, item.valor_da_glosa), item)
    _baixar_niveis(travado, [item for item in itens if _em_parte(item, pedidos[item.pk])])
    for item in travado.itens.filter(pk__in=pedidos):
        pedido = pedidos[item.pk]
        if pedido.valor is not None:
            item.valor_recursado = pedido.valor
        item.save(update_fields=["valor_recursado"])
        if pedido.justificativa is not None:
            _justificar(_iguais(travado, item), pedido.justificativa)
    travado.refresh_from_db()
    return travado


def _em_parte(item: ItemDoRecurso, pedido: Pedido) -> bool:
    return item.nivel != Nivel.ITEM and pedido.valor is not None and pedido.valor != item.valor_da_glosa


def _baixar_niveis(recurso: Recurso, em_parte: Sequence[ItemDoRecurso]) -> None:
    for item in em_parte:
        recurso.itens.filter(**_mesmo_nivel(item)).update(nivel=Nivel.ITEM)
    if em_parte:
        gravar_objeto(recurso)


def _mesmo_nivel(item: ItemDoRecurso) -> dict[str, object]:
    if item.nivel == Nivel.PROTOCOLO:
        return {"nivel": Nivel.PROTOCOLO}
    return {"nivel": item.nivel, "guia_id": item.guia_id}


def _iguais(recurso: Recurso, item: ItemDoRecurso) -> list[int]:
    """The items that have one justification with this one."""
    if item.nivel == Nivel.ITEM:
        return [item.pk]
    return list(recurso.itens.filter(codigo=item.codigo, **_mesmo_nivel(item)).values_list("pk", flat=True))


def _justificar(itens: Collection[int], texto: str) -> None:
    ItemDoRecurso.objects.filter(pk__in=itens).update(justificativa=texto.strip())


@transaction.atomic
def justificar_codigo(*, recursos: Sequence[Recurso], codigo: str, texto: str, por: Usuario, so_vazias: bool) -> int:
    """One justification for every glosa of that code in these drafts, or for those that have none. Gives how many.

    The words are kept, to be offered next time. Raises `RecursoIncompleto` for no words, `RecursoMudou` for one sent.
    """
    limpo = texto.strip()
    if not limpo:
        raise RecursoIncompleto(f"Escreva a justificativa da glosa {codigo}: por que ela não procede.")
    justificadas = 0
    for recurso in sorted(recursos, key=lambda um: um.pk):
        travado = transicoes.travar(recurso, SituacaoDoRecurso.ENVIADO)
        itens = travado.itens.filter(codigo=codigo)
        if so_vazias:
            itens = itens.filter(justificativa="")
        justificadas += itens.update(justificativa=limpo)
    lembrar(recursos[0].prestador_id, codigo, limpo)
    return justificadas


def lembrar(prestador_id: int, codigo: str, texto: str) -> None:
    """Keep the words used for a code."""
    JustificativaUsual.objects.update_or_create(
        prestador_id=prestador_id, codigo=codigo, texto=texto, defaults={"usada_em": timezone.now()}
    )


def usuais_de(prestador_id: int, codigos: Collection[str]) -> dict[str, list[str]]:
    """The words that the prestador used for these codes, the last ones first. One query."""
    usuais: dict[str, list[str]] = defaultdict(list)
    guardadas = JustificativaUsual.objects.filter(prestador=prestador_id, codigo__in=codigos).order_by("-usada_em")
    for guardada in guardadas:
        usuais[guardada.codigo].append(guardada.texto)
    return usuais


@transaction.atomic
def tirar(*, recurso: Recurso, itens: Collection[int], por: Usuario) -> int:
    """Take glosas out of a draft; they can be appealed against again. What was whole goes on by items."""
    travado = transicoes.travar(recurso, SituacaoDoRecurso.ENVIADO)
    saem = list(travado.itens.filter(pk__in=itens))
    _baixar_niveis(travado, [item for item in saem if item.nivel != Nivel.ITEM])
    quantos, _ = travado.itens.filter(pk__in=[item.pk for item in saem]).delete()
    return quantos


@transaction.atomic
def por_item(*, recurso: Recurso, por: Usuario) -> None:
    """Appeal item by item, whatever was whole: values and justifications may differ from now on."""
    travado = transicoes.travar(recurso, SituacaoDoRecurso.ENVIADO)
    travado.itens.update(nivel=Nivel.ITEM)
    gravar_objeto(travado)


@transaction.atomic
def por_inteiro(*, recurso: Recurso, por: Usuario) -> int:
    """Appeal whole every guide, or the protocol, of which all is there in full; give how many glosas that is."""
    travado = transicoes.travar(recurso, SituacaoDoRecurso.ENVIADO)
    itens = list(travado.itens.select_related("glosa"))
    podem_estar = _podem_estar(travado, _analise_de(travado))
    niveis = niveis_de([_recursada(item) for item in itens], podem_estar, so_o_glosado_assim=False)
    _gravar_niveis(travado, itens, niveis)
    return sum(nivel != Nivel.ITEM for nivel in niveis.values())


def seguir_niveis(recurso: Recurso, guias: Collection[int], *, do_protocolo: bool) -> None:
    """Set the levels that a message said: the protocol, or these guides (by id) whole, where all of them is there."""
    itens = list(recurso.itens.select_related("glosa"))
    podem_estar = _podem_estar(recurso, _analise_de(recurso))
    niveis = niveis_de([_recursada(item) for item in itens], podem_estar, so_o_glosado_assim=False)
    if not do_protocolo:
        niveis = {
            item.glosa_id: Nivel.GUIA if item.guia_id in guias and niveis[item.glosa_id] != Nivel.ITEM else Nivel.ITEM
            for item in itens
        }
    _gravar_niveis(recurso, itens, niveis)


def _analise_de(recurso: Recurso) -> int:
    """None of it is seen while the operadora has it open again: 0."""
    return Analise.objects.filter(protocolo=recurso.protocolo_id).values_list("pk", flat=True).first() or 0


def ajustar_niveis(recurso: Recurso, *, novas: Collection[int], analise: int) -> None:
    """Set the levels of a draft after these glosas came in: what was refused whole and is all there is appealed whole;
    a choice that was made for guides without any new glosa stays."""
    itens = list(recurso.itens.select_related("glosa"))
    guias_mexidas = {item.guia_id for item in itens if item.glosa_id in novas}
    recursadas = [_recursada(item) for item in itens]
    niveis = niveis_de(recursadas, _podem_estar(recurso, analise))
    do_protocolo = set(niveis.values()) == {Nivel.PROTOCOLO}
    mudam = {
        item.glosa_id: niveis[item.glosa_id]
        for item in itens
        if do_protocolo or item.nivel == Nivel.PROTOCOLO or item.guia_id in guias_mexidas
    }
    _gravar_niveis(recurso, itens, mudam)


def _gravar_niveis(recurso: Recurso, itens: Sequence[ItemDoRecurso], niveis: Mapping[int, Nivel]) -> None:
    for item in itens:
        item.nivel = niveis.get(item.glosa_id, item.nivel)
    ItemDoRecurso.objects.bulk_update(itens, ["nivel"])
    _igualar_justificativas(recurso)
    gravar_objeto(recurso)


def _recursada(item: ItemDoRecurso) -> Recursada:
    return Recursada(
        glosa=item.glosa_id,
        guia=item.guia_id,
        nivel_da_glosa=item.glosa.nivel,
        codigo=item.codigo,
        valor=item.valor_recursado,
        recursavel=item.valor_da_glosa,
    )


def _podem_estar(recurso: Recurso, analise: int) -> list[tuple[int, int, str]]:
    """Glosas of the analysis that are in this appeal, or in none yet."""
    em_outro = ItemDoRecurso.objects.filter(recurso__protocolo=recurso.protocolo_id, instancia=recurso.instancia)
    glosas = Glosa.objects.filter(analise=analise).exclude(pk__in=em_outro.exclude(recurso=recurso).values("glosa_id"))
    return list(glosas.values_list("pk", "guia__guia_id", "nivel"))


def _igualar_justificativas(recurso: Recurso) -> None:
    """Of what is whole, one code has one justification: the longest that is there."""
    por_grupo: dict[tuple[object, ...], list[ItemDoRecurso]] = defaultdict(list)
    for item in recurso.itens.exclude(nivel=Nivel.ITEM):
        onde = None if item.nivel == Nivel.PROTOCOLO else item.guia_id
        por_grupo[item.nivel, onde, item.codigo].append(item)
    for itens in por_grupo.values():
        textos = {item.justificativa for item in itens}
        if len(textos) > 1:
            _justificar([item.pk for item in itens], max(textos, key=len))


def gravar_objeto(recurso: Recurso) -> None:
    """ANS's object of the appeal: the protocol where its items are appealed against as such, else guides."""
    recurso.objeto = Objeto.PROTOCOLO if recurso.itens.filter(nivel=Nivel.PROTOCOLO).exists() else Objeto.GUIA
    recurso.save(update_fields=["objeto"])
