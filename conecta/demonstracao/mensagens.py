"""What people of the demonstration wrote to each other: a request for documents that waits, and an informativo."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.tenancy.escopo import inquilino
from lotes.estados import SituacaoDoProtocolo, TipoDeGuia
from lotes.mensagens import informativos, transicoes
from lotes.mensagens.documentos import TipoDeDocumento
from lotes.mensagens.models import Informativo
from lotes.models import Protocolo

_ANALISTA: Final = "rui@pasa.example"
_GESTOR: Final = "gustavo@pasa.example"
_FATURISTA: Final = "marina@aurelia.example"
_TEXTO: Final = (
    "O recebimento de lotes para de 24/12 a 01/01. O prazo de entrega da competência não muda: quem envia até o dia 23 "
    "recebe no calendário normal.\n\nDúvidas sobre um lote: escreva na Troca de Mensagens do próprio lote."
)


def criar_mensagens(organizacoes: dict[str, Organizacao]) -> None:
    """Ask Santa Aurélia for documents of a lot sent to PASA, and tell all of PASA's prestadores of its recess, once."""
    operadora, prestador = organizacoes["pasa"], organizacoes["santa-aurelia"]
    analista, gestor, faturista = (Usuario.objects.get(email=email) for email in (_ANALISTA, _GESTOR, _FATURISTA))
    with inquilino(operadora.tipo, operadora.pk, gestor.pk):
        if Informativo.objects.exists():
            return
        _informar(operadora, gestor)
    with inquilino(operadora.tipo, operadora.pk, analista.pk):
        protocolo = _protocolo(prestador)
        transicoes.pedir_e_esperar(
            protocolo=protocolo,
            por=analista,
            texto="Falta a assinatura do beneficiário em três consultas do dia. Envie a lista de presença assinada.",
            tipos=[TipoDeDocumento.COMPARECIMENTO],
            prazo=timezone.localdate() + timedelta(days=7),
        )
    with inquilino(prestador.tipo, prestador.pk, faturista.pk):
        transicoes.escrever(
            protocolo=_protocolo(prestador),
            de=prestador,
            por=faturista,
            texto="Bom dia, Rui. A recepção está separando a lista; envio ainda hoje.",
        )


def _protocolo(prestador: Organizacao) -> Protocolo:
    """The lot of consultas of Santa Aurélia that PASA has received."""
    recebidos = Protocolo.objects.select_related("lote", "prestador", "operadora").filter(
        prestador=prestador,
        lote__tipo_de_guia=TipoDeGuia.CONSULTA,
        situacao__in=[SituacaoDoProtocolo.ENVIADO, SituacaoDoProtocolo.AGUARDANDO_INFORMACAO],
    )
    return recebidos.earliest("pk")


def _informar(operadora: Organizacao, gestor: Usuario) -> None:
    escrito = informativos.gravar(
        operadora=operadora,
        informativo=None,
        valores={
            "titulo": "Recesso de fim de ano",
            "texto": _TEXTO,
            "importante": True,
            "para_todos": True,
            "mostrar_de": timezone.localdate(),
            "mostrar_ate": None,
        },
        por=gestor,
    )
    informativos.publicar(informativo=escrito, por=gestor)
