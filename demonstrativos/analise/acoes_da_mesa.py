"""Each verb of the desk: what of the form it reads, and which transition it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from conecta.contas.models import Usuario
from demonstrativos.analise import transicoes, transicoes_inteiras
from demonstrativos.analise.desfazer import desfazer
from demonstrativos.analise.forms import CodigoForm, GlosaForm, ReprecoForm
from demonstrativos.analise.models import Acao, Analise, GuiaAnalisada
from demonstrativos.analise.partes import Parte
from demonstrativos.analise.recusas import GlosaRecusada
from demonstrativos.analise.trabalho import Vistos

MAIS: Final = 1_000
"""Items of one action: those of a page, and some."""


class FormularioRecusado(Exception):
    """What was typed needs correction; nothing was done."""

    def __init__(self, form: CodigoForm | ReprecoForm) -> None:
        super().__init__()
        self.form = form


@dataclass(frozen=True, slots=True, kw_only=True)
class Pedido:
    """Who asks for what at a guide of an analysis. `alvos` are the ids that the button names."""

    analise: Analise
    guia: GuiaAnalisada
    por: Usuario
    dados: QueryDict
    alvos: tuple[int, ...] = ()

    @property
    def vistos(self) -> Vistos:
        """The guide in the version that the page showed."""
        return {self.guia.pk: numero(self.dados.get("versao", ""))}

    @property
    def versao_inteira(self) -> int:
        """What the page showed of all guides together."""
        return numero(self.dados.get("versao_inteira", ""))

    @property
    def itens(self) -> list[int]:
        """The button's own, else those that are marked; at most `MAIS`."""
        return list(self.alvos) or numeros(self.dados.getlist("item"))


def numeros(textos: list[str], mais: int = MAIS) -> list[int]:
    """At most `mais` ids out of fields that may each hold several, separated by commas; what is no id is left out."""
    partes = [parte for texto in textos for parte in texto.split(",")]
    return list(dict.fromkeys(int(p) for p in partes if p.isascii() and p.isdecimal() and len(p) < 19))[:mais]


def ler_acao(texto: str) -> tuple[str, tuple[int, ...]]:
    """The verb of a button and the ids that it names. Of a button whose ids are none nothing is left: without ids it
    would mean all of the guide."""
    verbo, tem_alvos, alvos = texto.partition(":")
    ids = tuple(numeros(alvos.split(",")))
    return ("", ()) if tem_alvos and not ids else (verbo, ids)


def numero(texto: str) -> int:
    """The version or place that a hidden field holds; -1, which none is, for what is no number."""
    return int(texto) if texto.isascii() and texto.isdecimal() and len(texto) < 19 else -1


def escrito(texto: str) -> str:
    """What was written in a field of lines, without what the way added: a line's end counts as one character there."""
    return texto.replace("\0", "").replace("\r\n", "\n").strip()


def agir(verbo: str, pedido: Pedido) -> Acao:
    """Do it. Raises what the transitions refuse, and `FormularioRecusado`."""
    acao = _VERBOS.get(verbo)
    if acao is None:
        raise GlosaRecusada("Essa ação não existe nesta tela. Recarregue a página.")
    return acao(pedido)


def _glosar(pedido: Pedido) -> Acao:
    itens = pedido.itens
    form = GlosaForm(pedido.dados) if len(itens) == 1 else CodigoForm(pedido.dados)
    dados = _validos(form)
    partes = [Parte(item=item, valor=dados.get("valor"), quantidade=dados.get("quantidade")) for item in itens]
    return transicoes.glosar(
        analise=pedido.analise,
        partes=partes,
        codigo=dados["codigo"],
        motivo=dados["motivo"],
        por=pedido.por,
        vistos=pedido.vistos,
    )


def _glosar_guia(pedido: Pedido) -> Acao:
    dados = _validos(CodigoForm(pedido.dados))
    return transicoes_inteiras.glosar_guia(
        analise=pedido.analise,
        guia=pedido.guia.pk,
        codigo=dados["codigo"],
        motivo=dados["motivo"],
        por=pedido.por,
        vistos=pedido.vistos,
    )


