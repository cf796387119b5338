"""Which window holds for whom, and what it says at a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenios.calendario.janelas import Janela, Prazo, janela_para

AGORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
DIA = timedelta(days=1)


def _janela(
    id: int,
    de: int,
    ate: int,
    *,
    mes: int = 10,
    grupo: str = "",
    convenio: int | None = None,
) -> Janela:
    """A window from `de` to `ate` days from now."""
    return Janela(
        id=id,
        convenio=convenio,
        grupo=grupo,
        competencia=date(2026, mes, 1),
        abre=AGORA + de * DIA,
        fecha=AGORA + ate * DIA,
    )


def _prazo(
    *janelas: Janela, excecoes: dict[int, datetime] | None = None, grupo: str = "", convenio: int | None = None
) -> Prazo | None:
    return janela_para(janelas, excecoes or {}, grupo=grupo, convenio=convenio, agora=AGORA)


def _certo(prazo: Prazo | None) -> Prazo:
    assert prazo is not None
    return prazo


def test_without_windows_there_is_no_deadline() -> None:
    assert _prazo() is None


def test_a_calendar_that_has_not_begun_closes_nothing() -> None:
    assert _prazo(_janela(1, 5, 10), _janela(2, 35, 40, mes=11)) is None


def test_an_open_window_says_how_long_it_stays_open() -> None:
    prazo = _certo(_prazo(_janela(1, -2, 1), _janela(2, 30, 40, mes=11)))
    assert prazo.aberta is not None
    assert (prazo.aberta.id, prazo.falta, prazo.perto) == (1, DIA, True)
    assert prazo.proxima is not None
    assert prazo.proxima.id == 2


def test_two_days_before_its_end_a_window_is_not_yet_near() -> None:
    assert not _certo(_prazo(_janela(1, -2, 2))).perto


@pytest.mark.parametrize(("de", "ate", "aberta"), [(0, 1, True), (-1, 0, False), (-1, 1, True)])
def test_a_window_opens_at_its_beginning_and_is_closed_at_its_end(de: int, ate: int, aberta: bool) -> None:
    assert (_certo(_prazo(_janela(1, de, ate))).aberta is not None) is aberta


def test_between_windows_the_next_one_is_offered() -> None:
    prazo = _certo(_prazo(_janela(1, -9, -1), _janela(3, 60, 61, mes=12), _janela(2, 30, 31, mes=11)))
    assert prazo.aberta is None
    assert prazo.falta is None
    assert prazo.proxima is not None
    assert prazo.proxima.id == 2


def test_after_the_last_window_none_is_offered() -> None:
    prazo = _certo(_prazo(_janela(1, -9, -1)))
    assert (prazo.aberta, prazo.proxima) == (None, None)


def test_of_two_open_windows_the_one_that_closes_last_counts() -> None:
    prazo = _certo(_prazo(_janela(1, -9, 1), _janela(2, -1, 5, mes=11)))
    assert prazo.aberta is not None
    assert prazo.aberta.id == 2


def test_the_windows_of_other_groups_and_convenios_are_not_mine() -> None:
    assert _prazo(_janela(1, -1, 1, grupo="hospitais"), _janela(2, -1, 1, convenio=7)) is None


def test_the_window_of_my_group_holds_in_place_of_that_for_everybody() -> None:
    de_todos, do_grupo = _janela(1, -1, 9), _janela(2, -9, -1, grupo="hospitais")
    assert _certo(_prazo(de_todos, do_grupo, grupo="hospitais")).aberta is None
    assert _certo(_prazo(de_todos, do_grupo)).aberta == de_todos


def test_group_counts_before_convenio_and_both_before_either() -> None:
    janelas = [
        _janela(1, -1, 1),
        _janela(2, -1, 2, convenio=7),
        _janela(3, -1, 3, grupo="g"),
        _janela(4, -1, 4, grupo="g", convenio=7),
    ]
    for quantas in range(4, 0, -1):
        aberta = _certo(_prazo(*janelas[:quantas], grupo="g", convenio=7)).aberta
        assert aberta is not None
        assert aberta.id == quantas


def test_an_exception_moves_the_end_of_its_window_only() -> None:
    fechada, futura = _janela(1, -9, -1), _janela(2, 30, 31, mes=11)
    prazo = _certo(_prazo(fechada, futura, excecoes={1: AGORA + DIA}))
    assert prazo.aberta is not None
    assert (prazo.aberta.id, prazo.falta) == (1, DIA)
    assert _certo(_prazo(_janela(1, -9, 9), excecoes={1: AGORA})).aberta is None


@given(st.lists(st.tuples(st.integers(-40, 40), st.integers(1, 20), st.integers(1, 12)), max_size=8))
def test_what_is_open_is_open_now_and_what_is_next_comes_later(prontas: list[tuple[int, int, int]]) -> None:
    janelas = [_janela(n, de, de + dias, mes=mes) for n, (de, dias, mes) in enumerate(prontas)]
    prazo = _prazo(*janelas)
    if prazo is None:
        assert not any(janela.abre <= AGORA for janela in janelas) or len({j.competencia for j in janelas}) < len(
            janelas
        )
        return
    assert prazo.aberta is None or prazo.aberta.abre <= AGORA < prazo.aberta.fecha
    assert prazo.proxima is None or prazo.proxima.abre > AGORA
