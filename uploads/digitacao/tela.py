"""What the form of a guide shows: its blocks with the values and findings of one guide, and what stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from convenios.contrato.models import PendenciaDeExame
from convenios.regras import Regras
from lotes.estados import TipoDeGuia
from tiss_schemas.campos import legenda
from tiss_schemas.fichas import Bloco, Grade, ficha_de
from tiss_schemas.fragmento import GUIAS
from uploads.digitacao.contrato import Contrato, contrato_de
from uploads.digitacao.desenho import BlocoPronto, Desenho, GradePronta, blocos_prontos
from uploads.digitacao.divisao import que_sobram
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.juizo import CriticaDaGuia
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_avisos import pendencias_da_guia
from uploads.digitacao.passo_completar import numeracao_da
from uploads.digitacao.passo_conferencia import conferencia
from uploads.digitacao.passo_criticas import controle_de

Motivo = PendenciaDeExame.Motivo
_QUE_SE_FAZ: Final = (
    *("passo", "procurar", "preco", "ajuda", "ignorar", "pendencia"),
    *("repetir", "duplicar", "continuar", "pdf"),
)


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
    """A finding in the list beside the form. `controle` is the id that it leads to, "" where it is about the whole;
    `mensagem` is empty for a field that is only missing; `campo` is the control by which it is ignored."""

    rotulo: str
    controle: str
    mensagem: str
    impede: bool
    regra: str
    campo: str
    ignoravel: bool
    ignorada: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MotivoNaTela:
    """Something that a guide may wait for before it is billed, and whether this one does."""

    codigo: str
    nome: str
    marcado: bool


def tela_da_guia(
    guia: GuiaDigitada,
    criticas: Sequence[CriticaDaGuia],
    *,
    abertas: Collection[str] = (),
    nao_salva: bool = False,
    respondida: bool = False,
) -> dict[str, Any]:
    """Context of templates/digitacao/ficha.html. The queries are those of the guide's contract and of its numbering.

    `abertas` are names of grids inside a line that get an empty line. `nao_salva`: the form shows what its sender typed
    and the server did not keep; `respondida`: the page answers who saved it.
    """
    ficha = ficha_de(guia.versao_tiss, guia.tipo)
    contrato = contrato_de(guia)
    regras = contrato.regras
    mostradas = _que_se_mostram(guia, criticas)
    enderecos = enderecos_da_guia(guia)
    travados = {controle_de(guia.versao_tiss, guia.tipo, caminho) for caminho in guia.travados}
    desenho = Desenho(
        guia.valores,
        mostradas,
        ajuda=enderecos.get("ajuda", ""),
        travados=travados,
        abertas=abertas,
        sera_dado=_numero_que_vem(guia, contrato),
    )
    blocos = [_bloco(pronto, desenho) for pronto in blocos_prontos(guia.versao_tiss, guia.tipo)]
    return {
        "guia": guia,
        "ficha": ficha,
        "blocos": blocos,
        "criticas": [_na_lista(guia, critica, desenho) for critica in mostradas],
        "enderecos": enderecos,
        "nao_salva": nao_salva,
        "respondida": respondida,
        "conferencia": conferencia(guia, regras),
        "motivos": _motivos(guia, regras),
        "sobram": len(que_sobram(guia, regras.qtd_exame_guia)),
        "maximo_de_exames": regras.qtd_exame_guia,
    }


def enderecos_da_guia(guia: GuiaDigitada) -> dict[str, str]:
    """Addresses of what can be done with the guide, and of where one leaves to, by name; without what has no screen."""
    slug = guia.prestador.slug
    da_guia = {nome: _endereco(nome, slug=slug, pk=guia.pk) for nome in _QUE_SE_FAZ}
    nova = _endereco("nova", slug=slug)
    achados = {**da_guia, "nova": nova, "sair": _endereco("lista", slug=slug) or nova}
    return {nome: endereco for nome, endereco in achados.items() if endereco}


def _endereco(nome: str, **partes: object) -> str:
    try:
        return reverse(f"digitacao:{nome}", kwargs=partes)
    except NoReverseMatch:
        return ""


def _numero_que_vem(guia: GuiaDigitada, contrato: Contrato) -> str:
    """The control of the guide's number where saving fills it in, "" where somebody must type it."""
    campo, recusa = numeracao_da(guia, contrato)
    return "" if recusa or guia.valores.get(campo) else campo


def _que_se_mostram(guia: GuiaDigitada, criticas: Sequence[CriticaDaGuia]) -> list[CriticaDaGuia]:
    """All of them, once somebody said that the guide is finished; before, those about what is filled in already."""
    if guia.situacao != SituacaoDaGuia.EM_DIGITACAO:
        return list(criticas)
    return [critica for critica in criticas if critica.campo in guia.valores]


def _motivos(guia: GuiaDigitada, regras: Regras) -> list[MotivoNaTela]:
    """What the convênio lets no guide be billed without, and whatever this guide waits for all the same."""
    exigidos = {
        Motivo.EXAME_PENDENTE: regras.nao_faturar_exames_pendentes,
        Motivo.SEM_LAUDO: regras.nao_faturar_sem_laudo,
    }
    marcados = {pendencia.motivo for pendencia in pendencias_da_guia(guia)}
    return [
        MotivoNaTela(codigo=motivo.value, nome=motivo.label, marcado=motivo.value in marcados)
        for motivo, exigido in exigidos.items()
        if motivo.value in marcados or (exigido and guia.tipo == TipoDeGuia.SP_SADT)
    ]


def _bloco(pronto: BlocoPronto, desenho: Desenho) -> BlocoNaTela:
    return BlocoNaTela(
        titulo=pronto.bloco.titulo,
        celulas=[desenho.celula(celula) for celula in pronto.celulas],
        grades=[_grade(grade, desenho) for grade in pronto.grades],
        dobrado=_e_rara(pronto.bloco) and not desenho.preenchido(pronto),
    )


def _e_rara(bloco: Bloco) -> bool:
    """What few guides have: folded by the standard's form, or an annex that is more than a list of items."""
    return bloco.recolhido or (bloco.anexo and bool(bloco.celulas))


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
        mensagem="" if critica.falta and critica.campo else critica.mensagem,
        impede=critica.impede,
        regra=critica.regra,
        campo=controle_de(guia.versao_tiss, guia.tipo, critica.campo),
        ignoravel=critica.ignoravel,
        ignorada=critica.ignorada,
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
