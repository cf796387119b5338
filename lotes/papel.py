"""A guide as its printed form: pages, blocks, boxes and tables, made of its `Ficha` and its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lotes.papel_valores import ValoresDaGuia, e_dinheiro, e_numero
from tiss_schemas.fichas import Bloco, Celula, Ficha, Grade
from tiss_schemas.fichas.ficha import PAPEL, fileiras

SESSOES: Final = 10
"""Boxes for the sessions of procedures in series."""
_NUMERO_DA_GUIA: Final = "numeroGuiaPrestador"
_COM_ANEXO: Final = frozenset({f"{PAPEL}assinaturaDoSolicitante", f"{PAPEL}assinaturaDoBeneficiario"})
_ANEXO: Final = "ANEXO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modo:
    """What the convênio says about paper. `anexo` stands where solicitante and beneficiário would sign."""

    sem_valores: bool = False
    anexo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caixa:
    """A box: number and label small above what it holds. `largura` in columns of its row or table."""

    numero: str
    rotulo: str
    valor: str = ""
    largura: int = 1
    a_direita: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabela:
    """Lines of one shape. `largura` is how many columns its first line has; each of `linhas` is one or two rows."""

    titulo: str
    largura: int
    cabecas: Sequence[Sequence[Caixa]]
    linhas: Sequence[Sequence[Sequence[Caixa]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadro:
    """A titled block."""

    titulo: str
    fileiras: Sequence[Sequence[Caixa]] = ()
    tabelas: Sequence[Tabela] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Folha:
    """What begins on a page of its own."""

    titulo: str
    quadros: Sequence[Quadro]
    assinaturas: Sequence[Sequence[Caixa]] = ()
    sessoes: Sequence[Caixa] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaNoPapel:
    """A whole guide. `numero` is the box at the top right."""

    numero: Caixa
    folhas: Sequence[Folha]
    versao: str


def montar(ficha: Ficha, valores: Mapping[str, str], modo: Modo) -> GuiaNoPapel:
    """The guide with these values on its form. Annexes that are empty have no page."""
    return _Montagem(ficha, ValoresDaGuia(valores), modo).guia()


class _Montagem:
    def __init__(self, ficha: Ficha, valores: ValoresDaGuia, modo: Modo) -> None:
        self._ficha = ficha
        self._valores = valores
        self._modo = modo

    def guia(self) -> GuiaNoPapel:
        numero = next(c for c in self._ficha.celulas() if c.campo and c.campo.nome_xml == _NUMERO_DA_GUIA)
        frente = [bloco for bloco in self._ficha.blocos if not bloco.anexo and not self._dispensa(bloco)]
        anexos = [bloco for bloco in self._ficha.blocos if bloco.anexo and self._usado(bloco)]
        principal = Folha(
            titulo=self._ficha.titulo_impresso,
            quadros=[self._quadro(bloco, fora=numero) for bloco in frente],
            assinaturas=self._assinaturas(),
            sessoes=[self._caixa(celula) for celula in self._ficha.em_serie],
        )
        return GuiaNoPapel(
            numero=self._caixa(numero),
            folhas=[principal, *(self._anexo(bloco) for bloco in anexos)],
            versao=self._ficha.versao,
        )

    def _dispensa(self, bloco: Bloco) -> bool:
        return bloco.recolhido and not self._valores.tem(bloco.celulas)

    def _usado(self, bloco: Bloco) -> bool:
        com_linhas = any(self._valores.linhas(grade.caminho) for grade in bloco.grades)
        return com_linhas or self._valores.tem(bloco.celulas)

    def _anexo(self, bloco: Bloco) -> Folha:
        cabeca = Quadro(titulo="Guia", fileiras=self._fileiras(bloco.cabecalho))
        rodape = Quadro(titulo="Totais", fileiras=self._fileiras(bloco.rodape))
        quadros = [quadro for quadro in (cabeca, self._quadro(bloco), rodape) if quadro.fileiras or quadro.tabelas]
        return Folha(titulo=bloco.titulo, quadros=quadros)

    def _assinaturas(self) -> list[list[Caixa]]:
        prontas = [
            [
                replace(self._caixa(celula), valor=_ANEXO)
                if self._modo.anexo and celula.caminho in _COM_ANEXO
                else self._caixa(celula)
                for celula in fileira
            ]
            for fileira in fileiras(self._ficha.assinaturas)
        ]
        return prontas

    def _quadro(self, bloco: Bloco, fora: Celula | None = None) -> Quadro:
        celulas = [celula for celula in bloco.celulas if fora is None or celula.caminho != fora.caminho]
        tabelas = [tabela for grade in bloco.grades for tabela in self._tabelas(grade)]
        return Quadro(titulo=bloco.titulo, fileiras=self._fileiras(celulas), tabelas=tabelas)

    def _fileiras(self, celulas: Sequence[Celula]) -> list[list[Caixa]]:
        return [[self._caixa(celula) for celula in fileira] for fileira in fileiras(celulas)]

    def _caixa(self, celula: Celula, prefixo: str = "") -> Caixa:
        rotulo, valor = self._valores.escrito(celula, prefixo)
        return Caixa(
            numero=celula.numero_impresso,
            rotulo=rotulo,
            valor="" if self._modo.sem_valores and e_dinheiro(celula) else valor,
            largura=celula.largura,
            a_direita=e_numero(celula),
        )

    def _tabelas(self, grade: Grade) -> Iterable[Tabela]:
        """The lines, and below them those of each list inside, which begin with the number of their line."""
        linhas = self._valores.linhas(grade.caminho)
        yield self._tabela(grade.titulo, grade.colunas, linhas or [""], em_branco=grade.em_branco)
        for dentro in grade.grades:
            referencia = grade.colunas[:1]
            deles = [(linha, sub) for linha in linhas for sub in self._valores.linhas(f"{linha}{dentro.caminho}")]
            if deles:
                yield self._tabela_de_dentro(dentro, referencia, deles)

    def _tabela(
        self, titulo: str, colunas: Sequence[Celula], linhas: Sequence[str], *, em_branco: Sequence[Celula] = ()
    ) -> Tabela:
        niveis = _niveis((*colunas, *em_branco))
        return Tabela(
            titulo=titulo,
            largura=sum(celula.largura for celula in niveis[0]),
            cabecas=[[_cabeca(celula) for celula in nivel] for nivel in niveis],
            linhas=[[[self._caixa(celula, linha) for celula in nivel] for nivel in niveis] for linha in linhas],
        )

    def _tabela_de_dentro(
        self, grade: Grade, referencia: Sequence[Celula], linhas: Sequence[tuple[str, str]]
    ) -> Tabela:
        colunas = (*referencia, *grade.colunas)
        return Tabela(
            titulo=grade.titulo,
            largura=sum(celula.largura for celula in colunas),
            cabecas=[[_cabeca(celula) for celula in colunas]],
            linhas=[
                [
                    [self._caixa(celula, linha) for celula in referencia]
                    + [self._caixa(celula, sub) for celula in grade.colunas]
                ]
                for linha, sub in linhas
            ],
        )


def _niveis(colunas: Sequence[Celula]) -> list[list[Celula]]:
    """The columns by the row of a line in which they stand; the second row is as wide as the first."""
    primeira = [celula for celula in colunas if celula.linha == 1]
    segunda = [celula for celula in colunas if celula.linha != 1]
    if not segunda:
        return [primeira]
    sobra = sum(celula.largura for celula in primeira) - sum(celula.largura for celula in segunda)
    segunda[0] = replace(segunda[0], largura=segunda[0].largura + sobra)
    return [primeira, segunda]


def _cabeca(celula: Celula) -> Caixa:
    return Caixa(
        numero=celula.numero_impresso,
        rotulo=celula.rotulo_curto,
        largura=celula.largura,
        a_direita=e_numero(celula),
    )
