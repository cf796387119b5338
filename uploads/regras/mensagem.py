"""Checks on the envelope: hash, transaction, body and clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from conecta.interface.formatos import data as em_data
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.palavras import citado
from uploads.regras.registro import Apontamento, regra

_ENVIO: Final = "ENVIO_LOTE_GUIAS"
_CORPO_DE: Final = {
    _ENVIO: "loteGuias",
    "SOLIC_STATUS_PROTOCOLO": "solicitacaoStatusProtocolo",
    "SOLIC_DEMONSTRATIVO_RETORNO": "solicitacaoDemonstrativoRetorno",
    "RECURSO_GLOSA": "recursoGlosa",
    "SOLIC_STATUS_RECURSO_GLOSA": "solicitacaoStatusRecursoGlosa",
    "CANCELA_GUIA": "cancelaGuia",
    "ENVIO_ANEXO": "loteAnexos",
    "ENVIO_DOCUMENTO": "envioDocumentos",
    "VERIFICA_ELEGIBILIDADE": "verificaElegibilidade",
    "SOLICITACAO_PROCEDIMENTOS": "solicitacaoProcedimento",
    "SOLICITA_STATUS_AUTORIZACAO": "solicitaStatusAutorizacao",
    "COMUNICACAO_BENEFICIARIO": "comunicacaoInternacao",
}
"""What a prestador sends for each transaction."""


@regra(
    "M01",
    codigo="5014",
    alvo="mensagem",
    exemplo="O hash tem 31 dígitos, ou está vazio.",
    dispensavel=False,
)
def hash_mal_formado(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O hash do epílogo tem 32 dígitos hexadecimais."""
    conferencia = mensagem.conferencia
    if conferencia.declarado is None or conferencia.bem_formado:
        return
    achado = f"O hash {citado(conferencia.declarado)} não é válido" if conferencia.declarado else "O hash está vazio"
    yield Apontamento(
        no=mensagem.no("epilogo/hash"),
        mensagem=f"{achado}: ele deve ter 32 dígitos hexadecimais. {_RECALCULAR}",
        valor=conferencia.declarado,
        esperado="32 dígitos hexadecimais",
        sugestao=_hash_certo(mensagem),
    )


