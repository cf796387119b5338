"""Every change of a typed guide: each locks, refuses by name, changes, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.texto import para_busca
from convenios.models import Convenio
from lotes.estados import SituacaoDoLote
from lotes.models import Lote
from lotes.recebimento import valor_informado
from tiss_schemas.fichas.ficha import PAPEL
from uploads.digitacao import montagem_digitacao
from uploads.digitacao.abertura import sem_sinal
from uploads.digitacao.abertura_convenios import Oferta
from uploads.digitacao.conhecidos import aprender
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.erros import ConvenioFechado, GuiaFechada, OutraPessoaDigitou
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.iniciais import valores_iniciais
from uploads.digitacao.juizo import Juizo, julgar_guia, numeracao_julgada, para_json
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_campos import CARTEIRA
from uploads.digitacao.passo_completar import completar, numeracao_da

_S = SituacaoDaGuia
NOME_DO_BENEFICIARIO = f"{PAPEL}nomeBeneficiario"
"""Key of the value with the beneficiário's name, which the XML does not carry."""
_MAIOR_VALOR = 10**12


@transaction.atomic
def comecar(
    *,
    prestador: Organizacao,
    convenio: Convenio,
    tipo: str,
    versao: str,
    por: Usuario,
    valores: Mapping[str, str] | None = None,
    consulta_em_sadt: bool = False,
) -> GuiaDigitada:
    """A new guide, *Em digitação*, with `valores`, else with what is known of it before anybody types.

    `consulta_em_sadt`: it is a guia SP/SADT for a consultation. Raises `ConvenioFechado`.
    """
    guia = _em_branco(prestador, convenio, tipo, versao, por)
    iniciais = _iniciais(guia, consulta_em_sadt=consulta_em_sadt)
    guia.valores = dict(iniciais if valores is None else valores)
    guia.save()
    return guia


@transaction.atomic
def abrir_nova(
    *, prestador: Organizacao, convenio: Convenio, tipo: str, versao: str, por: Usuario, consulta_em_sadt: bool = False
) -> GuiaDigitada:
    """The guide to be typed next: one that this person began so, left as it was and has not open, else a new one, so
    that who only looked leaves no heap of empty guides. Raises `ConvenioFechado`."""
    guia = _em_branco(prestador, convenio, tipo, versao, por)
    guia.valores = dict(_iniciais(guia, consulta_em_sadt=consulta_em_sadt))
    iguais = GuiaDigitada.objects.soltas().filter(
        prestador=prestador, convenio=convenio, tipo=tipo, versao_tiss=versao, criado_por=por, destino=None
    )
    deixadas = iguais.filter(sem_sinal(), situacao=_S.EM_DIGITACAO, revisao=1, valores=guia.valores)
    if deixada := deixadas.order_by("pk").first():
        return deixada
    guia.save()
    return guia


def _em_branco(prestador: Organizacao, convenio: Convenio, tipo: str, versao: str, por: Usuario) -> GuiaDigitada:
    return GuiaDigitada(
        prestador=prestador,
        operadora_id=convenio.operadora_id,
        convenio=convenio,
        tipo=tipo,
        versao_tiss=versao,
        criado_por=por,
        criado_por_nome=por.nome,
        mudado_por_nome=por.nome,
    )


def _iniciais(guia: GuiaDigitada, *, consulta_em_sadt: bool) -> Mapping[str, str]:
    """What is known of a new guide before anybody types. Raises `ConvenioFechado` where none is billed by it today."""
    contrato, hoje = contrato_de(guia), timezone.localdate()
    if motivo := Oferta(guia.convenio, contrato.credenciamento, contrato.regras).por_que_nao(hoje):
        raise ConvenioFechado(motivo, guia.convenio)
    return valores_iniciais(guia, contrato, hoje, consulta_em_sadt=consulta_em_sadt)


@transaction.atomic
def guardar(
    *,
    guia: GuiaDigitada,
    valores: Mapping[str, str],
    vista: int,
    por: Usuario,
    mudou: Collection[str] = (),
) -> tuple[GuiaDigitada, Juizo]:
    """Keep what was typed so far, complete and judge it. What was ready and now is not leaves its state, never its lot.

    `vista` is the revision that the person saw, `mudou` the paths that were just left. Raises `OutraPessoaDigitou` and
    `GuiaFechada`.
    """
    atual = travar(guia, vista, por)
    juizo = _escrever(atual, valores, por, mudou=mudou)
    if atual.situacao != _S.EM_DIGITACAO:
        atual.situacao = _situacao(juizo)
    _gravar(atual, por)
    return atual, juizo


@transaction.atomic
def salvar(*, guia: GuiaDigitada, valores: Mapping[str, str], vista: int, por: Usuario) -> tuple[GuiaDigitada, Juizo]:
    """The guide is typed to its end: *Pronta*, or *Com críticas* where something stands against it. It gets a number
    where it has none and the prestador has numbers for it.

    `vista` is the revision that the person saw. Raises `OutraPessoaDigitou` and `GuiaFechada`.
    """
    atual = travar(guia, vista, por)
    juizo = _escrever(atual, valores, por, mudou=None)
    atual.situacao = _situacao(juizo)
    _gravar(atual, por)
    if juizo.lida is not None and not juizo.impede:
        aprender(atual, juizo.lida)
    return atual, juizo


