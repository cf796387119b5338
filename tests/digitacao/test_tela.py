"""The form of a guide: every field has a control with a name people hear, and what it shows is what it was given."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from lotes.estados import TipoDeGuia
from tests.digitacao.apoio import comecar, valores_exemplo
from tests.fabrica import Cenario
from tiss_schemas.achados import Severidade
from uploads.digitacao import juizo, sem_script, transicoes
from uploads.digitacao.ajuda import ajuda_da_ficha
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.formulario import valores_do_envio
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.retomada import inacabadas, ultima_escolha
from uploads.digitacao.tela import tela_da_guia

LINHAS = 60
LIMITE = 0.100
"""Seconds in which a page of that many lines is drawn."""
UMA_LINHA = "procedimentosExecutados/procedimentoExecutado[{}]"
NAO_SAO_CAMPOS = frozenset({"csrfmiddlewaretoken", "revisao"})
TIPOS_E_VERSOES = [(tipo, versao) for tipo in TipoDeGuia.values for versao in ("4.02.00", "4.03.00")]


@pytest.fixture
def digitador(cenario: Cenario, client: Client) -> Client:
    """Somebody of aurelia who types, logged in."""
    client.force_login(cenario.pessoa("digitador", "aurelia"))
    return client


def endereco(guia: GuiaDigitada, nome: str = "guia") -> str:
    return reverse(f"digitacao:{nome}", kwargs={"slug": "aurelia", "pk": guia.pk})


def com_valores(cenario: Cenario, tipo: str, versao: str = "4.03.00", **mais: Any) -> GuiaDigitada:
    """A guide that holds what an example does, as if it had been typed and not judged."""
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario, tipo, versao)
        guia.valores = valores_exemplo(tipo, versao, **mais)
        guia.save()
    return guia


def pagina(cliente: Client, guia: GuiaDigitada, **dados: str) -> Any:
    resposta = cliente.post(endereco(guia), dados) if dados else cliente.get(endereco(guia))
    return html.document_fromstring(resposta.content.decode())


def controles(documento: Any) -> list[Any]:
    """The controls of the form, without those of templates, that a browser would send."""
    achados = documento.xpath("//form[@id='ficha']//*[self::input or self::select or self::textarea][@name]")
    return [c for c in achados if c.get("name") not in NAO_SAO_CAMPOS and not list(c.iterancestors("template"))]


def enviado(documento: Any) -> dict[str, str]:
    """What a browser would send of the form."""
    return {c.get("name"): texto_do(c) for c in controles(documento)}


def texto_do(controle: Any) -> str:
    """What a browser takes for the value of the control: the newline that opens a text area is none of it."""
    if controle.tag == "textarea":
        return (controle.text or "").removeprefix("\n")
    return str(controle.value or "")


@pytest.mark.parametrize(("tipo", "versao"), TIPOS_E_VERSOES)
def test_the_form_sends_back_what_it_shows(cenario: Cenario, digitador: Client, tipo: str, versao: str) -> None:
    guia = com_valores(cenario, tipo, versao, itens=3)
    documento = pagina(digitador, guia)
    assert valores_do_envio(versao, tipo, enviado(documento)) == guia.valores


@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_every_control_has_one_id_and_a_name(cenario: Cenario, digitador: Client, tipo: str) -> None:
    documento = pagina(digitador, com_valores(cenario, tipo))
    ids = Counter(no.get("id") for no in documento.xpath("//*[@id]") if not list(no.iterancestors("template")))
    assert [nome for nome, vezes in ids.items() if vezes > 1] == []
    com_label = {label.get("for") for label in documento.iter("label")}
    sem_nome = [c.get("name") for c in controles(documento) if c.get("id") not in com_label and not c.get("aria-label")]
    assert sem_nome == []
    assert all(c.get("id") == c.get("name") for c in controles(documento))


def test_a_page_of_many_lines_is_drawn_in_time(cenario: Cenario, digitador: Client) -> None:
    guia = com_valores(cenario, TipoDeGuia.SP_SADT, itens=LINHAS)
    with cenario.dentro("aurelia", "digitador"):
        tempos = [_tempo(guia) for _ in range(5)]
    assert min(tempos) < LIMITE, tempos


def _tempo(guia: GuiaDigitada) -> float:
    inicio = time.process_time()
    tela_da_guia(guia, [])
    return time.process_time() - inicio


def test_the_line_that_the_script_copies_leaves_no_position_of_its_own(cenario: Cenario, digitador: Client) -> None:
    documento = pagina(digitador, com_valores(cenario, TipoDeGuia.SP_SADT))
    (modelo,) = documento.xpath("//template[@data-modelo='procedimentosExecutados/procedimentoExecutado']")
    nomes = [c.get("name") for c in modelo.iter("input", "select", "textarea") if c.get("name")]
    assert nomes
    assert all(nome.startswith(UMA_LINHA.format("__n__")) for nome in nomes)
    da_equipe = [nome for nome in nomes if "equipeSadt" in nome]
    assert da_equipe
    assert all("equipeSadt[__m__]" in nome for nome in da_equipe)


def test_a_finding_is_tied_to_its_control_and_linked_from_the_list(cenario: Cenario, digitador: Client) -> None:
    guia = com_valores(cenario, TipoDeGuia.SP_SADT)
    nome = f"{UMA_LINHA.format(1)}/dataExecucao"
    critica = juizo.CriticaDaGuia(
        campo=nome, regra="1", codigo="1", severidade=Severidade.IMPEDITIVA, mensagem="Depois do <fim>."
    )
    guia.criticas, guia.situacao = juizo.para_json([critica]), SituacaoDaGuia.COM_CRITICAS
    with cenario.dentro("aurelia", "digitador"):
        guia.save()
    documento = pagina(digitador, guia)
    (controle,) = [c for c in controles(documento) if c.get("name") == nome]
    assert controle.get("aria-invalid") == "true"
    (dita,) = [no for no in documento.xpath("//*[@id]") if no.get("id") == controle.get("aria-describedby")]
    assert "Depois do <fim>." in dita.text_content()
    (link,) = documento.xpath("//section[@id='criticas']//a[@data-leva-a]")
    assert link.get("data-leva-a") == nome


def test_what_is_not_yet_filled_in_is_no_reproach_before_the_guide_was_saved(
    cenario: Cenario, digitador: Client
) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    assert "Preencha este campo." not in digitador.get(endereco(guia)).content.decode()
    assert "Preencha este campo." in digitador.post(endereco(guia), {"revisao": "1"}).content.decode()


@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_every_number_of_the_form_leads_to_its_help(cenario: Cenario, digitador: Client, tipo: str) -> None:
    guia = com_valores(cenario, tipo)
    ajuda = html.document_fromstring(digitador.get(endereco(guia, "ajuda")).content.decode())
    ids = {no.get("id") for no in ajuda.xpath("//*[@id]")}
    links = pagina(digitador, guia).xpath("//a[@data-ajuda]/@href")
    assert links
    assert {link.partition("#")[2] for link in links} <= ids


def test_the_help_lists_short_lists_and_says_how_long_ones_are_looked_up() -> None:
    entradas = {entrada.id: entrada for _, grupo in ajuda_da_ficha("4.03.00", TipoDeGuia.SP_SADT) for entrada in grupo}
    assert "23 - Exame" in entradas["dadosAtendimento/tipoAtendimento"].opcoes
    cbo = entradas["dadosSolicitante/profissionalSolicitante/CBOS"]
    assert cbo.opcoes == ()
    assert any("F2 procura" in frase for frase in cbo.aceita)


def test_buttons_of_a_line_work_without_script(cenario: Cenario, digitador: Client) -> None:
    guia = com_valores(cenario, TipoDeGuia.SP_SADT, itens=2)
    linha = UMA_LINHA.format(1)
    campos = enviado(pagina(digitador, guia))
    depois = enviado(pagina(digitador, guia, **campos, acao=f"duplicar:{linha}"))
    copia = UMA_LINHA.format(sum(nome.endswith("/procedimento/codigoProcedimento") for nome in campos))
    assert campos[f"{copia}/procedimento/codigoProcedimento"] == "", "the empty line at the end"
    assert depois[f"{copia}/procedimento/codigoProcedimento"] == campos[f"{linha}/procedimento/codigoProcedimento"]
    assert depois[f"{copia}/sequencialItem"] == ""
    depois = enviado(pagina(digitador, guia, **campos, acao=f"tirar:{linha}"))
    assert depois[f"{linha}/dataExecucao"] == "", "only the empty line is left"
    depois = enviado(pagina(digitador, guia, **campos, acao=f"acrescentar:{linha}/equipeSadt"))
    assert any(re.fullmatch(rf"{re.escape(linha)}/equipeSadt\[\d\]/nomeProf", nome) for nome in depois)


def test_a_button_of_a_line_that_is_not_there_changes_nothing() -> None:
    valores = {"a[1]/b": "1"}
    for acao in ("tirar:a[2]", "duplicar:a", "duplicar:a[9]", "acrescentar:x"):
        assert sem_script.aplicar(acao, valores)[0] == valores


def test_who_comes_back_finds_what_was_not_finished_and_the_last_choice(cenario: Cenario) -> None:
    pessoa = cenario.pessoa("digitador", "aurelia")
    with cenario.dentro("aurelia", "digitador"):
        comecar(cenario, TipoDeGuia.CONSULTA)
        guia = comecar(cenario, TipoDeGuia.HONORARIOS)
        assert inacabadas(cenario.aurelia, pessoa) == [], "only opened: nothing to go on with"
        transicoes.guardar(guia=guia, valores={"senha": "1"}, vista=guia.revisao, por=pessoa)
        assert inacabadas(cenario.aurelia, pessoa) == [guia]
        assert ultima_escolha(cenario.aurelia, pessoa) == {
            "convenio": guia.convenio_id,
            "tipo": TipoDeGuia.HONORARIOS,
        }
        assert inacabadas(cenario.aurelia, cenario.pessoa("faturista", "aurelia")) == []


def test_yes_and_no_are_said_in_words(cenario: Cenario, digitador: Client) -> None:
    documento = pagina(digitador, com_valores(cenario, TipoDeGuia.ODONTO))
    nomes = ("procedimentosExecutados[1]/autorizado", "odontoInicial/ct_situacaoInicial/doencaPeriodontal")
    for nome in nomes:
        assert [opcao.text for opcao in documento.get_element_by_id(nome).iter("option")] == [None, "Sim", "Não"]


def test_buttons_of_a_line_say_of_which_grid_it_is(cenario: Cenario, digitador: Client) -> None:
    botoes = pagina(digitador, com_valores(cenario, TipoDeGuia.SP_SADT)).xpath("//table//button[@data-duplicar]")
    nomes = [botao.get("aria-label") for botao in botoes if not list(botao.iterancestors("template"))]
    assert "Duplicar a linha 1 de procedimentos e exames realizados" in nomes
    assert "Duplicar a linha 1 de despesas realizadas" in nomes
    assert len(set(nomes)) == len(nomes)


def test_a_line_without_its_team_is_told_at_the_fields_of_the_team(cenario: Cenario, digitador: Client) -> None:
    guia = com_valores(cenario, TipoDeGuia.HONORARIOS)
    linha = "procedimentosRealizados/procedimentoRealizado[1]"
    guia.valores = {nome: texto for nome, texto in guia.valores.items() if "/profissionais[" not in nome}
    with cenario.dentro("aurelia", "digitador"):
        guia.save()
        faltas = {critica.campo for critica in juizo.julgar_guia(guia).criticas}
    assert f"{linha}/profissionais[1]/nomeProfissional" in faltas
    assert linha not in faltas
    documento = pagina(digitador, guia, **enviado(pagina(digitador, guia)), revisao=str(guia.revisao), acao="salvar")
    assert "falta profissionais" not in documento.text_content()
    assert documento.get_element_by_id(f"{linha}/profissionais[1]/nomeProfissional").get("aria-invalid") == "true"
