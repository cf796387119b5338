"""Whatever is sent, typing never fails: what the standard does not take is said at its field."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotes.estados import TipoDeGuia
from tests.digitacao.apoio import comecar, passo_de, valores_exemplo
from tests.fabrica import Cenario
from tiss_schemas.caracteres import em_linha, estranhos
from tiss_schemas.fragmento import escrever_guia, ler_guia
from uploads.digitacao.formulario import MAIOR_FICHA, controles, valores_do_envio

_VERSAO = "4.03.00"
_ITEM = "procedimentosExecutados/procedimentoExecutado"
_NOMES = sorted(
    {caminho for tipo in TipoDeGuia.values for caminho in valores_exemplo(tipo, _VERSAO)}
    | {"dadosExecutante/contratadoExecutante/*", "dadosExecutante/contratadoExecutante/?", "papel/nomeBeneficiario"}
)
_POSICOES = st.sampled_from(["", "[1]", "[2]", "[0]", "[-1]", "[007]", "[9999]", "[999999999]", "[٣]", "[]", "[x]"])
_TEXTOS = st.text(max_size=40) | st.sampled_from(
    [
        "27/11/2026",
        "27112026",
        "20261127",
        "0001-01-01",
        "1.234,56",
        "+5",
        ".5",
        "1e3",
        "08:30",
        "08:30:15.5",
        "S",
        "04",
    ]
)
_CONTROLES = st.dictionaries(
    st.sampled_from(_NOMES) | st.builds("{}{}/dataExecucao".format, st.just(_ITEM), _POSICOES) | st.text(max_size=30),
    _TEXTOS,
    max_size=12,
)


@given(tipo=st.sampled_from(TipoDeGuia.values), enviado=_CONTROLES)
def test_reading_a_form_is_stable_and_what_was_read_can_be_written_and_read(tipo: str, enviado: dict[str, str]) -> None:
    valores = valores_do_envio(_VERSAO, tipo, enviado)
    mostrados: dict[str, str] = {}
    for caminho, texto in valores.items():
        mostrados |= controles(_VERSAO, tipo, caminho, texto)
    de_novo = valores_do_envio(_VERSAO, tipo, mostrados)
    assert {caminho: texto for caminho, texto in de_novo.items() if caminho in valores} == de_novo
    assert all(valores[caminho] == texto for caminho, texto in de_novo.items())
    elemento = escrever_guia(_VERSAO, tipo, valores)
    lidos = ler_guia(_VERSAO, elemento)
    assert sorted(lidos.values()) == sorted(
        texto for caminho, texto in valores.items() if not caminho.startswith("papel/")
    )


@given(st.text())
def test_a_text_on_one_line_stays_as_it_is(texto: str) -> None:
    limpo = em_linha(texto)
    assert em_linha(limpo) == limpo
    assert limpo.isprintable() or not limpo.isascii()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(tipo=st.sampled_from(TipoDeGuia.values), enviado=_CONTROLES)
def test_no_form_makes_a_step_fail(cenario: Cenario, tipo: str, enviado: dict[str, str]) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario, tipo)
        dita = passo_de(cenario, guia, enviado | {"dadosBeneficiario/numeroCarteira": "1"}, mudou="\n".join(enviado))
        assert dita["revisao"] == 2


@pytest.mark.parametrize(
    ("digitado", "guardado"),
    [
        ("“José” – alta…", '"José" - alta...'),
        ("linha um\r\nlinha dois\ttab\x00\x07", "linha um linha dois tab"),
        ("Joa\u0303o", "João"),
    ],
)
def test_what_word_processors_write_is_made_simple(digitado: str, guardado: str) -> None:
    assert valores_do_envio(_VERSAO, "guiaSP-SADT", {"observacao": digitado}) == {"observacao": guardado}
    assert not estranhos(guardado)


def test_a_character_that_the_standard_lacks_is_told_at_its_field(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        dita = passo_de(cenario, comecar(cenario), valores_exemplo() | {"observacao": "dor 😀 em 漢"})
        (critica,) = dita["criticas"]
        assert critica["campo"] == "observacao"
        assert "😀 漢" in critica["mensagem"]
        assert critica["impede"]
        assert critica["sugestao"] == "dor  em"


def test_a_date_that_does_not_exist_is_told_as_the_form_writes_dates(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        dita = passo_de(
            cenario, comecar(cenario), valores_exemplo() | {"dadosAutorizacao/dataAutorizacao": "31/02/2026"}
        )
        (critica,) = dita["criticas"]
        assert critica["campo"] == "dadosAutorizacao/dataAutorizacao"
        assert "27/11/2026" in critica["mensagem"]
        assert "aaaa-mm-dd" not in critica["mensagem"]


def test_a_form_is_read_up_to_its_bounds() -> None:
    muitos = {f"{_ITEM}[{posicao}]/dataExecucao": "1" * 50_000 for posicao in range(1, MAIOR_FICHA + 2_000)}
    valores = valores_do_envio(_VERSAO, "guiaSP-SADT", muitos)
    assert len(valores) == MAIOR_FICHA
    assert max(map(len, valores.values())) <= 2_000
