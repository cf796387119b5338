"""The lines of a guide: procedures and expenses of the five guide types, as one shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from lxml import etree

from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.leitura import Documento
from tiss_schemas.valores import CENTAVO, data_de, decimal_de, decimal_repetido, hora_de, inteiro_de

_ZERO: Final = Decimal(0)
_UM: Final = Decimal(1)

(
    _SEQUENCIAL,
    _DESPESA,
    _TABELA,
    _CODIGO,
    _DESCRICAO,
    _QUANTIDADE,
    _FATOR,
    _UNITARIO,
    _TOTAL,
    _DATA,
    _INICIO,
    _FIM,
    _VIA,
    _TECNICA,
    _VINCULADO,
    _ANVISA,
    _DENTE,
    _REGIAO,
    _FACE,
    _FRANQUIA,
) = range(20)
_VAZIO: Final = [None] * 20
_GRUPO: Final = -1
_EQUIPE: Final = -2
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
        "horaInicial": _INICIO,
        "horaFinal": _FIM,
        "viaAcesso": _VIA,
        "tecnicaUtilizada": _TECNICA,
        "itemVinculado": _VINCULADO,
        "registroANVISA": _ANVISA,
        "codDente": _DENTE,
        "codRegiao": _REGIAO,
        "denteFace": _FACE,
        "valorFranquia": _FRANQUIA,
        "procedimento": _GRUPO,
        "procSolic": _GRUPO,
        "servicosExecutados": _GRUPO,
        "denteRegiao": _GRUPO,
        "equipeSadt": _EQUIPE,
        "identEquipe": _EQUIPE,
        "profissionais": _EQUIPE,
    }.items()
}
_IDENTIFICACAO: Final = f"{TAG_ANS}identificacaoEquipe"
_LUGAR_DE: Final = _CAMPOS.get


@dataclass(slots=True, eq=False)
class ItemLido:
    """One line. Texts as in the file; numbers and dates are None where absent or unreadable.

    `especie` is "procedimento" or "despesa". In a consulta `quantidade` and `fator` are 1; in a GTO there is neither
    `fator` nor `unitario`, and `total` is `valorProc`. `produto` is quantidade × unitario × fator, rounded half up to
    cents; None where one of them is, and in a consulta.
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
    produto: Decimal | None
    data: date | None
    _textos: list[str | None]
    _equipe: list[etree._Element] | None
    _documento: Documento

    @property
    def linha(self) -> int:
        """Line of the item's start tag in the file, from 1."""
        return self._documento.linha(self.elemento)

    @property
    def hora_inicial(self) -> time | None:
        """`horaInicial`."""
        return hora_de(self._textos[_INICIO])

    @property
    def hora_final(self) -> time | None:
        """`horaFinal`."""
        return hora_de(self._textos[_FIM])

    @property
    def duvidoso(self) -> bool:
        """Whether an amount of the line is negative, or one that should be above zero is zero."""
        return (
            (self.quantidade is not None and self.quantidade <= _ZERO)
            or (self.unitario is not None and self.unitario <= _ZERO)
            or (self.fator is not None and self.fator <= _ZERO)
            or (self.total is not None and self.total < _ZERO)
        )

    @property
    def tem_hora(self) -> bool:
        """Whether the line says when it began, be it readable or not."""
        return self._textos[_INICIO] is not None

    @property
    def modo(self) -> tuple[str | None, str | None]:
        """Via de acesso and técnica, as in the file."""
        return self._textos[_VIA], self._textos[_TECNICA]

    @property
    def item_vinculado(self) -> int | None:
        """The sequencial of the item that an expense belongs to."""
        texto = self._textos[_VINCULADO]
        return None if texto is None else inteiro_de(texto)

    @property
    def registro_anvisa(self) -> str | None:
        """`registroANVISA` of an expense."""
        return self._textos[_ANVISA]

    @property
    def lugar_na_boca(self) -> tuple[str | None, str | None, str | None]:
        """Tooth, region and faces of a line of a GTO, as in the file."""
        return self._textos[_DENTE], self._textos[_REGIAO], self._textos[_FACE]

    @property
    def franquia(self) -> str | None:
        """`valorFranquia` of a line of a GTO."""
        return self._textos[_FRANQUIA]

    @property
    def equipe(self) -> list[etree._Element]:
        """The element of each member of the team, in the order of the file."""
        return [membro for no in self._equipe or () for membro in (no.findall(_IDENTIFICACAO) or (no,))]

    def no(self, nome: str) -> etree._Element:
        """The item's first element of that XML name, or the item itself where there is none."""
        achado = next(self.elemento.iter(TAG_ANS + nome), None)
        return self.elemento if achado is None else achado


def ler_item(elemento: etree._Element, especie: str, documento: Documento) -> ItemLido:
    """Read a procedimentoExecutado, procedimentoRealizado, procedimentosExecutados (GTO) or despesa.

    One pass over its children and theirs, written out flat because 22,000 of them are read at a time; where a field is
    repeated, the first counts.
    """
    textos: list[Any] = _VAZIO.copy()
    equipe: list[etree._Element] | None = None
    for filho in elemento:
        lugar = _LUGAR_DE(filho.tag)
        if lugar is None:
            continue
        if lugar >= 0:
            if textos[lugar] is None:
                textos[lugar] = filho.text or ""
        elif lugar == _GRUPO:
            for neto in filho:
                lugar = _LUGAR_DE(neto.tag)
                if lugar is not None and lugar >= 0 and textos[lugar] is None:
                    textos[lugar] = neto.text or ""
        elif equipe is None:
            equipe = [filho]
        else:
            equipe.append(filho)
    quantidade = decimal_repetido(textos[_QUANTIDADE])
    fator = decimal_repetido(textos[_FATOR])
    unitario = decimal_de(textos[_UNITARIO])
    produto = None
    if quantidade is not None and fator is not None and unitario is not None:
        produto = (quantidade * unitario * fator).quantize(CENTAVO, ROUND_HALF_UP)
    return ItemLido(
        elemento,
        especie,
        inteiro_de(textos[_SEQUENCIAL]),
        textos[_DESPESA],
        textos[_TABELA],
        textos[_CODIGO],
        textos[_DESCRICAO],
        quantidade,
        fator,
        unitario,
        decimal_de(textos[_TOTAL]),
        produto,
        data_de(textos[_DATA]),
        textos,
        equipe,
        documento,
    )


def ler_item_da_consulta(elemento: etree._Element, data: date | None, documento: Documento) -> ItemLido:
    """Read the single `procedimento` of a consulta, which is all of its guide's value and dated beside it."""
    item = ler_item(elemento, "procedimento", documento)
    item.quantidade = item.fator = _UM
    item.unitario = item.total
    item.data = data
    return item
