"""Appeals of the demonstration against what PASA refused Santa Aurélia: one answered in part, one that waits."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from conecta.contas.models import Organizacao, Usuario
from conecta.tenancy.escopo import inquilino
from demonstrativos.analise.estados import Nivel
from demonstrativos.recursos import preparo, respostas, transicoes
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.preparo import Pedido
from demonstrativos.recursos.recorriveis import recorriveis

_ANALISTA: Final = "rui@pasa.example"
_FATURISTA: Final = "marina@aurelia.example"
_PORQUE: Final = (
    "O procedimento foi executado como pedido e o valor é o da tabela contratada. A guia assinada foi enviada.",
    "A quantidade é a da solicitação médica, anexada ao prontuário, e está dentro do limite contratado.",
)
_MOTIVO: Final = "Parte do valor já estava no pacote contratado; o restante procede."


def criar_recursos(organizacoes: dict[str, Organizacao]) -> None:
    """Make both, once, of the first glosas that can be appealed against; nothing where there are fewer than three."""
    prestador, operadora = organizacoes["santa-aurelia"], organizacoes["pasa"]
    faturista, analista = (Usuario.objects.get(email=email) for email in (_FATURISTA, _ANALISTA))
    with inquilino(prestador.tipo, prestador.pk, faturista.pk):
        if Recurso.objects.exists():
            return
        glosas = list(recorriveis(prestador).filter(operadora=operadora).order_by("id").values_list("pk", flat=True))
        if len(glosas) < 3:
            return
        respondido = _enviar(prestador, glosas[:2], _PORQUE[0], faturista)
        _enviar(prestador, glosas[2:3], _PORQUE[1], faturista)
    with inquilino(operadora.tipo, operadora.pk, analista.pk):
        _responder(respondido, analista)


def _enviar(prestador: Organizacao, glosas: list[int], porque: str, por: Usuario) -> Recurso:
    pedidos = dict.fromkeys(glosas, Pedido(justificativa=porque))
    (recurso, *_) = preparo.incluir(prestador=prestador, pedidos=pedidos, por=por)
    return transicoes.enviar(recurso=recurso, por=por)


def _responder(recurso: Recurso, por: Usuario) -> None:
    """Half of the first item where it can be divided, all of the others."""
    primeiro, *outros = recurso.itens.order_by("id")
    metade = (primeiro.valor_recursado / 2).quantize(Decimal("0.01"))
    if primeiro.nivel == Nivel.ITEM and metade:
        respostas.acatar_em_parte(recurso=recurso, item=primeiro.pk, valor=metade, por=por, justificativa=_MOTIVO)
    else:
        outros.append(primeiro)
    if outros:
        respostas.acatar(recurso=recurso, itens=[item.pk for item in outros], por=por)
    transicoes.responder(recurso=recurso, por=por)
