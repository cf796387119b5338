"""What downloaded statements are called: a pattern of each person's choice, that no name can lead astray."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.emissao.models import Demonstrativo, NomeDeArquivo

PADRAO: Final = "demonstrativo-{tipo}-{numero}"
LUGARES: Final = ("operadora", "protocolo", "lote", "numero", "data", "tipo")
_MAIOR: Final = 100
_LUGAR: Final = re.compile(r"\{([^{}]*)\}")
_TIPOS: Final = {"analise": "analise", "pagamento": "pagamento", "odonto": "odontologico"}
_EXEMPLO: Final = {
    "operadora": "OPERADORA",
    "protocolo": "48756",
    "lote": "5630",
    "numero": "203438",
    "data": "2026-04-17",
    "tipo": "analise",
}


def conferir_padrao(padrao: str) -> None:
    """Raise ValidationError, in Portuguese, for a pattern that no name can be made of."""
    desconhecidos = [lugar for lugar in _LUGAR.findall(padrao) if lugar not in LUGARES]
    if desconhecidos:
        todos = ", ".join(f"{{{lugar}}}" for lugar in LUGARES)
        raise ValidationError(f"{{{desconhecidos[0]}}} não é um dos campos. Use {todos}.")
    if "{numero}" not in padrao:
        raise ValidationError("Falta {numero}: sem ele, dois demonstrativos teriam o mesmo nome.")
    fixo = _LUGAR.sub("", padrao)
    if re.search(r"[^\w .-]", fixo) or "{" in fixo or "}" in fixo:
        raise ValidationError("Use só letras, algarismos, espaço, ponto, hífen, sublinhado e os campos entre chaves.")


def exemplo(padrao: str) -> str:
    """What a statement would be called."""
    return f"{_limpo(_preenchido(padrao, _EXEMPLO))}.pdf"


def padrao_de(organizacao: Organizacao, usuario: Usuario) -> str:
    """The pattern that this person chose here."""
    escolhido = NomeDeArquivo.objects.filter(organizacao=organizacao, usuario=usuario).first()
    return escolhido.padrao if escolhido else PADRAO


def guardar_padrao(*, organizacao: Organizacao, usuario: Usuario, padrao: str) -> None:
    """Remember a pattern that `conferir_padrao` let pass."""
    NomeDeArquivo.objects.update_or_create(organizacao=organizacao, usuario=usuario, defaults={"padrao": padrao})


def nome_de(demonstrativo: Demonstrativo, padrao: str, extensao: str) -> str:
    """The name of a file of a statement, in ASCII, without a path and never empty."""
    protocolos = demonstrativo.protocolos
    valores = {
        "operadora": demonstrativo.operadora.sigla,
        "protocolo": str(protocolos[0]) if len(protocolos) == 1 else "varios",
        "lote": demonstrativo.lote or "varios",
        "numero": str(demonstrativo.numero),
        "data": f"{timezone.localtime(demonstrativo.emitido_em):%Y-%m-%d}",
        "tipo": _TIPOS[demonstrativo.tipo],
    }
    return f"{_limpo(_preenchido(padrao, valores))}.{extensao}"


def quando(demonstrativo: Demonstrativo) -> tuple[int, int, int, int, int, int]:
    """The date of a file in a ZIP: that of its issue, so that the same ones are the same bytes."""
    emitido: datetime = demonstrativo.emitido_em.astimezone(UTC)
    return (emitido.year, emitido.month, emitido.day, emitido.hour, emitido.minute, emitido.second)


def _preenchido(padrao: str, valores: Mapping[str, str]) -> str:
    return _LUGAR.sub(lambda lugar: valores[lugar[1]], padrao)


def _limpo(nome: str) -> str:
    simples = unicodedata.normalize("NFKD", nome).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]+|\.{2,}", "-", simples).strip("-.")[:_MAIOR] or "demonstrativo"
