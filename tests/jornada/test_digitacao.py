"""A pile of guides on paper, one of each type, typed by keyboard alone, gathered into lots, closed and sent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.jornada.cadastro import Cadastro, cadastrar
from tests.jornada.clinica import Faturista
from tests.jornada.digitador import TIPOS, Digitador
from tests.jornada.operadora import Analista
from tests.jornada.test_teclado import confirmar, ir
from tests.portal import Portal
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import LoteLido, ler_lote
from tiss_schemas.validacao import validar_estrutura

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]

PAPEIS: dict[str, dict[str, str]] = {
    "Consulta": {
        "numeroCarteira": "zulm quint",
        "nomeProfissional": "Olívia Ramalho",
        "conselhoProfissional": "06",
        "numeroConselhoProfissional": "45678",
        "/UF": "sp",
        "CBOS": "225125",
        "codigoProcedimento": "10101012",
    },
    "SP/SADT": {
        "numeroCarteira": "zulmira",
        "contratadoSolicitante/*": "10200341",
        "nomeContratadoSolicitante": "Clínica Santa Aurélia",
        "profissionalSolicitante/nomeProfissional": "olivia",
        "dataSolicitacao": "h",
        "tipoAtendimento": "23",
        "procedimentoExecutado[1]/dataExecucao": "h",
        "procedimentoExecutado[1]/procedimento/codigoProcedimento": "40304361",
        "procedimentoExecutado[2]/procedimento/codigoProcedimento": "glicose pesquisa",
        "procedimentoExecutado[2]/quantidadeExecutada": "2",
        "procedimentoExecutado[3]/procedimento/codigoProcedimento": "40316521",
    },
    "Resumo de Internação": {
        "numeroGuiaSolicitacaoInternacao": "778899",
        "dataAutorizacao": "h",
        "senha": "S778899",
        "numeroCarteira": "zulmira",
        "dataInicioFaturamento": "h",
        "horaInicioFaturamento": "0740",
        "dataFinalFaturamento": "h",
        "horaFinalFaturamento": "1815",
        "tipoInternacao": "2",
        "diagnostico[1]": "K359",
        "motivoEncerramento": "12",
        "procedimentoExecutado[1]/dataExecucao": "h",
        "procedimentoExecutado[1]/procedimento/codigoProcedimento": "31003079",
        "despesa[1]/servicosExecutados/codigoProcedimento": "60000694",
        "despesa[1]/codigoDespesa": "05",
        "despesa[1]/servicosExecutados/unidadeMedida": "036",
    },
    "Honorários": {
        "guiaSolicInternacao": "778899",
        "numeroCarteira": "zulmira",
        "codigoContratado/*": "10200498",
        "localContratado/nomeContratado": "Hospital Boa Vista",
        "localContratado/cnes": "3456782",
        "dataInicioFaturamento": "h",
        "dataFimFaturamento": "h",
        "procedimentoRealizado[1]/dataExecucao": "h",
        "procedimentoRealizado[1]/procedimento/codigoProcedimento": "31003079",
        "grauParticipacao": "00",
        "[1]/codProfissional/*": "98765",
        "[1]/nomeProfissional": "olivia",
    },
    "Tratamento Odontológico": {
        "dataAutorizacao": "h",
        "numeroCarteira": "zulmira",
        "croExec": "9876",
        "ufExec": "sp",
        "nomeProfExec2": "Caio Dantas",
        "croExec2": "9876",
        "ufExec2": "sp",
        "cbosExec2": "223208",
        "[1]/procSolic/codigoProcedimento": "85100196",
        "[1]/denteRegiao/*": "16",
        "[1]/denteFace": "o",
        "[1]/autorizado": "s",
    },
}
"""What each paper says: the end of a control's name → what is typed there."""
EQUIPE = {"procedimentoRealizado[1]/quantidadeExecutada": "Control+Enter"}
"""The key that opens the team of a line."""
TOTAIS = ("150,00", "74,40", "1.000,00", "780,00", "95,00")
"""What the convênio's prices make of each."""
TECLAS = 60
"""That a SP/SADT with three items may take beyond its data."""


@pytest.fixture(scope="module")
def cadastro(_portal_da_sessao: Portal) -> Cadastro:
    return cadastrar(_portal_da_sessao.ligar())


def test_uma_guia_de_cada_tipo_do_teclado_ao_protocolo(
    cadastro: Cadastro, davi: Digitador, marina: Faturista, rui: Analista
) -> None:
    davi.abrir_a_primeira()
    for tipo, total in zip(TIPOS, TOTAIS, strict=True):
        digitar(davi, cadastro, tipo, total)
    gerar_os_lotes(marina, cadastro)
    lote = marina.dado("Nº Lote")
    assert [guia.numero_carteira for guia in baixado(marina).guias] == [cadastro.carteira]
    confirmar(marina, "Fechar Lote")
    marina.espera_recado("fechado. Falta enviá-lo à PASA")
    confirmar(marina, "Enviar Lote")
    marina.espera_recado("enviado à PASA. Protocolo (PEG)")
    protocolo = marina.dado("Protocolo (PEG)")
    rui.procurar(lote)
    rui.abrir(protocolo)
    rui.espera_titulo(f"Protocolo {protocolo}")
    expect(rui.pagina.get_by_role("main")).to_contain_text(cadastro.carteira)


def gerar_os_lotes(marina: Faturista, cadastro: Cadastro) -> None:
    """*Geração Automática*: what it would make is shown, then made; the first lot is opened."""
    pagina = marina.pagina
    ir(marina, pagina.get_by_role("link", name="Geração Automática", exact=True))
    marina.espera_titulo("Geração automática de lotes")
    convenio = pagina.get_by_label("Operadora e convênio")
    ir(marina, convenio, tecla="End")
    while cadastro.convenio not in (convenio.locator("option:checked").text_content() or ""):
        pagina.keyboard.press("ArrowUp")
    ir(marina, pagina.get_by_role("button", name="Ver o que seria gerado"))
    expect(pagina.get_by_role("heading", name=f"{len(TIPOS)} lotes de {len(TIPOS)} guias")).to_be_visible()
    marina.ver("previa")
    ir(marina, pagina.get_by_role("button", name=f"Gerar {len(TIPOS)} lotes"))
    ir(marina, pagina.get_by_role("main").get_by_role("table").get_by_role("link", name=re.compile(r"^\d+$")).first)
    expect(pagina.get_by_role("heading", name="Detalhes")).to_be_visible()
    marina.ver("lote")


def baixado(marina: Faturista) -> LoteLido:
    """The XML of the lot that is open, as the browser downloads it, valid by the schema of its version."""
    with marina.pagina.expect_download() as descarga:
        ir(marina, marina.pagina.get_by_role("link", name="XML como está agora"))
    conteudo = Path(descarga.value.path()).read_bytes()
    documento = ler(conteudo)
    assert validar_estrutura(documento) == []
    lote = ler_lote(documento)
    assert lote is not None
    return lote


def digitar(davi: Digitador, cadastro: Cadastro, tipo: str, total: str) -> None:
    """One guide to its end, at the convênio's prices."""
    davi.comecar(cadastro.convenio, tipo)
    davi.preencher(PAPEIS[tipo], EQUIPE)
    expect(davi.pagina.locator("[data-conferencia]")).to_contain_text(total)
    davi.ver(f"guia-{TIPOS.index(tipo) + 1}")
    teclas = davi.salvar_e_comecar_outra()
    assert tipo != "SP/SADT" or teclas <= TECLAS
