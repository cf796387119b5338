"""What is read alike from all statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    Contratado,
    DebitoOuCredito,
    Indicador,
    OperadoraEmissora,
    TipoDeCodigo,
)
from tiss_schemas.mensagens.leitura import Lida, numero_de

PROTOCOLO: Final = "O número de protocolo"


def codigo_do_contratado(lida: Lida) -> tuple[str, TipoDeCodigo]:
    """Which of the three names the prestador, and how."""
    tipo = next(tipo for tipo in TipoDeCodigo if tipo in lida)
    return lida[tipo], tipo


def cabecalho(lida: Lida, versao: str, prestador: Lida, cnes: str) -> CabecalhoDoDemonstrativo:
    """Fields 1 to 8; the prestador's name is not in the XML, and its document only where it is what names it."""
    codigo, tipo = codigo_do_contratado(prestador)
    return CabecalhoDoDemonstrativo(
        numero=numero_de(lida["numeroDemonstrativo"], "O número de demonstrativo"),
        versao=versao,
        operadora=OperadoraEmissora(
            registro_ans=lida["registroANS"], nome=lida["nomeOperadora"], cnpj=lida["numeroCNPJ"]
        ),
        contratado=Contratado(
            codigo=codigo,
            tipo_de_codigo=tipo,
            nome="",
            documento="" if tipo is TipoDeCodigo.CODIGO else codigo,
            cnes=cnes,
        ),
        emitido_em=lida["dataEmissao"],
    )


def debitos_e_creditos(lidos: Iterable[Lida]) -> tuple[DebitoOuCredito, ...]:
    """Entries as all statements write them."""
    return tuple(
        DebitoOuCredito(
            indicador=Indicador(lida["indicador"]),
            tipo=lida["tipoDebitoCredito"],
            descricao=lida["descricaoDbCr"],
            valor=lida["valorDbCr"],
        )
        for lida in lidos
    )
