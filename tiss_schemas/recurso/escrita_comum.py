"""What appeals, receipts and answers write alike."""

from __future__ import annotations

from collections.abc import Callable

from tiss_schemas.mensagens.cabecalho import Cabecalho, Transacao
from tiss_schemas.mensagens.escrita import Arvore
from tiss_schemas.mensagens.folhas import TextoLivre
from tiss_schemas.mensagens.partes import parte_da_operadora, parte_do_contratado
from tiss_schemas.recurso.valores import (
    GlosaRecursada,
    GlosaRespondida,
    GuiaRecursada,
    IdentificacaoDoContratado,
    ItemRecursado,
    ItemRespondido,
    RecebimentoDeRecurso,
    RespostaDeRecurso,
    SituacaoDeRecurso,
)

DaOperadora = RecebimentoDeRecurso | RespostaDeRecurso | SituacaoDeRecurso


def cabecalho_da_operadora(tipo: str, de: DaOperadora, transacao: Transacao) -> Cabecalho:
    """The header of what an operadora writes to the prestador that appealed."""
    return Cabecalho(
        tipo=tipo,
        versao=de.versao,
        transacao=transacao,
        origem=parte_da_operadora(de.registro_ans),
        destino=parte_do_contratado(de.contratado.codigo, de.contratado.tipo_de_codigo),
    )


def contratado(de: IdentificacaoDoContratado) -> Arvore:
    """The choice of the three by which a prestador is named."""
    return {de.tipo_de_codigo.value: de.codigo}


def procedimento(de: ItemRecursado | ItemRespondido) -> Arvore:
    """What was done."""
    return {
        "codigoTabela": de.tabela,
        "codigoProcedimento": de.codigo,
        "descricaoProcedimento": TextoLivre(de.descricao),
    }


def do_protocolo(de: GlosaRecursada | GlosaRespondida | None) -> Arvore | None:
    """The glosa of a whole protocol as it was appealed against."""
    return None if de is None else {"codigoGlosaProtocolo": de.codigo, "justificativaProtocolo": de.justificativa}


def opcao_da_guia(de: GuiaRecursada, inteira: str, item: Callable[[ItemRecursado], Arvore]) -> Arvore:
    """Either what refuses the guide as a whole, in elements `inteira`, or its items."""
    return {
        inteira: [{"codGlosaGuia": glosa.codigo, "justificativaGuia": glosa.justificativa} for glosa in de.glosas],
        "itensGuia": [item(recursado) for recursado in de.itens],
    }


def glosa_do_primeiro_item(de: GuiaRecursada) -> tuple[GlosaRecursada, ...]:
    """What stands for the glosa that a dental guide appealed for by items has to have; nothing without items."""
    return tuple(GlosaRecursada(codigo=i.glosa, justificativa=i.justificativa) for i in de.itens[:1])


def sim_ou_nao(valor: bool) -> str:
    """S or N."""
    return "S" if valor else "N"
