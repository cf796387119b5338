"""One step of typing: what was typed is kept, completed, judged and answered in the names and texts of the form."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lotes.estados import TipoDeGuia
from tests.digitacao.apoio import comecar, passo_de, valores_exemplo
from tests.fabrica import Cenario
from tiss_schemas.fragmento import escrever_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_escrito import CabecalhoDoLote, escrever_lote
from tiss_schemas.totais import recalcular
from uploads.digitacao import transicoes
from uploads.digitacao.erros import OutraPessoaDigitou
from uploads.digitacao.models import GuiaDigitada

_ITEM = "procedimentosExecutados/procedimentoExecutado"


def _em_mensagem(guia: GuiaDigitada) -> bytes:
    cabecalho = CabecalhoDoLote(
        versao=guia.versao_tiss,
        numero_lote="1",
        sequencial="1",
        momento=timezone.localtime(),
        origem="CNPJ",
        identificacao="41208337000176",
        registro_ans="331988",
    )
    return escrever_lote(cabecalho, [escrever_guia(guia.versao_tiss, guia.tipo, guia.valores)])


def test_a_step_keeps_what_stands_in_the_form(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        dita = passo_de(cenario, guia, {"dadosBeneficiario/numeroCarteira": "123", "dadosAutorizacao/senha": "S1"})
        guia.refresh_from_db()
        assert guia.valores["dadosBeneficiario/numeroCarteira"] == "123"
        assert dita["revisao"] == guia.revisao == 2
        assert guia.situacao == "em_digitacao"


def test_the_answer_speaks_in_names_of_controls_and_texts_as_people_read_them(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        dita = passo_de(
            cenario,
            guia,
            {f"{_ITEM}[3]/quantidadeExecutada": "2", f"{_ITEM}[3]/valorUnitario": "1234,5"}
            | {f"{_ITEM}[3]/reducaoAcrescimo": "1,0", "dadosAutorizacao/dataAutorizacao": "1/2/26"},
            mudou=f"{_ITEM}[3]/valorUnitario",
        )
        assert dita["valores"][f"{_ITEM}[3]/valorTotal"] == "2.469,00"
        assert dita["valores"]["valorTotal/valorTotalGeral"] == "2.469,00"
        assert dita["valores"][f"{_ITEM}[3]/valorUnitario"] == "1.234,50"
        assert f"{_ITEM}[3]/reducaoAcrescimo" not in dita["valores"], "nobody left it: it may still be typed in"
        faltas = {critica["campo"]: critica for critica in dita["criticas"] if critica["falta"]}
        executante = faltas["dadosExecutante/contratadoExecutante/*"]
        assert executante["rotulo"].startswith("29 ")
        assert executante["impede"]
        data = next(c for c in dita["criticas"] if c["campo"] == "dadosAutorizacao/dataAutorizacao")
        assert not data["falta"]


def test_each_missing_field_is_missed_at_its_own_place(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        faltas = [critica for critica in passo_de(cenario, guia, {})["criticas"] if critica["falta"]]
        campos = [critica["campo"] for critica in faltas]
        assert {"dadosBeneficiario/numeroCarteira", "dadosExecutante/CNES", "dadosAtendimento/tipoAtendimento"} <= set(
            campos
        )
        assert all(campos)
        assert len(campos) == len(set(campos))


def test_a_step_on_an_old_revision_says_who_changed_the_guide(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        outra = cenario.pessoa("faturista", "aurelia")
        transicoes.guardar(guia=guia, valores={"observacao": "x"}, vista=1, por=outra)
        with pytest.raises(OutraPessoaDigitou) as recusa:
            transicoes.guardar(
                guia=guia, valores={"observacao": "y"}, vista=1, por=cenario.pessoa("digitador", "aurelia")
            )
        assert recusa.value.frase.startswith(outra.nome)
        guia.refresh_from_db()
        assert guia.valores["observacao"] == "x"


@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_a_valid_guide_has_no_finding_and_is_written_back_as_it_is_shown(cenario: Cenario, tipo: str) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario, tipo)
        valores = valores_exemplo(tipo)
        dita = passo_de(cenario, guia, valores)
        assert dita["criticas"] == []
        guia.refresh_from_db()
        de_novo = passo_de(cenario, guia, guia.valores)
        assert de_novo["valores"] == {}


def test_the_page_answers_in_json_and_a_stale_revision_with_409(cenario: Cenario, entrar: Any) -> None:
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    endereco = f"/aurelia/guias/digitadas/{guia.pk}/passo/"
    dita = cliente.post(endereco, {"observacao": "x", "revisao": "1", "mudou": "observacao"})
    assert dita.status_code == 200
    assert set(dita.json()) >= {"revisao", "salvo_em", "valores", "travados", "criticas", "conferencia", "avisos"}
    velha = cliente.post(endereco, {"observacao": "y", "revisao": "1"})
    assert velha.status_code == 409
    assert velha.json()["frase"].startswith("Você mudou esta guia às ")
    assert cliente.get(endereco).status_code == 405
    assert cliente.post(f"/aurelia/guias/digitadas/{guia.pk + 1}/passo/", {"revisao": "1"}).status_code == 404


def test_what_is_left_of_an_emptied_line_goes(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        dita = passo_de(cenario, guia, {f"{_ITEM}[2]/sequencialItem": "1", f"{_ITEM}[2]/valorTotal": "10.00"})
        assert dita["valores"][f"{_ITEM}[2]/sequencialItem"] == ""
        guia.refresh_from_db()
        assert not [caminho for caminho in guia.valores if caminho.startswith(_ITEM)]


@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_the_server_s_totals_are_those_that_the_engine_would_put_right(cenario: Cenario, tipo: str) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario, tipo)
        valores = {
            caminho: "999.99" if caminho.endswith("valorTotal") or "valorTotal" in caminho else texto
            for caminho, texto in valores_exemplo(tipo, itens=4).items()
        }
        guia, _ = transicoes.salvar(
            guia=guia, valores=valores, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia")
        )
        assert recalcular(ler(_em_mensagem(guia)).raiz) == []
