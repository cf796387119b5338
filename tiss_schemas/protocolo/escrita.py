"""The receipt of a lot, the answer on its situation, and refusals, as messages of the operadora to the prestador.

All raise NaoCabeNaVersao for what the version has no room for, and VersaoIndisponivel.
"""

from __future__ import annotations

from collections.abc import Iterable

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo.escrita_comum import situacao as situacao_na_versao
from tiss_schemas.demonstrativo.valores import Valores
from tiss_schemas.mensagens.cabecalho import Cabecalho, Transacao
from tiss_schemas.mensagens.escrita import Arvore, mensagem
from tiss_schemas.mensagens.folhas import NaoCabeNaVersao, TextoLivre
from tiss_schemas.mensagens.molde import OPERADORA_PARA_PRESTADOR, VersaoIndisponivel
from tiss_schemas.mensagens.partes import parte_da_operadora, parte_do_contratado
from tiss_schemas.protocolo.valores import GuiaDoProtocolo, ProtocoloDeLote, Recusa, Resposta
from tiss_schemas.recurso.escrita_comum import contratado, sim_ou_nao

__all__ = [
    "NaoCabeNaVersao",
    "VersaoIndisponivel",
    "escrever_protocolo_recebimento",
    "escrever_recusa",
    "escrever_situacao_protocolo",
]


def escrever_protocolo_recebimento(protocolo: ProtocoloDeLote, *, transacao: Transacao) -> bytes:
    """The receipt of a lot, with the number of its protocol."""
    return _mensagem(Resposta.RECEBIMENTO, protocolo, {"protocoloRecebimento": _recebimento(protocolo)}, transacao)


def escrever_situacao_protocolo(protocolo: ProtocoloDeLote, *, transacao: Transacao) -> bytes:
    """How far the protocol is, in the situations that its version has, with its guides."""
    return _mensagem(Resposta.SITUACAO, protocolo, {"situacaoDoProtocolo": _situacao(protocolo)}, transacao)


def escrever_recusa(recusa: Recusa, *, em_lugar_de: Resposta, transacao: Transacao) -> bytes:
    """An error instead of one of the answers."""
    return _mensagem(em_lugar_de, recusa, {"mensagemErro": _motivo(recusa.codigo, recusa.descricao)}, transacao)


@coletor_em_pausa()
def _mensagem(resposta: Resposta, de: ProtocoloDeLote | Recusa, corpo: Arvore, transacao: Transacao) -> bytes:
    tipo, nome = resposta.value
    cabecalho = Cabecalho(
        tipo=tipo,
        versao=de.versao,
        transacao=transacao,
        origem=parte_da_operadora(de.registro_ans),
        destino=parte_do_contratado(de.contratado.codigo, de.contratado.tipo_de_codigo),
    )
    return mensagem(cabecalho, OPERADORA_PARA_PRESTADOR, nome, corpo)


def _recebimento(de: ProtocoloDeLote) -> Arvore:
    glosa = {"motivosGlosa": {"motivoGlosa": _motivos(de.glosas)}, "vlGlosaProtocolo": de.valores.glosa}
    return {
        "registroANS": de.registro_ans,
        "dadosPrestador": contratado(de.contratado),
        "numeroLote": de.lote,
        "dataEnvioLote": de.enviado_em,
        "detalheProtocolo": {
            "numeroProtocolo": de.numero,
            "valorTotalProtocolo": de.valores.informado,
            "glosaProtocolo": glosa if de.glosas else None,
            "dadosGuiasProtocolo": {
                "dadosGuiasOdonto" if de.odonto else "dadosGuias": [_guia(guia, de.odonto) for guia in de.guias]
            },
        },
    }


def _situacao(de: ProtocoloDeLote) -> Arvore:
    """Its guides are each in a wrapper of their own, as the XSD has it."""
    return {
        "identificacaoOperadora": de.registro_ans,
        "dadosPrestador": contratado(de.contratado),
        "lote": {
            "detalheLote": {
                "statusProtocolo": situacao_na_versao(de.situacao, de.versao),
                "numeroProtocolo": de.numero,
                "numeroLote": de.lote,
                "dataEnvioLote": de.enviado_em,
                "valorTotalLote": _valores(de.valores),
                "guiasTISS": {
                    "guiasOdonto" if de.odonto else "guiasMedicas": [
                        {"guias": _guia(guia, de.odonto)} for guia in de.guias
                    ]
                },
            }
        },
    }


def _guia(de: GuiaDoProtocolo, odonto: bool) -> Arvore:
    beneficiario = {"numeroCarteira": de.numero_carteira, "atendimentoRN": sim_ou_nao(de.recem_nascido)}
    return {
        "numeroGuiaPrestador": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        **(beneficiario if odonto else {"dadosBeneficiario": beneficiario}),
        "dataRealizacao": de.data,
        "vlInformadoGuia": _valores(de.valores) if de.valores is not None else None,
        "glosaGuia": {"motivoGlosa": _motivos(de.glosas)} if de.glosas else None,
    }


def _valores(de: Valores) -> Arvore:
    return {"valorProcessado": de.processado, "valorGlosa": de.glosa, "valorLiberado": de.liberado}


def _motivos(codigos: Iterable[str]) -> list[Arvore]:
    return [_motivo(codigo) for codigo in codigos]


def _motivo(codigo: str, descricao: str = "") -> Arvore:
    return {"codigoGlosa": codigo, "descricaoGlosa": TextoLivre(descricao)}
