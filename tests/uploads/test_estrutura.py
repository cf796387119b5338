"""Corrigir estrutura: every edit is shown and judged at once, and nothing is stored before it is saved."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conecta.arquivos import cofre
from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from tiss_schemas.edicao import Remover, aplicar
from tiss_schemas.leitura import ler
from uploads import transicoes
from uploads.models import Arquivo, Versao

GUIA = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/ans:guiaSP-SADT"
SENHA = b"<ans:senha>S0000001</ans:senha>"
_CAMPO = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')

Incluir = Callable[[bytes], "Tela"]


class Tela:
    """The page as a browser without script has it: its hidden fields go back with the button that is pressed."""

    def __init__(self, cliente: Client, arquivo: Arquivo) -> None:
        self.cliente, self.arquivo = cliente, arquivo
        self.url = f"/aurelia/uploads/arquivos/{arquivo.pk}/estrutura/"
        self.resposta: Any = None

    def abrir(self, **dados: str) -> Tela:
        self.resposta = self.cliente.get(self.url, dados)
        return self

    def fazer(self, acao: str, **dados: str) -> Tela:
        escondidos = {nome: html.unescape(valor) for nome, valor in _CAMPO.findall(self.texto)}
        self.resposta = self.cliente.post(self.url, escondidos | {"fazer": acao, "recalcular": "on"} | dados)
        return self

    @property
    def texto(self) -> str:
        return self.resposta.content.decode()

    @property
    def palavras(self) -> str:
        """The page without its markup."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.texto)).split())

    @property
    def passos(self) -> list[Any]:
        return list(json.loads(html.unescape(dict(_CAMPO.findall(self.texto))["passos"])))


@pytest.fixture
def incluir(cenario: Cenario, faturista: Client) -> Incluir:
    def incluir(dados: bytes) -> Tela:
        enviar(faturista, "aurelia", "lote.xml", dados)
        processar_pendentes()
        with cenario.dentro("aurelia"):
            return Tela(faturista, Arquivo.objects.latest("id"))

    return incluir


def sem(dados: bytes, *caminhos: str) -> bytes:
    return aplicar(dados, [Remover(caminho) for caminho in caminhos]).conteudo


def salvo(cenario: Cenario, tela: Tela) -> bytes:
    """Save, and give the bytes of the new version."""
    assert tela.fazer("salvar:").resposta.status_code == 302, tela.palavras
    with cenario.dentro("aurelia"):
        return cofre.abrir(Versao.objects.get(arquivo=tela.arquivo, numero=2).conteudo_id)


def importado(cenario: Cenario, tela: Tela) -> bool:
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return Arquivo.objects.get(pk=tela.arquivo.pk).situacao == "importado"


def test_a_missing_required_field_is_put_in(cenario: Cenario, incluir: Incluir) -> None:
    atendimento = f"{GUIA}[2]/ans:dadosAtendimento"
    tela = incluir(sem(xml_valido(cenario, guias=2), f"{atendimento}/ans:indicacaoAcidente")).abrir()
    assert "Guia 2 · Cobrança SP/SADT · Nº 2" in tela.palavras
    assert "falta: é obrigatório" in tela.palavras
    tela.fazer(f"abrir:{atendimento}+indicacaoAcidente")
    assert 'name="i-campo0"' in tela.texto
    tela.fazer(f"incluir:{atendimento}+indicacaoAcidente", **{"i-campo0": "9"})
    assert "Nada mais impede a importação" in tela.palavras
    assert tela.passos == [[{"tipo": "Incluir", "caminho_pai": atendimento, "nome": "indicacaoAcidente", "valor": "9"}]]
    assert ler(salvo(cenario, tela)).no(f"{atendimento}/ans:indicacaoAcidente").text == "9"
    assert importado(cenario, tela)


