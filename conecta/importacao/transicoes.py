"""Every change of state of an import. The jobs write in one transaction: killed anywhere, they leave nothing behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.erros import ErroDeNegocio
from conecta.fila import fila
from conecta.fila.registro import tipo_de
from conecta.importacao import guarda, trabalho
from conecta.importacao.erros import ForaDeHora
from conecta.importacao.estados import CANCELAVEIS, RECONFERIVEIS, Modo, SituacaoDaImportacao
from conecta.importacao.layout import Layout
from conecta.importacao.models import Importacao, LinhaRuim

CONFERIR, GRAVAR = "importacao.conferir", "importacao.gravar"
"""Names of the jobs."""


@transaction.atomic
def incluir(
    *,
    organizacao: Organizacao,
    layout: Layout,
    opcoes: Mapping[str, Any],
    nome: str,
    tamanho: int,
    arquivo: IO[bytes],
    por: Usuario,
) -> Importacao:
    """Keep a file and have it checked. `opcoes` are the cleaned values of the layout's form."""
    importacao = Importacao.objects.create(
        organizacao=organizacao,
        layout=layout.id,
        opcoes={nome: _guardavel(valor) for nome, valor in opcoes.items()},
        nome=nome,
        tamanho=tamanho,
        quem=por,
        quem_nome=str(por)[:70],
    )
    guarda.guardar(importacao, arquivo)
    fila.enfileirar(tipo_de(CONFERIR), importacao.pk)
    return importacao


@transaction.atomic
def pedir_gravacao(*, importacao_id: int, modo: Modo, por: Usuario) -> Importacao:
    """Have the rows written. Raises `ForaDeHora` unless it is checked, and for all or nothing with bad lines."""
    importacao = _travada(importacao_id)
    if importacao.situacao != SituacaoDaImportacao.CONFERIDA:
        raise ForaDeHora("Só uma importação conferida pode ser gravada. Abra-a e veja como está.", importacao)
    if modo == Modo.TUDO and importacao.ruins:
        raise ForaDeHora("Há linhas com erro: corrija o arquivo, ou escolha gravar só as linhas boas.", importacao)
    if not importacao.boas:
        raise ForaDeHora("Nenhuma linha do arquivo pode ser gravada. Corrija-o e envie outra vez.", importacao)
    importacao.modo = modo
    importacao.situacao = SituacaoDaImportacao.GRAVANDO
    importacao.save(update_fields=["modo", "situacao"])
    fila.enfileirar(tipo_de(GRAVAR), importacao.pk)
    return importacao


@transaction.atomic
def reconferir(*, importacao_id: int, por: Usuario) -> Importacao:
    """Check the same file again, against the register as it is now. Raises `ForaDeHora`."""
    importacao = _travada(importacao_id)
    if importacao.situacao not in RECONFERIVEIS or importacao.limpa_em:
        raise ForaDeHora("Esta importação não pode mais ser conferida. Envie o arquivo outra vez.", importacao)
    importacao.situacao = SituacaoDaImportacao.CONFERINDO
    importacao.erro = ""
    importacao.save(update_fields=["situacao", "erro"])
    fila.enfileirar(tipo_de(CONFERIR), importacao.pk)
    return importacao


@transaction.atomic
def cancelar(*, importacao_id: int, por: Usuario) -> Importacao:
    """Give an import up; what a job has written by now is undone with it. Raises `ForaDeHora` when it is at an end."""
    importacao = _travada(importacao_id)
    if importacao.situacao not in CANCELAVEIS:
        raise ForaDeHora("Esta importação já terminou: não há o que cancelar.", importacao)
    importacao.situacao = SituacaoDaImportacao.CANCELADA
    importacao.terminada_em = timezone.now()
    importacao.save(update_fields=["situacao", "terminada_em"])
    return importacao


def conferir(importacao_id: int) -> None:
    """The job that checks a file."""
    de = SituacaoDaImportacao.CONFERINDO
    importacao = Importacao.objects.get(pk=importacao_id)
    if importacao.situacao != de:
        return
    try:
        with transaction.atomic():
            achado = trabalho.conferir(importacao)
            _passar(importacao_id, de, situacao=SituacaoDaImportacao.CONFERIDA, **achado)
    except trabalho.Parada:
        return
    except ErroDeNegocio as recusa:
        _terminar(importacao_id, de, SituacaoDaImportacao.RECUSADA, recusa.frase)


def gravar(importacao_id: int) -> None:
    """The job that writes its rows."""
    de = SituacaoDaImportacao.GRAVANDO
    importacao = Importacao.objects.get(pk=importacao_id)
    if importacao.situacao != de:
        return
    try:
        with transaction.atomic():
            feito = trabalho.gravar(importacao)
            _passar(importacao_id, de, situacao=SituacaoDaImportacao.CONCLUIDA, terminada_em=timezone.now(), **feito)
    except trabalho.Parada:
        return
    except ErroDeNegocio as recusa:
        _terminar(importacao_id, de, SituacaoDaImportacao.FALHOU, recusa.frase)


def falhar(importacao_id: int) -> None:
    """Say that the Conecta could not finish a job."""
    Importacao.objects.filter(pk=importacao_id).exclude(situacao=SituacaoDaImportacao.CANCELADA).update(
        situacao=SituacaoDaImportacao.FALHOU,
        erro="O Conecta tentou três vezes e não conseguiu terminar. Nada foi gravado. Tente conferir de novo.",
        terminada_em=timezone.now(),
    )


@transaction.atomic
def limpar(importacao: Importacao) -> None:
    """Remove the content and the bad lines of an import that no job works on; what became of it stays.

    One that nobody decided about is given up with it.
    """
    guarda.apagar(importacao)
    LinhaRuim.objects.filter(importacao=importacao).delete()
    agora = timezone.now()
    Importacao.objects.filter(pk=importacao.pk).update(amostra=[], limpa_em=agora)
    Importacao.objects.filter(pk=importacao.pk, situacao=SituacaoDaImportacao.CONFERIDA).update(
        situacao=SituacaoDaImportacao.CANCELADA, terminada_em=agora
    )


def _passar(importacao_id: int, de: SituacaoDaImportacao, **mudancas: Any) -> None:
    """Change a row that still is where it was; raises `Parada`, which undoes the work, when somebody cancelled it."""
    if not Importacao.objects.filter(pk=importacao_id, situacao=de).update(**mudancas):
        raise trabalho.Parada


def _terminar(importacao_id: int, de: SituacaoDaImportacao, para: SituacaoDaImportacao, frase: str) -> None:
    Importacao.objects.filter(pk=importacao_id, situacao=de).update(
        situacao=para, erro=frase[:500], terminada_em=timezone.now()
    )


def _travada(importacao_id: int) -> Importacao:
    return Importacao.objects.select_for_update().get(pk=importacao_id)


def _guardavel(valor: Any) -> Any:
    return valor.pk if isinstance(valor, Model) else valor
