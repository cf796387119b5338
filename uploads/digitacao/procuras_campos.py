"""Where on the form of a guide something is looked up, which controls stand beside it, and what a look-up answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from tiss_schemas.fichas import Celula, Ficha, Grade, ficha_de
from tiss_schemas.valores import data_de
from uploads.digitacao.models import GuiaDigitada

OPCOES: Final = 12
"""Options that one look-up offers."""
_POSICAO: Final = re.compile(r"\[\d+\]")
_DATAS: Final = (
    "dataExecucao",
    "servicosExecutados/dataExecucao",
    "dataRealizacao",
    "dadosAtendimento/dataAtendimento",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opcao:
    """One option. Choosing it sets the controls of `preenche` (name → text as shown)."""

    rotulo: str
    texto: str
    detalhe: str = ""
    preenche: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Achados:
    """The best options, and whether there are more."""

    opcoes: Sequence[Opcao]
    mais: bool = False


NADA: Final = Achados(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lugar:
    """A control of a guide's form: its field, its name as it was sent, and what stands in front of its own name."""

    guia: GuiaDigitada
    celula: Celula
    nome: str
    prefixo: str

    @property
    def folha(self) -> str:
        """The element's own name."""
        return self.celula.caminho.rpartition("/")[2]

    @property
    def linha(self) -> str:
        """What stands before the names of the controls of the same line; "" outside of grids."""
        fim = self.nome.rfind("]/")
        return self.nome[: fim + 2] if fim >= 0 else ""

    def tem(self, nome: str) -> bool:
        """Whether the form has such a control, in whatever line."""
        return _sem_posicoes(nome) in _celulas(self.guia.versao_tiss, self.guia.tipo)

    def ao_lado(self, *nomes: str) -> str | None:
        """The first of these controls that stands in the same group."""
        return next((self.prefixo + nome for nome in nomes if self.tem(self.prefixo + nome)), None)

    def da_guia(self, folha: str) -> str | None:
        """The control of that name, wherever the guide has it outside of grids."""
        soltas = ficha_de(self.guia.versao_tiss, self.guia.tipo).celulas()
        return next((celula.nome for celula in soltas if celula.nome.rpartition("/")[2] == folha), None)

    def dia(self, hoje: date) -> date:
        """The day of the line's service as far as it is known, else the guide's, else today."""
        escritas = (data_de(self.guia.valores.get(self.linha + nome)) for nome in _DATAS)
        return next(filter(None, escritas), None) or self.guia.data_de_atendimento or hoje


def lugar_de(guia: GuiaDigitada, nome: str) -> Lugar | None:
    """Where that control is on the guide's form; None for a name that it does not have."""
    celula = _celulas(guia.versao_tiss, guia.tipo).get(_sem_posicoes(nome))
    if celula is None:
        return None
    return Lugar(guia=guia, celula=celula, nome=nome, prefixo=nome[: nome.rfind("/") + 1])


def _sem_posicoes(nome: str) -> str:
    return _POSICAO.sub("", nome)


@lru_cache(maxsize=64)
def _celulas(versao: str, tipo: str) -> Mapping[str, Celula]:
    """Every cell of the form by the name of its control, without positions."""
    return dict(_com_nomes(ficha_de(versao, tipo)))


def _com_nomes(ficha: Ficha) -> Iterator[tuple[str, Celula]]:
    for celula in ficha.celulas():
        yield _sem_posicoes(celula.nome), celula
    for grade in ficha.grades():
        yield from _da_grade(grade, "")


def _da_grade(grade: Grade, prefixo: str) -> Iterator[tuple[str, Celula]]:
    dentro = f"{prefixo}{grade.caminho}/"
    for coluna in grade.colunas:
        yield dentro + coluna.nome, coluna
    for outra in grade.grades:
        yield from _da_grade(outra, dentro)
