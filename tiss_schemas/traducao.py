"""From what libxml2 and the diagnosis found to findings that a biller understands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, cast

from lxml import etree

from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.calculados import Calculos
from tiss_schemas.diagnostico import Diagnostico, Passo
from tiss_schemas.edicoes import Edicao, LimparTexto, Remover, RetirarAtributo, Valor
from tiss_schemas.facetas import aceita
from tiss_schemas.frases import esperado, frase_de_valor
from tiss_schemas.leitura import Documento
from tiss_schemas.lembranca import lembrar
from tiss_schemas.modelo import Modelo, trilha_de
from tiss_schemas.modelo import Valor as ValorDoXsd
from tiss_schemas.palavras import cortado, nome
from tiss_schemas.sugestoes import sugestao

REGRA: Final = "F06"
CODIGO: Final = "5002"
CONTEUDO: Final = "SCHEMAV_ELEMENT_CONTENT"

_FALTAM: Final = "Missing child element(s)"
_NUMEROS: Final = frozenset({"decimal", "integer"})
_TIPOS_DE_VALOR: Final = {
    "SCHEMAV_CVC_ENUMERATION_VALID": Tipo.FORA_DA_LISTA,
    "SCHEMAV_CVC_PATTERN_VALID": Tipo.PADRAO,
    "SCHEMAV_CVC_LENGTH_VALID": Tipo.PADRAO,
    "SCHEMAV_CVC_MINLENGTH_VALID": Tipo.CURTO,
    "SCHEMAV_CVC_MAXLENGTH_VALID": Tipo.LONGO,
    "SCHEMAV_CVC_TOTALDIGITS_VALID": Tipo.LONGO,
    "SCHEMAV_CVC_FRACTIONDIGITS_VALID": Tipo.LONGO,
    "SCHEMAV_CVC_MININCLUSIVE_VALID": Tipo.FORMATO,
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": Tipo.FORMATO,
    "SCHEMAV_CVC_MINEXCLUSIVE_VALID": Tipo.FORMATO,
    "SCHEMAV_CVC_MAXEXCLUSIVE_VALID": Tipo.FORMATO,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": Tipo.FORMATO,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_2": Tipo.FORMATO,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": Tipo.FORMATO,
}
_MAIS_CLARO_PRIMEIRO: Final = (Tipo.FORA_DA_LISTA, Tipo.FORMATO, Tipo.PADRAO, Tipo.LONGO, Tipo.CURTO)
_TEXTO_SOLTO: Final = "SCHEMAV_CVC_COMPLEX_TYPE_2_3"
_FILHO_EM_CAMPO: Final = "SCHEMAV_CVC_TYPE_3_1_2"
_ATRIBUTO: Final = re.compile(r", attribute '(?:\{[^}]*\})?([^']+)'")


@dataclass(frozen=True, slots=True)
class Erro:
    """One error of libxml2 at an element."""

    tipo: str
    elemento: etree._Element
    mensagem: str


def pai_de(erro: Erro) -> etree._Element:
    """The group whose children an error of content is about."""
    pai = None if _FALTAM in erro.mensagem else erro.elemento.getparent()
    return erro.elemento if pai is None else pai


def dobrar(erros: list[Erro]) -> list[Erro]:
    """Keep one error per value: libxml2 reports each facet that a value breaks, and the whole type once more.

    A field that holds elements has no value to speak of: only that is said of it.
    """
    sem_valor = {erro.elemento for erro in erros if erro.tipo == _FILHO_EM_CAMPO}
    mantidos: dict[tuple[etree._Element, str], Erro] = {}
    for erro in erros:
        de_valor = erro.tipo in _TIPOS_DE_VALOR
        if de_valor and erro.elemento in sem_valor:
            continue
        chave = (erro.elemento, "" if de_valor else f"{erro.tipo} {erro.mensagem}")
        anterior = mantidos.get(chave)
        if anterior is None or (de_valor and _clareza(erro) < _clareza(anterior)):
            mantidos[chave] = erro
    return list(mantidos.values())


def _clareza(erro: Erro) -> int:
    """0 is the clearest. The type as a whole counts only where no facet was named."""
    if "[facet" not in erro.mensagem:
        return len(_MAIS_CLARO_PRIMEIRO)
    return _MAIS_CLARO_PRIMEIRO.index(_TIPOS_DE_VALOR[erro.tipo])


def grupos_em_branco(erros: list[Erro], modelo: Modelo) -> tuple[list[Erro], list[Diagnostico]]:
    """One cause instead of many where every field of a group that may be left out is blank; and the other errors."""
    em_branco: dict[etree._Element, etree._Element | None] = {}
    restantes: list[Erro] = []
    grupos: dict[etree._Element, None] = {}
    for erro in erros:
        grupo = None
        if erro.tipo in _TIPOS_DE_VALOR and not (erro.elemento.text or "").strip():
            grupo = _grupo_em_branco(erro.elemento, modelo, em_branco)
        if grupo is None:
            restantes.append(erro)
        else:
            grupos[grupo] = None
    return restantes, [_de_grupo_em_branco(grupo) for grupo in grupos]


def _grupo_em_branco(
    elemento: etree._Element, modelo: Modelo, conhecidos: dict[etree._Element, etree._Element | None]
) -> etree._Element | None:
    """The largest group around a blank field that may be left out and holds nothing else; None where there is none."""
    pai = elemento.getparent()
    if pai is None:
        return None
    if pai not in conhecidos:
        vazio = not "".join(str(parte) for parte in pai.itertext(etree.Element)).strip()
        maior = _grupo_em_branco(pai, modelo, conhecidos) if vazio else None
        proprio = pai if vazio and len(pai) > 1 and modelo.opcional(trilha_de(pai)) else None
        conhecidos[pai] = proprio if maior is None else maior
    return conhecidos[pai]


def _de_grupo_em_branco(grupo: etree._Element) -> Diagnostico:
    mensagem = f"Todos os campos do grupo {nome(trilha_de(grupo))}, que é opcional, estão vazios. Retire o grupo."
    return Diagnostico(Tipo.CURTO, grupo, mensagem, conserto=(Passo(Remover, (grupo,)),))


def achado_de_erro(erro: Erro, documento: Documento, modelo: Modelo, calculos: Calculos) -> Achado:
    """The finding for an error that is not one of content."""
    if erro.tipo not in _TIPOS_DE_VALOR:
        return achado_de_diagnostico(_outro(erro, modelo), documento)
    texto = erro.elemento.text or ""
    caminho = documento.caminho(erro.elemento)
    juizo = _juizo(modelo, trilha_de(erro.elemento), texto, _TIPOS_DE_VALOR[erro.tipo])
    return Achado(
        regra=REGRA,
        codigo=CODIGO,
        severidade=Severidade.IMPEDITIVA,
        mensagem=juizo.mensagem,
        caminho=caminho,
        linha=documento.linha(erro.elemento),
        valor=texto,
        esperado=juizo.esperado,
        sugestao=juizo.sugestao or (None if juizo.sobra else _calculado(erro.elemento, modelo, calculos)),
        conserto=(Remover(caminho),) if juizo.sobra else (),
        tipo=_TIPOS_DE_VALOR[erro.tipo],
    )


def achado_de_diagnostico(diagnostico: Diagnostico, documento: Documento) -> Achado:
    """The finding for a diagnosis."""
    return Achado(
        regra=REGRA,
        codigo=CODIGO,
        severidade=Severidade.IMPEDITIVA,
        mensagem=diagnostico.mensagem,
        caminho=documento.caminho(diagnostico.elemento),
        linha=documento.linha(diagnostico.elemento),
        valor=diagnostico.valor,
        esperado=diagnostico.esperado,
        conserto=tuple(_edicao(passo, documento) for passo in diagnostico.conserto),
        tipo=diagnostico.tipo,
    )


def _edicao(passo: Passo, documento: Documento) -> Edicao:
    criar = cast("Callable[..., Edicao]", passo.acao)
    return criar(*(alvo if isinstance(alvo, str) else documento.caminho(alvo) for alvo in passo.argumentos))


def _calculado(campo: etree._Element, modelo: Modelo, calculos: Calculos) -> str | None:
    """What arithmetic or order say that the field must hold, where it holds nothing, or no number that can be read."""
    pai, trilha = campo.getparent(), trilha_de(campo)
    valor = modelo.valor(trilha)
    if pai is None or valor is None or ((campo.text or "").strip() and valor.primitivo not in _NUMEROS):
        return None
    calculado = calculos.valor(pai, campo.tag)
    return calculado if calculado and aceita(modelo, trilha, calculado) else None


@dataclass(frozen=True, slots=True)
class _Juizo:
    """What is said of a wrong value, wherever it stands; `sobra`: the field may be left out, and says nothing."""

    mensagem: str
    esperado: str
    sugestao: str | None
    sobra: bool


@lembrar(16_384)
def _juizo(modelo: Modelo, trilha: tuple[str, ...], texto: str, tipo: Tipo) -> _Juizo:
    valor = modelo.valor(trilha) or ValorDoXsd("string")
    opcional = modelo.opcional(trilha)
    sugerida = sugestao(texto, valor, partial(aceita, modelo, trilha))
    return _Juizo(
        mensagem=frase_de_valor(nome(trilha), texto, tipo, valor, opcional=opcional, sugestao=sugerida),
        esperado=esperado(valor),
        sugestao=sugerida,
        sobra=opcional and not texto.strip(),
    )


def inexplicado(erro: Erro) -> Diagnostico:
    """What is said of an element that no diagnosis explains."""
    mensagem = f"{nome(trilha_de(erro.elemento))} não segue o padrão TISS. Corrija-o no sistema que gerou o arquivo."
    return Diagnostico(Tipo.FORMATO, erro.elemento, mensagem)


def _outro(erro: Erro, modelo: Modelo) -> Diagnostico:
    elemento = erro.elemento
    chamado = nome(trilha_de(elemento))
    if atributo := _ATRIBUTO.search(erro.mensagem):
        mensagem = f"{chamado} tem o atributo “{atributo[1]}”, que o padrão TISS não aceita ali. Retire-o."
        passo = Passo(RetirarAtributo, (elemento, atributo[1]))
        return Diagnostico(Tipo.INESPERADO, elemento, mensagem, valor=atributo[1], conserto=(passo,))
    if erro.tipo == _TEXTO_SOLTO:
        texto = "".join(filter(None, [elemento.text, *(filho.tail for filho in elemento)])).strip()
        mensagem = f"Há texto solto em {chamado}, que só pode ter outros campos: “{cortado(texto)}”. Retire-o."
        passo = Passo(LimparTexto, (elemento,))
        return Diagnostico(Tipo.INESPERADO, elemento, mensagem, valor=texto, conserto=(passo,))
    if erro.tipo == _FILHO_EM_CAMPO:
        mensagem = f"O campo {chamado} tem elementos dentro dele e só pode ter um valor. Retire-os."
        return Diagnostico(Tipo.INESPERADO, elemento, mensagem, conserto=_sem_filhos(elemento, modelo))
    return inexplicado(erro)


def _sem_filhos(campo: etree._Element, modelo: Modelo) -> tuple[Passo, ...]:
    """Take the elements out of a field; where its value is in the only one, it stays."""
    trilha = trilha_de(campo)
    filhos = list(campo.iterchildren(etree.Element))
    retirar = tuple(Passo(Remover, (filho,)) for filho in filhos)
    textos = [campo.text or "", *(filho.tail or "" for filho in filhos)]
    if aceita(modelo, trilha, "".join(textos).strip()):
        return retirar
    if len(filhos) == 1 and not "".join(textos).strip() and aceita(modelo, trilha, filhos[0].text or ""):
        return (*retirar, Passo(Valor, (campo, filhos[0].text or "")))
    return ()
