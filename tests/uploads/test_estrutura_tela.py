"""Corrigir estrutura, the page: steps, parts, refusals, and somebody who saved meanwhile."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.fabrica import Cenario
from tests.uploads.apoio import processar_pendentes, xml_valido
from tests.uploads.tela_da_estrutura import ESCONDIDO, GUIA, Tela, TelaDe, com_o_foco, importado, salvo, sem
from tiss_schemas.edicoes import Remover
from uploads import transicoes
from uploads.models import Versao


def test_steps_are_taken_back_and_put_back(cenario: Cenario, tela_de: TelaDe) -> None:
    senha = f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = tela_de(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    tela.abrir().fazer(f"valor:{senha}", **{"v-valor": "UM"}).fazer(f"remover:{senha}")
    assert len(tela.passos) == 2
    tela.fazer("desfazer:").fazer("desfazer:")
    assert tela.passos == []
    tela.fazer("refazer:")
    assert tela.passos == [[{"tipo": "Valor", "caminho": senha, "valor": "UM"}]]
    tela.fazer(f"remover:{senha}").fazer("refazer:")
    assert [passo[0]["tipo"] for passo in tela.passos] == ["Valor", "Remover"]
    with cenario.dentro("aurelia"):
        assert Versao.objects.count() == 1


def test_what_cannot_be_done_is_said_and_the_other_steps_stay(cenario: Cenario, tela_de: TelaDe) -> None:
    senha = f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = tela_de(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    tela.abrir().fazer(f"remover:{senha}")
    for acao, frase in (
        (f"remover:{senha}", "não está mais no arquivo"),
        ("remover:/ans:mensagemTISS", "não pode ser removido"),
        (f"valor:{GUIA}", "é um grupo"),
        (f"incluir:{GUIA}+inventado", "não está mais no arquivo"),
        (f"copiar:{GUIA}/ans:dadosBeneficiario", "não existe mais"),
        ("numero:", "Nenhuma guia deste arquivo"),
    ):
        tela.fazer(acao)
        assert (tela.resposta.status_code, frase in tela.palavras) == (422, True), acao
        assert len(tela.passos) == 1


@pytest.mark.parametrize(
    "passos", ["", "{", "[[]]", "[1]", '"x"', '[[{"tipo": []}]]', '[[{"tipo": "Valor", "caminho": "/"}]]', "[" * 5_000]
)
def test_steps_that_the_page_did_not_write_are_refused(cenario: Cenario, tela_de: TelaDe, passos: str) -> None:
    tela = tela_de(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    tela.abrir().fazer("desfazer:", passos=passos)
    assert tela.resposta.status_code == 400
    assert "não pôde ser lido" in tela.palavras


def test_when_somebody_saved_meanwhile_the_steps_are_kept_and_the_rest_told(cenario: Cenario, tela_de: TelaDe) -> None:
    atendimento, senha = f"{GUIA}/ans:dadosAtendimento", f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = tela_de(
        sem(xml_valido(cenario, guias=1), f"{atendimento}/ans:indicacaoAcidente", f"{atendimento}/ans:tipoAtendimento")
    )
    tela.abrir().fazer(f"incluir:{atendimento}+indicacaoAcidente", **{"i-campo0": "9"}).fazer(f"remover:{senha}")
    with cenario.dentro("aurelia", "faturista"):
        transicoes.salvar_correcoes(
            arquivo_id=tela.arquivo.pk,
            versao=1,
            edicoes=[Remover(senha)],
            recalcular=False,
            por=cenario.pessoa("faturista", "aurelia"),
        )
    processar_pendentes()
    tela.fazer("salvar:")
    assert tela.resposta.status_code == 409
    assert "salvou correções neste arquivo" in tela.palavras
    assert "Correções que não cabem mais no arquivo" in tela.palavras
    assert [passo[0]["tipo"] for passo in tela.passos] == ["Incluir"]
    assert tela.fazer("salvar:").resposta.status_code == 302


def test_a_file_that_was_imported_meanwhile_is_not_corrected(cenario: Cenario, tela_de: TelaDe) -> None:
    atendimento = f"{GUIA}/ans:dadosAtendimento"
    tela = tela_de(sem(xml_valido(cenario, guias=1), f"{atendimento}/ans:indicacaoAcidente")).abrir()
    outra = (
        Tela(tela.cliente, tela.arquivo).abrir().fazer(f"incluir:{atendimento}+indicacaoAcidente", **{"i-campo0": "9"})
    )
    outra.fazer("salvar:")
    processar_pendentes()
    tela.fazer(f"incluir:{atendimento}+indicacaoAcidente", **{"i-campo0": "9"})
    assert tela.resposta.status_code == 409
    assert "já foi importado" in tela.palavras
    assert tela.abrir().resposta.status_code == 302


def test_a_file_that_cannot_be_read_says_why(tela_de: TelaDe) -> None:
    tela = tela_de(b"<ans:mensagemTISS").abrir()
    assert tela.resposta.status_code == 200
    assert "A estrutura deste arquivo não pode ser mostrada" in tela.palavras


def test_parts_are_gone_to_with_the_steps_at_hand(cenario: Cenario, tela_de: TelaDe) -> None:
    senha = f"{GUIA}[1]/ans:dadosAutorizacao/ans:senha"
    tela = tela_de(sem(xml_valido(cenario, guias=3), f"{GUIA}[3]/ans:dadosAtendimento/ans:indicacaoAcidente"))
    tela.abrir(em="cabecalho")
    assert "Cabeçalho e lote" in tela.palavras
    tela.fazer("ir:guia-1").fazer(f"remover:{senha}").fazer("ir:guia-3")
    assert "Guia 3 · " in tela.palavras
    assert len(tela.passos) == 1
    assert "1 crítica impede a importação" in tela.palavras
    tela.abrir(em="guia-99")
    assert "Guia 3 · " in tela.palavras


def test_of_many_guides_those_with_findings_are_listed_and_the_others_found_by_number(
    cenario: Cenario, tela_de: TelaDe
) -> None:
    tela = tela_de(sem(xml_valido(cenario, guias=80), f"{GUIA}[70]/ans:dadosAtendimento/ans:indicacaoAcidente")).abrir()
    assert "E mais 77 guias" in tela.palavras
    tela.fazer("numero:", numero="5")
    assert "Guia 5 · " in tela.palavras


def test_of_many_items_only_what_is_opened_is_unfolded(cenario: Cenario, tela_de: TelaDe) -> None:
    item = f"{GUIA}/ans:procedimentosExecutados/ans:procedimentoExecutado"
    tela = tela_de(sem(xml_valido(cenario, guias=1, itens=90), f"{item}[3]/ans:valorUnitario")).abrir(em="guia-1")
    assert tela.texto.count('data-no="') < 200
    assert f'data-no="{item}[5]/ans:dataExecucao"' not in tela.texto
    tela.fazer(f"abrir:{item}[5]")
    assert f'data-no="{item}[5]/ans:dataExecucao"' in tela.texto


def test_a_post_of_htmx_gets_only_the_part_of_the_page(cenario: Cenario, tela_de: TelaDe) -> None:
    tela = tela_de(sem(xml_valido(cenario, guias=1), f"{GUIA}/ans:dadosAtendimento/ans:indicacaoAcidente")).abrir()
    escondidos = {nome: html.unescape(valor) for nome, valor in ESCONDIDO.findall(tela.texto)}
    parte = tela.cliente.post(tela.url, escondidos | {"fazer": "fechar:"}, headers={"HX-Request": "true"})
    assert parte.content.decode().strip().startswith('<form class="estrutura" id="estrutura"')
    fim = tela.cliente.post(tela.url, escondidos | {"fazer": "salvar:"}, headers={"HX-Request": "true"})
    assert fim.headers["HX-Redirect"] == f"/aurelia/uploads/arquivos/{tela.arquivo.pk}/"


def test_totals_are_recalculated_when_asked(cenario: Cenario, tela_de: TelaDe) -> None:
    geral = f"{GUIA}/ans:valorTotal/ans:valorTotalGeral"
    certo = xml_valido(cenario, guias=1)
    tela = tela_de(certo.replace(b"<ans:valorTotalGeral>", b"<ans:valorTotalGeral>9")).abrir()
    assert "Nada mais impede a importação" in tela.palavras
    escondidos = {nome: html.unescape(valor) for nome, valor in ESCONDIDO.findall(tela.texto)}
    sem_recalculo = tela.cliente.post(tela.url, escondidos | {"fazer": f"abrir:{geral}"})
    assert "1 crítica impede" in " ".join(re.sub(r"<[^>]+>", " ", sem_recalculo.content.decode()).split())
    assert salvo(cenario, tela) == certo


def test_somebody_else_s_file_is_not_there(cenario: Cenario, tela_de: TelaDe, entrar: Callable[..., Client]) -> None:
    tela = tela_de(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    cliente = entrar(cenario.pessoa("faturista", "boavista"))
    endereco = tela.url.replace("/aurelia/", "/boavista/")
    assert cliente.get(endereco).status_code == 404
    assert cliente.post(endereco, {"fazer": "salvar:"}).status_code == 404


def test_the_focus_goes_on_to_what_stands_where_something_was_removed(cenario: Cenario, tela_de: TelaDe) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    tela = tela_de(sem(xml_valido(cenario, guias=1), f"{GUIA}/ans:dadosAtendimento/ans:indicacaoAcidente")).abrir()
    tela.fazer(f"remover:{autorizacao}/ans:dataAutorizacao")
    assert com_o_foco(tela) == f"{autorizacao}/ans:senha"
    tela.fazer(f"remover:{autorizacao}/ans:senha")
    assert com_o_foco(tela) == autorizacao


def test_a_file_that_lies_about_its_namespace_is_shown_as_it_will_be_saved(cenario: Cenario, tela_de: TelaDe) -> None:
    certo = xml_valido(cenario, guias=1)
    ans = b"http://www.ans.gov.br/padroes/tiss/schemas"
    tela = tela_de(certo.replace(ans, ans + b"/v4")).abrir()
    assert "Nada mais impede a importação" in tela.palavras
    assert salvo(cenario, tela) == certo
    assert importado(cenario, tela)
