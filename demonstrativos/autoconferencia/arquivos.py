"""What is frozen is still there, to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from conecta.arquivos import cofre
from conecta.arquivos.cofre import ConteudoAlterado
from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao
from lotes.models import Protocolo


def protocolos(operadora: Organizacao) -> Iterator[str]:
    """Every protocol has its frozen file, and the file has the SHA-256 that the receipt names."""
    numeros = Protocolo.objects.filter(operadora=operadora).values_list("numero", "conteudo_id", "sha256")
    for numero, conteudo_id, sha256 in numeros.iterator():
        if (falha := _falha(conteudo_id, sha256)) is not None:
            yield f"protocolo {numero}: {falha}"


def conteudos(prestador: Organizacao) -> Iterator[str]:
    """Every file of a prestador opens and is what it was."""
    for conteudo_id, sha256 in Conteudo.objects.filter(prestador=prestador).values_list("pk", "sha256").iterator():
        if (falha := _falha(conteudo_id, sha256)) is not None:
            yield f"conteúdo {conteudo_id}: {falha}"


def _falha(conteudo_id: int, sha256: str) -> str | None:
    """What is wrong with a kept file; None when it is as it was. One file at a time in memory."""
    try:
        dados = cofre.abrir(conteudo_id)
    except Conteudo.DoesNotExist:
        return "o arquivo congelado não existe"
    except ConteudoAlterado:
        return "o arquivo congelado foi alterado"
    except OSError as erro:
        return f"o arquivo congelado não pôde ser lido ({type(erro).__name__})"
    return None if hashlib.sha256(dados).hexdigest() == sha256 else "o SHA-256 do arquivo não é o do recibo"
