"""From what a person decided on the correction screen to corrections of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from tiss_schemas.edicoes import Edicao
from uploads.causas import RECALCULADA, SUGERIDAS, com_causa
from uploads.controles import Acao, edicao_da_estrutura
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.models import Arquivo, Critica
from uploads.transicoes import Ignorar

_PARA_CORRIGIR = ("id", "caminho", "sugestao", "conserto", "arquivo_id")


@dataclass(slots=True)
class Correcao:
    """What is to be saved."""

    edicoes: list[Edicao] = field(default_factory=list)
    ignorar: list[Ignorar] = field(default_factory=list)


def correcao_de(arquivo: Arquivo, formularios: Sequence[FormularioDaCausa], *, sugestoes: bool) -> Correcao:
    """What the valid forms decide, for every place that they reach: also those that no page listed.

    With `sugestoes`, the suggestions of all causes that have no form come first: what a person decided has the last
    word. What every saving mends is always in it.
    """
    decididos = [formulario for formulario in formularios if formulario.acao is not Acao.NADA]
    correcao = Correcao(_sozinhas(arquivo))
    if sugestoes:
        correcao.edicoes.extend(_sugeridas(arquivo, [formulario.causa.id for formulario in formularios]))
    membros = _membros(arquivo, [formulario.causa.id for formulario in decididos])
    for formulario in decididos:
        criticas = [critica for critica in membros[formulario.causa.id] if critica.pk not in formulario.fora]
        if formulario.acao is Acao.IGNORAR:
            ids = frozenset(critica.pk for critica in criticas)
            correcao.ignorar.append(Ignorar(ids, formulario.cleaned_data["justificativa"]))
        else:
            correcao.edicoes.extend(_edicoes(formulario, criticas))
    correcao.edicoes = list(dict.fromkeys(correcao.edicoes))
    return correcao


def _sozinhas(arquivo: Arquivo) -> list[Edicao]:
    """The edits of what every saving mends: without them, a saving that changes nothing else would make no version."""
    return _das(Critica.objects.filter(RECALCULADA, arquivo=arquivo, versao=arquivo.versao_atual))


def _sugeridas(arquivo: Arquivo, exceto: list[str]) -> list[Edicao]:
    return _das(com_causa(arquivo).filter(SUGERIDAS).exclude(causa__in=exceto))


def _das(criticas: QuerySet[Critica]) -> list[Edicao]:
    ordenadas: Iterable[Critica] = criticas.only(*_PARA_CORRIGIR).order_by("posicao").iterator(chunk_size=2_000)
    return [edicao for critica in ordenadas for edicao in critica.edicoes]


def _membros(arquivo: Arquivo, causas: list[str]) -> dict[str, list[Critica]]:
    membros: dict[str, list[Critica]] = defaultdict(list)
    criticas = com_causa(arquivo).filter(causa__in=causas).only(*_PARA_CORRIGIR)
    for critica in criticas.order_by("posicao"):
        membros[critica.causa].append(critica)  # type: ignore[attr-defined]
    return membros


def _edicoes(formulario: FormularioDaCausa, criticas: Iterable[Critica]) -> Iterator[Edicao]:
    acao = formulario.acao
    for critica in criticas:
        match acao:
            case Acao.SUGESTAO:
                yield from critica.edicoes
            case Acao.CORRIGIR:
                yield from (controle.edicao(critica.caminho, valor) for controle, valor in formulario.valores(critica))
            case Acao.REMOVER | Acao.MOVER:
                yield edicao_da_estrutura(acao, critica.caminho)
