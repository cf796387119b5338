"""Guides as PDF, on the forms of ANS: whatever channel they came by, and whether they are in a lot yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string

from conecta import pdf
from conecta.contas.models import Organizacao
from conecta.erros import ErroDeNegocio
from convenios.models import Beneficiario, Convenio
from convenios.regras import Regras
from lotes.capa import logotipo_da_operadora
from lotes.estados import TipoDeGuia
from lotes.impressao import pode_agrupar
from lotes.pagador import fonte_pagadora, logotipo_do_convenio
from lotes.papel import SESSOES, GuiaNoPapel, Modo, montar
from lotes.papel_agrupado import agrupar
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.fichas import ficha_de
from tiss_schemas.fichas.ficha import PAPEL

PASTA: Final = Path(settings.BASE_DIR) / "static" / "documentos"
FOLHA: Final = "guias.css"
_CARTEIRAS: Final = ("dadosBeneficiario/numeroCarteira", "beneficiario/numeroCarteira")
POR_VEZ: Final = 10
"""Guides that are laid out together, in some 100 MB."""
MAIS_ITENS: Final = 2_000
"""Items on one PDF: some 100 pages, and a minute to draw."""
_FRASE: Final = (
    f"São mais de {MAIS_ITENS:,d} itens, mais do que um PDF comporta. Abra as guias do lote e imprima uma a uma."
).replace(",", ".", 1)


class MuitosItens(ErroDeNegocio):
    """The guides are too many lines for one PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaAImprimir:
    """A guide as flat values (`tiss_schemas.fragmento`), with those that stand on paper only."""

    versao: str
    tipo: str
    valores: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cabeca:
    """The head of every page. `logotipo` is a name and its bytes."""

    operadora: str
    fonte_pagadora: str
    prestador: str
    logotipo: tuple[str, bytes] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contratacao:
    """Who bills whom, by which convênio and with which settings."""

    prestador: Organizacao
    operadora: Organizacao
    convenio: Convenio | None
    regras: Regras


def desenhar(guias: Sequence[GuiaAImprimir], contratacao: Contratacao, titulo: str) -> bytes:
    """The guides as one PDF, each beginning on a page of its own; one query for all names and one for the logo.

    Raises `MuitosItens`, `pdf.PdfIndisponivel` where PDFs cannot be drawn, ValueError for a version not at hand.
    """
    recusar_demais(sum(_itens(guia.valores) for guia in guias))
    registro = _do_registro(contratacao.operadora, guias)
    cabeca = _cabeca(contratacao)
    partes = (guias[inicio : inicio + POR_VEZ] for inicio in range(0, len(guias), POR_VEZ))
    desenhadas = [
        _desenhar([_no_papel(guia, contratacao, registro) for guia in parte], cabeca, titulo) for parte in partes
    ]
    return pdf.juntar(desenhadas, titulo)


def recusar_demais(itens: int) -> None:
    """Raises `MuitosItens` for more items than one PDF takes."""
    if itens > MAIS_ITENS:
        raise MuitosItens(_FRASE)


def _desenhar(guias: Sequence[GuiaNoPapel], cabeca: Cabeca, titulo: str) -> bytes:
    contexto = {"guias": guias, "cabeca": cabeca, "titulo": titulo, "sessoes": range(SESSOES)}
    anexos = dict([cabeca.logotipo]) if cabeca.logotipo else {}
    with coletor_em_pausa():
        return pdf.desenhar(render_to_string("documentos/guias.html", contexto), PASTA, anexos, FOLHA)


def _itens(valores: Mapping[str, str]) -> int:
    return sum(1 for nome in valores if nome.endswith("/sequencialItem"))


def _no_papel(guia: GuiaAImprimir, contratacao: Contratacao, registro: Mapping[str, Mapping[str, str]]) -> GuiaNoPapel:
    regras = contratacao.regras
    valores = {
        f"{PAPEL}nomeContratado": contratacao.prestador.nome,
        **guia.valores,
        **registro.get(_carteira(guia.valores), {}),
    }
    atendimento = valores.get("dadosAtendimento/tipoAtendimento", "")
    if regras.agrupar_na_impressao and pode_agrupar(guia.tipo, atendimento, _itens(valores)):
        valores = agrupar(valores)
    modo = Modo(sem_valores=regras.ocultar_valores, anexo=regras.termo_anexo and guia.tipo == TipoDeGuia.SP_SADT)
    return montar(ficha_de(guia.versao, guia.tipo), valores, modo)


def _do_registro(operadora: Organizacao, guias: Iterable[GuiaAImprimir]) -> dict[str, dict[str, str]]:
    """What paper shows of each card that the operadora's register has."""
    carteiras = {_carteira(guia.valores) for guia in guias}
    linhas = Beneficiario.objects.filter(operadora=operadora, numero_carteira__in=carteiras)
    return {
        carteira: _do_beneficiario(nome, validade)
        for carteira, nome, validade in linhas.values_list("numero_carteira", "nome", "validade_carteira")
    }


def _do_beneficiario(nome: str, validade: date | None) -> dict[str, str]:
    do_papel = {f"{PAPEL}nomeBeneficiario": nome}
    if validade:
        do_papel[f"{PAPEL}validadeDaCarteira"] = validade.isoformat()
    return do_papel


def _carteira(valores: Mapping[str, str]) -> str:
    return next((valores[caminho] for caminho in _CARTEIRAS if caminho in valores), "")


def _cabeca(contratacao: Contratacao) -> Cabeca:
    operadora, convenio = contratacao.operadora, contratacao.convenio
    do_convenio = logotipo_do_convenio(convenio) if convenio else None
    return Cabeca(
        operadora=operadora.sigla,
        fonte_pagadora=fonte_pagadora(operadora, convenio, contratacao.regras) if convenio else "",
        prestador=contratacao.prestador.nome,
        logotipo=do_convenio or logotipo_da_operadora(operadora.registro_ans),
    )
