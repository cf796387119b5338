"""An import, its content and its bad lines belong to the organisation that brought the file, and to nobody else."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica

_MINHAS = f"organizacao_id = {INQUILINO}"


def _de_ambas(*acoes: str) -> list[Politica]:
    return [Politica(papel, acoes, _MINHAS) for papel in ("conecta_operadora", "conecta_prestador")]


class Migration(migrations.Migration):
    dependencies = [("importacao", "0001_initial"), ("contas", "0002_muro")]
    operations = [
        Murar("importacao_importacao", _de_ambas("select", "insert", "update")),
        Murar("importacao_conteudoimportado", _de_ambas("select", "insert", "delete")),
        Murar("importacao_linharuim", _de_ambas("select", "insert", "delete")),
        ChaveComposta(
            "importacao_conteudoimportado",
            ["importacao_id", "organizacao_id"],
            "importacao_importacao",
            ["id", "organizacao_id"],
        ),
        ChaveComposta(
            "importacao_linharuim",
            ["importacao_id", "organizacao_id"],
            "importacao_importacao",
            ["id", "organizacao_id"],
        ),
        # The sample holds rows of the file, which leave with its content.
        Auditar("importacao_importacao", ["amostra"]),
    ]
