"""Whose turn it is: nobody waits behind somebody else's thousand files."""

from __future__ import annotations

from conecta.fila import fila
from tests.fabrica import Cenario

from .apoio import por_na_fila, reclamar, servir
from .tipos import FILA, OUTRA_FILA


def test_quem_chega_depois_de_950_espera_no_maximo_dois_trabalhos_do_outro(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(950))
    por_na_fila(cenario, "boavista", range(3))
    por_na_fila(cenario, "cedro", range(3))
    servidas = servir(cenario, 12)
    for chegada in ("boavista", "cedro"):
        assert servidas[: servidas.index(chegada)].count("aurelia") <= 2
        assert servidas.count(chegada) == 3


def test_quem_chega_no_meio_tambem(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(60))
    servir(cenario, 20)
    por_na_fila(cenario, "boavista", range(3))
    servidas = servir(cenario, 8)
    assert servidas.index("boavista") <= 2
    assert servidas.count("boavista") == 3


def test_as_que_esperam_alternam(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(20))
    por_na_fila(cenario, "boavista", range(20))
    servidas = servir(cenario, 30)
    for inicio in range(2, 28, 2):
        assert set(servidas[inicio : inicio + 2]) == {"aurelia", "boavista"}, servidas


def test_quem_ja_fez_muito_numa_fila_que_esvaziou_nao_paga_por_isso(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(50))
    servir(cenario, 50)
    por_na_fila(cenario, "boavista", range(50))
    por_na_fila(cenario, "aurelia", [100])
    assert "aurelia" in servir(cenario, 3)


def test_quem_nunca_veio_nao_passa_a_frente_por_isso(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(50))
    servir(cenario, 50)
    por_na_fila(cenario, "aurelia", range(100, 110))
    por_na_fila(cenario, "boavista", range(10))
    servidas = servir(cenario, 10)
    assert servidas.count("aurelia") >= 4


def test_so_dois_de_cada_organizacao_ao_mesmo_tempo(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(5))
    por_na_fila(cenario, "boavista", range(1))
    em_andamento = [reclamar() for _ in range(3)]
    assert [trabalho.organizacao for trabalho in em_andamento].count(cenario.aurelia.pk) == 2
    assert fila.reclamar(FILA, "eu") is None
    fila.executar(next(t for t in em_andamento if t.organizacao == cenario.aurelia.pk), "eu")
    assert reclamar().organizacao == cenario.aurelia.pk


def test_cada_fila_tem_a_sua_vez(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(30))
    por_na_fila(cenario, "aurelia", [1], OUTRA_FILA)
    do_outro = fila.reclamar("teste-outra", "eu")
    assert do_outro is not None
    assert do_outro.tipo == "teste.outra_fila"
    assert fila.reclamar("teste-outra", "eu") is None
