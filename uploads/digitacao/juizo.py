"""The verdict on one typed guide: the same engine and rules as for uploads, over a message that holds only it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from convenios.regras import Regras
from tiss_schemas.achados import Severidade
from tiss_schemas.caracteres import estranhos, sem_estranhos
from tiss_schemas.fichas.ficha import PAPEL
from tiss_schemas.fragmento import Nomeador, Valores, escrever_guia
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_escrito import CabecalhoDoLote, escrever_lote
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.contexto import carregar_contexto
from uploads.digitacao.agrupamento import valores_do_xml
from uploads.digitacao.contrato import Contrato, contrato_de
from uploads.digitacao.juizo_faltas import marcar_faltas
from uploads.digitacao.juizo_frases import frase
from uploads.digitacao.models import GuiaDigitada
from uploads.gravacao import MAIOR_TEXTO, Chave
from uploads.regras import REGRAS
from uploads.regras.contexto import Cobertura, Contexto
from uploads.veredito import Veredito, julgar

_NUMERO_DE_NINGUEM: Final = 900_000_000_000
_DOS_ESTRANHOS: Final = "F03"
"""The rule about the encoding of a message, which these characters do not fit."""
_ESTRANHOS_MOSTRADOS: Final = 8
_DESCIDA: Final = re.compile(r"[/\[]")


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
    falta: bool = False
    """Whether it is about something that nobody typed yet."""
    ignorada: bool = False
    """Whether somebody said why it does not count."""

    @property
    def ignoravel(self) -> bool:
        """Whether it may be ignored, with a reason."""
        return self.severidade is Severidade.IGNORAVEL

    @property
    def impede(self) -> bool:
        """Whether it keeps the guide out of a lot as it is: what may be ignored does until somebody said why."""
        return not self.ignorada if self.ignoravel else self.severidade is Severidade.IMPEDITIVA


@dataclass(frozen=True, slots=True)
class Juizo:
    """What stands against a guide, in the order of the form, and the guide as the rules read it.

    `lida` is None only where nothing was filled in that the XML could hold.
    """

    criticas: tuple[CriticaDaGuia, ...]
    lida: GuiaLida | None
    nome_do_beneficiario: str = ""
    """Of the card, as the operadora registered it; "" where it did not."""
    convenio_id: int | None = None
    """By which convênio the beneficiário is insured, whatever was chosen; None where the register does not say."""
    regras: Regras = field(default_factory=Regras)
    """What the chosen convênio decides."""

    @property
    def impede(self) -> bool:
        """Whether something keeps the guide out of a lot as it is."""
        return any(critica.impede for critica in self.criticas)


def julgar_guia(guia: GuiaDigitada, agora: datetime | None = None, *, contrato: Contrato | None = None) -> Juizo:
    """The verdict on the guide as it is in memory. Writes nothing. `contrato` is the guide's, where it is known.

    The queries are those of a file of one guide, whatever it holds.
    """
    agora = timezone.localtime(agora)
    contrato = contrato or contrato_de(guia)
    legiveis = {caminho: sem_estranhos(texto) for caminho, texto in guia.valores.items()}
    escritos = valores_do_xml(guia.tipo, legiveis, contrato.regras)
    elemento = escrever_guia(guia.versao_tiss, guia.tipo, escritos)
    marcar_faltas(elemento, guia.versao_tiss, guia.tipo)
    mensagem = escrever_lote(_cabecalho(guia, contrato, agora), [elemento])
    conhecidos: dict[str, Cobertura] = {}

    def contexto_de(lote: LoteLido | None, documento: Documento) -> Contexto:
        contexto = carregar_contexto(
            lote,
            documento,
            prestador=guia.prestador,
            arquivo_id=None,
            lote_id=guia.lote_id,
            convenio_escolhido=guia.convenio_id,
            agora=agora,
        )
        conhecidos.update(contexto.beneficiarios)
        digitados = _digitadas_com_o_numero(guia, lote)
        return replace(contexto, numeros_de_guia_apresentados=contexto.numeros_de_guia_apresentados | digitados)

    veredito = julgar(mensagem, contexto_de=contexto_de)
    lida = next(iter(veredito.lote.guias), None) if veredito.lote else None
    cobertura = conhecidos.get(lida.numero_carteira or "") if lida else None
    return Juizo(
        criticas=com_ignoradas(guia, _criticas(guia, veredito, escritos)),
        lida=lida,
        nome_do_beneficiario=cobertura.nome if cobertura else "",
        convenio_id=cobertura.convenio if cobertura else None,
        regras=contrato.regras,
    )


def numeracao_julgada(juizo: Juizo, campo: str, recusa: str) -> Juizo:
    """The verdict on a guide that has no number yet: nothing is wrong with that where it gets one when it is saved;
    else `recusa` says why it will not."""
    return replace(juizo, criticas=tuple(_da_numeracao(juizo.criticas, campo, recusa)))


def _da_numeracao(criticas: Iterable[CriticaDaGuia], campo: str, recusa: str) -> Iterator[CriticaDaGuia]:
    for critica in criticas:
        if critica.campo != campo or not critica.falta:
            yield critica
        elif recusa:
            yield replace(critica, mensagem=recusa)


def chave(regra: str, campo: str, valor: str | None) -> Chave:
    """What makes a finding the same one in the next verdict."""
    return (regra, campo, None if valor is None else valor[:MAIOR_TEXTO])


def com_ignoradas(guia: GuiaDigitada, criticas: Iterable[CriticaDaGuia]) -> tuple[CriticaDaGuia, ...]:
    """The findings, marked as ignored or not by what the guide's row says."""
    ignoradas = {chave(linha["regra"], linha["campo"], linha["valor"]) for linha in guia.ignoradas}
    return tuple(
        replace(critica, ignorada=critica.ignoravel and chave(critica.regra, critica.campo, critica.valor) in ignoradas)
        for critica in criticas
    )


