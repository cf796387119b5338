"""How rules speak: of fields, guides, contracts and amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lxml import etree

from conecta.interface.formatos import data as em_data
from tiss_schemas import palavras
from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.lote_lido import GuiaLida
from tiss_schemas.modelo import trilha_de
from tiss_schemas.valores import CENTAVO
from uploads.regras.contexto import ContratoConhecido


def campo(no: etree._Element) -> str:
    """The field's label between quotes, with its number on the form where it has one: “46 Valor total”."""
    return palavras.legenda(trilha_de(no))


def a_guia(guia: GuiaLida) -> str:
    """How a guide is spoken of: "guia 20301004", or its place in the lot where it has no number."""
    return f"guia {guia.numero_prestador}" if guia.numero_prestador else f"{guia.indice}ª guia do lote"


def citado(texto: str | None) -> str:
    """A text of the file between quotes, cut where it is too long to be read."""
    return palavras.citado((texto or "").strip())


def periodo(contrato: ContratoConhecido) -> str:
    """When a contract is in force: "desde 01/03/2019", or "de 01/03/2019 a 30/06/2025"."""
    return desde_ate(contrato.inicio, contrato.fim)


def desde_ate(inicio: date, fim: date | None) -> str:
    """A period in words, without end where `fim` is None."""
    return f"desde {em_data(inicio)}" if fim is None else f"de {em_data(inicio)} a {em_data(fim)}"


def campo_ausente(guia: GuiaLida, caminho: str) -> str:
    """The label, as `campo` gives it, of a field that the guide does not have: its path below the guide."""
    return palavras.legenda((*trilha_de(guia.elemento), *(TAG_ANS + passo for passo in caminho.split("/"))))


def em_xml(valor: Decimal) -> str:
    """An amount as the XSD wants it: "1234.50"."""
    return str(valor.quantize(CENTAVO))
