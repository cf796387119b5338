"""Only the platform itself touches the queue."""

from django.db import migrations

from conecta.tenancy.operacoes import Murar, Politica

_SISTEMA = [Politica("conecta_sistema", ("select", "insert", "update", "delete"), "true")]


class Migration(migrations.Migration):
    dependencies = [("fila", "0001_initial"), ("contas", "0002_muro")]
    operations = [Murar("fila_trabalho", _SISTEMA), Murar("fila_vez", _SISTEMA)]
