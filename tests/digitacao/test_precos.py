"""What a line fills in by itself: the price of the convênio, and what the code means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conecta.tenancy.escopo import sistema
from convenios.models import Convenio, Termo
from convenios.models.terminologia import Edicao
from tests.convenios.precos import registro
from tests.digitacao.apoio import comecar
from tests.fabrica import Cenario
from tiss_schemas.valores import decimal_de
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_completar import completar
from uploads.digitacao.precos import Preenchidos, precificar

HEMOGRAMA = "40304361"
LINHA = "procedimentosExecutados/procedimentoExecutado[{}]"
UNITARIO = f"{LINHA.format(1)}/valorUnitario"


def linha(posicao: int = 1, codigo: str = HEMOGRAMA, **outros: str) -> dict[str, str]:
    """What a clerk types of a line: day and code."""
    nome = LINHA.format(posicao)
    valores = {f"{nome}/dataExecucao": "2026-11-20", f"{nome}/procedimento/codigoProcedimento": codigo}
    return valores | {f"{nome}/{campo}": texto for campo, texto in outros.items()}


@pytest.fixture
def guia(cenario: Cenario) -> GuiaDigitada:
    """An empty SP/SADT for PASA, whose table has the hemograma at R$ 18,40."""
    with sistema():
        Termo.objects.create(
            tabela="22",
            codigo=HEMOGRAMA,
            vigencia_inicio=date(2010, 1, 1),
            termo="Hemograma",
            termo_busca="hemograma",
            edicao=Edicao.objects.create(fonte="teste", rotulo="Teste", sha256="0" * 64),
        )
    tabela = registro.tabela(cenario)
    registro.preco(cenario, tabela, HEMOGRAMA, "18.40")
    registro.preco(cenario, tabela, "81000065", "50.00")
    registro.vinculo(cenario, tabela)
    with cenario.dentro("aurelia", "digitador"):
        return comecar(cenario)


def preencher(cenario: Cenario, guia: GuiaDigitada, valores: dict[str, str], *linhas: str) -> Preenchidos:
    with cenario.dentro("aurelia", "digitador"):
        atual = GuiaDigitada.objects.select_related("convenio", "prestador").get(pk=guia.pk)
        return precificar(atual, contrato_de(atual), valores, linhas or None)


def decidir(cenario: Cenario, **regras: object) -> None:
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(operadora=cenario.pasa, principal=True).update(**regras)


def test_a_code_fills_in_the_rest_of_its_line(cenario: Cenario, guia: GuiaDigitada) -> None:
    procedimento = f"{LINHA.format(1)}/procedimento"
    assert preencher(cenario, guia, linha()).valores == {
        f"{procedimento}/codigoTabela": "22",
        f"{procedimento}/descricaoProcedimento": "Hemograma",
        f"{LINHA.format(1)}/reducaoAcrescimo": "1.00",
        UNITARIO: "18.40",
    }


def test_a_price_that_was_typed_stays_until_its_line_is_asked_again(cenario: Cenario, guia: GuiaDigitada) -> None:
    digitado = linha(valorUnitario="20.00")
    assert UNITARIO not in preencher(cenario, guia, digitado, LINHA.format(2)).valores
    assert preencher(cenario, guia, digitado, LINHA.format(1)).valores[UNITARIO] == "18.40"


@pytest.mark.parametrize("deixados", [("procedimento/codigoProcedimento", "valorUnitario"), None])
def test_a_price_typed_along_with_its_code_stays(
    cenario: Cenario, guia: GuiaDigitada, deixados: tuple[str, ...] | None
) -> None:
    """The step waited for the one before it, or the form came without script: code and price come together."""
    mudou = None if deixados is None else [f"{LINHA.format(1)}/{nome}" for nome in deixados]
    with cenario.dentro("aurelia", "digitador"):
        atual = GuiaDigitada.objects.select_related("convenio", "prestador").get(pk=guia.pk)
        valores = completar(atual, contrato_de(atual), linha(valorUnitario="20.00"), mudou=mudou).valores
    assert valores[UNITARIO] == "20.00"
    assert valores[f"{LINHA.format(1)}/valorTotal"] == "20.00"


def test_a_price_typed_along_with_its_code_goes_where_nobody_may_change_it(
    cenario: Cenario, guia: GuiaDigitada
) -> None:
    decidir(cenario, editar_valor_de_procedimento=False)
    with cenario.dentro("aurelia", "digitador"):
        atual = GuiaDigitada.objects.select_related("convenio", "prestador").get(pk=guia.pk)
        completa = completar(atual, contrato_de(atual), linha(valorUnitario="20.00"), mudou=None)
    assert completa.valores[UNITARIO] == "18.40"


def test_a_price_that_nobody_may_change_is_put_right_in_every_line(cenario: Cenario, guia: GuiaDigitada) -> None:
    decidir(cenario, editar_valor_de_procedimento=False)
    digitada = linha(valorUnitario="20.00", **{"procedimento/codigoTabela": "22"})
    preenchidos = preencher(cenario, guia, digitada, LINHA.format(2))
    assert preenchidos.valores[UNITARIO] == "18.40"
    assert preenchidos.travados == {UNITARIO}


def test_a_code_without_price_keeps_what_was_typed_and_may_be_changed(cenario: Cenario, guia: GuiaDigitada) -> None:
    decidir(cenario, editar_valor_de_procedimento=False)
    preenchidos = preencher(cenario, guia, linha(codigo="40302040", valorUnitario="9.80"))
    assert UNITARIO not in preenchidos.valores
    assert not preenchidos.travados


def test_an_auxiliary_is_paid_its_part(cenario: Cenario, guia: GuiaDigitada) -> None:
    inteiro = decimal_de(preencher(cenario, guia, linha()).valores[UNITARIO])
    parte = preencher(cenario, guia, linha(**{"equipeSadt[1]/grauPart": "01"})).valores[UNITARIO]
    assert inteiro is not None
    assert decimal_de(parte) == (inteiro * Decimal("0.3")).quantize(Decimal("0.01"))
    dois = linha(**{"equipeSadt[1]/grauPart": "01", "equipeSadt[2]/grauPart": "00"})
    assert decimal_de(preencher(cenario, guia, dois).valores[UNITARIO]) == inteiro


def test_what_the_prestador_collects_itself_is_not_billed(cenario: Cenario, guia: GuiaDigitada) -> None:
    decidir(cenario, coparticipacao_modelo="prestador", coparticipacao_procedimentos=Decimal(20))
    assert preencher(cenario, guia, linha()).valores[UNITARIO] == "14.72"


def test_a_gto_has_the_price_of_the_whole_line(cenario: Cenario, guia: GuiaDigitada) -> None:
    with cenario.dentro("aurelia", "digitador"):
        gto = comecar(cenario, "guiaOdonto")
    nome = "procedimentosExecutados[1]"
    valores = {
        f"{nome}/procSolic/codigoProcedimento": "81000065",
        f"{nome}/qtdProc": "3",
        f"{nome}/dataRealizacao": "2026-11-20",
    }
    assert preencher(cenario, gto, valores).valores[f"{nome}/valorProc"] == "150.00"


def test_a_consulta_is_priced_without_a_grid(cenario: Cenario, guia: GuiaDigitada) -> None:
    with cenario.dentro("aurelia", "digitador"):
        consulta = comecar(cenario, "guiaConsulta")
    valores = {
        "dadosAtendimento/dataAtendimento": "2026-11-20",
        "dadosAtendimento/procedimento/codigoProcedimento": HEMOGRAMA,
    }
    assert preencher(cenario, consulta, valores).valores["dadosAtendimento/procedimento/valorProcedimento"] == "18.40"


def test_codes_of_materials_get_the_zeros_that_the_convenio_counts(cenario: Cenario, guia: GuiaDigitada) -> None:
    decidir(cenario, digitos_do_codigo=10)
    nome = "outrasDespesas/despesa[1]"
    valores = {f"{nome}/codigoDespesa": "03", f"{nome}/servicosExecutados/codigoProcedimento": "70001234"}
    preenchidos = preencher(cenario, guia, valores).valores
    assert preenchidos[f"{nome}/servicosExecutados/codigoProcedimento"] == "0070001234"
    assert preenchidos[f"{nome}/servicosExecutados/codigoTabela"] == "19"


def test_sixty_lines_cost_the_queries_of_one(cenario: Cenario, guia: GuiaDigitada) -> None:
    muitas = {chave: texto for posicao in range(1, 61) for chave, texto in linha(posicao).items()}
    contagens = []
    for valores in (linha(), muitas):
        with CaptureQueriesContext(connection) as consultas:
            preencher(cenario, guia, valores)
        contagens.append(len(consultas))
    assert contagens[0] == contagens[1]


def test_the_price_is_explained_step_by_step(cenario: Cenario, guia: GuiaDigitada, client: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        GuiaDigitada.objects.filter(pk=guia.pk).update(
            valores=linha() | {f"{LINHA.format(1)}/procedimento/codigoTabela": "22"}
        )
    client.force_login(cenario.pessoa("digitador", "aurelia"))
    endereco = reverse("digitacao:preco", args=["aurelia", guia.pk])
    pagina = client.get(endereco, {"linha": LINHA.format(1)}, headers={"HX-Request": "true"}).content.decode()
    assert "Valor unitário: R$ 18,40" in pagina.replace("\xa0", " ")
    assert (
        "ainda não tem código"
        in client.get(endereco, {"linha": LINHA.format(7)}, headers={"HX-Request": "true"}).content.decode()
    )
