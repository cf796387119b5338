"""What an analista may do to items and guides of a protocol *Em análise*, and how it is done.

Each change locks what it touches, is refused where somebody else changed the guide since (`vistos`), and leaves one
`Acao` with what stood there before. Sums are the database's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.interface.formatos import dinheiro, reais
from demonstrativos.analise import fotografia
from demonstrativos.analise.codigos import codigo_de_glosa
from demonstrativos.analise.criacao import parametros_de
from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Acao, Analise, Glosa, GuiaAnalisada, ItemAnalisado
from demonstrativos.analise.partes import Parte, valor_da_parte
from demonstrativos.analise.recusas import ConferenciaRecusada, GlosaRecusada, ReprecificacaoRecusada
from demonstrativos.analise.trabalho import Trabalho, Vistos, abrir, abrir_inteira, nome_de

MOTIVO: Final = 500
"""Characters of a reason."""
_DE_UMA_VEZ: Final = 1_000


@transaction.atomic
def glosar(
    *, analise: Analise, partes: Sequence[Parte], codigo: str, por: Usuario, vistos: Vistos, motivo: str = ""
) -> Acao:
    """Refuse a part of one item or of many: by amount, by quantity, or all that is left.

    Raises `CodigoRecusado`, `GlosaRecusada`, and what `abrir` does. `vistos` names the guides of all the items.
    """
    codigo, motivo = codigo_de_glosa(codigo), conferir_motivo(motivo)
    trabalho = abrir(analise, por, vistos)
    itens = _itens(trabalho, [parte.item for parte in partes])
    novas = [
        _glosa(trabalho, item, parte, valor_da_parte(item, parte), codigo, motivo)
        for item, parte in zip(itens, partes, strict=True)
    ]
    antes = fotografia.itens([item.pk for item in itens])
    criadas = Glosa.objects.bulk_create(novas, batch_size=_DE_UMA_VEZ)
    _conferir(itens)
    return trabalho.encerrar(
        f"{_quais(itens)}: glosa {codigo} de {reais(_soma(novas))}",
        {"itens": antes},
        {"criadas": [glosa.pk for glosa in criadas], "itens": fotografia.itens([item.pk for item in itens])},
    )


@transaction.atomic
def retirar_glosa(*, analise: Analise, glosas: Collection[int], por: Usuario, vistos: Vistos) -> Acao:
    """Take glosas of items back, given by whomever. Raises `GlosaRecusada` for those of a whole guide or protocol."""
    trabalho = abrir(analise, por, vistos)
    escolhidas = _glosas(trabalho, glosas)
    for glosa in escolhidas:
        _recusar_na_guia_inteira(trabalho, glosa.guia_id)
    itens = _das_glosas(escolhidas)
    antes = {"glosas": fotografia.glosas([glosa.pk for glosa in escolhidas]), "itens": fotografia.itens(_pks(itens))}
    fotografia.remover([glosa.pk for glosa in escolhidas])
    _conferir(itens)
    codigos = ", ".join(sorted({glosa.codigo for glosa in escolhidas}))
    return trabalho.encerrar(
        f"{_quais(itens)}: retirada a glosa {codigos} de {reais(_soma(escolhidas))}",
        antes,
        {"itens": fotografia.itens(_pks(itens))},
    )


@transaction.atomic
def aceitar_glosas(*, analise: Analise, glosas: Collection[int] | None, por: Usuario, vistos: Vistos) -> Acao:
    """Agree with what the automatic pass proposed: those, or (None) all that wait in the guides of `vistos`."""
    return _aceitar(abrir(analise, por, vistos), glosas)


@transaction.atomic
def aceitar_todas(*, analise: Analise, por: Usuario, versao: int | None = None) -> Acao:
    """Agree with all that the automatic pass proposed in a protocol. `versao`: what was seen (`abrir_inteira`)."""
    return _aceitar(abrir_inteira(analise, por, versao), None)


def _aceitar(trabalho: Trabalho, glosas: Collection[int] | None) -> Acao:
    propostas = Glosa.objects.filter(analise=trabalho.analise, guia__in=list(trabalho.guias), confirmada=False)
    if glosas is not None:
        propostas = propostas.filter(pk__in=glosas)
    escolhidas = list(propostas.order_by("pk"))
    if not escolhidas:
        raise GlosaRecusada(
            "Nenhuma glosa da conferência automática espera resposta aqui. Recarregue a página para ver como está."
        )
    pks, itens = [glosa.pk for glosa in escolhidas], _das_glosas(escolhidas)
    antes = {"glosas": fotografia.glosas(pks), "itens": fotografia.itens(_pks(itens))}
    confirmar(pks, trabalho.por)
    _conferir(itens)
    delas = {glosa.guia_id for glosa in escolhidas}
    tocadas = Trabalho(trabalho.analise, {pk: trabalho.guias[pk] for pk in delas}, trabalho.por)
    return tocadas.encerrar(
        f"{_quais(itens)}: aceita a glosa da conferência, {reais(_soma(escolhidas))}",
        antes,
        {"glosas": fotografia.glosas(pks), "itens": fotografia.itens(_pks(itens))},
    )


@transaction.atomic
def reprecificar(*, analise: Analise, item: int, valor_processado: Decimal, por: Usuario, vistos: Vistos) -> Acao:
    """Take less than what was billed as the base of an item, without a glosa, where the operadora allows that.

    Raises `ReprecificacaoRecusada`.
    """
    trabalho = abrir(analise, por, vistos)
    if not parametros_de(trabalho.analise.operadora).permite_reprecificar:
        raise ReprecificacaoRecusada(
            "O valor processado não mudou: a operadora não permite processar abaixo do informado sem glosa. "
            "Use uma glosa, que o prestador pode contestar."
        )
    (o_item,) = _itens(trabalho, [item])
    _recusar_na_guia_inteira(trabalho, o_item.guia_id)
    if not o_item.valor_glosado <= valor_processado <= o_item.valor_informado:
        raise ReprecificacaoRecusada(
            f"O valor processado do item {o_item.posicao} fica entre o glosado, {dinheiro(o_item.valor_glosado)}, e o "
            f"informado, {dinheiro(o_item.valor_informado)}. Corrija o valor."
        )
    antes = fotografia.itens([item])
    ItemAnalisado.objects.filter(pk=item).update(valor_processado=valor_processado)
    _conferir([o_item])
    return trabalho.encerrar(
        f"Item {o_item.posicao}: processado {dinheiro(o_item.valor_processado)} → {dinheiro(valor_processado)}",
        {"itens": antes},
        {"itens": fotografia.itens([item])},
    )


@transaction.atomic
def marcar_conferidos(
    *, analise: Analise, itens: Collection[int], por: Usuario, vistos: Vistos, conferidos: bool = True
) -> Acao:
    """Say of items that somebody looked at them, or that nobody did yet. Raises `ConferenciaRecusada` where the
    automatic pass proposed a glosa that nobody has answered."""
    trabalho = abrir(analise, por, vistos)
    escolhidos = _itens(trabalho, sorted(itens))
    if conferidos:
        _recusar_propostas(Glosa.objects.filter(item__in=itens, confirmada=False).select_related("item").first())
    antes = fotografia.itens(itens)
    ItemAnalisado.objects.filter(pk__in=itens).update(conferido=conferidos)
    feito = "conferido" if conferidos else "de novo a conferir"
    return trabalho.encerrar(f"{_quais(escolhidos)}: {feito}", {"itens": antes}, {"itens": fotografia.itens(itens)})


@transaction.atomic
def conferir_guia(*, analise: Analise, guia: int, por: Usuario, vistos: Vistos) -> Acao:
    """Say of a guide that somebody went through it to the end, with all its items. Raises `ConferenciaRecusada`."""
    trabalho = abrir(analise, por, vistos)
    a_guia = _guia(trabalho, guia)
    _recusar_propostas(
        Glosa.objects.filter(guia=guia, confirmada=False).select_related("item").order_by("item__posicao").first()
    )
    por_conferir = list(ItemAnalisado.objects.filter(guia=guia, conferido=False).values_list("pk", flat=True))
    antes = {"itens": fotografia.itens(por_conferir), "guias": fotografia.guias([guia])}
    ItemAnalisado.objects.filter(pk__in=por_conferir).update(conferido=True)
    GuiaAnalisada.objects.filter(pk=guia).update(conferida_em=timezone.now(), conferida_por_nome=nome_de(por))
    titulo = f"Guia {a_guia.guia.numero_do_prestador}: conferida"
    return trabalho.encerrar(titulo, antes, {"guias": fotografia.guias([guia])})


@transaction.atomic
def observar_guia(*, analise: Analise, guia: int, texto: str, por: Usuario, vistos: Vistos) -> Acao:
    """Write on a guide what the prestador reads with its statement; "" takes it away."""
    texto = conferir_motivo(texto)
    trabalho = abrir(analise, por, vistos)
    a_guia = _guia(trabalho, guia)
    antes = fotografia.guias([guia])
    GuiaAnalisada.objects.filter(pk=guia).update(observacao=texto)
    feito = "observação escrita" if texto else "observação retirada"
    titulo = f"Guia {a_guia.guia.numero_do_prestador}: {feito}"
    return trabalho.encerrar(titulo, {"guias": antes}, {"guias": fotografia.guias([guia])})


def confirmar(glosas: Collection[int], por: Usuario) -> None:
    """Make proposals somebody's word. One statement."""
    Glosa.objects.filter(pk__in=glosas).update(confirmada=True, por=por, por_nome=nome_de(por))


