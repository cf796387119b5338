"""Every change of state of a file. Each locks, refuses by name, changes, and leaves the rest to the same transaction."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from conecta.arquivos import cofre
from conecta.contas.models import Organizacao, Usuario
from conecta.fila.fila import enfileirar
from conecta.fila.registro import tipo_de
from lotes.models import Lote
from uploads.erros import MudancaNaoPermitida
from uploads.estados import MUDANCAS_DO_ARQUIVO, SituacaoDoArquivo
from uploads.models import Arquivo, Critica, Versao
from uploads.nomes import para_busca

TRABALHO = "uploads.processar"
_MOTIVOS = {
    SituacaoDoArquivo.EM_PROCESSAMENTO: "ainda está em processamento. Aguarde o resultado.",
    SituacaoDoArquivo.IMPORTADO: "já foi importado e não muda mais. Veja o lote dele.",
    SituacaoDoArquivo.INVALIDO: "está inválido. Corrija as críticas dele ou inclua outro arquivo.",
    SituacaoDoArquivo.FALHOU: "não chegou a ser processado. Tente de novo.",
}


def incluir(*, prestador: Organizacao, nome: str, dados: bytes, por: Usuario) -> Arquivo:
    """Keep a file as it came, give it its lot number, and put its work in the queue."""
    conteudo = cofre.guardar(dados, prestador_id=prestador.pk)
    arquivo = Arquivo.objects.create(
        prestador=prestador,
        nome=nome,
        nome_busca=para_busca(nome),
        numero_lote=_proximo_numero(),
        criado_por=por,
        criado_por_nome=por.nome,
    )
    Versao.objects.create(prestador=prestador, arquivo=arquivo, numero=1, conteudo=conteudo, criada_por_nome=por.nome)
    enfileirar(tipo_de(TRABALHO), arquivo.pk)
    return arquivo


def invalidar(*, arquivo: Arquivo) -> None:
    """The verdict: it is not imported."""
    _mudar(arquivo, SituacaoDoArquivo.INVALIDO)
    arquivo.processado_em = timezone.now()
    arquivo.erro = ""
    arquivo.save()


def importar(*, arquivo: Arquivo, lote: Lote) -> None:
    """The verdict: its lot exists. What was ignored goes with the lot, for the operadora to read once it is sent."""
    _mudar(arquivo, SituacaoDoArquivo.IMPORTADO)
    arquivo.lote = lote
    arquivo.processado_em = timezone.now()
    arquivo.erro = ""
    arquivo.save()
    Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual, ignorada=True).update(
        lote=lote, operadora_id=lote.operadora_id
    )


def falhar(*, arquivo_id: int) -> None:
    """Set the file aside after three attempts. Nothing is lost; it can be tried again."""
    arquivo = Arquivo.objects.select_for_update().get(pk=arquivo_id)
    if arquivo.situacao != SituacaoDoArquivo.EM_PROCESSAMENTO:
        return
    _mudar(arquivo, SituacaoDoArquivo.FALHOU)
    arquivo.processado_em = timezone.now()
    arquivo.erro = (
        "O Conecta tentou três vezes e não conseguiu terminar de conferir este arquivo. Ele está guardado como veio. "
        "Tente de novo; se acontecer outra vez, fale com o suporte e informe o Nº Lote."
    )
    arquivo.save(update_fields=["situacao", "processado_em", "erro"])


def tentar_de_novo(*, arquivo_id: int, por: Usuario) -> Arquivo:
    """Put a file that was set aside in the queue again."""
    arquivo = _travar(arquivo_id)
    if arquivo.situacao != SituacaoDoArquivo.FALHOU:
        raise _recusa(arquivo)
    _reprocessar(arquivo)
    return arquivo


def _reprocessar(arquivo: Arquivo) -> None:
    _mudar(arquivo, SituacaoDoArquivo.EM_PROCESSAMENTO)
    arquivo.processado_em = None
    arquivo.erro = ""
    arquivo.save()
    enfileirar(tipo_de(TRABALHO), arquivo.pk)


def _travar(arquivo_id: int) -> Arquivo:
    return Arquivo.objects.select_for_update().get(pk=arquivo_id)


def _mudar(arquivo: Arquivo, para: SituacaoDoArquivo) -> None:
    if para not in MUDANCAS_DO_ARQUIVO[SituacaoDoArquivo(arquivo.situacao)]:
        raise _recusa(arquivo)
    arquivo.situacao = para


def _recusa(arquivo: Arquivo) -> MudancaNaoPermitida:
    motivo = _MOTIVOS[SituacaoDoArquivo(arquivo.situacao)]
    return MudancaNaoPermitida(f"O arquivo “{arquivo.nome}” {motivo}", arquivo)


def _proximo_numero() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('lotes_numero')")
        (numero,) = cursor.fetchone()
    return int(numero)
