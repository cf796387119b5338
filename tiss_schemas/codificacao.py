"""Which encoding a file declares, and whether its bytes keep that promise.

libxml2 reads UTF-8 bytes declared as ISO-8859-1 without a word ("São" becomes "SÃ£o"), so the lie has to be found here.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from tiss_schemas.recusas import ArquivoRecusado, recusa

_BOM_LARGO: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (b"<\0\0\0", "UTF-32"),
    (b"\0\0\0<", "UTF-32"),
    (b"<\0", "UTF-16"),
    (b"\0<", "UTF-16"),
)
_DECLARACAO: Final = re.compile(rb"""\A<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'>]{1,40})["']""")
_ACEITAS: Final = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "iso8859-1": "iso-8859-1",
    "cp1252": "windows-1252",
}
_CONTROLE_C1: Final = bytes(range(0x80, 0xA0))
_ACEITAS_TEXTO: Final = "ISO-8859-1, UTF-8 ou Windows-1252"


def codificacao_declarada(conteudo: bytes) -> str:
    """Return "utf-8", "iso-8859-1" or "windows-1252"; UTF-8 where nothing is declared, as XML says.

    Raises `ArquivoRecusado` F04 for any other encoding, F03 where the byte order mark contradicts the declaration.
    """
    for marca, nome in _BOM_LARGO:
        if conteudo.startswith(marca):
            raise _nao_aceita(nome)
    tem_bom = conteudo.startswith(codecs.BOM_UTF8)
    declarada = _DECLARACAO.match(conteudo[3:] if tem_bom else conteudo[:200])
    if declarada is None:
        return "utf-8"
    nome = declarada[1].decode("ascii", "replace")
    codificacao = _normalizada(nome)
    if codificacao is None:
        raise _nao_aceita(nome)
    if tem_bom and codificacao != "utf-8":
        raise recusa(
            "F03",
            f"O arquivo declara a codificação {nome}, mas começa com a marca de UTF-8 (BOM). "
            "Grave o arquivo novamente com uma única codificação.",
            linha=1,
            valor=nome,
            esperado="UTF-8",
        )
    return codificacao


def confere_codificacao(conteudo: bytes, codificacao: str) -> None:
    """Raise `ArquivoRecusado` F03 where the bytes are not in the encoding that was declared."""
    if conteudo.isascii():
        return
    try:
        conteudo.decode("utf-8")
        e_utf8 = True
    except UnicodeDecodeError as erro:
        if codificacao == "utf-8":
            raise _fora_de_utf8(conteudo, erro.start) from None
        e_utf8 = False
    if codificacao == "utf-8":
        return
    if e_utf8:
        raise recusa(
            "F03",
            f"O arquivo declara a codificação {codificacao.upper()}, mas foi gravado em UTF-8: os acentos seriam lidos "
            "errados. Grave o arquivo na codificação que ele declara, ou declare UTF-8.",
            linha=1,
            valor=codificacao.upper(),
            esperado="UTF-8",
        )
    if codificacao == "iso-8859-1" and len(conteudo.translate(None, _CONTROLE_C1)) != len(conteudo):
        raise recusa(
            "F03",
            "O arquivo declara ISO-8859-1, mas tem caracteres que só existem em Windows-1252 (como aspas curvas e "
            "travessão). Grave o arquivo em ISO-8859-1, ou declare windows-1252.",
            linha=_linha_do_byte(conteudo, min(i for c in _CONTROLE_C1 if (i := conteudo.find(c)) >= 0)),
            valor="ISO-8859-1",
            esperado="Windows-1252",
        )


def _normalizada(nome: str) -> str | None:
    try:
        return _ACEITAS.get(codecs.lookup(nome).name)
    except (LookupError, ValueError):
        return None


def _nao_aceita(nome: str) -> ArquivoRecusado:
    return recusa(
        "F04",
        f"O arquivo está na codificação {nome}, que não é aceita. Grave-o em {_ACEITAS_TEXTO}.",
        valor=nome,
        esperado=_ACEITAS_TEXTO,
    )


def _fora_de_utf8(conteudo: bytes, posicao: int) -> ArquivoRecusado:
    linha = _linha_do_byte(conteudo, posicao)
    return recusa(
        "F03",
        f"Na linha {linha} há um caractere que não é UTF-8, a codificação do arquivo. Se ele foi gravado em "
        "ISO-8859-1, declare essa codificação na primeira linha.",
        linha=linha,
        valor="UTF-8",
        esperado="ISO-8859-1",
    )


def _linha_do_byte(conteudo: bytes, posicao: int) -> int:
    return conteudo.count(b"\n", 0, posicao) + 1