def test_a_value_is_edited_with_the_control_of_its_field(cenario: Cenario, incluir: Incluir) -> None:
    data = f"{GUIA}/ans:dadosSolicitacao/ans:dataSolicitacao"
    dados = xml_valido(cenario, guias=1)
    antes = ler(dados).no(data).text.encode()
    tela = incluir(dados.replace(b"dataSolicitacao>" + antes, b"dataSolicitacao>ontem")).abrir(no=data)
    assert 'data-controle="data"' in tela.texto
    tela.fazer(f"valor:{data}", **{"v-valor": "31/02/2026"})
    assert tela.resposta.status_code == 422
    assert "Esta data não existe" in tela.palavras
    assert tela.passos == []
    tela.fazer(f"valor:{data}", **{"v-valor": f"{antes[8:].decode()}/{antes[5:7].decode()}/{antes[:4].decode()}"})
    assert tela.passos == [[{"tipo": "Valor", "caminho": data, "valor": antes.decode()}]]
    assert "passa a ser" in tela.palavras
    assert salvo(cenario, tela) == dados
    assert importado(cenario, tela)


def test_the_value_that_is_there_already_is_no_step(cenario: Cenario, incluir: Incluir) -> None:
    senha = f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = incluir(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    tela.abrir(no=senha).fazer(f"valor:{senha}", **{"v-valor": "S0000001"})
    assert (tela.resposta.status_code, tela.passos) == (200, [])


def test_an_unexpected_element_is_removed_moved_or_renamed(cenario: Cenario, incluir: Incluir) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    certo = xml_valido(cenario, guias=1)
    errado = certo.replace(SENHA, b"").replace(
        b"<ans:dadosBeneficiario>", b"<ans:Senha>S0000001</ans:Senha><ans:lixo>?</ans:lixo><ans:dadosBeneficiario>"
    )
    tela = incluir(errado).abrir()
    assert tela.palavras.count("fora do padrão aqui") >= 1
    tela.fazer(f"remover:{GUIA}/ans:lixo")
    assert "remover “lixo”" in tela.palavras
    tela.fazer(f"abrir:{GUIA}/ans:Senha")
    assert "Trocar o nome por" in tela.palavras
    tela.fazer(f"renomear:{GUIA}/ans:Senha", **{"e-nome": "observacao"})
    tela.fazer("desfazer:")
    assert len(tela.passos) == 1
    tela.fazer(f"levar:{GUIA}/ans:Senha", **{"e-destino": autorizacao})
    assert "Esta escolha não existe mais" in tela.palavras
    assert tela.resposta.status_code == 422


def test_an_element_in_the_wrong_group_is_taken_to_the_one_where_it_belongs(cenario: Cenario, incluir: Incluir) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    errado = (
        xml_valido(cenario, guias=1)
        .replace(SENHA, b"")
        .replace(b"<ans:dadosBeneficiario>", SENHA + b"<ans:dadosBeneficiario>")
    )
    tela = incluir(errado).abrir(no=f"{GUIA}/ans:senha")
    assert "Levar para o grupo" in tela.palavras
    tela.fazer(f"levar:{GUIA}/ans:senha", **{"e-destino": autorizacao})
    assert tela.passos == [[{"tipo": "Mover", "caminho": f"{GUIA}/ans:senha", "para": autorizacao}]]
    assert ler(salvo(cenario, tela)).no(f"{autorizacao}/ans:senha").text == "S0000001"
    assert importado(cenario, tela)


def test_an_element_out_of_order_is_put_in_its_place(cenario: Cenario, incluir: Incluir) -> None:
    certo = xml_valido(cenario, guias=1)
    data = re.search(rb"<ans:dataAutorizacao>.*?</ans:dataAutorizacao>", certo)
    assert data is not None
    tela = incluir(certo.replace(data[0], b"").replace(SENHA, SENHA + data[0])).abrir(
        no=f"{GUIA}/ans:dadosAutorizacao/ans:dataAutorizacao"
    )
    assert "Pôr no seu lugar" in tela.palavras
    tela.fazer(f"mover:{GUIA}/ans:dadosAutorizacao/ans:dataAutorizacao")
    assert "Nada mais impede a importação" in tela.palavras
    salvo(cenario, tela)
    assert importado(cenario, tela)


def test_a_block_is_copied_from_another_guide_of_the_file(cenario: Cenario, incluir: Incluir) -> None:
    executante = f"{GUIA}[2]/ans:dadosExecutante"
    dados = sem(xml_valido(cenario, guias=2), f"{executante}/ans:CNES", f"{executante}/ans:contratadoExecutante")
    tela = incluir(dados).abrir(no=executante)
    assert "Copiar da guia" in tela.palavras
    assert "é trocado pelo da guia escolhida" in tela.palavras
    tela.fazer(f"copiar:{executante}", **{"e-guia": "guia-1"})
    assert tela.passos == [[{"tipo": "Copiar", "caminho_pai": f"{GUIA}[2]", "de": f"{GUIA}[1]/ans:dadosExecutante"}]]
    assert "copiar “Dados do executante” da guia 1" in tela.palavras
    salvo(cenario, tela)
    assert importado(cenario, tela)


def test_a_missing_block_is_copied_too(cenario: Cenario, incluir: Incluir) -> None:
    tela = incluir(sem(xml_valido(cenario, guias=2), f"{GUIA}[2]/ans:dadosExecutante"))
    tela.abrir(no=f"{GUIA}[2]+dadosExecutante").fazer(f"copiar:{GUIA}[2]+dadosExecutante", **{"e-guia": "guia-1"})
    assert "Nada mais impede a importação" in tela.palavras


def test_a_missing_block_is_filled_in_with_the_fields_that_it_needs(cenario: Cenario, incluir: Incluir) -> None:
    executante = f"{GUIA}+dadosExecutante"
    tela = incluir(sem(xml_valido(cenario, guias=1), f"{GUIA}/ans:dadosExecutante")).abrir(no=executante)
    assert {"CPF do executante", "CNPJ do executante", "Código CNES"} <= set(
        re.findall(r">([^<>]+)</label>", tela.texto)
    )
    tela.fazer(f"incluir:{executante}")
    assert tela.resposta.status_code == 422
    tela.fazer(f"incluir:{executante}", **{"i-campo2": cenario.aurelia.documento, "i-campo3": "9999999"})
    assert [edicao["nome"] for edicao in tela.passos[0]] == [
        "dadosExecutante/contratadoExecutante/cnpjContratado",
        "dadosExecutante/CNES",
    ]
    assert "Nada mais impede a importação" in tela.palavras


def test_one_more_item_like_another_is_put_beside_it(cenario: Cenario, incluir: Incluir) -> None:
    item = f"{GUIA}/ans:procedimentosExecutados/ans:procedimentoExecutado"
    tela = incluir(sem(xml_valido(cenario, guias=1, itens=1), f"{GUIA}/ans:dadosAtendimento/ans:indicacaoAcidente"))
    tela.abrir(no=item).fazer(f"duplicar:{item}")
    assert "Procedimento executado 2" in tela.palavras


def test_stray_text_and_attributes_go(cenario: Cenario, incluir: Incluir) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    certo = xml_valido(cenario, guias=1)
    errado = certo.replace(b"<ans:dadosAutorizacao>", b'<ans:dadosAutorizacao id="1">solto')
    tela = incluir(errado).abrir(no=autorizacao)
    assert "Tirar o texto solto “solto”" in tela.palavras
    tela.fazer(f"limpar:{autorizacao}").fazer(f"atributos:{autorizacao}")
    assert salvo(cenario, tela) == certo


def test_the_suggestion_of_a_finding_is_applied(cenario: Cenario, incluir: Incluir) -> None:
    data = f"{GUIA}/ans:dadosSolicitacao/ans:dataSolicitacao"
    certo = xml_valido(cenario, guias=1)
    texto = ler(certo).no(data).text
    brasileira = "/".join(reversed(texto.split("-")))
    tela = incluir(certo.replace(f"dataSolicitacao>{texto}".encode(), f"dataSolicitacao>{brasileira}".encode()))
    tela.abrir(no=data)
    assert "Aplicar a sugestão" in tela.palavras
    tela.fazer(f"sugestao:{data}")
    assert salvo(cenario, tela) == certo


def test_steps_are_taken_back_and_put_back(cenario: Cenario, incluir: Incluir) -> None:
    senha = f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = incluir(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
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


def test_what_cannot_be_done_is_said_and_the_other_steps_stay(cenario: Cenario, incluir: Incluir) -> None:
    senha = f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = incluir(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
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
def test_steps_that_the_page_did_not_write_are_refused(cenario: Cenario, incluir: Incluir, passos: str) -> None:
    tela = incluir(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    tela.abrir().fazer("desfazer:", passos=passos)
    assert tela.resposta.status_code == 400
    assert "não pôde ser lido" in tela.palavras


def test_when_somebody_saved_meanwhile_the_steps_are_kept_and_the_rest_told(cenario: Cenario, incluir: Incluir) -> None:
    atendimento, senha = f"{GUIA}/ans:dadosAtendimento", f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = incluir(
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


def test_a_file_that_was_imported_meanwhile_is_not_corrected(cenario: Cenario, incluir: Incluir) -> None:
    atendimento = f"{GUIA}/ans:dadosAtendimento"
    tela = incluir(sem(xml_valido(cenario, guias=1), f"{atendimento}/ans:indicacaoAcidente")).abrir()
    outra = (
        Tela(tela.cliente, tela.arquivo).abrir().fazer(f"incluir:{atendimento}+indicacaoAcidente", **{"i-campo0": "9"})
    )
    outra.fazer("salvar:")
    processar_pendentes()
    tela.fazer(f"incluir:{atendimento}+indicacaoAcidente", **{"i-campo0": "9"})
    assert tela.resposta.status_code == 409
    assert "já foi importado" in tela.palavras
    assert tela.abrir().resposta.status_code == 302


def test_a_file_that_cannot_be_read_says_why(incluir: Incluir) -> None:
    tela = incluir(b"<ans:mensagemTISS").abrir()
    assert tela.resposta.status_code == 200
    assert "A estrutura deste arquivo não pode ser mostrada" in tela.palavras


def test_parts_are_gone_to_with_the_steps_at_hand(cenario: Cenario, incluir: Incluir) -> None:
    senha = f"{GUIA}[1]/ans:dadosAutorizacao/ans:senha"
    tela = incluir(sem(xml_valido(cenario, guias=3), f"{GUIA}[3]/ans:dadosAtendimento/ans:indicacaoAcidente"))
    tela.abrir(em="cabecalho")
    assert "Cabeçalho e lote" in tela.palavras
    tela.fazer("ir:guia-1").fazer(f"remover:{senha}").fazer("ir:guia-3")
    assert "Guia 3 · " in tela.palavras
    assert len(tela.passos) == 1
    assert "1 crítica impede a importação" in tela.palavras
    tela.abrir(em="guia-99")
    assert "Guia 3 · " in tela.palavras


def test_of_many_guides_those_with_findings_are_listed_and_the_others_found_by_number(
    cenario: Cenario, incluir: Incluir
) -> None:
    tela = incluir(sem(xml_valido(cenario, guias=80), f"{GUIA}[70]/ans:dadosAtendimento/ans:indicacaoAcidente")).abrir()
    assert "E mais 77 guias" in tela.palavras
    tela.fazer("numero:", numero="5")
    assert "Guia 5 · " in tela.palavras


def test_of_many_items_only_what_is_opened_is_unfolded(cenario: Cenario, incluir: Incluir) -> None:
    item = f"{GUIA}/ans:procedimentosExecutados/ans:procedimentoExecutado"
    tela = incluir(sem(xml_valido(cenario, guias=1, itens=90), f"{item}[3]/ans:valorUnitario")).abrir(em="guia-1")
    assert tela.texto.count('data-no="') < 200
    assert f'data-no="{item}[5]/ans:dataExecucao"' not in tela.texto
    tela.fazer(f"abrir:{item}[5]")
    assert f'data-no="{item}[5]/ans:dataExecucao"' in tela.texto


def test_a_post_of_htmx_gets_only_the_part_of_the_page(cenario: Cenario, incluir: Incluir) -> None:
    tela = incluir(sem(xml_valido(cenario, guias=1), f"{GUIA}/ans:dadosAtendimento/ans:indicacaoAcidente")).abrir()
    escondidos = {nome: html.unescape(valor) for nome, valor in _CAMPO.findall(tela.texto)}
    parte = tela.cliente.post(tela.url, escondidos | {"fazer": "fechar:"}, headers={"HX-Request": "true"})
    assert parte.content.decode().strip().startswith('<form class="estrutura" id="estrutura"')
    fim = tela.cliente.post(tela.url, escondidos | {"fazer": "salvar:"}, headers={"HX-Request": "true"})
    assert fim.headers["HX-Redirect"] == f"/aurelia/uploads/arquivos/{tela.arquivo.pk}/"


def test_totals_are_recalculated_when_asked(cenario: Cenario, incluir: Incluir) -> None:
    geral = f"{GUIA}/ans:valorTotal/ans:valorTotalGeral"
    certo = xml_valido(cenario, guias=1)
    tela = incluir(certo.replace(b"<ans:valorTotalGeral>", b"<ans:valorTotalGeral>9")).abrir()
    assert "Nada mais impede a importação" in tela.palavras
    escondidos = {nome: html.unescape(valor) for nome, valor in _CAMPO.findall(tela.texto)}
    sem_recalculo = tela.cliente.post(tela.url, escondidos | {"fazer": f"abrir:{geral}"})
    assert "1 crítica impede" in " ".join(re.sub(r"<[^>]+>", " ", sem_recalculo.content.decode()).split())
    assert salvo(cenario, tela) == certo


def test_somebody_else_s_file_is_not_there(cenario: Cenario, incluir: Incluir, entrar: Callable[..., Client]) -> None:
    tela = incluir(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    cliente = entrar(cenario.pessoa("faturista", "boavista"))
    endereco = tela.url.replace("/aurelia/", "/boavista/")
    assert cliente.get(endereco).status_code == 404
    assert cliente.post(endereco, {"fazer": "salvar:"}).status_code == 404


def test_the_focus_goes_on_to_what_stands_where_something_was_removed(cenario: Cenario, incluir: Incluir) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    tela = incluir(sem(xml_valido(cenario, guias=1), f"{GUIA}/ans:dadosAtendimento/ans:indicacaoAcidente")).abrir()
    tela.fazer(f"remover:{autorizacao}/ans:dataAutorizacao")
    assert com_o_foco(tela) == f"{autorizacao}/ans:senha"
    tela.fazer(f"remover:{autorizacao}/ans:senha")
    assert com_o_foco(tela) == autorizacao


def test_a_file_that_lies_about_its_namespace_is_shown_as_it_will_be_saved(cenario: Cenario, incluir: Incluir) -> None:
    certo = xml_valido(cenario, guias=1)
    ans = b"http://www.ans.gov.br/padroes/tiss/schemas"
    tela = incluir(certo.replace(ans, ans + b"/v4")).abrir()
    assert "Nada mais impede a importação" in tela.palavras
    assert salvo(cenario, tela) == certo
    assert importado(cenario, tela)


def com_o_foco(tela: Tela) -> str:
    return next(linha for linha in re.findall(r'data-no="([^"]+)"[^>]*autofocus', tela.texto))
