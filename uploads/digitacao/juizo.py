"""The verdict on one typed guide: the same engine and rules as for uploads, over a message that holds only it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final

from django.utils import timezone

from tiss_schemas.achados import Achado, Severidade
from tiss_schemas.fragmento import escrever_guia, nome_do_campo
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_escrito import CabecalhoDoLote, escrever_lote
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.contexto import carregar_contexto
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.models import GuiaDigitada
from uploads.regras.contexto import Contexto
from uploads.veredito import Veredito, julgar

_NUMERO_DE_NINGUEM: Final = 900_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticaDaGuia:
    """A finding, at a field of the form. `campo` is a key of the guide's values, of a group of them, or ""."""

    campo: str
    regra: str
    codigo: str
    severidade: Severidade
    mensagem: str
    valor: str | None = None
    sugestao: str | None = None

    @property
    def impede(self) -> bool:
        """Whether it keeps the guide out of a lot whatever anybody says."""
        return self.severidade is Severidade.IMPEDITIVA


@dataclass(frozen=True, slots=True)
class Juizo:
    """What stands against a guide, in the order of the form, and the guide as the rules read it.

    `lida` is None only where nothing was filled in that the XML could hold.
    """

    criticas: tuple[CriticaDaGuia, ...]
    lida: GuiaLida | None

    @property
    def impede(self) -> bool:
        """Whether something keeps the guide out of a lot whatever anybody says."""
        return any(critica.impede for critica in self.criticas)


def julgar_guia(guia: GuiaDigitada, agora: datetime | None = None) -> Juizo:
    """The verdict on the guide as it is in memory. Writes nothing.

    The queries are those of a file of one guide, whatever it holds.
    """
    agora = timezone.localtime(agora)
    mensagem = escrever_lote(_cabecalho(guia, agora), [escrever_guia(guia.versao_tiss, guia.tipo, guia.valores)])

    def contexto_de(lote: LoteLido | None, documento: Documento) -> Contexto:
        contexto = carregar_contexto(
            lote, documento, prestador=guia.prestador, arquivo_id=None, lote_id=guia.lote_id, agora=agora
        )
        digitados = _digitadas_com_o_numero(guia, lote)
        return replace(contexto, numeros_de_guia_apresentados=contexto.numeros_de_guia_apresentados | digitados)

    veredito = julgar(mensagem, contexto_de=contexto_de)
    guias = veredito.lote.guias if veredito.lote else []
    return Juizo(tuple(_criticas(guia, veredito)), guias[0] if guias else None)


def para_json(criticas: Iterable[CriticaDaGuia]) -> list[dict[str, str | None]]:
    """The findings as the guide's row keeps them; `de_json` reads them back."""
    return [asdict(critica) | {"severidade": critica.severidade.value} for critica in criticas]


def de_json(linhas: Iterable[dict[str, str]]) -> list[CriticaDaGuia]:
    """The findings that `para_json` wrote."""
    return [CriticaDaGuia(**linha | {"severidade": Severidade(linha["severidade"])}) for linha in linhas]  # type: ignore[arg-type]


def _cabecalho(guia: GuiaDigitada, agora: datetime) -> CabecalhoDoLote:
    """Of a message that is never sent: its numbers are above those that Conecta gives to lots."""
    numero = str(_NUMERO_DE_NINGUEM + (guia.pk or 0))
    origem, identificacao = contrato_de(guia).origem
    return CabecalhoDoLote(
        versao=guia.versao_tiss,
        numero_lote=numero,
        sequencial=numero,
        momento=agora,
        origem=origem,
        identificacao=identificacao,
        registro_ans=guia.operadora.registro_ans,
    )


def _digitadas_com_o_numero(guia: GuiaDigitada, lote: LoteLido | None) -> frozenset[str]:
    """The guide's number where another typed guide has it: no lot bills that one yet, and no rule would see it."""
    numero = lote.guias[0].numero_prestador if lote and lote.guias else None
    if not numero:
        return frozenset()
    outras = GuiaDigitada.objects.soltas().exclude(pk=guia.pk)
    iguais = outras.filter(prestador=guia.prestador_id, operadora=guia.operadora_id, numero_do_prestador=numero)
    return frozenset({numero}) if iguais.exists() else frozenset()


def _criticas(guia: GuiaDigitada, veredito: Veredito) -> Iterator[CriticaDaGuia]:
    for achado in veredito.achados:
        yield CriticaDaGuia(
            campo=_campo(guia, achado),
            regra=achado.regra,
            codigo=achado.codigo,
            severidade=achado.severidade,
            mensagem=achado.mensagem,
            valor=achado.valor,
            sugestao=achado.sugestao,
        )


def _campo(guia: GuiaDigitada, achado: Achado) -> str:
    return nome_do_campo(guia.tipo, achado.caminho, guia.versao_tiss, guia.valores)
