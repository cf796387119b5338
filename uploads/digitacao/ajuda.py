"""What somebody who types is told of each field: what it takes, which codes it knows, what the standard asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.fichas import Celula, ficha_de
from tiss_schemas.formulario import ajuda
from uploads.digitacao.controles import texto_da_opcao
from uploads.digitacao.desenho import CelulaPronta, GradePronta, blocos_prontos
from uploads.digitacao.procuras import procura_de

_PROCURAS = {
    "beneficiario": "o beneficiário pelo número da carteira ou pelo nome",
    "profissional": "o profissional pelo nome, pelo número no conselho ou pelo CPF",
    "procedimento": "o item pelo código ou por palavras da descrição",
    "lista": "o código por palavras do que ele significa",
}
_MANEIRAS = {
    TipoDeCampo.DATA: "Digite 27112026, 2711 para este ano ou h para hoje.",
    TipoDeCampo.HORA: "Digite 0740 ou 7:40.",
    TipoDeCampo.DECIMAL: "Digite 1234,5 para 1.234,50.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrada:
    """The help of one field. `id` is that of its links; `aceita` are sentences; `opcoes` the list as a select shows it,
    empty where it is looked up."""

    id: str
    numero: str
    rotulo: str
    aceita: tuple[str, ...]
    opcoes: tuple[str, ...]
    padrao: str


@lru_cache(maxsize=64)
def ajuda_da_ficha(versao: str, tipo: str) -> tuple[tuple[str, tuple[Entrada, ...]], ...]:
    """The fields of that form by the title of their block, each once, in the order of the form."""
    ficha_de(versao, tipo)
    blocos = []
    for pronto in blocos_prontos(versao, tipo):
        prontas = [*pronto.celulas, *(celula for grade in pronto.grades for celula in _da_grade(grade))]
        blocos.append((pronto.bloco.titulo, tuple(_entrada(pronta) for pronta in prontas)))
    return tuple(blocos)


def _da_grade(grade: GradePronta) -> Iterator[CelulaPronta]:
    yield from (*grade.colunas, *grade.resto)
    for interna in grade.grades:
        yield from _da_grade(interna)


def _entrada(pronta: CelulaPronta) -> Entrada:
    celula = pronta.celula
    return Entrada(
        id=pronta.ajuda,
        numero=celula.numero_impresso,
        rotulo=celula.rotulo,
        aceita=tuple(_aceita(celula)),
        opcoes=_opcoes(celula),
        padrao=_padrao(celula),
    )


def _aceita(celula: Celula) -> Iterator[str]:
    if celula.calculada:
        yield "O Conecta preenche."
    if celula.campo is None:
        return
    for opcao in celula.opcoes:
        if opcao.campo is not None:
            yield f"{opcao.rotulo}: {_limites(opcao.campo)}."
    if not celula.opcoes and (limites := _limites(celula.campo)):
        yield f"{limites[0].upper()}{limites[1:]}."
    if not celula.calculada and celula.campo.tipo in _MANEIRAS:
        yield _MANEIRAS[celula.campo.tipo]
    if procura := procura_de(celula):
        yield f"F2 procura {_PROCURAS[procura]}."


def _limites(campo: Campo) -> str:
    if campo.tipo is TipoDeCampo.LISTA:
        return f"um dos {len(campo.opcoes)} códigos da lista"
    return ajuda(campo)


def _opcoes(celula: Celula) -> tuple[str, ...]:
    campo = celula.campo
    if campo is None or celula.opcoes or procura_de(celula):
        return ()
    return tuple(texto_da_opcao(campo, codigo, texto) for codigo, texto in campo.opcoes)


def _padrao(celula: Celula) -> str:
    campo = celula.campo
    if campo is None:
        return "Está só no impresso: não vai no XML."
    if celula.opcoes:
        return f"O padrão TISS {campo.versao} exige um destes."
    if campo.obrigatorio:
        return f"Obrigatório no padrão TISS {campo.versao}, sempre que este grupo é preenchido."
    return f"Opcional no padrão TISS {campo.versao}; uma regra do padrão ou do convênio pode exigir."
