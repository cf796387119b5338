"""What a worker does with a file: judge it, keep what was found, and import it when nothing stands against it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from conecta.arquivos import cofre
from conecta.contas.models import Organizacao
from lotes import recebimento
from lotes.estados import Canal
from lotes.models import Lote
from tiss_schemas.achados import Achado
from uploads import progresso, transicoes
from uploads.caminhos import Caminhos
from uploads.contagens import contar
from uploads.digitacao.conhecidos import aprender_do_lote
from uploads.estados import SituacaoDoArquivo
from uploads.gravacao import Chave, Ignorada, gravar_criticas, ignoradas_antes, impede
from uploads.julgamento import julgar_arquivo
from uploads.models import Arquivo, Versao
from uploads.progresso import Etapa
from uploads.veredito import Veredito
from uploads.versoes import versao_de

_NUMERO_REPETIDO = "lote_numero_do_prestador_unico"


def processar(arquivo_id: int) -> None:
    """Judge the current version of a file and import it or say what is wrong. Does nothing to a file that is done.

    One transaction: the caller's, in the scope of the prestador.
    """
    arquivo = Arquivo.objects.select_for_update(of=("self",)).select_related("prestador").get(pk=arquivo_id)
    if arquivo.situacao != SituacaoDoArquivo.EM_PROCESSAMENTO:
        return
    progresso.marcar(arquivo_id, Etapa.LENDO)
    versao = versao_de(arquivo)
    dados = cofre.abrir(versao.conteudo_id)
    progresso.marcar(arquivo_id, Etapa.CONFERINDO)
    veredito = julgar_arquivo(arquivo, dados)
    ignoradas = ignoradas_antes(arquivo)
    lote = None
    if nada_impede(veredito.achados, ignoradas):
        progresso.marcar(arquivo_id, Etapa.IMPORTANDO)
        lote = _importar(arquivo, versao, veredito)
        if lote is None:
            # Another file of this prestador took the number meanwhile: now the rules see it, and say so.
            veredito = julgar_arquivo(arquivo, dados)
    _concluir(arquivo, veredito, ignoradas, lote)


def nada_impede(achados: Sequence[Achado], ignoradas: dict[Chave, Ignorada]) -> bool:
    """Whether a file with these findings is imported: what may be ignored stops it until somebody said why."""
    return not any(impede(achado, ignoradas) for achado in achados)


def _importar(arquivo: Arquivo, versao: Versao, veredito: Veredito) -> Lote | None:
    """The file's lot; None when its number was taken between the verdict and now."""
    lido = veredito.lote
    if lido is None:
        raise ValueError("a message without a lot cannot be valid")
    procedencia = recebimento.Procedencia(
        prestador=arquivo.prestador,
        operadora=Organizacao.objects.get(tipo=Organizacao.Tipo.OPERADORA, registro_ans=lido.registro_ans_destino),
        numero=arquivo.numero_lote,
        conteudo_id=versao.conteudo_id,
        canal=Canal.UPLOAD,
        por_id=arquivo.criado_por_id,
        por_nome=arquivo.criado_por_nome,
        convenio_id=veredito.convenio_id,
    )
    try:
        with transaction.atomic():
            return recebimento.receber(lido, procedencia)
    except IntegrityError as erro:
        if _NUMERO_REPETIDO not in str(erro):
            raise
        return None


def _concluir(arquivo: Arquivo, veredito: Veredito, ignoradas: dict[Chave, Ignorada], lote: Lote | None) -> None:
    _descrever(arquivo, veredito)
    gravar_criticas(arquivo, veredito.achados, Caminhos(veredito.documento, veredito.lote), ignoradas)
    contar(arquivo, veredito, importado=lote is not None)
    if lote is None:
        transicoes.invalidar(arquivo=arquivo)
    else:
        transicoes.importar(arquivo=arquivo, lote=lote)
        aprender_do_lote(lote, veredito.lote.guias if veredito.lote else ())


def _descrever(arquivo: Arquivo, veredito: Veredito) -> None:
    """Copy to the file's row what lists show of its message."""
    lido = veredito.lote
    documento = veredito.documento
    registro = lido.registro_ans_destino if lido else None
    arquivo.versao_tiss = ((documento.versao or "") if documento else "")[:8]
    arquivo.tipo_de_guia = (lido.tipo_guia or "") if lido else ""
    arquivo.quantidade_de_guias = len(lido.guias) if lido else 0
    arquivo.numero_lote_do_prestador = ((lido.numero_lote or "") if lido else "")[:12]
    arquivo.operadora = _operadora(registro)
    arquivo.quantidade_de_criticas = len(veredito.achados)
    arquivo.quantidade_impeditivas = sum(achado.impede for achado in veredito.achados)


def _operadora(registro: str | None) -> Organizacao | None:
    """The operadora of that register, if this prestador has a contract with it: others are not visible here."""
    if not registro:
        return None
    return Organizacao.objects.filter(tipo=Organizacao.Tipo.OPERADORA, registro_ans=registro).first()
