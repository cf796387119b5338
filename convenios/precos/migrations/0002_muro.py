"""The wall around prices: a prestador reads only what prices its own items, and nobody but it reads what it pays."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_TUDO = ("select", "insert", "update", "delete")
_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DE_CREDENCIADOR = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)
_SEU_OU_DE_TODOS = f"(prestador_id is null or prestador_id = {INQUILINO})"
# What a prestador does not see of a table that is asked here is not there for it: its wall holds inside a policy too.
_VINCULADA_A_ELE = "id in (select v.tabela_id from precos_vinculodetabela v)"
_DE_TABELA_QUE_VE = "tabela_id in (select t.id from precos_tabeladepreco t)"


def _muro(tabela: str, do_prestador: str, da_operadora: tuple[str, ...] = _TUDO) -> Murar:
    return Murar(
        f"precos_{tabela}",
        [
            Politica("conecta_operadora", da_operadora, _DA_OPERADORA),
            Politica("conecta_prestador", ("select",), do_prestador),
        ],
    )


def _da_mesma_operadora(tabela: str, coluna: str, alvo: str) -> ChaveComposta:
    return ChaveComposta(f"precos_{tabela}", [coluna, "operadora_id"], alvo, ["id", "operadora_id"])


def _de_um_contrato(tabela: str) -> ChaveComposta:
    colunas = ["operadora_id", "prestador_id"]
    return ChaveComposta(f"precos_{tabela}", colunas, "convenios_credenciamento", colunas)


class Migration(migrations.Migration):
    dependencies = [("precos", "0001_precos")]

    operations = [
        _muro("tabeladepreco", f"{_SEU_OU_DE_TODOS} and {_VINCULADA_A_ELE}"),
        _muro("preco", _DE_TABELA_QUE_VE),
        _muro("valordoporte", _DE_TABELA_QUE_VE),
        _muro("vinculodetabela", f"{_DE_CREDENCIADOR} and {_SEU_OU_DE_TODOS}"),
        _muro("percentualdogrupo", _DE_CREDENCIADOR),
        # An edition that was imported stays as it was: it is thrown away whole, or it holds.
        _muro("edicaodereferencia", _DE_CREDENCIADOR, ("select", "insert", "delete")),
        _muro("itemdereferencia", _DE_CREDENCIADOR, ("select", "insert", "delete")),
        Murar("precos_produto", [politica_do_prestador()]),
        _de_um_contrato("tabeladepreco"),
        _de_um_contrato("vinculodetabela"),
        _da_mesma_operadora("preco", "tabela_id", "precos_tabeladepreco"),
        _da_mesma_operadora("valordoporte", "tabela_id", "precos_tabeladepreco"),
        _da_mesma_operadora("vinculodetabela", "tabela_id", "precos_tabeladepreco"),
        _da_mesma_operadora("vinculodetabela", "convenio_id", "convenios_convenio"),
        _da_mesma_operadora("percentualdogrupo", "convenio_id", "convenios_convenio"),
        _da_mesma_operadora("itemdereferencia", "edicao_id", "precos_edicaodereferencia"),
        Auditar("precos_tabeladepreco"),
        Auditar("precos_preco"),
        Auditar("precos_valordoporte"),
        Auditar("precos_vinculodetabela"),
        Auditar("precos_percentualdogrupo"),
        Auditar("precos_edicaodereferencia"),
        Auditar("precos_produto"),
    ]
