"""The main job, in a real browser with the real servers: from an XML file to a protocol and its cover, and back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.jornada.arquivos import com_cnpj_errado
from tests.jornada.clinica import Faturista
from tests.jornada.nas_contas import aceitar_o_que_a_conferencia_propoe, liberar
from tests.jornada.operadora import Analista

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
QUATORZE_MEGA, QUINZE_MEGA = 14_000_000, 15 * 1024 * 1024
PAGAMENTO = timezone.localdate() + timedelta(days=20)


def test_de_um_xml_de_14_mb_ao_faturado(marina: Faturista, rui: Analista, helena: Analista, tmp_path: Path) -> None:
    xml = com_cnpj_errado(tmp_path, "sadt_14_mb", guias=100, itens=235)
    assert QUATORZE_MEGA < xml.stat().st_size < QUINZE_MEGA

    incluir_vendo_o_andamento(marina, xml)
    corrigir(marina, xml.name)
    lote = abrir_o_lote(marina, xml.name)
    rui.nao_acha(lote)
    rui.ver("antes-do-envio")
    informado = marina.dado("Vlr. Informado")
    protocolo = marina.fechar_e_enviar()

    capa = marina.baixar_capa()
    assert protocolo in capa
    assert informado.removeprefix("R$").strip() in capa

    receber_e_avancar(rui, helena, lote, protocolo)
    marina.pagina.get_by_role("button", name="Atualizar Situação Protocolo").click()
    marina.espera_recado("Situação: Faturado.")
    historico = marina.pagina.get_by_role("region", name="Histórico")
    for passo in (
        "Faturado",
        "Liberado para faturamento",
        "Em análise pela Operadora",
        "Enviado à operadora",
        "Lote fechado",
    ):
        expect(historico.get_by_text(passo, exact=True)).to_be_visible()
    assert marina.dado("Data Pagamento") == f"{PAGAMENTO:%d/%m/%Y}"
    marina.ver("faturado")


def incluir_vendo_o_andamento(marina: Faturista, xml: Path) -> None:
    """The upload shows how far it is, then how far the work is, and ends in the history."""
    marina.soltar(xml)
    marina.com_rede_lenta(4 * 1024 * 1024)
    marina.incluir()
    expect(marina.pagina.get_by_role("progressbar", name="Envio do arquivo")).to_be_visible()
    expect(marina.pagina.get_by_text("Enviando:")).to_be_visible()
    marina.ver("enviando")
    expect(marina.pagina.get_by_role("heading", name="Conferindo o arquivo")).to_be_visible()
    marina.ver("conferindo")
    marina.espera_historico("Inválidos", xml.name)
    expect(marina.linha(xml.name)).to_contain_text("Inválido")
    marina.ver("historico")


def corrigir(marina: Faturista, nome: str) -> None:
    """The críticas, their correction, and the file imported."""
    marina.abrir(nome)
    marina.espera_titulo(nome)
    expect(marina.linha("1206")).to_contain_text("dígitos verificadores não conferem")
    marina.ver("criticas")
    marina.abrir("Corrigir Críticas")
    marina.corrigir_cnpj()
    marina.espera_historico("Importados", nome)
    expect(marina.linha(nome)).to_contain_text("Importado")
    expect(marina.linha(nome).get_by_role("cell", name="Sim")).to_be_visible()
    marina.ver("importado")


def abrir_o_lote(marina: Faturista, nome: str) -> str:
    """*Detalhes do Lote*, from the file; give the lot's number."""
    marina.abrir(nome)
    marina.espera_titulo(nome)
    expect(marina.pagina.get_by_role("heading", name="Lista de alterações")).to_be_visible()
    marina.ver("alteracoes")
    marina.abrir("Detalhes do Lote")
    expect(marina.pagina.get_by_role("heading", name="Detalhes")).to_be_visible()
    marina.ver("lote")
    return marina.dado("Nº Lote")


def receber_e_avancar(rui: Analista, helena: Analista, lote: str, protocolo: str) -> None:
    """The operadora sees the lot now, judges it, and says when it is paid."""
    rui.procurar(lote)
    rui.ver("recebido")
    rui.abrir(protocolo)
    rui.espera_titulo(f"Protocolo {protocolo}")
    rui.ver("protocolo")
    rui.avancar("Em análise pela Operadora")
    aceitar_o_que_a_conferencia_propoe(rui)
    liberar(rui, protocolo)
    helena.procurar(lote)
    helena.abrir(protocolo)
    helena.avancar("Faturado", PAGAMENTO)
    helena.ver("faturado")


def test_sem_script_a_jornada_tambem_se_faz(marina_sem_script: Faturista, rui: Analista, tmp_path: Path) -> None:
    """Every action is a form: a browser without JavaScript takes longer, and gets there."""
    marina = marina_sem_script
    xml = com_cnpj_errado(tmp_path, "sem_script", guias=2, itens=3)
    marina.escolher(xml)
    marina.incluir()
    expect(marina.linha("1206")).to_be_visible()
    marina.abrir("Corrigir Críticas")
    marina.corrigir_cnpj()
    lote = abrir_o_lote_sem_script(marina)
    protocolo = marina.fechar_e_enviar()
    assert protocolo in marina.baixar_capa()
    rui.procurar(lote)
    rui.abrir(protocolo)
    rui.avancar("Em análise pela Operadora")
    marina.pagina.get_by_role("button", name="Atualizar Situação Protocolo").click()
    marina.espera_recado("Situação: Em análise pela Operadora.")


def abrir_o_lote_sem_script(marina: Faturista) -> str:
    """The page of the file asks again by itself until its lot is there."""
    expect(marina.pagina.get_by_role("link", name="Detalhes do Lote")).to_be_visible()
    marina.abrir("Detalhes do Lote")
    return marina.dado("Nº Lote")
