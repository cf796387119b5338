"""Corrigir estrutura: every kind of edit, by its button, until the file is imported."""

from __future__ import annotations

import re

from tests.fabrica import Cenario
from tests.uploads.apoio import xml_valido
from tests.uploads.tela_da_estrutura import GUIA, SENHA, TelaDe, importado, salvo, sem
from tiss_schemas.leitura import ler


def test_a_missing_required_field_is_put_in(cenario: Cenario, tela_de: TelaDe) -> None:
    atendimento = f"{GUIA}[2]/ans:dadosAtendimento"
    tela = tela_de(sem(xml_valido(cenario, guias=2), f"{atendimento}/ans:indicacaoAcidente")).abrir()
    assert "Guia 2 · Cobrança SP/SADT · Nº 2" in tela.palavras
    assert "falta: é obrigatório" in tela.palavras
    tela.fazer(f"abrir:{atendimento}+indicacaoAcidente")
    assert 'name="i-campo0"' in tela.texto
    tela.fazer(f"incluir:{atendimento}+indicacaoAcidente", **{"i-campo0": "9"})
    assert "Nada mais impede a importação" in tela.palavras
    assert tela.passos == [[{"tipo": "Incluir", "caminho_pai": atendimento, "nome": "indicacaoAcidente", "valor": "9"}]]
    assert ler(salvo(cenario, tela)).no(f"{atendimento}/ans:indicacaoAcidente").text == "9"
    assert importado(cenario, tela)


def test_a_value_is_edited_with_the_control_of_its_field(cenario: Cenario, tela_de: TelaDe) -> None:
    data = f"{GUIA}/ans:dadosSolicitacao/ans:dataSolicitacao"
    dados = xml_valido(cenario, guias=1)
    antes = ler(dados).no(data).text.encode()
    tela = tela_de(dados.replace(b"dataSolicitacao>" + antes, b"dataSolicitacao>ontem")).abrir(no=data)
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


def test_the_value_that_is_there_already_is_no_step(cenario: Cenario, tela_de: TelaDe) -> None:
    senha = f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    tela = tela_de(xml_valido(cenario, guias=1).replace(b">9</ans:indicacaoAcidente>", b">X</ans:indicacaoAcidente>"))
    tela.abrir(no=senha).fazer(f"valor:{senha}", **{"v-valor": "S0000001"})
    assert (tela.resposta.status_code, tela.passos) == (200, [])


def test_an_unexpected_element_is_removed_moved_or_renamed(cenario: Cenario, tela_de: TelaDe) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    certo = xml_valido(cenario, guias=1)
    errado = certo.replace(SENHA, b"").replace(
        b"<ans:dadosBeneficiario>", b"<ans:Senha>S0000001</ans:Senha><ans:lixo>?</ans:lixo><ans:dadosBeneficiario>"
    )
    tela = tela_de(errado).abrir()
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


def test_an_element_in_the_wrong_group_is_taken_to_the_one_where_it_belongs(cenario: Cenario, tela_de: TelaDe) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    errado = (
        xml_valido(cenario, guias=1)
        .replace(SENHA, b"")
        .replace(b"<ans:dadosBeneficiario>", SENHA + b"<ans:dadosBeneficiario>")
    )
    tela = tela_de(errado).abrir(no=f"{GUIA}/ans:senha")
    assert "Levar para o grupo" in tela.palavras
    tela.fazer(f"levar:{GUIA}/ans:senha", **{"e-destino": autorizacao})
    assert tela.passos == [[{"tipo": "Mover", "caminho": f"{GUIA}/ans:senha", "para": autorizacao}]]
    assert ler(salvo(cenario, tela)).no(f"{autorizacao}/ans:senha").text == "S0000001"
    assert importado(cenario, tela)


