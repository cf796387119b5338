"""From bytes that anybody may have sent to a tree that is safe to walk."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Final

from lxml import etree

from tiss_schemas import inspecao
from tiss_schemas.achados import Achado
from tiss_schemas.codificacao import codificacao_de, codificacao_declarada
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.entendimento import entender, reparos_de_nomes
from tiss_schemas.espacos import TAG_ANS, nome_local
from tiss_schemas.leitor import leitor_seguro
from tiss_schemas.mal_formados import motivo
from tiss_schemas.posicoes import Posicoes
from tiss_schemas.recusas import ArquivoRecusado, recusa

__all__ = ["LIMITE_BYTES", "ArquivoRecusado", "Documento", "ler"]

LIMITE_BYTES: Final = 15 * 1024 * 1024
"""The largest file that is read: 15 MB, as on the upload page."""

_RAIZ: Final = f"{TAG_ANS}mensagemTISS"
_BRANCOS: Final = b" \t\r\n"
_ASSINATURAS: Final = (
    (b"PK\x03\x04", "um arquivo ZIP"),
    (b"PK\x05\x06", "um arquivo ZIP"),
    (b"\x1f\x8b", "um arquivo compactado (GZIP)"),
    (b"7z\xbc\xaf\x27\x1c", "um arquivo compactado (7z)"),
    (b"Rar!", "um arquivo compactado (RAR)"),
    (b"%PDF", "um PDF"),
    (b"\xd0\xcf\x11\xe0", "um documento do Office"),
    (b"\x89PNG", "uma imagem"),
    (b"\xff\xd8\xff", "uma imagem"),
)
_PAGINAS_HTML: Final = (b"<!doctype html", b"<html")
_MUITOS_FILHOS: Final = etree.XPath(f"boolean(//*[{inspecao.MUITOS_FILHOS + 1}])")
_FILHOS_DEMAIS: Final = etree.XPath(f"boolean(//*[{inspecao.LIMITE_FILHOS + 1}])")
_PROFUNDO_DEMAIS: Final = "Excessive depth"


class Documento:
    """A well-formed message: its bytes, its tree, and where each element stands.

    The tree has no comments and no processing instructions, and where nothing could be lost by it, no indentation
    between tags (`sem_recuo`); call `etree.indent` before writing it for people. Lines and paths hold while the tree
    is not changed: a correction is made on a copy.

    A file that lies about its encoding or its namespace is understood all the same: `codificacao` is the one of its
    bytes, `raiz` is in ANS's namespace, and `reparos` are the findings that say so, the one about
    the encoding (`mentira`) first.
    """

    def __init__(
        self,
        conteudo: bytes,
        codificacao: str,
        raiz: etree._Element,
        *,
        sem_recuo: bool,
        mentira: Achado | None = None,
    ) -> None:
        self.conteudo = conteudo
        self.codificacao = codificacao
        self.raiz = raiz
        self.sem_recuo = sem_recuo
        self.muitos_irmaos = bool(_MUITOS_FILHOS(raiz))
        entendidos = entender(raiz, conteudo)
        self.nomes_reparados = bool(entendidos)
        self._posicoes = Posicoes(raiz, conteudo)
        da_codificacao = () if mentira is None else (mentira,)
        self.reparos: tuple[Achado, ...] = (*da_codificacao, *reparos_de_nomes(entendidos, self._posicoes))

    @cached_property
    def versao(self) -> str | None:
        """Text of `cabecalho/Padrao` (`versaoPadrao` up to 3.02.01), without outer blanks; None if absent or empty.

        `cabecalho` and `Padrao` are known in whatever capitals: it takes the schema of the version to name them right.
        """
        for cabecalho in _chamados("cabecalho", self.raiz):
            for campo in (*_chamados("Padrao", cabecalho), *cabecalho.findall(f"{TAG_ANS}versaoPadrao")):
                if campo.text:
                    return campo.text.strip() or None
        return None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes as they came, 64 hex digits."""
        return hashlib.sha256(self.conteudo).hexdigest()

    def linha(self, elemento: etree._Element) -> int:
        """Line of the element's start tag, from 1, exact in files of any length."""
        return self._posicoes.linha(elemento)

    def deslocamento(self, elemento: etree._Element) -> int:
        """Byte offset of the element's start tag in `conteudo`."""
        return self._posicoes.deslocamento(elemento)

    def caminho(self, elemento: etree._Element) -> str:
        """Absolute XPath with the prefixes of `espacos.NS` that selects exactly this element."""
        return self._posicoes.caminho(elemento)

    def no(self, caminho: str) -> etree._Element | None:
        """The element at a path written by `caminho`, or None."""
        return self._posicoes.no(caminho)


