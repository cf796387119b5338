"""What the analista of an operadora does at the desks where accounts are judged and appeals answered."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.jornada.operadora import Analista


def comecar(rui: Analista, protocolo: str) -> None:
    """Take a sent protocol from the work list and begin with it, until the automatic pass has gone over it."""
    rui.menu("Análise de contas")
    rui.espera_titulo("Análise de contas")
    rui.pagina.get_by_role("main").get_by_label("Protocolo", exact=True).fill(protocolo)
    rui.pagina.get_by_role("button", name="Pesquisar").click()
    expect(rui.pagina.locator("#lista").get_by_role("status")).to_contain_text("1 protocolo,")
    expect(rui.linha_de(protocolo)).to_contain_text("Lote enviado para a Operadora")
    rui.ver("lista-de-trabalho")
    rui.abrir(protocolo)
    rui.espera_titulo(f"Análise do protocolo {protocolo}")
    rui.pagina.get_by_role("button", name="Começar a análise").click()
    rui.espera_recado(f"Protocolo {protocolo} em análise, com você.")
    rui.ver("mesa-ao-comecar")


def ver_o_que_a_conferencia_propoe(rui: Analista, glosas: int) -> None:
    """Wait for the automatic pass, and for what it proposes."""
    propostas = rui.pagina.get_by_role("heading", name=f"{glosas} glosas da conferência automática a confirmar")
    ver = rui.pagina.get_by_role("link", name="Ver o que ela propõe")
    expect(propostas.or_(ver)).to_be_visible()
    if ver.is_visible():
        ver.click()
    expect(propostas).to_be_visible()
    rui.ver("mesa-com-propostas")


def aceitar_o_que_a_conferencia_propoe(rui: Analista) -> None:
    """From the page of a protocol to its desk; there wait for the automatic pass, and agree with all that it proposes,
    be it anything or nothing."""
    rui.abrir("Mesa de análise")
    andamento = rui.pagina.get_by_role("heading", name="A conferência automática está em andamento")
    expect(andamento).to_have_count(0)
    rui.pagina.reload()
    aceitar = rui.pagina.get_by_role("button", name="Aceitar todas do protocolo")
    if aceitar.count():
        aceitar.click()
        expect(aceitar).to_have_count(0)


def ir_a_guia(rui: Analista, posicao: int) -> None:
    """Go to another guide of the list."""
    rui.pagina.locator(f"#guia-{posicao}").click()
    expect(rui.pagina.get_by_text(f"guia {posicao} de 2")).to_be_visible()


def glosar_quantidade(rui: Analista, item: int, quantidade: str, codigo: str, motivo: str) -> str:
    """Refuse so many of an item's quantity; give what the page says that they cost."""
    rui.pagina.get_by_role("link", name=f"Glosar o item {item}", exact=True).click()
    rui.pagina.get_by_label("Código da glosa").fill(codigo)
    opcao = rui.pagina.get_by_role("option").filter(has_text=codigo).first
    expect(opcao).to_be_visible()
    opcao.click()
    rui.pagina.get_by_label("Qtde glosada").fill(quantidade)
    rui.pagina.get_by_label("Motivo para o prestador").fill(motivo)
    valor = rui.pagina.get_by_label("Valor da glosa").input_value()
    rui.ver("glosa-digitada")
    rui.pagina.get_by_role("button", name="Glosar Enter").click()
    expect(item_da_guia(rui, item)).to_contain_text(motivo.removesuffix("."))
    expect(item_da_guia(rui, item).locator("[data-rotulo=Glosa]")).to_have_text(valor)
    return valor


def item_da_guia(rui: Analista, item: int) -> Locator:
    """The row of an item of the guide that is open."""
    return rui.pagina.locator("tr[data-item]").nth(item - 1)


def decidir_proposta(rui: Analista, item: int, decisao: str) -> None:
    """*Aceitar* or *Retirar* what the automatic pass proposes of an item."""
    item_da_guia(rui, item).get_by_role("button", name=decisao, exact=True).click()
    expect(item_da_guia(rui, item).get_by_role("button", name="Aceitar", exact=True)).to_have_count(0)


def liberar(rui: Analista, protocolo: str) -> None:
    """*Liberar para faturamento*, and back to the work list."""
    rui.ver("mesa-decidida")
    rui.pagina.get_by_role("button", name="Liberar para faturamento").click()
    rui.espera_recado(f"Protocolo {protocolo} liberado para faturamento. O prestador já vê o que foi decidido.")
    rui.ver("mesa-liberada")
    rui.abrir("Análise de contas")
    rui.espera_titulo("Análise de contas")


def abrir_recurso(rui: Analista, protocolo: str) -> None:
    """The appeal against what was refused of a protocol, from the list of those received."""
    rui.menu("Recursos de glosa")
    rui.espera_titulo("Recursos de glosa")
    rui.pagina.get_by_role("main").get_by_label("Protocolo", exact=True).fill(protocolo)
    rui.pagina.get_by_role("button", name="Pesquisar").click()
    expect(rui.pagina.locator("#lista").get_by_role("status")).to_contain_text("1 recurso,")
    rui.ver("recursos-recebidos")
    rui.pagina.locator("#lista").get_by_role("rowheader").get_by_role("link").click()
    expect(rui.pagina.get_by_role("heading", name="Glosas recursadas")).to_be_visible()


def responder_em_parte(rui: Analista, codigo: str, valor: str, motivo: str) -> None:
    """Accept so much of the glosa with that code, and keep the rest for that reason."""
    rui.pagina.get_by_label(f"Selecionar a glosa {codigo}").check()
    rui.pagina.get_by_label("Motivo para o prestador").fill(motivo)
    rui.pagina.get_by_label("Acatar só").fill(valor)
    rui.pagina.get_by_role("button", name="Acatar em parte").click()
    expect(rui.linha(codigo)).to_contain_text("Acatado em parte")


def manter(rui: Analista, codigo: str, motivo: str) -> None:
    """Keep the glosa with that code."""
    rui.pagina.get_by_label(f"Selecionar a glosa {codigo}").check()
    rui.pagina.get_by_label("Motivo para o prestador").fill(motivo)
    rui.pagina.get_by_role("button", name="Manter a glosa").click()
    expect(rui.linha(codigo)).to_contain_text("Glosa mantida")
