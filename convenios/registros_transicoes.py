"""Changes of planos, beneficiários and credenciamentos by hand: what changed is kept, with who did it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from psycopg2.errors import UniqueViolation

from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import datahora
from convenios.models import Beneficiario, CoberturaDoPlano, Credenciamento, MudancaDeCadastro, Plano

Registro = Plano | Beneficiario | Credenciamento

ALVOS: Final[dict[type[models.Model], MudancaDeCadastro.Alvo]] = {
    Plano: MudancaDeCadastro.Alvo.PLANO,
    Beneficiario: MudancaDeCadastro.Alvo.BENEFICIARIO,
    Credenciamento: MudancaDeCadastro.Alvo.CREDENCIAMENTO,
}
_SEM_HISTORIA: Final = frozenset({"id", "operadora", "prestador", "nome_busca"})


class RegistroRepetido(ErroDeNegocio):
    """Another row of the operadora has this code, or this card, since a moment ago."""


class CoberturaRepetida(ErroDeNegocio):
    """The plano says something of these codes already."""


class MudouNoMeio(ErroDeNegocio):
    """Somebody else changed the same fields while this person looked at them."""


@transaction.atomic
def salvar(*, registro: Registro, por: Usuario, visto: int | None = None) -> None:
    """Save a row of the register, new or changed, and keep each field that changed. Raises `RegistroRepetido`.

    `visto` is `ultima` of what the person looked at: raises `MudouNoMeio` where one of these fields was changed since;
    None overwrites.
    """
    modelo: Any = type(registro)
    antes = modelo.objects.select_for_update().filter(pk=registro.pk).first() if registro.pk else None
    mudancas = [
        _mudanca(registro, por, campo.verbose_name, _valor(antes, campo.name) if antes else "", depois)
        for campo in modelo._meta.concrete_fields
        if campo.name not in _SEM_HISTORIA
        and (depois := _valor(registro, campo.name)) != (_valor(antes, campo.name) if antes else "")
    ]
    if antes is not None and visto is not None:
        _recusar_se_mudou(antes, [mudanca.campo for mudanca in mudancas], visto)
    _gravar(registro)
    for mudanca in mudancas:
        mudanca.alvo_id = registro.pk
    MudancaDeCadastro.objects.bulk_create(mudancas)


def _recusar_se_mudou(registro: Registro, campos: Sequence[str], visto: int) -> None:
    depois = list(historia(registro).filter(campo__in=campos, pk__gt=visto))
    if not depois:
        return
    nomes = ", ".join(dict.fromkeys(mudanca.campo for mudanca in depois))
    raise MudouNoMeio(
        f"Enquanto você preenchia, {depois[0].quem_nome} mudou {nomes} ({datahora(depois[0].quando)}). "
        "Nada do que você escreveu se perdeu: confira os campos e salve de novo para valer o seu."
    )


def _gravar(registro: Registro) -> None:
    """Save it. Only the database knows of what somebody else saves at the same time."""
    try:
        with transaction.atomic():
            registro.save()
    except IntegrityError as erro:
        if not isinstance(erro.__cause__, UniqueViolation):
            raise
        raise RegistroRepetido("Outra pessoa acabou de salvar um registro igual a este. Confira a lista.") from None


@transaction.atomic
def cobrir(*, cobertura: CoberturaDoPlano, por: Usuario) -> None:
    """Add what a plano says of some codes. Raises `CoberturaRepetida`."""
    plano = Plano.objects.select_for_update().get(pk=cobertura.plano_id)
    iguais = plano.coberturas.filter(tabela=cobertura.tabela, prefixo=cobertura.prefixo)
    if iguais.exists():
        raise CoberturaRepetida(
            "O plano já tem uma cobertura para estes códigos. Retire a que está na lista antes de incluir outra."
        )
    cobertura.operadora_id = plano.operadora_id
    cobertura.save()
    _mudanca(plano, por, "cobertura", "", cobertura_em_palavras(cobertura)).save()


@transaction.atomic
def descobrir(*, plano: Plano, cobertura_id: int, por: Usuario) -> None:
    """Remove one; nothing happens where it is gone already."""
    cobertura = plano.coberturas.filter(pk=cobertura_id).first()
    if cobertura is not None:
        _mudanca(plano, por, "cobertura", cobertura_em_palavras(cobertura), "").save()
        cobertura.delete()


def cobertura_em_palavras(cobertura: CoberturaDoPlano) -> str:
    """ "22 4030…: coberto após 180 dias"."""
    codigos = f"{cobertura.prefixo}…" if cobertura.prefixo else "toda a tabela"
    efeito = "coberto" if cobertura.coberto else "não coberto"
    depois = f" após {cobertura.carencia_dias} dias" if cobertura.coberto and cobertura.carencia_dias else ""
    return f"{cobertura.tabela} {codigos}: {efeito}{depois}"


def historia(registro: Registro) -> models.QuerySet[MudancaDeCadastro]:
    """What was changed in a row by hand, newest first."""
    return MudancaDeCadastro.objects.filter(
        operadora=registro.operadora_id, alvo=ALVOS[type(registro)], alvo_id=registro.pk
    )


def ultima(registro: Registro) -> int:
    """Id of the row's latest change by hand: who saves says by it which state they looked at. 0 while there is none."""
    return historia(registro).aggregate(ultima=Max("pk"))["ultima"] or 0


def _mudanca(registro: Registro, por: Usuario, campo: str, antes: str, depois: str) -> MudancaDeCadastro:
    return MudancaDeCadastro(
        operadora_id=registro.operadora_id,
        alvo=ALVOS[type(registro)],
        alvo_id=registro.pk,
        campo=campo,
        antes=antes,
        depois=depois,
        quem=por,
        quem_nome=str(por)[:70],
    )


def _valor(registro: Registro, campo: str) -> str:
    """A field's value as people read it."""
    escrito = getattr(registro, f"get_{campo}_display", None)
    valor = escrito() if escrito else getattr(registro, campo)
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    return ", ".join(map(str, valor)) if isinstance(valor, list) else "" if valor is None else str(valor)