def _glosar_protocolo(pedido: Pedido) -> Acao:
    dados = _validos(CodigoForm(pedido.dados))
    return transicoes_inteiras.glosar_protocolo(
        analise=pedido.analise,
        codigo=dados["codigo"],
        motivo=dados["motivo"],
        por=pedido.por,
        versao=pedido.versao_inteira,
    )


def _retirar_da_guia(pedido: Pedido) -> Acao:
    return transicoes_inteiras.retirar_glosa_da_guia(
        analise=pedido.analise, guia=pedido.guia.pk, por=pedido.por, vistos=pedido.vistos
    )


def _retirar_do_protocolo(pedido: Pedido) -> Acao:
    return transicoes_inteiras.retirar_glosa_do_protocolo(
        analise=pedido.analise, por=pedido.por, versao=pedido.versao_inteira
    )


def _retirar(pedido: Pedido) -> Acao:
    return transicoes.retirar_glosa(analise=pedido.analise, glosas=pedido.alvos, por=pedido.por, vistos=pedido.vistos)


def _aceitar(pedido: Pedido) -> Acao:
    return transicoes.aceitar_glosas(
        analise=pedido.analise, glosas=pedido.alvos or None, por=pedido.por, vistos=pedido.vistos
    )


def _aceitar_todas(pedido: Pedido) -> Acao:
    return transicoes.aceitar_todas(analise=pedido.analise, por=pedido.por, versao=pedido.versao_inteira)


def _conferir(pedido: Pedido) -> Acao:
    return transicoes.marcar_conferidos(
        analise=pedido.analise, itens=pedido.itens, por=pedido.por, vistos=pedido.vistos
    )


def _desconferir(pedido: Pedido) -> Acao:
    return transicoes.marcar_conferidos(
        analise=pedido.analise, itens=pedido.itens, por=pedido.por, vistos=pedido.vistos, conferidos=False
    )


def _conferir_guia(pedido: Pedido) -> Acao:
    return transicoes.conferir_guia(analise=pedido.analise, guia=pedido.guia.pk, por=pedido.por, vistos=pedido.vistos)


def _observar(pedido: Pedido) -> Acao:
    return transicoes.observar_guia(
        analise=pedido.analise,
        guia=pedido.guia.pk,
        texto=escrito(pedido.dados.get("texto", "")),
        por=pedido.por,
        vistos=pedido.vistos,
    )


def _reprecificar(pedido: Pedido) -> Acao:
    itens = pedido.itens
    if len(itens) != 1:
        raise GlosaRecusada("Escolha um item para reprecificar.")
    dados = _validos(ReprecoForm(pedido.dados))
    return transicoes.reprecificar(
        analise=pedido.analise,
        item=itens[0],
        valor_processado=dados["valor_processado"],
        por=pedido.por,
        vistos=pedido.vistos,
    )


def _desfazer(pedido: Pedido) -> Acao:
    return desfazer(analise=pedido.analise, por=pedido.por)


def _validos(form: CodigoForm | ReprecoForm) -> dict[str, Any]:
    if not form.is_valid():
        raise FormularioRecusado(form)
    return form.cleaned_data


_VERBOS: Final[Mapping[str, Callable[[Pedido], Acao]]] = {
    "glosar": _glosar,
    "glosar_guia": _glosar_guia,
    "glosar_protocolo": _glosar_protocolo,
    "retirar": _retirar,
    "retirar_da_guia": _retirar_da_guia,
    "retirar_do_protocolo": _retirar_do_protocolo,
    "aceitar": _aceitar,
    "aceitar_todas": _aceitar_todas,
    "conferir": _conferir,
    "desconferir": _desconferir,
    "conferir_guia": _conferir_guia,
    "observar": _observar,
    "reprecificar": _reprecificar,
    "desfazer": _desfazer,
}
