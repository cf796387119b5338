"""What the tests of uploads share: invented files, sending them, and doing the queue's work at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from conecta.fila import fila
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tiss_schemas.exemplos import lote_exemplo


def xml_valido(cenario: Cenario, tipo: str = "sadt", **opcoes: Any) -> bytes:
    """A file of aurelia for PASA that no rule objects to."""
    dados: dict[str, Any] = {
        "registro_ans": PASA,
        "cnpj": cenario.aurelia.documento,
        "carteiras": [CARTEIRAS[PASA].format(n) for n in range(40)],
        "data": timezone.localdate() - timedelta(days=1),
    }
    return lote_exemplo(tipo, **(dados | opcoes))


def enviar(cliente: Client, slug: str, nome: str, dados: bytes, **cabecalhos: Any) -> Any:
    """POST a file as the form does."""
    return cliente.post(f"/{slug}/uploads/novo/", {"arquivo": SimpleUploadedFile(nome, dados)}, **cabecalhos)


def processar_pendentes() -> int:
    """Do what waits in the queue of validation, as a worker would; how many jobs there were."""
    feitos = 0
    while (trabalho := fila.reclamar("validacao", "teste")) is not None:
        fila.executar(trabalho, "teste")
        feitos += 1
    return feitos
