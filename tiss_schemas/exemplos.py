"""Invented billing messages, schema-valid and arithmetically right, for the demo, the bench and the tests.

Everybody and everything in them is invented but the TUSS codes. The same arguments always give the same bytes.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import date

from tiss_schemas.espacos import ANS
from tiss_schemas.exemplos_documentos import CNPJ_PADRAO, cnpj_valido, cpf_valido
from tiss_schemas.exemplos_escrita import Contexto, Escritor
from tiss_schemas.exemplos_guias import ESCRITORES

__all__ = [
    "CNPJ_PADRAO",
    "DATA_PADRAO",
    "HORA_DO_ENVIO",
    "TIPOS_DE_GUIA",
    "VARIANTES",
    "VERSOES",
    "cnpj_valido",
    "cpf_valido",
    "lote_exemplo",
]

VERSOES = ("3.05.00", "4.00.00", "4.00.01", "4.01.00", "4.02.00", "4.03.00")
TIPOS_DE_GUIA = tuple(ESCRITORES)
DATA_PADRAO = date(2026, 1, 15)
HORA_DO_ENVIO = "00:05:00"
"""Early, so that a message dated today is never later than the clock."""
VARIANTES = 3
"""How many `variante` there are: the longest choice of the XSD inside a guide has three alternatives."""


def lote_exemplo(
    tipo_guia: str = "sadt",
    versao: str = "4.03.00",
    *,
    guias: int = 1,
    itens: int = 2,
    registro_ans: str = "331988",
    cnpj: str = CNPJ_PADRAO,
    numero_lote: str = "1",
    sequencial: str = "1",
    carteiras: Sequence[str] | None = None,
    data: date | None = None,
    primeiro_numero_guia: int = 1,
    maximo: bool = False,
    variante: int = 0,
    codigo_na_operadora: str | None = None,
    codificacao: str = "ISO-8859-1",
    semente: int = 0,
) -> bytes:
    """A message ENVIO_LOTE_GUIAS with `guias` guides of `itens` items each, as a file of bytes in `codificacao`.

    `tipo_guia` is one of TIPOS_DE_GUIA, `versao` one of VERSOES. A consulta always has one item; in SP/SADT and
    internação every second item is an expense. No date in it is later than `data` (DATA_PADRAO when not given).
    `carteiras` are dealt to the guides in turn. `maximo` fills every optional element but the digital signatures;
    where the XSD offers alternatives, `variante` (below VARIANTES) says which. The sender is identified by `cnpj`,
    which may be a CPF of 11 digits, or by `codigo_na_operadora`. ValueError for an unknown type or version.
    """
    if tipo_guia not in ESCRITORES or versao not in VERSOES:
        raise ValueError(f"não há exemplo de {tipo_guia!r} na versão {versao!r}")
    contexto = Contexto(
        versao=versao,
        itens=itens,
        registro_ans=registro_ans,
        cnpj=cnpj,
        data=data or DATA_PADRAO,
        maximo=maximo,
        variante=variante,
        carteiras=tuple(carteiras or ()),
        sorteio=random.Random(semente),  # noqa: S311 - invented data, not a secret
    )
    escritor = Escritor()
    with escritor.grupo("mensagemTISS", f' xmlns:ans="{ANS}"'):
        _cabecalho(escritor, contexto, sequencial, codigo_na_operadora)
        with escritor.grupo("prestadorParaOperadora"), escritor.grupo("loteGuias"):
            escritor.folha("numeroLote", numero_lote)
            with escritor.grupo("guiasTISS"):
                for numero in range(primeiro_numero_guia, primeiro_numero_guia + guias):
                    ESCRITORES[tipo_guia](escritor, contexto, numero)
        _epilogo(escritor)
    return f'<?xml version="1.0" encoding="{codificacao}"?>\n{escritor.xml()}'.encode(codificacao)


def _cabecalho(escritor: Escritor, contexto: Contexto, sequencial: str, codigo: str | None) -> None:
    with escritor.grupo("cabecalho"):
        with escritor.grupo("identificacaoTransacao"):
            escritor.folha("tipoTransacao", "ENVIO_LOTE_GUIAS")
            escritor.folha("sequencialTransacao", sequencial)
            escritor.folha("dataRegistroTransacao", contexto.data.isoformat())
            escritor.folha("horaRegistroTransacao", HORA_DO_ENVIO)
        if contexto.maximo:
            escritor.folha("falhaNegocio", "5002")
        with escritor.grupo("origem"), escritor.grupo("identificacaoPrestador"):
            escritor.folhas(
                codigoPrestadorNaOperadora=codigo,
                CNPJ=contexto.cnpj if codigo is None and len(contexto.cnpj) == 14 else None,
                CPF=contexto.cnpj if codigo is None and len(contexto.cnpj) == 11 else None,
            )
        with escritor.grupo("destino"):
            escritor.folha("registroANS", contexto.registro_ans)
        escritor.folha("Padrao", contexto.versao)
        if contexto.maximo:
            with escritor.grupo("loginSenhaPrestador"):
                escritor.folha("loginPrestador", "exemplo")
                escritor.folha("senhaPrestador", "0" * 32)


def _epilogo(escritor: Escritor) -> None:
    resumo = hashlib.md5(escritor.texto().encode("iso-8859-1"), usedforsecurity=False).hexdigest()
    with escritor.grupo("epilogo"):
        escritor.folha("hash", resumo)