def conferir_motivo(texto: str) -> str:
    """The text as it is kept. Raises `GlosaRecusada` for more than a statement takes."""
    texto = texto.strip()
    if len(texto) > MOTIVO:
        raise GlosaRecusada(f"O texto tem {len(texto)} caracteres, e cabem {MOTIVO}. Encurte-o.")
    return texto


def _glosa(trabalho: Trabalho, item: ItemAnalisado, parte: Parte, valor: Decimal, codigo: str, motivo: str) -> Glosa:
    return Glosa(
        prestador_id=item.prestador_id,
        operadora_id=item.operadora_id,
        analise_id=item.analise_id,
        guia_id=item.guia_id,
        item=item,
        nivel=Nivel.ITEM,
        codigo=codigo,
        valor=valor,
        quantidade=parte.quantidade,
        motivo=motivo,
        por=trabalho.por,
        por_nome=nome_de(trabalho.por),
    )


def _itens(trabalho: Trabalho, pks: Sequence[int]) -> list[ItemAnalisado]:
    """Those items, in that order. Raises `GlosaRecusada` for none, and for one that is in no guide that was seen."""
    achados = ItemAnalisado.objects.filter(guia__in=list(trabalho.guias)).select_related("item").in_bulk(list(pks))
    if not pks or len(achados) != len(set(pks)):
        raise GlosaRecusada("Nenhum item da guia foi escolhido. Recarregue a página e escolha de novo.")
    return [achados[pk] for pk in pks]


