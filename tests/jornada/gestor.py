"""What the gestor of an operadora does in its registers."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.jornada.pessoa import Pessoa


class Gestor(Pessoa):
    """Registers convênios and their prices, and brings lists in."""

    def criar_convenio(self, nome: str) -> None:
        """A new convênio, in force from long ago."""
        self.menu("Cadastro")
        self.espera_titulo("Convênios")
        self.abrir("Novo convênio")
        self.espera_titulo("Novo convênio")
        self.pagina.get_by_label("Descrição").fill(nome)
        self.pagina.get_by_label("Início do contrato").fill("01/01/2020")
        self.pagina.get_by_role("button", name="Criar convênio").click()
        self.espera_titulo(nome)
        self.ver("convenio-criado")

    def exigir_senha(self) -> None:
        """On the tab Regras TISS of the convênio that is open, switch *Exige número de senha* on."""
        self.abrir("Regras TISS")
        campo = self.pagina.get_by_label("Exige número de senha", exact=True)
        expect(campo).to_be_visible()
        campo.select_option(label="Sim")
        self.ver("exige-senha")
        self.pagina.get_by_role("button", name="Salvar", exact=True).last.click()
        self.espera_recado("Exige número de senha")

    def criar_plano(self, codigo: str, convenio: str) -> None:
        """A plano of that convênio, by its register."""
        self.menu("Planos")
        self.espera_titulo("Planos")
        self.abrir("Novo plano")
        self.pagina.get_by_label("Código", exact=True).fill(codigo)
        self.pagina.get_by_label("Nome", exact=True).fill(f"Plano {codigo}")
        opcao = self.pagina.get_by_label("Convênio", exact=True).locator("option", has_text=convenio)
        self.pagina.get_by_label("Convênio", exact=True).select_option(value=opcao.get_attribute("value"))
        self.pagina.get_by_label("Início", exact=True).fill("01/01/2020")
        self.ver("plano")
        self.pagina.get_by_role("button", name="Salvar").click()
        self.espera_recado("Salvo.")

    def criar_tabela(self, nome: str) -> None:
        """A price table of values by code."""
        self.menu("Tabelas de preço")
        self.espera_titulo("Tabelas de preço")
        self.pagina.get_by_role("main").get_by_role("link", name="Nova tabela").first.click()
        self.pagina.get_by_label("Nome", exact=True).fill(nome)
        self.pagina.get_by_label("Tipo", exact=True).select_option("valores")
        self.pagina.get_by_label("Início", exact=True).fill("01/01/2020")
        self.pagina.get_by_role("button", name="Salvar tabela").click()
        self.espera_titulo(nome)

    def vincular(self, tabela: str, convenio: str) -> None:
        """Let the table price the procedures of the convênio."""
        self.menu("Preços por convênio")
        self.abrir(convenio)
        self.espera_titulo(convenio)
        self.abrir("Vincular tabela")
        self.pagina.get_by_label("O que precifica").select_option("procedimentos")
        self.pagina.get_by_label("Tabela", exact=True).select_option(label=tabela)
        self.pagina.get_by_label("Vale a partir de").fill("01/01/2020")
        self.pagina.get_by_role("button", name="Salvar vínculo").click()
        self.espera_titulo(convenio)
        self.ver("vinculada")

    def importar(self, lista: str, arquivo: Path, **opcoes: str) -> None:
        """Bring a file of rows in: checked, looked at, written. `opcoes`: label of a choice → what is chosen."""
        self.menu("Importações")
        self.abrir(lista)
        self.espera_titulo(f"Importar: {lista}")
        for rotulo, escolhida in opcoes.items():
            self.pagina.get_by_label(rotulo).select_option(label=escolhida)
        self.pagina.get_by_label("Arquivo .csv ou .xlsx").set_input_files(arquivo)
        self.pagina.get_by_role("button", name="Conferir arquivo").click()
        expect(self.pagina.get_by_role("heading", name="O que a conferência achou")).to_be_visible()
        self.ver("conferida")
        self.pagina.get_by_role("button", name="Gravar").click()
        expect(self.pagina.get_by_role("heading", name="O que foi gravado")).to_be_visible()
        self.ver("gravada")
