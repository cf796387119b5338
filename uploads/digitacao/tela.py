"""What the form of a guide shows: its blocks with the values and findings of one guide, and what stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from tiss_schemas.campos import legenda
from tiss_schemas.fichas import Grade, ficha_de
from tiss_schemas.fragmento import GUIAS
from uploads.digitacao.desenho import BlocoPronto, Desenho, GradePronta, blocos_prontos
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.juizo import CriticaDaGuia
from uploads.digitacao.models import GuiaDigitada


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeNaTela:
    """A grid: its headers, its lines with an empty one at the end, and the empty line that the script copies."""

    grade: Grade
    cabecas: SafeString
    linhas: SafeString
    modelo: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocoNaTela:
    """A block. `dobrado`: it is rarely filled in, and was not."""

    titulo: str
    celulas: Sequence[SafeString]
    grades: Sequence[GradeNaTela]
    dobrado: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticaNaTela:
    """A finding in the list beside the form. `controle` is the id that it leads to, "" where it is about the whole."""

    rotulo: str
    controle: str
    mensagem: str
    impede: bool


def tela_da_guia(
    guia: GuiaDigitada,
    criticas: Sequence[CriticaDaGuia],
    *,
    travados: Collection[str] = (),
    abertas: Collection[str] = (),
    nao_salva: bool = False,
) -> dict[str, Any]:
    """Context of templates/digitacao/ficha.html. No query.

    `travados` are names of controls that may not be edited now; `abertas` names of grids inside a line that get an
    empty line. `nao_salva`: the form shows what its sender typed and the server did not keep.
    """
    ficha = ficha_de(guia.versao_tiss, guia.tipo)
    mostradas = _que_se_mostram(guia, criticas)
    enderecos = enderecos_da_guia(guia)
    desenho = Desenho(guia.valores, mostradas, ajuda=enderecos.get("ajuda", ""), travados=travados, abertas=abertas)
    blocos = [_bloco(pronto, desenho) for pronto in blocos_prontos(guia.versao_tiss, guia.tipo)]
    return {
        "guia": guia,
        "ficha": ficha,
        "blocos": blocos,
        "criticas": [_na_lista(guia, critica, desenho) for critica in mostradas],
        "enderecos": enderecos,
        "nao_salva": nao_salva,
    }


def enderecos_da_guia(guia: GuiaDigitada) -> dict[str, str]:
    """Addresses of what can be done with the guide, by name; what has no screen is left out."""
    achados: dict[str, str] = {}
    for nome in ("passo", "procurar", "preco", "ajuda", "repetir", "duplicar", "pdf"):
        try:
            achados[nome] = reverse(f"digitacao:{nome}", kwargs={"slug": guia.prestador.slug, "pk": guia.pk})
        except NoReverseMatch:
            continue
    return achados


def _que_se_mostram(guia: GuiaDigitada, criticas: Sequence[CriticaDaGuia]) -> list[CriticaDaGuia]:
    """All of them, once somebody said that the guide is finished; before, those about what is filled in already."""
    if guia.situacao != SituacaoDaGuia.EM_DIGITACAO:
        return list(criticas)
    return [critica for critica in criticas if critica.campo in guia.valores]


def _bloco(pronto: BlocoPronto, desenho: Desenho) -> BlocoNaTela:
    return BlocoNaTela(
        titulo=pronto.bloco.titulo,
        celulas=[desenho.celula(celula) for celula in pronto.celulas],
        grades=[_grade(grade, desenho) for grade in pronto.grades],
        dobrado=pronto.bloco.recolhido and not desenho.preenchido(pronto),
    )


def _grade(pronta: GradePronta, desenho: Desenho) -> GradeNaTela:
    return GradeNaTela(
        grade=pronta.grade,
        cabecas=desenho.cabecas(pronta),
        linhas=desenho.linhas(pronta),
        modelo=desenho.modelo(pronta),
    )


def _na_lista(guia: GuiaDigitada, critica: CriticaDaGuia, desenho: Desenho) -> CriticaNaTela:
    return CriticaNaTela(
        rotulo=rotulo_da_critica(guia, critica.campo),
        controle=next(_controles(critica.campo, desenho.nomes), ""),
        mensagem=critica.mensagem,
        impede=critica.impede,
    )


def rotulo_da_critica(guia: GuiaDigitada, campo: str) -> str:
    """Number and label of the field as printed, "36 Data"; "Guia" for what is about the whole."""
    return legenda(guia.versao_tiss, f"{GUIAS}/ans:{guia.tipo}/{campo}") if campo else "Guia"


def _controles(campo: str, nomes: dict[str, str]) -> Iterator[str]:
    """The control of that field, or the first one of that group."""
    if campo in nomes:
        yield nomes[campo]
    if campo:
        yield from (nome for caminho, nome in nomes.items() if caminho.startswith((f"{campo}/", f"{campo}[")))
