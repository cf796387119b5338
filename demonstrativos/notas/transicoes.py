"""What may happen to a nota fiscal, and who did it. Only this module assigns its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import cnpj, reais
from conecta.interface.formatos import data as dia
from demonstrativos.notas.erros import NotaNaoPermite, NotaRecusada
from demonstrativos.notas.estados import MUDANCAS_DA_NOTA, Formato, SituacaoDaNota
from demonstrativos.notas.leitura import NotaLida
from demonstrativos.notas.models import NotaDoProtocolo, NotaFiscal
from demonstrativos.notas.pendencias import COM_NOTA, parametros_de
from lotes.models import Acontecimento, Protocolo

_S = SituacaoDaNota
_RAIZ_DO_CNPJ = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DadosDaNota:
    """What the prestador says of a nota: typed, or read out of its XML."""

    numero: str
    serie: str
    data_de_emissao: date
    valor: Decimal
    justificativa: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArquivoDaNota:
    """The nota's file; `lida` what its XML says, None for a PDF and for an XML that is not known."""

    nome: str
    dados: bytes
    formato: Formato
    lida: NotaLida | None = None


@transaction.atomic
def criar(
    *,
    prestador: Organizacao,
    protocolos: Sequence[Protocolo],
    dados: DadosDaNota,
    arquivo: ArquivoDaNota,
    por: Usuario,
) -> NotaFiscal:
    """Begin a nota for released protocols of one operadora, not sent yet. Raises `NotaRecusada`."""
    atuais = _protocolos_com_valor(protocolos)
    _recusar_em_outra(atuais)
    nota = NotaFiscal(prestador=prestador, operadora=atuais[0].operadora, criada_por=por)
    _por_dados(nota, dados, arquivo)
    _gravar(nota)
    _gravar_protocolos(nota, atuais)
    nota.refresh_from_db()
    return nota


@transaction.atomic
def corrigir(*, nota: NotaFiscal, dados: DadosDaNota, arquivo: ArquivoDaNota | None, por: Usuario) -> NotaFiscal:
    """Change a nota that was not sent, or was refused; that one is the prestador's alone again until it is sent."""
    atual = travar(nota, _S.PENDENTE, _S.INDEFERIDA)
    atual.situacao, atual.enviada_em = _S.PENDENTE, None
    _por_dados(atual, dados, arquivo)
    _gravar(atual)
    atual.refresh_from_db()
    return atual


@transaction.atomic
def enviar(*, nota: NotaFiscal, por: Usuario) -> NotaFiscal:
    """Give it to the operadora. Raises `NotaRecusada` where it disagrees with what was released and nobody says why, or
    an analysis was opened again meanwhile."""
    atual = travar(nota, _S.PENDENTE)
    _protocolos_com_valor([linha.protocolo for linha in atual.protocolos.select_related("protocolo")])
    # The database adds up anew what is released by now.
    atual.save(update_fields=["valor"])
    atual.refresh_from_db(fields=["valor_liberado"])
    if (faltam := divergencias(atual)) and not atual.justificativa:
        raise NotaRecusada(
            f"A nota não foi enviada. {' '.join(faltam)} Corrija a nota, ou justifique a diferença.", atual
        )
    _entregar(atual)
    atual.situacao, atual.enviada_em, atual.motivo = _S.EM_ANALISE, timezone.now(), ""
    atual.enviada_por_nome = _nome(por)
    atual.save(update_fields=["situacao", "enviada_em", "motivo", "enviada_por_nome"])
    _contar(atual, por, atual.prestador.sigla, "Nota fiscal enviada", f"Nota {atual.rotulo}, {reais(atual.valor)}.")
    return atual


@transaction.atomic
def cancelar(*, nota: NotaFiscal, por: Usuario) -> NotaFiscal:
    """Give a nota up that was not accepted: its protocols owe one again."""
    atual = travar(nota, _S.PENDENTE, _S.EM_ANALISE, _S.INDEFERIDA)
    atual.situacao = _S.CANCELADA
    atual.save(update_fields=["situacao"])
    if atual.enviada_em is not None:
        _contar(atual, por, atual.prestador.sigla, "Nota fiscal cancelada", f"Nota {atual.rotulo}.")
    return atual