@transaction.atomic
def julgar_de_novo(*, guia: GuiaDigitada, por: Usuario) -> tuple[GuiaDigitada, Juizo]:
    """Judge the guide as it stands, where something around it changed. Raises `GuiaFechada`."""
    atual = travar_aberta(guia)
    contrato = contrato_de(atual)
    juizo = numeracao_julgada(julgar_guia(atual, contrato=contrato), *numeracao_da(atual, contrato))
    atual.criticas = para_json(juizo.criticas)
    if atual.situacao != _S.EM_DIGITACAO:
        atual.situacao = _situacao(juizo)
    _gravar(atual, por)
    return atual, juizo


def travar(guia: GuiaDigitada, vista: int, por: Usuario) -> GuiaDigitada:
    """The guide as it is now, locked, for somebody who saw that revision of it.

    Raises `OutraPessoaDigitou` and `GuiaFechada`.
    """
    atual = travar_aberta(guia)
    if atual.revisao != vista:
        raise OutraPessoaDigitou(_quem_mudou(atual, por), atual)
    return atual


def travar_aberta(guia: GuiaDigitada) -> GuiaDigitada:
    """The guide as it is now, locked, if it may be changed at all. Raises `GuiaFechada`."""
    montagem_digitacao.travar_lote_da(guia)
    atual = (
        GuiaDigitada.objects.select_for_update(of=("self",))
        .select_related("prestador", "operadora", "convenio", "lote", "destino")
        .get(pk=guia.pk)
    )
    if atual.situacao == _S.EXCLUIDA:
        raise GuiaFechada("Esta guia foi excluída. Restaure a guia na lista de guias para continuar.", atual)
    if atual.lote_id is not None:
        # Read once more: what was joined is of before the wait for whoever was closing it, or put the guide into it.
        atual.lote = Lote.objects.get(pk=atual.lote_id)
    if atual.lote is not None and atual.lote.situacao != SituacaoDoLote.ABERTO:
        raise GuiaFechada(
            f"Esta guia está no lote {atual.lote.numero}, que não está mais aberto. Reabra o lote para mudar a guia.",
            atual,
        )
    return atual


def _quem_mudou(guia: GuiaDigitada, por: Usuario) -> str:
    momento = timezone.localtime(guia.mudado_em)
    quando = f"às {momento:%H:%M}" if momento.date() == timezone.localdate() else f"em {momento:%d/%m/%Y às %H:%M}"
    quem = "Você" if guia.mudado_por_nome == por.nome else guia.mudado_por_nome
    onde = " em outra janela" if quem == "Você" else ""
    return (
        f"{quem} mudou esta guia {quando}{onde}, depois que ela foi aberta aqui. Recarregue a página para ver o que "
        "mudou; o que você digitou continua na tela até lá."
    )


def _situacao(juizo: Juizo) -> SituacaoDaGuia:
    return _S.COM_CRITICAS if juizo.impede else _S.PRONTA


def _gravar(guia: GuiaDigitada, por: Usuario) -> None:
    """Save it, and let its lot be what its guides are."""
    guia.save()
    montagem_digitacao.guia_gravada(guia, por)


def _escrever(guia: GuiaDigitada, valores: Mapping[str, str], por: Usuario, *, mudou: Collection[str] | None) -> Juizo:
    """Set values and columns on the object, and judge it. `mudou` None: it is being saved, and may be numbered."""
    contrato = contrato_de(guia)
    completa = completar(guia, contrato, valores, mudou=mudou, numerar_por=por if mudou is None else None)
    guia.valores = dict(completa.valores)
    guia.travados = sorted(completa.travados)
    guia.revisao += 1
    guia.mudado_em, guia.mudado_por_nome = timezone.now(), por.nome
    guia.aberta_por, guia.aberta_por_nome, guia.aberta_em = por, por.nome, guia.mudado_em
    guia.conferida_em, guia.conferida_por_nome = None, ""
    juizo = numeracao_julgada(julgar_guia(guia, contrato=contrato), completa.campo_do_numero, completa.sem_numero)
    _nomear(guia, juizo, mudou or ())
    guia.criticas = para_json(juizo.criticas)
    _tirar_colunas(guia, juizo)
    return juizo


def _nomear(guia: GuiaDigitada, juizo: Juizo, mudou: Collection[str]) -> None:
    """Put down who the beneficiário of the card is, where nobody typed it, or another card was."""
    outra_carteira = any(caminho.endswith(f"/{CARTEIRA}") for caminho in mudou)
    if juizo.nome_do_beneficiario and (outra_carteira or not guia.valores.get(NOME_DO_BENEFICIARIO)):
        guia.valores[NOME_DO_BENEFICIARIO] = juizo.nome_do_beneficiario
    guia.nome_do_beneficiario = guia.valores.get(NOME_DO_BENEFICIARIO, "")[:70]
    guia.nome_busca = para_busca(guia.nome_do_beneficiario)[:70]


def _tirar_colunas(guia: GuiaDigitada, juizo: Juizo) -> None:
    """Set the columns that lists use, as the rules read them; too long a text stands in `valores` alone."""
    lida = juizo.lida
    if lida is None:
        return
    guia.numero_do_prestador = (lida.numero_prestador or "")[:20]
    guia.numero_da_operadora = (lida.numero_operadora or "")[:20]
    guia.numero_carteira = (lida.numero_carteira or "")[:20]
    guia.data_de_atendimento = lida.data_atendimento
    guia.quantidade_de_itens = len(lida.itens)
    guia.valor_informado = min(max(valor_informado(lida), 0), _MAIOR_VALOR - 1)
