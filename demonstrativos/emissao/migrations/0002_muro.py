"""The wall: both sides read, the operadora's side writes. A prestador writes what it asks for, and nothing else."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_PEDIDO = f"prestador_id = {INQUILINO} and not da_operadora"
_INQUILINOS = ["prestador_id", "operadora_id"]
_MUDAM = ("conteudo_pdf_id", "conteudo_xml_id", "erro", "substituido_por_id")
"""What is written after a statement was issued: the rest of it is frozen."""


def _ligada(tabela: str, coluna: str, alvo: str) -> ChaveComposta:
    return ChaveComposta(tabela, [coluna, *_INQUILINOS], alvo, ["id", *_INQUILINOS])


class Migration(migrations.Migration):
    dependencies = [
        ("emissao", "0001_initial"),
        ("arquivos", "0003_da_operadora"),
        ("pagamentos", "0002_muro"),
        ("lotes", "0011_xml_so_ao_fechar"),
    ]
    operations = [
        ChaveComposta(
            "emissao_demonstrativo", ["conteudo_pdf_id", "prestador_id"], "arquivos_conteudo", ["id", "prestador_id"]
        ),
        ChaveComposta(
            "emissao_demonstrativo", ["conteudo_xml_id", "prestador_id"], "arquivos_conteudo", ["id", "prestador_id"]
        ),
        _ligada("emissao_demonstrativo", "substituido_por_id", "emissao_demonstrativo"),
        _ligada("emissao_partedodemonstrativo", "demonstrativo_id", "emissao_demonstrativo"),
        _ligada("emissao_partedodemonstrativo", "protocolo_id", "lotes_protocolo"),
        _ligada("emissao_partedodemonstrativo", "pagamento_id", "pagamentos_pagamento"),
        _ligada("emissao_documentodopedido", "demonstrativo_id", "emissao_demonstrativo"),
        ChaveComposta(
            "emissao_documentodopedido",
            ["pedido_id", "operadora_id", "da_operadora"],
            "emissao_pedidodedemonstrativo",
            ["id", "operadora_id", "da_operadora"],
        ),
        Murar(
            "emissao_demonstrativo",
            [
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                Politica("conecta_operadora", ("update",), _DA_OPERADORA, colunas=_MUDAM),
                politica_do_prestador(("select",)),
            ],
        ),
        Murar(
            "emissao_partedodemonstrativo",
            [Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA), politica_do_prestador(("select",))],
        ),
        Murar(
            "emissao_pedidodedemonstrativo",
            [
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select", "insert"), _DO_PEDIDO),
            ],
        ),
        Murar(
            "emissao_documentodopedido",
            [
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                Politica(
                    "conecta_operadora", ("update",), _DA_OPERADORA, colunas=("estado", "erro", "demonstrativo_id")
                ),
                Politica("conecta_prestador", ("select",), _DO_PEDIDO),
                Politica("conecta_prestador", ("insert",), f"{_DO_PEDIDO} and estado = 'pendente'"),
            ],
        ),
        Murar(
            "emissao_parametrosdosdemonstrativos",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), "true"),
            ],
        ),
        Murar(
            "emissao_nomedearquivo",
            [
                Politica(papel, ("select", "insert", "update"), f"organizacao_id = {INQUILINO}")
                for papel in ("conecta_prestador", "conecta_operadora")
            ],
        ),
        Auditar("emissao_demonstrativo", ["valores"]),
        Auditar("emissao_pedidodedemonstrativo"),
        Auditar("emissao_parametrosdosdemonstrativos"),
    ]
