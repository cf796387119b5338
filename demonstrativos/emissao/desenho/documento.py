"""Pages as a PDF file, tagged for whoever reads aloud.

We write the operators of the pages ourselves: WeasyPrint takes a millisecond for each line of text and more for each
box, and nothing is left here for it to lay out. It draws the logo, whatever that is made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from django.conf import settings
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from conecta import pdf
from tiss_schemas.demonstrativo.valores import CabecalhoDoDemonstrativo

from .folhas import Folha
from .medidas import EM, arquivo, avancos
from .tinta import LOGOTIPO, PONTOS, Cabeca, Pagina, pintar

PASTA: Final = Path(settings.BASE_DIR) / "static" / "documentos"
_A4_DEITADO: Final = (841.89, 595.28)
_POR_VEZ: Final = 25
_MARCAS: Final = re.compile(rb"^(/\S+ <<.*>> BDC|/\S+ BMC|EMC)$", re.MULTILINE)
_PRIMEIRO, _ULTIMO = 0x20, 0xFF

Andamento = Callable[[int, int], None]
"""Told now and then how many pages are drawn, and of how many."""


@dataclass(frozen=True, slots=True)
class Papel:
    """What the head of every page is made of: the title, who issues, and the logo's file name and bytes if any."""

    titulo: str
    cabecalho: CabecalhoDoDemonstrativo
    sigla: str
    logotipo: tuple[str, bytes] | None = None

    @property
    def nome(self) -> str:
        """Title of the PDF."""
        return f"{self.titulo.capitalize()} nº {self.cabecalho.numero}"


def desenhar(papel: Papel, folhas: Sequence[Folha], andamento: Andamento | None = None) -> bytes:
    """The pages as one PDF; the same ones are the same bytes. Raises `pdf.PdfIndisponivel` for a logo that needs more
    than this installation has."""
    cabeca = Cabeca(papel.titulo, str(papel.cabecalho.numero), papel.sigla, len(folhas), papel.logotipo is not None)
    livro = _Livro(papel)
    for feitas, folha in enumerate(folhas, start=1):
        livro.juntar(pintar(folha, cabeca))
        if andamento and (feitas % _POR_VEZ == 0 or feitas == len(folhas)):
            andamento(feitas, len(folhas))
    return livro.fechar()


