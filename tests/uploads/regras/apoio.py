"""What a case about one rule is made of: an invented message, what is wrong with it, and what the register knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from convenios.regras import Regras
from tiss_schemas import hash as epilogo
from tiss_schemas.achados import Severidade
from tiss_schemas.espacos import NS
from tiss_schemas.exemplos import CNPJ_PADRAO, lote_exemplo
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import LoteLido
from uploads.regras.contexto import (
    Cobertura,
    Contexto,
    ContratoConhecido,
    ConvenioConhecido,
    OperadoraConhecida,
    Parametros,
    PrestadorConhecido,
    TermoConhecido,
)
from uploads.veredito import Veredito, julgar

AGORA = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
CONTRATO = ContratoConhecido(codigo="PREST01", inicio=date(2019, 3, 1), fim=None, ativo=True)
CONVENIO = ConvenioConhecido(
    id=1, nome="Convênio de teste", modo="convenio", inicio=date(2000, 1, 1), vencimento=None, ativo=True
)
IMPEDITIVA, IGNORAVEL = Severidade.IMPEDITIVA, Severidade.IGNORAVEL

Edicao = Callable[[etree._Element], None]


def curto(caminho: str) -> str:
    """ "guiaConsulta[2]//CNPJ" → ".//ans:guiaConsulta[2]//ans:CNPJ"; "." is the root."""
    return "." if caminho == "." else ".//" + re.sub(r"(^|/)(?=\w)", r"\1ans:", caminho)


def no_em(raiz: etree._Element, caminho: str) -> etree._Element:
    """The first element at a short path."""
    achados = raiz.xpath(curto(caminho), namespaces=NS)
    assert achados, f"o exemplo não tem {caminho}"
    return achados[0]


def troca(caminho: str, texto: str) -> Edicao:
    """Put another text into a field."""

    def editar(raiz: etree._Element) -> None:
        no_em(raiz, caminho).text = texto

    return editar


def retira(caminho: str) -> Edicao:
    """Take an element out."""

    def editar(raiz: etree._Element) -> None:
        no = no_em(raiz, caminho)
        no.getparent().remove(no)

    return editar


def renomeia(caminho: str, nome: str) -> Edicao:
    """Give an element another name."""

    def editar(raiz: etree._Element) -> None:
        no = no_em(raiz, caminho)
        no.tag = f"{{{NS['ans']}}}{nome}"

    return editar


def com_regras(**regras: Any) -> dict[str, Any]:
    """A register whose only convênio has those settings; the others are Conecta's."""
    convenio = replace(CONVENIO, regras=Regras(**regras))
    return {"convenios": {convenio.id: convenio}, "principal": convenio}


def termo(texto: str, inicio: date = date(2009, 2, 13), fim: date | None = None) -> TermoConhecido:
    """A code of TUSS with one period of validity."""
    return TermoConhecido(termo=texto, vigencias=((inicio, fim),))


def tuss(*tabelas: str, **codigos: TermoConhecido) -> dict[str, Any]:
    """A register that has those tables, in which the codes are `t22_40304361=…`."""
    termos = {(nome[1:3], nome[4:]): conhecido for nome, conhecido in codigos.items()}
    return {"tabelas_carregadas": frozenset(tabelas), "termos": termos}


def poe(pai: str, nome: str, texto: str) -> Edicao:
    """Put a new field at the end of a group."""

    def editar(raiz: etree._Element) -> None:
        no = no_em(raiz, pai)
        etree.SubElement(no, f"{{{no.nsmap['ans']}}}{nome}").text = texto

    return editar


def antes_de(irmao: str, nome: str, texto: str) -> Edicao:
    """Put a new field before another."""

    def editar(raiz: etree._Element) -> None:
        no = no_em(raiz, irmao)
        novo = etree.Element(f"{{{no.nsmap['ans']}}}{nome}")
        novo.text = texto
        no.addprevious(novo)

    return editar


def repete(caminho: str) -> Edicao:
    """Put a copy of an element after it."""

    def editar(raiz: etree._Element) -> None:
        no = no_em(raiz, caminho)
        no.addnext(deepcopy(no))

    return editar


def editado(conteudo: bytes, edicoes: Sequence[Edicao], *, acerta_hash: bool = True) -> bytes:
    """The message with the edits made and, unless told otherwise, its hash right again."""
    raiz = etree.fromstring(conteudo)
    for edicao in edicoes:
        edicao(raiz)
    if acerta_hash:
        no_em(raiz, "epilogo/hash").text = epilogo.calcular(raiz)
    return etree.tostring(raiz, encoding="ISO-8859-1", xml_declaration=True)


def cadastro_de(lote: LoteLido | None, **mudancas: Any) -> Contexto:
    """A register in which everything about the message is in order, but for `mudancas`."""
    carteiras = {guia.numero_carteira or "" for guia in lote.guias} if lote else set()
    pleno = Contexto(
        agora=AGORA,
        cadastro=True,
        prestador=PrestadorConhecido(id=3, documento=CNPJ_PADRAO),
        operadora=OperadoraConhecida(id=1, registro_ans="331988", rotulo="PASA | 331988"),
        operadoras_da_plataforma={"331988": "PASA | 331988"},
        parametros=Parametros(versoes_aceitas=("4.02.00", "4.03.00"), janela_da_transacao_dias=180),
        credenciamento=CONTRATO,
        convenios={CONVENIO.id: CONVENIO},
        principal=CONVENIO,
        beneficiarios={carteira: Cobertura(inclusao=date(2015, 1, 1)) for carteira in carteiras},
    )
    parametros = replace(pleno.parametros, **mudancas.pop("parametros", {}))
    return replace(pleno, parametros=parametros, **mudancas)


@dataclass(frozen=True, kw_only=True)
class Caso:
    """One example about one rule.

    `onde` is the short path of the node that the finding must select, None for the file as a whole; `codigos` those of
    Tabela 38 before 4.03.00 and from then on; `outras` the rules that may not help speaking too.
    """

    regra: str
    titulo: str
    tipo: str = "sadt"
    exemplo: dict[str, Any] = field(default_factory=dict)
    edicoes: Sequence[Edicao] = ()
    acerta_hash: bool = True
    cadastro: dict[str, Any] = field(default_factory=dict)
    conteudo: Callable[[bytes], bytes] | None = None
    nome: str = "lote.xml"
    onde: str | None = None
    codigos: tuple[str, str] = ("", "")
    severidade: Severidade = IMPEDITIVA
    outras: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.regra}: {self.titulo}"

    def bytes_na(self, versao: str) -> bytes:
        """The file of the case in that version."""
        conteudo = editado(
            lote_exemplo(self.tipo, versao, **({"guias": 2} | self.exemplo)),
            self.edicoes,
            acerta_hash=self.acerta_hash,
        )
        return conteudo if self.conteudo is None else self.conteudo(conteudo)

    def julgar(self, versao: str) -> Veredito:
        """The verdict on the file of the case."""
        return self.julgar_bytes(self.bytes_na(versao))

    def julgar_bytes(self, conteudo: bytes) -> Veredito:
        """The verdict on some other bytes, with the register of the case."""

        def contexto_de(lote: LoteLido | None, documento: Documento) -> Contexto:
            return cadastro_de(lote, **self.cadastro)

        return julgar(conteudo, self.nome, contexto_de=contexto_de)
