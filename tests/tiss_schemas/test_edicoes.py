"""Edits as JSON: they come back as they went, and nothing else comes in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiss_schemas.edicoes import (
    Copiar,
    Incluir,
    LimparTexto,
    Mover,
    Reler,
    Remover,
    Renomear,
    RetirarAtributo,
    Valor,
    de_json,
    para_json,
)

TEXTOS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
EDICOES = st.one_of(
    st.builds(Valor, TEXTOS, TEXTOS),
    st.builds(Incluir, TEXTOS, TEXTOS, TEXTOS),
    st.builds(Remover, TEXTOS),
    st.builds(Mover, TEXTOS, st.none() | TEXTOS),
    st.builds(Renomear, TEXTOS, TEXTOS),
    st.builds(Copiar, TEXTOS, TEXTOS),
    st.builds(LimparTexto, TEXTOS),
    st.builds(RetirarAtributo, TEXTOS, TEXTOS),
    st.just(Reler()),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda dentro: st.lists(dentro, max_size=4) | st.dictionaries(st.text(max_size=8), dentro, max_size=4),
    max_leaves=12,
)


@given(st.lists(EDICOES, max_size=5))
def test_edits_come_back_from_json_as_they_went(edicoes) -> None:
    assert de_json(json.loads(json.dumps(para_json(edicoes)))) == tuple(edicoes)


def test_a_move_may_leave_out_where_to() -> None:
    assert de_json([{"tipo": "Mover", "caminho": "/a"}]) == (Mover("/a"),)


@given(JSON)
def test_anything_else_is_refused(dados) -> None:
    if dados == []:
        return
    with pytest.raises(ValueError, match=r"edição|edições"):
        de_json(dados)


@pytest.mark.parametrize(
    "dado",
    [
        {"tipo": []},
        {"tipo": {}},
        {"tipo": None},
        {"tipo": "Edicao"},
        {"tipo": "__class__"},
        {"tipo": "Remover"},
        {"tipo": "Remover", "caminho": None},
        {"tipo": "Remover", "caminho": 1},
        {"tipo": "Remover", "caminho": ["/a"]},
        {"tipo": "Remover", "caminho": "/a", "valor": "b"},
        {"tipo": "Remover", "caminho": "/\ud800"},
        {"tipo": "Valor", "caminho": "/a"},
        {"tipo": "Mover", "caminho": "/a", "para": 1},
        {"tipo": "Reler", "caminho": "/a"},
        ["tipo", "Reler"],
        "Reler",
        None,
    ],
)
def test_an_edit_is_read_strictly(dado) -> None:
    with pytest.raises(ValueError, match=r"edição|edições|surrogates"):
        de_json([dado])
