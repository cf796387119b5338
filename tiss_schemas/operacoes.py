"""Each edit carried out on the tree of a message, by itself; `edicao` says in which order."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from tiss_schemas.arvore import SemLugar, criar, por, retirar, substituir
from tiss_schemas.edicoes import Copiar, Incluir, LimparTexto, Mover, Remover, Renomear, RetirarAtributo, Valor
from tiss_schemas.espacos import TAG_ANS, nome_local
from tiss_schemas.mudancas import ErroDeEdicao, Motivo, Mudanca, lugar_curto
from tiss_schemas.posicoes import Posicoes


@dataclass(frozen=True, slots=True)
class Feita:
    """A correction made; `novo` is the element that came with it, whose path is known only when all are made."""

    caminho: str
    de: str | None
    para: str | None
    motivo: Motivo
    novo: etree._Element | None = None

    def mudancas(self, depois: Posicoes) -> list[Mudanca]:
        """The change for the list of changes; none where the same text was put again."""
        if self.motivo is Motivo.EDICAO and self.de == self.para:
            return []
        caminho = self.caminho if self.novo is None else depois.caminho(self.novo)
        return [Mudanca(caminho, self.de, self.para, self.motivo)]


def por_valor(edicao: Valor, alvo: etree._Element) -> Feita:
    """Write the text of a field."""
    if next(alvo.iterchildren(etree.Element), None) is not None:
        raise ErroDeEdicao(edicao.caminho, f"“{nome_local(str(alvo.tag))}” é um grupo. Corrija os campos dentro dele.")
    de = texto_de(alvo)
    _escrever_texto(edicao.caminho, alvo, edicao.valor)
    return Feita(edicao.caminho, de, edicao.valor, Motivo.EDICAO)


def incluir(edicao: Incluir, alvo: etree._Element) -> Feita:
    """Put a new field inside `alvo`, with the groups that lead to it."""
    *grupos, nome = edicao.nome.split("/")
    pai = alvo
    for grupo in grupos:
        existente = next((filho for filho in pai if filho.tag == f"{TAG_ANS}{grupo}"), None)
        pai = _novo(edicao.caminho_pai, pai, grupo) if existente is None else existente
    novo = _novo(edicao.caminho_pai, pai, nome)
    _escrever_texto(edicao.caminho_pai, novo, edicao.valor)
    return Feita(edicao.caminho_pai, None, edicao.valor, Motivo.INCLUSAO, novo)


def remover(edicao: Remover, alvo: etree._Element) -> Feita:
    """Take the element out."""
    folha = next(alvo.iterchildren(etree.Element), None) is None
    de = texto_de(alvo) if folha else ""
    _retirar(edicao.caminho, alvo, "removido")
    return Feita(edicao.caminho, de, None, Motivo.REMOCAO)


def soltar(edicao: Mover, alvo: etree._Element) -> etree._Element:
    """The first half of a move: the element leaves its place; the group that it left."""
    return _retirar(edicao.caminho, alvo, "movido")


def recolocar(edicao: Mover, alvo: etree._Element, destino: etree._Element) -> Feita:
    """The second half of a move: the element comes to its place inside `destino`."""
    try:
        por(destino, alvo)
    except SemLugar as erro:
        raise ErroDeEdicao(edicao.caminho, str(erro)) from None
    para = None if edicao.para is None else lugar_curto(edicao.para)
    return Feita(edicao.caminho, None, para, Motivo.MOVIMENTO)


def renomear(edicao: Renomear, alvo: etree._Element) -> Feita:
    """Give the element another name."""
    de = nome_local(str(alvo.tag))
    try:
        alvo.tag = f"{TAG_ANS}{edicao.nome}"
    except ValueError:
        raise ErroDeEdicao(edicao.caminho, f"“{edicao.nome}” não é nome de elemento. Escolha um da lista.") from None
    return Feita(edicao.caminho, de, edicao.nome, Motivo.RENOMEACAO)


def copiar(edicao: Copiar, alvo: etree._Element, copia: etree._Element) -> Feita:
    """Put `copia`, which stands nowhere, inside `alvo`."""
    copia.tail = None
    try:
        substituir(alvo, copia)
    except SemLugar as erro:
        raise ErroDeEdicao(edicao.caminho_pai, str(erro)) from None
    return Feita(edicao.caminho_pai, None, lugar_curto(edicao.de), Motivo.COPIA, copia)


def limpar_texto(edicao: LimparTexto, alvo: etree._Element) -> Feita:
    """Take out what is written between the children, and keep their indentation."""
    pedacos = [alvo.text, *(filho.tail for filho in alvo)]
    de = " ".join(" ".join(filter(None, pedacos)).split())
    alvo.text = _so_recuo(alvo.text)
    for filho in alvo:
        filho.tail = _so_recuo(filho.tail)
    return Feita(edicao.caminho, de, None, Motivo.LIMPEZA)


def retirar_atributo(edicao: RetirarAtributo, alvo: etree._Element) -> Feita:
    """Take out every attribute of that local name."""
    nomes = [nome for nome in alvo.attrib if nome_local(str(nome)) == edicao.nome]
    if not nomes:
        raise ErroDeEdicao(
            edicao.caminho, f"O atributo “{edicao.nome}” não está mais ali. Recarregue a página e corrija novamente."
        )
    de = ", ".join(f"{edicao.nome}={alvo.attrib.pop(nome)!s}" for nome in nomes)
    return Feita(edicao.caminho, de, None, Motivo.ATRIBUTO)


def texto_de(elemento: etree._Element) -> str:
    """All the text inside, without comments."""
    return "".join(str(parte) for parte in elemento.itertext(etree.Element))


def conferir_caracteres(caminho: str, texto: str) -> None:
    """ErroDeEdicao at the first character that the standard's ISO-8859-1 does not have."""
    try:
        texto.encode("iso-8859-1")
    except UnicodeEncodeError as erro:
        raise ErroDeEdicao(
            caminho,
            f"O padrão TISS usa o conjunto de caracteres ISO-8859-1, que não tem “{texto[erro.start]}”. "
            "Troque esse caractere e salve novamente.",
        ) from None


def _novo(caminho: str, pai: etree._Element, nome: str) -> etree._Element:
    try:
        return criar(pai, nome)
    except SemLugar as erro:
        raise ErroDeEdicao(caminho, str(erro)) from None


def _retirar(caminho: str, alvo: etree._Element, feito: str) -> etree._Element:
    pai = alvo.getparent()
    if pai is None:
        raise ErroDeEdicao(caminho, f"O elemento principal da mensagem não pode ser {feito}.")
    retirar(alvo)
    return pai


def _escrever_texto(caminho: str, elemento: etree._Element, texto: str) -> None:
    conferir_caracteres(caminho, texto)
    for dentro in list(elemento):
        elemento.remove(dentro)
    try:
        elemento.text = texto
    except ValueError:
        raise ErroDeEdicao(
            caminho, "O texto tem um caractere de controle, que o XML não aceita. Digite-o novamente."
        ) from None


def _so_recuo(texto: str | None) -> str | None:
    if texto is None or texto.isspace():
        return texto
    fim = len(texto.rstrip(" \t"))
    return texto[fim - texto.endswith("\n", 0, fim) :]
