"""Corrections decided one after the other are saved as one version."""

from __future__ import annotations

import pytest
from django.test import Client

from conecta.arquivos import cofre
from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from tiss_schemas.edicao import ErroDeEdicao
from tiss_schemas.edicoes import Incluir, Remover, Renomear, Valor
from tiss_schemas.leitura import ler
from uploads import transicoes
from uploads.models import Alteracao, Arquivo, Versao

GUIA = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/ans:guiaSP-SADT"
SENHA = f"{GUIA}[1]/ans:dadosAutorizacao/ans:senha"


@pytest.fixture
def invalido(cenario: Cenario, faturista: Client) -> Arquivo:
    errado = xml_valido(cenario, guias=3).replace(b"<ans:indicacaoAcidente>9<", b"<ans:indicacaoAcidente>X<")
    enviar(faturista, "aurelia", "lote.xml", errado)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return Arquivo.objects.get()


def test_each_step_means_the_message_that_the_one_before_it_left(cenario: Cenario, invalido: Arquivo) -> None:
    with cenario.dentro("aurelia", "faturista"):
        transicoes.salvar_correcoes(
            arquivo_id=invalido.pk,
            versao=1,
            edicoes=[Remover(f"{GUIA}[1]")],
            passos=[[Remover(SENHA)], [Incluir(f"{GUIA}[1]/ans:dadosAutorizacao", "senha", "NOVA")]],
            recalcular=False,
            por=cenario.pessoa("faturista", "aurelia"),
        )
        salvo = ler(cofre.abrir(Versao.objects.get(numero=2).conteudo_id))
        assert salvo.no(SENHA).text == "NOVA"
        assert salvo.no(f"{GUIA}[3]") is None
        assert list(Alteracao.objects.order_by("id").values_list("motivo", flat=True)) == [
            *("remocao", "remocao", "inclusao", "hash")
        ]


@pytest.mark.parametrize("passo", [[Valor(f"{GUIA}[9]", "x")], [Renomear("/ans:mensagemTISS", "outra")]])
def test_a_step_that_cannot_be_made_saves_nothing(cenario: Cenario, invalido: Arquivo, passo: list) -> None:
    with cenario.dentro("aurelia", "faturista"):
        with pytest.raises(ErroDeEdicao):
            transicoes.salvar_correcoes(
                arquivo_id=invalido.pk,
                versao=1,
                passos=[[Remover(SENHA)], passo],
                recalcular=False,
                por=cenario.pessoa("faturista", "aurelia"),
            )
        assert Versao.objects.count() == 1
