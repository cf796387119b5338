"""What the faturista of a clinic does with a file and its lot."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.jornada.arquivos import CNPJ_CERTO
from tests.jornada.pessoa import Pessoa

SOLTAR = """(campo) => {
  const carga = new DataTransfer();
  carga.items.add(campo.files[0]);
  campo.remove();
  document.querySelector(".zona").dispatchEvent(
    new DragEvent("drop", { dataTransfer: carga, bubbles: true, cancelable: true }));
}"""


class Faturista(Pessoa):
    """Brings files in, mends them, and sends their lots."""

    def soltar(self, arquivo: Path) -> None:
        """Drop a file on the zone of *Uploads › Novo*, as from the desktop."""
        self.menu("Novo")
        self.espera_titulo("Incluir arquivo XML")
        self.pagina.evaluate("document.body.append(Object.assign(document.createElement('input'), {type: 'file'}))")
        solto = self.pagina.locator("body > input[type=file]")
        solto.set_input_files(arquivo)
        solto.evaluate(SOLTAR)
        expect(self.pagina.get_by_text("Pronto para incluir")).to_be_visible()

    def escolher(self, arquivo: Path) -> None:
        """Choose a file by the dialog of *Uploads › Novo*."""
        self.menu("Novo")
        self.espera_titulo("Incluir arquivo XML")
        self.pagina.get_by_label("Escolher arquivo XML").set_input_files(arquivo)

    def incluir(self) -> None:
        """Press *Incluir*."""
        self.pagina.get_by_role("button", name="Incluir").click()

    def com_rede_lenta(self, octetos_por_segundo: int) -> None:
        """Let what is sent from now on travel no faster than this."""
        rede = self.pagina.context.new_cdp_session(self.pagina)
        rede.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": 0,
                "downloadThroughput": -1,
                "uploadThroughput": octetos_por_segundo,
            },
        )

    def corrigir_cnpj(self) -> None:
        """On *Corrigir Críticas*: type the right CNPJ, then *Salvar Reprocessar*."""
        campo = self.pagina.get_by_label("CNPJ do prestador")
        expect(self.pagina.get_by_role("heading", name="CPF / CNPJ INVÁLIDO")).to_be_visible()
        campo.fill(CNPJ_CERTO)
        self.ver("corrige")
        self.pagina.get_by_role("button", name="Salvar Reprocessar").click()

    def espera_historico(self, aba: str, arquivo: str) -> None:
        """Wait for the history, and in it for the file on this tab."""
        self.espera_titulo("Histórico de Arquivos Enviados")
        aberta = self.pagina.get_by_role("navigation", name="Situação dos arquivos").locator("[aria-current=page]")
        expect(aberta).to_contain_text(aba)
        expect(self.linha(arquivo)).to_be_visible()

    def fechar_e_enviar(self) -> str:
        """*Fechar Lote*, then *Enviar Lote*; give the protocol number."""
        self.confirmar("Fechar Lote")
        self.espera_recado("fechado. Falta enviá-lo à PASA")
        self.ver("fechado")
        self.confirmar("Enviar Lote")
        self.espera_recado("enviado à PASA. Protocolo (PEG)")
        self.ver("enviado")
        protocolo = self.dado("Protocolo (PEG)")
        assert protocolo.isdigit()
        return protocolo

    def baixar_capa(self) -> str:
        """Download *Capa do Lote*; give what is written on it."""
        with self.pagina.expect_download() as descarga:
            self.abrir("Capa do Lote")
        assert descarga.value.suggested_filename.endswith(".pdf")
        capa = PdfReader(BytesIO(Path(descarga.value.path()).read_bytes()))
        return "\n".join(pagina.extract_text() for pagina in capa.pages)
