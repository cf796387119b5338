"""Which encoding a file declares, and in which its bytes are.

libxml2 reads UTF-8 bytes declared as ISO-8859-1 without a word ("São" becomes "SÃ£o"), so the lie has to be found here.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.edicoes import Reler
from tiss_schemas.recusas import CODIGOS, ArquivoRecusado, recusa

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
_NOMES: Final = {"utf-8": "UTF-8", "iso-8859-1": "ISO-8859-1", "windows-1252": "Windows-1252"}
_CONTROLES_C1: Final = bytes(range(0x80, 0xA0))
_SEM_CARACTERE: Final = b"\x81\x8d\x8f\x90\x9d"
"""Bytes that are no character in Windows-1252."""
_ACEITAS_TEXTO: Final = "ISO-8859-1, UTF-8 ou Windows-1252"


@dataclass(frozen=True, slots=True)
class Codificacao:
    """`nome`, in which the bytes are to be read: "utf-8", "iso-8859-1" or "windows-1252".

    `mentira` is the finding F03 where the file declares another.
    """

    nome: str
    mentira: Achado | None = None


def codificacao_de(conteudo: bytes) -> Codificacao:
    """In which encoding a file is, whatever it declares; UTF-8 is declared where nothing is, as XML says.

    Raises `ArquivoRecusado`: F04 where another encoding is declared, F03 where the bytes are in none that is accepted.
    """
    tem_bom = conteudo.startswith(codecs.BOM_UTF8)
    declarada = codificacao_declarada(conteudo)
    if conteudo.isascii():
        return Codificacao(declarada)
    primeiro = _primeiro_fora_de_utf8(conteudo)
    if primeiro is None:
        return _lida(conteudo, declarada, "utf-8", 0)
    if tem_bom:
        raise _ilegivel(conteudo, primeiro)
    tem_c1 = len(conteudo.translate(None, _CONTROLES_C1)) != len(conteudo)
    if declarada == "windows-1252" or (declarada == "iso-8859-1" and not tem_c1):
        return Codificacao(declarada)
    if len(conteudo.translate(None, _SEM_CARACTERE)) != len(conteudo):
        raise _ilegivel(conteudo, min(i for byte in _SEM_CARACTERE if (i := conteudo.find(byte)) >= 0))
    lugar = primeiro if declarada == "utf-8" else min(i for c in _CONTROLES_C1 if (i := conteudo.find(c)) >= 0)
    return _lida(conteudo, declarada, "windows-1252" if tem_c1 else "iso-8859-1", lugar)


def codificacao_declarada(conteudo: bytes) -> str:
    """What the file declares; UTF-8 where nothing is declared, as XML says. Raises `ArquivoRecusado` F04."""
    for marca, nome in _BOM_LARGO:
        if conteudo.startswith(marca):
            raise _nao_aceita(nome)
    declaracao = _DECLARACAO.match(conteudo[:200].removeprefix(codecs.BOM_UTF8))
    if declaracao is None:
        return "utf-8"
    nome = declaracao[1].decode("ascii", "replace")
    codificacao = _normalizada(nome)
    if codificacao is None:
        raise _nao_aceita(nome)
    return codificacao


def _primeiro_fora_de_utf8(conteudo: bytes) -> int | None:
    try:
        conteudo.decode("utf-8")
    except UnicodeDecodeError as erro:
        return erro.start
    return None


def _lida(conteudo: bytes, declarada: str, nome: str, lugar: int) -> Codificacao:
    """The file read as `nome`; `lugar` is the byte that gives the lie away."""
    if nome == declarada:
        return Codificacao(nome)
    mentira = Achado(
        regra="F03",
        codigo=CODIGOS["F03"],
        severidade=Severidade.IMPEDITIVA,
        mensagem=(
            f"O arquivo declara a codificação {_NOMES[declarada]}, mas foi gravado em {_NOMES[nome]}. Foi lido como "
            "está gravado, com os acentos certos, e ganha a declaração certa quando você salva."
        ),
        linha=_linha_do_byte(conteudo, lugar),
        valor=_NOMES[declarada],
        esperado=_NOMES[nome],
        conserto=(Reler(),),
        tipo=Tipo.ARQUIVO,
    )
    return Codificacao(nome, mentira)


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


def _ilegivel(conteudo: bytes, posicao: int) -> ArquivoRecusado:
    linha = _linha_do_byte(conteudo, posicao)
    return recusa(
        "F03",
        f"Na linha {linha} há um caractere que não existe em nenhuma das codificações aceitas ({_ACEITAS_TEXTO}). "
        "Gere o arquivo novamente no sistema que o fez.",
        linha=linha,
        esperado=_ACEITAS_TEXTO,
    )


def _linha_do_byte(conteudo: bytes, posicao: int) -> int:
    return conteudo.count(b"\n", 0, posicao) + 1
