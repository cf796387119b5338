"""What is offered while a field is typed: people, codes with their prices, lists; one query plan whatever is typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conecta.tenancy.escopo import sistema
from conecta.texto import para_busca
from convenios.models import Beneficiario, Convenio, Credenciamento, Termo
from convenios.models.terminologia import Edicao
from convenios.precos.models import TabelaDePreco
from convenios.regras import Regras
from tests.convenios.apoio_terminologia import termo_proprio
from tests.convenios.precos import registro
from tests.digitacao.apoio import comecar
from tests.fabrica import CARTEIRAS, PASA, Cenario
from uploads.digitacao.models import BeneficiarioConhecido, GuiaDigitada, ProcedimentoUsual, ProfissionalConhecido
from uploads.digitacao.procuras_busca import procurar
from uploads.digitacao.procuras_campos import lugar_de
from uploads.digitacao.procuras_profissionais import preenchidos

CARTEIRA = "dadosBeneficiario/numeroCarteira"
LINHA = "procedimentosExecutados/procedimentoExecutado[2]"
CODIGO = f"{LINHA}/procedimento/codigoProcedimento"
EQUIPE = f"{LINHA}/equipeSadt[1]"
DESPESA = "outrasDespesas/despesa[1]"
TERMOS = (
    ("22", "40304361", "Hemograma com contagem de plaquetas", None),
    ("22", "40304957", "Adenograma (inclui hemograma)", None),
    ("22", "10101012", "Consulta em consultório", None),
    ("22", "81000065", "Consulta odontológica inicial", None),
    ("22", "40304999", "Hemograma que saiu da lista", date(2025, 1, 1)),
    ("20", "90598296", "Dipirona sódica", None),
    ("19", "70303000", "Dipirona não: agulha", None),
)


@pytest.fixture
def dentro(cenario: Cenario) -> Cenario:
    """A few codes of TUSS, and a price for the hemograma."""
    with sistema():
        edicao = Edicao.objects.create(fonte="tuss", rotulo="de teste", sha256="a" * 64)
        Termo.objects.bulk_create(
            Termo(
                tabela=tabela,
                codigo=codigo,
                termo=termo,
                termo_busca=para_busca(termo),
                vigencia_inicio=date(2009, 2, 13),
                vigencia_fim=fim,
                edicao=edicao,
            )
            for tabela, codigo, termo, fim in TERMOS
        )
    tabela = registro.tabela(cenario)
    registro.preco(cenario, tabela, "40304361", "18.40")
    registro.vinculo(cenario, tabela)
    return cenario


def achar(cenario: Cenario, campo: str, texto: str, tipo: str = "guiaSP-SADT", **valores: str) -> Any:
    """The options for that control of a new guide of aurelia for PASA."""
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario, tipo)
        guia.valores = valores
        return procurar(guia, campo, texto)


def rotulos(cenario: Cenario, campo: str, texto: str, tipo: str = "guiaSP-SADT", **valores: str) -> list[str]:
    return [opcao.rotulo for opcao in achar(cenario, campo, texto, tipo, **valores).opcoes]


def usual(cenario: Cenario, codigo: str, **mais: Any) -> None:
    with cenario.dentro("aurelia", "digitador"):
        ProcedimentoUsual.objects.create(
            prestador=cenario.aurelia,
            convenio=Convenio.objects.get(operadora=cenario.pasa, principal=True),
            **{
                "tipo": "guiaSP-SADT",
                "tabela": "22",
                "codigo": codigo,
                "descricao": f"Usual {codigo}",
                "descricao_busca": f"usual {codigo}",
                **mais,
            },
        )


def profissional(cenario: Cenario, numero: str = "12345", **mais: Any) -> ProfissionalConhecido:
    nome = mais.pop("nome", "Inês Conceição")
    with cenario.dentro("aurelia", "digitador"):
        return ProfissionalConhecido.objects.create(
            prestador=cenario.aurelia,
            nome=nome,
            nome_busca=para_busca(nome),
            numero_conselho=numero,
            **{"conselho": "06", "uf": "21", "cbo": "225125", **mais},
        )


# --- beneficiários


def test_a_beneficiario_is_found_by_the_beginning_of_the_card_and_by_name(cenario: Cenario) -> None:
    inteira = CARTEIRAS[PASA].format(7)
    assert rotulos(cenario, CARTEIRA, inteira[:-1]) == [CARTEIRAS[PASA].format(n) for n in range(10)]
    achados = achar(cenario, CARTEIRA, "PESSÓA inv")
    assert len(achados.opcoes) == 12
    assert achados.mais


def test_a_card_typed_whole_gives_that_person_alone_and_fills_the_form(cenario: Cenario) -> None:
    inteira = CARTEIRAS[PASA].format(7)
    with cenario.dentro("pasa", "gestor"):
        Beneficiario.objects.filter(numero_carteira=inteira).update(desligamento=date(2020, 1, 1))
    (achado,) = achar(cenario, CARTEIRA, f" {inteira[:5]} {inteira[5:]}").opcoes
    assert achado.preenche[CARTEIRA] == inteira
    assert achado.preenche["papel/nomeBeneficiario"] == achado.texto == "PESSOA INVENTADA 7"
    assert achado.detalhe == "desligado em 01/01/2020"


@pytest.mark.parametrize("mudanca", [{"ativo": False}, {"fim": date(2026, 1, 31)}])
def test_the_operadoras_register_is_closed_to_whom_it_has_no_contract_with(
    cenario: Cenario, mudanca: dict[str, Any]
) -> None:
    """A guide that was begun before stays, and with it what the prestador learnt itself."""
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        BeneficiarioConhecido.objects.create(
            prestador=cenario.aurelia, operadora=cenario.pasa, numero_carteira=CARTEIRAS[PASA].format(39), nome="Daqui"
        )
    with cenario.dentro("pasa", "gestor"):
        Credenciamento.objects.filter(prestador=cenario.aurelia, operadora=cenario.pasa).update(**mudanca)
    with cenario.dentro("aurelia", "digitador"):
        achados = procurar(guia, CARTEIRA, CARTEIRAS[PASA].format(0)[:5]).opcoes
    assert [achado.texto for achado in achados] == ["Daqui"]


def test_nobody_is_listed_for_one_or_two_letters_of_the_operadoras_register(cenario: Cenario) -> None:
    assert rotulos(cenario, CARTEIRA, "pe") == []


def test_those_seen_last_are_offered_without_a_text_and_first_with_one(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        for quando, (carteira, nome) in enumerate((("900", "Ana Velha"), (CARTEIRAS[PASA].format(3), "Nome antigo"))):
            BeneficiarioConhecido.objects.create(
                prestador=cenario.aurelia,
                operadora=cenario.pasa,
                numero_carteira=carteira,
                nome=nome,
                nome_busca=para_busca(nome),
                ultimo_uso=timezone.now() - timedelta(days=1 - quando),
            )
    assert rotulos(cenario, CARTEIRA, "") == [CARTEIRAS[PASA].format(3), "900"]
    assert rotulos(cenario, CARTEIRA, "vel") == ["900"]
    # The register knows better than what was typed once.
    assert achar(cenario, CARTEIRA, CARTEIRAS[PASA].format(3)).opcoes[0].texto == "PESSOA INVENTADA 3"


# --- professionals


@pytest.mark.parametrize("texto", ["ines", "CONCEICAO i", "123", "12345", "0448", ""])
def test_a_professional_is_found_by_name_council_number_or_cpf(cenario: Cenario, texto: str) -> None:
    profissional(cenario, cpf="04480012345")
    profissional(cenario, "777", nome="Outro Nome", ultimo_uso=timezone.now() - timedelta(days=400), usos=90)
    assert rotulos(cenario, f"{EQUIPE}/nomeProf", texto)[0] == "CRM 12345 MA"
    assert rotulos(cenario, f"{EQUIPE}/nomeProf", "concx") == []


def test_a_professional_fills_the_row_of_the_team_that_the_field_is_in(cenario: Cenario) -> None:
    profissional(cenario, cpf="04480012345")
    (achado,) = achar(cenario, f"{EQUIPE}/numeroConselhoProfissional", "12345").opcoes
    assert achado.preenche == {
        f"{EQUIPE}/nomeProf": "Inês Conceição",
        f"{EQUIPE}/conselho": "06",
        f"{EQUIPE}/numeroConselhoProfissional": "12345",
        f"{EQUIPE}/UF": "21",
        f"{EQUIPE}/CBOS": "225125",
        f"{EQUIPE}/codProfissional/?": "cpfContratado",
        f"{EQUIPE}/codProfissional/*": "04480012345",
    }


@pytest.mark.parametrize(
    ("regras", "elemento"),
    [
        (Regras(), "codigoPrestadorNaOperadora"),
        (Regras(documento_executante="codigo"), "codigoPrestadorNaOperadora"),
        (Regras(documento_executante="cpf"), "cpfContratado"),
        (Regras(documentos_por_conselho={"executante": {"06": "cpf"}}), "cpfContratado"),
        (Regras(documento_executante="cpf", documentos_por_conselho={"executante": {"06": ""}}), "codigoPrestadorNa"),
    ],
)
def test_the_document_of_the_team_is_the_one_that_the_convenio_wants(
    cenario: Cenario, regras: Regras, elemento: str
) -> None:
    quem = profissional(cenario, cpf="04480012345", codigos={str(cenario.pasa.pk): "MED77"})
    with cenario.dentro("aurelia", "digitador"):
        lugar = lugar_de(comecar(cenario), f"{EQUIPE}/nomeProf")
        assert lugar is not None
        assert preenchidos(lugar, quem, regras)[f"{EQUIPE}/codProfissional/?"].startswith(elemento)


def test_who_asks_is_the_contratado_too_only_where_the_convenio_wants_the_persons_document(cenario: Cenario) -> None:
    quem = profissional(cenario, cpf="04480012345")
    grupo = "dadosSolicitante/contratadoSolicitante"
    with cenario.dentro("aurelia", "digitador"):
        lugar = lugar_de(comecar(cenario), "dadosSolicitante/profissionalSolicitante/nomeProfissional")
        assert lugar is not None
        com_cpf = preenchidos(lugar, quem, Regras(documento_solicitante="cpf"))
        assert com_cpf[f"{grupo}/?"] == "cpfContratado"
        assert com_cpf[f"{grupo}/*"] == "04480012345"
        assert com_cpf["dadosSolicitante/nomeContratadoSolicitante"] == "Inês Conceição"
        assert f"{grupo}/*" not in preenchidos(lugar, quem, Regras())


def test_dentists_alone_are_offered_in_a_gto(cenario: Cenario) -> None:
    profissional(cenario)
    profissional(cenario, "55", nome="Dora Dentes", conselho="08", cbo="223208")
    campo = "dadosProfissionaisResponsaveis/nomeProfSolic"
    (achado,) = achar(cenario, campo, "", "guiaOdonto").opcoes
    assert achado.preenche == {
        campo: "Dora Dentes",
        "dadosProfissionaisResponsaveis/croSolic": "55",
        "dadosProfissionaisResponsaveis/ufSolic": "21",
        "dadosProfissionaisResponsaveis/cbosSolic": "223208",
    }


# --- what is charged


def test_a_code_is_found_by_its_beginning_and_by_words_and_shows_the_price_of_the_convenio(dentro: Cenario) -> None:
    achado = achar(dentro, CODIGO, "4030436").opcoes[0]
    assert (achado.rotulo, achado.detalhe) == ("40304361", "18,40")
    assert rotulos(dentro, CODIGO, "hemog plaq") == ["40304361"]
    assert achar(dentro, CODIGO, "adenograma").opcoes[0].detalhe == "não contratado"
    assert achado.preenche == {
        f"{LINHA}/procedimento/codigoTabela": "22",
        CODIGO: "40304361",
        f"{LINHA}/procedimento/descricaoProcedimento": "Hemograma com contagem de plaquetas",
    }


def test_the_price_is_hidden_where_the_convenio_hides_values(dentro: Cenario) -> None:
    with dentro.dentro("pasa", "gestor"):
        Convenio.objects.filter(operadora=dentro.pasa, principal=True).update(ocultar_valores=True)
    assert achar(dentro, CODIGO, "40304361").opcoes[0].detalhe == ""


def test_a_code_typed_whole_gives_it_alone(dentro: Cenario) -> None:
    termo_proprio(dentro, "pasa", "403043619", "Outro que começa igual")
    assert rotulos(dentro, CODIGO, "4030436") == ["40304361", "403043619"]
    assert rotulos(dentro, CODIGO, "4030436-1") == ["40304361"]


def test_what_was_billed_before_comes_first_and_the_favourites_before_all(dentro: Cenario) -> None:
    termo_proprio(dentro, "pasa", "HEMO1", "Hemograma da operadora")
    usual(dentro, "40304957", usos=50, descricao_busca="adenograma (inclui hemograma)")
    usual(dentro, "HEMO1", tabela="00", favorito=True, descricao_busca="hemograma da operadora")
    usual(dentro, "40304999", usos=90)
    assert rotulos(dentro, CODIGO, "") == ["HEMO1", "40304957"]
    assert rotulos(dentro, CODIGO, "hemograma") == ["HEMO1", "40304957", "40304361"]


def test_what_is_no_longer_valid_on_the_day_of_the_line_is_not_offered(dentro: Cenario) -> None:
    assert rotulos(dentro, CODIGO, "40304999") == []
    assert rotulos(dentro, CODIGO, "40304999", **{f"{LINHA}/dataExecucao": "2024-12-30"}) == ["40304999"]


def test_despesas_are_looked_for_in_the_table_of_their_kind(dentro: Cenario) -> None:
    campo = f"{DESPESA}/servicosExecutados/codigoProcedimento"
    assert rotulos(dentro, campo, "dipirona", **{f"{DESPESA}/codigoDespesa": "02"}) == ["90598296"]
    assert rotulos(dentro, campo, "dipirona", **{f"{DESPESA}/codigoDespesa": "03"}) == ["70303000"]
    sem_despesa = achar(dentro, campo, "90598296").opcoes[0]
    assert sem_despesa.preenche[f"{DESPESA}/codigoDespesa"] == "02"
    assert rotulos(dentro, campo, "hemograma") == []


def test_a_gto_is_offered_the_codes_of_dentistry_and_a_consultation_those_of_consultations(dentro: Cenario) -> None:
    assert rotulos(dentro, "procedimentosExecutados[1]/procSolic/codigoProcedimento", "consulta", "guiaOdonto") == [
        "81000065"
    ]
    campo = "dadosAtendimento/procedimento/codigoProcedimento"
    assert rotulos(dentro, campo, "", "guiaConsulta") == ["10101012"]


def test_where_the_convenio_wants_another_table_codes_are_looked_for_there(dentro: Cenario) -> None:
    termo_proprio(dentro, "pasa", "HEMO1", "Hemograma da operadora")
    with dentro.dentro("pasa", "gestor"):
        Convenio.objects.filter(operadora=dentro.pasa, principal=True).update(tabela_tiss_procedimentos="00")
    assert rotulos(dentro, CODIGO, "hemograma") == ["HEMO1"]


def test_own_codes_of_another_operadora_are_not_offered(dentro: Cenario) -> None:
    termo_proprio(dentro, "sulina", "HEMO2", "Hemograma da Sulina")
    assert "HEMO2" not in rotulos(dentro, CODIGO, "hemograma")


# --- lists


def test_a_code_of_a_long_list_is_found_by_code_or_by_words_without_accents(cenario: Cenario) -> None:
    campo = f"{EQUIPE}/CBOS"
    assert rotulos(cenario, campo, "medico clinico")[0] == "225125"
    assert rotulos(cenario, campo, "225125") == ["225125"]
    assert len(rotulos(cenario, campo, "")) == 12
    profissional(cenario, cbo="223208")
    assert rotulos(cenario, campo, "")[0] == "223208"


def test_a_tooth_or_a_region_says_which_of_the_two_it_is(cenario: Cenario) -> None:
    campo = "procedimentosExecutados[3]/denteRegiao/*"
    assert achar(cenario, campo, "11", "guiaOdonto").opcoes[0].preenche == {
        campo: "11",
        "procedimentosExecutados[3]/denteRegiao/?": "codDente",
    }
    assert achar(cenario, campo, "AI", "guiaOdonto").opcoes[0].preenche == {
        campo: "AI",
        "procedimentosExecutados[3]/denteRegiao/?": "codRegiao",
    }


# --- the address


def test_the_answer_keeps_its_contract_and_looking_for_people_is_recorded(dentro: Cenario, entrar: Any) -> None:
    with dentro.dentro("aurelia", "digitador"):
        guia = comecar(dentro)
    cliente: Client = entrar(dentro.pessoa("digitador", "aurelia"))
    endereco = reverse("digitacao:procurar", kwargs={"slug": "aurelia", "pk": guia.pk})
    resposta = cliente.get(endereco, {"campo": CODIGO, "q": "40304361"})
    assert resposta.json() == {
        "opcoes": [
            {
                "rotulo": "40304361",
                "texto": "Hemograma com contagem de plaquetas",
                "detalhe": "18,40",
                "preenche": {
                    f"{LINHA}/procedimento/codigoTabela": "22",
                    CODIGO: "40304361",
                    f"{LINHA}/procedimento/descricaoProcedimento": "Hemograma com contagem de plaquetas",
                },
            }
        ],
        "mais": False,
    }
    assert cliente.get(endereco, {"campo": "nada/disso", "q": "x"}).json() == {"opcoes": [], "mais": False}
    with CaptureQueriesContext(connection) as consultas:
        cliente.get(endereco, {"campo": CARTEIRA, "q": "pessoa"})
    assert any("registrar_acesso" in consulta["sql"] for consulta in consultas)


@pytest.mark.parametrize(("campo", "quantas"), [(CODIGO, 14), (CARTEIRA, 7), (f"{EQUIPE}/nomeProf", 4)])
def test_the_queries_of_a_look_up_do_not_depend_on_what_is_found(dentro: Cenario, campo: str, quantas: int) -> None:
    for numero in range(20):
        usual(dentro, f"9{numero:07}", descricao_busca="pessoa de procedimento")
        profissional(dentro, str(numero), nome=f"Pessoa {numero}")
    with dentro.dentro("aurelia", "digitador"):
        guia = GuiaDigitada.objects.select_related("prestador", "operadora", "convenio").get(pk=comecar(dentro).pk)
        contagens = []
        for texto in ("pessoa", "pessoa inventada", "hemograma", "0009"):
            with CaptureQueriesContext(connection) as consultas:
                procurar(guia, campo, texto)
            contagens.append(len(consultas))
    assert max(contagens) <= quantas, contagens


def test_what_is_contracted_comes_before_what_has_no_price_and_after_the_usual_ones(dentro: Cenario) -> None:
    assert rotulos(dentro, CODIGO, "consulta") == ["10101012", "81000065"]
    with dentro.dentro("pasa", "gestor"):
        tabela = TabelaDePreco.objects.get(operadora=dentro.pasa)
    registro.preco(dentro, tabela, "81000065", "60.00")
    assert rotulos(dentro, CODIGO, "consulta") == ["81000065", "10101012"]
    usual(dentro, "10101012", descricao="Consulta", descricao_busca="consulta")
    assert rotulos(dentro, CODIGO, "consulta") == ["10101012", "81000065"], "what is billed every day stays on top"