@transaction.atomic
def aceitar(*, nota: NotaFiscal, por: Usuario) -> NotaFiscal:
    """The operadora takes it."""
    return _julgar(nota, _S.ACEITA, "", por, "Nota fiscal aceita", (_S.EM_ANALISE,))


@transaction.atomic
def indeferir(*, nota: NotaFiscal, motivo: str, por: Usuario) -> NotaFiscal:
    """The operadora refuses it, or takes its acceptance back, with a reason."""
    if not motivo.strip():
        raise NotaRecusada("A nota não foi indeferida: falta o motivo. Escreva-o, o prestador corrige por ele.", nota)
    return _julgar(nota, _S.INDEFERIDA, motivo.strip()[:500], por, "Nota fiscal indeferida", (_S.EM_ANALISE, _S.ACEITA))


def divergencias(nota: NotaFiscal) -> list[str]:
    """Where a nota disagrees with what was released, or its XML with who sends it; one sentence each. Two queries."""
    achadas = []
    tolerancia = Decimal(parametros_de(nota.operadora_id).tolerancia_centavos) / 100
    if abs(nota.valor - nota.valor_liberado) > tolerancia:
        achadas.append(f"A nota é de {reais(nota.valor)}, e o liberado dos protocolos é {reais(nota.valor_liberado)}.")
    agora = nota.protocolos.aggregate(soma=Sum("protocolo__valor_liberado", default=Decimal(0)))["soma"]
    if agora != nota.valor_liberado:
        achadas.append(
            f"O liberado mudou depois: era {reais(nota.valor_liberado)}, e agora é {reais(agora)}, "
            "porque a análise foi reaberta."
        )
    for quem, documento, organizacao in (
        ("emitida por", nota.emitente, nota.prestador),
        ("para", nota.tomador, nota.operadora),
    ):
        if documento and documento[:_RAIZ_DO_CNPJ] != organizacao.documento[:_RAIZ_DO_CNPJ]:
            certo = f"{organizacao.sigla} é {cnpj(organizacao.documento)}"
            achadas.append(f"O XML diz que a nota é {quem} {cnpj(documento)}, e {certo}.")
    return achadas


def travar(nota: NotaFiscal, *esperadas: SituacaoDaNota) -> NotaFiscal:
    """The nota as it is now, locked. Raises `NotaNaoPermite` where it is in none of these states."""
    notas = NotaFiscal.objects.select_related("prestador", "operadora")
    # A state that this side changes no more is not there for it to be locked.
    atual = notas.select_for_update(of=("self",)).filter(pk=nota.pk).first() or notas.get(pk=nota.pk)
    if atual.situacao not in esperadas:
        raise NotaNaoPermite(
            f"A nota {atual.rotulo} está “{atual.get_situacao_display()}”, e isto não se faz mais nela. "
            "Recarregue a página para ver como ela está.",
            atual,
        )
    return atual


def _julgar(
    nota: NotaFiscal,
    para: SituacaoDaNota,
    motivo: str,
    por: Usuario,
    titulo: str,
    esperadas: tuple[SituacaoDaNota, ...],
) -> NotaFiscal:
    atual = travar(nota, *esperadas)
    assert para in MUDANCAS_DA_NOTA[SituacaoDaNota(atual.situacao)], "not on the path"
    atual.situacao, atual.motivo = para, motivo
    atual.analisada_em, atual.analisada_por_nome = timezone.now(), _nome(por)
    atual.save(update_fields=["situacao", "motivo", "analisada_em", "analisada_por_nome"])
    _contar(atual, por, atual.operadora.sigla, titulo, f"Nota {atual.rotulo}. {motivo}".strip())
    return atual


def _protocolos_com_valor(protocolos: Sequence[Protocolo]) -> list[Protocolo]:
    """These as they are now: of one operadora, and of known released value. A prestador cannot lock them."""
    atuais = list(
        Protocolo.objects.select_related("operadora").filter(pk__in=[p.pk for p in protocolos]).order_by("pk")
    )
    if not atuais:
        raise NotaRecusada("Nenhum protocolo foi escolhido. Marque ao menos um na lista.")
    outro = next((p for p in atuais if p.situacao not in COM_NOTA), None)
    if outro is not None:
        raise NotaRecusada(
            f"O protocolo {outro.numero} ainda não foi liberado pela operadora: não se sabe de quanto é a nota.", outro
        )
    alheio = next((p for p in atuais if p.operadora_id != atuais[0].operadora_id), None)
    if alheio is not None:
        raise NotaRecusada(
            f"O protocolo {alheio.numero} é de outra operadora. Uma nota é para uma operadora só: faça uma para cada.",
            alheio,
        )
    return atuais


