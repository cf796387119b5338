"""Many statements as one ZIP."""

from __future__ import annotations

from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db.models import Sum

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from conecta.erros import ErroDeNegocio
from demonstrativos.emissao.models import Demonstrativo
from demonstrativos.emissao.nomes import nome_de, quando

MAIS_DOCUMENTOS: Final = 300
MAIS_BYTES: Final = 200 * 1024**2
_NA_MEMORIA: Final = 2 * 1024**2
COLUNAS: Final = {"pdf": "conteudo_pdf_id", "xml": "conteudo_xml_id"}


class ZipGrande(ErroDeNegocio):
    """More than one download takes, or nothing at all."""


def em_zip(demonstrativos: Sequence[Demonstrativo], formato: str, padrao: str) -> IO[bytes]:
    """The PDFs, or the messages, of statements in one ZIP, named by `padrao`: written to disk, one at a time.

    Those that have no file of that kind are left out. Raises `ZipGrande`.
    """
    levados = com_arquivo(demonstrativos, formato)
    _recusar(levados, formato)
    arquivo = SpooledTemporaryFile(max_size=_NA_MEMORIA)  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(arquivo, "w") as pacote:
        for um, nome in zip(levados, _nomes(levados, formato, padrao), strict=True):
            entrada = ZipInfo(nome, quando(um))
            # PDFs are compressed already.
            entrada.compress_type = ZIP_DEFLATED if formato == "xml" else ZIP_STORED
            pacote.writestr(entrada, cofre.abrir(getattr(um, COLUNAS[formato])))
    arquivo.seek(0)
    return arquivo


def com_arquivo(demonstrativos: Sequence[Demonstrativo], formato: str) -> list[Demonstrativo]:
    """Those that have a file of that kind."""
    return [um for um in demonstrativos if getattr(um, COLUNAS[formato])]


def _nomes(demonstrativos: Sequence[Demonstrativo], formato: str, padrao: str) -> list[str]:
    """A name for each, none twice: two operadoras count alike, and a long name loses its number. Who comes later has
    the id too."""
    usados: set[str] = set()
    nomes = []
    for um in demonstrativos:
        nome = nome_de(um, padrao, formato)
        if nome in usados:
            nome = f"{nome.removesuffix(f'.{formato}')}-{um.pk}.{formato}"
        usados.add(nome)
        nomes.append(nome)
    return nomes


def _recusar(demonstrativos: Sequence[Demonstrativo], formato: str) -> None:
    if not demonstrativos:
        raise ZipGrande(f"Nenhum destes demonstrativos tem {formato.upper()}. Mude os filtros.")
    if len(demonstrativos) > MAIS_DOCUMENTOS:
        raise ZipGrande(
            f"São mais de {MAIS_DOCUMENTOS} demonstrativos, mais do que cabe em um ZIP. Escolha um período menor."
        )
    conteudos = Conteudo.objects.filter(pk__in=[getattr(um, COLUNAS[formato]) for um in demonstrativos])
    if (conteudos.aggregate(soma=Sum("tamanho"))["soma"] or 0) > MAIS_BYTES:
        raise ZipGrande("Os arquivos passam de 200 MB, mais do que cabe em um ZIP. Escolha um período menor.")
