"""Puts the fields that a version has into the places that the table of a guide gives them.

A field that no table places goes after the one that precedes it in the XSD, in the same block or line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.fichas.ficha import PAPEL, Bloco, Celula, Grade, fileiras
from tiss_schemas.fichas.tabela import Linhas, Lugar, Modelo, Quadro
from tiss_schemas.fragmento import repete

_SEM_LUGAR: Final = frozenset({"assinaturaDigitalGuia"})
_SEM_LIMITE: Final = 4
"""Cells for a field that may stand any number of times."""


@dataclass(frozen=True, slots=True)
class _Lista:
    """An element with fields inside that may repeat: a grid to be."""

    campo: Campo
    caminho: str


_Peca: TypeAlias = "Celula | _Lista"


@dataclass(slots=True)
class _Parte:
    """A block or the line of a grid while it is filled."""

    celulas: list[Celula] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)


def blocos_de(modelo: Modelo, guia: Campo) -> tuple[Bloco, ...]:
    """The blocks of the table with the fields of that guide; blocks with no field of the XML are left out."""
    pecas = list(_pecas(guia, ""))
    partes = _distribuir(pecas, [(quadro.lugares, quadro.linhas) for quadro in modelo.quadros])
    blocos = (_bloco(quadro, parte, pecas) for quadro, parte in zip(modelo.quadros, partes, strict=True))
    return tuple(bloco for bloco in blocos if bloco.grades or any(celula.campo for celula in bloco.celulas))


def de_papel(lugares: Sequence[Lugar]) -> tuple[Celula, ...]:
    """Cells that are no field of the XML."""
    return tuple(_de_papel(lugar) for lugar in lugares)


def _bloco(quadro: Quadro, parte: _Parte, pecas: Sequence[_Peca]) -> Bloco:
    return Bloco(
        titulo=quadro.titulo,
        celulas=_preencher(parte.celulas),
        grades=tuple(parte.grades),
        anexo=quadro.anexo,
        recolhido=quadro.recolhido and not any(celula.obrigatoria for celula in parte.celulas),
        cabecalho=_preencher(_outra_vez(quadro.cabecalho, pecas)),
        rodape=_preencher(_outra_vez(quadro.rodape, pecas)),
    )


def _pecas(campo: Campo, prefixo: str) -> Iterator[_Peca]:
    """Cells and lists inside `campo` in the order of the XSD; groups that do not repeat are only a part of the path."""
    escolhidos: set[str] = set()
    for filho in campo.filhos:
        caminho = f"{prefixo}{filho.nome_xml}"
        if filho.nome_xml in _SEM_LUGAR or filho.nome_xml in escolhidos:
            continue
        if filho.tipo is TipoDeCampo.GRUPO:
            yield from [_Lista(filho, caminho)] if repete(filho) else _pecas(filho, f"{caminho}/")
        elif irmaos := [outro for outro in campo.filhos if outro.nome_xml in filho.alternativas]:
            escolhidos.update(filho.alternativas)
            yield _escolha([filho, *irmaos], prefixo)
        elif repete(filho):
            for posicao in range(1, (filho.ocorrencias_max or _SEM_LIMITE) + 1):
                yield _celula(filho, f"{caminho}[{posicao}]")
        else:
            yield _celula(filho, caminho)


def _celula(campo: Campo, caminho: str) -> Celula:
    return Celula(caminho=caminho, rotulo=campo.rotulo, numero=campo.numero or "", campo=campo)


def _escolha(campos: list[Campo], prefixo: str) -> Celula:
    opcoes = tuple(_celula(campo, f"{prefixo}{campo.nome_xml}") for campo in campos)
    return replace(opcoes[0], opcoes=opcoes)


def _distribuir(pecas: Sequence[_Peca], tabela: Sequence[tuple[tuple[Lugar, ...], tuple[Linhas, ...]]]) -> list[_Parte]:
    """Each piece in its part: first those that the table names, in its order, then the others."""
    indice = _indice(pecas)
    postas: dict[int, tuple[_Parte, Celula | Grade]] = {}
    partes = [_Parte() for _ in tabela]
    for parte, (lugares, linhas) in zip(partes, tabela, strict=True):
        for lugar in lugares:
            posta = _no_lugar(lugar, pecas, indice)
            if posta is not None:
                parte.celulas.append(posta)
                postas[indice.get(lugar.caminho, -1)] = parte, posta
        for linha in linhas:
            peca = pecas[indice[linha.caminho]] if linha.caminho in indice else None
            if isinstance(peca, _Lista):
                parte.grades.append(_grade(peca, linha))
                postas[indice[linha.caminho]] = parte, parte.grades[-1]
    for posicao, peca in enumerate(pecas):
        if posicao not in postas:
            anterior = postas.get(posicao - 1) if posicao else None
            postas[posicao] = _depois_de(anterior, peca, partes[0])
    return partes


def _indice(pecas: Sequence[_Peca]) -> dict[str, int]:
    """Where the piece with that path is; a choice has the path of each of its fields."""
    indice = {peca.caminho: posicao for posicao, peca in enumerate(pecas)}
    for posicao, peca in enumerate(pecas):
        if isinstance(peca, Celula):
            indice.update({opcao.caminho: posicao for opcao in peca.opcoes})
    return indice


def _no_lugar(lugar: Lugar, pecas: Sequence[_Peca], indice: dict[str, int]) -> Celula | None:
    peca = pecas[indice[lugar.caminho]] if lugar.caminho in indice else None
    if isinstance(peca, Celula):
        return replace(
            peca,
            rotulo=lugar.rotulo or peca.rotulo,
            numero=lugar.numero or peca.numero,
            largura=lugar.largura,
            calculada=lugar.calculada,
            curto=lugar.curto,
            linha=lugar.linha,
        )
    return _de_papel(lugar) if lugar.papel else None


def _de_papel(lugar: Lugar) -> Celula:
    return Celula(
        caminho=f"{PAPEL}{lugar.papel}",
        rotulo=lugar.rotulo,
        numero=lugar.numero,
        largura=lugar.largura,
        curto=lugar.curto,
    )


def _depois_de(
    anterior: tuple[_Parte, Celula | Grade] | None, peca: _Peca, primeira: _Parte
) -> tuple[_Parte, Celula | Grade]:
    """Put a piece that no table names after the one before it; the very first opens the first part."""
    parte, vizinha = anterior or (primeira, None)
    if isinstance(peca, Celula):
        parte.celulas.insert(_lugar_depois(parte.celulas, vizinha), peca)
        return parte, peca
    grade = _grade(peca, None)
    parte.grades.insert(_lugar_depois(parte.grades, vizinha), grade)
    return parte, grade


def _lugar_depois(lista: Sequence[Celula | Grade], vizinha: Celula | Grade | None) -> int:
    if vizinha is None:
        return 0
    return next((posicao for posicao, outra in enumerate(lista, start=1) if outra is vizinha), len(lista))


def _grade(lista: _Lista, linha: Linhas | None) -> Grade:
    tabela = (linha.lugares, linha.linhas) if linha else ((), ())
    [parte] = _distribuir(list(_pecas(lista.campo, "")), [tabela])
    return Grade(
        caminho=lista.caminho,
        titulo=linha.titulo if linha else lista.campo.rotulo,
        colunas=tuple(parte.celulas),
        grades=tuple(parte.grades),
        minimo=lista.campo.ocorrencias_min,
        maximo=lista.campo.ocorrencias_max,
        em_branco=de_papel(linha.em_branco) if linha else (),
    )


def _outra_vez(lugares: Sequence[Lugar], pecas: Sequence[_Peca]) -> list[Celula]:
    indice = _indice(pecas)
    postas = (_no_lugar(lugar, pecas, indice) for lugar in lugares)
    return [posta for posta in postas if posta is not None]


def _preencher(celulas: Sequence[Celula]) -> tuple[Celula, ...]:
    return tuple(celula for fileira in fileiras(celulas) for celula in fileira)
