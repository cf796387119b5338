"""Files whose name somebody else chose, given to a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from conecta.respostas import anexo


def anexo_chamado(dados: bytes, nome: str, midia: str) -> HttpResponse:
    """An attachment under a stranger's name, which goes into its header escaped; nothing guesses what it is."""
    resposta = anexo(dados, "documento", midia)
    resposta["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=nome) or "attachment"
    resposta["X-Content-Type-Options"] = "nosniff"
    assert isinstance(resposta, HttpResponse)
    return resposta
