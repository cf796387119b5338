"""Every change of a range: by who gave it, and never so that a number could be handed out twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError, transaction

from conecta.contas.models import Organizacao, Usuario
from convenios.camadas import do_prestador
from convenios.models import Convenio, Credenciamento
from convenios.numeracao.erros import FaixaDeOutro, FaixaEmUso, FaixaForaDaMascara, FaixaSobreposta
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.numeros import MAIOR_GUIA, escrever

_SOBREPOSICAO: Final = "faixa_sem_sobreposicao"


@transaction.atomic
def registrar_faixa(
    *,
    credenciamento: Credenciamento,
    convenio: Convenio,
    tipo: FaixaDeNumeracao.Tipo,
    de: int,
    ate: int,
    automatica: bool,
    autor: Organizacao,
    por: Usuario,
) -> FaixaDeNumeracao:
    """Let guides be numbered from `de` to `ate`, the first number being the next. `autor` is the side that gives it.

    Raises `FaixaSobreposta` and `FaixaForaDaMascara`. `por` is who the scope says is acting.
    """
    _conferir_mascara(credenciamento, convenio, ate)
    faixa = FaixaDeNumeracao(
        prestador_id=credenciamento.prestador_id,
        operadora_id=credenciamento.operadora_id,
        convenio=convenio,
        tipo=tipo,
        autor=autor.tipo,
        de=de,
        ate=ate,
        atual=de,
        automatica=automatica,
    )
    faixa.full_clean(validate_constraints=False)
    with _sem_sobreposicao(de, ate):
        faixa.save(force_insert=True)
    return faixa


@transaction.atomic
def mudar_faixa(
    *, faixa: FaixaDeNumeracao, ate: int, atual: int, automatica: bool, autor: Organizacao, por: Usuario
) -> FaixaDeNumeracao:
    """Move the end and the next number, which only goes forward. Raises `FaixaDeOutro`, `FaixaEmUso`,
    `FaixaSobreposta` and `FaixaForaDaMascara`.
    """
    faixa = _travar(faixa, autor)
    if atual < faixa.atual or ate < faixa.atual - 1:
        raise FaixaEmUso(
            f"Os números até {faixa.atual - 1} já foram usados. Informe como próximo número {faixa.atual} ou maior, "
            f"e como fim {faixa.atual - 1} ou maior.",
            faixa,
        )
    if atual > ate + 1:
        raise FaixaEmUso(f"O próximo número vai no máximo até {ate + 1}, que deixa a faixa sem nenhum.", faixa)
    if ate > faixa.ate:
        credenciamento = Credenciamento.objects.get(prestador=faixa.prestador_id, operadora=faixa.operadora_id)
        _conferir_mascara(credenciamento, faixa.convenio, ate)
    faixa.ate, faixa.atual, faixa.automatica = ate, atual, automatica
    with _sem_sobreposicao(faixa.de, ate):
        faixa.save(update_fields=["ate", "atual", "automatica"])
    return faixa


@transaction.atomic
def retirar_faixa(*, faixa: FaixaDeNumeracao, autor: Organizacao, por: Usuario) -> None:
    """Remove a range of which no number was used. Raises `FaixaDeOutro` and `FaixaEmUso`."""
    faixa = _travar(faixa, autor)
    if faixa.atual > faixa.de:
        raise FaixaEmUso(
            f"Números desta faixa já foram usados, até {faixa.atual - 1}. Em vez de retirá-la, encurte o fim para "
            f"{faixa.atual - 1}.",
            faixa,
        )
    faixa.delete()


def _travar(faixa: FaixaDeNumeracao, autor: Organizacao) -> FaixaDeNumeracao:
    travada = FaixaDeNumeracao.objects.select_for_update(of=("self",)).select_related("convenio").get(pk=faixa.pk)
    if travada.autor != autor.tipo:
        raise FaixaDeOutro("Esta faixa foi dada pela operadora: peça a ela a mudança.", travada)
    return travada


def _conferir_mascara(credenciamento: Credenciamento, convenio: Convenio, ate: int) -> None:
    if len(escrever(ate, do_prestador(convenio, credenciamento).regras.mascara_da_guia)) > MAIOR_GUIA:
        raise FaixaForaDaMascara(
            f"O número da guia tem no máximo {MAIOR_GUIA} caracteres, com os sinais da máscara.", ate
        )


@contextmanager
def _sem_sobreposicao(de: int, ate: int) -> Iterator[None]:
    """Name the refusal of the database: it alone sees also the ranges that this side may not read."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as erro:
        if _SOBREPOSICAO not in str(erro):
            raise
        raise FaixaSobreposta(
            f"Há números entre {de} e {ate} em outra faixa desta operadora. Cada número serve a uma guia só: escolha "
            "uma faixa que não os repita.",
            (de, ate),
        ) from None
