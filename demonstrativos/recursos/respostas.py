"""The operadora's decisions on what was appealed for, while the answer is prepared: taken, many at once, and undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.interface.formatos import reais
from demonstrativos.analise.estados import Nivel
from demonstrativos.recursos import transicoes
from demonstrativos.recursos.erros import RecursoIncompleto, RecursoMudou, ValorRecusado
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.models import AcaoDaResposta, ItemDoRecurso, Recurso, RespostaDoItem

_CAMPOS = ("valor_acatado", "justificativa", "quando", "por", "por_nome")


@transaction.atomic
def acatar(*, recurso: Recurso, itens: Sequence[int], por: Usuario, justificativa: str = "") -> int:
    """Accept these items in full, and with them all of a whole guide or protocol. Gives how many were decided."""
    travado, escolhidos = _escolher(recurso, itens)
    respostas = [_resposta(item, item.valor_recursado, justificativa, por) for item in escolhidos]
    return _gravar(travado, respostas, por, "acatado")


@transaction.atomic
def recusar(*, recurso: Recurso, itens: Sequence[int], por: Usuario, justificativa: str) -> int:
    """Keep the glosa of these items. Raises `RecursoIncompleto` without a reason: the prestador must read one."""
    _exigir_motivo(justificativa, recurso)
    travado, escolhidos = _escolher(recurso, itens)
    respostas = [_resposta(item, Decimal(0), justificativa, por) for item in escolhidos]
    return _gravar(travado, respostas, por, "recusado")


@transaction.atomic
def acatar_em_parte(*, recurso: Recurso, item: int, valor: Decimal, por: Usuario, justificativa: str) -> None:
    """Accept `valor` of one item. Raises `ValorRecusado` for more than was asked, and for a part of a whole guide or
    protocol, of which ANS's message knows yes and no only; `RecursoIncompleto` without a reason for the rest."""
    travado, escolhidos = _escolher(recurso, [item])
    este = next(escolhido for escolhido in escolhidos if escolhido.pk == item)
    if not 0 <= valor <= este.valor_recursado:
        raise ValorRecusado(
            f"O valor acatado vai de {reais(0)} a {reais(este.valor_recursado)}, que é o recursado. Corrija-o.",
            este,
        )
    if valor < este.valor_recursado:
        _exigir_motivo(justificativa, este)
    if este.nivel != Nivel.ITEM and 0 < valor < este.valor_recursado:
        raise ValorRecusado(
            f"A glosa {este.codigo} foi recursada por inteiro: acate tudo ou recuse tudo.",
            este,
        )
    inteiro = valor == este.valor_recursado
    respostas = [_resposta(um, um.valor_recursado if inteiro else valor, justificativa, por) for um in escolhidos]
    _gravar(travado, respostas, por, "acatado em parte" if 0 < valor < este.valor_recursado else "decidido")


@transaction.atomic
def desfazer(*, recurso: Recurso, por: Usuario) -> str:
    """Bring back what stood before the last change that was not undone; give its title. Raises `RecursoMudou`."""
    travado = _travar(recurso)
    acao = travado.acoes.filter(desfeita_em__isnull=True).first()
    if acao is None:
        raise RecursoMudou(f"Não há o que desfazer no recurso {travado.numero}.", travado)
    itens = [int(pk) for pk in acao.antes]
    RespostaDoItem.objects.filter(recurso=travado, item__in=itens).delete()
    RespostaDoItem.objects.bulk_create(
        RespostaDoItem(
            prestador_id=travado.prestador_id,
            operadora_id=travado.operadora_id,
            recurso=travado,
            item_id=int(pk),
            valor_acatado=Decimal(antes["valor_acatado"]),
            justificativa=antes["justificativa"],
            por_id=antes["por"],
            por_nome=antes["por_nome"],
        )
        for pk, antes in acao.antes.items()
        if antes is not None
    )
    acao.desfeita_em = timezone.now()
    acao.save(update_fields=["desfeita_em"])
    return acao.titulo


def _travar(recurso: Recurso) -> Recurso:
    return transicoes.travar(recurso, SituacaoDoRecurso.RESPONDIDO)


def _escolher(recurso: Recurso, itens: Sequence[int]) -> tuple[Recurso, list[ItemDoRecurso]]:
    """The locked appeal and these items of it, with all that share a whole guide or protocol with one of them."""
    travado = _travar(recurso)
    todos = list(travado.itens.select_related("guia").order_by("id"))
    pedidos = set(itens)
    escolhidos = [item for item in todos if item.pk in pedidos]
    if not escolhidos:
        raise RecursoIncompleto("Nenhum item foi escolhido. Marque ao menos um e decida.", travado)
    grupos = {_grupo(item) for item in escolhidos if item.nivel != Nivel.ITEM}
    return travado, [item for item in todos if item.pk in pedidos or _grupo(item) in grupos]


def _grupo(item: ItemDoRecurso) -> tuple[Any, ...]:
    """What is decided together: of a guide appealed for whole, a code; of a protocol, all of it."""
    if item.nivel == Nivel.PROTOCOLO:
        return (Nivel.PROTOCOLO,)
    return (item.nivel, item.guia_id, item.codigo) if item.nivel == Nivel.GUIA else (item.nivel, item.pk)


def _resposta(item: ItemDoRecurso, acatado: Decimal, justificativa: str, por: Usuario) -> RespostaDoItem:
    return RespostaDoItem(
        prestador_id=item.prestador_id,
        operadora_id=item.operadora_id,
        recurso_id=item.recurso_id,
        item=item,
        valor_acatado=acatado,
        justificativa=justificativa.strip(),
        por=por,
        por_nome=por.nome or por.email,
    )


def _gravar(recurso: Recurso, respostas: list[RespostaDoItem], por: Usuario, o_que: str) -> int:
    itens = [resposta.item_id for resposta in respostas]
    antes = _antes(itens)
    transicoes.iniciar(recurso=recurso, por=por)
    RespostaDoItem.objects.bulk_create(
        respostas, update_conflicts=True, unique_fields=["item"], update_fields=[*_CAMPOS]
    )
    AcaoDaResposta.objects.create(
        prestador_id=recurso.prestador_id,
        operadora_id=recurso.operadora_id,
        recurso=recurso,
        por_nome=por.nome or por.email,
        titulo=f"{len(itens)} ite{'m' if len(itens) == 1 else 'ns'}: {o_que}",
        antes=antes,
    )
    return len(itens)


def _antes(itens: Iterable[int]) -> dict[str, Any]:
    """What stood of each, as JSON; None where there was no decision."""
    havia = {resposta.item_id: resposta for resposta in RespostaDoItem.objects.filter(item__in=list(itens))}
    return {str(pk): _em_json(havia.get(pk)) for pk in itens}


def _em_json(resposta: RespostaDoItem | None) -> dict[str, Any] | None:
    if resposta is None:
        return None
    return {
        "valor_acatado": str(resposta.valor_acatado),
        "justificativa": resposta.justificativa,
        "por": resposta.por_id,
        "por_nome": resposta.por_nome,
    }


def _exigir_motivo(justificativa: str, assunto: Any) -> None:
    if not justificativa.strip():
        raise RecursoIncompleto(
            "Escreva por que a glosa é mantida: o prestador lê o motivo na resposta, e sem ele nada é recusado.",
            assunto,
        )