def _recusar_em_outra(protocolos: Sequence[Protocolo]) -> None:
    linha = (
        NotaDoProtocolo.objects.filter(protocolo__in=protocolos, vigente=True)
        .select_related("nota", "protocolo")
        .first()
    )
    if linha is not None:
        raise NotaRecusada(
            f"O protocolo {linha.protocolo.numero} já está na nota {linha.nota.rotulo}. Cancele aquela, ou escolha "
            "outros protocolos.",
            linha,
        )


def _por_dados(nota: NotaFiscal, dados: DadosDaNota, arquivo: ArquivoDaNota | None) -> None:
    if dados.data_de_emissao > timezone.localdate():
        raise NotaRecusada(f"A data de emissão {dia(dados.data_de_emissao)} ainda não chegou. Confira a data.", nota)
    nota.numero, nota.serie = dados.numero, dados.serie
    nota.data_de_emissao, nota.valor, nota.justificativa = dados.data_de_emissao, dados.valor, dados.justificativa
    if arquivo is not None:
        nota.conteudo = cofre.guardar(arquivo.dados, prestador_id=nota.prestador_id)
        nota.formato, nota.nome_do_arquivo = arquivo.formato, arquivo.nome
        nota.modelo = arquivo.lida.modelo if arquivo.lida else ""
        nota.emitente = arquivo.lida.emitente if arquivo.lida else ""
        nota.tomador = arquivo.lida.tomador if arquivo.lida else ""


def _gravar(nota: NotaFiscal) -> None:
    """Save it. Only the database knows of a nota of the same number that somebody else saves at the same time."""
    try:
        with transaction.atomic():
            nota.save()
    except IntegrityError as erro:
        if "nota_numero_unico" not in str(erro):
            raise
        raise NotaRecusada(
            f"Já há uma nota {nota.rotulo} deste prestador. Confira o número e a série, ou cancele a outra.", nota
        ) from erro


def _gravar_protocolos(nota: NotaFiscal, protocolos: Sequence[Protocolo]) -> None:
    """Say what it is for. Only the database knows of another nota that somebody else begins at the same time."""
    try:
        with transaction.atomic():
            NotaDoProtocolo.objects.bulk_create(
                NotaDoProtocolo(
                    prestador_id=nota.prestador_id, operadora_id=nota.operadora_id, nota=nota, protocolo=protocolo
                )
                for protocolo in protocolos
            )
    except IntegrityError as erro:
        if "protocolo_em_uma_nota" not in str(erro):
            raise
        raise NotaRecusada(
            "Nada foi salvo: outra pessoa acabou de incluir um destes protocolos em uma nota. Recarregue a lista e "
            "escolha outros.",
            nota,
        ) from erro


def _entregar(nota: NotaFiscal) -> None:
    """Let the operadora read the file. The same file cannot be two operadoras'."""
    conteudo = Conteudo.objects.defer("comprimido").get(pk=nota.conteudo_id)
    if conteudo.operadora_id not in (None, nota.operadora_id):
        raise NotaRecusada(
            "Este mesmo arquivo já foi enviado a outra operadora. Confira se é o da nota certa e anexe o dela.", nota
        )
    Conteudo.objects.filter(pk=conteudo.pk).update(operadora=nota.operadora_id, enviado_em=timezone.now())


def _contar(nota: NotaFiscal, por: Usuario, sigla: str, titulo: str, detalhe: str) -> None:
    """A line in the timeline of the lot of each of its protocols, that both sides read."""
    linhas = nota.protocolos.select_related("protocolo")
    Acontecimento.objects.bulk_create(
        Acontecimento(
            prestador_id=nota.prestador_id,
            operadora_id=nota.operadora_id,
            lote_id=linha.protocolo.lote_id,
            tipo="nota",
            titulo=titulo,
            detalhe=detalhe,
            por_nome=_nome(por),
            por_organizacao=sigla,
            publico=True,
        )
        for linha in linhas
    )


def _nome(por: Usuario) -> str:
    return por.nome or por.email
