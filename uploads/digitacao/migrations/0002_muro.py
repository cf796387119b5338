"""Typed guides and what was learnt from them are the prestador's alone: the operadora gets a guide in a sent lot.

Of a guide the audit trail keeps its states and sums, not what is typed: that changes every few seconds.
"""

from django.db import migrations

from conecta.tenancy.operacoes import Auditar, ChaveComposta, Murar, politica_do_prestador

_CONTRATO = ("convenios_credenciamento", ["operadora_id", "prestador_id"])
_CONVENIO = ("convenios_convenio", ["id", "operadora_id"])
_DIGITADO = [
    *("valores", "criticas", "revisao", "mudado_em", "aberta_por_id", "aberta_por_nome", "aberta_em"),
    *("numero_carteira", "nome_do_beneficiario", "nome_busca"),
]


class Migration(migrations.Migration):
    dependencies = [("digitacao", "0001_initial"), ("convenios", "0008_muro_dos_convenios"), ("lotes", "0002_muro")]

    operations = [
        ChaveComposta("digitacao_guiadigitada", ["operadora_id", "prestador_id"], *_CONTRATO),
        ChaveComposta("digitacao_guiadigitada", ["convenio_id", "operadora_id"], *_CONVENIO),
        ChaveComposta(
            "digitacao_guiadigitada",
            ["lote_id", "prestador_id", "operadora_id"],
            "lotes_lote",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta("digitacao_beneficiarioconhecido", ["operadora_id", "prestador_id"], *_CONTRATO),
        Murar("digitacao_guiadigitada", [politica_do_prestador(("select", "insert", "update"))]),
        Murar("digitacao_beneficiarioconhecido", [politica_do_prestador()]),
        Murar("digitacao_profissionalconhecido", [politica_do_prestador()]),
        Murar("digitacao_procedimentousual", [politica_do_prestador()]),
        Auditar("digitacao_guiadigitada", _DIGITADO),
    ]
