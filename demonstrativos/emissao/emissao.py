"""Issuing statements: what they say is frozen under the next number of the operadora's series, once.

Everything here runs in the operadora's scope, in the caller's transaction.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao
from conecta.erros import ErroDeNegocio
from conecta.pdf import PdfIndisponivel
from demonstrativos.emissao import progresso
from demonstrativos.emissao.arquivos import mensagem
from demonstrativos.emissao.congelado import chave, congelar, descongelar
from demonstrativos.emissao.desenho import desenhar_demonstrativo
from demonstrativos.emissao.linhas import linhas_de
from demonstrativos.emissao.models import Demonstrativo, ParteDoDemonstrativo, Tipo
from demonstrativos.emissao.montagem import logotipo_de
from demonstrativos.emissao.montagem_analise import montar_analise
from demonstrativos.emissao.montagem_odonto import montar_odonto
from demonstrativos.emissao.montagem_pagamento import montar_pagamento
from demonstrativos.emissao.selecao import AEmitir
from lotes.numeracao import proximo_da_serie
from tiss_schemas.demonstrativo.contas import Demonstrativo as Valores
from tiss_schemas.demonstrativo.contas import divergencias
from tiss_schemas.demonstrativo.escrita import NaoCabeNaVersao, VersaoIndisponivel
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise

SERIE: Final = "demonstrativo"
_UM_POR_VEZ: Final = "select pg_advisory_xact_lock(hashtext('emissao'), %s)"
"""Of one operadora, until the transaction ends: two that find nothing issued yet would both issue."""


class SemArquivo(ErroDeNegocio):
    """Neither the PDF nor the message of a statement can be made here."""


class ContasNaoFecham(ErroDeNegocio):
    """A total is not the sum of its parts: something wrote what it should not have."""


def emitir_um(operadora: Organizacao, um: AEmitir, documento_id: int) -> Demonstrativo:
    """The statement with its files: the same values have the number and the files that they had.

    It takes the place of others about the same. How far the drawing is can be asked by `documento_id` (`progresso`).
    Raises `ContasNaoFecham` and `SemArquivo`.
    """
    valores = _montado(um)
    lote = um.protocolos[0].lote if um.protocolos else None
    logotipo = logotipo_de(operadora, lote)
    impressao = chave(valores, operadora.sigla.encode(), logotipo[1] if logotipo else b"")
    with connection.cursor() as cursor:
        cursor.execute(_UM_POR_VEZ, [operadora.pk % 2**31])
    feito = Demonstrativo.objects.filter(operadora=operadora, prestador=um.prestador, chave=impressao).first()
    if feito is None:
        _exigir_que_feche(valores)
        numero = proximo_da_serie(operadora, SERIE)
        valores = replace(valores, cabecalho=replace(valores.cabecalho, numero=numero))
        feito = _novo(operadora, um, valores, impressao)
    elif feito.conteudo_pdf_id and feito.conteudo_xml_id:
        _valer(feito)
        return feito
    else:
        valores = descongelar(bytes(feito.valores))
    return _com_arquivos(feito, um, valores, logotipo, documento_id)


def _exigir_que_feche(valores: Valores) -> None:
    """What is issued stays: amounts that disagree get no number."""
    if diferencas := divergencias(valores):
        raise ContasNaoFecham(
            f"O demonstrativo não foi emitido, porque as contas dele não fecham. {diferencas[0]} Avise o suporte."
        )


def _com_arquivos(
    feito: Demonstrativo, um: AEmitir, valores: Valores, logotipo: tuple[str, bytes] | None, documento_id: int
) -> Demonstrativo:
    """Make what it lacks and keep it."""
    e_novo = feito.pk is None
    erros = []
    if not feito.conteudo_pdf_id:
        erros.append(_por_pdf(feito, valores, logotipo, documento_id))
    if not feito.conteudo_xml_id:
        erros.append(_por_xml(feito, valores))
    feito.erro = " ".join(filter(None, erros))[:500]
    if not (feito.conteudo_pdf_id or feito.conteudo_xml_id):
        raise SemArquivo(feito.erro, feito)
    if e_novo:
        feito.save()
        _ligar(feito, um)
    else:
        feito.save(update_fields=["conteudo_pdf", "conteudo_xml", "erro"])
    _valer(feito)
    return feito


def _por_pdf(feito: Demonstrativo, valores: Valores, logotipo: tuple[str, bytes] | None, documento_id: int) -> str:
    """Draw and keep the PDF; what is missing where this installation cannot."""
    andamento = partial(progresso.marcar, documento_id)
    try:
        pdf = desenhar_demonstrativo(valores, sigla=feito.sigla, logotipo=logotipo, andamento=andamento)
    except PdfIndisponivel as falta:
        return f"Sem PDF: {falta.motivo}. Avise quem cuida da instalação; depois, peça o demonstrativo outra vez."
    feito.conteudo_pdf = _guardado(feito, pdf)
    return ""


def _por_xml(feito: Demonstrativo, valores: Valores) -> str:
    """Write and keep the message; why there is none where its version cannot say these values."""
    try:
        # What cannot be written gives its running number back.
        with transaction.atomic():
            dados = mensagem(feito, valores)
    except (NaoCabeNaVersao, VersaoIndisponivel) as recusa:
        return f"Sem XML: {recusa.frase}"
    feito.conteudo_xml = _guardado(feito, dados)
    return ""


def _guardado(feito: Demonstrativo, dados: bytes) -> Conteudo:
    return cofre.guardar_da_operadora(dados, prestador_id=feito.prestador_id, operadora_id=feito.operadora_id)


def _montado(um: AEmitir) -> Valores:
    """The values, without their number."""
    hoje = timezone.localdate()
    if um.tipo == Tipo.ANALISE:
        return montar_analise(um.protocolos, numero=0, versao=um.versao, emitido_em=hoje)
    montar = montar_odonto if um.tipo == Tipo.ODONTO else montar_pagamento
    return montar(um.pagamentos, numero=0, versao=um.versao, emitido_em=hoje)


def _novo(operadora: Organizacao, um: AEmitir, valores: Valores, impressao: str) -> Demonstrativo:
    return Demonstrativo(
        operadora=operadora,
        prestador=um.prestador,
        tipo=um.tipo,
        numero=valores.cabecalho.numero,
        versao=um.versao,
        chave=impressao,
        assunto=_assunto(um),
        valores=congelar(valores),
        sigla=operadora.sigla,
        titulo=um.titulo,
        lote=um.protocolos[0].lote.numero_do_prestador if len(um.protocolos) == 1 else "",
        protocolos=_protocolos(valores),
        itens=sum(1 for _ in linhas_de(valores)[1]),
        valor_informado=valores.valores.informado,
        valor_glosado=valores.valores.glosa,
        valor_liberado=valores.valores.liberado,
    )


def _valer(este: Demonstrativo) -> None:
    """Let it hold, and others of the same subject say that it does: also an earlier one, whose values are back."""
    do_assunto = Demonstrativo.objects.filter(
        operadora=este.operadora_id, prestador=este.prestador_id, assunto=este.assunto
    )
    if este.substituido_por_id is not None:
        este.substituido_por = None
        este.save(update_fields=["substituido_por"])
    do_assunto.filter(substituido_por__isnull=True).exclude(pk=este.pk).update(substituido_por=este)


def _ligar(novo: Demonstrativo, um: AEmitir) -> None:
    partes = [ParteDoDemonstrativo(protocolo=protocolo) for protocolo in um.protocolos]
    partes += [ParteDoDemonstrativo(pagamento=pagamento) for pagamento in um.pagamentos]
    for parte in partes:
        parte.demonstrativo = novo
        parte.operadora_id, parte.prestador_id = novo.operadora_id, novo.prestador_id
    ParteDoDemonstrativo.objects.bulk_create(partes)


def _assunto(um: AEmitir) -> str:
    ids = sorted(linha.pk for linha in (*um.protocolos, *um.pagamentos))
    return hashlib.sha256(f"{um.tipo}:{','.join(map(str, ids))}".encode()).hexdigest()


def _protocolos(valores: Valores) -> list[int]:
    """Their numbers, each once."""
    if isinstance(valores, DemonstrativoDeAnalise):
        return [protocolo.numero for protocolo in valores.protocolos]
    return sorted({protocolo.numero for data in valores.datas for protocolo in data.protocolos})
