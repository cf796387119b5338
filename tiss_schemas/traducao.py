"""From an error of libxml2 to a finding that a biller understands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Final

from lxml import etree

from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.conteudo import Diagnostico, diagnosticar
from tiss_schemas.espacos import nome_local
from tiss_schemas.frases import esperado, lista_na_frase, o_que_e
from tiss_schemas.leitura import Documento
from tiss_schemas.modelo import Modelo, Valor, trilha_de
from tiss_schemas.sugestoes import sugestao

REGRA: Final = "F06"
CODIGO: Final = "5002"

_VALOR_MOSTRADO: Final = 120
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
CONTEUDO: Final = "SCHEMAV_ELEMENT_CONTENT"
_TEXTO_SOLTO: Final = "SCHEMAV_CVC_COMPLEX_TYPE_2_3"
_FILHO_EM_CAMPO: Final = "SCHEMAV_CVC_TYPE_3_1_2"
_ATRIBUTO: Final = re.compile(r", attribute '(?:\{[^}]*\})?([^']+)'")


@dataclass(frozen=True, slots=True)
class Erro:
    """One error of libxml2 at an element; `diagnostico` where it was already found out what is behind it."""

    tipo: str
    elemento: etree._Element
    mensagem: str
    diagnostico: Diagnostico | None = None

    @property
    def lugar(self) -> etree._Element:
        """The element that the finding will point at."""
        return self.elemento if self.diagnostico is None else self.diagnostico.elemento


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


def achado_de(erro: Erro, documento: Documento, modelo: Modelo) -> Achado:
    """The finding for one error: path, line, value, what was expected, and a sentence."""
    if erro.tipo in _TIPOS_DE_VALOR:
        return _de_valor(erro, documento, modelo)
    if erro.diagnostico is not None:
        return _de_diagnostico(erro.diagnostico, documento)
    if erro.tipo == CONTEUDO:
        return _de_diagnostico(diagnosticar(erro.elemento, erro.mensagem, modelo), documento)
    return _de_diagnostico(_outro(erro), documento)


def _clareza(erro: Erro) -> int:
    """0 is the clearest. The type as a whole counts only where no facet was named."""
    if "[facet" not in erro.mensagem:
        return len(_MAIS_CLARO_PRIMEIRO)
    return _MAIS_CLARO_PRIMEIRO.index(_TIPOS_DE_VALOR[erro.tipo])


def _de_valor(erro: Erro, documento: Documento, modelo: Modelo) -> Achado:
    texto = erro.elemento.text or ""
    valor = modelo.valor(erro.elemento) or Valor("string")
    tipo = _TIPOS_DE_VALOR[erro.tipo]
    return Achado(
        regra=REGRA,
        codigo=CODIGO,
        severidade=Severidade.IMPEDITIVA,
        mensagem=_frase_de_valor(nome_local(erro.elemento.tag), texto, tipo, valor),
        caminho=documento.caminho(erro.elemento),
        linha=documento.linha(erro.elemento),
        valor=texto,
        esperado=esperado(valor),
        sugestao=_sugestao(modelo, trilha_de(erro.elemento), texto, valor),
        tipo=tipo,
    )


def _sugestao(modelo: Modelo, trilha: tuple[str, ...], texto: str, valor: Valor) -> str | None:
    return sugestao(texto, valor, partial(modelo.aceita, trilha))


def _frase_de_valor(nome: str, texto: str, tipo: Tipo, valor: Valor) -> str:
    if not texto.strip():
        saida = " ou retire o campo, que é opcional." if valor.opcional else "."
        return f"O campo “{nome}” está vazio. Preencha-o ({esperado(valor)}){saida}"
    inicio = f"O campo “{nome}” tem o valor “{_cortado(texto)}”, que"
    if tipo is Tipo.FORA_DA_LISTA:
        return f"{inicio} não está na lista de valores aceitos. Informe {lista_na_frase(valor)}."
    if tipo is Tipo.LONGO and valor.maximo:
        return f"{inicio} tem {len(texto)} caracteres, e o máximo é {valor.maximo}. Encurte o texto."
    if tipo is Tipo.LONGO:
        return f"{inicio} tem dígitos demais. Informe {esperado(valor)}."
    if tipo is Tipo.CURTO:
        return f"{inicio} é curto demais. Informe {esperado(valor)}."
    if tipo is Tipo.PADRAO:
        return f"{inicio} não segue o formato do campo. Informe {esperado(valor)}."
    if valor.primitivo in {"date", "time", "dateTime"}:
        return f"{inicio} não é {o_que_e(valor)}. No XML o formato é {esperado(valor)}."
    return f"{inicio} não é {o_que_e(valor)}. Informe {esperado(valor)}."


def _outro(erro: Erro) -> Diagnostico:
    nome = nome_local(erro.elemento.tag)
    if atributo := _ATRIBUTO.search(erro.mensagem):
        mensagem = f"O elemento “{nome}” tem o atributo “{atributo[1]}”, que o padrão TISS não aceita ali. Retire-o."
        return Diagnostico(Tipo.INESPERADO, erro.elemento, mensagem, valor=atributo[1])
    if erro.tipo == _TEXTO_SOLTO:
        texto = "".join(filter(None, [erro.elemento.text, *(filho.tail for filho in erro.elemento)])).strip()
        mensagem = (
            f"Há texto solto dentro de “{nome}”, que só pode ter outros elementos: “{_cortado(texto)}”. Retire-o."
        )
        return Diagnostico(Tipo.INESPERADO, erro.elemento, mensagem, valor=texto)
    if erro.tipo == _FILHO_EM_CAMPO:
        mensagem = f"O campo “{nome}” tem elementos dentro dele e só pode ter um valor. Retire-os."
        return Diagnostico(Tipo.INESPERADO, erro.elemento, mensagem)
    mensagem = f"O elemento “{nome}” não segue o padrão TISS. Corrija-o no sistema que gerou o arquivo."
    return Diagnostico(Tipo.FORMATO, erro.elemento, mensagem)


def _de_diagnostico(diagnostico: Diagnostico, documento: Documento) -> Achado:
    return Achado(
        regra=REGRA,
        codigo=CODIGO,
        severidade=Severidade.IMPEDITIVA,
        mensagem=diagnostico.mensagem,
        caminho=documento.caminho(diagnostico.elemento),
        linha=documento.linha(diagnostico.elemento),
        valor=diagnostico.valor,
        esperado=diagnostico.esperado,
        tipo=diagnostico.tipo,
    )


def _cortado(texto: str) -> str:
    return texto if len(texto) <= _VALOR_MOSTRADO else texto[: _VALOR_MOSTRADO - 1] + "…"
