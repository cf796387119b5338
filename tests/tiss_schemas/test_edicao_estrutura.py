"""Edits of structure: names, places, copies, stray text and attributes, alone and several on one element."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.tiss_schemas.test_edicao import GUIA, LOTE, assert_integro, recuado
from tiss_schemas.edicao import ErroDeEdicao, Motivo, Mudanca, aplicar, aplicar_passos
from tiss_schemas.edicoes import Copiar, Incluir, LimparTexto, Mover, Reler, Remover, Renomear, RetirarAtributo, Valor
from tiss_schemas.espacos import NS
from tiss_schemas.exemplos import TIPOS_DE_GUIA, lote_exemplo
from tiss_schemas.leitura import ler

AUTORIZACAO = f"{GUIA}/ans:dadosAutorizacao"
BENEFICIARIO = f"{GUIA}/ans:dadosBeneficiario"


def troca(conteudo: bytes, de: bytes, para: bytes) -> bytes:
    """The file with that text changed where it first stands; it must stand there."""
    assert de in conteudo
    return conteudo.replace(de, para, 1)


def sem(conteudo: bytes, caminho: str) -> bytes:
    return aplicar(conteudo, [Remover(caminho)]).conteudo


def test_a_misspelt_element_gets_its_name_and_keeps_its_value() -> None:
    certo = lote_exemplo()
    errado = certo.replace(b"ans:numeroCarteira>", b"ans:NumeroCarteira>")
    resultado = aplicar(errado, [Renomear(f"{BENEFICIARIO}/ans:NumeroCarteira", "numeroCarteira")])
    assert resultado.conteudo == certo
    assert resultado.mudancas[0] == Mudanca(
        f"{BENEFICIARIO}/ans:NumeroCarteira", "NumeroCarteira", "numeroCarteira", Motivo.RENOMEACAO
    )


def test_an_element_of_another_namespace_comes_into_the_one_of_ans() -> None:
    certo = lote_exemplo()
    errado = troca(certo, b"<ans:senha>", b'<senha xmlns="urn:outro">').replace(b"</ans:senha>", b"</senha>")
    conteudo = aplicar(errado, [Renomear(f"{AUTORIZACAO}/*[2]", "senha")]).conteudo
    assert ler(conteudo).raiz.find(".//ans:dadosAutorizacao/ans:senha", NS) is not None
    assert_integro(conteudo)


def test_an_element_is_moved_into_the_group_where_it_belongs() -> None:
    certo = recuado(lote_exemplo())
    linha = next(linha for linha in certo.splitlines(keepends=True) if b"<ans:senha>" in linha)
    errado = troca(
        certo.replace(linha, b""), b"      <ans:dadosBeneficiario>", linha + b"      <ans:dadosBeneficiario>"
    )
    resultado = aplicar(errado, [Mover(f"{GUIA}/ans:senha", AUTORIZACAO)])
    assert resultado.mudancas[0] == Mudanca(f"{GUIA}/ans:senha", None, "guiaSP-SADT/dadosAutorizacao", Motivo.MOVIMENTO)
    assert ler(resultado.conteudo).raiz.findtext(".//ans:dadosAutorizacao/ans:senha", namespaces=NS) == "S0000001"
    assert_integro(resultado.conteudo)


def test_an_element_is_renamed_filled_in_and_moved_at_once() -> None:
    certo = lote_exemplo()
    errado = troca(certo, b"<ans:senha>S0000001</ans:senha>\n", b"")
    errado = troca(errado, b"<ans:dadosBeneficiario>", b"<ans:Senha>?</ans:Senha>\n<ans:dadosBeneficiario>")
    caminho = f"{GUIA}/ans:Senha"
    edicoes = [Mover(caminho, AUTORIZACAO), Valor(caminho, "S0000001"), Renomear(caminho, "senha")]
    resultado = aplicar(errado, edicoes)
    assert resultado.conteudo == certo
    assert [m.motivo for m in resultado.mudancas[:3]] == [Motivo.MOVIMENTO, Motivo.EDICAO, Motivo.RENOMEACAO]


def test_what_is_removed_is_removed_whatever_else_was_asked_of_it() -> None:
    senha = f"{AUTORIZACAO}/ans:senha"
    edicoes = [Remover(senha), Valor(senha, "x"), Mover(senha), Incluir(senha, "y", "z"), Remover(senha)]
    resultado = aplicar(lote_exemplo(), edicoes)
    assert resultado.conteudo == sem(lote_exemplo(), senha)
    assert [m.motivo for m in resultado.mudancas] == [Motivo.REMOCAO, Motivo.HASH]


def test_what_lies_in_a_removed_group_goes_with_it_unless_it_is_moved_elsewhere() -> None:
    certo = lote_exemplo()
    intruso = troca(
        certo, b"<ans:senha>S0000001</ans:senha>", b"<ans:extra><ans:senha>S0000001</ans:senha></ans:extra>"
    )
    extra = f"{AUTORIZACAO}/ans:extra"
    conteudo = aplicar(intruso, [Remover(extra), Mover(f"{extra}/ans:senha", AUTORIZACAO)]).conteudo
    assert ler(conteudo).raiz.findtext(".//ans:dadosAutorizacao/ans:senha", namespaces=NS) == "S0000001"
    assert_integro(conteudo)
    assert aplicar(intruso, [Remover(extra), Valor(f"{extra}/ans:senha", "x")]).conteudo == sem(intruso, extra)


def test_nothing_is_lost_by_a_move_into_what_is_removed() -> None:
    edicoes = [Mover(f"{AUTORIZACAO}/ans:senha", BENEFICIARIO), Remover(BENEFICIARIO)]
    assert aplicar(lote_exemplo(), edicoes).conteudo == sem(lote_exemplo(), BENEFICIARIO)


def test_one_of_a_choice_takes_the_place_of_the_other_in_one_go() -> None:
    contratado = f"{GUIA}/ans:dadosExecutante/ans:contratadoExecutante"
    atual = next(iter(ler(lote_exemplo()).no(contratado)))
    nome = etree.QName(atual).localname
    outro, valor = ("cpfContratado", "52998224725") if nome != "cpfContratado" else ("cnpjContratado", "41208337000176")
    resultado = aplicar(lote_exemplo(), [Incluir(contratado, outro, valor), Remover(f"{contratado}/ans:{nome}")])
    assert_integro(resultado.conteudo)
    assert [m.motivo for m in resultado.mudancas[:2]] == [Motivo.INCLUSAO, Motivo.REMOCAO]


def test_a_group_is_put_in_order_and_gets_back_what_belongs_into_it() -> None:
    certo = lote_exemplo()
    bloco = certo[certo.index(b"<ans:dadosAutorizacao>") : certo.index(b"<ans:dadosBeneficiario>")]
    senha = b"<ans:senha>S0000001</ans:senha>\n"
    errado = certo.replace(bloco, b"").replace(
        b"<ans:dadosSolicitante>", bloco.replace(senha, b"") + senha + b"<ans:dadosSolicitante>"
    )
    edicoes = [Mover(f"{GUIA}/ans:senha", AUTORIZACAO), Mover(AUTORIZACAO)]
    assert_integro(aplicar(errado, edicoes).conteudo)


def test_a_block_is_copied_whole_from_another_guide_in_place_of_the_broken_one() -> None:
    conteudo = lote_exemplo(guias=2)
    de, para = (f"{GUIA}[{n}]" for n in (1, 2))
    quebrado = aplicar(conteudo, [Remover(f"{para}/ans:dadosExecutante/ans:CNES")]).conteudo
    resultado = aplicar(quebrado, [Copiar(para, f"{de}/ans:dadosExecutante")])
    um, outro = ler(resultado.conteudo).raiz.findall(".//ans:dadosExecutante", NS)
    assert etree.tostring(um, with_tail=False) == etree.tostring(outro, with_tail=False)
    assert resultado.mudancas[0] == Mudanca(
        f"{para}/ans:dadosExecutante", None, "guiaSP-SADT[1]/dadosExecutante", Motivo.COPIA
    )
    assert_integro(resultado.conteudo)


def test_a_copy_is_of_the_block_as_it_was() -> None:
    conteudo = lote_exemplo(guias=2)
    cnes = f"{GUIA}[1]/ans:dadosExecutante/ans:CNES"
    antes = ler(conteudo).no(cnes).text
    resultado = aplicar(conteudo, [Valor(cnes, "7654321"), Copiar(f"{GUIA}[2]", f"{GUIA}[1]/ans:dadosExecutante")])
    assert [no.text for no in ler(resultado.conteudo).raiz.findall(".//ans:CNES", NS)] == ["7654321", antes]


def test_where_several_may_stand_the_copy_stands_after_them() -> None:
    itens = f"{GUIA}/ans:procedimentosExecutados"
    conteudo = aplicar(lote_exemplo(itens=2), [Copiar(itens, f"{itens}/ans:procedimentoExecutado[1]")]).conteudo
    assert len(ler(conteudo).raiz.findall(".//ans:procedimentoExecutado", NS)) == (
        len(ler(lote_exemplo(itens=2)).raiz.findall(".//ans:procedimentoExecutado", NS)) + 1
    )
    assert_integro(conteudo)


@pytest.mark.parametrize("recua", [False, True])
def test_stray_text_goes_and_the_indentation_stays(recua: bool) -> None:
    certo = recuado(lote_exemplo()) if recua else lote_exemplo()
    errado = troca(certo, b"<ans:dadosAutorizacao>", b"<ans:dadosAutorizacao>aqui")
    errado = troca(errado, b"</ans:senha>", b"</ans:senha> e ali ")
    resultado = aplicar(errado, [LimparTexto(AUTORIZACAO)])
    assert resultado.conteudo == certo
    assert resultado.mudancas[0] == Mudanca(AUTORIZACAO, "aqui e ali", None, Motivo.LIMPEZA)


def test_brancos_sem_fim_antes_de_texto_solto_nao_demoram() -> None:
    errado = troca(lote_exemplo("sadt"), b"<ans:guiasTISS>", b"<ans:guiasTISS>" + b" " * 500_000 + b"solto ")
    inicio = process_time()
    limpo = aplicar(errado, [LimparTexto(f"{LOTE}/ans:guiasTISS")]).conteudo
    assert b"<ans:guiasTISS>\n<" in limpo
    # Milliseconds; looked through from each of them, it would be half an hour.
    assert process_time() - inicio < 5


def test_an_attribute_goes_whatever_its_namespace() -> None:
    certo = lote_exemplo()
    errado = troca(certo, b"<ans:senha>", b'<ans:senha xmlns:x="urn:x" x:id="7">')
    resultado = aplicar(errado, [RetirarAtributo(f"{AUTORIZACAO}/ans:senha", "id")])
    assert resultado.mudancas[0] == Mudanca(f"{AUTORIZACAO}/ans:senha", "id=7", None, Motivo.ATRIBUTO)
    assert_integro(resultado.conteudo)


def test_of_equal_edits_one_is_made_and_of_two_values_the_last() -> None:
    sem_senha = sem(lote_exemplo(), f"{AUTORIZACAO}/ans:senha")
    uma = Incluir(AUTORIZACAO, "senha", "S0000001")
    assert aplicar(sem_senha, [uma, uma]).conteudo == lote_exemplo()
    mudancas = aplicar(lote_exemplo(), [Valor(f"{AUTORIZACAO}/ans:senha", texto) for texto in "ab"]).mudancas
    assert [(m.de, m.para) for m in mudancas if m.motivo is Motivo.EDICAO] == [("S0000001", "b")]


@pytest.mark.parametrize(
    ("edicao", "trecho"),
    [
        (Renomear(f"{AUTORIZACAO}/ans:senha", "a b"), "não é nome de elemento"),
        (Renomear(f"{AUTORIZACAO}/ans:senha", ""), "não é nome de elemento"),
        (Mover(f"{AUTORIZACAO}/ans:senha", f"{GUIA}[9]"), "não está mais no arquivo"),
        (Mover(f"{AUTORIZACAO}/ans:senha", BENEFICIARIO), "não existe dentro de"),
        (Mover(AUTORIZACAO, AUTORIZACAO), "não pode ir para dentro"),
        (Mover(AUTORIZACAO, f"{AUTORIZACAO}/ans:senha"), "não pode ir para dentro"),
        (Copiar(GUIA, f"{GUIA}[9]/ans:dadosAutorizacao"), "não está mais no arquivo"),
        (Copiar(BENEFICIARIO, AUTORIZACAO), "não existe dentro de"),
        (Copiar(GUIA, "/ans:mensagemTISS"), "não existe dentro de"),
        (RetirarAtributo(AUTORIZACAO, "id"), "não está mais ali"),
        (LimparTexto(f"{GUIA}[9]"), "não está mais no arquivo"),
    ],
)
def test_an_edit_of_structure_that_cannot_be_made_is_refused_with_a_sentence(edicao, trecho) -> None:
    with pytest.raises(ErroDeEdicao, match=trecho):
        aplicar(lote_exemplo(), [edicao])


def test_two_groups_cannot_each_go_into_the_other() -> None:
    with pytest.raises(ErroDeEdicao, match="não pode ir para dentro"):
        aplicar(lote_exemplo(), [Mover(AUTORIZACAO, BENEFICIARIO), Mover(BENEFICIARIO, AUTORIZACAO)])


def test_the_paths_of_a_step_are_those_that_the_step_before_it_left() -> None:
    conteudo = lote_exemplo(guias=3, carteiras=["1", "2", "3"])
    carteira = f"{GUIA}[1]/ans:dadosBeneficiario/ans:numeroCarteira"
    resultado = aplicar_passos(conteudo, [[Remover(f"{GUIA}[1]")], [Valor(carteira, "nova")]])
    carteiras = ler(resultado.conteudo).raiz.findall(".//ans:numeroCarteira", NS)
    assert [no.text for no in carteiras] == ["nova", "1"]
    assert [m.motivo for m in resultado.mudancas] == [Motivo.REMOCAO, Motivo.EDICAO, Motivo.HASH]


@given(dados=st.data(), tipo=st.sampled_from(TIPOS_DE_GUIA))
def test_whatever_is_asked_of_a_message_is_done_or_refused_with_a_sentence(dados, tipo) -> None:
    conteudo = lote_exemplo(tipo, guias=2, itens=2)
    documento = ler(conteudo)
    caminhos = st.sampled_from([documento.caminho(no) for no in documento.raiz.iter(etree.Element)] + ["/", "//x", ""])
    nomes = st.sampled_from(["senha", "dadosBeneficiario", "a b", "", "hash", "x/y", "{u}v"])
    textos = st.text(max_size=5)
    edicao = st.one_of(
        st.builds(Valor, caminhos, textos),
        st.builds(Incluir, caminhos, nomes, textos),
        st.builds(Remover, caminhos),
        st.builds(Mover, caminhos, st.none() | caminhos),
        st.builds(Renomear, caminhos, nomes),
        st.builds(Copiar, caminhos, caminhos),
        st.builds(LimparTexto, caminhos),
        st.builds(RetirarAtributo, caminhos, nomes),
    )
    edicoes = dados.draw(st.lists(edicao, max_size=6))
    frase = ""
    try:
        conteudo = aplicar(conteudo, edicoes).conteudo
    except ErroDeEdicao as erro:
        frase = erro.mensagem
    assert frase.endswith(".") or etree.fromstring(conteudo) is not None


def test_the_group_of_the_lot_keeps_its_guides_when_one_is_copied() -> None:
    conteudo = aplicar(lote_exemplo(guias=2), [Copiar(f"{LOTE}/ans:guiasTISS", f"{GUIA}[1]")]).conteudo
    assert len(ler(conteudo).raiz.findall(".//ans:guiaSP-SADT", NS)) == 3


def test_a_file_that_lies_about_its_namespace_is_written_as_it_was_understood() -> None:
    certo = lote_exemplo()
    errado = certo.replace(
        b"http://www.ans.gov.br/padroes/tiss/schemas", b"http://www.ans.gov.br/padroes/tiss/schemas/v4"
    )
    for edicoes in ([Reler()], []):
        resultado = aplicar(errado, edicoes)
        assert resultado.conteudo == certo
        assert resultado.mudancas == [Mudanca("/", None, None, Motivo.RELEITURA)]
    assert aplicar(certo, [Reler()]).mudancas == []


def test_copias_nao_passam_do_tamanho_de_um_arquivo() -> None:
    guia = lote_exemplo("sadt", guias=1, itens=1_000)
    uma = [Copiar(f"{LOTE}/ans:guiasTISS", f"{LOTE}/ans:guiasTISS/ans:guiaSP-SADT[1]")]
    assert len(aplicar_passos(guia, [uma]).conteudo) > 1.9 * len(guia)
    with pytest.raises(ErroDeEdicao, match="maior do que um arquivo pode ser"):
        aplicar_passos(guia, [uma] * 50)
