"""The register of convênios: who may change it, what each layer decides, and that nobody overwrites somebody else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from convenios.cadastro_do_convenio import (
    NaoPodeSerPrincipal,
    PrincipalNaoPara,
    ativar_convenio,
    criar_convenio,
    desativar_convenio,
    mudar_convenio,
    tornar_principal,
)
from convenios.historia_do_convenio import ultima
from convenios.models import Convenio, MudancaDeConvenio, ParametrosDaOperadora
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def gestor(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    return client


def _endereco(nome: str, codigo: int | None = None, aba: str = "") -> str:
    argumentos: dict[str, Any] = {"slug": "pasa"} | ({"codigo": codigo} if codigo else {})
    return reverse(f"convenios:{nome}", kwargs=argumentos) + (f"?aba={aba}" if aba else "")


def _o_que_a_tela_enviaria(cliente: Client, aba: str, **mudancas: Any) -> dict[str, Any]:
    """What a browser would send of that tab, as it stands, with these changes."""
    form = cliente.get(_endereco("convenio", 1, aba)).context["form"]
    dados: dict[str, Any] = {}
    for campo in form:
        valor = campo.value()
        if isinstance(campo.field, forms.BooleanField):
            dados |= {campo.name: "on"} if valor else {}
        else:
            dados[campo.name] = "" if valor is None else valor
    return dados | mudancas


def _salvar(cliente: Client, aba: str, **mudancas: Any) -> HttpResponse:
    return cliente.post(_endereco("salvar", 1, aba), _o_que_a_tela_enviaria(cliente, aba, **mudancas))


def _principal(cenario: Cenario) -> Convenio:
    with cenario.dentro("pasa"):
        return Convenio.objects.select_related("operadora").get(principal=True)


def test_a_new_convenio_takes_the_next_code_and_inherits_everything(gestor: Client, cenario: Cenario) -> None:
    resposta = gestor.post(_endereco("novo"), {"nome": "PASA Empresas", "modo": "convenio", "inicio": "01012026"})
    assert resposta.headers["Location"] == _endereco("convenio", 2)
    with cenario.dentro("pasa"):
        criado = Convenio.objects.get(codigo=2)
        assert (criado.nome, criado.inicio, criado.principal, criado.exige_senha) == (
            "PASA Empresas",
            date(2026, 1, 1),
            False,
            None,
        )
        assert MudancaDeConvenio.objects.get(convenio=criado).quem_nome == "Gestor da operadora da Silva"


def test_a_contract_does_not_end_before_it_begins(gestor: Client) -> None:
    dados = {"nome": "X", "modo": "convenio", "inicio": "01/02/2026", "vencimento": "01/01/2026"}
    resposta = gestor.post(_endereco("novo"), dados)
    assert resposta.status_code == 422
    assert "não pode vencer antes de começar, em 01/02/2026" in resposta.content.decode()


def test_the_list_finds_by_part_of_the_name_without_accents(gestor: Client, cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        valores = {"nome": "Saúde Básica", "inicio": date(2026, 1, 1), "grupo": "Empresariais"}
        criar_convenio(operadora=cenario.pasa, valores=valores, por=cenario.pessoa("gestor", "pasa"))
    for texto in ("saude basica", "EMPRESARIAIS", "2"):
        achados = gestor.get(_endereco("lista"), {"texto": texto}).context["pagina"].object_list
        assert [convenio.codigo for convenio in achados] == [2]
    vazia = gestor.get(_endereco("lista"), {"texto": "zzz"})
    assert "Nenhum convênio com esses filtros" in vazia.content.decode()


@pytest.mark.parametrize(
    ("vigencia", "codigos"), [("", [1, 2, 3, 4]), ("vigente", [1, 2]), ("vencido", [3]), ("futuro", [4])]
)
def test_the_list_is_filtered_by_the_dates_of_the_contract(
    gestor: Client, cenario: Cenario, vigencia: str, codigos: list[int]
) -> None:
    with cenario.dentro("pasa", "gestor"):
        for inicio, vencimento in (
            (date(2020, 1, 1), date(2099, 1, 1)),
            (date(2020, 1, 1), date(2020, 1, 2)),
            (date(2099, 1, 1), None),
        ):
            valores = {"nome": "X", "inicio": inicio, "vencimento": vencimento}
            criar_convenio(operadora=cenario.pasa, valores=valores, por=cenario.pessoa("gestor", "pasa"))
    achados = gestor.get(_endereco("lista"), {"vigencia": vigencia}).context["pagina"].object_list
    assert [convenio.codigo for convenio in achados] == codigos


@pytest.mark.parametrize("aba", ["dados", "tiss", "precos"])
def test_a_tab_saved_as_it_stands_changes_nothing(gestor: Client, cenario: Cenario, aba: str) -> None:
    with cenario.dentro("pasa", "gestor"):
        mudar_convenio(
            convenio=_principal(cenario),
            novos={
                "exige_senha": False,
                "exige_senha_em": ["guiaConsulta", "23"],
                "documentos_por_conselho": {"executante": {"06": "cpf"}},
                "mascara_da_guia": "",
                "valor_filme": Decimal("1234.5600"),
                "simpro_percentual": Decimal("12.500"),
                "origem": "",
                "abertos": ["mascara_da_guia", "simpro_percentual", "valor_filme"],
            },
            por=cenario.pessoa("gestor", "pasa"),
        )
        antes = MudancaDeConvenio.objects.count()
    resposta = _salvar(gestor, aba)
    assert resposta.status_code == 302, resposta.context["form"].errors
    with cenario.dentro("pasa"):
        assert MudancaDeConvenio.objects.count() == antes


def test_yes_no_and_inherited_are_three_answers(gestor: Client, cenario: Cenario) -> None:
    for escrito, guardado in (("True", True), ("False", False), ("", None)):
        assert _salvar(gestor, "tiss", exige_senha=escrito).status_code == 302
        assert _principal(cenario).exige_senha is guardado


def test_the_page_says_what_would_be_inherited_and_from_whom(gestor: Client, cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        ParametrosDaOperadora.objects.update(exige_senha=True, digitos_da_matricula=15)
    pagina = gestor.get(_endereco("convenio", 1, "tiss")).content.decode()
    assert "Herdar: Sim (operadora)" in pagina
    assert "Herda: 15 (operadora)." in pagina
    assert "Herdar: Não (padrão do Conecta)" in pagina


def test_one_click_gives_a_setting_back_whatever_stands_in_its_field(gestor: Client, cenario: Cenario) -> None:
    _salvar(gestor, "tiss", digitos_da_matricula="16", mascara_da_guia="000000")
    pagina = gestor.get(_endereco("convenio", 1, "tiss")).content.decode()
    assert 'name="herdar" value="digitos_da_matricula"' in pagina
    resposta = _salvar(gestor, "tiss", herdar="digitos_da_matricula", digitos_da_matricula="não é número")
    assert resposta.status_code == 302
    assert (_principal(cenario).digitos_da_matricula, _principal(cenario).mascara_da_guia) == (None, "000000")


@pytest.mark.parametrize("engrenagem", ["exige_senha_em", "documentos_por_conselho"])
def test_one_click_gives_a_gear_back(gestor: Client, cenario: Cenario, engrenagem: str) -> None:
    _salvar(
        gestor,
        "tiss",
        exige_senha_em_modo="estes",
        exige_senha_em=["guiaOdonto"],
        documentos_por_conselho_modo="estes",
        documento_executante_06="cpf",
    )
    assert _principal(cenario).exige_senha_em == ["guiaOdonto"]
    assert _principal(cenario).documentos_por_conselho == {"executante": {"06": "cpf"}}
    _salvar(gestor, "tiss", herdar=engrenagem)
    assert getattr(_principal(cenario), engrenagem) is None


def test_a_gear_without_any_exception_is_asked_about(gestor: Client) -> None:
    resposta = _salvar(gestor, "tiss", exige_senha_em_modo="estes")
    assert resposta.status_code == 422
    assert "Marque ao menos um tipo de guia ou de atendimento" in resposta.content.decode()


def test_what_was_left_to_inherit_is_still_so_after_a_refusal(gestor: Client) -> None:
    form = _salvar(gestor, "tiss", digitos_da_matricula="99").context["form"]
    assert form["origem"].value() == ""
    assert '<option value="" selected data-vale="">Herdar: qualquer uma' in str(form["origem"])


def test_a_list_may_decide_for_nothing_in_particular(gestor: Client, cenario: Cenario) -> None:
    _salvar(gestor, "tiss", origem="-")
    assert _principal(cenario).origem == ""
    form = gestor.get(_endereco("convenio", 1, "tiss")).context["form"]
    assert form["origem"].value() == "-"


def test_a_text_may_be_empty_on_purpose_where_something_would_be_inherited(gestor: Client, cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        ParametrosDaOperadora.objects.update(mascara_da_guia="000-0")
    assert "Deixar em branco" in gestor.get(_endereco("convenio", 1, "tiss")).content.decode()
    _salvar(gestor, "tiss", mascara_da_guia_em_branco="on")
    assert _principal(cenario).mascara_da_guia == ""
    _salvar(gestor, "tiss", herdar="mascara_da_guia")
    assert _principal(cenario).mascara_da_guia is None


def test_what_the_prestador_decides_is_kept_over_all_tabs(gestor: Client, cenario: Cenario) -> None:
    _salvar(gestor, "tiss", abertos=["mascara_da_guia", "ocultar_valores"])
    _salvar(gestor, "dados", abertos=["qtd_exame_guia"])
    assert _principal(cenario).abertos == ["mascara_da_guia", "ocultar_valores", "qtd_exame_guia"]


def test_more_guides_than_the_standard_allows_are_registered_and_said_to_be_capped(
    gestor: Client, cenario: Cenario
) -> None:
    assert _salvar(gestor, "dados", qtd_guia_lote="500").status_code == 302
    assert _principal(cenario).qtd_guia_lote == 500
    pagina = gestor.get(_endereco("convenio", 1, "dados")).content.decode()
    assert "Fica registrado 500, e vale 100" in pagina


@pytest.mark.parametrize(
    ("aba", "campo", "valor", "frase"),
    [
        ("dados", "cnpj", "11.222.333/0001-82", "Os dois últimos dígitos"),
        ("dados", "cnpj", "1122233300018", "O CNPJ tem 14 caracteres, e este tem 13"),
        ("dados", "cep", "7004", "o CEP tem 8 algarismos"),
        ("dados", "uf", "XX", "Faça uma escolha válida"),
        ("dados", "inicio", "31/02/2026", "Esta não é uma data"),
        ("dados", "valor_filme", "dez", "casas depois da vírgula"),
        ("dados", "qtd_guia_lote", "0", "Escreva um número inteiro de 1 a 9999"),
        ("tiss", "registro_ans", "12345", "o registro ANS tem 6 algarismos"),
        ("tiss", "mascara_da_guia", "AB-12", "Use 0 para algarismo"),
        ("tiss", "tolerancia_de_preco", "100,5", "de 0 a 100"),
        ("precos", "simpro_percentual", "-1", "de 0 a 999,999"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_saved(
    gestor: Client, cenario: Cenario, aba: str, campo: str, valor: str, frase: str
) -> None:
    resposta = _salvar(gestor, aba, **{campo: valor})
    assert resposta.status_code == 422
    assert frase in resposta.content.decode()
    with cenario.dentro("pasa"):
        assert not MudancaDeConvenio.objects.exists()


def test_signs_typed_in_numbers_do_not_count(gestor: Client, cenario: Cenario) -> None:
    _salvar(gestor, "dados", cnpj="19.131.243/0001-97", cep="70.040-020", valor_filme="1.234,56")
    convenio = _principal(cenario)
    assert (convenio.cnpj, convenio.cep, convenio.valor_filme) == ("19131243000197", "70040020", Decimal("1234.56"))


def test_a_convenio_that_is_not_billed_says_so(gestor: Client, cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        valores = {"nome": "Balcão", "inicio": date(2026, 1, 1), "modo": "particular"}
        criar_convenio(operadora=cenario.pasa, valores=valores, por=cenario.pessoa("gestor", "pasa"))
    assert "Não é faturado aqui" in gestor.get(_endereco("convenio", 2)).content.decode()


def test_who_only_reads_sees_the_register_and_cannot_change_it(cenario: Cenario, client: Client) -> None:
    client.force_login(cenario.pessoa("analista", "pasa"))
    pagina = client.get(_endereco("convenio", 1, "tiss"))
    assert "quem o muda é o gestor" in pagina.content.decode()
    assert 'type="submit" name="depois"' not in pagina.content.decode()
    assert client.post(_endereco("salvar", 1, "tiss"), {}).status_code == 403


def test_what_another_changed_meanwhile_is_not_overwritten_unseen(gestor: Client, cenario: Cenario) -> None:
    quem = cenario.pessoa("gestor", "pasa")
    dados = _o_que_a_tela_enviaria(gestor, "tiss", digitos_da_matricula="16")
    with cenario.dentro("pasa", "gestor"):
        mudar_convenio(convenio=_principal(cenario), novos={"digitos_da_matricula": 20}, por=quem)
        mudar_convenio(convenio=_principal(cenario), novos={"telefone": "11 4000-0000"}, por=quem)
    resposta = gestor.post(_endereco("salvar", 1, "tiss"), dados)
    assert resposta.status_code == 422
    assert "mudou Quantidade de dígitos da matrícula" in resposta.content.decode()
    assert 'value="16"' in resposta.content.decode()
    form = resposta.context["form"]
    de_novo = dados | {"visto": form["visto"].value()}
    assert gestor.post(_endereco("salvar", 1, "tiss"), de_novo).status_code == 302
    assert _principal(cenario).digitos_da_matricula == 16


def test_the_history_says_who_changed_what_in_words(cenario: Cenario) -> None:
    quem = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        convenio = _principal(cenario)
        assert ultima(convenio) == 0
        novos = {"exige_senha": True, "origem": "cnpj", "cnpj": "19131243000197", "vencimento": date(2026, 12, 31)}
        mudar_convenio(convenio=convenio, novos=novos, por=quem)
        mudar_convenio(convenio=convenio, novos={"exige_senha": None}, por=quem)
        linhas = MudancaDeConvenio.objects.order_by("pk").values_list("campo", "antes", "depois", "quem_nome")
        assert list(linhas) == [
            ("exige_senha", "herdado", "Sim", quem.nome),
            ("origem", "herdado", "CNPJ", quem.nome),
            ("cnpj", "39.419.809/0001-98", "19.131.243/0001-97", quem.nome),
            ("vencimento", "", "31/12/2026", quem.nome),
            ("exige_senha", "Sim", "herdado", quem.nome),
        ]


def test_there_is_always_one_principal_that_is_billed(cenario: Cenario) -> None:
    quem = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        antigo = _principal(cenario)
        valores = {"nome": "Novo", "inicio": date(2026, 1, 1)}
        novo = criar_convenio(operadora=cenario.pasa, valores=valores, por=quem)
        for proibido in (
            lambda: desativar_convenio(convenio=antigo, por=quem),
            lambda: mudar_convenio(convenio=antigo, novos={"modo": "sus"}, por=quem),
        ):
            with pytest.raises(PrincipalNaoPara):
                proibido()
        tornar_principal(convenio=novo, por=quem)
        assert list(Convenio.objects.filter(principal=True)) == [novo]
        desativar_convenio(convenio=antigo, por=quem)
        with pytest.raises(NaoPodeSerPrincipal):
            tornar_principal(convenio=antigo, por=quem)
        ativar_convenio(convenio=antigo, por=quem)
        assert Convenio.objects.get(pk=antigo.pk).ativo
