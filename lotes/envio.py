"""The log of the sending: what was done, by whom, and what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conecta.arquivos.models import Conteudo
from conecta.interface.formatos import inteiro
from lotes.models import Acontecimento, Lote
from lotes.telas import conteudo_do, protocolo_do

_ETAPAS = ("fechado", "reaberto", "enviado")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passo:
    """A step of the sending."""

    quando: datetime
    etapa: str
    quem: str
    resultado: str


def passos_do_envio(lote: Lote) -> dict[str, Any]:
    """Context of templates/lotes/log.html: `passos` in the order in which they happened; `protocolo` and `conteudo`, or
    None where there is none yet."""
    conteudo = conteudo_do(lote)
    linhas = list(lote.acontecimentos.filter(tipo__in=_ETAPAS).order_by("quando", "id"))
    passos = [
        Passo(
            quando=linha.quando,
            etapa=linha.titulo,
            quem=f"{linha.por_nome}, {linha.por_organizacao}",
            resultado=_resultado(linha, conteudo),
        )
        for linha in linhas
    ]
    protocolo = protocolo_do(lote)
    if protocolo is not None:
        passos.append(
            Passo(
                quando=protocolo.enviado_em,
                etapa="Protocolo recebido",
                quem=lote.operadora.rotulo,
                resultado=f"Protocolo (PEG) {protocolo.numero}",
            )
        )
    return {"passos": passos, "protocolo": protocolo, "conteudo": conteudo}


def _resultado(linha: Acontecimento, conteudo: Conteudo | None) -> str:
    if linha.tipo != "enviado" or conteudo is None:
        return linha.detalhe
    return f"XML congelado: {inteiro(conteudo.tamanho)} bytes, SHA-256 {conteudo.sha256}"
