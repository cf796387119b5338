"""From the path of a node to the description of that field: what it is called, what it may hold, which codes it knows.

One description drives the correction control, the typing form and the text of a finding. Types come from the XSD of
the version, labels and form numbers from `rotulos`, meanings of codes from `dominios`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from lxml import etree
from xmlschema.validators.simple_types import XsdSimpleType

from tiss_schemas import campos_xsd, dominios, rotulos
from tiss_schemas.campos_xsd import Facetas
from tiss_schemas.espacos import NS
from tiss_schemas.posicoes import Posicoes

_MAIOR_CAMINHO: Final = 1_000
"""Characters of a path that is looked up, and remembered; those of the standard have a third of it."""
_PASSOS_DEMAIS: Final = 40
_PASSO: Final = re.compile(r"(?:ans:)?([^/\[\]:]+)(?:\[\d+\])?")


class TipoDeCampo(StrEnum):
    """What kind of value a field takes, which chooses its control."""

    TEXTO = "texto"
    INTEIRO = "inteiro"
    DECIMAL = "decimal"
    DATA = "data"
    HORA = "hora"
    LISTA = "lista"
    GRUPO = "grupo"
    BASE64 = "base64"


_TIPO_DO_PRIMITIVO: Final = {
    "integer": TipoDeCampo.INTEIRO,
    "decimal": TipoDeCampo.DECIMAL,
    "date": TipoDeCampo.DATA,
    "time": TipoDeCampo.HORA,
    "base64Binary": TipoDeCampo.BASE64,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Campo:
    """One element of the message, in one version.

    Lengths count characters; `digitos` is the total of digits of a number, `decimais` how many of them stand after the
    point (None: no limit). `ocorrencias_max` None means any number. `alternativas` are the other elements of the same
    choice: exactly one of them and this one may be there. `nomes_dos_filhos` is the order that the XSD demands.
    """

    versao: str
    caminho: str
    nome_xml: str
    rotulo: str
    numero: str | None
    tipo: TipoDeCampo
    obrigatorio: bool
    ocorrencias_min: int
    ocorrencias_max: int | None
    alternativas: tuple[str, ...] = ()
    tamanho_min: int | None = None
    tamanho_max: int | None = None
    digitos: int | None = None
    decimais: int | None = None
    padrao: str | None = None
    opcoes: tuple[tuple[str, str], ...] = ()
    nomes_dos_filhos: tuple[str, ...] = ()
    _tipo_xsd: XsdSimpleType | None = field(default=None, repr=False, compare=False)

    @property
    def filhos(self) -> tuple[Campo, ...]:
        """The fields inside a group, in the order of the XSD."""
        achados = (descrever(self.versao, f"{self.caminho}/ans:{nome}") for nome in self.nomes_dos_filhos)
        return tuple(filho for filho in achados if filho is not None)

    def aceita(self, texto: str) -> bool:
        """Whether the XSD of the version accepts `texto` as the value of this field. A group accepts none."""
        return self._tipo_xsd is not None and self._tipo_xsd.is_valid(texto)


def descrever(versao: str, caminho: str) -> Campo | None:
    """The field at `caminho`, an absolute XPath as in `Achado.caminho` (positions are ignored).

    None where the version is not at hand or its schema has no such element.
    """
    passos = _passos(caminho)
    return _descrever(versao, passos) if passos else None


def folhas(campo: Campo, nome: str, *, ou_todas: bool = False) -> Iterator[tuple[Campo, str]]:
    """The fields that a missing element needs, each with its path from `nome`: itself, or those that its group demands
    or lets choose from. A group that demands none has none to offer, or, with `ou_todas`, all of them."""
    if campo.tipo is not TipoDeCampo.GRUPO:
        yield campo, nome
        return
    precisos = tuple(filho for filho in campo.filhos if filho.obrigatorio or filho.alternativas)
    for filho in precisos or (campo.filhos if ou_todas else ()):
        yield from folhas(filho, f"{nome}/{filho.nome_xml}", ou_todas=ou_todas)


def legenda(versao: str, caminho: str) -> str:
    """Number and label of the field as the printed form shows them, as "36 Data"; the last name where it is unknown."""
    campo = descrever(versao, caminho)
    if campo is None:
        return caminho.rpartition("/")[2].partition("[")[0].removeprefix("ans:")
    return f"{campo.numero} {campo.rotulo}" if campo.numero else campo.rotulo


def caminho_legivel(raiz: etree._Element, caminho: str) -> str:
    """The path as people read it: "Lote 0412 - guia 20301004/procedimentosExecutados/…/dataExecucao".

    `raiz` is the message that `caminho` points into. Without a lot number, only the path.
    """
    lote = (raiz.findtext(".//ans:loteGuias/ans:numeroLote", namespaces=NS) or "").strip()
    resto = _resto_legivel(raiz, caminho.strip("/").split("/"))
    return " - ".join(parte for parte in (f"Lote {lote}" if lote else "", resto) if parte)


def _resto_legivel(raiz: etree._Element, passos: list[str]) -> str:
    nomes = [passo.removeprefix("ans:") for passo in passos]
    for posicao, nome in enumerate(nomes):
        if nome.partition("[")[0] in rotulos.NUMEROS:
            numero = _numero_da_guia(raiz, passos[: posicao + 1])
            return "/".join([f"guia {numero or nome}", *nomes[posicao + 1 :]])
    if nomes[:1] == ["mensagemTISS"]:
        del nomes[0]
    if nomes[:2] == ["prestadorParaOperadora", "loteGuias"]:
        del nomes[:2]
    return "/".join(["cabeçalho" if nome == "cabecalho" else nome for nome in nomes])


def _numero_da_guia(raiz: etree._Element, passos: list[str]) -> str:
    guia = Posicoes(raiz, b"").no("/" + "/".join(passos))
    if guia is None:
        return ""
    return (guia.findtext(".//ans:numeroGuiaPrestador", namespaces=NS) or "").strip()


def _passos(caminho: str) -> tuple[str, ...]:
    """Local names from the root down; empty where the text is no such path."""
    if not caminho.startswith("/") or len(caminho) > _MAIOR_CAMINHO or caminho.count("/") > _PASSOS_DEMAIS:
        return ()
    achados = [_PASSO.fullmatch(passo) for passo in caminho[1:].split("/")]
    return tuple(achado[1] for achado in achados if achado) if all(achados) else ()


@lru_cache(maxsize=4096)
def _descrever(versao: str, passos: tuple[str, ...]) -> Campo | None:
    vaga = campos_xsd.vaga(versao, passos)
    if vaga is None:
        return None
    campo = Campo(
        versao=versao,
        caminho="".join(f"/ans:{passo}" for passo in passos),
        nome_xml=passos[-1],
        rotulo=rotulos.rotulo(passos),
        numero=_numero(passos),
        tipo=TipoDeCampo.GRUPO,
        obrigatorio=vaga.minimo > 0,
        ocorrencias_min=vaga.minimo,
        ocorrencias_max=vaga.maximo,
        alternativas=vaga.alternativas,
    )
    if vaga.tipo_simples is None:
        nomes = tuple(dict.fromkeys(filha.nome for filha in campos_xsd.vagas(vaga.elemento)))
        return replace(campo, nomes_dos_filhos=nomes)
    return _com_facetas(campo, vaga.tipo_simples)


def _com_facetas(campo: Campo, tipo: XsdSimpleType) -> Campo:
    facetas = Facetas(tipo)
    codigos = facetas.codigos
    if codigos:
        opcoes = tuple((codigo, dominios.texto(facetas.nome, codigo)) for codigo in codigos)
        return replace(campo, tipo=TipoDeCampo.LISTA, opcoes=opcoes, _tipo_xsd=tipo)
    minimo, maximo = facetas.tamanhos
    return replace(
        campo,
        tipo=_TIPO_DO_PRIMITIVO.get(facetas.primitivo, TipoDeCampo.TEXTO),
        tamanho_min=minimo,
        tamanho_max=maximo,
        digitos=facetas.inteiro("totalDigits"),
        decimais=facetas.inteiro("fractionDigits"),
        padrao=facetas.padrao,
        _tipo_xsd=tipo,
    )


def _numero(passos: tuple[str, ...]) -> str | None:
    for posicao, nome in enumerate(passos):
        if nome in rotulos.NUMEROS:
            return rotulos.numero(nome, "/".join(passos[posicao + 1 :]))
    return None
