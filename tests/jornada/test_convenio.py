"""A convênio with prices, beneficiários and a senha to demand; and the file that comes without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.jornada.arquivos import CLINICA
from tests.jornada.clinica import Faturista
from tests.jornada.gestor import Gestor
from tests.portal import arquivo_valido, novo_numero
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import LoteLido, ler_lote

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]


def test_o_gestor_cadastra_e_o_arquivo_sem_senha_e_recusado_corrigido_e_aceito(
    gustavo: Gestor, marina: Faturista, tmp_path: Path
) -> None:
    numero = novo_numero()
    nome, plano, tabela = f"Convênio {numero}", f"P{numero}", f"Tabela {numero}"
    carteira = f"5550{numero:013}"
    conteudo = arquivo_valido(CLINICA, "pasa", "sadt", guias=1, itens=1, carteiras=[carteira])
    lote = ler_lote(ler(conteudo))
    assert lote is not None

    gustavo.criar_convenio(nome)
    gustavo.exigir_senha()
    gustavo.criar_plano(plano, nome)
    gustavo.importar("Beneficiários", beneficiarios(tmp_path, carteira, plano))
    gustavo.criar_tabela(tabela)
    gustavo.importar("Preços de uma tabela", precos(tmp_path, lote), **{"Tabela de preço": tabela})
    gustavo.vincular(tabela, nome)

    xml = tmp_path / f"sem_senha_{numero}.xml"
    xml.write_bytes(re.sub(rb"<ans:senha>[^<]*</ans:senha>\s*", b"", conteudo))
    marina.escolher(xml)
    marina.incluir()
    marina.espera_historico("Inválidos", xml.name)
    marina.abrir(xml.name)
    expect(marina.pagina.get_by_role("main")).to_contain_text("senha")
    marina.ver("sem-senha")
    marina.abrir("Corrigir Críticas")
    marina.espera_titulo("Corrigir Críticas")
    marina.pagina.get_by_role("textbox", name=re.compile("Senha", re.IGNORECASE)).fill("S0000001")
    marina.ver("com-senha")
    marina.pagina.get_by_role("button", name="Salvar Reprocessar").click()
    marina.espera_historico("Importados", xml.name)
    expect(marina.linha(xml.name)).to_contain_text("Importado")


def beneficiarios(pasta: Path, carteira: str, plano: str) -> Path:
    """One beneficiário of the plano, as a list."""
    arquivo = pasta / "beneficiarios.csv"
    arquivo.write_text(f"Carteira;Nome;Plano;Inclusão\n{carteira};Pessoa Inventada;{plano};01/01/2020\n")
    return arquivo


def precos(pasta: Path, lote: LoteLido) -> Path:
    """The prices that the lot charges, as a list."""
    arquivo = pasta / "precos.csv"
    linhas = [f"{i.tabela};{i.codigo};{str(i.unitario).replace('.', ',')}" for g in lote.guias for i in g.itens]
    arquivo.write_text("\n".join(["Tabela;Código;Valor", *linhas]))
    return arquivo
