"""Every change of what is demanded and authorised: in one transaction, and kept in the audit trail by the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import data
from convenios.exigencias.erros import (
    AutorizacaoJaCancelada,
    AutorizacaoRepetida,
    CancelamentoSemMotivo,
    ExigenciaRepetida,
    PrestadorSemContrato,
)
from convenios.exigencias.models import (
    Autorizacao,
    ConferenciaDeAutorizacoes,
    ExigenciaDoProcedimento,
    ItemAutorizado,
)
from convenios.models import Credenciamento
from convenios.transicoes import travar

MENOR_MOTIVO: Final = 5
Item = tuple[str, str, Decimal]
"""Table, code and quantity."""


@transaction.atomic
def gravar_exigencia(
    *, operadora: Organizacao, novos: Mapping[str, Any], por: Usuario, exigencia: ExigenciaDoProcedimento | None = None
) -> ExigenciaDoProcedimento:
    """Demand this from now on, in place of `exigencia` where one is given. `novos` are fields of the model.

    `por` is who the scope says is acting: the trail has the name from there. Refuses what another row says already of
    the same codes, convênio and first day.
    """
    travar(operadora)
    gravada = ExigenciaDoProcedimento(operadora=operadora) if exigencia is None else exigencia
    for nome, valor in novos.items():
        setattr(gravada, nome, valor)
    iguais = ExigenciaDoProcedimento.objects.filter(
        operadora=operadora,
        tabela=gravada.tabela,
        prefixo=gravada.prefixo,
        convenio=gravada.convenio_id,
        inicio=gravada.inicio,
    )
    if iguais.exclude(pk=gravada.pk).exists():
        raise ExigenciaRepetida(
            f"Já há uma exigência para estes códigos, neste convênio, a partir de {data(gravada.inicio)}. Mude aquela, "
            "ou escolha outro início.",
            gravada,
        )
    gravada.full_clean(exclude=["operadora"])
    gravada.save()
    return gravada


@transaction.atomic
def excluir_exigencia(*, exigencia: ExigenciaDoProcedimento, por: Usuario) -> None:
    """Take back what was demanded, as if it never had been: verdicts given stay as they are."""
    travar(exigencia.operadora)
    exigencia.delete()


@transaction.atomic
def autorizar(*, operadora: Organizacao, dados: Mapping[str, Any], itens: Iterable[Item], por: Usuario) -> Autorizacao:
    """Register an authorisation given to a prestador (`dados` are fields of the model) with what it lets be billed.

    Refuses a prestador without contract, and a senha or guide number that another authorisation has.
    """
    travar(operadora)
    autorizacao = Autorizacao(operadora=operadora, **dados)
    if not Credenciamento.objects.filter(operadora=operadora, prestador=autorizacao.prestador_id).exists():
        raise PrestadorSemContrato("Este prestador não é credenciado. Credencie-o antes de autorizar.", autorizacao)
    _recusar_repetida(autorizacao)
    autorizacao.full_clean(exclude=["operadora", "prestador"])
    autorizacao.save()
    ItemAutorizado.objects.bulk_create(
        ItemAutorizado(
            operadora=operadora,
            prestador_id=autorizacao.prestador_id,
            autorizacao=autorizacao,
            tabela=tabela,
            codigo=codigo,
            quantidade=quantidade,
        )
        for tabela, codigo, quantidade in itens
    )
    return autorizacao


@transaction.atomic
def cancelar(*, autorizacao: Autorizacao, motivo: str, por: Usuario) -> Autorizacao:
    """Take an authorisation back, for good. Guides that name it are found fault with from the next verdict on."""
    atual = Autorizacao.objects.select_for_update().get(pk=autorizacao.pk)
    if atual.cancelada_em is not None:
        raise AutorizacaoJaCancelada(f"Esta autorização já foi cancelada em {data(atual.cancelada_em)}.", atual)
    limpo = " ".join(motivo.split())
    if len(limpo) < MENOR_MOTIVO:
        raise CancelamentoSemMotivo(
            f"Escreva o motivo, com ao menos {MENOR_MOTIVO} letras: o prestador o lê na autorização.", atual
        )
    atual.cancelada_em = timezone.localdate()
    atual.motivo_do_cancelamento = limpo[:300]
    atual.save(update_fields=["cancelada_em", "motivo_do_cancelamento"])
    return atual


@transaction.atomic
def conferir_desde(*, operadora: Organizacao, desde: date | None, por: Usuario) -> ConferenciaDeAutorizacoes:
    """From that day of care on, what is not registered was not authorised. None: nobody says so."""
    travar(operadora)
    conferencia, _ = ConferenciaDeAutorizacoes.objects.update_or_create(operadora=operadora, defaults={"desde": desde})
    return conferencia


def _recusar_repetida(autorizacao: Autorizacao) -> None:
    outras = Autorizacao.objects.filter(operadora=autorizacao.operadora)
    for campo, nome in (("senha", "Esta senha"), ("numero_guia_operadora", "Este número de guia")):
        valor = getattr(autorizacao, campo)
        if valor and outras.filter(**{campo: valor}).exists():
            raise AutorizacaoRepetida(f"{nome} já é de outra autorização. Confira o número.", autorizacao)
