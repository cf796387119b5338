"""Every violation of the schema of the file's own version, as findings."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Final

from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.caminhos_libxml import CaminhosDaLibxml
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.leitura import Documento
from tiss_schemas.modelo import modelo
from tiss_schemas.traducao import CODIGO, REGRA, Erro, achado_de, dobrar

LIMITE_ACHADOS: Final = 30_000
"""Findings given one by one; a last, informative one says how many more errors there are."""

_ERROS_SEM_RISCO: Final = 500
"""libxml2 counts siblings for the path of each error, so among many siblings errors are counted before being listed."""
_IRMAOS_MANTIDOS: Final = 1_000

_PAIS_DE_MUITOS: Final = etree.XPath(f"//*[*[{_IRMAOS_MANTIDOS + 1}]]")


@coletor_em_pausa()
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
    caminhos = CaminhosDaLibxml(documento)
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
