"""What the pages of an appeal show: a line an item, and one line of what is appealed for whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from demonstrativos.analise.estados import Nivel
from demonstrativos.recursos.models import ItemDoRecurso, Recurso, RespostaDoItem

_ZERO = Decimal(0)


@dataclass(slots=True, kw_only=True)
class Linha:
    """An item, or all items of one code of a whole guide or protocol, which `item` stands for. Money in reais.

    `valor`, `justificativa` and `erro` are what a form that was refused said; else what is kept.
    """

    item: ItemDoRecurso
    itens: list[int]
    valor_da_glosa: Decimal
    valor_recursado: Decimal
    resposta: RespostaDoItem | None
    valor_acatado: Decimal
    valor: str = ""
    justificativa: str = ""
    erro: str = ""

    @property
    def inteira(self) -> bool:
        """Whether it is answered with yes or no."""
        return self.item.nivel != Nivel.ITEM

    @property
    def onde(self) -> str:
        """What is appealed for, in words."""
        if self.item.nivel == Nivel.PROTOCOLO:
            return "Protocolo inteiro"
        if self.item.nivel == Nivel.GUIA:
            return f"Guia inteira ({len(self.itens)} ite{'m' if len(self.itens) == 1 else 'ns'})"
        item = self.item.item
        return f"{item.posicao}. {item.tabela} {item.codigo} {item.descricao}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codigo:
    """The glosas of one code in an appeal or several."""

    codigo: str
    quantas: int
    valor: Decimal
    sem_justificativa: int

    @property
    def falta(self) -> str:
        """How many lack a justification, in words."""
        return f"{self.sem_justificativa} sem justificativa"


def linhas_de(recurso: Recurso) -> list[Linha]:
    """The lines of an appeal, in the order of its guides. One query."""
    itens = recurso.itens.select_related("guia", "item", "glosa", "resposta")
    linhas: dict[tuple[Any, ...], Linha] = {}
    for item in itens.order_by("guia__posicao", "item__posicao", "id"):
        dada = getattr(item, "resposta", None)
        linha = linhas.setdefault(
            _chave(item),
            Linha(
                item=item,
                itens=[],
                valor_da_glosa=_ZERO,
                valor_recursado=_ZERO,
                resposta=dada,
                valor_acatado=_ZERO,
                justificativa=item.justificativa,
            ),
        )
        linha.itens.append(item.pk)
        linha.valor_da_glosa += item.valor_da_glosa
        linha.valor_recursado += item.valor_recursado
        linha.valor_acatado += dada.valor_acatado if dada else _ZERO
    return list(linhas.values())


def codigos_de(recursos: Iterable[Recurso]) -> list[Codigo]:
    """The codes of these appeals, those with most money first. One query."""
    somas: dict[str, list[Any]] = {}
    itens = ItemDoRecurso.objects.filter(recurso__in=list(recursos)).order_by("codigo")
    for codigo, valor, justificativa in itens.values_list("codigo", "valor_recursado", "justificativa").iterator():
        soma = somas.setdefault(codigo, [0, _ZERO, 0])
        soma[0] += 1
        soma[1] += valor
        soma[2] += not justificativa
    codigos = [
        Codigo(codigo=codigo, quantas=quantas, valor=valor, sem_justificativa=sem)
        for codigo, (quantas, valor, sem) in somas.items()
    ]
    return sorted(codigos, key=lambda codigo: -codigo.valor)


def _chave(item: ItemDoRecurso) -> tuple[Any, ...]:
    if item.nivel == Nivel.PROTOCOLO:
        return (Nivel.PROTOCOLO, item.codigo)
    if item.nivel == Nivel.GUIA:
        return (Nivel.GUIA, item.guia_id, item.codigo)
    return (Nivel.ITEM, item.pk)
