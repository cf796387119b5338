"""Files on disk for a newcomer to drop on the upload page."""

from __future__ import annotations

from pathlib import Path

from conecta.contas.models import Organizacao

from .movimento import EnvioInventado, trocar_cnpj, xml_de

_NOVOS = {
    "sadt-valido.xml": (61, EnvioInventado("santa-aurelia", "pasa", "", "sadt", "4.03.00", 3), 4),
    "sadt-com-criticas.xml": (62, EnvioInventado("santa-aurelia", "pasa", "", "sadt", "4.03.00", 4), 4),
    "sadt-14-MB.xml": (63, EnvioInventado("santa-aurelia", "pasa", "", "sadt", "4.03.00", 100), 220),
}


def gravar_exemplos(pasta: Path, organizacoes: dict[str, Organizacao]) -> list[Path]:
    """Write a valid file, one with críticas and one of 14 MB of Santa Aurélia for PASA; give their paths."""
    pasta.mkdir(parents=True, exist_ok=True)
    caminhos = []
    for nome, (numero, envio, itens) in _NOVOS.items():
        dados = xml_de(numero, envio, organizacoes, itens)
        if nome != "sadt-valido.xml":
            dados = trocar_cnpj(dados)
        caminho = pasta / nome
        caminho.write_bytes(dados)
        caminhos.append(caminho)
    return caminhos
