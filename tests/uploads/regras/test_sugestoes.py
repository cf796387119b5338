"""What rules suggest puts the file right: taken all at once, nothing is left to say of what they spoke of."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import lote_exemplo
from uploads.veredito import Veredito

from . import (
    casos_codigos,
    casos_conta,
    casos_convenio,
    casos_convenio_beneficiario,
    casos_convenio_guia,
    casos_convenio_numeros,
    casos_datas,
    casos_itens,
    casos_lote,
)
from .apoio import Caso, editado, troca

DE_CONVENIO = (casos_convenio, casos_convenio_beneficiario, casos_convenio_guia, casos_convenio_numeros)
ARQUIVOS = (casos_lote, casos_datas, casos_conta, casos_codigos, casos_itens, *DE_CONVENIO)
COM_SUGESTAO = {
    *("G01", "D14", "I01", "I06", "I15", "I38", "S01", "S02", "S03"),
    *("B08", "C12", "C13", "C17", "C20", "G02", "G07", "I02"),
}
CASOS = [caso for arquivo in ARQUIVOS for caso in arquivo.DISPARAM if caso.regra in COM_SUGESTAO]
EM_ORDEM = Caso(regra="", titulo="")
LINHA = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado"
CENTAVOS = st.integers(0, 10**6).map(lambda centavos: f"{centavos // 100}.{centavos % 100:02d}")


def _com_as_sugestoes(conteudo: bytes, veredito: Veredito) -> bytes:
    return aplicar(conteudo, [edicao for achado in veredito.achados for edicao in achado.edicoes]).conteudo


@pytest.mark.parametrize("caso", CASOS, ids=str)
def test_a_suggestion_that_is_taken_leaves_nothing_to_say(caso: Caso) -> None:
    conteudo = caso.bytes_na("4.03.00")
    veredito = caso.julgar_bytes(conteudo)
    if not all(achado.edicoes for achado in veredito.achados):
        return
    assert caso.julgar_bytes(_com_as_sugestoes(conteudo, veredito)).achados == ()


def test_every_rule_that_suggests_is_seen_doing_it() -> None:
    sugeriram = {achado.regra for caso in CASOS for achado in caso.julgar("4.03.00").achados if achado.edicoes}
    assert sugeriram == COM_SUGESTAO


@given(st.lists(CENTAVOS, min_size=3, max_size=3), CENTAVOS, CENTAVOS)
def test_wrong_lines_and_wrong_totals_are_put_right_together(linhas: list[str], geral: str, categoria: str) -> None:
    conteudo = editado(
        lote_exemplo("sadt", guias=1, itens=5),
        [
            *(troca(f"{LINHA}[{ordem}]/valorTotal", total) for ordem, total in enumerate(linhas, start=1)),
            troca("valorTotal/valorTotalGeral", geral),
            troca("valorTotal/valorProcedimentos", categoria),
        ],
    )
    veredito = EM_ORDEM.julgar_bytes(conteudo)
    assert {achado.regra for achado in veredito.achados} <= {"I15", "S01", "S02"}
    assert EM_ORDEM.julgar_bytes(_com_as_sugestoes(conteudo, veredito)).achados == ()


@given(st.lists(st.integers(-3, 8), min_size=6, max_size=6))
def test_any_numbering_of_the_lines_is_put_right_at_once(numeros: list[int]) -> None:
    restantes = iter(numeros)
    conteudo = re.sub(
        rb"(<ans:sequencialItem>)[^<]*",
        lambda achado: achado[1] + str(next(restantes)).encode(),
        lote_exemplo("sadt", guias=1, itens=6),
    )
    conteudo = editado(conteudo, [])
    veredito = EM_ORDEM.julgar_bytes(conteudo)
    assert {achado.regra for achado in veredito.achados} <= {"I01"}
    corrigido = EM_ORDEM.julgar_bytes(_com_as_sugestoes(conteudo, veredito))
    assert corrigido.achados == ()
