"""A file while its structure is corrected: the message as it would be saved, what is said of it, and its parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from tiss_schemas.achados import Achado, Severidade
from tiss_schemas.edicao import ErroDeEdicao, Mudanca, rascunhar
from tiss_schemas.edicoes import Edicao, Reler
from tiss_schemas.espacos import NS
from tiss_schemas.leitura import ArquivoRecusado, Documento, ler
from tiss_schemas.lote_lido import TIPOS_DE_GUIA
from uploads.caminhos import HASH, em_volta_de, na_guia, nome_em
from uploads.comparacao import TOTAIS
from uploads.gravacao import ignoradas_antes, impede
from uploads.julgamento import julgar_arquivo
from uploads.models import Arquivo

CABECALHO: Final = "cabecalho"
"""The part that is everything outside the guides."""

_EPILOGO: Final = "/ans:epilogo"
_GUIAS: Final = "ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS"


@dataclass(frozen=True, slots=True)
class Marcado:
    """A finding, and whether it keeps the file out as things stand."""

    achado: Achado
    impede: bool

    @property
    def ignorado(self) -> bool:
        """Whether somebody said why it may be as it is."""
        return self.achado.severidade is Severidade.IGNORAVEL and not self.impede

    @property
    def tom(self) -> str:
        """Tone and icon are chosen by it: "vermelho", "ambar" or "neutro"."""
        if not self.impede:
            return "neutro"
        return "ambar" if self.achado.severidade is Severidade.IGNORAVEL else "vermelho"


@dataclass(frozen=True, slots=True)
class Parte:
    """A line of the outline. `quantas` findings in it stop the file."""

    id: str
    nome: str
    numero: str
    quantas: int


def rascunho_de(conteudo: bytes, passos: Sequence[Sequence[Edicao]]) -> Rascunho:
    """The message after these steps. ErroDeEdicao where one cannot be made, ArquivoRecusado where there is no message
    to begin with.
    """
    if not passos:
        return Rascunho(conteudo, ler(conteudo), [])
    resultado = rascunhar(conteudo, passos)
    try:
        return Rascunho(resultado.conteudo, ler(resultado.conteudo), resultado.mudancas)
    except ArquivoRecusado as erro:
        raise ErroDeEdicao(erro.achado.caminho, erro.achado.mensagem) from None


@dataclass(frozen=True, slots=True)
class Rascunho:
    """A message with steps made, not judged yet."""

    conteudo: bytes
    documento: Documento
    mudancas: list[Mudanca]


class Estado:
    """A message and its parts by id; judged, with its findings by place, when somebody asks for them."""

    def __init__(self, arquivo: Arquivo, rascunho: Rascunho) -> None:
        self._arquivo = arquivo
        self._conteudo = rascunho.conteudo
        self.documento = rascunho.documento
        self.versao = self.documento.versao or ""

    @cached_property
    def marcados(self) -> list[Marcado]:
        """Every finding, in document order, without that of the hash: it is renewed at each saving."""
        ignoradas = ignoradas_antes(self._arquivo)
        achados = julgar_arquivo(self._arquivo, self._conteudo).achados
        vistos = (achado for achado in achados if not achado.caminho.endswith(HASH))
        return [Marcado(achado, impede(achado, ignoradas)) for achado in vistos]

    def muda_ao_salvar(self, *, recalcular: bool) -> bool:
        """Whether something is found that saving mends by itself: what the file declares, a missing hash, and with
        `recalcular` a total.
        """
        return any(
            Reler() in achado.conserto
            or _EPILOGO in achado.caminho
            or (recalcular and nome_em(achado.caminho) in TOTAIS)
            for achado in (marcado.achado for marcado in self.marcados)
        )

    @property
    def impedem(self) -> int:
        """How many findings keep the file out."""
        return sum(marcado.impede for marcado in self.marcados)

    @property
    def do_arquivo(self) -> list[Marcado]:
        """What is said of the file as a whole."""
        return self.em("/")

    def em(self, caminho: str) -> list[Marcado]:
        """The findings at exactly that place."""
        return self._por_caminho.get(caminho, [])

    def quantas(self, caminho: str) -> int:
        """How many findings at that place and inside it keep the file out."""
        return self._contagem[caminho]

    @cached_property
    def guias(self) -> list[etree._Element]:
        """What stands in the place of guides, guide or not."""
        pai = self.documento.raiz.find(_GUIAS, NS)
        return [] if pai is None else list(pai)

    @cached_property
    def caminhos_das_guias(self) -> dict[str, int]:
        """The number of each guide, from 1, by its path."""
        return {self.documento.caminho(guia): numero for numero, guia in enumerate(self.guias, start=1)}

    def raiz_da(self, parte: str) -> etree._Element | None:
        """The element at the top of a part; None for a part that there is not."""
        if parte == CABECALHO:
            return self.documento.raiz
        numero = parte.removeprefix("guia-")
        if not numero.isascii() or not numero.isdigit() or not 0 < int(numero) <= len(self.guias):
            return None
        return self.guias[int(numero) - 1]

    def parte_de(self, caminho: str) -> str:
        """The id of the part in which a path lies."""
        numero = self.caminhos_das_guias.get(na_guia(caminho))
        return CABECALHO if numero is None else f"guia-{numero}"

    def parte(self, id: str) -> Parte:
        """The line of the outline for a part."""
        if id == CABECALHO:
            dentro = sum(self._contagem[caminho] for caminho in self.caminhos_das_guias)
            return Parte(CABECALHO, "Cabeçalho e lote", "", self.impedem - dentro)
        guia = self.raiz_da(id)
        assert guia is not None
        nome = f"Guia {id.removeprefix('guia-')}"
        return Parte(id, nome, _numero(guia), self.quantas(self.documento.caminho(guia)))

    def nome_da(self, parte: str) -> str:
        """A guide for a list to choose from: its place in the file and its Nº Guia Prestador."""
        guia = self.raiz_da(parte)
        assert guia is not None
        return f"Guia {parte.removeprefix('guia-')} · Nº {_numero(guia)}"

    def guia_de_numero(self, numero: str) -> str | None:
        """The part whose guide has that Nº Guia Prestador."""
        achadas = (posicao for posicao, guia in enumerate(self.guias, start=1) if _numero(guia) == numero)
        return next((f"guia-{posicao}" for posicao in achadas), None)

    def primeira_com_critica(self) -> str:
        """The part to begin with: where the first finding lies that keeps the file out."""
        achada = next((marcado for marcado in self.marcados if marcado.impede), None)
        return CABECALHO if achada is None else self.parte_de(achada.achado.caminho)

    def titulo_da(self, parte: str) -> str:
        """What the top of a part is called: "Guia de SP/SADT", or the element's own name."""
        if parte == CABECALHO:
            return "Cabeçalho e lote"
        nome = self.documento.caminho(self.guias[int(parte.removeprefix("guia-")) - 1]).rpartition("/")[2]
        return TIPOS_DE_GUIA.get(nome.removeprefix("ans:").partition("[")[0], nome)

    @cached_property
    def _por_caminho(self) -> dict[str, list[Marcado]]:
        por_caminho: dict[str, list[Marcado]] = defaultdict(list)
        for marcado in self.marcados:
            por_caminho[marcado.achado.caminho].append(marcado)
        return por_caminho

    @cached_property
    def _contagem(self) -> Counter[str]:
        caminhos = [marcado.achado.caminho for marcado in self.marcados if marcado.impede]
        return Counter(lugar for caminho in caminhos for lugar in (caminho, *em_volta_de(caminho)))


def estado_ao_salvar(arquivo: Arquivo, rascunho: Rascunho, *, recalcular: bool) -> Estado:
    """The message as saving it would leave it: with the hash renewed and, with `recalcular`, the totals.

    They are worked out only where one is found wrong: in a large file that takes as long as reading it.
    """
    estado = Estado(arquivo, rascunho)
    if not estado.muda_ao_salvar(recalcular=recalcular):
        return estado
    resultado = rascunhar(rascunho.conteudo, (), recalcular=recalcular)
    return Estado(arquivo, Rascunho(resultado.conteudo, ler(resultado.conteudo), resultado.mudancas))


def _numero(guia: etree._Element) -> str:
    return (guia.findtext(".//ans:numeroGuiaPrestador", namespaces=NS) or "").strip()
