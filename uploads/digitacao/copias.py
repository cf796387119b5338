"""New guides from old ones: the same again, and the last one of a beneficiário, typed or uploaded.

What names one guide alone is never copied: its numbers, what the operadora authorised, what the beneficiário proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q

from conecta.arquivos import cofre
from conecta.contas.models import Usuario
from lotes.estados import Canal, SituacaoDoLote
from lotes.models import Guia
from tiss_schemas.campos import TipoDeCampo
from tiss_schemas.fichas.ficha import PAPEL
from tiss_schemas.fragmento import ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.digitacao import transicoes
from uploads.digitacao.exclusao import nome_da_guia
from uploads.digitacao.formulario import campo_em
from uploads.digitacao.linhas import DE_PRECO
from uploads.digitacao.models import GuiaDigitada

_DE_UMA_SO: Final = frozenset(
    {
        *("numeroGuiaPrestador", "numeroGuiaOperadora", "numeroGuiaAnexo", "numeroGuiaReferenciada"),
        *("guiaPrincipal", "numeroGuiaPrincipal"),
        *("senha", "senhaAutorizacao", "dataAutorizacao", "dataValidadeSenha", "validadeSenha"),
        *("codValidacao", "ausenciaCodValidacao", "tipoIdent", "identificadorBeneficiario"),
    }
)
"""Fields that are of one guide only."""
_DA_OUTRA_VEZ: Final = frozenset({"guiaSolicInternacao", "numeroGuiaSolicitacaoInternacao"})
"""Fields that another stay has its own of."""
_QUANDO: Final = frozenset({TipoDeCampo.DATA, TipoDeCampo.HORA})


@dataclass(frozen=True, slots=True, kw_only=True)
class Anterior:
    """The last guide of somebody: its values, in which version, and what it is called."""

    valores: Mapping[str, str]
    versao: str
    nome: str


@transaction.atomic
def duplicar(*, guia: GuiaDigitada, por: Usuario) -> GuiaDigitada:
    """A new guide, *Em digitação*, with all that is not of that one alone: people, lines, days.

    Raises `ConvenioFechado`.
    """
    return transicoes.comecar(
        prestador=guia.prestador,
        convenio=guia.convenio,
        tipo=guia.tipo,
        versao=guia.versao_tiss,
        por=por,
        valores=copiaveis(guia.valores, guia.versao_tiss, guia),
    )


@transaction.atomic
def repetir(*, guia: GuiaDigitada, carteira: str, vista: int, por: Usuario) -> tuple[GuiaDigitada, Anterior] | None:
    """Fill the guide in with what the last one of that card said, by this prestador, in the same convênio and of the
    same type, but for when it was; None where there is none. What the guide says already stays.

    `vista` is the revision that the person saw. Raises `OutraPessoaDigitou` and `GuiaFechada`.
    """
    anterior = _a_ultima(guia, carteira)
    if anterior is None:
        return None
    antigos = copiaveis(anterior.valores, anterior.versao, guia, sem_dias=True)
    juntos = antigos | {caminho: texto for caminho, texto in guia.valores.items() if texto}
    # What it cost then is not what anybody typed now.
    mudou = frozenset(caminho for caminho in antigos if caminho.rpartition("/")[2] not in DE_PRECO)
    salva, _ = transicoes.guardar(guia=guia, valores=juntos, vista=vista, por=por, mudou=mudou)
    return salva, anterior


def copiaveis(valores: Mapping[str, str], versao: str, para: GuiaDigitada, *, sem_dias: bool = False) -> dict[str, str]:
    """What another guide of that type may say of these values, and its version has. `sem_dias`: without when it was."""
    return {
        caminho: texto
        for caminho, texto in valores.items()
        if _cabe(para, caminho, texto)
        and not (_e_de_uma_so(caminho) or (sem_dias and _e_quando(versao, para, caminho)))
    }


def _cabe(para: GuiaDigitada, caminho: str, texto: str) -> bool:
    if caminho.startswith(PAPEL):
        return True
    achado = campo_em(para.versao_tiss, para.tipo, caminho)
    if achado is None:
        return False
    codigos = [codigo for codigo, _ in achado[1].opcoes]
    return not codigos or texto in codigos


def _e_de_uma_so(caminho: str) -> bool:
    return caminho.rpartition("/")[2] in _DE_UMA_SO


def _e_quando(versao: str, para: GuiaDigitada, caminho: str) -> bool:
    achado = campo_em(versao, para.tipo, caminho)
    return caminho in _DA_OUTRA_VEZ or (achado is not None and achado[1].tipo in _QUANDO)


def _a_ultima(guia: GuiaDigitada, carteira: str) -> Anterior | None:
    """The newest one, typed or uploaded. Three queries, and the reading of one file at most."""
    digitada = (
        GuiaDigitada.objects.vivas()
        .filter(prestador=guia.prestador_id, numero_carteira=carteira, convenio=guia.convenio_id, tipo=guia.tipo)
        .exclude(pk=guia.pk)
        .order_by("-criado_em", "-pk")
        .first()
    )
    do_convenio = Q(lote__convenio=guia.convenio_id)
    if guia.convenio.principal:
        do_convenio |= Q(lote__convenio__isnull=True)
    enviada = (
        Guia.objects.filter(
            do_convenio,
            prestador=guia.prestador_id,
            operadora=guia.operadora_id,
            numero_carteira=carteira,
            tipo=guia.tipo,
        )
        .exclude(lote__canal=Canal.DIGITACAO)
        .exclude(lote__situacao=SituacaoDoLote.EXCLUIDO)
        .select_related("lote")
        .order_by("-criado_em", "-pk")
        .first()
    )
    if enviada is not None and (digitada is None or digitada.criado_em < enviada.criado_em):
        return _do_arquivo(enviada)
    if digitada is None:
        return None
    return Anterior(valores=digitada.valores, versao=digitada.versao_tiss, nome=nome_da_guia(digitada))


def _do_arquivo(guia: Guia) -> Anterior | None:
    """What the XML of its lot says of it."""
    if guia.lote.conteudo_id is None:
        return None
    lido = ler_lote(ler(cofre.abrir(guia.lote.conteudo_id)))
    lida = next((uma for uma in lido.guias if uma.indice == guia.posicao), None) if lido else None
    if lida is None:
        return None
    versao = guia.lote.versao_tiss
    nome = f"guia {guia.numero_do_prestador} do lote {guia.lote.numero}"
    return Anterior(valores=ler_guia(versao, lida.elemento), versao=versao, nome=nome)
