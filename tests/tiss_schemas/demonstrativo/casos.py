"""Golden statements and appeals: what each is made of, and how to write them down again.

`python -m tests.tiss_schemas.demonstrativo.casos` writes them for the versions at hand. Look at what changed before
keeping it: these are the bytes that operadoras and prestadores have already exchanged.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tests.esquemas import instaladas
from tests.tiss_schemas.demonstrativo.apoio import TIPOS, TRANSACAO, VERSOES
from tiss_schemas.demonstrativo.escrita import escrever_analise, escrever_odonto, escrever_pagamento
from tiss_schemas.demonstrativo.leitura import ler_analise, ler_odonto, ler_pagamento
from tiss_schemas.exemplos_demonstrativo import Glosas, exemplo_de_analise, exemplo_de_odonto, exemplo_de_pagamento
from tiss_schemas.exemplos_recurso import Nivel, exemplo_de_recurso, exemplo_de_resposta
from tiss_schemas.recurso.escrita import escrever_recebimento, escrever_recurso, escrever_resposta, recebimento_de
from tiss_schemas.recurso.leitura import ler_recebimento, ler_recurso, ler_resposta

OURO = Path(__file__).parent / "ouro"
LEITORES: dict[str, Callable[[bytes], Any]] = {
    "analise": lambda xml: ler_analise(xml)[0],
    "pagamento": ler_pagamento,
    "odonto": ler_odonto,
    "recurso": ler_recurso,
    "recebimento": ler_recebimento,
    "resposta": ler_resposta,
}
"""What reads a case, by the first word of its name."""


class Caso(NamedTuple):
    """A message in a version: the name of its files, and its bytes."""

    versao: str
    nome: str
    xml: bytes

    @property
    def arquivo(self) -> Path:
        """Where the XML is; the values are beside it, in JSON."""
        return OURO / self.versao / f"{self.nome}.xml"


def valores(xml: bytes, nome: str) -> dict[str, Any]:
    """What the message of a case says, as JSON has it."""
    lido = asdict(LEITORES[nome.partition("_")[0]](xml))
    escrito: dict[str, Any] = json.loads(json.dumps(lido, default=str))
    return escrito


def casos(versao: str) -> Iterator[Caso]:
    """Every guide type with every kind of glosa, both payments, and appeals at every level."""
    for tipo in TIPOS:
        for glosas in Glosas:
            analise = exemplo_de_analise(versao, tipo=tipo, glosas=glosas, itens=2)
            yield Caso(versao, f"analise_{tipo}_{glosas}", escrever_analise([analise], transacao=TRANSACAO))
    pagamento = exemplo_de_pagamento(versao, guias=7, protocolos=1)
    yield Caso(versao, "pagamento", escrever_pagamento(pagamento, transacao=TRANSACAO))
    yield Caso(versao, "odonto", escrever_odonto(exemplo_de_odonto(versao, itens=3), transacao=TRANSACAO))
    for odonto in (False, True):
        for nivel in Nivel:
            recurso = exemplo_de_recurso(versao, nivel=nivel, odonto=odonto)
            recebimento = recebimento_de(recurso, numero=9100, recebido_em=date(2026, 4, 3))
            fim = f"{'odonto' if odonto else 'medico'}_{nivel}"
            yield Caso(versao, f"recurso_{fim}", escrever_recurso(recurso, transacao=TRANSACAO))
            yield Caso(versao, f"recebimento_{fim}", escrever_recebimento(recebimento, transacao=TRANSACAO))
            resposta = exemplo_de_resposta(recurso)
            yield Caso(versao, f"resposta_{fim}", escrever_resposta(resposta, transacao=TRANSACAO))


def gravar() -> None:
    """Write all cases of the versions at hand."""
    with tempfile.TemporaryDirectory() as pasta, instaladas(VERSOES, Path(pasta)):
        for versao in VERSOES:
            for caso in casos(versao):
                caso.arquivo.parent.mkdir(parents=True, exist_ok=True)
                caso.arquivo.write_bytes(caso.xml)
                texto = json.dumps(valores(caso.xml, caso.nome), ensure_ascii=False, indent=1)
                caso.arquivo.with_suffix(".json").write_text(f"{texto}\n")


if __name__ == "__main__":
    gravar()
