"""What the XML of a nota fiscal says: NF-e modelo 55, NFS-e nacional, and NFS-e by ABRASF's layouts.

Names are compared without their namespace: cities publish ABRASF's under namespaces of their own, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from demonstrativos.notas.erros import NotaRecusada
from demonstrativos.notas.estados import Modelo
from tiss_schemas import inspecao
from tiss_schemas.codificacao import codificacao_de
from tiss_schemas.leitor import leitor_seguro
from tiss_schemas.recusas import ArquivoRecusado

MAIOR_XML: Final = 2 * 1024 * 1024
"""Bytes; a nota of a thousand lines has less than one megabyte."""
_DIA: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DESCONHECIDO: Final = (
    "O Conecta não conhece o layout deste XML. Ele lê NF-e modelo 55, NFS-e nacional e NFS-e no padrão ABRASF. "
    "Digite número, data e valor, e anexe o XML assim mesmo."
)


class LayoutDesconhecido(NotaRecusada):
    """A well-formed XML that is no nota that is known here: its values are to be typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotaLida:
    """`numero` without zeros in front; CNPJs or CPFs without punctuation, "" where the XML has none; `valor` gross."""

    modelo: Modelo
    numero: str
    serie: str
    data_de_emissao: date
    valor: Decimal
    emitente: str
    tomador: str


def ler_nota(dados: bytes) -> NotaLida:
    """Read the XML of one nota. Raises `LayoutDesconhecido` for another kind of XML, `NotaRecusada` for what is no XML
    that can be read, or lacks something."""
    raiz = _arvore(dados)
    for nome, ler in _LEITORES.items():
        achados = list(_chamados(raiz, nome))
        if len(achados) > 1:
            raise NotaRecusada("O XML tem mais de uma nota. Anexe o XML de uma nota só.")
        if achados:
            return ler(achados[0])
    raise LayoutDesconhecido(_DESCONHECIDO)


def _arvore(dados: bytes) -> etree._Element:
    if len(dados) > MAIOR_XML:
        raise NotaRecusada("O XML tem mais de 2 MB, o que uma nota não tem. Confira se é o arquivo certo.")
    try:
        codificacao = codificacao_de(dados).nome
        inspecao.recusa_doctype(dados, codificacao)
        inspecao.confere_limites(dados, codificacao, marcas=inspecao.tem_marcas(dados))
        return etree.fromstring(dados, leitor_seguro(codificacao, so_dados=True))
    except (ArquivoRecusado, etree.XMLSyntaxError, ValueError) as erro:
        raise NotaRecusada(
            "O arquivo não é um XML que se possa ler. Baixe-o de novo do emissor da nota e anexe o original."
        ) from erro


def _da_nfe(inf: etree._Element) -> NotaLida:
    if _texto(inf, "ide", "mod") != "55":
        raise LayoutDesconhecido(_DESCONHECIDO)
    return _nota(
        Modelo.NFE,
        numero=_texto(inf, "ide", "nNF"),
        serie=_texto(inf, "ide", "serie"),
        emissao=_texto(inf, "ide", "dhEmi") or _texto(inf, "ide", "dEmi"),
        valor=_texto(inf, "total", "ICMSTot", "vNF"),
        emitente=_documento(_um(inf, "emit")),
        tomador=_documento(_um(inf, "dest")),
    )


def _da_nacional(inf: etree._Element) -> NotaLida:
    dps = next(_chamados(inf, "infDPS"), None)
    return _nota(
        Modelo.NFSE_NACIONAL,
        numero=_texto(inf, "nNFSe"),
        serie=_texto(dps, "serie"),
        emissao=_texto(dps, "dhEmi") or _texto(inf, "dhProc"),
        valor=_texto(dps, "valores", "vServPrest", "vServ"),
        emitente=_documento(_um(inf, "emit")) or _documento(_um(dps, "prest")),
        tomador=_documento(_um(dps, "toma")),
    )


def _da_abrasf(inf: etree._Element) -> NotaLida:
    """ABRASF 1 has everything below InfNfse; 2 has the service and the tomador in the declaração inside of it."""
    servico = next(_chamados(inf, "Servico"), None)
    rps = next(_chamados(inf, "IdentificacaoRps"), None)
    return _nota(
        Modelo.NFSE_ABRASF,
        numero=_texto(inf, "Numero"),
        serie=_texto(rps, "Serie"),
        emissao=_texto(inf, "DataEmissao"),
        valor=_texto(servico, "Valores", "ValorServicos"),
        emitente=_primeiro_documento(inf, "PrestadorServico", "Prestador"),
        tomador=_primeiro_documento(inf, "TomadorServico", "Tomador"),
    )


_LEITORES: Final[dict[str, Callable[[etree._Element], NotaLida]]] = {
    "infNFe": _da_nfe,
    "infNFSe": _da_nacional,
    "InfNfse": _da_abrasf,
}
"""By the element that holds a nota; capitals tell the national one from ABRASF's."""


def _nota(
    modelo: Modelo, *, numero: str, serie: str, emissao: str, valor: str, emitente: str, tomador: str
) -> NotaLida:
    limpo = numero.lstrip("0")
    if not (limpo.isascii() and limpo.isdigit() and len(limpo) <= 15):
        raise NotaRecusada("O XML não diz o número da nota. Confira se ele é o da nota autorizada, e não o do pedido.")
    return NotaLida(
        modelo=modelo,
        numero=limpo,
        serie=serie[:5],
        data_de_emissao=_dia(emissao),
        valor=_valor(valor),
        emitente=emitente,
        tomador=tomador,
    )


def _dia(texto: str) -> date:
    try:
        if casou := _DIA.match(texto):
            return date.fromisoformat(casou[0])
    except ValueError:
        pass
    raise NotaRecusada("O XML não diz a data de emissão da nota. Confira se ele é o da nota autorizada.")


def _valor(texto: str) -> Decimal:
    try:
        valor = Decimal(texto)
    except InvalidOperation:
        valor = Decimal(0)
    if not valor.is_finite() or not 0 < valor < Decimal(10) ** 12 or valor != round(valor, 2):
        raise NotaRecusada("O XML não diz o valor da nota. Confira se ele é o da nota autorizada.")
    return round(valor, 2)


def _primeiro_documento(raiz: etree._Element, *nomes: str) -> str:
    """The document of the first element by one of these names that has one."""
    documentos = (_documento(elemento) for nome in nomes for elemento in _chamados(raiz, nome))
    return next(filter(None, documentos), "")


def _documento(elemento: etree._Element | None) -> str:
    """The CNPJ or CPF below an element, in whatever capitals; "" where there is none."""
    if elemento is None:
        return ""
    for abaixo in elemento.iter():
        if _nome(abaixo).upper() in {"CNPJ", "CPF"} and (abaixo.text or "").strip():
            return re.sub(r"[\s./-]", "", abaixo.text or "")[:14]
    return ""


def _um(elemento: etree._Element | None, nome: str) -> etree._Element | None:
    return next((filho for filho in elemento if _nome(filho) == nome), None) if elemento is not None else None


def _texto(elemento: etree._Element | None, *nomes: str) -> str:
    """Text of the descendant by these names, one a level; "" where there is none."""
    for nome in nomes:
        elemento = _um(elemento, nome)
    return (elemento.text or "").strip() if elemento is not None else ""


def _chamados(raiz: etree._Element, nome: str) -> Iterator[etree._Element]:
    return (elemento for elemento in raiz.iter() if _nome(elemento) == nome)


def _nome(elemento: etree._Element) -> str:
    return etree.QName(elemento).localname if isinstance(elemento.tag, str) else ""
