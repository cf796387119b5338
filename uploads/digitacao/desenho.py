"""The cells and lines of a form as HTML: what the form has, with the values and findings of one guide in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from conecta.interface.templatetags.interface import icone
from tiss_schemas.campos import TipoDeCampo
from tiss_schemas.fichas import Bloco, Celula, Grade, ficha_de
from uploads.digitacao import controles
from uploads.digitacao.controles import Molde
from uploads.digitacao.formulario import valor_da_celula
from uploads.digitacao.juizo import CriticaDaGuia

MODELO: Final = ("__n__", "__m__")
"""What stands for the position of a line, and of a line inside it, in the templates that the script copies."""
TRAVADO: Final = ' readonly aria-disabled="true" data-travado'
"""What marks a control that may not be edited now. Never `disabled`: its value must be sent."""
_SERA_DADO: Final = ' placeholder="será dado ao salvar"'
_POSICAO: Final = re.compile(r"\[(\d+)\]")
_LARGURA_DO_TIPO: Final = {
    TipoDeCampo.DATA: "l6",
    TipoDeCampo.HORA: "l4",
    TipoDeCampo.INTEIRO: "l3",
    TipoDeCampo.DECIMAL: "l5",
    TipoDeCampo.LISTA: "l3",
}
_FATOR: Final = 5
"""Digits from which on a number is money and no factor."""
_CODIGO: Final = 14
"""Characters of a text that still is a code, for which a narrow column does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CelulaPronta:
    """A field with the moulds of its controls, and the id of its help."""

    celula: Celula
    molde: Molde
    escolha: Molde | None
    ajuda: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradePronta:
    """A grid with its cells: `colunas` stand in the table, `resto` below each line."""

    grade: Grade
    colunas: tuple[CelulaPronta, ...]
    resto: tuple[CelulaPronta, ...]
    grades: tuple[GradePronta, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocoPronto:
    """A block with its cells and grids."""

    bloco: Bloco
    celulas: tuple[CelulaPronta, ...]
    grades: tuple[GradePronta, ...]


@lru_cache(maxsize=64)
def blocos_prontos(versao: str, tipo: str) -> tuple[BlocoPronto, ...]:
    """The blocks of that form, with all that no guide changes."""
    return tuple(
        BlocoPronto(
            bloco=bloco,
            celulas=tuple(_celula(celula, "") for celula in bloco.celulas),
            grades=tuple(_grade(grade, "") for grade in bloco.grades),
        )
        for bloco in ficha_de(versao, tipo).blocos
    )


class Desenho:
    """Puts values and findings of one guide into its form, as HTML.

    `travados` are names of controls that may not be edited now; `abertas` names of grids inside a line that show an
    empty line; `sera_dado` names the control of the number that saving fills in; `ajuda` is the address of the help,
    before the "#". `nomes` maps the paths of values to the controls drawn so far.
    """

    def __init__(
        self,
        valores: Mapping[str, str],
        criticas: Sequence[CriticaDaGuia],
        *,
        ajuda: str,
        travados: Collection[str] = (),
        abertas: Collection[str] = (),
        sera_dado: str = "",
    ) -> None:
        self._valores = valores
        self._ajuda = escape(ajuda)
        self._travados = frozenset(travados)
        self._abertas = frozenset(abertas)
        self._sera_dado = sera_dado
        self._icone = str(icone("s-erro"))
        self._criticas: dict[str, list[CriticaDaGuia]] = {}
        for critica in criticas:
            self._criticas.setdefault(critica.campo, []).append(critica)
        self._posicoes = _posicoes(valores)
        self.nomes: dict[str, str] = {}

    def celula(self, pronta: CelulaPronta, prefixo: str = "") -> SafeString:
        """A cell outside of a table: number, label, control, findings."""
        celula = pronta.celula
        nome = f"{prefixo}{celula.nome}"
        ditas, atributos = self._ditas(celula, prefixo, nome)
        controle, valor = self._controle(pronta, prefixo, nome, atributos)
        rotulo, curto = escape(celula.rotulo), escape(celula.rotulo_curto)
        obrigatorio = " obrigatorio" if celula.obrigatoria and not celula.calculada else ""
        classes = f"celula c{celula.largura}{' erro' if ditas else ''}{' calculada' if celula.calculada else ''}"
        texto = controles.significado(celula, valor) if pronta.molde.longa else ""
        dica = f'<small class="significado">{escape(texto)}</small>' if texto else ""
        return mark_safe(  # noqa: S308 - all parts escaped
            f'<div class="{classes}">{self._numero(pronta)}'
            f'<label class="rotulo{obrigatorio}" for="{escape(nome)}" title="{rotulo}">{curto}</label>'
            f"{controle}{dica}{ditas}</div>"
        )

    def linhas(self, pronta: GradePronta) -> SafeString:
        """The lines of a table, each a tbody, and an empty one at the end."""
        nome = pronta.grade.caminho
        presentes = self._posicoes.get(nome, ())
        maximo = pronta.grade.maximo
        corpos = [self._linha(pronta, f"{nome}[{posicao}]", str(posicao), nova=False) for posicao in presentes]
        if maximo is None or len(presentes) < maximo:
            nova = max(presentes, default=0) + 1
            corpos.append(self._linha(pronta, f"{nome}[{nova}]", str(nova), nova=True))
        return mark_safe("".join(corpos))  # noqa: S308 - all parts escaped

    def modelo(self, pronta: GradePronta) -> SafeString:
        """An empty line for the script to copy, with the empty lines of the grids inside it."""
        n, m = MODELO
        vazio = Desenho({}, (), ajuda=self._ajuda)
        linha = vazio._linha(pronta, f"{pronta.grade.caminho}[{n}]", n, nova=True)
        dentro = ""
        for grade in pronta.grades:
            nome = f"{pronta.grade.caminho}[{n}]/{grade.grade.caminho}"
            interna = vazio._linha_dentro(grade, f"{nome}[{m}]", m, nova=True)
            dentro += f'<template data-modelo="{escape(nome)}">{interna}</template>'
        return mark_safe(linha + dentro)  # noqa: S308 - all parts escaped

    def cabecas(self, pronta: GradePronta) -> SafeString:
        """The headers of the table's columns: number, which is the link to the help, and label."""
        return mark_safe("".join(self._cabeca(coluna) for coluna in pronta.colunas))  # noqa: S308 - all parts escaped

    def preenchido(self, pronto: BlocoPronto) -> bool:
        """Whether anything in the block was filled in."""
        celulas = (opcao.caminho for pronta in pronto.celulas for opcao in pronta.celula.opcoes or (pronta.celula,))
        return any(self._valores.get(caminho) for caminho in celulas) or any(
            grade.grade.caminho in self._posicoes for grade in pronto.grades
        )

    def _numero(self, pronta: CelulaPronta) -> str:
        celula = pronta.celula
        rotulo = escape(f"Ajuda do campo {celula.numero} {celula.rotulo}".replace("  ", " "))
        visivel = escape(celula.numero_impresso) or _icone("info")
        return (
            f'<a class="n" href="{self._ajuda}#{escape(pronta.ajuda)}" data-ajuda aria-label="{rotulo}">{visivel}</a>'
        )

    def _controle(self, pronta: CelulaPronta, prefixo: str, nome: str, atributos: str) -> tuple[str, str]:
        """The control, with the select of a choice before it, and the value that it shows."""
        celula = pronta.celula
        valor, escolhida = valor_da_celula(celula, prefixo, self._valores)
        if nome in self._travados:
            atributos += TRAVADO
        if celula.obrigatoria and not celula.calculada:
            atributos += ' aria-required="true"'
        if nome == self._sera_dado:
            atributos += _SERA_DADO
        controle = pronta.molde.desenhar(nome, valor, atributos)
        if pronta.escolha is None:
            return controle, valor
        rotulo = f' aria-label="{escape(celula.rotulo)}: identificado por"'
        qual = pronta.escolha.desenhar(prefixo + celula.nome_da_escolha, escolhida, rotulo)
        return f'<span class="escolha">{qual}{controle}</span>', valor

    def _ditas(self, celula: Celula, prefixo: str, nome: str, rotulo: str = "") -> tuple[str, str]:
        """The findings about a control, and the attributes that tie it to them. `rotulo` where they stand elsewhere."""
        caminhos = [prefixo + opcao.caminho for opcao in celula.opcoes or (celula,)]
        for caminho in caminhos:
            self.nomes[caminho] = nome
        achadas = [critica for caminho in caminhos for critica in self._criticas.get(caminho, ())]
        if not achadas:
            return "", ""
        atributos = f' aria-invalid="true" aria-describedby="{escape(nome)}!"'
        return controles.criticas_do_controle(nome, achadas, self._icone, rotulo), atributos

    def _cabeca(self, pronta: CelulaPronta) -> str:
        classe = ' class="num"' if controles.e_numero(pronta.celula) else ""
        obrigatorio = ' class="obrigatorio"' if pronta.celula.obrigatoria and not pronta.celula.calculada else ""
        numero = self._numero(pronta)
        rotulo, curto = escape(pronta.celula.rotulo), escape(pronta.celula.rotulo_curto)
        return f'<th scope="col"{classe} title="{rotulo}">{numero}<span{obrigatorio}>{curto}</span></th>'

    def _linha(self, pronta: GradePronta, nome: str, posicao: str, *, nova: bool) -> str:
        ditas: list[str] = []
        celulas = "".join(self._celula_da_linha(coluna, f"{nome}/", posicao, ditas) for coluna in pronta.colunas)
        abaixo = [f'<div class="grade">{self._celulas(pronta.resto, nome)}</div>'] if pronta.resto else []
        abaixo += [self._grade_dentro(grade, f"{nome}/{grade.grade.caminho}", posicao) for grade in pronta.grades]
        largura = f'<td colspan="{len(pronta.colunas) + 1}"'
        linhas = "".join(f'<tr class="abaixo">{largura}>{conteudo}</td></tr>' for conteudo in abaixo)
        escondida = "" if ditas else " hidden"
        return (
            f'<tbody data-linha="{escape(nome)}"{" data-nova" if nova else ""}>'
            f"<tr>{celulas}{_acoes(pronta, nome, posicao)}</tr>{linhas}"
            f'<tr class="ditas-da-linha"{escondida}>{largura} data-ditas>{"".join(ditas)}</td></tr></tbody>'
        )

    def _celulas(self, prontas: Sequence[CelulaPronta], linha: str) -> str:
        return "".join(self.celula(celula, f"{linha}/") for celula in prontas)

    def _celula_da_linha(self, pronta: CelulaPronta, prefixo: str, posicao: str, ditas: list[str]) -> str:
        celula = pronta.celula
        nome = f"{prefixo}{celula.nome}"
        legenda = f"{celula.numero_impresso} {celula.rotulo_curto}".strip()
        dita, atributos = self._ditas(celula, prefixo, nome, legenda)
        if dita:
            ditas.append(dita)
        atributos += f' aria-label="{escape(celula.rotulo)}, linha {posicao}"'
        controle, _ = self._controle(pronta, prefixo, nome, atributos)
        classe = largura_da_coluna(celula)
        return f'<td class="{classe}" data-rotulo="{escape(legenda)}">{controle}</td>'

    def _grade_dentro(self, pronta: GradePronta, nome: str, posicao: str) -> str:
        presentes = self._posicoes.get(nome, ())
        linhas = [self._linha_dentro(pronta, f"{nome}[{n}]", str(n), nova=False) for n in presentes]
        if nome in self._abertas or (pronta.grade.minimo and not presentes):
            nova = max(presentes, default=0) + 1
            linhas.append(self._linha_dentro(pronta, f"{nome}[{nova}]", str(nova), nova=True))
        titulo = escape(f"{pronta.grade.titulo}, linha {posicao}")
        return (
            f'<div class="dentro" role="group" aria-label="{titulo}" data-grade="{escape(nome)}"'
            f"{_maximo(pronta.grade)}{' data-minimo' if pronta.grade.minimo else ''}>{''.join(linhas)}</div>"
        )

    def _linha_dentro(self, pronta: GradePronta, nome: str, posicao: str, *, nova: bool) -> str:
        celulas = self._celulas((*pronta.colunas, *pronta.resto), nome)
        rotulo = escape(f"{pronta.grade.titulo} {posicao}")
        tirar = _botao("tirar", nome, f"Retirar {pronta.grade.titulo.lower()} {posicao}", "x")
        return (
            f'<div class="grade" role="group" aria-label="{rotulo}" data-linha="{escape(nome)}"'
            f"{' data-nova' if nova else ''}>{celulas}{tirar}</div>"
        )


def largura_da_coluna(celula: Celula) -> str:
    """The class of a column, by what it holds."""
    campo = celula.campo
    if campo is None:
        return "larga"
    if celula.opcoes:
        return "l7"
    if campo.tipo is TipoDeCampo.TEXTO:
        return "l5" if (campo.tamanho_max or 0) <= _CODIGO else "larga"
    if campo.tipo is TipoDeCampo.DECIMAL and (campo.digitos or 0) in range(1, _FATOR):
        return "l4"
    largura = _LARGURA_DO_TIPO.get(campo.tipo, "")
    return f"{largura} k{controles.letras_da_opcao(campo)}" if campo.tipo is TipoDeCampo.LISTA else largura


def _celula(celula: Celula, prefixo: str) -> CelulaPronta:
    return CelulaPronta(
        celula=celula,
        molde=controles.molde_de(celula),
        escolha=controles.molde_da_escolha(celula) if celula.opcoes else None,
        ajuda=f"{prefixo}{celula.caminho}",
    )


def _grade(grade: Grade, prefixo: str) -> GradePronta:
    dentro = f"{prefixo}{grade.caminho}/"
    prontas = tuple(_celula(celula, dentro) for celula in grade.colunas)
    return GradePronta(
        grade=grade,
        colunas=tuple(pronta for pronta in prontas if pronta.celula.linha == 1),
        resto=tuple(pronta for pronta in prontas if pronta.celula.linha != 1),
        grades=tuple(_grade(interna, dentro) for interna in grade.grades),
    )


def _posicoes(valores: Mapping[str, str]) -> dict[str, list[int]]:
    """The positions that are there, by the name of the grid or of the field that repeats."""
    achadas: dict[str, set[int]] = {}
    for caminho in valores:
        for posicao in _POSICAO.finditer(caminho):
            achadas.setdefault(caminho[: posicao.start()], set()).add(int(posicao[1]))
    return {nome: sorted(posicoes) for nome, posicoes in achadas.items()}


def _maximo(grade: Grade) -> str:
    return f' data-maximo="{grade.maximo}"' if grade.maximo is not None else ""


def _acoes(pronta: GradePronta, nome: str, posicao: str) -> str:
    de = f"de {pronta.grade.titulo.lower()}"
    mais = "".join(
        _botao(
            "acrescentar",
            f"{nome}/{grade.grade.caminho}",
            f"Acrescentar {grade.grade.titulo.lower()} na linha {posicao} {de}",
            "pessoas",
        )
        for grade in pronta.grades
    )
    duplicar = _botao("duplicar", nome, f"Duplicar a linha {posicao} {de}", "duplicar")
    tirar = _botao("tirar", nome, f"Retirar a linha {posicao} {de}", "x")
    return f'<td class="acoes-da-linha">{mais}{duplicar}{tirar}</td>'


@lru_cache(maxsize=8)
def _icone(nome: str) -> str:
    return str(icone(nome))


def _botao(acao: str, nome: str, rotulo: str, simbolo: str) -> str:
    """A button that works without script: it sends the form with `acao` "tirar:<line>" and the like."""
    return (
        f'<button class="btn btn-icone btn-sm" type="submit" name="acao" value="{acao}:{escape(nome)}" formnovalidate'
        f' data-{acao}="{escape(nome)}" aria-label="{escape(rotulo)}" title="{escape(rotulo)}">'
        f"{_icone(simbolo)}</button>"
    )
