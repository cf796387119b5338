"""One version of the standard: its XSD files on disk, and the proof that they are the files of ANS."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from tiss_schemas.espacos import ANS

_RAIZ: Final = re.compile(r"tissV(\d{1,2})_(\d\d)_(\d\d)\.xsd")
_ENTIDADE_EXTERNA: Final = re.compile(rb"<!ENTITY[^>]*\b(?:SYSTEM|PUBLIC)\b")
_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_REFERENCIAS: Final = (f"{_XSD}include", f"{_XSD}import", f"{_XSD}redefine")


class EsquemaInvalido(Exception):
    """The files are not a TISS schema that can be used; the text says why, in Portuguese."""


@dataclass(frozen=True, slots=True)
class Versao:
    """A version whose schema is at hand. `origem` is "pacote" or "instalada"; `sha256` is that of `impressao`."""

    numero: str
    raiz: Path
    origem: str
    sha256: str

    @property
    def pasta(self) -> Path:
        """The folder with all of its XSD files."""
        return self.raiz.parent


def numero_do_nome(nome: str) -> str | None:
    """`tissV4_03_00.xsd` → `4.03.00`; None for any other file name."""
    achado = _RAIZ.fullmatch(nome)
    return f"{int(achado[1])}.{achado[2]}.{achado[3]}" if achado else None


def nome_da_raiz(numero: str) -> str:
    """`4.03.00` → `tissV4_03_00.xsd`."""
    return f"tissV{numero.replace('.', '_')}.xsd"


def arquivos_do_esquema(raiz: Path) -> list[Path]:
    """The root XSD and every file that it includes or imports, directly or not, sorted by name.

    Raises `EsquemaInvalido` if one is missing, is not XML, or lies anywhere but in the same folder.
    """
    vistos: set[str] = set()
    pendentes = [raiz.name]
    while pendentes:
        nome = pendentes.pop()
        if nome in vistos:
            continue
        vistos.add(nome)
        pendentes.extend(_referencias(raiz.parent / nome))
    return [raiz.parent / nome for nome in sorted(vistos)]


def impressao(arquivos: list[Path]) -> str:
    """SHA-256 over the names and the SHA-256 of the files: changes with any of them."""
    soma = hashlib.sha256()
    for arquivo in arquivos:
        soma.update(f"{arquivo.name}:{hashlib.sha256(arquivo.read_bytes()).hexdigest()}\n".encode())
    return soma.hexdigest()


def compilar(raiz: Path) -> etree.XMLSchema:
    """Compile the schema. Reads only local files; raises `EsquemaInvalido` if it does not compile for TISS messages."""
    try:
        esquema = etree.XMLSchema(etree.parse(str(raiz), _leitor()))
    except etree.LxmlError as erro:
        raise EsquemaInvalido(f"O esquema {raiz.name} não compila: {erro}") from erro
    return esquema


def _referencias(arquivo: Path) -> list[str]:
    try:
        conteudo = arquivo.read_bytes()
        if _ENTIDADE_EXTERNA.search(conteudo):
            raise EsquemaInvalido(f"O arquivo {arquivo.name} tem uma entidade externa, que não é aceita.")
        esquema = etree.fromstring(conteudo, _leitor())
    except FileNotFoundError:
        raise EsquemaInvalido(f"Falta o arquivo {arquivo.name}, de que o esquema precisa.") from None
    except (OSError, etree.XMLSyntaxError) as erro:
        raise EsquemaInvalido(f"O arquivo {arquivo.name} não é um XSD que se possa ler.") from erro
    if esquema.tag != f"{_XSD}schema":
        raise EsquemaInvalido(f"O arquivo {arquivo.name} não é um esquema XSD.")
    if numero_do_nome(arquivo.name) and esquema.get("targetNamespace") != ANS:
        raise EsquemaInvalido(f"O arquivo {arquivo.name} não é um esquema do padrão TISS.")
    return [_na_pasta(no, arquivo) for no in esquema.iterchildren(*_REFERENCIAS) if no.get("schemaLocation")]


def _na_pasta(no: etree._Element, arquivo: Path) -> str:
    local = str(no.get("schemaLocation")).removeprefix("./")
    if not re.fullmatch(r"[\w.\-]+\.xsd", local):
        raise EsquemaInvalido(f"O arquivo {arquivo.name} aponta para “{local}”, fora da sua pasta.")
    return local


def _leitor() -> etree.XMLParser:
    """ANS ships xmldsig-core-schema.xsd with a DOCTYPE, whose own entities are needed and whose DTD is not.

    An entity that reads another file is refused before this parser sees it.
    """
    return etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=True, huge_tree=False)
