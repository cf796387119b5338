"""The money's way, both sides in real browsers: a lot is sent, judged, partly refused, paid, appealed against, paid."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from conecta.interface.formatos import dinheiro
from tests.jornada import nas_contas, no_retorno, nos_pagamentos
from tests.jornada.arquivos import CLINICA, com_exames_repetidos
from tests.jornada.clinica import Faturista
from tests.jornada.operadora import Analista
from tests.jornada.pessoa import Pessoa
from tests.portal import Portal
from tiss_schemas.demonstrativo.leitura import ler_analise
from tiss_schemas.demonstrativo.valores import Valores

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
HOJE = timezone.localdate()
DIA_DO_LOTE, DIA_DO_RECURSO = HOJE + timedelta(days=21), HOJE + timedelta(days=49)
A_MAIOR, REPETIDO = "1705", "1305"
"""The code that the analista chooses, and the one by which the automatic pass proposes to refuse what comes twice."""
SO_DOIS = "O pedido médico é de dois exames."
ACATADO = Decimal("100.00")


def test_do_envio_ao_pago(marina: Faturista, rui: Analista, helena: Analista, portal: Portal, tmp_path: Path) -> None:
    lote, protocolo = enviar(marina, tmp_path)
    informado = em_reais(marina, "Vlr. Informado")

    analisar(rui, protocolo)
    glosado = ver_glosas(marina, lote)
    conferir_demonstrativo(marina, protocolo, informado, glosado)

    primeiro = nos_pagamentos.incluir(helena, f"Selecionar o protocolo {protocolo}", DIA_DO_LOTE)
    nos_pagamentos.fechar(helena)
    esperar_o_dinheiro(marina, lote, protocolo, primeiro)

    no_retorno.recorrer(
        marina,
        protocolo,
        {
            A_MAIOR: "O pedido médico é de três exames; a cópia está no prontuário.",
            REPETIDO: "O exame foi repetido por falha da primeira coleta.",
        },
    )
    recurso = responder(rui, protocolo)
    segundo = nos_pagamentos.incluir(helena, f"Selecionar o recurso {recurso}", DIA_DO_RECURSO)
    nos_pagamentos.fechar(helena)
    for numero in (primeiro, segundo):
        nos_pagamentos.marcar_pago(helena, numero, HOJE)

    ver_pago(marina, lote, protocolo, segundo)
    conferir_as_contas(portal)


def enviar(marina: Faturista, pasta: Path) -> tuple[str, str]:
    """A lot that was sent: its number and its protocol's, with its page open."""
    xml = com_exames_repetidos(pasta)
    marina.escolher(xml)
    marina.incluir()
    marina.espera_historico("Importados", xml.name)
    marina.abrir(xml.name)
    marina.abrir("Detalhes do Lote")
    expect(marina.pagina.get_by_role("heading", name="Detalhes")).to_be_visible()
    return marina.dado("Nº Lote"), marina.fechar_e_enviar()


def analisar(rui: Analista, protocolo: str) -> None:
    """One of three exams is refused, one repeated exam is refused as proposed and the other is not; then released."""
    nas_contas.comecar(rui, protocolo)
    nas_contas.ver_o_que_a_conferencia_propoe(rui, 2)
    nas_contas.glosar_quantidade(rui, 1, "1", A_MAIOR, SO_DOIS)
    nas_contas.ir_a_guia(rui, 2)
    nas_contas.decidir_proposta(rui, 1, "Aceitar")
    nas_contas.decidir_proposta(rui, 2, "Retirar")
    nas_contas.liberar(rui, protocolo)


def ver_glosas(marina: Faturista, lote: str) -> Decimal:
    """The clinic sees on the lot how much was refused, and on the guide why; give how much."""
    no_retorno.abrir_lote(marina, lote)
    expect(marina.pagina.get_by_text("Liberado para faturamento").first).to_be_visible()
    marina.ver("lote-liberado")
    glosado = em_reais(marina, "Vlr. Glosado")
    assert em_reais(marina, "Vlr. Liberado") == em_reais(marina, "Vlr. Informado") - glosado > glosado > 0
    guias = marina.pagina.get_by_role("region", name="Guias")
    guias.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(marina.linha(SO_DOIS)).to_contain_text(A_MAIOR)
    marina.ver("guia-glosada")
    no_retorno.abrir_lote(marina, lote)
    return glosado


