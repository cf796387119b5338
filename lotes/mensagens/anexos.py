"""Documents of a lot: what is taken, put beside a lot before it is sent, and given with a message after that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from django.db import transaction
from django.db.models import Sum

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import tamanho
from lotes.acontecimentos import contar
from lotes.estados import POR_ENVIAR
from lotes.mensagens.documentos import EXTENSOES, Formato, NaturezaDaGuia, TipoDeDocumento, formato_de
from lotes.mensagens.erros import AnexoJaEntregue, AnexoRecusado
from lotes.mensagens.models import Anexo, LimiteDeAnexo, Mensagem
from lotes.mensagens.models.anexo import MAIOR_LIMITE
from lotes.mensagens.recepcao import MAIOR_ENVIO, MEGA, POR_VEZ, Recebido
from lotes.models import Lote

_MAIOR_NOME: Final = 255
_BRANCOS: Final = re.compile(r"\s+")
_FORMATOS: Final = "JPG, PDF, PNG ou TIFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Documento:
    """A document to be attached, and what is said of it. `numero_guia` is the prestador's, "" for the lot's own."""

    arquivo: Recebido
    tipo: TipoDeDocumento
    numero_guia: str = ""
    observacao: str = ""
    natureza: NaturezaDaGuia = NaturezaDaGuia.FATURAMENTO


def limites_de(operadora_id: int) -> LimiteDeAnexo:
    """What that operadora decided, or the limits of who has decided nothing."""
    return LimiteDeAnexo.objects.filter(operadora_id=operadora_id).first() or LimiteDeAnexo(operadora_id=operadora_id)


def megas_de(limites: LimiteDeAnexo, tipo: str) -> int:
    """Megabytes that a document of that type may have."""
    return int(limites.por_tipo.get(tipo, limites.por_documento))


@transaction.atomic
def gravar_limites(
    *, operadora: Organizacao, por_documento: int, por_lote: int, por_tipo: Mapping[str, int], por: Usuario
) -> LimiteDeAnexo:
    """Keep what the operadora takes, in megabytes; `por_tipo` by code. For documents attached from now on."""
    valores = {"por_documento": por_documento, "por_lote": por_lote, "por_tipo": dict(por_tipo)}
    return LimiteDeAnexo.objects.update_or_create(operadora=operadora, defaults=valores)[0]


@transaction.atomic
def anexar(*, lote: Lote, por: Usuario, documentos: Sequence[Documento]) -> list[Anexo]:
    """Put documents beside a lot of one's own that was not sent yet. Raises `AnexoRecusado`; all or none.

    The lot is locked: one that is being sent meanwhile has either taken them along, or refuses them here.
    """
    if not documentos:
        raise AnexoRecusado("Nenhum documento foi escolhido. Escolha o arquivo e diga que documento é.", lote)
    travado = Lote.objects.select_for_update(of=("self",)).filter(pk=lote.pk, situacao__in=POR_ENVIAR).first()
    if travado is None:
        raise AnexoRecusado(
            f"O documento não foi anexado: o lote {lote.numero} já não está por enviar. "
            "Recarregue a página: de um lote enviado, os documentos vão com uma mensagem.",
            lote,
        )
    anexos = guardar(lote, por, documentos, de=lote.prestador, mensagem=None, enviado_em=None)
    for anexo in anexos:
        contar(lote, por, "anexo", "Documento anexado", f"{anexo.get_tipo_documento_display()}: {anexo.nome}.")
    return anexos


@transaction.atomic
def remover(*, anexo: Anexo, por: Usuario) -> None:
    """Take back a document of a lot that was not sent. Raises `AnexoJaEntregue`."""
    apagados, _ = Anexo.objects.filter(pk=anexo.pk, enviado_em__isnull=True).delete()
    if not apagados:
        raise AnexoJaEntregue(
            f"“{anexo.nome}” não foi removido: a operadora já o recebeu. Se foi engano, escreva a ela na conversa.",
            anexo.lote,
        )
    contar(anexo.lote, por, "anexo", "Documento removido", f"{anexo.get_tipo_documento_display()}: {anexo.nome}.")


def guardar(
    lote: Lote,
    por: Usuario,
    documentos: Sequence[Documento],
    *,
    de: Organizacao,
    mensagem: Mensagem | None,
    enviado_em: datetime | None,
) -> list[Anexo]:
    """Keep documents in the name of `de`, in the caller's transaction. Raises `AnexoRecusado` for the first bad one."""
    if len(documentos) > POR_VEZ:
        raise AnexoRecusado(f"São até {POR_VEZ} documentos por vez. Envie os outros em seguida.", lote)
    limites = limites_de(lote.operadora_id)
    formatos = [conferir(documento, limites) for documento in documentos]
    _conferir_guias(lote, documentos)
    _conferir_total(lote, documentos, limites)
    return [
        Anexo.objects.create(
            prestador_id=lote.prestador_id,
            operadora_id=lote.operadora_id,
            enviado_em=enviado_em,
            lote=lote,
            mensagem=mensagem,
            de=de.tipo,
            nome=nome_limpo(documento.arquivo.nome),
            conteudo=_guardar_bytes(lote, de, documento.arquivo.dados),
            tamanho=len(documento.arquivo.dados),
            tipo_documento=documento.tipo,
            formato_documento=formato,
            natureza_guia=documento.natureza,
            numero_guia_prestador=documento.numero_guia,
            observacao=documento.observacao,
            anexado_por=por,
            anexado_por_nome=por.nome or por.email,
        )
        for documento, formato in zip(documentos, formatos, strict=True)
    ]


