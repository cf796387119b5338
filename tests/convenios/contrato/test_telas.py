"""Codes that an operadora agrees, guides that wait for a laboratory, and ranges of numbers, on their screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from convenios.contrato.combinados import combinar_codigo
from convenios.contrato.erros import CodigoDeOutro, CodigoRepetido, PendenciaDoLaboratorio, PendenciaRetirada
from convenios.contrato.models import CodigoCredenciado, PendenciaDeExame
from convenios.contrato.pendencias import marcar, receber_lista_do_laboratorio, retirar
from convenios.models import Convenio, Credenciamento
from convenios.numeracao.models import FaixaDeNumeracao
from tests.fabrica import Cenario

Entrar = Callable[[Any], Client]
SEM_LAUDO = PendenciaDeExame.Motivo.SEM_LAUDO


def _contrato(cenario: Cenario) -> Credenciamento:
    return Credenciamento.objects.get(prestador=cenario.aurelia, operadora=cenario.pasa)


def _convenio(cenario: Cenario) -> Convenio:
    return Convenio.objects.get(operadora=cenario.pasa, principal=True)


def _endereco(cenario: Cenario, quem: str, fim: str) -> str:
    with cenario.dentro(quem):
        return f"/{quem}/contratos/{_contrato(cenario).pk}/convenios/1/{fim}"


def _combinar(cenario: Cenario, codigo: str) -> CodigoCredenciado:
    return combinar_codigo(
        credenciamento=_contrato(cenario),
        convenio=_convenio(cenario),
        por_que="atendimento",
        chave="23",
        codigo=codigo,
        por=cenario.pessoa("gestor", "pasa"),
    )


def test_o_codigo_de_outro_prestador_nao_se_da(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"), pytest.raises(CodigoDeOutro):
        _combinar(cenario, cenario.boavista.documento)


def test_para_o_mesmo_ha_um_codigo_so(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        _combinar(cenario, "LAB1")
        with pytest.raises(CodigoRepetido):
            _combinar(cenario, "LAB2")


def test_o_gestor_combina_e_retira_codigos_e_a_clinica_os_ve(cenario: Cenario, entrar: Entrar) -> None:
    gestor = entrar(cenario.pessoa("gestor", "pasa"))
    codigos = {"onde": "procedimento", "tabela": "22", "prefixo": "403", "codigo": "LAB1"}
    assert gestor.post(_endereco(cenario, "pasa", "codigos/combinar/"), codigos).status_code == 302
    sem_tabela = gestor.post(_endereco(cenario, "pasa", "codigos/combinar/"), {**codigos, "tabela": ""})
    assert sem_tabela.status_code == 422
    assert "Escolha a tabela" in sem_tabela.content.decode()
    with cenario.dentro("pasa"):
        (combinado,) = CodigoCredenciado.objects.all()
    assert (combinado.por, combinado.chave) == ("procedimento", "22403")
    clinica = entrar(cenario.pessoa("leitura", "aurelia")).get(_endereco(cenario, "aurelia", "codigos/"))
    assert "Procedimento 22 403" in clinica.content.decode()
    gestor = entrar(cenario.pessoa("gestor", "pasa"))
    gestor.post(_endereco(cenario, "pasa", "codigos/retirar/"), {"combinado": combinado.pk})
    with cenario.dentro("pasa"):
        assert not CodigoCredenciado.objects.exists()


def _abertas(cenario: Cenario) -> dict[str, str]:
    with cenario.dentro("aurelia"):
        return dict(PendenciaDeExame.objects.filter(retirada_em=None).values_list("numero_da_guia", "origem"))


def _o_que(cenario: Cenario, *numeros: str) -> dict[str, Any]:
    return {
        "prestador": cenario.aurelia,
        "convenio": _convenio(cenario),
        "numeros": numeros,
        "motivo": SEM_LAUDO,
        "por": cenario.pessoa("faturista", "aurelia"),
    }


def test_marcar_duas_vezes_e_marcar_uma(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        assert marcar(**_o_que(cenario, "1", "2", "1")) == 2
        assert marcar(**_o_que(cenario, "2", "3")) == 1
    assert set(_abertas(cenario)) == {"1", "2", "3"}


def test_a_lista_nova_do_laboratorio_libera_o_que_nao_esta_mais_nela(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        marcar(**_o_que(cenario, "9"))
        assert receber_lista_do_laboratorio(**_o_que(cenario, "1", "2")) == (2, 0)
        assert receber_lista_do_laboratorio(**_o_que(cenario, "2", "3")) == (1, 1)
    assert _abertas(cenario) == {"9": "manual", "2": "laboratorio", "3": "laboratorio"}


def test_o_que_o_laboratorio_marcou_so_ele_retira_onde_o_convenio_diz(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(principal=True).update(nao_retirar_pendencia=True)
    with cenario.dentro("aurelia", "faturista"):
        marcar(**_o_que(cenario, "9"))
        receber_lista_do_laboratorio(**_o_que(cenario, "1"))
        quem = cenario.pessoa("faturista", "aurelia")
        with pytest.raises(PendenciaDoLaboratorio):
            retirar(pendencia=PendenciaDeExame.objects.get(numero_da_guia="1"), por=quem)
        a_mao = PendenciaDeExame.objects.get(numero_da_guia="9")
        retirar(pendencia=a_mao, por=quem)
        with pytest.raises(PendenciaRetirada):
            retirar(pendencia=a_mao, por=quem)
    assert set(_abertas(cenario)) == {"1"}


def test_onde_o_convenio_deixa_a_pendencia_do_laboratorio_se_retira(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        receber_lista_do_laboratorio(**_o_que(cenario, "1"))
        retirar(pendencia=PendenciaDeExame.objects.get(), por=cenario.pessoa("faturista", "aurelia"))
    assert _abertas(cenario) == {}


def test_marcar_e_retirar_pela_tela(cenario: Cenario, entrar: Entrar) -> None:
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    with cenario.dentro("aurelia"):
        convenio = _convenio(cenario).pk
    dados = {"convenio": convenio, "motivo": "sem_laudo", "origem": "manual", "numeros": "100\n101, 102"}
    assert (
        "Guias marcadas: 3"
        in cliente.post("/aurelia/contratos/pendencias/marcar/", dados, follow=True).content.decode()
    )
    longo = cliente.post("/aurelia/contratos/pendencias/marcar/", {**dados, "numeros": "1" * 21})
    assert longo.status_code == 422
    with cenario.dentro("aurelia"):
        pk = PendenciaDeExame.objects.get(numero_da_guia="101").pk
    cliente.post(f"/aurelia/contratos/pendencias/{pk}/retirar/")
    assert set(_abertas(cenario)) == {"100", "102"}


def test_convenio_de_operadora_sem_contrato_nao_se_escolhe(cenario: Cenario, entrar: Entrar) -> None:
    with cenario.dentro("sulina"):
        alheio = Convenio.objects.get(principal=True).pk
    cliente = entrar(cenario.pessoa("faturista", "boavista"))
    dados = {"convenio": alheio, "motivo": "sem_laudo", "origem": "manual", "numeros": "1"}
    assert cliente.post("/boavista/contratos/pendencias/marcar/", dados).status_code == 422


def test_registrar_mudar_e_retirar_uma_faixa_pela_tela(cenario: Cenario, entrar: Entrar) -> None:
    cliente = entrar(cenario.pessoa("administrador", "aurelia"))
    nova = {"tipo": "consulta", "de": "1", "ate": "40", "automatica": "on"}
    assert cliente.post(_endereco(cenario, "aurelia", "numeracao/registrar/"), nova).status_code == 302
    repetida = cliente.post(_endereco(cenario, "aurelia", "numeracao/registrar/"), nova)
    assert repetida.status_code == 422
    assert "outra faixa desta operadora" in repetida.content.decode()
    with cenario.dentro("aurelia"):
        faixa = FaixaDeNumeracao.objects.get()
    pagina = cliente.get(_endereco(cenario, "aurelia", "numeracao/"), {"faixa": faixa.pk}).content.decode()
    assert "Restam 40 números de Consulta" in pagina
    mudar = _endereco(cenario, "aurelia", "numeracao/mudar/")
    assert cliente.post(mudar, {"faixa": faixa.pk, "ate": "90", "atual": "3"}).status_code == 302
    with cenario.dentro("aurelia"):
        faixa.refresh_from_db()
    assert (faixa.ate, faixa.atual, faixa.automatica) == (90, 3, False)
    em_uso = cliente.post(mudar, {"faixa": faixa.pk, "retirar": "1"}, follow=True).content.decode()
    assert "já foram usados" in em_uso


def test_a_clinica_nao_muda_a_faixa_que_a_operadora_deu(cenario: Cenario, entrar: Entrar) -> None:
    gestor = entrar(cenario.pessoa("gestor", "pasa"))
    gestor.post(_endereco(cenario, "pasa", "numeracao/dar/"), {"tipo": "geral", "de": "1", "ate": "9"})
    with cenario.dentro("pasa"):
        faixa = FaixaDeNumeracao.objects.get()
    clinica = entrar(cenario.pessoa("administrador", "aurelia"))
    assert f"?faixa={faixa.pk}" not in clinica.get(_endereco(cenario, "aurelia", "numeracao/")).content.decode()
    clinica.post(_endereco(cenario, "aurelia", "numeracao/mudar/"), {"faixa": faixa.pk, "retirar": "1"})
    with cenario.dentro("pasa"):
        assert FaixaDeNumeracao.objects.exists()


def test_o_inicio_avisa_que_os_numeros_acabam(cenario: Cenario, entrar: Entrar) -> None:
    cliente = entrar(cenario.pessoa("administrador", "aurelia"))
    assert "Números no fim" not in cliente.get("/aurelia/").content.decode()
    nova = {"tipo": "geral", "de": "1", "ate": "40", "automatica": "on"}
    cliente.post(_endereco(cenario, "aurelia", "numeracao/registrar/"), nova)
    assert "restam 40 de 40 números" in cliente.get("/aurelia/").content.decode()
