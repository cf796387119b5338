"""A control that stands for several elements, of which one is filled in, keeps what was typed in it."""

from __future__ import annotations

from tests.digitacao.apoio import comecar
from tests.fabrica import Cenario
from uploads.digitacao.passo import dar_passo, resposta

_CONTRATADO = "dadosSolicitante/contratadoSolicitante/"
_DENTE = "procedimentosExecutados[1]/denteRegiao/"


def test_what_was_typed_in_a_choice_is_not_taken_away(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        enviado = {f"{_CONTRATADO}?": "codigoPrestadorNaOperadora", f"{_CONTRATADO}*": "770112"}
        por = cenario.pessoa("digitador", "aurelia")
        passo = dar_passo(guia=guia, enviado=enviado, vista=guia.revisao, mudou=f"{_CONTRATADO}*", por=por)
        assert f"{_CONTRATADO}*" not in resposta(passo)["valores"]
        guia.refresh_from_db()
        assert guia.valores[f"{_CONTRATADO}codigoPrestadorNaOperadora"] == "770112"


def test_a_tooth_stays_when_its_line_gets_a_face(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario, "guiaOdonto")
        enviado = {f"{_DENTE}?": "codDente", f"{_DENTE}*": "16", "procedimentosExecutados[1]/denteFace": "OD"}
        por = cenario.pessoa("digitador", "aurelia")
        passo = dar_passo(guia=guia, enviado=enviado, vista=guia.revisao, mudou=f"{_DENTE}*", por=por)
        assert f"{_DENTE}*" not in resposta(passo)["valores"]