def conferir(documento: Documento, limites: LimiteDeAnexo) -> Formato:
    """The format of a document that may be taken, by its bytes. Raises `AnexoRecusado`."""
    arquivo, nome = documento.arquivo, nome_limpo(documento.arquivo.nome)
    if arquivo.excedeu:
        raise AnexoRecusado(
            f"“{nome}” não foi anexado: cada documento pode ter até {MAIOR_LIMITE} MB, e o envio inteiro até "
            f"{MAIOR_ENVIO // MEGA} MB e {POR_VEZ} documentos. Reduza a resolução ou divida o envio."
        )
    if not arquivo.dados:
        raise AnexoRecusado(f"“{nome}” está vazio. Escolha o arquivo que tem o documento.")
    mega = megas_de(limites, documento.tipo)
    if len(arquivo.dados) > mega * MEGA:
        raise AnexoRecusado(
            f"“{nome}” tem {tamanho(len(arquivo.dados))}, e a operadora aceita até {mega} MB de "
            f"“{documento.tipo.label}”. Reduza a resolução ou divida o documento."
        )
    return _formato(nome, arquivo.dados)


def nome_limpo(bruto: str) -> str:
    """A name to show: the last part of a path, without control and direction marks, its end kept when too long."""
    ultimo = re.split(r"[/\\]", bruto)[-1]
    visiveis = (letra for letra in ultimo if letra.isspace() or unicodedata.category(letra)[0] != "C")
    return _BRANCOS.sub(" ", "".join(visiveis)).strip()[-_MAIOR_NOME:] or "documento"


def _formato(nome: str, dados: bytes) -> Formato:
    formato = formato_de(dados)
    if formato is None:
        raise AnexoRecusado(
            f"“{nome}” não é {_FORMATOS}, que são os formatos da ANS. Digitalize ou exporte o documento como PDF."
        )
    if PurePosixPath(nome.lower()).suffix not in EXTENSOES[formato]:
        raise AnexoRecusado(
            f"“{nome}” contém {formato.label}, e o nome diz outra coisa. "
            f"Renomeie para terminar em {EXTENSOES[formato][0]} ou escolha o arquivo certo."
        )
    return formato


def _conferir_guias(lote: Lote, documentos: Iterable[Documento]) -> None:
    pedidas = {documento.numero_guia for documento in documentos} - {""}
    achadas = set(
        lote.guias.filter(numero_do_prestador__in=pedidas).values_list("numero_do_prestador", flat=True)
        if pedidas
        else ()
    )
    if faltam := sorted(pedidas - achadas):
        raise AnexoRecusado(
            f"Não há guia {faltam[0]} no lote {lote.numero}. Confira o nº da guia do prestador, "
            "ou deixe-o vazio se o documento é do lote inteiro.",
            lote,
        )


def _conferir_total(lote: Lote, documentos: Iterable[Documento], limites: LimiteDeAnexo) -> None:
    ja: int = Anexo.objects.filter(lote=lote).aggregate(ja=Sum("tamanho"))["ja"] or 0
    ao_todo = ja + sum(len(documento.arquivo.dados) for documento in documentos)
    if ao_todo > limites.por_lote * MEGA:
        raise AnexoRecusado(
            f"Com estes documentos o lote {lote.numero} passaria a {tamanho(ao_todo)}, e a operadora aceita até "
            f"{limites.por_lote} MB por lote. Reduza a resolução dos documentos.",
            lote,
        )


def _guardar_bytes(lote: Lote, de: Organizacao, dados: bytes) -> Conteudo:
    if de.e_prestador:
        return cofre.guardar(dados, prestador_id=lote.prestador_id)
    return cofre.guardar_da_operadora(dados, prestador_id=lote.prestador_id, operadora_id=lote.operadora_id)
