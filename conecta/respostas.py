"""Files given to a person: always as attachment, never run by the browser."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse, HttpResponse

XML = "application/xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"


def anexo(dados: bytes | IO[bytes], nome: str, tipo: str) -> HttpResponse | FileResponse:
    """An attachment called `nome`. Should a browser open it all the same, its content may do nothing."""
    resposta: HttpResponse | FileResponse
    if isinstance(dados, bytes):
        resposta = HttpResponse(dados, content_type=tipo)
        resposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    else:
        resposta = FileResponse(dados, as_attachment=True, filename=nome, content_type=tipo)
    resposta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return resposta