class _Livro:
    """The file as it grows."""

    def __init__(self, papel: Papel) -> None:
        self._papel = papel
        self._escrita = PdfWriter()
        self._documento = self._guardar(_dicionario(Type="/StructElem", S="/Document"))
        self._raiz = self._guardar(DictionaryObject())
        self._recursos = self._guardar(self._recursos_das_paginas())
        self._elementos: list[IndirectObject] = []
        self._por_pagina: list[IndirectObject] = []

    def juntar(self, pagina: Pagina) -> None:
        """Add a page."""
        folha = self._escrita.add_blank_page(*_A4_DEITADO)
        fluxo = DecodedStreamObject()
        fluxo.set_data(pagina.bytes())
        folha[NameObject("/Contents")] = self._guardar(fluxo.flate_encode())
        folha[NameObject("/Resources")] = self._recursos
        folha[NameObject("/StructParents")] = NumberObject(len(self._por_pagina))
        folha[NameObject("/Tabs")] = NameObject("/S")
        elementos = [self._elemento(tipo, marca, folha) for marca, tipo in enumerate(pagina.marcas)]
        self._elementos += elementos
        self._por_pagina.append(self._guardar(ArrayObject(elementos)))

    def fechar(self) -> bytes:
        """The bytes of the file."""
        self._arvore()
        raiz = self._escrita.root_object
        raiz[NameObject("/Lang")] = TextStringObject("pt-BR")
        raiz[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        raiz[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
        raiz[NameObject("/StructTreeRoot")] = self._raiz
        emissor = self._papel.cabecalho.operadora.nome
        self._escrita.add_metadata({"/Title": self._papel.nome, "/Author": emissor, "/Producer": "Conecta"})
        saida = BytesIO()
        self._escrita.write(saida)
        return saida.getvalue()

    def _guardar(self, objeto: PdfObject) -> IndirectObject:
        return self._escrita._add_object(objeto)

    def _elemento(self, tipo: str, marca: int, folha: PdfObject) -> IndirectObject:
        elemento = _dicionario(S=f"/{tipo}")
        elemento[NameObject("/P")] = self._documento
        elemento[NameObject("/Pg")] = folha.indirect_reference or NullObject()
        elemento[NameObject("/K")] = NumberObject(marca)
        if tipo == "Figure":
            elemento[NameObject("/Alt")] = TextStringObject(self._papel.sigla)
        return self._guardar(elemento)

    def _arvore(self) -> None:
        numeros = [parte for chave, lista in enumerate(self._por_pagina) for parte in (NumberObject(chave), lista)]
        pais = self._guardar(DictionaryObject({NameObject("/Nums"): ArrayObject(numeros)}))
        _ler(self._documento).update({NameObject("/P"): self._raiz, NameObject("/K"): ArrayObject(self._elementos)})
        _ler(self._raiz).update(
            {
                NameObject("/Type"): NameObject("/StructTreeRoot"),
                NameObject("/K"): self._documento,
                NameObject("/ParentTree"): pais,
            }
        )

    def _recursos_das_paginas(self) -> DictionaryObject:
        fontes = DictionaryObject(
            {NameObject("/F1"): self._fonte(negrito=False), NameObject("/F2"): self._fonte(negrito=True)}
        )
        recursos = DictionaryObject({NameObject("/Font"): fontes})
        if self._papel.logotipo:
            desenho = DictionaryObject({NameObject("/Logotipo"): self._logotipo(self._papel.logotipo)})
            recursos[NameObject("/XObject")] = desenho
        return recursos

    def _fonte(self, *, negrito: bool) -> IndirectObject:
        """One of our fonts, which are small enough to be embedded whole, with the characters of Windows-1252."""
        nome = "/ConectaSansCondensed-Bold" if negrito else "/ConectaSansCondensed"
        larguras = avancos(negrito)
        codigos = (bytes([codigo]).decode("cp1252", "ignore") for codigo in range(_PRIMEIRO, _ULTIMO + 1))
        fonte = _dicionario(Type="/Font", Subtype="/TrueType", BaseFont=nome, Encoding="/WinAnsiEncoding")
        fonte[NameObject("/FirstChar")] = NumberObject(_PRIMEIRO)
        fonte[NameObject("/LastChar")] = NumberObject(_ULTIMO)
        fonte[NameObject("/Widths")] = ArrayObject(FloatObject(larguras.get(letra, 0)) for letra in codigos)
        fonte[NameObject("/FontDescriptor")] = self._guardar(self._descricao(nome, negrito=negrito))
        return self._guardar(fonte)

    def _descricao(self, nome: str, *, negrito: bool) -> DictionaryObject:
        dados = arquivo(negrito).read_bytes()
        fluxo = DecodedStreamObject()
        fluxo.set_data(dados)
        comprimido = fluxo.flate_encode()
        comprimido[NameObject("/Length1")] = NumberObject(len(dados))
        descricao = _dicionario(Type="/FontDescriptor", FontName=nome)
        medidas = {"Flags": 32, "ItalicAngle": 0, "Ascent": 928, "Descent": -236, "CapHeight": 729}
        medidas["StemV"] = 140 if negrito else 80
        descricao.update({NameObject(f"/{chave}"): NumberObject(valor) for chave, valor in medidas.items()})
        descricao[NameObject("/FontBBox")] = ArrayObject(map(NumberObject, (-918, -463, 1614, EM + 232)))
        descricao[NameObject("/FontFile2")] = self._guardar(comprimido)
        return descricao

    def _logotipo(self, logotipo: tuple[str, bytes]) -> IndirectObject:
        """The logo as a picture of its own, without the marks of the document that it was drawn in."""
        html = (
            f'<html lang="pt-BR"><title>{self._papel.sigla}</title><img src="{pdf.ANEXO}{logotipo[0]}" alt=""></html>'
        )
        desenhado = pdf.desenhar(html, PASTA, dict([logotipo]), "demonstrativo_logotipo.css")
        pagina = PdfReader(BytesIO(desenhado)).pages[0]
        fluxo = DecodedStreamObject()
        conteudo = pagina.get_contents()
        fluxo.set_data(_MARCAS.sub(b"", conteudo.get_data() if conteudo else b""))
        largura, altura = (lado * PONTOS for lado in LOGOTIPO)
        fluxo.update(_dicionario(Type="/XObject", Subtype="/Form"))
        fluxo[NameObject("/BBox")] = ArrayObject(map(FloatObject, (0, 0, largura, altura)))
        fluxo[NameObject("/Resources")] = pagina["/Resources"].clone(self._escrita)
        return self._guardar(fluxo.flate_encode())


def _dicionario(**nomes: str) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{chave}"): NameObject(valor) for chave, valor in nomes.items()})


def _ler(referencia: IndirectObject) -> DictionaryObject:
    objeto = referencia.get_object()
    assert isinstance(objeto, DictionaryObject)
    return objeto
