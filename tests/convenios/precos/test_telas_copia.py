"""What prices a convênio goes along when it is copied, and comes back from a file as it left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from convenios.copia_do_convenio import copiar
from convenios.precos.models import PercentualDoGrupo, VinculoDeTabela
from convenios.precos.parte_do_convenio import conferir, exportar, importar
from convenios.precos.transicoes import excluir_vinculo, gravar_percentuais
from tests.convenios.precos.registro import principal, tabela, vinculo
from tests.fabrica import Cenario


def _com_precos(cenario: Cenario) -> None:
    desta, inativa = tabela(cenario), tabela(cenario, nome="Inativa", ativa=False)
    do_contrato = tabela(cenario, nome="Do contrato", prestador=cenario.aurelia)
    vinculo(cenario, desta, percentual=Decimal("80.5"), banda_porte=Decimal(-20))
    vinculo(cenario, inativa, natureza="taxas")
    vinculo(cenario, do_contrato, prestador=cenario.aurelia)
    with cenario.dentro("pasa", "gestor"):
        novos = {"opme": Decimal("110.125")}
        gravar_percentuais(convenio=principal(cenario), novos=novos, por=cenario.pessoa("gestor", "pasa"))


def test_a_copy_is_priced_as_the_original_but_for_contracts(cenario: Cenario) -> None:
    _com_precos(cenario)
    with cenario.dentro("pasa", "gestor"):
        copia = copiar(convenio=principal(cenario), nome="Cópia", por=cenario.pessoa("gestor", "pasa"))
        feitos = VinculoDeTabela.objects.filter(convenio=copia).values_list(
            "tabela__nome", "natureza", "percentual", "banda_porte", "prestador"
        )
        assert set(feitos) == {
            ("Valores", "procedimentos", Decimal("80.5"), Decimal(-20), None),
            ("Inativa", "taxas", Decimal(100), Decimal(0), None),
        }
        assert PercentualDoGrupo.objects.get(convenio=copia).percentual == Decimal("110.125")


def test_what_was_exported_comes_back(cenario: Cenario) -> None:
    _com_precos(cenario)
    quem = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        convenio = principal(cenario)
        antes = exportar(convenio)
        for feito in VinculoDeTabela.objects.filter(convenio=convenio, prestador__isnull=True):
            excluir_vinculo(vinculo=feito, por=quem)
        gravar_percentuais(convenio=convenio, novos={"opme": None}, por=quem)
        assert conferir(cenario.pasa, antes) == []
        for _ in range(2):
            importar(convenio, antes, quem)
        assert exportar(convenio) == antes


@pytest.mark.parametrize(
    ("valor", "frase"),
    [
        (None, "não estão escritos como o Conecta os escreve"),
        ({"vinculos": 3}, "não estão escritos como o Conecta os escreve"),
        ({"vinculos": [7]}, "O vínculo 1 não está escrito"),
        ({"vinculos": [{}] * 201}, "São 201 vínculos de tabela"),
        ({"vinculos": [{"tabela": "Outra", "edicao": "1"}]}, "A tabela Outra 1 não está cadastrada"),
        ({"vinculos": [{"tabela": "Valores", "edicao": "2026", "natureza": []}]}, "Vínculo 1, O que precifica"),
        ({"vinculos": [], "grupos": {"opme": "-1"}}, "Lista de Produtos, OPME: Escreva um número"),
    ],
)
def test_a_file_that_cannot_be_says_why(valor: Any, frase: str, cenario: Cenario) -> None:
    tabela(cenario)
    with cenario.dentro("pasa", "gestor"):
        assert any(frase in problema for problema in conferir(cenario.pasa, valor))
