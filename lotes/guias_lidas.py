"""What only the message of a lot says of its guides: billing periods, teams, teeth, centro de consumo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from lxml import etree

from conecta.arquivos import cofre
from convenios.descricoes import descricoes_dos_codigos
from lotes.models import Item, Protocolo
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import GuiaLida, ler_lote
from tiss_schemas.recusas import ArquivoRecusado
from tiss_schemas.valores import hora_de

_COM_PERIODO: Final = frozenset({"guiaResumoInternacao", "guiaHonorarios"})
_GRAUS: Final = ("grauPart", "grauParticipacao")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoItem:
    """Of one item."""

    grau: str = ""
    dente_ou_regiao: str = ""
    face: str = ""
    centro_de_consumo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaGuia:
    """Of one guide. `inicio` to `hora_do_fim` are those of its billing period; items by their place, from 1."""

    inicio: date | None = None
    hora_do_inicio: time | None = None
    fim: date | None = None
    hora_do_fim: time | None = None
    executante: str = ""
    itens: Mapping[int, DoItem] = field(default_factory=dict)


SEM_GUIA: Final = DaGuia()
SEM_ITEM: Final = DoItem()
_MAIOR_SEQUENCIAL: Final = 9_999


def guias_do(protocolo: Protocolo) -> dict[int, DaGuia]:
    """What the sent message says of each guide, by its place in the lot.

    Nothing, where the message is none that is read today: statements and appeals can do without.
    """
    try:
        return guias_da_mensagem(cofre.abrir(protocolo.conteudo_id))
    except ArquivoRecusado:
        return {}


@coletor_em_pausa()
def guias_da_mensagem(xml: bytes) -> dict[int, DaGuia]:
    """The same, of a message."""
    lido = ler_lote(ler(xml))
    return {guia.indice: _guia(guia) for guia in (lido.guias if lido is not None else ())}


def sequencial_de(item: Item) -> int:
    """The item's number in its guide; its place where the message gave none that the standard has room for."""
    escrito = item.sequencial
    if escrito.isascii() and escrito.isdigit() and 0 < int(escrito) <= _MAIOR_SEQUENCIAL:
        return int(escrito)
    return min(item.posicao, _MAIOR_SEQUENCIAL)


def descricoes_que_faltam(itens: Iterable[Item], operadora_id: int) -> dict[tuple[str, str], str]:
    """What the codes mean, by table and code, of items whose guide does not say it, as a consulta's never does."""
    return descricoes_dos_codigos({(item.tabela, item.codigo) for item in itens if not item.descricao}, operadora_id)


def _guia(guia: GuiaLida) -> DaGuia:
    com_periodo = guia.tipo in _COM_PERIODO
    return DaGuia(
        inicio=guia.data_atendimento,
        fim=guia.data_fim if com_periodo else None,
        hora_do_inicio=hora_de(_texto(guia, "horaInicioFaturamento")) if com_periodo else None,
        hora_do_fim=hora_de(_texto(guia, "horaFinalFaturamento")) if com_periodo else None,
        executante=_texto(guia, "nomeProfExec2"),
        itens={posicao: _item(item) for posicao, item in enumerate(guia.itens, start=1)},
    )


def _item(item: ItemLido) -> DoItem:
    dente, regiao, face = item.lugar_na_boca
    return DoItem(
        grau=_grau(item),
        dente_ou_regiao=dente or regiao or "",
        face=face or "",
        centro_de_consumo=_filho(item.elemento, "centroConsumo"),
    )


def _grau(item: ItemLido) -> str:
    """The part of the first member of the team: the statement has room for one."""
    membros = item.equipe[:1]
    return next((grau for membro in membros for nome in _GRAUS if (grau := _filho(membro, nome))), "")


def _filho(elemento: etree._Element, nome: str) -> str:
    return (elemento.findtext(TAG_ANS + nome) or "").strip()


def _texto(guia: GuiaLida, nome: str) -> str:
    campo = guia.campos.get(nome)
    return "" if campo is None else (campo.text or "").strip()
