"""Damages to the bytes: encoding, envelope, root; and what looks like damage and is none."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.danos.base import Conserto
from tiss_schemas.espacos import ANS

_IGUAL, _NENHUM = Conserto.IGUAL, Conserto.NENHUM
_DECLARACAO = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
_XSI = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
Troca = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, kw_only=True)
class DanoDeArquivo:
    """A damage found at the file as a whole, or at its root."""

    nome: str
    fazer: Troca
    regra: str
    conserto: Conserto = _NENHUM
    na_raiz: bool = False

    def __str__(self) -> str:
        return self.nome


def _sem_espaco(base: bytes, _dado: random.Random) -> bytes:
    return base.replace(f' xmlns:ans="{ANS}"'.encode(), b"").replace(b"ans:", b"")


def _so_o_lote(base: bytes, _dado: random.Random) -> bytes:
    lote = re.search(rb"<ans:loteGuias>.*</ans:loteGuias>", base, re.DOTALL)
    assert lote is not None
    return _DECLARACAO + lote[0].replace(b"<ans:loteGuias>", f'<ans:loteGuias xmlns:ans="{ANS}">'.encode(), 1)


def _cortado(base: bytes, dado: random.Random) -> bytes:
    return base[: dado.randrange(len(base) // 3, len(base) - 40)].rpartition(b"</")[0]


def _fecha_outra(base: bytes, dado: random.Random) -> bytes:
    fim = dado.choice(list(re.finditer(rb"</ans:\w+>", base)))
    return base[: fim.start()] + b"</ans:outro>" + base[fim.end() :]


def _em_um_texto(o_que: bytes) -> Troca:
    """`o_que` inside the text of some field."""

    def fazer(base: bytes, dado: random.Random) -> bytes:
        campo = dado.choice(list(re.finditer(rb">[^<\n]+<", base)))
        return base[: campo.start() + 1] + o_que + base[campo.start() + 1 :]

    return fazer


DANOS_DE_ARQUIVO = (
    DanoDeArquivo(nome="arquivo cortado", fazer=_cortado, regra="F07"),
    DanoDeArquivo(nome="arquivo vazio", fazer=lambda *_: b" \n", regra="F01"),
    DanoDeArquivo(nome="um ZIP", fazer=lambda b, _: b"PK\x03\x04" + b, regra="F01"),
    DanoDeArquivo(nome="uma página da internet", fazer=lambda *_: b"<!DOCTYPE html><html></html>", regra="F01"),
    DanoDeArquivo(nome="texto antes da mensagem", fazer=lambda b, _: b"Segue o lote: " + b, regra="F01"),
    DanoDeArquivo(nome="texto depois da mensagem", fazer=lambda b, _: b + b"fim", regra="F03"),
    DanoDeArquivo(nome="uma tag fecha outra", fazer=_fecha_outra, regra="F03"),
    DanoDeArquivo(nome="um E comercial solto", fazer=_em_um_texto(b" & "), regra="F03"),
    DanoDeArquivo(nome="um sinal de menor solto", fazer=_em_um_texto(b" < "), regra="F03"),
    DanoDeArquivo(nome="um caractere de controle", fazer=_em_um_texto(b"\x0b"), regra="F03"),
    DanoDeArquivo(
        nome="DOCTYPE", fazer=lambda b, _: b.replace(b"?>", b"?><!DOCTYPE ans:mensagemTISS>", 1), regra="F04"
    ),
    DanoDeArquivo(
        nome="UTF-16",
        fazer=lambda b, _: b.decode("latin-1").replace("ISO-8859-1", "UTF-16").encode("utf-16"),
        regra="F04",
    ),
    DanoDeArquivo(
        nome="UTF-8 que se diz ISO-8859-1",
        fazer=lambda b, _: b.decode("latin-1").encode("utf-8"),
        regra="F03",
        conserto=_IGUAL,
    ),
    DanoDeArquivo(
        nome="ISO-8859-1 que se diz UTF-8",
        fazer=lambda b, _: b.replace(b"ISO-8859-1", b"UTF-8", 1),
        regra="F03",
        conserto=_IGUAL,
    ),
    DanoDeArquivo(
        nome="ISO-8859-1 sem declaração",
        fazer=lambda b, _: b.replace(_DECLARACAO, b"", 1).lstrip(),
        regra="F03",
        conserto=_IGUAL,
    ),
    DanoDeArquivo(
        nome="outro espaço de nomes",
        fazer=lambda b, _: b.replace(ANS.encode(), b"http://www.ans.gov.br/padroes/tiss/schema"),
        regra="F05",
        conserto=_IGUAL,
        na_raiz=True,
    ),
    DanoDeArquivo(nome="nenhum espaço de nomes", fazer=_sem_espaco, regra="F05", conserto=_IGUAL, na_raiz=True),
    DanoDeArquivo(nome="só o loteGuias", fazer=_so_o_lote, regra="F05", na_raiz=True),
)


@dataclass(frozen=True, kw_only=True)
class Inofensivo:
    """Another way to write the same message, or a message as right as it."""

    nome: str
    fazer: Troca
    mesma: bool = True
    """Whether it is the same message still."""

    def __str__(self) -> str:
        return self.nome


def _em_todo_texto(padrao: bytes, por: bytes) -> Troca:
    return lambda base, _dado: re.sub(padrao, por, base)


def _cdata(base: bytes, dado: random.Random) -> bytes:
    """Some texts as CDATA; one that has an entity would change."""
    return re.sub(rb">([^<>&\n]+)<", lambda a: a[0] if dado.random() < 0.5 else b"><![CDATA[" + a[1] + b"]]><", base)


def _comentarios(base: bytes, dado: random.Random) -> bytes:
    return re.sub(rb">\n", lambda a: a[0] if dado.random() < 0.7 else b"><!-- <ans:UF>99</ans:UF> -->\n", base)


def _referencias(base: bytes, _dado: random.Random) -> bytes:
    return re.sub(rb"[\x80-\xff]", lambda a: b"&#%d;" % a[0][0], base)


INOFENSIVOS = (
    Inofensivo(nome="marca de UTF-8 no começo", fazer=lambda b, _: b"\xef\xbb\xbf" + _em_utf8(b)),
    Inofensivo(nome="UTF-8", fazer=lambda b, _: _em_utf8(b)),
    Inofensivo(nome="UTF-8 sem declaração", fazer=lambda b, _: _em_utf8(b).partition(b"?>")[2].lstrip()),
    Inofensivo(nome="windows-1252", fazer=lambda b, _: b.replace(b"ISO-8859-1", b"windows-1252", 1)),
    Inofensivo(nome="CDATA", fazer=_cdata),
    Inofensivo(nome="comentários", fazer=_comentarios),
    Inofensivo(nome="instruções", fazer=_em_todo_texto(rb"<ans:cabecalho>", rb"<?erp 1.0?>\g<0>")),
    Inofensivo(nome="referências em lugar de acentos", fazer=_referencias),
    Inofensivo(
        nome="outro prefixo", fazer=lambda b, _: b.replace(b"ans:", b"tiss:").replace(b"xmlns:ans", b"xmlns:tiss")
    ),
    Inofensivo(
        nome="espaço de nomes sem prefixo",
        fazer=lambda b, _: b.replace(b"<ans:", b"<").replace(b"</ans:", b"</").replace(b"xmlns:ans", b"xmlns"),
    ),
    Inofensivo(nome="linhas de Windows", fazer=lambda b, _: b.replace(b"\n", b"\r\n")),
    Inofensivo(nome="tudo em uma linha", fazer=_em_todo_texto(rb">\n<", b"><")),
    Inofensivo(nome="recuado", fazer=_em_todo_texto(rb">\n<", b">\n\t  <")),
    Inofensivo(nome="aspas simples", fazer=lambda b, _: re.sub(rb'"([^"]*)"', rb"'\1'", b)),
    Inofensivo(nome="brancos dentro das tags", fazer=_em_todo_texto(rb"<(/?ans:\w+)>", rb"<\1 >")),
    Inofensivo(nome="linhas em branco depois do fim", fazer=lambda b, _: b + b"\n\n"),
    Inofensivo(
        nome="endereço do esquema na raiz",
        fazer=lambda b, _: b.replace(
            b"<ans:mensagemTISS",
            b"<ans:mensagemTISS" + _XSI + b' xsi:schemaLocation="' + ANS.encode() + b' tissV4_03_00.xsd"',
            1,
        ),
        mesma=False,
    ),
    Inofensivo(
        nome="hash em maiúsculas",
        fazer=lambda b, _: re.sub(rb"(<ans:hash>)(\w+)", lambda a: a[1] + a[2].upper(), b),
        mesma=False,
    ),
)


def _em_utf8(base: bytes) -> bytes:
    return base.decode("latin-1").replace("ISO-8859-1", "UTF-8", 1).encode("utf-8")
