"""Threads, documents and informativos for tests, made as the screens make them."""

from __future__ import annotations

from datetime import date
from typing import Any

from lotes.mensagens import anexos, informativos, transicoes
from lotes.mensagens.anexos import Documento
from lotes.mensagens.documentos import TipoDeDocumento
from lotes.mensagens.models import Anexo, Informativo, Mensagem
from lotes.mensagens.recepcao import Recebido
from lotes.models import Lote, Protocolo
from tests.fabrica import Cenario

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
PAPEL = {
    "aurelia": "faturista",
    "boavista": "faturista",
    "cedro": "faturista",
    "pasa": "analista",
    "sulina": "analista",
}


def documento(
    dados: bytes = PDF, nome: str = "laudo.pdf", tipo: TipoDeDocumento = TipoDeDocumento.LAUDO, **outros: Any
) -> Documento:
    """A document to be attached: a PDF called a laudo, unless told otherwise."""
    return Documento(arquivo=Recebido(nome=nome, dados=dados), tipo=tipo, **outros)


def escrever(
    cenario: Cenario, protocolo: Protocolo, quem: str = "aurelia", texto: str = "Bom dia.", **outros: Any
) -> Mensagem:
    """A message in the name of that organisation."""
    papel = outros.pop("papel", PAPEL[quem])
    with cenario.dentro(quem, papel):
        return transicoes.escrever(
            protocolo=_visto_por(protocolo),
            de=cenario.organizacoes[quem],
            por=cenario.pessoa(papel, quem),
            texto=texto,
            **outros,
        )


def pedir(
    cenario: Cenario,
    protocolo: Protocolo,
    *tipos: TipoDeDocumento,
    quem: str = "pasa",
    prazo: date | None = None,
) -> Mensagem:
    """The operadora's request for documents: a laudo, unless told otherwise."""
    with cenario.dentro(quem, "analista"):
        return transicoes.pedir_documentos(
            protocolo=_visto_por(protocolo),
            por=cenario.pessoa("analista", quem),
            texto="Com assinatura.",
            tipos=tipos or [TipoDeDocumento.LAUDO],
            prazo=prazo,
        )


def anexar(cenario: Cenario, lote: Lote, *documentos: Documento, quem: str = "aurelia") -> list[Anexo]:
    """Documents beside a lot that was not sent: one PDF, unless told otherwise."""
    with cenario.dentro(quem, "faturista"):
        return anexos.anexar(lote=lote, por=cenario.pessoa("faturista", quem), documentos=documentos or [documento()])


def informar(
    cenario: Cenario, quem: str = "pasa", *, para: tuple[str, ...] = (), publicar: bool = True, **campos: Any
) -> Informativo:
    """An informativo of that operadora with a PDF: published for all its prestadores, unless told otherwise."""
    valores = {
        "titulo": "Recesso de fim de ano",
        "texto": "Não haverá recebimento de lotes.\n\nVeja https://pasa.example/recesso",
        "importante": True,
        "para_todos": not para,
        "mostrar_de": date(2020, 1, 1),
        "mostrar_ate": None,
        **campos,
    }
    gestor = cenario.pessoa("gestor", quem)
    with cenario.dentro(quem, "gestor"):
        escrito = informativos.gravar(
            operadora=cenario.organizacoes[quem],
            informativo=None,
            valores=valores,
            prestadores=[cenario.organizacoes[slug] for slug in para],
            pdf=("recesso.pdf", PDF),
            por=gestor,
        )
        return informativos.publicar(informativo=escrito, por=gestor) if publicar else escrito


def _visto_por(protocolo: Protocolo) -> Protocolo:
    """The protocol as the running scope reads it."""
    return Protocolo.objects.select_related("lote", "prestador", "operadora").get(pk=protocolo.pk)
