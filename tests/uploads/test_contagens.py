"""What was found is counted once for each version of a file, and who reads the figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.fabrica import Cenario
from tests.movimento import incluir, trabalhar, xml_de
from uploads import transicoes
from uploads.ajustes import Decisao, ajustar_regra
from uploads.contagens import campo_conhecido, nome_do_campo
from uploads.models import Arquivo, Contagem, Critica
from uploads.regras.contexto import Modo

CARTEIRA = "mensagemTISS/prestadorParaOperadora/loteGuias/guiasTISS/guiaSP-SADT/dadosBeneficiario/numeroCarteira"
DE_NINGUEM = "11112222333344445"


def de_ninguem(cenario: Cenario, prestador: str = "aurelia", operadora: str = "pasa", **opcoes: object) -> Arquivo:
    """A lot of two guides whose beneficiário the operadora does not know: rule B01 in two places."""
    dados = xml_de(
        cenario.organizacoes[prestador], cenario.organizacoes[operadora], guias=2, carteiras=[DE_NINGUEM], **opcoes
    )
    return incluir(cenario, dados, prestador)


def observar(cenario: Cenario, regra: str = "B01", operadora: str = "pasa") -> None:
    with cenario.dentro(operadora, "gestor"):
        ajustar_regra(
            operadora=cenario.organizacoes[operadora],
            regra=regra,
            decisao=Decisao(modo=Modo.OBSERVADA, desde=timezone.localdate(), motivo="Antes de exigir."),
            por=cenario.pessoa("gestor", operadora),
        )


def contagens(cenario: Cenario, quem: str) -> list[Contagem]:
    with cenario.dentro(quem):
        return list(Contagem.objects.order_by("versao", "regra"))


def test_a_rule_and_a_field_make_one_row_without_any_value(cenario: Cenario) -> None:
    arquivo = de_ninguem(cenario)
    (contagem,) = contagens(cenario, "aurelia")
    assert (contagem.arquivo_id, contagem.versao, contagem.regra, contagem.campo) == (arquivo.pk, 1, "B01", CARTEIRA)
    assert (contagem.quantidade, contagem.guias, contagem.severidade, contagem.codigo) == (2, 2, "impeditiva", "1001")
    assert (contagem.operadora_id, contagem.importado, contagem.observada) == (cenario.pasa.pk, False, False)
    assert DE_NINGUEM not in str(vars(contagem))


def test_a_file_in_order_leaves_no_row(cenario: Cenario) -> None:
    incluir(cenario, xml_de(cenario.aurelia, cenario.pasa))
    assert contagens(cenario, "pasa") == []


def test_what_is_only_observed_is_counted_where_the_prestador_does_not_see_it(cenario: Cenario) -> None:
    observar(cenario)
    arquivo = de_ninguem(cenario)
    assert contagens(cenario, "aurelia") == []
    (contagem,) = contagens(cenario, "pasa")
    assert (contagem.regra, contagem.observada, contagem.importado, contagem.quantidade) == ("B01", True, True, 2)
    with cenario.dentro("aurelia"):
        assert not Critica.objects.filter(arquivo=arquivo).exists()


def test_no_page_of_the_prestador_tells_what_is_only_observed(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    observar(cenario)
    arquivo = de_ninguem(cenario)
    cliente = entrar(cenario.pessoa("administrador", "aurelia"))
    for endereco in (f"arquivos/{arquivo.pk}/", "arquivos/?aba=importados", "indicadores/"):
        resposta = cliente.get(f"/aurelia/uploads/{endereco}")
        assert resposta.status_code == 200
        assert "B01" not in resposta.content.decode()
        assert "bservada" not in resposta.content.decode()


def test_a_file_of_which_nothing_could_be_read_counts_as_a_whole(cenario: Cenario) -> None:
    incluir(cenario, b"isto nao e um XML")
    (contagem,) = contagens(cenario, "aurelia")
    assert (contagem.campo, contagem.guias, contagem.operadora_id) == ("", 0, None)


def test_the_second_verdict_on_a_version_adds_nothing(cenario: Cenario) -> None:
    arquivo = de_ninguem(cenario)
    observar(cenario)
    por = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        transicoes.salvar_correcoes(arquivo_id=arquivo.pk, versao=1, recalcular=False, por=por)
    assert trabalhar() == 1
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get(pk=arquivo.pk).situacao == "importado"
    assert [(linha.versao, linha.observada, linha.importado) for linha in contagens(cenario, "pasa")] == [
        (1, False, False)
    ]


@pytest.mark.parametrize("quem", ["boavista", "cedro", "sulina"])
def test_nobody_else_reads_them(quem: str, cenario: Cenario) -> None:
    de_ninguem(cenario)
    assert len(contagens(cenario, "pasa")) == len(contagens(cenario, "aurelia")) == 1
    assert contagens(cenario, quem) == []


@pytest.mark.parametrize(
    ("quem", "prestador", "operadora", "erro"),
    [
        ("aurelia", "boavista", "pasa", "row-level security"),
        ("boavista", "boavista", "sulina", "row-level security"),
        ("pasa", "aurelia", "pasa", "permission denied"),
    ],
)
def test_nobody_counts_for_another(quem: str, prestador: str, operadora: str, erro: str, cenario: Cenario) -> None:
    arquivo = de_ninguem(cenario, prestador)
    with (
        cenario.dentro(quem),
        pytest.raises(DatabaseError, match=erro),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into uploads_contagem (prestador_id, operadora_id, arquivo_id, versao, regra, campo, observada, "
            "codigo, severidade, quantidade, guias, importado, julgado_em) "
            "values (%s, %s, %s, 9, 'B01', '', true, '1001', 'impeditiva', 1, 1, false, now())",
            [cenario.organizacoes[prestador].pk, cenario.organizacoes[operadora].pk, arquivo.pk],
        )


@pytest.mark.parametrize("quem", ["aurelia", "pasa"])
def test_figures_are_never_changed(quem: str, cenario: Cenario) -> None:
    de_ninguem(cenario)
    for mudar in (lambda: Contagem.objects.update(quantidade=0), lambda: Contagem.objects.all()._raw_delete("default")):
        with cenario.dentro(quem), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            mudar()


def test_a_name_that_somebody_typed_into_the_file_is_not_kept() -> None:
    guia = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/ans:guiaConsulta"
    assert campo_conhecido(f"{guia}/ans:MariaDaSilva/ans:x", "4.03.00") == guia[1:].replace("ans:", "")
    assert campo_conhecido("/MariaDaSilva", "4.03.00") == ""
    assert campo_conhecido("/", None) == ""
    assert campo_conhecido("/ans:mensagemTISS/ans:cabecalho/ans:Padrao", "9.99.99") == "mensagemTISS/cabecalho/Padrao"


def test_fields_have_the_words_of_the_printed_form() -> None:
    assert nome_do_campo(CARTEIRA) == "Cobrança SP/SADT, 8 Número da carteira"
    assert nome_do_campo("") == "Arquivo"
