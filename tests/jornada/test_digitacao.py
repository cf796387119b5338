"""A pile of guides on paper, one of each type, typed by keyboard alone, gathered into lots, closed and sent."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.jornada import nos_lotes
from tests.jornada.cadastro import NOME, Cadastro, cadastrar
from tests.jornada.clinica import Faturista
from tests.jornada.digitador import TIPOS, Digitador
from tests.jornada.operadora import Analista
from tests.portal import Portal

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
DEPOIS = "codigoProcedimento"
"""The field of the first guide before which whoever types it is called away."""
TOTAIS = ("150,00", "74,40", "1.000,00", "780,00", "95,00")
"""What the convênio's prices make of each."""
TECLAS = 60
"""That a SP/SADT with three items may take beyond its data."""


@pytest.fixture(scope="module")
def cadastro(_portal_da_sessao: Portal) -> Cadastro:
    return cadastrar(_portal_da_sessao.ligar())


def test_uma_guia_de_cada_tipo_do_teclado_ao_protocolo(
    cadastro: Cadastro, davi: Digitador, marina: Faturista, rui: Analista, tmp_path: Path
) -> None:
    interromper_a_primeira(davi, cadastro)
    for tipo, total in zip(TIPOS, TOTAIS, strict=True):
        digitar(davi, cadastro, tipo, total)
    lotes = nos_lotes.gerar(marina, cadastro.convenio, len(TIPOS))
    lotes[-1] = ida_e_volta(marina, cadastro, lotes[-1], tmp_path)
    nos_lotes.abrir(marina, lotes[0])
    nos_lotes.conferir(marina, TOTAIS[0])
    for lote in lotes:
        protocolo = enviar(marina, cadastro, lote, tmp_path)
    rui.procurar(lote)
    rui.abrir(protocolo)
    rui.espera_titulo(f"Protocolo {protocolo}")
    expect(rui.pagina.get_by_role("main")).to_contain_text(cadastro.carteira)


def interromper_a_primeira(davi: Digitador, cadastro: Cadastro) -> None:
    """Begin the first guide and go away from it."""
    davi.comecar(cadastro.convenio, TIPOS[0])
    davi.preencher({fim: texto for fim, texto in PAPEIS[TIPOS[0]].items() if fim != DEPOIS}, ate_o_fim=False)
    errar_e_curar(davi)


def digitar(davi: Digitador, cadastro: Cadastro, tipo: str, total: str) -> None:
    """One guide to its end, at the convênio's prices."""
    papel = PAPEIS[tipo]
    if tipo == TIPOS[0]:
        papel = continuar(davi, cadastro)
    else:
        davi.comecar(cadastro.convenio, tipo)
    davi.preencher(papel)
    expect(davi.pagina.locator("[data-conferencia]")).to_contain_text(total)
    davi.ver(f"guia-{TIPOS.index(tipo) + 1}")
    teclas = davi.salvar_e_comecar_outra()
    assert tipo != "SP/SADT" or teclas <= TECLAS


def continuar(davi: Digitador, cadastro: Cadastro) -> dict[str, str]:
    """Open the guide that was left in the middle; give what is still to be typed of it."""
    davi.continuar(TIPOS[0], de_quem=NOME)
    expect(davi.pagina.locator('[name$="numeroCarteira"]')).to_have_value(cadastro.carteira)
    return {DEPOIS: PAPEIS[TIPOS[0]][DEPOIS]}


def errar_e_curar(davi: Digitador) -> None:
    """A day that has not come yet: what stands beside the field goes when the day is put right."""
    dita = davi.errar("dataAtendimento", f"{date.today() + timedelta(days=9):%d%m%Y}")
    davi.curar("h")
    expect(dita).to_have_count(0)


def ida_e_volta(marina: Faturista, cadastro: Cadastro, numero: str, pasta: Path) -> str:
    """The XML of a typed lot, once that is excluded, comes in by *Uploads* as the same lot; with that one excluded, its
    guides are gathered once more. Give the number of their new lot."""
    nos_lotes.abrir(marina, numero)
    escrito, valor = nos_lotes.baixar(marina, nos_lotes.ABERTO, pasta), marina.dado("Vlr. Informado")
    nos_lotes.excluir(marina, numero)
    importado = nos_lotes.trazer(marina, escrito)
    assert marina.dado("Vlr. Informado") == valor
    expect(marina.pagina.get_by_role("main")).to_contain_text(cadastro.carteira)
    nos_lotes.excluir(marina, importado)
    return nos_lotes.gerar(marina, cadastro.convenio, 1)[0]


def enviar(marina: Faturista, cadastro: Cadastro, lote: str, pasta: Path) -> str:
    """Close and send a lot; what was sent is valid by the schema and holds its guide. Give the protocol."""
    nos_lotes.abrir(marina, lote)
    protocolo = nos_lotes.enviar(marina)
    enviado = nos_lotes.lido(nos_lotes.baixar(marina, nos_lotes.ENVIADO, pasta))
    assert [guia.numero_carteira for guia in enviado.guias] == [cadastro.carteira]
    return protocolo
