"""Let no row of an analysis go to another sum, and no item, guide or analysis leave.

Sums are written anew where a row goes to, and not where it came from; what an analysis leaves out was billed all the
same. Nothing in the portal does either: this holds for whoever writes to the database past it.
"""

from django.db import migrations

_ONDE = {
    "glosa": ("item_id", "guia_id", "analise_id"),
    "itemanalisado": ("item_id", "guia_id", "analise_id"),
    "guiaanalisada": ("guia_id", "analise_id"),
    "analise": ("protocolo_id", "lote_id"),
}
"""What each row hangs on. Its organisations cannot change without that: composite keys hold them together."""

_FUNCAO = """
create function analise_recusar_mudanca() returns trigger language plpgsql as $$
begin
    raise exception 'a linha % de % não muda de lugar nem sai da análise', old.id, tg_table_name
        using errcode = 'check_violation';
end $$;
"""


def _gatilhos() -> str:
    partes = [
        f"create trigger fixar before update on analise_{tabela} for each row "
        f"when ((old.{', old.'.join(colunas)}) is distinct from (new.{', new.'.join(colunas)})) "
        "execute function analise_recusar_mudanca();"
        for tabela, colunas in _ONDE.items()
    ]
    partes += [
        f"create trigger ficar before delete on analise_{tabela} for each row "
        "execute function analise_recusar_mudanca();"
        for tabela in _ONDE
        if tabela != "glosa"
    ]
    return "\n".join(partes)


class Migration(migrations.Migration):
    dependencies = [("analise", "0005_planos")]
    operations = [
        migrations.RunSQL(_FUNCAO + _gatilhos(), "drop function analise_recusar_mudanca() cascade"),
    ]
