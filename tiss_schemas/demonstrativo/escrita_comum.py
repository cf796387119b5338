"""What the messages of all statements have in common: their sender, their situations, their entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    Contratado,
    DebitoOuCredito,
)
from tiss_schemas.mensagens import escrita
from tiss_schemas.mensagens.cabecalho import Cabecalho, Transacao
from tiss_schemas.mensagens.escrita import Arvore
from tiss_schemas.mensagens.folhas import TextoLivre
from tiss_schemas.mensagens.molde import OPERADORA_PARA_PRESTADOR
from tiss_schemas.mensagens.partes import parte_da_operadora, parte_do_contratado

CORPO: Final = (OPERADORA_PARA_PRESTADOR, "demonstrativosRetorno")
"""Where the statements of a message stand."""
_CANCELADO, _BLOQUEADO, _ENCERRADO, _ANALISADO = 9, 10, 4, 5
_SITUACOES_NOVAS: Final = {_CANCELADO: ("4.01.00", _ENCERRADO), _BLOQUEADO: ("4.02.00", _ANALISADO)}
"""Codes of table 47 that came later: since which version, and what is said before it. What is cancelled is closed
without payment; what a court has blocked was analysed and waits to be released."""


def mensagem(tipo: str, versao: str, transacao: Transacao, registro_ans: str, para: Contratado, corpo: Arvore) -> bytes:
    """A message of the operadora to a prestador, whose body is a demonstrativosRetorno."""
    cabecalho = Cabecalho(
        tipo=tipo,
        versao=versao,
        transacao=transacao,
        origem=parte_da_operadora(registro_ans),
        destino=parte_do_contratado(para.codigo, para.tipo_de_codigo),
    )
    return escrita.mensagem(cabecalho, *CORPO, corpo)


def contratado(de: Contratado) -> Arvore:
    """The choice of the three by which a prestador is named."""
    return {de.tipo_de_codigo.value: de.codigo}


def cabecalho(de: CabecalhoDoDemonstrativo) -> Arvore:
    """Fields 1 to 5."""
    return {
        "registroANS": de.operadora.registro_ans,
        "numeroDemonstrativo": de.numero,
        "nomeOperadora": TextoLivre(de.operadora.nome),
        "numeroCNPJ": de.operadora.cnpj,
        "dataEmissao": de.emitido_em,
    }


def situacao(codigo: int, versao: str) -> str:
    """The code of table 47 that the version has for it."""
    desde, antes = _SITUACOES_NOVAS.get(codigo, ("", codigo))
    return str(codigo if versao >= desde else antes)


def debitos_e_creditos(lancamentos: Iterable[DebitoOuCredito]) -> list[Arvore]:
    """Entries as all statements write them."""
    return [
        {
            "indicador": lancamento.indicador,
            "tipoDebitoCredito": lancamento.tipo,
            "descricaoDbCr": TextoLivre(lancamento.descricao),
            "valorDbCr": lancamento.valor,
        }
        for lancamento in lancamentos
    ]