@coletor_em_pausa()
def ler(conteudo: bytes, nome: str | None = None) -> Documento:
    """Read a message. `nome` is the file's name, of which only the extension is judged.

    Raises `ArquivoRecusado`, whose `achado` is one of F01 (not an XML file), F02 (too big), F03 (not well-formed, or in
    no encoding that is accepted), F04 (encoding not accepted, DOCTYPE), F05 (not a TISS message), F07 (ends too early).
    Comments are ignored; nothing is fetched, expanded or unpacked.
    """
    _confere_envelope(conteudo, nome)
    codificacao_declarada(conteudo)
    _confere_conteudo(conteudo)
    codificacao = codificacao_de(conteudo)
    inspecao.recusa_doctype(conteudo, codificacao.nome)
    sem_recuo = not inspecao.tem_marcas(conteudo)
    inspecao.confere_limites(conteudo, codificacao.nome, marcas=not sem_recuo)
    raiz = _arvore(conteudo, codificacao.nome, sem_recuo=sem_recuo)
    documento = Documento(conteudo, codificacao.nome, raiz, sem_recuo=sem_recuo, mentira=codificacao.mentira)
    _confere_raiz(documento)
    if documento.muitos_irmaos and _FILHOS_DEMAIS(raiz):
        raise inspecao.excesso(inspecao.FILHOS, inspecao.LIMITE_FILHOS)
    return documento


def _confere_envelope(conteudo: bytes, nome: str | None) -> None:
    if nome is not None and not nome.lower().endswith(".xml"):
        raise recusa(
            "F01",
            "O nome do arquivo não termina em .xml. Envie o arquivo XML gerado pelo seu sistema de faturamento.",
            valor=nome[-80:],
            esperado=".xml",
        )
    if not conteudo or conteudo.isspace():
        raise recusa("F01", "O arquivo está vazio. Gere o XML novamente no seu sistema e envie o novo arquivo.")
    if len(conteudo) > LIMITE_BYTES:
        raise recusa(
            "F02",
            f"O arquivo tem {_megabytes(len(conteudo))} e o limite é 15 MB. Divida o lote em arquivos menores.",
            valor=_megabytes(len(conteudo)),
            esperado="15 MB",
        )


def _confere_conteudo(conteudo: bytes) -> None:
    for assinatura, descricao in _ASSINATURAS:
        if conteudo.startswith(assinatura):
            raise recusa("F01", f"O conteúdo é {descricao}, não um XML. Envie o arquivo XML, sem compactar.")
    inicio = conteudo[:1_024].removeprefix(b"\xef\xbb\xbf").lstrip(_BRANCOS)
    if inicio.lower().startswith(_PAGINAS_HTML):
        raise recusa("F01", "O conteúdo é uma página da internet (HTML), não um XML. Baixe o XML e envie-o.")
    if inicio and not inicio.startswith(b"<"):
        raise recusa("F01", "O conteúdo não é XML. Envie o arquivo XML gerado pelo seu sistema de faturamento.")


def _arvore(conteudo: bytes, codificacao: str, *, sem_recuo: bool) -> etree._Element:
    leitor = leitor_seguro(codificacao, so_dados=True, sem_recuo=sem_recuo)
    try:
        return etree.fromstring(conteudo, leitor)
    except etree.XMLSyntaxError as erro:
        raise _mal_formado(conteudo, codificacao, erro) from None


def _mal_formado(conteudo: bytes, codificacao: str, erro: etree.XMLSyntaxError) -> ArquivoRecusado:
    linha, coluna = erro.position
    if _PROFUNDO_DEMAIS in str(erro):
        return inspecao.excesso(inspecao.PROFUNDIDADE, inspecao.LIMITE_PROFUNDIDADE, linha)
    if inspecao.terminou_cedo(conteudo, codificacao):
        ultima = conteudo.count(b"\n") + 1
        return recusa(
            "F07",
            f"O arquivo termina antes do fim da mensagem, na linha {ultima}: falta fechar elementos. O envio pode "
            "ter sido interrompido; envie o arquivo novamente.",
            linha=ultima,
        )
    porque = motivo(erro)
    return recusa(
        "F03",
        f"O XML está mal formado na linha {linha}, coluna {coluna}{f': {porque}' if porque else ''}. Corrija o arquivo "
        "no sistema que o gerou e envie-o novamente.",
        linha=linha,
    )


def _chamados(nome: str, pai: etree._Element) -> list[etree._Element]:
    """The children of that name; where there is none, those that have it in other capitals."""
    certos = pai.findall(f"{TAG_ANS}{nome}")
    return certos or [no for no in pai.iterchildren(etree.Element) if nome_local(no.tag).lower() == nome.lower()]


def _confere_raiz(documento: Documento) -> None:
    if documento.raiz.tag == _RAIZ:
        return
    local = nome_local(documento.raiz.tag)
    if local == "loteGuias":
        mensagem = (
            "O arquivo começa pelo lote de guias (“loteGuias”). Faltam em volta dele a mensagem (“mensagemTISS”), o "
            "cabeçalho com a transação, o prestador, a operadora e a versão (“cabecalho”), o grupo "
            "“prestadorParaOperadora” e o epílogo com o hash (“epilogo”)."
        )
    else:
        mensagem = f"O arquivo começa por “{local}”, e uma mensagem TISS começa por “mensagemTISS”."
    raise recusa(
        "F05",
        f"{mensagem} Gere o arquivo novamente no padrão TISS.",
        caminho=documento.caminho(documento.raiz),
        linha=documento.linha(documento.raiz),
        valor=local,
        esperado="mensagemTISS",
    )


def _megabytes(tamanho: int) -> str:
    centesimos = -(-tamanho * 100 // (1024 * 1024))
    return f"{centesimos // 100},{centesimos % 100:02d} MB"
