"""Every change of state of a file: each locks, refuses by name, changes, and leaves its traces, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from conecta.arquivos import cofre
from conecta.contas.models import Organizacao, Usuario
from conecta.fila.fila import enfileirar
from conecta.fila.registro import tipo_de
from conecta.interface.formatos import datahora
from conecta.texto import para_busca
from lotes.models import Lote
from lotes.numeracao import proximo_lote
from tiss_schemas import edicao
from tiss_schemas.edicoes import Edicao
from tiss_schemas.leitura import ArquivoRecusado, Documento, ler
from uploads.erros import CorrecaoConcorrente, CriticaNaoIgnoravel, MudancaNaoPermitida
from uploads.estados import MUDANCAS_DO_ARQUIVO, SituacaoDoArquivo
from uploads.gravacao import gravar_alteracoes
from uploads.models import Arquivo, Critica, Versao
from uploads.nomes import MAIOR_NOME
from uploads.versoes import conteudo_de, versao_de

TRABALHO = "uploads.processar"
_MOTIVOS = {
    SituacaoDoArquivo.EM_PROCESSAMENTO: "ainda está em processamento. Aguarde o resultado.",
    SituacaoDoArquivo.IMPORTADO: "já foi importado e não muda mais. Veja o lote dele.",
    SituacaoDoArquivo.INVALIDO: "está inválido. Corrija as críticas dele ou inclua outro arquivo.",
    SituacaoDoArquivo.FALHOU: "não chegou a ser processado. Tente de novo.",
}

MENOR_JUSTIFICATIVA = 10
MAIOR_JUSTIFICATIVA = 500


@dataclass(frozen=True, slots=True)
class Ignorar:
    """Críticas, by their ids, that are ignored for one reason."""

    criticas: frozenset[int]
    justificativa: str


@transaction.atomic
def incluir(*, prestador: Organizacao, nome: str, dados: bytes, por: Usuario) -> Arquivo:
    """Keep a file as it came, give it its lot number, and put its work in the queue."""
    conteudo = cofre.guardar(dados, prestador_id=prestador.pk)
    arquivo = Arquivo.objects.create(
        prestador=prestador,
        nome=nome,
        nome_busca=para_busca(nome)[:MAIOR_NOME],
        numero_lote=proximo_lote(),
        criado_por=por,
        criado_por_nome=por.nome,
    )
    Versao.objects.create(prestador=prestador, arquivo=arquivo, numero=1, conteudo=conteudo, criada_por_nome=por.nome)
    enfileirar(tipo_de(TRABALHO), arquivo.pk)
    return arquivo


@transaction.atomic
def invalidar(*, arquivo: Arquivo) -> None:
    """The verdict: it is not imported."""
    _mudar(arquivo, SituacaoDoArquivo.INVALIDO)
    arquivo.processado_em = timezone.now()
    arquivo.erro = ""
    arquivo.save()


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
def tentar_de_novo(*, arquivo_id: int, por: Usuario) -> Arquivo:
    """Put a file that was set aside in the queue again."""
    arquivo = _travar(arquivo_id)
    if arquivo.situacao != SituacaoDoArquivo.FALHOU:
        raise recusa(arquivo)
    _reprocessar(arquivo)
    return arquivo


@transaction.atomic
def ignorar(*, arquivo_id: int, versao: int, pedido: Ignorar, por: Usuario) -> int:
    """Ignore críticas of the current version with a justification; how many. It counts from the next verdict on.

    Raises `CriticaNaoIgnoravel` where a rule does not let it, or the reason is too short or too long.
    """
    arquivo = _travar_para_corrigir(arquivo_id, versao)
    return _ignorar(arquivo, pedido, por)


@transaction.atomic
def desfazer_ignorar(*, arquivo_id: int, versao: int, criticas: frozenset[int], por: Usuario) -> int:
    """Take back that these críticas are ignored; how many were."""
    arquivo = _travar_para_corrigir(arquivo_id, versao)
    return (
        _criticas(arquivo, criticas)
        .filter(ignorada=True)
        .update(ignorada=False, justificativa="", ignorada_em=None, ignorada_por=None, ignorada_por_nome="")
    )


@transaction.atomic
def salvar_correcoes(
    *,
    arquivo_id: int,
    versao: int,
    edicoes: Sequence[Edicao] = (),
    passos: Sequence[Sequence[Edicao]] = (),
    ignorar: Sequence[Ignorar] = (),
    recalcular: bool,
    por: Usuario,
) -> Arquivo:
    """*Salvar Reprocessar*: a new version with these corrections, what was ignored, and the whole verdict again.

    `versao` is the one that the person saw. `edicoes` all mean that version; each of `passos`, lists that were decided
    one after the other, means what the one before it left. Without any change of bytes the same version is judged
    again: the register may have changed, or something was ignored. Raises `CorrecaoConcorrente`, `CriticaNaoIgnoravel`,
    `MudancaNaoPermitida`, and `tiss_schemas.edicao.ErroDeEdicao` for a correction that cannot be made.
    """
    arquivo = _travar_para_corrigir(arquivo_id, versao)
    for pedido in ignorar:
        _ignorar(arquivo, pedido, por)
    todos = [passo for passo in (edicoes, *passos) if passo]
    if todos or recalcular:
        _nova_versao(arquivo, todos, recalcular, por)
    _reprocessar(arquivo)
    return arquivo


def _nova_versao(arquivo: Arquivo, passos: Sequence[Sequence[Edicao]], recalcular: bool, por: Usuario) -> None:
    resultado, documento = _corrigido(conteudo_de(arquivo), passos, recalcular)
    if not resultado.mudancas:
        return
    conteudo = cofre.guardar(resultado.conteudo, prestador_id=arquivo.prestador_id)
    arquivo.versao_atual += 1
    arquivo.corrigido_online = True
    Versao.objects.create(
        prestador_id=arquivo.prestador_id,
        arquivo=arquivo,
        numero=arquivo.versao_atual,
        conteudo=conteudo,
        criada_por_nome=por.nome,
    )
    gravar_alteracoes(arquivo, resultado.mudancas, documento, por)


def _corrigido(
    conteudo: bytes, passos: Sequence[Sequence[Edicao]], recalcular: bool
) -> tuple[edicao.Resultado, Documento]:
    """The corrected file, and it read: one that cannot be would leave nothing to correct in it any more."""
    try:
        resultado = edicao.aplicar_passos(conteudo, passos, recalcular=recalcular)
        return resultado, ler(resultado.conteudo)
    except ArquivoRecusado as erro:
        raise edicao.ErroDeEdicao(erro.achado.caminho, erro.achado.mensagem) from None


def _ignorar(arquivo: Arquivo, pedido: Ignorar, por: Usuario) -> int:
    justificativa = " ".join(pedido.justificativa.split())
    if not MENOR_JUSTIFICATIVA <= len(justificativa) <= MAIOR_JUSTIFICATIVA:
        raise CriticaNaoIgnoravel(
            f"Escreva a justificativa com {MENOR_JUSTIFICATIVA} a {MAIOR_JUSTIFICATIVA} caracteres: a operadora a lê.",
            arquivo,
        )
    criticas = _criticas(arquivo, pedido.criticas)
    if criticas.exclude(severidade=Critica.Severidade.IGNORAVEL).exists():
        raise CriticaNaoIgnoravel("Esta crítica não pode ser ignorada. Corrija o campo que ela aponta.", arquivo)
    return criticas.update(
        ignorada=True,
        justificativa=justificativa,
        ignorada_em=timezone.now(),
        ignorada_por=por,
        ignorada_por_nome=por.nome,
    )


def _criticas(arquivo: Arquivo, ids: frozenset[int]) -> QuerySet[Critica]:
    """The críticas of the current version with these ids. Refuses when one is gone: the file was judged anew."""
    criticas = Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual, pk__in=ids)
    if criticas.count() != len(ids):
        raise CorrecaoConcorrente(
            "O arquivo foi conferido de novo depois que você abriu esta tela. Veja as críticas de agora.", arquivo
        )
    return criticas


def correcao_concorrente(arquivo: Arquivo) -> CorrecaoConcorrente:
    """The refusal that says who saved the current version, and when."""
    outra = versao_de(arquivo)
    agora = "confira e salve de novo."
    if arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        agora = "com aquelas correções o arquivo deixou de esperar por outras. Veja o resultado no histórico."
    return CorrecaoConcorrente(
        f"{outra.criada_por_nome} salvou correções neste arquivo em {datahora(outra.criada_em)}, depois que você abriu "
        f"esta tela. O que você digitou não foi salvo, mas está aqui: {agora}",
        arquivo,
    )


def _travar_para_corrigir(arquivo_id: int, versao: int) -> Arquivo:
    arquivo = _travar(arquivo_id)
    if arquivo.versao_atual != versao:
        raise correcao_concorrente(arquivo)
    if arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        raise recusa(arquivo)
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
        raise recusa(arquivo)
    arquivo.situacao = para


def recusa(arquivo: Arquivo) -> MudancaNaoPermitida:
    """The refusal that says in which state the file is."""
    motivo = _MOTIVOS[SituacaoDoArquivo(arquivo.situacao)]
    return MudancaNaoPermitida(f"O arquivo “{arquivo.nome}” {motivo}", arquivo)
