"""*Testar arquivo*: the verdict that a file would get now, and nothing kept of it.

The file is judged by a process of its own (`uploads.isolamento`), in a transaction that the database itself keeps from
writing.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import structlog
from django.conf import settings
from django.core import signing
from django.db import connection
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.erros import ErroDeNegocio
from conecta.tenancy.escopo import TipoDeInquilino, inquilino
from uploads.causas import titulos
from uploads.isolamento import TrabalhoInterrompido, isolar
from uploads.julgamento import julgar_para
from uploads.limites import vez_de_testar
from uploads.recepcao import Recebido
from uploads.relatorio import Relatorio, relatar

registro_de_eventos = structlog.get_logger(__name__)


class TesteInterrompido(ErroDeNegocio):
    """The file took more time or memory than a dry run may have, or could not be judged at all."""


class RelatorioVencido(ErroDeNegocio):
    """What was sent back is not a report of ours, or is too old."""


def testar(recebido: Recebido, *, prestador: Organizacao, por: Usuario) -> Relatorio:
    """The report on a file as if that prestador had sent it now.

    Raises `LimiteDeTestes` and `TesteInterrompido`.
    """
    banco = connection.settings_dict["NAME"]
    with vez_de_testar(prestador):
        try:
            valores = isolar(
                __name__,
                julgar_sem_guardar.__name__,
                *(recebido.nome, recebido.dados, prestador.pk, por.pk, banco),
                octetos=len(recebido.dados),
            )
        except TrabalhoInterrompido as erro:
            registro_de_eventos.warning("teste_interrompido", motivo=str(erro), octetos=len(recebido.dados))
            raise TesteInterrompido(
                f"O teste de “{recebido.nome}” foi interrompido antes do fim, e nada foi guardado. Tente de novo; se "
                "acontecer outra vez, divida o lote em arquivos menores.",
                prestador,
            ) from None
    return Relatorio.de_valores(valores)


def julgar_sem_guardar(nome: str, dados: bytes, prestador_id: int, usuario_id: int, banco: str) -> dict[str, Any]:
    """The report in plain values. Runs in the isolated process, whose database connection is read-only from here on."""
    so_ler(banco)
    with inquilino(TipoDeInquilino.PRESTADOR, prestador_id, usuario_id):
        veredito = julgar_para(Organizacao.objects.get(pk=prestador_id), dados, nome)
        relatorio = relatar(
            veredito, nome=nome, sha256=hashlib.sha256(dados).hexdigest(), tamanho=len(dados), agora=timezone.now()
        )
        return _com_nomes(relatorio).em_valores()


def so_ler(banco: str) -> None:
    """Let this process's connection be one to that database in which nothing can be written."""
    connection.settings_dict["NAME"] = banco
    opcoes = connection.settings_dict["OPTIONS"]
    so_leitura = f"{opcoes.get('options', '')} -c default_transaction_read_only=on"
    connection.settings_dict["OPTIONS"] = {**opcoes, "options": so_leitura.strip()}


def _com_nomes(relatorio: Relatorio) -> Relatorio:
    """The report with what only the database can name."""
    nomes = titulos({causa.codigo for causa in relatorio.causas})
    operadora = Organizacao.objects.filter(
        tipo=Organizacao.Tipo.OPERADORA, registro_ans=relatorio.registro_ans or None
    ).first()
    return replace(
        relatorio,
        operadora=operadora.rotulo if operadora else "",
        causas=[replace(causa, titulo=nomes.get(causa.codigo, "Crítica do arquivo")) for causa in relatorio.causas],
    )


def selar(relatorio: Relatorio, prestador: Organizacao) -> str:
    """The report as a text that its reader's page keeps, and that only this organisation can bring back."""
    return signing.dumps(relatorio.em_valores(), salt=_sal(prestador), compress=True)


def abrir(texto: str, prestador: Organizacao) -> Relatorio:
    """The report that was sealed. Raises `RelatorioVencido` for any other text, and when the session's time is over."""
    try:
        valores = signing.loads(texto, salt=_sal(prestador), max_age=settings.SESSION_ABSOLUTA_SEGUNDOS)
    except signing.BadSignature:
        raise RelatorioVencido(
            "Este relatório não vale mais. Teste o arquivo outra vez e baixe a planilha do novo relatório.", prestador
        ) from None
    return Relatorio.de_valores(valores)


def _sal(prestador: Organizacao) -> str:
    return f"uploads.teste:{prestador.pk}"