def conferir_demonstrativo(marina: Faturista, protocolo: str, informado: Decimal, glosado: Decimal) -> None:
    """The Demonstrativo de Análise de Conta says the same on paper, as a message and on the lot."""
    texto, xml = no_retorno.demonstrativo_de_analise(marina)
    for esperado in (A_MAIOR, REPETIDO, dinheiro(glosado), dinheiro(informado - glosado)):
        assert esperado in texto
    (demonstrativo,) = ler_analise(xml)
    (do_protocolo,) = demonstrativo.protocolos
    assert str(do_protocolo.numero) == protocolo
    assert do_protocolo.valores == Valores(
        informado=informado, processado=informado, liberado=informado - glosado, glosa=glosado
    )
    glosas = [glosa for guia in do_protocolo.guias for item in guia.itens for glosa in item.glosas]
    assert [glosa.codigo for glosa in glosas] == [A_MAIOR, REPETIDO]
    assert sum(glosa.valor for glosa in glosas) == glosado


def esperar_o_dinheiro(marina: Faturista, lote: str, protocolo: str, pagamento: str) -> None:
    """The clinic sees when it is to be paid: on its first page, in its payments and on the lot."""
    marina.menu("Início")
    marina.espera_titulo("Início")
    marina.ver("inicio-a-receber")
    receber = marina.pagina.get_by_role("region", name="A receber")
    expect(receber.get_by_role("link", name=f"{DIA_DO_LOTE:%d/%m/%Y}")).to_be_visible()
    no_retorno.abrir_pagamento(marina, pagamento)
    assert marina.dado("Data de pagamento") == f"{DIA_DO_LOTE:%d/%m/%Y}"
    expect(marina.linha_de(protocolo)).to_contain_text(lote)
    no_retorno.abrir_lote(marina, lote)
    assert marina.dado("Data Pagamento") == f"{DIA_DO_LOTE:%d/%m/%Y}"


def responder(rui: Analista, protocolo: str) -> str:
    """A part of one glosa is given back, the other is kept; give the number of the appeal."""
    nas_contas.abrir_recurso(rui, protocolo)
    numero = rui.dado("Recurso (operadora)")
    nas_contas.responder_em_parte(rui, A_MAIOR, dinheiro(ACATADO), "O terceiro exame é pago pelo valor do pacote.")
    nas_contas.manter(rui, REPETIDO, "Falha de coleta não se cobra de novo.")
    rui.ver("recurso-decidido")
    rui.confirmar("Responder")
    expect(rui.pagina.get_by_role("button", name="Responder")).to_have_count(0)
    rui.ver("recurso-respondido")
    return numero


def ver_pago(marina: Faturista, lote: str, protocolo: str, do_recurso: str) -> None:
    """The clinic sees *Pago*, and a statement of each payment: one of the lot, one of the appeal."""
    no_retorno.abrir_lote(marina, lote)
    expect(marina.pagina.get_by_role("region", name="Histórico").get_by_text("Pago", exact=True)).to_be_visible()
    marina.ver("lote-pago")
    no_retorno.abrir_pagamento(marina, do_recurso)
    expect(marina.linha_de(protocolo)).to_contain_text("Recurso")
    do_lote = no_retorno.demonstrativo_de_pagamento(marina, DIA_DO_LOTE)
    assert "1 - Inicial" in do_lote
    assert "2 - Recurso" not in do_lote
    depois = no_retorno.demonstrativo_de_pagamento(marina, DIA_DO_RECURSO)
    assert "2 - Recurso" in depois
    assert dinheiro(ACATADO) in depois


def conferir_as_contas(portal: Portal) -> None:
    """Both sides' books add up, as the portal itself checks every night."""
    conferencia = subprocess.run(
        [sys.executable, "manage.py", "conferir", CLINICA, "pasa"],
        cwd=settings.BASE_DIR,
        env=os.environ | portal.ambiente,
        capture_output=True,
        text=True,
        check=False,
    )
    assert conferencia.returncode == 0, conferencia.stdout + conferencia.stderr


def em_reais(pessoa: Pessoa, nome: str) -> Decimal:
    """The amount that a page says under that label."""
    escrito = pessoa.dado(nome).removeprefix("R$").strip()
    return Decimal(escrito.replace(".", "").replace(",", "."))
