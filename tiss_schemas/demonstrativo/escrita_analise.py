"""The Demonstrativo de Análise de Conta as a message DEMONSTRATIVO_ANALISE_CONTA."""

from __future__ import annotations

from collections.abc import Sequence

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo import escrita_comum as comum
from tiss_schemas.demonstrativo.valores import (
    DemonstrativoDeAnalise,
    GlosaDoItem,
    GuiaAnalisada,
    ItemAnalisado,
    ProtocoloAnalisado,
    Valores,
)
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.escrita import Arvore
from tiss_schemas.mensagens.folhas import TextoLivre

MAIS_DEMONSTRATIVOS = 30
"""In one message; each has any number of protocols."""


@coletor_em_pausa()
def escrever_analise(demonstrativos: Sequence[DemonstrativoDeAnalise], *, transacao: Transacao) -> bytes:
    """A message of 1 to 30 statements, of one operadora to one prestador and in one version.

    What the version does not have (observação before 4.02.00, that of a guide and centro de consumo before 4.03.00) is
    left out. Raises NaoCabeNaVersao for amounts, codes and numbers that it has no room for, VersaoIndisponivel, and
    ValueError for statements that cannot stand in one message.
    """
    primeiro = demonstrativos[0].cabecalho if demonstrativos else None
    if primeiro is None or len(demonstrativos) > MAIS_DEMONSTRATIVOS:
        raise ValueError(f"uma mensagem leva de 1 a {MAIS_DEMONSTRATIVOS} demonstrativos, e não {len(demonstrativos)}")
    if any(_de_quem(outro) != _de_quem(demonstrativos[0]) for outro in demonstrativos):
        raise ValueError("os demonstrativos de uma mensagem são da mesma operadora, prestador e versão")
    return comum.mensagem(
        "DEMONSTRATIVO_ANALISE_CONTA",
        primeiro.versao,
        transacao,
        primeiro.operadora.registro_ans,
        primeiro.contratado,
        {"demonstrativoAnaliseConta": [_demonstrativo(demonstrativo) for demonstrativo in demonstrativos]},
    )


def _de_quem(demonstrativo: DemonstrativoDeAnalise) -> tuple[str, str, str]:
    cabecalho = demonstrativo.cabecalho
    return cabecalho.versao, cabecalho.operadora.registro_ans, cabecalho.contratado.codigo


def _demonstrativo(de: DemonstrativoDeAnalise) -> Arvore:
    contratado = de.cabecalho.contratado
    return {
        "cabecalhoDemonstrativo": comum.cabecalho(de.cabecalho),
        "dadosPrestador": {"dadosContratado": comum.contratado(contratado), "CNES": contratado.cnes},
        "dadosConta": {"dadosProtocolo": [_protocolo(protocolo, de.cabecalho.versao) for protocolo in de.protocolos]},
        **_totais("Geral", de.valores),
        "observacao": TextoLivre(de.observacao),
    }


def _protocolo(de: ProtocoloAnalisado, versao: str) -> Arvore:
    return {
        "numeroLotePrestador": de.lote,
        "numeroProtocolo": de.numero,
        "dataProtocolo": de.data,
        "GlosaProtocolo": _motivo(de.glosa, de.descricao_da_glosa) if de.glosa else None,
        "situacaoProtocolo": comum.situacao(de.situacao, versao),
        "relacaoGuias": [_guia(guia, versao) for guia in de.guias],
        **_totais("Protocolo", de.valores),
    }


def _guia(de: GuiaAnalisada, versao: str) -> Arvore:
    return {
        "numeroGuiaPrestador": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        "senha": de.senha,
        "numeroCarteira": de.numero_carteira,
        "dataInicioFat": de.inicio,
        "horaInicioFat": de.hora_do_inicio,
        "dataFimFat": de.fim,
        "horaFimFat": de.hora_do_fim,
        "motivoGlosaGuia": [_motivo(codigo) for codigo in de.glosas],
        "situacaoGuia": comum.situacao(de.situacao, versao),
        "detalhesGuia": [_item(item) for item in de.itens],
        **_totais("Guia", de.valores),
        "observacao": TextoLivre(de.observacao),
    }


def _item(de: ItemAnalisado) -> Arvore:
    return {
        "sequencialItem": de.sequencial,
        "dataRealizacao": de.data,
        "procedimento": {
            "codigoTabela": de.tabela,
            "codigoProcedimento": de.codigo,
            "descricaoProcedimento": TextoLivre(de.descricao),
        },
        "grauParticipacao": de.grau_de_participacao,
        "valorInformado": de.valores.informado,
        "qtdExecutada": de.quantidade,
        "valorProcessado": de.valores.processado,
        "valorLiberado": de.valores.liberado,
        "relacaoGlosa": [_glosa(glosa) for glosa in de.glosas],
        "centroConsumo": de.centro_de_consumo,
    }


def _glosa(de: GlosaDoItem) -> Arvore:
    return {"valorGlosa": de.valor, "tipoGlosa": de.codigo}


def _motivo(codigo: str, descricao: str = "") -> Arvore:
    return {"codigoGlosa": codigo, "descricaoGlosa": TextoLivre(descricao)}


def _totais(de_que: str, valores: Valores) -> Arvore:
    """The four amounts of a guide, a protocol or all; that of the glosas is written also where it is nothing."""
    return {
        f"valorInformado{de_que}": valores.informado,
        f"valorProcessado{de_que}": valores.processado,
        f"valorLiberado{de_que}": valores.liberado,
        f"valorGlosa{de_que}": valores.glosa,
    }
