"""Numbers are handed out one after the other, each once, with a warning before the last and a refusal after it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from convenios.mascaras import combina, lugares
from convenios.models import Convenio, Credenciamento, RegrasDoCredenciamento
from convenios.numeracao.erros import (
    FaixaDeOutro,
    FaixaEmUso,
    FaixaEsgotada,
    FaixaForaDaMascara,
    FaixaSobreposta,
    NumeracaoManual,
    SemFaixa,
)
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.numeros import avisos_de, escrever, proximo_numero
from convenios.numeracao.transicoes import mudar_faixa, registrar_faixa, retirar_faixa
from tests.fabrica import Cenario, montar_cenario

Tipo = FaixaDeNumeracao.Tipo


@pytest.fixture
def na_aurelia(cenario: Cenario) -> Iterator[Cenario]:
    """Inside the clinic, acted in by its administrador."""
    with cenario.dentro("aurelia", "administrador"):
        yield cenario


def _faixa(cenario: Cenario, de: int, ate: int, tipo: str = Tipo.GERAL, **opcoes: Any) -> FaixaDeNumeracao:
    credenciamento, convenio = _contrato(cenario)
    return registrar_faixa(
        credenciamento=credenciamento,
        convenio=convenio,
        tipo=Tipo(tipo),
        de=de,
        ate=ate,
        automatica=opcoes.get("automatica", True),
        autor=opcoes.get("autor", cenario.aurelia),
        por=cenario.pessoa("administrador", "aurelia"),
    )


def _contrato(cenario: Cenario, operadora: str = "pasa") -> tuple[Credenciamento, Convenio]:
    dona = cenario.organizacoes[operadora]
    return (
        Credenciamento.objects.get(operadora=dona, prestador=cenario.aurelia),
        Convenio.objects.get(operadora=dona, principal=True),
    )


def _tirar(cenario: Cenario, tipo: str = Tipo.GERAL) -> str:
    credenciamento, convenio = _contrato(cenario)
    por = cenario.pessoa("administrador", "aurelia")
    return proximo_numero(credenciamento=credenciamento, convenio=convenio, tipo=Tipo(tipo), por=por)


def test_os_numeros_vem_em_ordem_e_o_seguinte_e_recusado(na_aurelia: Cenario) -> None:
    _faixa(na_aurelia, 7, 9)
    assert [_tirar(na_aurelia) for _ in range(3)] == ["7", "8", "9"]
    with pytest.raises(FaixaEsgotada, match="Registre a faixa seguinte"):
        _tirar(na_aurelia)


def test_esgotada_uma_faixa_continua_na_seguinte(na_aurelia: Cenario) -> None:
    _faixa(na_aurelia, 1, 2)
    _faixa(na_aurelia, 50, 60)
    assert [_tirar(na_aurelia) for _ in range(3)] == ["1", "2", "50"]


def test_tipo_sem_faixa_usa_a_regra_geral_e_com_faixa_a_sua(na_aurelia: Cenario) -> None:
    _faixa(na_aurelia, 1, 9)
    _faixa(na_aurelia, 500, 500, Tipo.EXAME)
    assert _tirar(na_aurelia, Tipo.CONSULTA) == "1"
    assert _tirar(na_aurelia, Tipo.EXAME) == "500"
    with pytest.raises(FaixaEsgotada):
        _tirar(na_aurelia, Tipo.EXAME)


def test_sem_faixa_e_sem_numeracao_automatica_o_numero_e_digitado(na_aurelia: Cenario) -> None:
    with pytest.raises(SemFaixa):
        _tirar(na_aurelia)
    _faixa(na_aurelia, 1, 9, automatica=False)
    with pytest.raises(NumeracaoManual):
        _tirar(na_aurelia)


def test_o_numero_sai_pela_mascara_do_convenio(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        credenciamento, convenio = _contrato(cenario)
        RegrasDoCredenciamento.objects.create(
            operadora=cenario.pasa,
            prestador=cenario.aurelia,
            credenciamento=credenciamento,
            convenio=convenio,
            autor="operadora",
            mascara_da_guia="000000-00",
        )
    with cenario.dentro("aurelia", "administrador"):
        _faixa(cenario, 1234, 2000)
        assert _tirar(cenario) == "000012-34"
        with pytest.raises(FaixaForaDaMascara):
            _faixa(cenario, 3000, 123456789)


def test_um_numero_que_nao_foi_usado_volta(na_aurelia: Cenario) -> None:
    _faixa(na_aurelia, 1, 9)
    with transaction.atomic():
        assert _tirar(na_aurelia) == "1"
        transaction.set_rollback(True)
    assert _tirar(na_aurelia) == "1"


@pytest.mark.parametrize(("de", "ate"), [(15, 15), (1, 10), (20, 30), (5, 50)])
def test_faixas_de_uma_operadora_nao_se_sobrepoem(na_aurelia: Cenario, de: int, ate: int) -> None:
    _faixa(na_aurelia, 10, 20)
    with pytest.raises(FaixaSobreposta):
        _faixa(na_aurelia, de, ate, Tipo.CONSULTA)


def test_faixas_vizinhas_e_de_outra_operadora_nao_se_sobrepoem(na_aurelia: Cenario) -> None:
    _faixa(na_aurelia, 10, 20)
    _faixa(na_aurelia, 21, 30)
    _faixa(na_aurelia, 1, 9)
    credenciamento, convenio = _contrato(na_aurelia, "sulina")
    registrar_faixa(
        credenciamento=credenciamento,
        convenio=convenio,
        tipo=Tipo.GERAL,
        de=10,
        ate=20,
        automatica=True,
        autor=na_aurelia.aurelia,
        por=na_aurelia.pessoa("administrador", "aurelia"),
    )
    assert FaixaDeNumeracao.objects.count() == 4


def test_o_banco_recusa_um_numero_fora_da_faixa(na_aurelia: Cenario) -> None:
    faixa = _faixa(na_aurelia, 10, 20)
    for errado in (9, 22):
        with pytest.raises(DatabaseError, match="faixa_atual"), transaction.atomic():
            FaixaDeNumeracao.objects.filter(pk=faixa.pk).update(atual=errado)


def test_o_que_foi_usado_nao_volta_a_ser_dado(na_aurelia: Cenario) -> None:
    faixa, por = _faixa(na_aurelia, 10, 20), na_aurelia.pessoa("administrador", "aurelia")
    _tirar(na_aurelia)
    for ate, atual in ((20, 10), (9, 11), (12, 14)):
        with pytest.raises(FaixaEmUso):
            mudar_faixa(faixa=faixa, ate=ate, atual=atual, automatica=True, autor=na_aurelia.aurelia, por=por)
    with pytest.raises(FaixaEmUso):
        retirar_faixa(faixa=faixa, autor=na_aurelia.aurelia, por=por)
    mudada = mudar_faixa(faixa=faixa, ate=40, atual=15, automatica=True, autor=na_aurelia.aurelia, por=por)
    assert (mudada.de, mudada.atual, mudada.ate, _tirar(na_aurelia)) == (10, 15, 40, "15")


def test_a_faixa_dada_pela_operadora_so_ela_muda(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        faixa = _faixa(cenario, 100, 200, autor=cenario.pasa)
    with cenario.dentro("aurelia", "administrador"):
        por = cenario.pessoa("administrador", "aurelia")
        assert _tirar(cenario) == "100"
        with pytest.raises(FaixaDeOutro):
            mudar_faixa(faixa=faixa, ate=900, atual=101, automatica=True, autor=cenario.aurelia, por=por)
        with pytest.raises(FaixaDeOutro):
            retirar_faixa(faixa=faixa, autor=cenario.aurelia, por=por)


def test_a_operadora_nao_ve_as_faixas_da_clinica_mas_o_banco_as_compara(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "administrador"):
        _faixa(cenario, 100, 200)
    with cenario.dentro("pasa", "gestor"):
        assert not FaixaDeNumeracao.objects.exists()
        with pytest.raises(FaixaSobreposta):
            _faixa(cenario, 150, 160, autor=cenario.pasa)


def test_outra_clinica_nao_ve_as_faixas(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "administrador"):
        _faixa(cenario, 100, 200)
    with cenario.dentro("boavista", "administrador"):
        assert not FaixaDeNumeracao.objects.exists()


@pytest.mark.parametrize(
    ("de", "ate", "usados", "avisa"),
    [(1, 51, 0, False), (1, 51, 1, True), (1, 1000, 899, False), (1, 1000, 900, True), (1, 60, 60, True)],
)
def test_avisa_quando_restam_poucos(na_aurelia: Cenario, de: int, ate: int, usados: int, avisa: bool) -> None:
    faixa = _faixa(na_aurelia, de, ate)
    FaixaDeNumeracao.objects.filter(pk=faixa.pk).update(atual=de + usados)
    avisos = avisos_de(na_aurelia.aurelia)
    assert [aviso.restantes for aviso in avisos] == ([ate - de + 1 - usados] if avisa else [])


def test_a_faixa_seguinte_ja_registrada_cala_o_aviso(na_aurelia: Cenario) -> None:
    _faixa(na_aurelia, 1, 20)
    _faixa(na_aurelia, 1000, 9999)
    assert avisos_de(na_aurelia.aurelia) == []


def test_fora_de_uma_transacao_nenhum_numero_e_dado(commitado: None) -> None:
    cenario = montar_cenario()
    with cenario.dentro("aurelia"):
        contrato = _contrato(cenario)
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError):
        proximo_numero(
            credenciamento=contrato[0],
            convenio=contrato[1],
            tipo=Tipo.GERAL,
            por=cenario.pessoa("administrador", "aurelia"),
        )


TRABALHADORES, NUMEROS = 6, 15


def test_muitos_ao_mesmo_tempo_recebem_todos_os_numeros_uma_vez(commitado: None) -> None:
    """Workers on connections of their own, some of whose transactions fail: no number is lost or given twice."""
    cenario = montar_cenario()
    with cenario.dentro("aurelia", "administrador"):
        _faixa(cenario, 1, 40)
        _faixa(cenario, 1001, 1000 + TRABALHADORES * NUMEROS - 40)

    def trabalhar(_: int) -> list[str]:
        try:
            return [_tirar_ou_desistir(cenario, vez) for vez in range(NUMEROS)]
        finally:
            connection.close()

    with ThreadPoolExecutor(TRABALHADORES) as juntos:
        dados = [numero for numeros in juntos.map(trabalhar, range(TRABALHADORES)) for numero in numeros]
    esperados = [*range(1, 41), *range(1001, 1001 + TRABALHADORES * NUMEROS - 40)]
    assert sorted(map(int, dados)) == esperados
    with cenario.dentro("aurelia"):
        assert [faixa.restantes for faixa in FaixaDeNumeracao.objects.all()] == [0, 0]


def test_quem_morre_com_um_numero_na_mao_o_devolve_e_nao_tranca_ninguem(commitado: None) -> None:
    """The session ends before its transaction is over, as when a process is killed."""
    cenario = montar_cenario()
    with cenario.dentro("aurelia", "administrador"):
        _faixa(cenario, 1, 9)
    with pytest.raises(InterfaceError):
        _tirar_e_morrer(cenario)
    connection.close()
    with cenario.dentro("aurelia", "administrador"), transaction.atomic():
        assert _tirar(cenario) == "1"


def _tirar_e_morrer(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "administrador"), transaction.atomic():
        assert _tirar(cenario) == "1"
        connection.connection.close()
        _tirar(cenario)


def _tirar_ou_desistir(cenario: Cenario, vez: int) -> str:
    with cenario.dentro("aurelia", "administrador"):
        if vez % 4 == 0:
            with transaction.atomic():
                _tirar(cenario)
                transaction.set_rollback(True)
        with transaction.atomic():
            return _tirar(cenario)


@given(
    mascara=st.text("0X.- /", min_size=1, max_size=20).filter(lugares),
    numero=st.integers(min_value=1, max_value=10**18 - 1),
)
def test_todo_numero_cabe_na_mascara_ou_e_recusado(mascara: str, numero: int) -> None:
    if len(str(numero)) > lugares(mascara):
        with pytest.raises(FaixaForaDaMascara):
            escrever(numero, mascara)
        return
    texto = escrever(numero, mascara)
    assert combina(mascara, texto)
    assert int("".join(filter(str.isdigit, texto))) == numero


@given(st.text("0X.- /", min_size=1, max_size=20).filter(lugares), st.data())
def test_dois_numeros_nunca_se_escrevem_igual(mascara: str, data: st.DataObject) -> None:
    ate = min(10 ** lugares(mascara), 10**18) - 1
    um, outro = data.draw(st.tuples(st.integers(0, ate), st.integers(0, ate)))
    assert (escrever(um, mascara) == escrever(outro, mascara)) == (um == outro)
