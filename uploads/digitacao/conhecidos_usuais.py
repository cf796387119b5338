"""*Meus usuais*: what was learnt, as people see it, put right or throw it away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from django.db import transaction
from django.db.models import Q, QuerySet

from conecta.contas.models import Organizacao
from conecta.erros import ErroDeNegocio
from conecta.texto import para_busca
from uploads.digitacao.models import ProcedimentoUsual, ProfissionalConhecido
from uploads.digitacao.procuras_texto import codigo_em, com_as_palavras, palavras_de

Usual: TypeAlias = ProfissionalConhecido | ProcedimentoUsual
PROFISSIONAIS: Final = "profissionais"
PROCEDIMENTOS: Final = "procedimentos"
_ORDENS: Final[Mapping[str, Mapping[str, str]]] = {
    PROFISSIONAIS: {"nome": "nome_busca", "numero": "numero_conselho", "usos": "usos", "ultimo": "ultimo_uso"},
    PROCEDIMENTOS: {"nome": "descricao_busca", "numero": "codigo", "usos": "usos", "ultimo": "ultimo_uso"},
}
ORDEM: Final = "-usos"


class NomeVazio(ErroDeNegocio):
    """What is learnt is not kept without a name."""


def profissionais(prestador: Organizacao, texto: str, ordem: str) -> tuple[QuerySet[ProfissionalConhecido], str]:
    """Those with the words in their name or that number, in that order, and the order that was understood."""
    achados = ProfissionalConhecido.objects.filter(prestador=prestador)
    if texto:
        pelo_numero = Q(numero_conselho__startswith=codigo_em(texto))
        achados = achados.filter(pelo_numero | com_as_palavras("nome_busca", palavras_de(texto)))
    expressoes, ordem = _ordem(PROFISSIONAIS, ordem)
    return achados.order_by(*expressoes), ordem


def procedimentos(prestador: Organizacao, texto: str, ordem: str) -> tuple[QuerySet[ProcedimentoUsual], str]:
    """Those with the words in their text or codes that begin so, the favourites first."""
    achados = ProcedimentoUsual.objects.filter(prestador=prestador).select_related("convenio")
    if texto:
        pelo_codigo = Q(codigo__startswith=codigo_em(texto))
        achados = achados.filter(pelo_codigo | com_as_palavras("descricao_busca", palavras_de(texto)))
    expressoes, ordem = _ordem(PROCEDIMENTOS, ordem)
    return achados.order_by("-favorito", *expressoes), ordem


@transaction.atomic
def renomear(*, usual: Usual, nome: str) -> Usual:
    """Call it so from now on, whatever the next guides call it. Raises `NomeVazio`."""
    nome = " ".join(nome.split())
    if not nome:
        raise NomeVazio("O nome ficou em branco, e nada mudou. Escreva um nome, ou esqueça o registro.", usual)
    campo = "nome" if isinstance(usual, ProfissionalConhecido) else "descricao"
    maior = usual._meta.get_field(campo).max_length
    setattr(usual, campo, nome[:maior])
    setattr(usual, f"{campo}_busca", para_busca(nome)[:maior])
    usual.save(update_fields=[campo, f"{campo}_busca"])
    return usual


@transaction.atomic
def esquecer(*, usual: Usual) -> None:
    """Offer it no more, until a guide teaches it again."""
    usual.delete()


@transaction.atomic
def favoritar(*, procedimento: ProcedimentoUsual) -> ProcedimentoUsual:
    """Put it first, or back among the others."""
    procedimento.favorito = not procedimento.favorito
    procedimento.save(update_fields=["favorito"])
    return procedimento


def _ordem(de_que: str, pedida: str) -> tuple[tuple[str, str], str]:
    ordens = _ORDENS[de_que]
    ordem = pedida if pedida.removeprefix("-") in ordens else ORDEM
    sinal = "-" if ordem.startswith("-") else ""
    return (f"{sinal}{ordens[ordem.removeprefix('-')]}", f"{sinal}pk"), ordem