@regra(
    "M02",
    codigo="5014",
    alvo="mensagem",
    exemplo="Um valor foi corrigido à mão no arquivo, e o hash ficou o de antes.",
    dispensavel=False,
)
def hash_diferente(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O hash do epílogo é o do conteúdo da mensagem."""
    conferencia = mensagem.conferencia
    if not conferencia.bem_formado or conferencia.confere_com is not None:
        return
    certo = _hash_certo(mensagem)
    fora_do_iso = (
        " A mensagem tem caracteres que não existem em ISO-8859-1, a codificação em que o hash deve ser calculado."
        if conferencia.iso is None
        else ""
    )
    yield Apontamento(
        no=mensagem.no("epilogo/hash"),
        mensagem=(
            f"O hash não confere com o conteúdo: o arquivo foi alterado depois de gerado, ou o hash foi calculado de "
            f"outra forma.{fora_do_iso} {_RECALCULAR}"
        ),
        valor=conferencia.declarado,
        esperado=certo,
        sugestao=certo,
    )


@regra(
    "M03",
    codigo="5014",
    alvo="mensagem",
    exemplo="A descrição termina em dois espaços, e o sistema calculou o hash sem eles.",
    ignoravel=True,
)
def hash_sem_espacos(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O hash do epílogo leva em conta os espaços no começo e no fim dos campos."""
    conferencia = mensagem.conferencia
    if conferencia.confere_com != "aparado":
        return
    certo = _hash_certo(mensagem)
    yield Apontamento(
        no=mensagem.no("epilogo/hash"),
        mensagem=(
            "O hash só confere se os espaços no começo e no fim dos campos forem desprezados, e a regra da ANS os "
            f"inclui. {_RECALCULAR}"
        ),
        valor=conferencia.declarado,
        esperado=certo,
        sugestao=certo,
    )


@regra(
    "M06",
    codigo="3148",
    alvo="mensagem",
    exemplo="O arquivo é um recurso de glosa (RECURSO_GLOSA).",
    dispensavel=False,
)
def transacao_nao_aceita(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A mensagem é um envio de lote de guias."""
    tipo = mensagem.cabecalho.tipo_transacao
    if tipo is None or tipo == _ENVIO:
        return
    yield Apontamento(
        no=mensagem.cabecalho.no("identificacaoTransacao/tipoTransacao"),
        mensagem=f"A transação {citado(tipo)} não é recebida aqui: envie um arquivo de {_ENVIO}.",
        valor=tipo,
        esperado=_ENVIO,
    )


@regra(
    "M07",
    codigo="5007",
    alvo="mensagem",
    exemplo="A transação é ENVIO_LOTE_GUIAS, e o corpo é um pedido de status do protocolo.",
    dispensavel=False,
)
def corpo_de_outra_transacao(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O corpo da mensagem é o do tipo de transação declarado, do prestador para a operadora."""
    if mensagem.nome_do_corpo == "operadoraParaPrestador":
        yield Apontamento(
            no=mensagem.corpo,
            mensagem=(
                "A mensagem é de operadora para prestador, e aqui se recebem as de prestador para operadora. Envie o "
                "lote de guias gerado pelo seu sistema de faturamento."
            ),
            valor="operadoraParaPrestador",
            esperado="prestadorParaOperadora",
        )
        return
    tipo, nome = mensagem.cabecalho.tipo_transacao or "", mensagem.nome_da_transacao
    esperado = _CORPO_DE.get(tipo)
    if esperado is not None and nome and nome != esperado:
        yield Apontamento(
            no=mensagem.transacao,
            mensagem=f"A transação é {tipo}, que leva “{esperado}”, mas a mensagem traz “{nome}”. Gere-a novamente.",
            valor=nome,
            esperado=esperado,
        )


@regra(
    "M08",
    codigo="5007",
    alvo="mensagem",
    depende=(Base.CORPO,),
    exemplo="O arquivo tem cabeçalho e epílogo, e nada entre eles.",
    dispensavel=False,
)
def sem_corpo(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A mensagem tem um corpo, e há algo nele."""
    if mensagem.transacao is None:
        yield Apontamento(
            no=mensagem.documento.raiz,
            mensagem="A mensagem tem só cabeçalho e epílogo: falta o lote de guias. Gere o arquivo novamente.",
            esperado="prestadorParaOperadora/loteGuias",
        )


@regra(
    "M09",
    codigo="5025",
    alvo="mensagem",
    exemplo="A data de registro da transação é a de amanhã.",
    ajustavel=True,
)
def data_da_transacao(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A data de registro da transação não está no futuro nem é mais antiga do que a operadora aceita."""
    dia, hoje = mensagem.cabecalho.data_registro, contexto.agora.date()
    janela = contexto.parametros.janela_da_transacao_dias
    if dia is None:
        return
    if dia > hoje:
        problema = f"está no futuro (hoje é {em_data(hoje)})"
    elif janela is not None and dia < hoje - timedelta(days=janela):
        problema = f"tem mais de {janela} dias, o prazo que a operadora aceita"
    else:
        return
    primeiro = em_data(hoje - timedelta(days=janela)) if janela is not None else None
    yield Apontamento(
        no=mensagem.cabecalho.no("identificacaoTransacao/dataRegistroTransacao"),
        mensagem=f"A data de registro da transação, {em_data(dia)}, {problema}. Gere o arquivo com a data do envio.",
        valor=dia.isoformat(),
        esperado=f"de {primeiro} a {em_data(hoje)}" if primeiro else f"até {em_data(hoje)}",
    )


@regra(
    "M10",
    codigo="5026",
    alvo="mensagem",
    exemplo="A transação é de hoje às 23:10, e ainda são 14:05.",
    ignoravel=True,
)
def hora_da_transacao(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A hora de registro de uma transação de hoje não é mais tarde que agora."""
    cabecalho, agora = mensagem.cabecalho, contexto.agora
    if cabecalho.data_registro != agora.date() or cabecalho.hora_registro is None:
        return
    registrada = datetime.combine(agora.date(), cabecalho.hora_registro, agora.tzinfo)
    if registrada > agora + timedelta(minutes=contexto.parametros.tolerancia_hora_minutos):
        yield Apontamento(
            no=cabecalho.no("identificacaoTransacao/horaRegistroTransacao"),
            mensagem=(
                f"A hora de registro da transação, {registrada:%H:%M}, ainda não chegou (agora são {agora:%H:%M}). "
                "Acerte o relógio do computador que gera o arquivo; se a hora não importa, ignore com justificativa."
            ),
            valor=f"{registrada:%H:%M:%S}",
            esperado=f"até {agora:%H:%M}",
        )


_RECALCULAR: Final = "Recalcule o hash, ou gere o arquivo novamente no seu sistema."


def _hash_certo(mensagem: Mensagem) -> str:
    """By the rule of ANS; in UTF-8 where the text cannot be written in ISO-8859-1."""
    return mensagem.conferencia.iso or mensagem.conferencia.utf8
