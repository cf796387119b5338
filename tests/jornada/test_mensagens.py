"""The operadora asks for documents, the clinic answers with a PDF, and what is unread is counted on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.jornada.clinica import Faturista
from tests.jornada.operadora import Analista
from tests.jornada.pessoa import Pessoa
from tests.mensagens.apoio import PDF
from tests.portal import arquivo_valido

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
LAUDO = "Laudo do profissional de saúde"


def test_a_operadora_pede_e_a_clinica_responde(marina: Faturista, rui: Analista, tmp_path: Path) -> None:
    lote, protocolo = enviar(marina, tmp_path)
    antes = nao_lidas(marina)

    rui.procurar(lote)
    rui.abrir(protocolo)
    rui.abrir("Troca de Mensagens")
    rui.abrir("Pedir documentos")
    rui.pagina.get_by_label(LAUDO).check()
    rui.pagina.get_by_label("O que o prestador precisa saber").fill("Da guia com ressonância, assinado.")
    rui.ver("pede-documentos")
    rui.pagina.get_by_role("button", name="Pedir documentos").click()
    rui.espera_recado("Pedido enviado.")
    expect(rui.pagina.get_by_text("Aguardando informação complementar").first).to_be_visible()

    marina.pagina.reload()
    assert nao_lidas(marina) == antes + 1
    responder(marina, lote, tmp_path)
    assert nao_lidas(marina) == antes

    rui.menu("Conversas")
    rui.espera_titulo("Conversas")
    expect(rui.linha(lote)).to_contain_text("Respondido")
    expect(rui.linha(lote)).to_contain_text("Não lida")
    rui.ver("lista-respondido")
    lidas = nao_lidas(rui)
    rui.abrir(lote)
    anexo = rui.pagina.get_by_role("region", name="Anexos").get_by_role("link", name="laudo.pdf")
    with rui.pagina.expect_download() as descarga:
        anexo.click()
    assert Path(descarga.value.path()).read_bytes() == PDF
    rui.pagina.reload()
    assert nao_lidas(rui) == lidas - 1
    rui.ver("conversa")


def enviar(marina: Faturista, tmp_path: Path) -> tuple[str, str]:
    """A lot that was sent: its number and its protocol's, with its page open."""
    xml = tmp_path / "mensagens.xml"
    xml.write_bytes(arquivo_valido("santa-aurelia", "pasa"))
    marina.escolher(xml)
    marina.incluir()
    marina.espera_historico("Importados", xml.name)
    marina.abrir(xml.name)
    marina.abrir("Detalhes do Lote")
    expect(marina.pagina.get_by_role("heading", name="Detalhes")).to_be_visible()
    return marina.dado("Nº Lote"), marina.fechar_e_enviar()


def responder(marina: Faturista, lote: str, tmp_path: Path) -> None:
    """From *Início* to the request, and the answer with the document that it asks for."""
    laudo = tmp_path / "laudo.pdf"
    laudo.write_bytes(PDF)
    marina.menu("Início")
    marina.pagina.get_by_role("link", name=f"Responder: Documentos do lote {lote}").click()
    marina.espera_titulo(f"Troca de Mensagens, lote {lote}")
    marina.ver("pedido-recebido")
    marina.pagina.get_by_role("textbox", name="Mensagem").fill("Segue o laudo assinado.")
    marina.pagina.get_by_label("Arquivo").first.set_input_files(laudo)
    expect(marina.pagina.get_by_label("Que documento é").first).to_have_value("02")
    marina.ver("responde")
    marina.pagina.get_by_role("button", name="Enviar mensagem").click()
    marina.espera_recado("Mensagem enviada. PASA já pode ler.")


def nao_lidas(pessoa: Pessoa) -> int:
    """What the message icon of the top band counts."""
    contador = pessoa.pagina.locator(".topo .mensagens .contador")
    return int(contador.inner_text()) if contador.count() else 0
