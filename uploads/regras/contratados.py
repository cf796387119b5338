"""Who was contracted for a guide: the executante, the one who asked for it, and where it was done.

Each guide type names these elements in its own way; here they are one shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree

from convenios.contrato.codigos import Situacao, codigos_da_guia
from tiss_schemas.espacos import NS, TAG_ANS
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras.contexto import Contexto

DESCONHECIDO: Final = "99999999999999"
"""What ANS lets a prestador write for a solicitante whose code it does not know."""

_TIPOS: Final = {
    TAG_ANS + nome: tipo
    for nome, tipo in {
        "cnpjContratado": "CNPJ",
        "cnpjLocalExecutante": "CNPJ",
        "cpfContratado": "CPF",
        "codigoPrestadorNaOperadora": "código",
        "codigonaOperadora": "código",
        "codigoNaOperadora": "código",
        "codigoProfExec": "código",
    }.items()
}
_EXECUTANTE: Final = {
    "guiaConsulta": "ans:contratadoExecutante",
    "guiaSP-SADT": "ans:dadosExecutante/ans:contratadoExecutante",
    "guiaResumoInternacao": "ans:dadosExecutante/ans:contratadoExecutante",
    "guiaHonorarios": "ans:dadosContratadoExecutante",
    "guiaOdonto": "ans:dadosProfissionaisResponsaveis",
}
_LOCAL: Final = "ans:localContratado/ans:codigoContratado"
_SOLICITANTE: Final = "ans:dadosSolicitante/ans:contratadoSolicitante"
_DIGITOS_DO_CNPJ: Final = 14


@dataclass(frozen=True, slots=True)
class Contratado:
    """One contracted party: `tipo` is "CNPJ", "CPF" or "código", `valor` the text without outer blanks."""

    tipo: str
    valor: str
    elemento: etree._Element


def executante(guia: GuiaLida) -> Contratado | None:
    """Who did what the guide bills."""
    return _em(guia, _EXECUTANTE[guia.tipo])


def solicitante(guia: GuiaLida) -> Contratado | None:
    """Who asked for it; only SP/SADT says."""
    return _em(guia, _SOLICITANTE)


def executante_e_local(guia: GuiaLida) -> Iterator[Contratado]:
    """The executante and, in honorários, the hospital where it was done."""
    for caminho in (_LOCAL, _EXECUTANTE[guia.tipo]):
        if (contratado := _em(guia, caminho)) is not None:
            yield contratado


def codigos_do_prestador(guia: GuiaLida, contexto: Contexto) -> list[str]:
    """The codes that the contract lets the prestador put on that guide, in order; none without a contract."""
    contrato = contexto.credenciamento
    if contrato is None:
        return []
    convenio = contexto.convenio_da(guia)
    acordados = [acordado for acordado in contrato.codigos if convenio and acordado.convenio == convenio.id]
    if not acordados:
        return [contrato.codigo]
    situacao = Situacao(
        tipo_de_guia=guia.tipo,
        regime=_texto(guia, "regimeAtendimento"),
        tipo_de_atendimento=_texto(guia, "tipoAtendimento"),
    )
    procedimentos = {(tabela or "", codigo or "") for tabela, codigo, despesa, _ in guia.codigos if not despesa}
    return sorted(codigos_da_guia(acordados, situacao, padrao=contrato.codigo, procedimentos=procedimentos))


def primeiros_e_ultimos_dias(lote: LoteLido) -> list[date]:
    """The days on which the care of each guide began and ended, as far as they can be read."""
    return [dia for guia in lote.guias for dia in (guia.data_atendimento, guia.data_fim) if dia is not None]


def e_empresa(contratado: Contratado, contexto: Contexto) -> bool:
    """Whether it is known to be a company: by its CNPJ, or by being the prestador who sends and has one."""
    if contratado.tipo != "código":
        return contratado.tipo == "CNPJ"
    contrato, prestador = contexto.credenciamento, contexto.prestador
    return (
        contrato is not None
        and prestador is not None
        and contratado.valor in contrato.todos_os_codigos
        and len(prestador.documento) == _DIGITOS_DO_CNPJ
    )


def _texto(guia: GuiaLida, nome: str) -> str:
    no = guia.campos.get(nome)
    return "" if no is None else (no.text or "").strip()


def _em(guia: GuiaLida, caminho: str) -> Contratado | None:
    grupo = guia.elemento.find(caminho, NS)
    if grupo is None:
        return None
    for no in grupo:
        if (tipo := _TIPOS.get(no.tag)) is not None:
            return Contratado(tipo, (no.text or "").strip(), no)
    return None
