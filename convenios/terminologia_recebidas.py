"""Every change of state of an edition that came in by the screen, in the scope of the platform.

A job reads the file and says what it would change; another, once somebody agreed, takes it in.
"""

from __future__ import annotations

import gzip
import io
from typing import IO, Any, Final

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.fila import fila
from conecta.fila.registro import tipo_de
from conecta.importacao.erros import ArquivoRecusado, ForaDeHora
from conecta.importacao.estados import CANCELAVEIS, SituacaoDaImportacao
from conecta.interface.formatos import data
from convenios.models import EdicaoRecebida
from convenios.terminologia_ans import EdicaoLida, Linha, Mudancas, comparar, importar, ler_edicao, recusar_incompleta

CONFERIR, GRAVAR = "terminologia.conferir", "terminologia.gravar"
"""Names of the jobs."""
_EXEMPLOS: Final = 5
_MAIOR_EXEMPLO: Final = 200


@transaction.atomic
def receber(
    *, tabela: str, rotulo: str, completa: bool, nome: str, tamanho: int, arquivo: IO[bytes], por: Usuario
) -> EdicaoRecebida:
    """Keep a file and have it checked. `completa`: what it leaves out ends on the day on which it is taken in."""
    recebida = EdicaoRecebida.objects.create(
        tabela=tabela,
        rotulo=rotulo,
        completa=completa,
        nome=nome,
        tamanho=tamanho,
        comprimido=gzip.compress(arquivo.read(), compresslevel=6),
        quem=por,
        quem_nome=str(por)[:70],
    )
    fila.enfileirar(tipo_de(CONFERIR), recebida.pk)
    return recebida


@transaction.atomic
def pedir_gravacao(*, recebida_id: int, por: Usuario) -> EdicaoRecebida:
    """Have a checked edition taken in.

    Raises `ForaDeHora` for one that is not, or that would change nothing, and `TabelaIncompleta`.
    """
    recebida = _travada(recebida_id)
    if recebida.situacao != SituacaoDaImportacao.CONFERIDA:
        raise ForaDeHora("Só uma edição conferida pode ser importada. Veja abaixo como esta está.", recebida)
    if not _muda_algo(recebida):
        raise ForaDeHora("Este arquivo não mudaria nada: não há o que importar.", recebida)
    recusar_incompleta(completa=recebida.completa, quantas_ruins=recebida.quantas_ruins or 0)
    recebida.situacao = SituacaoDaImportacao.GRAVANDO
    recebida.save(update_fields=["situacao"])
    fila.enfileirar(tipo_de(GRAVAR), recebida.pk)
    return recebida


@transaction.atomic
def cancelar(*, recebida_id: int, por: Usuario) -> EdicaoRecebida:
    """Give it up; what a job has written by now is undone with it. Raises `ForaDeHora` when it is at an end."""
    recebida = _travada(recebida_id)
    if recebida.situacao not in CANCELAVEIS:
        raise ForaDeHora("Esta importação já terminou: não há o que cancelar.", recebida)
    _terminar(recebida_id, SituacaoDaImportacao(recebida.situacao), SituacaoDaImportacao.CANCELADA)
    return recebida


def pode_entrar(recebida: EdicaoRecebida) -> bool:
    """Whether what a check found can be taken in."""
    return _muda_algo(recebida) and not (recebida.completa and recebida.quantas_ruins)


def conferir(recebida_id: int) -> None:
    """The job that reads a file and says what it would change."""
    recebida = EdicaoRecebida.objects.get(pk=recebida_id)
    if recebida.situacao != SituacaoDaImportacao.CONFERINDO:
        return
    try:
        edicao = _lida(recebida)
    except ArquivoRecusado as recusa:
        _terminar(recebida_id, SituacaoDaImportacao.CONFERINDO, SituacaoDaImportacao.RECUSADA, erro=recusa.frase[:500])
        return
    mudancas = comparar(edicao, completa=recebida.completa, hoje=timezone.localdate())
    EdicaoRecebida.objects.filter(pk=recebida_id, situacao=SituacaoDaImportacao.CONFERINDO).update(
        situacao=SituacaoDaImportacao.CONFERIDA, **_achado(edicao, mudancas)
    )


def gravar(recebida_id: int) -> None:
    """The job that takes it in. What was cancelled while it ran is undone."""
    recebida = EdicaoRecebida.objects.get(pk=recebida_id)
    if recebida.situacao != SituacaoDaImportacao.GRAVANDO:
        return
    edicao = _lida(recebida)
    with transaction.atomic():
        mudancas = importar(
            edicao,
            rotulo=recebida.rotulo,
            completa=recebida.completa,
            hoje=timezone.localdate(),
            quem_nome=recebida.quem_nome,
        )
        de, para = SituacaoDaImportacao.GRAVANDO, SituacaoDaImportacao.CONCLUIDA
        if not _terminar(recebida_id, de, para, **_achado(edicao, mudancas)):
            transaction.set_rollback(True)


def falhar(recebida_id: int, erro: str) -> None:
    """Say that the Conecta could not finish a job."""
    frase = "O Conecta tentou três vezes e não conseguiu terminar. Nada foi importado. Envie o arquivo outra vez."
    for de in (SituacaoDaImportacao.CONFERINDO, SituacaoDaImportacao.GRAVANDO):
        _terminar(recebida_id, de, SituacaoDaImportacao.FALHOU, erro=frase)


def _muda_algo(recebida: EdicaoRecebida) -> bool:
    linhas = (recebida.novas, recebida.mudadas, recebida.encerradas, recebida.iguais)
    return any(linhas) and not recebida.ja_estava


def _lida(recebida: EdicaoRecebida) -> EdicaoLida:
    with gzip.GzipFile(fileobj=io.BytesIO(bytes(recebida.comprimido or b""))) as comprimido:
        return ler_edicao(io.BytesIO(comprimido.read(recebida.tamanho)), recebida.tabela)


def _achado(edicao: EdicaoLida, mudancas: Mudancas) -> dict[str, Any]:
    """What the page shows, by the names of fields."""
    listas = {"novas": mudancas.novas, "mudadas": mudancas.mudadas, "encerradas": mudancas.encerradas}
    return {
        **{nome: len(linhas) for nome, linhas in listas.items()},
        "iguais": mudancas.iguais,
        "ja_estava": mudancas.ja_estava,
        "quantas_ruins": edicao.quantas_ruins,
        "ruins": [{"linha": ruim.numero, "coluna": ruim.coluna, "motivo": ruim.motivo} for ruim in edicao.ruins],
        "exemplos": {nome: [_exemplo(linha) for linha in linhas[:_EXEMPLOS]] for nome, linhas in listas.items()},
    }


def _exemplo(linha: Linha) -> dict[str, str]:
    return {
        "codigo": linha.codigo,
        "termo": linha.termo[:_MAIOR_EXEMPLO],
        "inicio": data(linha.inicio) if linha.inicio else "",
        "fim": data(linha.fim) if linha.fim else "",
    }


def _terminar(recebida_id: int, de: SituacaoDaImportacao, para: SituacaoDaImportacao, **campos: Any) -> bool:
    """Bring one that still is where it was to its end; its bytes go. Gives whether it was."""
    esta = EdicaoRecebida.objects.filter(pk=recebida_id, situacao=de)
    return bool(esta.update(situacao=para, comprimido=None, terminada_em=timezone.now(), **campos))


def _travada(recebida_id: int) -> EdicaoRecebida:
    return EdicaoRecebida.objects.defer("comprimido").select_for_update().get(pk=recebida_id)