def para_json(criticas: Iterable[CriticaDaGuia]) -> list[dict[str, Any]]:
    """The findings as the guide's row keeps them; `de_json` reads them back."""
    return [asdict(critica) | {"severidade": critica.severidade.value} for critica in criticas]


def de_json(linhas: Iterable[dict[str, Any]]) -> list[CriticaDaGuia]:
    """The findings that `para_json` wrote."""
    return [CriticaDaGuia(**linha | {"severidade": Severidade(linha["severidade"])}) for linha in linhas]


def _cabecalho(guia: GuiaDigitada, contrato: Contrato, agora: datetime) -> CabecalhoDoLote:
    """Of a message that is never sent: its numbers are above those that Conecta gives to lots."""
    numero = str(_NUMERO_DE_NINGUEM + (guia.pk or 0))
    origem, identificacao = contrato.origem
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


def _criticas(guia: GuiaDigitada, veredito: Veredito, escritos: Valores) -> Iterator[CriticaDaGuia]:
    nomeador = Nomeador(guia.tipo, guia.versao_tiss, escritos)
    for caminho, texto in guia.valores.items():
        if estranhos(texto) and not caminho.startswith(PAPEL):
            yield _com_estranhos(caminho, texto)
    preenchidos = _preenchidos(guia.valores)
    for achado in veredito.achados:
        campo = nomeador.nome(achado.caminho)
        falta = campo not in preenchidos
        yield CriticaDaGuia(
            campo=campo,
            regra=achado.regra,
            codigo=achado.codigo,
            severidade=achado.severidade,
            mensagem=frase(guia, achado, campo, falta=falta),
            valor=achado.valor,
            sugestao=achado.sugestao,
            falta=falta,
        )


def _preenchidos(valores: Mapping[str, str]) -> set[str]:
    """Every field and group in which something stands, the guide itself among them."""
    lugares = {""}
    for caminho in valores:
        lugares.add(caminho)
        lugares.update(caminho[: achada.start()] for achada in _DESCIDA.finditer(caminho))
    return lugares


def _com_estranhos(caminho: str, texto: str) -> CriticaDaGuia:
    quais = " ".join(estranhos(texto)[:_ESTRANHOS_MOSTRADOS])
    return CriticaDaGuia(
        campo=caminho,
        regra=_DOS_ESTRANHOS,
        codigo=REGRAS[_DOS_ESTRANHOS].codigo,
        severidade=Severidade.IMPEDITIVA,
        mensagem=f"O padrão TISS não aceita estes caracteres: {quais}. Apague-os, ou troque-os por letras comuns.",
        valor=texto,
        sugestao=sem_estranhos(texto, "").strip() or None,
    )
