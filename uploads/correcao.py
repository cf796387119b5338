"""From what a person decided on the correction screen to corrections of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tiss_schemas import campos
from tiss_schemas.campos import TipoDeCampo
from tiss_schemas.edicao import Edicao, Valor
from uploads.causas import com_causa
from uploads.controles import Acao, edicao_da_estrutura
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.models import Arquivo, Critica
from uploads.transicoes import Ignorar


@dataclass(slots=True)
class Correcao:
    """What is to be saved."""

    edicoes: list[Edicao] = field(default_factory=list)
    ignorar: list[Ignorar] = field(default_factory=list)


def correcao_de(arquivo: Arquivo, formularios: Sequence[FormularioDaCausa]) -> Correcao:
    """What the valid forms decide, for every place that they reach: also those that the page did not list."""
    decididos = [formulario for formulario in formularios if formulario.acao is not Acao.NADA]
    membros = _membros(arquivo, [formulario.causa.id for formulario in decididos])
    correcao = Correcao()
    for formulario in decididos:
        criticas = list(_alcancadas(formulario, membros[formulario.causa.id]))
        if formulario.acao is Acao.IGNORAR:
            ids = frozenset(critica.pk for critica in criticas)
            correcao.ignorar.append(Ignorar(ids, formulario.cleaned_data["justificativa"]))
        else:
            correcao.edicoes.extend(_edicoes(formulario, criticas))
    return correcao


def com_todas_as_sugestoes(arquivo: Arquivo, correcao: Correcao) -> Correcao:
    """The correction with every suggestion of the file put before it: what a person typed has the last word."""
    criticas = Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual, sugestao__isnull=False)
    pares = criticas.order_by("posicao").values_list("caminho", "sugestao")
    sugeridas = [Valor(caminho, texto) for caminho, texto in pares if texto and _e_campo(arquivo.versao_tiss, caminho)]
    return Correcao([*sugeridas, *correcao.edicoes], correcao.ignorar)


def _e_campo(versao: str, caminho: str) -> bool:
    campo = campos.descrever(versao, caminho)
    return campo is not None and campo.tipo is not TipoDeCampo.GRUPO


def _membros(arquivo: Arquivo, causas: list[str]) -> dict[str, list[Critica]]:
    membros: dict[str, list[Critica]] = defaultdict(list)
    criticas = com_causa(arquivo).filter(causa__in=causas).only("id", "caminho", "sugestao", "arquivo_id")
    for critica in criticas.order_by("posicao"):
        membros[critica.causa].append(critica)  # type: ignore[attr-defined]
    return membros


def _alcancadas(formulario: FormularioDaCausa, criticas: list[Critica]) -> Iterator[Critica]:
    """Those that are ticked, and those that are not listed when the form says that it means them too."""
    if "lugares" not in formulario.fields:
        yield from criticas
        return
    listadas = {lugar.pk for lugar in formulario.causa.lugares}
    marcadas = formulario.marcados
    resto = bool(formulario.cleaned_data.get("resto"))
    yield from (c for c in criticas if c.pk in marcadas or (resto and c.pk not in listadas))


def _edicoes(formulario: FormularioDaCausa, criticas: list[Critica]) -> Iterator[Edicao]:
    acao = formulario.acao
    for critica in criticas:
        match acao:
            case Acao.SUGESTAO:
                yield from _sugerida(formulario, critica)
            case Acao.CORRIGIR:
                yield from (controle.edicao(critica.caminho, valor) for controle, valor in formulario.valores(critica))
            case Acao.REMOVER | Acao.MOVER:
                yield edicao_da_estrutura(acao, critica.caminho)


def _sugerida(formulario: FormularioDaCausa, critica: Critica) -> Iterator[Edicao]:
    """A suggestion is for the field itself, or for the only field of the group that the finding is about."""
    if critica.sugestao is not None:
        edicao = formulario.controles[0].edicao(critica.caminho, critica.sugestao)
        assert isinstance(edicao, Valor)
        yield edicao
