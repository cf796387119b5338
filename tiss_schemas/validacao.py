"""Every violation of the schema of the file's own version, as findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from threading import Lock
from typing import Final, cast

from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.calculados import Calculos
from tiss_schemas.caminhos_libxml import CaminhosDaLibxml
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.diagnostico import retirados
from tiss_schemas.leitor import leitor_seguro
from tiss_schemas.leitura import Documento
from tiss_schemas.memoria import devolver_memoria
from tiss_schemas.modelo import Modelo, modelo
from tiss_schemas.ocultos import com_ocultos, sem_ocultos
from tiss_schemas.traducao import (
    CODIGO,
    CONTEUDO,
    REGRA,
    Erro,
    achado_de_diagnostico,
    achado_de_erro,
    dobrar,
    grupos_em_branco,
)
from tiss_schemas.valores import contas_exatas

LIMITE_ACHADOS: Final = 25_000
"""Findings given one by one; a last, informative one says how many more errors there are."""

_ERROS_SEM_RISCO: Final = 500
"""libxml2 counts siblings for the path of each error, so among many siblings errors are counted before being listed."""
_ERROS_PARA_PROCURAR_OCULTOS: Final = 5_000
_IRMAOS_MANTIDOS: Final = 1_000

_UM_POR_VEZ: Final = Lock()
_PAIS_DE_MUITOS: Final = etree.XPath(f"//*[*[{_IRMAOS_MANTIDOS + 1}]]")


@coletor_em_pausa()
@contas_exatas()
def validar_estrutura(documento: Documento, versao: str | None = None) -> list[Achado]:
    """Validate against the schema of `versao`, by default that of the document's own `Padrao`.

    One finding F06 (Tabela 38: 5002) per error, in document order. Empty for a valid document, and for a version that
    is not at hand: saying so is the business of rule M04.
    """
    achada = catalogo.obter(versao or documento.versao or "")
    if achada is None:
        return []
    esquema = catalogo.esquema(achada)
    if documento.muitos_irmaos and (total := _quantos_erros(documento, esquema)) > _ERROS_SEM_RISCO:
        erros = _erros_sem_repeticoes(documento, esquema)
        restantes = total - len(erros)
    else:
        erros, total = _erros_da_libxml(esquema, documento.raiz, documento)
        restantes = total - LIMITE_ACHADOS
    if not erros:
        return []
    achados = _achados(documento, erros, modelo(achada), esquema)
    return [*achados, ha_mais(restantes, "erros de estrutura")] if restantes > 0 else achados


def _achados(documento: Documento, erros: list[Erro], estrutura: Modelo, esquema: etree.XMLSchema) -> list[Achado]:
    if _vale_procurar_ocultos(documento, erros):
        tudo = com_ocultos(documento, erros, estrutura, lambda raiz: _erros_da_libxml(esquema, raiz)[0])
    else:
        tudo = sem_ocultos(erros, estrutura)
    erros_de_valor, em_branco = grupos_em_branco(dobrar(tudo.erros), estrutura)
    vao_embora = retirados(tudo.diagnosticos)
    calculos = Calculos()
    situados = [
        (erro.elemento, achado_de_erro(erro, documento, estrutura, calculos))
        for erro in erros_de_valor
        if erro.elemento not in vao_embora
    ]
    situados += [(d.elemento, achado_de_diagnostico(d, documento)) for d in (*em_branco, *tudo.diagnosticos)]
    return [achado for _, achado in sorted(situados, key=lambda par: documento.deslocamento(par[0]))]


def _vale_procurar_ocultos(documento: Documento, erros: list[Erro]) -> bool:
    """Not among thousands of errors or siblings: there is enough to correct, and each look costs a validation."""
    if documento.muitos_irmaos or len(erros) > _ERROS_PARA_PROCURAR_OCULTOS:
        return False
    return any(erro.tipo == CONTEUDO for erro in erros)


def _erros_da_libxml(
    esquema: etree.XMLSchema, raiz: etree._Element, documento: Documento | None = None
) -> tuple[list[Erro], int]:
    """The first LIMITE_ACHADOS errors of a tree at its elements, and how many there are.

    `documento` if it is that document's own.
    """
    registro, total = _registro(esquema, raiz)
    caminhos = CaminhosDaLibxml(raiz, documento)
    return [Erro(tipo, caminhos.no(caminho), mensagem) for tipo, caminho, mensagem in registro], total


def _erros_sem_repeticoes(documento: Documento, esquema: etree.XMLSchema) -> list[Erro]:
    """The errors of a copy that keeps only the first children of each name, at the elements of the document."""
    copia = deepcopy(documento.raiz)
    original_de = dict(zip(copia.iter(etree.Element), documento.raiz.iter(etree.Element), strict=True))
    for pai in cast("list[etree._Element]", _PAIS_DE_MUITOS(copia)):
        vistos: Counter[str] = Counter()
        for filho in list(pai):
            vistos[filho.tag] += 1
            if vistos[filho.tag] > _IRMAOS_MANTIDOS:
                pai.remove(filho)
    return [replace(erro, elemento=original_de[erro.elemento]) for erro in _erros_da_libxml(esquema, copia)[0]]


def _registro(esquema: etree.XMLSchema, raiz: etree._Element) -> tuple[list[tuple[str, str, str]], int]:
    """Type, path and message of the first errors, and how many there are.

    The compiled schema is one per process and so is its log: one at a time. Four hundred thousand errors in it take
    hundreds of MB, and more as Python's texts, so that only those are read that will be spoken of, and none is kept.
    """
    with _UM_POR_VEZ:
        if esquema.validate(raiz):
            return [], 0
        entradas = [*cast("Iterable[etree._LogEntry]", esquema.error_log)]
        lidas, total = [(e.type_name, _caminho(e), e.message) for e in entradas[:LIMITE_ACHADOS]], len(entradas)
        esquema._clear_error_log()  # type: ignore[attr-defined]
    del entradas
    if total > LIMITE_ACHADOS:
        devolver_memoria()
    return lidas, total


def _caminho(entrada: etree._LogEntry) -> str:
    """Where libxml2 says that it is; a name cut in the middle of a character goes without that character."""
    try:
        return entrada.path or ""
    except UnicodeDecodeError as erro:
        return erro.object.decode(errors="ignore")


def _quantos_erros(documento: Documento, esquema: etree.XMLSchema) -> int:
    """Validate while parsing: linear in any document, but such errors carry no place."""
    leitor = leitor_seguro(documento.codificacao, so_dados=True, esquema=esquema)
    conteudo = documento.conteudo
    if documento.nomes_reparados:
        conteudo = cast("bytes", etree.tostring(documento.raiz, encoding=documento.codificacao))
    try:
        etree.fromstring(conteudo, leitor)
    except etree.XMLSyntaxError:
        return sum(1 for _ in leitor.error_log)
    return 0


def ha_mais(quantos: int, do_que: str) -> Achado:
    """The last finding where there are more than LIMITE_ACHADOS. Those only counted come back in the next verdict."""
    return Achado(
        regra=REGRA,
        codigo=CODIGO,
        severidade=Severidade.INFORMATIVA,
        mensagem=f"Há mais {quantos} {do_que} além dos listados. Corrija os listados e reprocesse o arquivo.",
        valor=str(quantos),
        tipo=Tipo.ARQUIVO,
    )
