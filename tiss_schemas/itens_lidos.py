"""The lines of a guide: procedures and expenses of the five guide types, as one shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lxml import etree

from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.leitura import Documento
from tiss_schemas.valores import data_de, decimal_de, inteiro_de

_UM: Final = Decimal(1)

_SEQUENCIAL, _DESPESA, _TABELA, _CODIGO, _DESCRICAO, _QUANTIDADE, _FATOR, _UNITARIO, _TOTAL, _DATA = range(10)
_GRUPO: Final = -1
_CAMPOS: Final = {
    TAG_ANS + nome: lugar
    for nome, lugar in {
        "sequencialItem": _SEQUENCIAL,
        "codigoDespesa": _DESPESA,
        "codigoTabela": _TABELA,
        "codigoProcedimento": _CODIGO,
        "descricaoProcedimento": _DESCRICAO,
        "quantidadeExecutada": _QUANTIDADE,
        "qtdProc": _QUANTIDADE,
        "reducaoAcrescimo": _FATOR,
        "valorUnitario": _UNITARIO,
        "valorTotal": _TOTAL,
        "valorProc": _TOTAL,
        "valorProcedimento": _TOTAL,
        "dataExecucao": _DATA,
        "dataRealizacao": _DATA,
        "procedimento": _GRUPO,
        "procSolic": _GRUPO,
        "servicosExecutados": _GRUPO,
    }.items()
}
_LUGAR_DE: Final = _CAMPOS.get


@dataclass(slots=True, eq=False)
class ItemLido:
    """One line. Texts as in the file; numbers and dates are None where absent or unreadable.

    `especie` is "procedimento" or "despesa". In a consulta `quantidade` and `fator` are 1; in a GTO there is neither
    `fator` nor `unitario`, and `total` is `valorProc`.
    """

    elemento: etree._Element
    especie: str
    sequencial: int | None
    codigo_despesa: str | None
    tabela: str | None
    codigo: str | None
    descricao: str | None
    quantidade: Decimal | None
    fator: Decimal | None
    unitario: Decimal | None
    total: Decimal | None
    data: date | None
    _documento: Documento

    @property
    def linha(self) -> int:
        """Line of the item's start tag in the file, from 1."""
        return self._documento.linha(self.elemento)

    def no(self, nome: str) -> etree._Element:
        """The item's first element of that XML name, or the item itself where there is none."""
        achado = next(self.elemento.iter(TAG_ANS + nome), None)
        return self.elemento if achado is None else achado


def ler_item(elemento: etree._Element, especie: str, documento: Documento) -> ItemLido:
    """Read a procedimentoExecutado, procedimentoRealizado, procedimentosExecutados (GTO) or despesa.

    One pass over its children and theirs, written out flat because 22,000 of them are read at a time; where a field is
    repeated, the first counts.
    """
    textos: list[Any] = [None] * 10
    for filho in elemento:
        lugar = _LUGAR_DE(filho.tag)
        if lugar is None:
            continue
        if lugar != _GRUPO:
            if textos[lugar] is None:
                textos[lugar] = filho.text or ""
            continue
        for neto in filho:
            lugar = _LUGAR_DE(neto.tag)
            if lugar is not None and lugar != _GRUPO and textos[lugar] is None:
                textos[lugar] = neto.text or ""
    return ItemLido(
        elemento,
        especie,
        inteiro_de(textos[_SEQUENCIAL]),
        textos[_DESPESA],
        textos[_TABELA],
        textos[_CODIGO],
        textos[_DESCRICAO],
        decimal_de(textos[_QUANTIDADE]),
        decimal_de(textos[_FATOR]),
        decimal_de(textos[_UNITARIO]),
        decimal_de(textos[_TOTAL]),
        data_de(textos[_DATA]),
        documento,
    )


def ler_item_da_consulta(elemento: etree._Element, data: date | None, documento: Documento) -> ItemLido:
    """Read the single `procedimento` of a consulta, which is all of its guide's value and dated beside it."""
    item = ler_item(elemento, "procedimento", documento)
    item.quantidade = item.fator = _UM
    item.unitario = item.total
    item.data = data
    return item
