"""Every change of a typed guide: each locks, refuses by name, changes, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.texto import para_busca
from convenios.models import Convenio
from lotes.estados import SituacaoDoLote
from lotes.recebimento import valor_informado
from tiss_schemas.fichas.ficha import PAPEL
from uploads.digitacao.erros import GuiaFechada, OutraPessoaDigitou
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.juizo import Juizo, julgar_guia, para_json
from uploads.digitacao.models import GuiaDigitada

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
) -> GuiaDigitada:
    """A new guide, *Em digitação*, with what is known of it before anybody types."""
    return GuiaDigitada.objects.create(
        prestador=prestador,
        operadora_id=convenio.operadora_id,
        convenio=convenio,
        tipo=tipo,
        versao_tiss=versao,
        valores=dict(valores or {}),
        criado_por=por,
        criado_por_nome=por.nome,
        mudado_por_nome=por.nome,
    )


@transaction.atomic
def guardar(*, guia: GuiaDigitada, valores: Mapping[str, str], vista: int, por: Usuario) -> tuple[GuiaDigitada, Juizo]:
    """Keep what was typed so far, and judge it. What was ready and now is not leaves its state, never its lot.

    `vista` is the revision that the person saw. Raises `OutraPessoaDigitou` and `GuiaFechada`.
    """
    atual = _travar(guia, vista)
    juizo = _escrever(atual, valores, por)
    if atual.situacao != _S.EM_DIGITACAO:
        atual.situacao = _S.COM_CRITICAS if juizo.impede else _S.PRONTA
    atual.save()
    return atual, juizo


@transaction.atomic
def salvar(*, guia: GuiaDigitada, valores: Mapping[str, str], vista: int, por: Usuario) -> tuple[GuiaDigitada, Juizo]:
    """The guide is typed to its end: *Pronta*, or *Com críticas* where something stands against it.

    `vista` is the revision that the person saw. Raises `OutraPessoaDigitou` and `GuiaFechada`.
    """
    atual = _travar(guia, vista)
    juizo = _escrever(atual, valores, por)
    atual.situacao = _S.COM_CRITICAS if juizo.impede else _S.PRONTA
    atual.save()
    return atual, juizo


def _travar(guia: GuiaDigitada, vista: int) -> GuiaDigitada:
    atual = (
        GuiaDigitada.objects.select_for_update(of=("self",))
        .select_related("prestador", "operadora", "convenio", "lote")
        .get(pk=guia.pk)
    )
    if atual.situacao == _S.EXCLUIDA:
        raise GuiaFechada("Esta guia foi excluída. Restaure a guia na lista de guias para continuar.", atual)
    if atual.lote is not None and atual.lote.situacao != SituacaoDoLote.ABERTO:
        raise GuiaFechada(
            f"Esta guia está no lote {atual.lote.numero}, que não está mais aberto. Reabra o lote para mudar a guia.",
            atual,
        )
    if atual.revisao != vista:
        raise OutraPessoaDigitou(
            f"{atual.mudado_por_nome} mudou esta guia depois que você a abriu. Recarregue a página para ver o que "
            "mudou; o que você digitou continua na tela até lá.",
            atual,
        )
    return atual


def _escrever(guia: GuiaDigitada, valores: Mapping[str, str], por: Usuario) -> Juizo:
    """Set values and columns on the object, and judge it."""
    guia.valores = dict(valores)
    guia.revisao += 1
    guia.mudado_em, guia.mudado_por_nome = timezone.now(), por.nome
    guia.conferida_em, guia.conferida_por_nome = None, ""
    guia.nome_do_beneficiario = valores.get(NOME_DO_BENEFICIARIO, "")[:70]
    guia.nome_busca = para_busca(guia.nome_do_beneficiario)
    juizo = julgar_guia(guia)
    guia.criticas = para_json(juizo.criticas)
    _tirar_colunas(guia, juizo)
    return juizo


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
