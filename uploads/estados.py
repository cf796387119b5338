"""States of an uploaded file."""

from django.db import models


class SituacaoDoArquivo(models.TextChoices):
    """Where a file is. `FALHOU`: set aside after three attempts; nothing is lost, and it can be tried again."""

    EM_PROCESSAMENTO = "em_processamento", "Em processamento"
    INVALIDO = "invalido", "Inválido"
    IMPORTADO = "importado", "Importado"
    FALHOU = "falhou", "Não processado"


_S = SituacaoDoArquivo
MUDANCAS_DO_ARQUIVO: dict[SituacaoDoArquivo, frozenset[SituacaoDoArquivo]] = {
    _S.EM_PROCESSAMENTO: frozenset({_S.INVALIDO, _S.IMPORTADO, _S.FALHOU}),
    _S.INVALIDO: frozenset({_S.EM_PROCESSAMENTO}),
    _S.FALHOU: frozenset({_S.EM_PROCESSAMENTO}),
    _S.IMPORTADO: frozenset(),
}
