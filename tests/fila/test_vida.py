"""A job's life: in with the caller's transaction, counted when claimed, done once, given back, set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.fila import fila
from conecta.fila.models import Trabalho, Vez
from conecta.tenancy.escopo import Inquilino, TipoDeInquilino, atual, inquilino, sistema
from tests.fabrica import Cenario

from .apoio import esperar_a_nova_tentativa, linha, por_na_fila, reclamar, vencer_arrendamento
from .tipos import ESCOPO, FALHA, FALHA_SEMPRE, FILA, GUARDA, desistencias, escopos

Capturar = Callable[..., Any]


@pytest.fixture(autouse=True)
def _sem_desistencias() -> Iterator[None]:
    desistencias.clear()
    yield
    desistencias.clear()


def arquivos_de(cenario: Cenario, slug: str) -> int:
    """How many files the jobs of an organisation have left."""
    with cenario.dentro(slug):
        return Conteudo.objects.count()


def test_so_dentro_de_uma_organizacao_se_enfileira(cenario: Cenario) -> None:
    with pytest.raises(RuntimeError, match="scope"):
        fila.enfileirar(GUARDA, 1)


def test_o_trabalho_leva_a_organizacao_e_quem_pediu(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        fila.enfileirar(GUARDA, 7)
    trabalho = reclamar()
    assert (trabalho.organizacao, trabalho.alvo) == (cenario.aurelia.pk, 7)
    assert trabalho.usuario == cenario.pessoa("faturista", "aurelia").pk
    assert trabalho.tipo_da_organizacao == "prestador"


def test_a_plataforma_tem_trabalhos_seus_que_esperam_a_vez_e_sao_um_so_por_alvo(cenario: Cenario) -> None:
    escopos.clear()
    por_na_fila(cenario, "aurelia", [1])
    quem = cenario.pessoa("gestor", "pasa").pk
    with inquilino("sistema", 0, quem):
        id_do_trabalho = fila.enfileirar(ESCOPO, 7)
        with pytest.raises(IntegrityError), transaction.atomic():
            fila.enfileirar(ESCOPO, 7)
    assert reclamar().tipo == "teste.guarda"
    fila.executar(reclamar(), "eu")
    assert escopos == [Inquilino(TipoDeInquilino.SISTEMA, 0, quem)]
    assert linha(id_do_trabalho).estado == "feito"


def test_transacao_desfeita_nao_deixa_trabalho_nem_aviso(
    cenario: Cenario, django_capture_on_commit_callbacks: Capturar
) -> None:
    with django_capture_on_commit_callbacks() as avisos, transaction.atomic():
        por_na_fila(cenario, "aurelia", [1])
        transaction.set_rollback(True)
    assert avisos == []
    with sistema():
        assert not Trabalho.objects.exists()
        assert not Vez.objects.exists()


def test_transacao_feita_avisa_um_trabalhador_uma_vez(
    cenario: Cenario, django_capture_on_commit_callbacks: Capturar
) -> None:
    with django_capture_on_commit_callbacks() as avisos:
        por_na_fila(cenario, "aurelia", [1])
    assert len(avisos) == 1


def test_um_so_trabalho_vivo_por_alvo(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", [1])
    with pytest.raises(IntegrityError, match="trabalho_vivo_unico"):
        por_na_fila(cenario, "aurelia", [1])
    por_na_fila(cenario, "boavista", [1])
    por_na_fila(cenario, "aurelia", [1], FALHA)


def test_o_que_esta_em_andamento_tambem_conta_como_vivo_e_o_feito_nao(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", [1])
    trabalho = reclamar()
    with pytest.raises(IntegrityError, match="trabalho_vivo_unico"):
        por_na_fila(cenario, "aurelia", [1])
    fila.executar(trabalho, "eu")
    por_na_fila(cenario, "aurelia", [1])


def test_o_resultado_e_o_fim_sao_uma_transacao_no_escopo_da_organizacao(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [1])
    fila.executar(reclamar(), "eu")
    assert linha(id_do_trabalho).estado == "feito"
    assert linha(id_do_trabalho).arrendado_por is None
    assert arquivos_de(cenario, "aurelia") == 1
    assert atual() is None


def test_a_tentativa_conta_ao_reclamar_antes_de_poder_matar_o_processo(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [1])
    assert linha(id_do_trabalho).tentativas == 0
    reclamar()
    assert linha(id_do_trabalho).tentativas == 1


@pytest.mark.parametrize(("prazos", "dura_mais"), [({FILA: 3_600}, True), ({"outra": 3_600}, False)])
def test_numa_fila_lenta_o_arrendamento_dura_mais_que_o_trabalho(
    cenario: Cenario, settings: Any, prazos: dict[str, int], dura_mais: bool
) -> None:
    settings.FILA_PRAZOS = prazos
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [1])
    reclamar()
    ate = linha(id_do_trabalho).arrendado_ate
    assert ate is not None
    assert (ate > timezone.now() + timedelta(seconds=3_600)) == dura_mais


def test_quem_perdeu_o_arrendamento_tem_o_trabalho_desfeito(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [1])
    antigo = reclamar("o que travou")
    vencer_arrendamento(id_do_trabalho)
    fila.varrer()
    novo = reclamar("o que assumiu")
    fila.executar(antigo, "o que travou")
    assert arquivos_de(cenario, "aurelia") == 0
    assert (linha(id_do_trabalho).estado, linha(id_do_trabalho).arrendado_por) == ("rodando", "o que assumiu")
    fila.executar(novo, "o que assumiu")
    assert arquivos_de(cenario, "aurelia") == 1
    assert linha(id_do_trabalho).estado == "feito"


def test_quem_perdeu_o_arrendamento_e_falha_nao_mexe_no_trabalho_do_outro(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [1], FALHA)
    antigo = reclamar("o que travou")
    vencer_arrendamento(id_do_trabalho)
    fila.varrer()
    reclamar("o que assumiu")
    fila.executar(antigo, "o que travou")
    assert (linha(id_do_trabalho).estado, linha(id_do_trabalho).arrendado_por) == ("rodando", "o que assumiu")
    assert desistencias == []


def test_falha_devolve_com_espera_que_dobra_e_sem_nada_do_que_fez(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [1], FALHA)
    for espera in (2, 4):
        antes = timezone.now()
        fila.executar(reclamar(), "eu")
        devolvido = linha(id_do_trabalho)
        assert (devolvido.estado, devolvido.erro) == ("pronto", "FalhaDoTrabalho")
        esperado = timedelta(seconds=espera)
        assert antes + esperado <= devolvido.disponivel_em <= timezone.now() + esperado
        assert fila.reclamar(FILA, "eu") is None
        esperar_a_nova_tentativa(id_do_trabalho)
    assert arquivos_de(cenario, "aurelia") == 0


def test_a_terceira_falha_poe_de_lado_e_avisa_o_alvo_no_escopo_da_organizacao(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [41], FALHA)
    for _ in range(3):
        assert desistencias == []
        esperar_a_nova_tentativa(id_do_trabalho)
        fila.executar(reclamar(), "eu")
    assert linha(id_do_trabalho).estado == "veneno"
    assert desistencias == [(cenario.aurelia.pk, 41, "FalhaDoTrabalho")]
    assert arquivos_de(cenario, "aurelia") == 0
    assert fila.reclamar(FILA, "eu") is None


def test_o_que_mata_o_processo_tres_vezes_e_posto_de_lado_pela_varredura(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [41])
    for _ in range(3):
        assert desistencias == []
        reclamar()
        vencer_arrendamento(id_do_trabalho)
        fila.varrer()
    assert linha(id_do_trabalho).estado == "veneno"
    assert [(organizacao, alvo) for organizacao, alvo, _ in desistencias] == [(cenario.aurelia.pk, 41)]


def test_a_varredura_nao_toca_em_quem_ainda_tem_tempo(cenario: Cenario) -> None:
    (id_do_trabalho,) = por_na_fila(cenario, "aurelia", [1])
    reclamar()
    fila.varrer()
    assert linha(id_do_trabalho).estado == "rodando"


def test_a_varredura_diz_quantos_esperam_em_cada_fila(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", range(3))
    assert fila.varrer() == {FILA: 3}


def test_um_alvo_que_nao_se_deixa_avisar_nao_para_a_varredura_dos_outros(cenario: Cenario) -> None:
    (ruim,) = por_na_fila(cenario, "aurelia", [1], FALHA_SEMPRE)
    (bom,) = por_na_fila(cenario, "boavista", [2])
    for _ in range(3):
        for id_do_trabalho in (ruim, bom):
            esperar_a_nova_tentativa(id_do_trabalho)
            reclamar()
            vencer_arrendamento(id_do_trabalho)
        fila.varrer()
    assert linha(bom).estado == "veneno"
    # Still where the next sweep tries again: its target was not told, so it is not over.
    assert linha(ruim).estado == "rodando"


def test_um_alvo_que_nao_se_deixa_avisar_nao_derruba_o_trabalhador(cenario: Cenario) -> None:
    (ruim,) = por_na_fila(cenario, "aurelia", [1], FALHA_SEMPRE)
    for _ in range(3):
        esperar_a_nova_tentativa(ruim)
        fila.executar(reclamar(), "eu")
    assert linha(ruim).estado == "rodando"


def test_o_escopo_do_trabalho_nao_ve_outra_organizacao(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", [1])
    fila.executar(reclamar(), "eu")
    assert arquivos_de(cenario, "boavista") == 0


def test_nenhuma_organizacao_le_a_fila(cenario: Cenario) -> None:
    por_na_fila(cenario, "aurelia", [1])
    for slug in ("aurelia", "pasa"):
        with (
            cenario.dentro(slug),
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
        ):
            Trabalho.objects.exists()
