"""Findings of one cause are told together: of rows in the database and of a verdict in memory alike."""

from __future__ import annotations

from dataclasses import replace

from django.test import Client

from tests.fabrica import Cenario
from tests.uploads.apoio import xml_valido
from tests.uploads.test_correcao import incluir, sub
from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.edicoes import Edicao, Mover, Remover, Renomear
from uploads.caminhos import Caminhos
from uploads.causas import com_causa, id_da_causa, por_causa
from uploads.gravacao import gravar_criticas
from uploads.julgamento import julgar_arquivo
from uploads.models import Arquivo

CAMPO = "/ans:mensagemTISS/ans:guia[{}]/ans:campo"
UM = Achado(regra="F06", codigo="5002", severidade=Severidade.IMPEDITIVA, mensagem="Está errado.", caminho=CAMPO)


def _em(lugar: int, *conserto: Edicao, **outros: str | None) -> Achado:
    return replace(UM, caminho=CAMPO.format(lugar), conserto=conserto, **outros)


DE_TODO_JEITO = [
    *(_em(1, valor="A"), _em(2, valor="A"), _em(3, valor="B"), _em(4)),
    *(
        _em(1, valor="A", esperado="C"),
        _em(2, valor="x" * 600 + "1"),
        _em(3, valor="x" * 600 + "2"),
        _em(4, valor="É|é"),
    ),
    *(_em(1, valor="a", sugestao="A"), _em(2, valor="b", sugestao="B"), _em(3, sugestao="")),
    *(_em(1, Remover("/a"), valor="A"), _em(2, Remover("/b"), Remover("/c")), _em(3, Remover("/a"), Mover("/b"))),
    *(_em(1, Renomear("/a", "b"), Mover("/a")), _em(2, Renomear("/b", "b"), Renomear("/c", "d"), Mover("/b", None))),
    replace(_em(1, valor="A"), severidade=Severidade.IGNORAVEL),
    replace(_em(1, valor="A"), tipo=Tipo.LONGO),
]


def _gravadas(arquivo: Arquivo, achados: list[Achado]) -> list[str]:
    """The ids that the database gives to the causes of these findings, in their order."""
    gravar_criticas(arquivo, achados, Caminhos(None, None), {})
    return [critica.causa for critica in com_causa(arquivo).order_by("posicao")]


def test_the_database_and_the_program_tell_causes_apart_alike(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario)))
    with cenario.dentro("aurelia", "faturista"):
        assert _gravadas(arquivo, DE_TODO_JEITO) == [id_da_causa(achado) for achado in DE_TODO_JEITO]
    assert [len(causa) for causa in por_causa(DE_TODO_JEITO)] == [2, 1, 1, 1, 2, 1, 3, 2, 1, 2, 1, 1]


def test_a_whole_verdict_makes_the_same_causes_in_both(cenario: Cenario, faturista: Client) -> None:
    errado = sub("valorTotalGeral", "9.00", sub("indicacaoAcidente", "X", xml_valido(cenario, guias=3)))
    errado = errado.replace(b"<ans:indicacaoAcidente>", b"<ans:estranho>1</ans:estranho><ans:indicacaoAcidente>")
    arquivo = incluir(faturista, cenario, errado)
    with cenario.dentro("aurelia", "faturista"):
        achados = julgar_arquivo(arquivo, errado).achados
        gravadas = [critica.causa for critica in com_causa(arquivo).order_by("posicao")]
    assert gravadas == [id_da_causa(achado) for achado in achados]
    assert 1 < len(set(gravadas)) < len(gravadas)
