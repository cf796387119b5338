"""Creating organisations, people and memberships: the platform's own work, done in the scope of the system."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from conecta.erros import ErroDeNegocio
from conecta.tenancy.escopo import sistema

from .models import Organizacao, Usuario, Vinculo
from .papeis import PAPEIS_DA_OPERADORA, PAPEIS_DO_PRESTADOR, Papel

SLUGS_RESERVADOS = frozenset({"conta", "plataforma", "static", "healthz", "readyz"})


class CadastroRecusado(ErroDeNegocio):
    """What was asked for cannot be registered; the sentence says why."""


def criar_organizacao(
    *, tipo: Organizacao.Tipo, sigla: str, nome: str, documento: str, registro_ans: str = "", slug: str = ""
) -> Organizacao:
    """Register an organisation. `documento` is a CNPJ or CPF without mask; only an operadora has a `registro_ans`."""
    slug = slug or slugify(sigla)
    if slug in SLUGS_RESERVADOS or not slug:
        raise CadastroRecusado(f"O endereço “{slug}” não pode ser usado. Escolha outro com --slug.")
    organizacao = Organizacao(
        tipo=tipo, sigla=sigla, nome=nome, documento=documento, registro_ans=registro_ans, slug=slug
    )
    with sistema():
        try:
            organizacao.full_clean()
        except ValidationError as erro:
            raise CadastroRecusado(" ".join(erro.messages)) from erro
        organizacao.save()
    return organizacao


def criar_pessoa(*, email: str, nome: str, organizacao: Organizacao, papel: Papel) -> Vinculo:
    """Register a person, or one who is already there, with a papel in an organisation.

    No password is made: the person chooses one by the link of “Esqueci a senha”.
    """
    if papel not in (PAPEIS_DO_PRESTADOR if organizacao.e_prestador else PAPEIS_DA_OPERADORA):
        raise CadastroRecusado(f"O papel “{papel.label}” não existe em {organizacao.get_tipo_display().lower()}.")
    with sistema():
        vinculo, novo = Vinculo.objects.get_or_create(
            usuario=_pessoa(email, nome), organizacao=organizacao, defaults={"papel": papel}
        )
    if not novo:
        raise CadastroRecusado(f"{email} já pertence a {organizacao.sigla}, como {vinculo.get_papel_display()}.")
    return vinculo


def por_na_plataforma(*, email: str, nome: str) -> Usuario:
    """Let a person, registered for it or already there, work on what belongs to no organisation: the terminology."""
    with sistema():
        usuario = _pessoa(email, nome)
        if usuario.is_superuser:
            raise CadastroRecusado(f"{email} já é da plataforma.")
        usuario.is_superuser = True
        usuario.save(update_fields=["is_superuser"])
    return usuario


def _pessoa(email: str, nome: str) -> Usuario:
    """The person with that address, registered if nobody has it."""
    try:
        validate_email(email)
    except ValidationError as erro:
        raise CadastroRecusado(f"“{email}” não é um e-mail.") from erro
    usuario = Usuario.objects.filter(email=email.lower()).first()
    if usuario is None:
        usuario = Usuario.objects.create_user(email, None, nome=nome)
        EmailAddress.objects.create(user=usuario, email=usuario.email, verified=True, primary=True)
    return usuario
