"""What an operadora hands to a prestador is kept apart from what the prestador keeps."""

import pytest
from django.db import DatabaseError, transaction

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from conecta.tenancy.escopo import inquilino
from tests.fabrica import Cenario

DADOS = b"demonstrativo"


@pytest.mark.django_db
def test_both_read_what_the_operadora_brought_and_no_other_does(cenario: Cenario) -> None:
    aurelia, pasa = cenario.aurelia, cenario.pasa
    with inquilino("operadora", pasa.pk):
        guardado = cofre.guardar_da_operadora(DADOS, prestador_id=aurelia.pk, operadora_id=pasa.pk)
        assert cofre.guardar_da_operadora(DADOS, prestador_id=aurelia.pk, operadora_id=pasa.pk).pk == guardado.pk
    with inquilino("prestador", aurelia.pk):
        assert cofre.abrir(guardado.pk) == DADOS
        assert cofre.guardar(DADOS, prestador_id=aurelia.pk).pk != guardado.pk
    for tipo, sigla in (("prestador", "boavista"), ("operadora", "sulina")):
        with inquilino(tipo, getattr(cenario, sigla).pk):
            assert not Conteudo.objects.filter(pk=guardado.pk).exists()


@pytest.mark.django_db
def test_a_prestador_brings_nothing_in_the_operadoras_name(cenario: Cenario) -> None:
    aurelia, pasa = cenario.aurelia, cenario.pasa
    with inquilino("prestador", aurelia.pk), pytest.raises(DatabaseError), transaction.atomic():
        cofre.guardar_da_operadora(DADOS, prestador_id=aurelia.pk, operadora_id=pasa.pk)
