"""What proves an appeal: a document given with the draft, read by both sides once it is sent."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from django.db import transaction

from conecta.arquivos import cofre
from conecta.contas.models import Usuario
from conecta.interface.formatos import tamanho
from demonstrativos.recursos import transicoes
from demonstrativos.recursos.erros import AnexoRecusado, RecursoMudou
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.models import Anexo, Recurso
from lotes.mensagens.anexos import nome_limpo
from lotes.mensagens.documentos import EXTENSOES, MIDIAS, Formato, formato_de
from lotes.mensagens.recepcao import MEGA, Recebido
from lotes.models import Guia

MAIOR_ANEXO: Final = 10 * MEGA
"""Bytes of one document."""
MAIS_ANEXOS: Final = 20
"""Documents of one appeal."""
ACEITOS: Final = (Formato.PDF, Formato.JPG, Formato.PNG)
EXTENSOES_ACEITAS: Final = ",".join(extensao for formato in ACEITOS for extensao in EXTENSOES[formato])
"""What the file picker offers."""


@transaction.atomic
def anexar(*, recurso: Recurso, arquivo: Recebido | None, por: Usuario, guia: Guia | None = None) -> Anexo:
    """Keep a document with a draft, of `guia` where it proves one. Raises `AnexoRecusado`, and `RecursoMudou`."""
    travado = transicoes.travar(recurso, SituacaoDoRecurso.ENVIADO)
    if arquivo is None:
        raise AnexoRecusado("Nenhum arquivo foi escolhido. Escolha um PDF, JPG ou PNG.", recurso)
    nome = nome_limpo(arquivo.nome)
    formato = _conferir(nome, arquivo)
    if travado.anexos.count() >= MAIS_ANEXOS:
        raise AnexoRecusado(f"O recurso já tem {MAIS_ANEXOS} documentos, o limite. Junte-os em um PDF.", recurso)
    return Anexo.objects.create(
        prestador_id=travado.prestador_id,
        operadora_id=travado.operadora_id,
        recurso=travado,
        guia=guia,
        nome=nome,
        midia=MIDIAS[formato],
        conteudo=cofre.guardar(arquivo.dados, prestador_id=travado.prestador_id),
        tamanho=len(arquivo.dados),
        anexado_por_nome=por.nome or por.email,
    )


@transaction.atomic
def remover(*, anexo: Anexo, por: Usuario) -> None:
    """Take a document out of a draft. Raises `RecursoMudou` once it was sent."""
    apagados, _ = Anexo.objects.filter(pk=anexo.pk, enviado_em__isnull=True).delete()
    if not apagados:
        raise RecursoMudou(f"“{anexo.nome}” não foi removido: o recurso já foi enviado e não muda mais.", anexo)


def _conferir(nome: str, arquivo: Recebido) -> Formato:
    if arquivo.excedeu or len(arquivo.dados) > MAIOR_ANEXO:
        raise AnexoRecusado(f"“{nome}” passa de {tamanho(MAIOR_ANEXO)}, o limite. Reduza a resolução ou divida-o.")
    if not arquivo.dados:
        raise AnexoRecusado(f"“{nome}” está vazio. Escolha o arquivo que tem o documento.")
    formato = formato_de(arquivo.dados)
    if formato not in ACEITOS:
        raise AnexoRecusado(f"“{nome}” não é PDF, JPG nem PNG. Digitalize ou exporte o documento como PDF.")
    if PurePosixPath(nome.lower()).suffix not in EXTENSOES[formato]:
        raise AnexoRecusado(
            f"“{nome}” contém {formato.label}, e o nome diz outra coisa. Renomeie para terminar em "
            f"{EXTENSOES[formato][0]} ou escolha o arquivo certo."
        )
    return formato