def test_an_element_out_of_order_is_put_in_its_place(cenario: Cenario, tela_de: TelaDe) -> None:
    certo = xml_valido(cenario, guias=1)
    data = re.search(rb"<ans:dataAutorizacao>.*?</ans:dataAutorizacao>", certo)
    assert data is not None
    tela = tela_de(certo.replace(data[0], b"").replace(SENHA, SENHA + data[0])).abrir(
        no=f"{GUIA}/ans:dadosAutorizacao/ans:dataAutorizacao"
    )
    assert "Pôr no seu lugar" in tela.palavras
    tela.fazer(f"mover:{GUIA}/ans:dadosAutorizacao/ans:dataAutorizacao")
    assert "Nada mais impede a importação" in tela.palavras
    salvo(cenario, tela)
    assert importado(cenario, tela)


def test_a_block_is_copied_from_another_guide_of_the_file(cenario: Cenario, tela_de: TelaDe) -> None:
    executante = f"{GUIA}[2]/ans:dadosExecutante"
    dados = sem(xml_valido(cenario, guias=2), f"{executante}/ans:CNES", f"{executante}/ans:contratadoExecutante")
    tela = tela_de(dados).abrir(no=executante)
    assert "Copiar da guia" in tela.palavras
    assert "é trocado pelo da guia escolhida" in tela.palavras
    tela.fazer(f"copiar:{executante}", **{"e-guia": "guia-1"})
    assert tela.passos == [[{"tipo": "Copiar", "caminho_pai": f"{GUIA}[2]", "de": f"{GUIA}[1]/ans:dadosExecutante"}]]
    assert "copiar “Dados do executante” da guia 1" in tela.palavras
    salvo(cenario, tela)
    assert importado(cenario, tela)


def test_a_missing_block_is_copied_too(cenario: Cenario, tela_de: TelaDe) -> None:
    tela = tela_de(sem(xml_valido(cenario, guias=2), f"{GUIA}[2]/ans:dadosExecutante"))
    tela.abrir(no=f"{GUIA}[2]+dadosExecutante").fazer(f"copiar:{GUIA}[2]+dadosExecutante", **{"e-guia": "guia-1"})
    assert "Nada mais impede a importação" in tela.palavras


def test_a_missing_block_is_filled_in_with_the_fields_that_it_needs(cenario: Cenario, tela_de: TelaDe) -> None:
    executante = f"{GUIA}+dadosExecutante"
    tela = tela_de(sem(xml_valido(cenario, guias=1), f"{GUIA}/ans:dadosExecutante")).abrir(no=executante)
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


def test_one_more_item_like_another_is_put_beside_it(cenario: Cenario, tela_de: TelaDe) -> None:
    item = f"{GUIA}/ans:procedimentosExecutados/ans:procedimentoExecutado"
    tela = tela_de(sem(xml_valido(cenario, guias=1, itens=1), f"{GUIA}/ans:dadosAtendimento/ans:indicacaoAcidente"))
    tela.abrir(no=item).fazer(f"duplicar:{item}")
    assert "Procedimento executado 2" in tela.palavras


def test_stray_text_and_attributes_go(cenario: Cenario, tela_de: TelaDe) -> None:
    autorizacao = f"{GUIA}/ans:dadosAutorizacao"
    certo = xml_valido(cenario, guias=1)
    errado = certo.replace(b"<ans:dadosAutorizacao>", b'<ans:dadosAutorizacao id="1">solto')
    tela = tela_de(errado).abrir(no=autorizacao)
    assert "Tirar o texto solto “solto”" in tela.palavras
    tela.fazer(f"limpar:{autorizacao}").fazer(f"atributos:{autorizacao}")
    assert salvo(cenario, tela) == certo


def test_the_suggestion_of_a_finding_is_applied(cenario: Cenario, tela_de: TelaDe) -> None:
    data = f"{GUIA}/ans:dadosSolicitacao/ans:dataSolicitacao"
    certo = xml_valido(cenario, guias=1)
    texto = ler(certo).no(data).text
    brasileira = "/".join(reversed(texto.split("-")))
    tela = tela_de(certo.replace(f"dataSolicitacao>{texto}".encode(), f"dataSolicitacao>{brasileira}".encode()))
    tela.abrir(no=data)
    assert "Aplicar a sugestão" in tela.palavras
    tela.fazer(f"sugestao:{data}")
    assert salvo(cenario, tela) == certo
