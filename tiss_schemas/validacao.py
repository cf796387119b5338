"""Every violation of the schema of the file's own version, as findings."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Final

from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.leitura import Documento
from tiss_schemas.modelo import modelo
from tiss_schemas.traducao import CODIGO, REGRA, Erro, achado_de, dobrar

LIMITE_ACHADOS: Final = 30_000
"""Findings given one by one; a last, informative one says how many more errors there are."""

_ERROS_SEM_RISCO: Final = 500
"""libxml2 counts siblings for the path of each error, so among many siblings errors are counted before being listed."""
_IRMAOS_MANTIDOS: Final = 1_000

_PAIS_DE_MUITOS: Final = etree.XPath(f"//*[*[{_IRMAOS_MANTIDOS + 1}]]")


def validar_estrutura(documento: Documento, versao: str | None = None) -> list[Achado]:
    """Validate against the schema of `versao`, by default that of the document's own `Padrao`.

    One finding F06 (Tabela 38: 5002) per error, in document order. Empty for a valid document, and for a version that
    is not at hand: saying so is the business of rule M04.
    """
    achada = catalogo.obter(versao or documento.versao or "")
    if achada is None:
        return []
    esquema = catalogo.esquema(achada)
    raiz, total = documento.raiz, None
    if documento.muitos_irmaos:
        total = _quantos_erros(documento, esquema)
        if total > _ERROS_SEM_RISCO:
            raiz = _sem_repeticoes(raiz)
    if total == 0 or esquema.validate(raiz):
        return []
    registro = list(esquema.error_log)
    caminhos = _CaminhosDaLibxml(documento.raiz)
    erros = [
        Erro(entrada.type_name, elemento, entrada.message)
        for entrada in registro[:LIMITE_ACHADOS]
        if (elemento := caminhos.no(entrada.path)) is not None
    ]
    estrutura = modelo(achada)
    achados = [achado_de(erro, documento, estrutura) for erro in dobrar(erros)]
    if (restantes := max(total or 0, len(registro)) - min(len(registro), LIMITE_ACHADOS)) > 0:
        achados.append(_ha_mais(restantes))
    return achados


def _quantos_erros(documento: Documento, esquema: etree.XMLSchema) -> int:
    """Validate while parsing: linear in any document, but such errors carry no place."""
    leitor = etree.XMLParser(
        schema=esquema,
        encoding=documento.codificacao,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        etree.fromstring(documento.conteudo, leitor)
    except etree.XMLSyntaxError:
        return len(leitor.error_log)
    return 0


def _sem_repeticoes(raiz: etree._Element) -> etree._Element:
    """A copy with only the first children of each name, whose paths are those of the original."""
    copia = deepcopy(raiz)
    for pai in _PAIS_DE_MUITOS(copia):
        vistos: Counter[str] = Counter()
        for filho in list(pai):
            vistos[filho.tag] += 1
            if vistos[filho.tag] > _IRMAOS_MANTIDOS:
                pai.remove(filho)
    return copia


def _ha_mais(quantos: int) -> Achado:
    return Achado(
        regra=REGRA,
        codigo=CODIGO,
        severidade=Severidade.INFORMATIVA,
        mensagem=f"Há mais {quantos} erros de estrutura além dos listados. Corrija os listados e reprocesse o arquivo.",
        valor=str(quantos),
        tipo=Tipo.ARQUIVO,
    )


class _CaminhosDaLibxml:
    """From libxml2's paths to elements: prefixes as in the document, `*` under a default namespace."""

    def __init__(self, raiz: etree._Element) -> None:
        self._nos: dict[str, etree._Element | None] = {"": None}
        for passo in ("/*", f"/{_nome(raiz)}"):
            self._nos[passo] = raiz
        self._filhos: dict[etree._Element, dict[str, etree._Element]] = {}

    def no(self, caminho: str | None) -> etree._Element | None:
        """The element at `caminho`; that of its element for the path of an attribute."""
        if caminho is None:
            return None
        if caminho not in self._nos:
            acima, _, passo = caminho.rpartition("/")
            pai = self.no(acima)
            no = pai if passo.startswith("@") else None if pai is None else self._filhos_de(pai).get(passo)
            self._nos[caminho] = no
        return self._nos[caminho]

    def _filhos_de(self, pai: etree._Element) -> dict[str, etree._Element]:
        if pai not in self._filhos:
            self._filhos[pai] = _passos_da_libxml(pai)
        return self._filhos[pai]


def _nome(elemento: etree._Element) -> str:
    local = etree.QName(elemento).localname
    if elemento.prefix is not None:
        return f"{elemento.prefix}:{local}"
    return "*" if elemento.tag.startswith("{") else local


def _passos_da_libxml(pai: etree._Element) -> dict[str, etree._Element]:
    filhos = list(pai.iterchildren(etree.Element))
    nomes = [_nome(filho) for filho in filhos]
    quantos, vistos = Counter(nomes), Counter[str]()
    passos = {}
    for ordem, (nome, filho) in enumerate(zip(nomes, filhos, strict=True), start=1):
        vistos[nome] += 1
        if nome == "*":
            passos["*" if len(filhos) == 1 else f"*[{ordem}]"] = filho
        else:
            passos[nome if quantos[nome] == 1 else f"{nome}[{vistos[nome]}]"] = filho
    return passos
