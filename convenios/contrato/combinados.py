"""Codes that an operadora gives a prestador for some of its guides: every change of them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q

from conecta.contas.models import Usuario
from convenios.contrato.erros import CodigoDeOutro, CodigoRepetido
from convenios.contrato.models import CodigoCredenciado
from convenios.models import Convenio, Credenciamento


@transaction.atomic
def combinar_codigo(
    *, credenciamento: Credenciamento, convenio: Convenio, por_que: str, chave: str, codigo: str, por: Usuario
) -> CodigoCredenciado:
    """Let the prestador use `codigo` where `chave` fits; `por_que` is a `CodigoCredenciado.Por`.

    Raises `CodigoDeOutro` and `CodigoRepetido`. `por` is who the scope says is acting.
    """
    _recusar_de_outro(credenciamento, codigo)
    novo = CodigoCredenciado(
        operadora_id=credenciamento.operadora_id,
        prestador_id=credenciamento.prestador_id,
        credenciamento=credenciamento,
        convenio=convenio,
        por=por_que,
        chave=chave,
        codigo=codigo,
    )
    novo.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            novo.save(force_insert=True)
    except IntegrityError as erro:
        if "codigo_por_chave" not in str(erro):
            raise
        raise CodigoRepetido(
            "Já há um código combinado para exatamente isto. Retire-o antes, e combine o novo.", novo
        ) from None
    return novo


@transaction.atomic
def retirar_codigo(*, codigo: CodigoCredenciado, por: Usuario) -> None:
    """Let what is more general hold again. Nothing happens where somebody removed it before."""
    CodigoCredenciado.objects.filter(pk=codigo.pk).delete()


def _recusar_de_outro(credenciamento: Credenciamento, codigo: str) -> None:
    outros = ~Q(prestador=credenciamento.prestador_id)
    da_operadora = Q(operadora=credenciamento.operadora_id)
    if (
        Credenciamento.objects.filter(outros, da_operadora, codigo_na_operadora=codigo).exists()
        or CodigoCredenciado.objects.filter(outros, da_operadora, codigo=codigo).exists()
    ):
        raise CodigoDeOutro(f"O código {codigo} já é de outro prestador. Informe um que só este prestador use.", codigo)