def _glosas(trabalho: Trabalho, pks: Collection[int]) -> list[Glosa]:
    achadas = list(Glosa.objects.filter(guia__in=list(trabalho.guias), pk__in=pks).order_by("pk"))
    if not achadas or len(achadas) != len(set(pks)):
        raise GlosaRecusada("Essa glosa já não está na guia. Recarregue a página para ver como está.")
    return achadas


def _guia(trabalho: Trabalho, pk: int) -> GuiaAnalisada:
    try:
        return trabalho.guias[pk]
    except KeyError:
        raise ConferenciaRecusada("Essa guia não é deste protocolo. Recarregue a página.") from None


def _das_glosas(glosas: Sequence[Glosa]) -> list[ItemAnalisado]:
    return list(ItemAnalisado.objects.filter(pk__in={glosa.item_id for glosa in glosas}).order_by("posicao"))


def _soma(glosas: Sequence[Glosa]) -> Decimal:
    return sum((glosa.valor for glosa in glosas), Decimal(0))


def _pks(itens: Sequence[ItemAnalisado]) -> list[int]:
    return [item.pk for item in itens]


def _conferir(itens: Sequence[ItemAnalisado]) -> None:
    """Who decided something of an item has looked at it, unless a proposal there still waits."""
    por_conferir = ItemAnalisado.objects.filter(pk__in=_pks(itens), conferido=False)
    por_conferir.exclude(glosas__confirmada=False).update(conferido=True)


def recusar_no_protocolo_inteiro(trabalho: Trabalho) -> None:
    """Raise `GlosaRecusada` where the whole protocol is refused: nothing of it is released by itself."""
    if trabalho.analise.glosa:
        raise GlosaRecusada(
            f"O protocolo inteiro está glosado com o código {trabalho.analise.glosa}. Retire antes essa glosa."
        )


def _recusar_na_guia_inteira(trabalho: Trabalho, guia: int) -> None:
    recusar_no_protocolo_inteiro(trabalho)
    if codigo := trabalho.guias[guia].glosa:
        numero = trabalho.guias[guia].guia.numero_do_prestador
        raise GlosaRecusada(f"A guia {numero} inteira está glosada com o código {codigo}. Retire antes essa glosa.")


def _recusar_propostas(proposta: Glosa | None) -> None:
    if proposta is not None:
        raise ConferenciaRecusada(
            f"O item {proposta.item.posicao} tem uma glosa da conferência automática ({proposta.codigo}) a confirmar. "
            "Aceite-a ou retire-a."
        )


def _quais(itens: Sequence[ItemAnalisado]) -> str:
    """Which items: "Item 4", "Itens 1, 2 e 3", "12 itens"."""
    posicoes = sorted(item.posicao for item in itens)
    if len({item.guia_id for item in itens}) > 1:
        return f"{len(posicoes)} itens de {len({item.guia_id for item in itens})} guias"
    if len(posicoes) == 1:
        return f"Item {posicoes[0]}"
    if len(posicoes) > 5:
        return f"{len(posicoes)} itens"
    return f"Itens {', '.join(map(str, posicoes[:-1]))} e {posicoes[-1]}"
