"""One step of typing: what was typed is kept, completed, judged and answered in the names and texts of the form."""

from __future__ import annotations

from typing import Any

import pytest

from lotes.estados import TipoDeGuia
from tests.digitacao.apoio import comecar, valores_exemplo
from tests.fabrica import Cenario
from uploads.digitacao import transicoes
from uploads.digitacao.erros import OutraPessoaDigitou
from uploads.digitacao.formulario import formulario_de
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo import dar_passo, resposta

_ITEM = "procedimentosExecutados/procedimentoExecutado"


def _mostrados(guia: GuiaDigitada, valores: dict[str, str]) -> dict[str, str]:
    return formulario_de(guia.versao_tiss, guia.tipo, valores.items())


def _passo(cenario: Cenario, guia: GuiaDigitada, enviado: dict[str, str], mudou: str = "") -> dict[str, Any]:
    guia.refresh_from_db()
    por = cenario.pessoa("digitador", "aurelia")
    return resposta(dar_passo(guia=guia, enviado=enviado, vista=guia.revisao, mudou=mudou, por=por))


def test_a_step_keeps_what_stands_in_the_form(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        dita = _passo(cenario, guia, {"dadosBeneficiario/numeroCarteira": "123", "dadosAutorizacao/senha": "S1"})
        guia.refresh_from_db()
        assert guia.valores["dadosBeneficiario/numeroCarteira"] == "123"
        assert dita["revisao"] == guia.revisao == 2
        assert guia.situacao == "em_digitacao"


def test_the_answer_speaks_in_names_of_controls_and_texts_as_people_read_them(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        dita = _passo(
            cenario,
            guia,
            {f"{_ITEM}[3]/quantidadeExecutada": "2", f"{_ITEM}[3]/valorUnitario": "1234,5"}
            | {f"{_ITEM}[3]/reducaoAcrescimo": "1", "dadosAutorizacao/dataAutorizacao": "1/2/26"},
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
        faltas = [critica for critica in _passo(cenario, guia, {})["criticas"] if critica["falta"]]
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
        dita = _passo(cenario, guia, _mostrados(guia, valores))
        assert dita["criticas"] == []
        guia.refresh_from_db()
        de_novo = _passo(cenario, guia, _mostrados(guia, guia.valores))
        assert de_novo["valores"] == {}
