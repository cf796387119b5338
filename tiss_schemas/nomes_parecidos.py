"""Which name was meant by one that stands where the schema does not know it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from tiss_schemas.sugestoes import essencia

_SINONIMOS: Final[tuple[frozenset[str], ...]] = (
    frozenset({"Padrao", "versaoPadrao"}),
    frozenset({"CBOS", "CBO", "cbosSolic", "cbosExec2"}),
    frozenset({"CNES", "cnes", "cnesContratadoExecutante", "cnesExec"}),
    frozenset({"UF", "ufSolic", "ufExec"}),
    frozenset({"codigoPrestadorNaOperadora", "codigoNaOperadora", "codigonaOperadora"}),
    frozenset({"cnpjContratado", "CNPJ", "cnpjLocalExecutante"}),
    frozenset({"cpfContratado", "CPF"}),
    frozenset({"nomeContratado", "nomeContratadoExecutante", "nomeContratadoSolicitante"}),
    frozenset({"nomeProf", "nomeProfissional"}),
    frozenset({"conselho", "conselhoProfissional"}),
    frozenset({"grauPart", "grauParticipacao"}),
    frozenset({"coberturaEspecial", "indCobEspecial"}),
    frozenset({"indicacaoAcidente", "indicadorAcidente"}),
    frozenset({"dataFinalFaturamento", "dataFimFaturamento"}),
    frozenset({"senha", "senhaAutorizacao"}),
    frozenset({"dataValidadeSenha", "validadeSenha"}),
    frozenset({"numeroGuiaSolicitacaoInternacao", "guiaSolicInternacao"}),
    frozenset({"guiaPrincipal", "numeroGuiaPrincipal"}),
    frozenset({"procedimentoExecutado", "procedimentoRealizado"}),
    frozenset({"procedimentosExecutados", "procedimentosRealizados"}),
    frozenset({"valorTotalGeral", "valorTotalHonorarios", "valorTotalProc"}),
    frozenset({"dadosBeneficiario", "beneficiario"}),
    frozenset({"dadosExecutante", "dadosContratadoExecutante"}),
    frozenset({"cabecalhoGuia", "cabecalhoConsulta"}),
)
"""Names of one thing in different guides and versions of the standard."""

_LONGO: Final = 6
"""From this length on two wrong letters are forgiven."""


def mais_parecido(nome: str, candidatos: Collection[str], *, oficial: bool) -> str | None:
    """The one of `candidatos` that `nome` must mean; None where none or several may be meant.

    A name that the standard has elsewhere (`oficial`) is not taken for a slip of the pen.
    """
    if iguais := [candidato for candidato in candidatos if essencia(candidato) == essencia(nome)]:
        return _unico(iguais)
    if sinonimos := [candidato for candidato in candidatos if _sao_sinonimos(nome, candidato)]:
        return _unico(sinonimos)
    return None if oficial else _por_letras(nome, candidatos)


def _sao_sinonimos(um: str, outro: str) -> bool:
    return any(um in grupo and outro in grupo for grupo in _SINONIMOS)


def _por_letras(nome: str, candidatos: Collection[str]) -> str | None:
    escrito = essencia(nome)
    if len(escrito) < 3:
        return None
    perdoadas = 2 if len(escrito) >= _LONGO else 1
    # A name may have fifty thousand letters: letters are compared where there are about as many.
    essencias = {candidato: essencia(candidato) for candidato in candidatos}
    distancias = {c: _distancia(escrito, e) for c, e in essencias.items() if abs(len(e) - len(escrito)) <= perdoadas}
    menor = min(distancias.values(), default=len(nome))
    return _unico([c for c, letras in distancias.items() if letras == menor]) if menor <= perdoadas else None


def _distancia(um: str, outro: str) -> int:
    """Letters to put, take, change or swap with the next to make one of the other."""
    antes: list[int] = []
    linha = list(range(len(outro) + 1))
    for i, letra in enumerate(um, start=1):
        antes, anterior, linha = linha, antes, [i]
        for j, outra in enumerate(outro, start=1):
            trocada = antes[j - 1] + (letra != outra)
            melhor = min(antes[j] + 1, linha[j - 1] + 1, trocada)
            if i > 1 and j > 1 and letra == outro[j - 2] and um[i - 2] == outra:
                melhor = min(melhor, anterior[j - 2] + 1)
            linha.append(melhor)
    return linha[-1]


def _unico(achados: list[str]) -> str | None:
    return achados[0] if len(achados) == 1 else None
