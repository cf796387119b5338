"""A convênio as a file: it comes back as it was, and no file, however made, does harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenios import partes as registro
from convenios.cadastro_do_convenio import mudar_convenio
from convenios.copia_do_convenio import copiar, exportar, importar
from convenios.leitura_da_copia import CAMPOS, MAIOR_COPIA, ler_copia
from convenios.logo_do_convenio import ler_logo, trocar_logo
from convenios.models import CoberturaDoPlano, Convenio, LogoDoConvenio, Plano
from convenios.partes import Parte, registrar_parte
from tests.convenios.test_convenios_logo import imagem
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db
CHEIO: dict[str, Any] = {
    "nome": "Completo",
    "razao_social": "Completo S.A.",
    "cnpj": "19131243000197",
    "uf": "MA",
    "cep": "65010000",
    "site": "https://completo.example/",
    "email": "contas@completo.example",
    "vencimento": date(2030, 12, 31),
    "abertos": ["mascara_da_guia"],
    "exige_senha": False,
    "exige_senha_em": ["guiaConsulta", "23"],
    "documentos_por_conselho": {"executante": {"06": "cpf"}, "solicitante": {"08": "cnpj"}},
    "mascara_da_guia": "",
    "mascara_da_guia_principal": "000-0",
    "valor_filme": Decimal("21.7000"),
    "simpro_percentual": Decimal("120.500"),
    "qtd_guia_lote": 500,
    "posicao_profissional": "12",
    "tabela_tiss_taxas": "18",
    "origem": "codigo",
}


@pytest.fixture
def cheio(cenario: Cenario) -> Convenio:
    """The principal convênio of PASA with a bit of everything."""
    with cenario.dentro("pasa", "gestor"):
        quem = cenario.pessoa("gestor", "pasa")
        convenio = Convenio.objects.select_related("operadora").get(principal=True)
        mudar_convenio(convenio=convenio, novos=CHEIO, por=quem)
        trocar_logo(convenio=convenio, logo=ler_logo(imagem()), por=quem)
        plano = Plano.objects.create(
            operadora=cenario.pasa,
            convenio=convenio,
            codigo="P1",
            nome="Ouro",
            segmentacoes=["ambulatorial"],
            inicio=date(2020, 1, 1),
        )
        CoberturaDoPlano.objects.create(
            operadora=cenario.pasa, plano=plano, tabela="22", prefixo="40", coberto=False, carencia_dias=180
        )
        return Convenio.objects.select_related("operadora").get(pk=convenio.pk)


@pytest.fixture
def uma_parte() -> Iterator[list[Any]]:
    """A part of another app, which keeps what it was given."""
    recebidos: list[Any] = []
    parte = Parte(
        nome="tabelas",
        rotulo="Tabelas de preço",
        exportar=lambda convenio: {"tabela": "CBHPM"},
        conferir=lambda operadora, valor: [] if isinstance(valor, dict) else ["Não é um registro."],
        importar=lambda convenio, valor, por: recebidos.append((convenio.nome, valor)),
    )
    registrar_parte(parte)
    yield recebidos
    registro._PARTES.pop("tabelas")


def _bytes(valor: Any) -> bytes:
    return json.dumps(valor).encode()


def test_another_operadora_gets_the_whole_convenio_from_the_file(cenario: Cenario, cheio: Convenio) -> None:
    with cenario.dentro("pasa"):
        arquivo = _bytes(exportar(cheio))
    with cenario.dentro("sulina", "gestor"):
        lido = ler_copia(arquivo, cenario.sulina)
        assert lido.problemas == []
        novo = importar(operadora=cenario.sulina, convenio=None, lido=lido, por=cenario.pessoa("gestor", "sulina"))
        novo = Convenio.objects.get(pk=novo.pk)
        assert {nome: getattr(novo, nome) for nome in CAMPOS} == {nome: getattr(cheio, nome) for nome in CAMPOS}
        assert (novo.codigo, novo.principal) == (2, False)
        assert LogoDoConvenio.objects.get(convenio=novo).largura == 300
        cobertura = CoberturaDoPlano.objects.get(plano__convenio=novo)
        assert (cobertura.prefixo, cobertura.coberto, cobertura.carencia_dias) == ("40", False, 180)
        assert _bytes(exportar(novo)) == arquivo


def test_the_preview_changes_nothing_and_tells_before_and_after(
    cenario: Cenario, client: Client, cheio: Convenio
) -> None:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("pasa"):
        inteiro = exportar(cheio)
    inteiro["convenio"]["telefone"] = "98 4000-0000"
    endereco = reverse("convenios:importar", kwargs={"slug": "pasa"})
    envio = {"arquivo": SimpleUploadedFile("c.json", _bytes(inteiro)), "destino": cheio.pk}
    previa = client.post(endereco, envio)
    assert previa.context["mudancas"] == [("Telefone", "", "98 4000-0000")]
    assert [destino for _, destino, _ in previa.context["planos"]] == ["será atualizado"]
    with cenario.dentro("pasa"):
        assert Convenio.objects.get(pk=cheio.pk).telefone == ""
    feito = client.post(endereco, {"conteudo": previa.context["conteudo"], "destino": cheio.pk})
    assert feito.status_code == 302
    with cenario.dentro("pasa"):
        assert Convenio.objects.get(pk=cheio.pk).telefone == "98 4000-0000"


def test_a_copy_has_all_but_the_planos(cenario: Cenario, cheio: Convenio, uma_parte: list[Any]) -> None:
    with cenario.dentro("pasa", "gestor"):
        copia = copiar(convenio=cheio, nome="Completo 2", por=cenario.pessoa("gestor", "pasa"))
        iguais = [nome for nome in CAMPOS if getattr(copia, nome) == getattr(cheio, nome)]
        assert set(CAMPOS) - set(iguais) == {"nome"}
        assert LogoDoConvenio.objects.filter(convenio=copia).exists()
        assert not copia.planos.exists()
    assert uma_parte == [("Completo 2", {"tabela": "CBHPM"})]


def test_parts_of_other_apps_go_along_and_are_checked(cenario: Cenario, cheio: Convenio, uma_parte: list[Any]) -> None:
    with cenario.dentro("pasa", "gestor"):
        inteiro = exportar(cheio)
        assert inteiro["partes"]["tabelas"] == {"tabela": "CBHPM"}
        inteiro["planos"] = []
        lido = ler_copia(_bytes(inteiro), cenario.pasa)
        importar(operadora=cenario.pasa, convenio=None, lido=lido, por=cenario.pessoa("gestor", "pasa"))
        assert uma_parte == [("Completo", {"tabela": "CBHPM"})]
        inteiro["partes"] = {"tabelas": 3, "outra": 1}
        problemas = ler_copia(_bytes(inteiro), cenario.pasa).problemas
        assert [problema.onde for problema in problemas] == ["partes: outra", "partes: Tabelas de preço"]


@pytest.mark.parametrize(
    ("caminho", "valor", "onde", "frase"),
    [
        (["convenio", "nome"], 7, "convenio: nome", "O valor tem de ser um texto"),
        (["convenio", "cnpj"], "19131243000198", "convenio: cnpj", "não conferem"),
        (["convenio", "exige_senha"], "sim", "convenio: exige_senha", "não é do tipo"),
        (["convenio", "qtd_guia_lote"], True, "convenio: qtd_guia_lote", "não é do tipo"),
        (["convenio", "qtd_guia_lote"], 10**12, "convenio: qtd_guia_lote", "9999"),
        (["convenio", "valor_filme"], "NaN", "convenio: valor_filme", "Valor do filme"),
        (["convenio", "origem"], "qualquer", "convenio: origem", "não é uma opção válida"),
        (["convenio", "exige_senha_em"], ["x"], "convenio: exige_senha_em", "não é tipo de guia"),
        (["convenio", "documentos_por_conselho"], {"x": {}}, "convenio: documentos_por_conselho", "Só documentos"),
        (["convenio", "documentos_por_conselho"], {"executante": [1]}, "convenio: documentos_por_conselho", "Só"),
        (["convenio", "abertos"], ["id"], "convenio: abertos", "Só nomes de configurações"),
        (["convenio", "vencimento"], "1990-01-01", "convenio: vencimento", "anterior ao início"),
        (["convenio", "inicio"], "31/02/2026", "convenio: inicio", "não é uma data"),
        (["convenio", "invasor"], 1, "convenio: invasor", "Este campo não existe"),
        (["segredo"], 1, "arquivo: segredo", "Este campo não existe"),
        (["formato"], "conecta.convenio/9", "formato", "conecta.convenio/1"),
        (["logo"], "%%%", "logo", "base 64"),
        (["logo"], "bmFkYQ==", "logo", "PNG ou JPEG"),
        (["planos"], {"a": 1}, "planos", "lista"),
        (["planos", 0, "codigo"], ["x"], "planos, 1º: codigo", "não é do tipo"),
        (["planos", 0, "fim"], "2019-01-01", "planos, 1º", "anterior ao início"),
        (["planos", 0, "segmentacoes"], ["lunar"], "planos, 1º: segmentacoes", "lunar"),
        (["planos", 0, "coberturas"], [1], "planos, 1º, 1ª cobertura", "Não é um registro"),
    ],
)
def test_every_problem_is_named_with_its_place(
    cenario: Cenario, cheio: Convenio, caminho: list[Any], valor: Any, onde: str, frase: str
) -> None:
    with cenario.dentro("pasa"):
        inteiro = exportar(cheio)
        lugar: Any = inteiro
        for passo in caminho[:-1]:
            lugar = lugar[passo]
        lugar[caminho[-1]] = valor
        problemas = ler_copia(_bytes(inteiro), cenario.pasa, cheio).problemas
    assert [problema.onde for problema in problemas] == [onde]
    assert frase in problemas[0].frase


def test_a_plano_of_another_convenio_is_not_taken_away(cenario: Cenario, cheio: Convenio) -> None:
    with cenario.dentro("pasa"):
        problemas = ler_copia(_bytes(exportar(cheio)), cenario.pasa).problemas
    assert [problema.frase for problema in problemas] == ["O plano P1 já é do convênio Completo, e só pode ser de um."]


@pytest.mark.parametrize(
    "dados",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 500_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        b"[]",
        b"{}",
        b'{"formato": "conecta.convenio/1"}',
        b'{"formato": "conecta.convenio/1", "convenio": {"nome": "\\u0000"}}',
        b'{"formato": "conecta.convenio/1", "convenio": {"nome": "\\ud800"}}',
        b" " * (MAIOR_COPIA + 1),
    ],
    ids=["empty", "binary", "deep list", "deep object", "number", "list", "nothing", "bare", "nul", "surrogate", "big"],
)
def test_a_hostile_file_is_only_a_list_of_problems(cenario: Cenario, dados: bytes) -> None:
    with cenario.dentro("pasa"):
        assert ler_copia(dados, cenario.pasa).problemas


_QUALQUER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda dentro: st.lists(dentro, max_size=3) | st.dictionaries(st.text(max_size=8), dentro, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    valores=st.dictionaries(st.sampled_from(CAMPOS), _QUALQUER, max_size=6),
    planos=_QUALQUER | st.lists(st.dictionaries(st.sampled_from(["codigo", "nome", "coberturas"]), _QUALQUER)),
    logo=_QUALQUER,
)
def test_whatever_stands_in_a_field_reading_does_not_fail(
    cenario: Cenario, valores: dict[str, Any], planos: Any, logo: Any
) -> None:
    inteiro = {"formato": "conecta.convenio/1", "convenio": valores, "planos": planos, "logo": logo, "partes": {}}
    with cenario.dentro("pasa"):
        assert ler_copia(_bytes(inteiro), cenario.pasa).problemas
