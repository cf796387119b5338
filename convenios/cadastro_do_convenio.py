"""Every change of a convênio's register: locked, in one transaction, and written down in its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from conecta.contas.models import Organizacao, Usuario
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import datahora
from convenios.historia_do_convenio import CADASTRO, Mudanca, diferencas, nome_do_campo, registrar
from convenios.models import Convenio, MudancaDeConvenio
from convenios.transicoes import proximo_codigo, travar


class MudouNoMeio(ErroDeNegocio):
    """Somebody else changed the same settings while this person looked at them. `assunto`: the later changes."""


class PrincipalNaoPara(ErroDeNegocio):
    """The principal convênio has to be in use, and be billed."""


class NaoPodeSerPrincipal(ErroDeNegocio):
    """Only an active convênio that is billed holds for everybody."""


@transaction.atomic
def criar_convenio(*, operadora: Organizacao, valores: Mapping[str, Any], por: Usuario) -> Convenio:
    """Register a convênio with the next code of the operadora. `valores` by name of field, already validated.

    The first one of an operadora without any is its principal.
    """
    travar(operadora)
    convenio = Convenio(operadora=operadora, codigo=proximo_codigo(operadora), **valores)
    convenio.save()
    registrar(convenio, [Mudanca(CADASTRO, "", "criado")], por=por)
    return convenio


@transaction.atomic
def mudar_convenio(
    *, convenio: Convenio, novos: Mapping[str, Any], por: Usuario, visto: int | None = None
) -> list[Mudanca]:
    """Give the settings these values, and say what changed.

    `visto` is `historia_do_convenio.ultima` of what the person looked at: raises `MudouNoMeio` where one of these was
    changed since; None overwrites. Raises `PrincipalNaoPara` where the principal would no longer be billed.
    """
    atual = travado(convenio)
    antes = {nome: getattr(atual, nome) for nome in novos}
    mudancas = diferencas(antes, novos)
    if not mudancas:
        return []
    if visto is not None:
        _recusar_se_mudou(atual, [mudanca.campo for mudanca in mudancas], visto)
    for nome, valor in novos.items():
        setattr(atual, nome, valor)
    if atual.principal and atual.modo != Convenio.Modo.CONVENIO:
        raise PrincipalNaoPara(
            f"{atual.nome} é o convênio principal, e o modo dele tem de ser Convênio. Torne outro o principal antes."
        )
    atual.full_clean(exclude=["operadora"])
    atual.save(update_fields=[mudanca.campo for mudanca in mudancas])
    registrar(atual, mudancas, por=por)
    return mudancas


@transaction.atomic
def tornar_principal(*, convenio: Convenio, por: Usuario) -> None:
    """Let it hold for the guides whose beneficiário has no plano of another one, in place of the one that did."""
    atual = travado(convenio)
    if not atual.ativo or atual.modo != Convenio.Modo.CONVENIO:
        raise NaoPodeSerPrincipal(
            f"{atual.nome} não pode ser o principal: o principal precisa estar ativo e ser do modo Convênio, "
            "porque as guias sem outro convênio são cobradas por ele."
        )
    if atual.principal:
        return
    anterior = Convenio.objects.filter(operadora=atual.operadora_id, principal=True).first()
    if anterior is not None:
        _mudar_marca(anterior, "principal", False, por)
    _mudar_marca(atual, "principal", True, por)


@transaction.atomic
def desativar_convenio(*, convenio: Convenio, por: Usuario) -> None:
    """Stop billing by it: guides of its planos are refused from now on."""
    atual = travado(convenio)
    if atual.principal:
        raise PrincipalNaoPara(
            f"{atual.nome} é o convênio principal e não pode ser desativado. Torne outro o principal antes."
        )
    _mudar_marca(atual, "ativo", False, por)


@transaction.atomic
def ativar_convenio(*, convenio: Convenio, por: Usuario) -> None:
    """Bill by it again, within its contract's dates."""
    _mudar_marca(travado(convenio), "ativo", True, por)


def travado(convenio: Convenio) -> Convenio:
    """The convênio as it stands, which nobody else changes until the transaction ends."""
    travar(convenio.operadora)
    return Convenio.objects.select_for_update(of=("self",)).select_related("operadora").get(pk=convenio.pk)


def _mudar_marca(convenio: Convenio, nome: str, valor: bool, por: Usuario) -> None:
    mudancas = diferencas({nome: getattr(convenio, nome)}, {nome: valor})
    setattr(convenio, nome, valor)
    convenio.save(update_fields=[nome])
    registrar(convenio, mudancas, por=por)


def _recusar_se_mudou(convenio: Convenio, campos: Sequence[str], visto: int) -> None:
    depois = MudancaDeConvenio.objects.filter(convenio=convenio, prestador=None, campo__in=campos, pk__gt=visto)
    ultima = depois.first()
    if ultima is None:
        return
    nomes = ", ".join(dict.fromkeys(nome_do_campo(mudanca.campo) for mudanca in depois))
    raise MudouNoMeio(
        f"Enquanto você preenchia, {ultima.quem_nome or 'uma atualização'} mudou {nomes} ({datahora(ultima.quando)}). "
        "Nada do que você escreveu se perdeu: confira os campos e salve de novo para valer o seu.",
        list(depois),
    )
