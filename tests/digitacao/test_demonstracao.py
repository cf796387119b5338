"""The demonstration has typed guides in every state, and what they taught."""

from __future__ import annotations

import pytest

from conecta.demonstracao.cadastro import criar_cadastro
from conecta.demonstracao.guias import GUIAS, criar_guias
from conecta.demonstracao.registro import criar_registro
from conecta.tenancy.escopo import inquilino
from uploads.digitacao.lista import contar_por_aba
from uploads.digitacao.models import GuiaDigitada, ProfissionalConhecido


@pytest.mark.django_db
def test_every_tab_of_the_demonstration_has_guides_and_making_them_twice_makes_no_more() -> None:
    organizacoes = criar_cadastro()
    criar_registro(organizacoes)
    for _ in range(2):
        criar_guias(organizacoes)
    prestador = organizacoes["santa-aurelia"]
    with inquilino(prestador.tipo, prestador.pk):
        assert contar_por_aba(prestador) == {"digitacao": 2, "criticas": 1, "prontas": 3, "lote": 3, "excluidas": 1}
        assert GuiaDigitada.objects.count() == len(GUIAS)
        assert not GuiaDigitada.objects.filter(nome_do_beneficiario="").exists()
        assert ProfissionalConhecido.objects.exists()
