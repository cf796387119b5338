"""A correction changes what was corrected and the hash, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.edicao import ErroDeEdicao, Motivo, Mudanca, aplicar
from tiss_schemas.edicoes import Incluir, Mover, Remover, Valor
from tiss_schemas.espacos import NS
from tiss_schemas.exemplos import TIPOS_DE_GUIA, lote_exemplo
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import ler
from tiss_schemas.recusas import ArquivoRecusado

LOTE = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias"
GUIA = f"{LOTE}/ans:guiasTISS/ans:guiaSP-SADT"
CARTEIRA = f"{GUIA}/ans:dadosBeneficiario/ans:numeroCarteira"
HASH = "/ans:mensagemTISS/ans:epilogo/ans:hash"


def folhas(conteudo: bytes) -> dict[str, str]:
    """Text by path of every leaf."""
    documento = ler(conteudo)
    return {documento.caminho(no): no.text or "" for no in documento.raiz.iter(etree.Element) if len(no) == 0}


def recuado(conteudo: bytes) -> bytes:
    """The same message as people indent it, two blanks a level."""
    raiz = etree.fromstring(conteudo)
    etree.indent(raiz)
    return b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + etree.tostring(
        raiz, encoding="iso-8859-1", xml_declaration=False
    )


def sem_linha(conteudo: bytes, trecho: bytes) -> bytes:
    return b"".join(linha for linha in conteudo.splitlines(keepends=True) if trecho not in linha)


def assert_integro(conteudo: bytes) -> None:
    documento = ler(conteudo)
    catalogo.esquema(documento.versao).assertValid(documento.raiz)
    assert conferir(documento).confere_com == "iso-8859-1"


@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_without_corrections_the_file_stays_as_it_is_to_the_byte(tipo):
    conteudo = lote_exemplo(tipo, guias=2, itens=5, maximo=True)
    resultado = aplicar(conteudo, [], recalcular=True)
    assert resultado.conteudo == conteudo
    assert resultado.mudancas == []


TEXTOS_DO_XML = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]), min_size=1, max_size=20
)


@given(dados=st.data(), tipo=st.sampled_from(TIPOS_DE_GUIA), valor=TEXTOS_DO_XML)
def test_a_correction_changes_only_its_field_and_the_hash(dados, tipo, valor):
    conteudo = lote_exemplo(tipo, guias=2, itens=3, maximo=True)
    antes = folhas(conteudo)
    caminho = dados.draw(st.sampled_from([c for c in antes if c != HASH]))
    resultado = aplicar(conteudo, [Valor(caminho, valor)])
    depois = folhas(resultado.conteudo)
    assert depois[caminho] == valor
    assert depois.keys() == antes.keys()
    assert {c for c in antes if antes[c] != depois[c]} <= {caminho, HASH}
    assert conferir(ler(resultado.conteudo)).confere_com == "iso-8859-1"


def test_a_correction_is_told_from_and_to():
    conteudo = lote_exemplo(carteiras=["111"])
    mudancas = aplicar(conteudo, [Valor(CARTEIRA, "222")]).mudancas
    assert mudancas[0] == Mudanca(CARTEIRA, "111", "222", Motivo.EDICAO)
    assert [(m.caminho, m.motivo) for m in mudancas[1:]] == [(HASH, Motivo.HASH)]


def test_a_field_set_to_what_it_holds_is_no_change():
    conteudo = lote_exemplo(carteiras=["111"])
    assert aplicar(conteudo, [Valor(CARTEIRA, "111")]).mudancas == []


def test_a_wrong_hash_is_renewed_and_an_edit_of_the_hash_itself_is_passed_over():
    conteudo = lote_exemplo()
    certo = folhas(conteudo)[HASH]
    estragado = conteudo.replace(certo.encode(), b"0" * 32)
    resultado = aplicar(estragado, [Valor(HASH, "f" * 32)])
    assert resultado.mudancas == [Mudanca(HASH, "0" * 32, certo, Motivo.HASH)]
    assert resultado.conteudo == conteudo


@pytest.mark.parametrize("assinatura", [b"", b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'])
def test_a_message_without_epilogue_gets_one_before_its_signature(assinatura):
    conteudo = lote_exemplo()
    inicio, _, resto = conteudo.partition(b"<ans:epilogo>")
    sem_epilogo = inicio + assinatura + resto.partition(b"</ans:epilogo>\n")[2]
    raiz = ler(aplicar(sem_epilogo, []).conteudo).raiz
    assert raiz.findtext("ans:epilogo/ans:hash", namespaces=NS) == folhas(conteudo)[HASH]
    assert [etree.QName(no).localname for no in raiz[2:]] == ["epilogo", "Signature"][: 2 if assinatura else 1]


@pytest.mark.parametrize(
    ("nome", "valor", "anterior"),
    [
        ("observacao", "Olá & até", "outrasDespesas"),
        ("dadosAutorizacao/numeroGuiaOperadora", "77", None),
        ("dadosSolicitacao/indicacaoClinica", "dor", "caraterAtendimento"),
        ("cabecalhoGuia/guiaPrincipal", "9", "numeroGuiaPrestador"),
    ],
)
def test_a_new_field_goes_where_the_schema_wants_it(nome, valor, anterior):
    resultado = aplicar(lote_exemplo(itens=2), [Incluir(GUIA, nome, valor)])
    caminho = "/".join([GUIA, *(f"ans:{passo}" for passo in nome.split("/"))])
    assert resultado.mudancas[0] == Mudanca(caminho, None, valor, Motivo.INCLUSAO)
    novo = ler(resultado.conteudo).no(caminho)
    assert novo.text == valor
    assert (None if novo.getprevious() is None else etree.QName(novo.getprevious()).localname) == anterior
    assert_integro(resultado.conteudo)


def test_a_missing_group_is_made_with_its_field():
    sem_senha = aplicar(lote_exemplo(), [Remover(f"{GUIA}/ans:dadosAutorizacao")]).conteudo
    resultado = aplicar(sem_senha, [Incluir(GUIA, "dadosAutorizacao/dataAutorizacao", "2026-01-02")])
    assert_integro(resultado.conteudo)


@given(dados=st.data(), tipo=st.sampled_from(TIPOS_DE_GUIA))
def test_a_field_taken_out_and_put_in_again_leaves_the_same_file(dados, tipo):
    """Holds for fields that stand once in their group; which of several was taken out, nobody can know."""
    conteudo = recuado(lote_exemplo(tipo, itens=3, maximo=True))
    documento = ler(conteudo)
    unicas = [
        no
        for no in documento.raiz.iter(etree.Element)
        if len(no) == 0 and len(no.getparent().findall(no.tag)) == 1 and len(no.getparent()) > 1
        if documento.caminho(no) not in (HASH, "/ans:mensagemTISS/ans:cabecalho/ans:Padrao")
    ]
    escolhida = dados.draw(st.sampled_from(unicas))
    sem = aplicar(conteudo, [Remover(documento.caminho(escolhida))])
    pai = documento.caminho(escolhida.getparent())
    com = aplicar(sem.conteudo, [Incluir(pai, etree.QName(escolhida).localname, escolhida.text)])
    assert com.conteudo == conteudo


@pytest.mark.parametrize("nome", ["dataAutorizacao", "senha"])
def test_a_field_taken_out_leaves_no_gap_where_it_was(nome):
    conteudo = recuado(lote_exemplo())
    corrigido = aplicar(conteudo, [Remover(f"{GUIA}/ans:dadosAutorizacao/ans:{nome}")]).conteudo
    assert sem_linha(corrigido, b"ans:hash") == sem_linha(sem_linha(conteudo, b"ans:hash"), nome.encode())


def test_one_more_of_a_repeated_field_goes_after_those_that_are_there():
    saida = f"{LOTE}/ans:guiasTISS/ans:guiaResumoInternacao/ans:dadosSaidaInternacao"
    resultado = aplicar(lote_exemplo("internacao"), [Incluir(saida, "diagnostico", "I10")])
    diagnosticos = ler(resultado.conteudo).raiz.findall(".//ans:diagnostico", NS)
    assert [no.text for no in diagnosticos] == ["K802", "I10"]
    assert resultado.mudancas[0].caminho == f"{saida}/ans:diagnostico[2]"


def test_a_field_taken_out_is_told_with_what_it_held():
    caminho = f"{GUIA}/ans:dadosAutorizacao/ans:senha"
    mudanca = aplicar(lote_exemplo(), [Remover(caminho)]).mudancas[0]
    assert mudanca == Mudanca(caminho, "S0000001", None, Motivo.REMOCAO)


def test_a_field_out_of_order_is_moved_to_its_place():
    conteudo = lote_exemplo()
    senha, data = b"<ans:senha>S0000001</ans:senha>\n", b"<ans:dataAutorizacao>"
    trocado = conteudo.replace(senha, b"").replace(data, senha + data)
    resultado = aplicar(trocado, [Mover(f"{GUIA}/ans:dadosAutorizacao/ans:senha")])
    assert resultado.conteudo == conteudo
    assert resultado.mudancas[0].motivo is Motivo.MOVIMENTO


def test_paths_are_those_of_the_file_before_the_corrections():
    conteudo = lote_exemplo(guias=3, carteiras=["1", "2", "3"])
    edicoes = [Remover(f"{GUIA}[1]"), Valor(CARTEIRA.replace(GUIA, f"{GUIA}[3]"), "nova")]
    carteiras = ler(aplicar(conteudo, edicoes).conteudo).raiz.findall(".//ans:numeroCarteira", NS)
    assert [no.text for no in carteiras] == ["3", "nova"]


@pytest.mark.parametrize(
    ("edicao", "trecho"),
    [
        (Valor(f"{GUIA}[9]/ans:observacao", "x"), "não está mais no arquivo"),
        (Valor("//*[contains(., 'x')]", "x"), "não está mais no arquivo"),
        (Valor(GUIA, "x"), "é um grupo"),
        (Valor(CARTEIRA, "12–34"), "não tem “–”"),
        (Valor(CARTEIRA, "12\x0034"), "caractere de controle"),
        (Incluir(GUIA, "inventado", "x"), "não existe dentro de"),
        (Incluir(GUIA, "dadosAutorizacao/senha", "x"), "já tem “senha”"),
        (Incluir(f"{GUIA}/ans:dadosExecutante/ans:contratadoExecutante", "cpfContratado", "x"), "só pode ter um"),
        (Incluir(GUIA, "a b/<c>", "x"), "não existe dentro de"),
        (Remover("/ans:mensagemTISS"), "não pode ser removido"),
        (Mover("/ans:mensagemTISS"), "não pode ser movido"),
    ],
)
def test_a_correction_that_cannot_be_made_is_refused_with_a_sentence(edicao, trecho):
    with pytest.raises(ErroDeEdicao, match=trecho) as erro:
        aplicar(lote_exemplo(), [edicao])
    assert erro.value.caminho in (getattr(edicao, "caminho", None), getattr(edicao, "caminho_pai", None))


def test_in_an_unknown_version_nothing_can_be_put_in_but_values_can_be_corrected():
    padrao = "/ans:mensagemTISS/ans:cabecalho/ans:Padrao"
    desconhecida = lote_exemplo().replace(b">4.03.00<", b">9.99.00<")
    with pytest.raises(ErroDeEdicao, match="Corrija primeiro a versão"):
        aplicar(desconhecida, [Incluir(GUIA, "observacao", "x")])
    assert_integro(aplicar(desconhecida, [Valor(padrao, "4.03.00")]).conteudo)


def test_a_character_outside_iso_8859_1_that_was_there_is_named_with_its_place():
    conteudo = lote_exemplo(codificacao="UTF-8").replace("Clínica".encode(), "Clínica –".encode())
    with pytest.raises(ErroDeEdicao, match="não tem “–”") as erro:
        aplicar(conteudo, [Valor(CARTEIRA, "1")])
    assert erro.value.caminho == f"{GUIA}/ans:dadosSolicitante/ans:nomeContratadoSolicitante"


@pytest.mark.parametrize("codificacao", ["ISO-8859-1", "UTF-8", "windows-1252"])
def test_the_encoding_stays(codificacao):
    conteudo = lote_exemplo(codificacao=codificacao)
    corrigido = aplicar(conteudo, [Valor(f"{GUIA}/ans:dadosSolicitante/ans:nomeContratadoSolicitante", "São João")])
    assert corrigido.conteudo.startswith(f'<?xml version="1.0" encoding="{codificacao}"?>\n'.encode())
    assert "São João".encode(codificacao) in corrigido.conteudo
    assert_integro(corrigido.conteudo)


@pytest.mark.parametrize(
    "preparar",
    [
        lambda c: c.replace(b"\n", b"\r\n"),
        lambda c: c.replace(b'<?xml version="1.0" encoding="UTF-8"?>\n', b""),
        lambda c: b"\xef\xbb\xbf" + c,
        lambda c: c.replace(b"<ans:epilogo>", b"<!-- fim do lote -->\n<ans:epilogo>"),
        lambda c: c.replace(b"?>\n", b"?>\n<!-- gerado em casa -->\n", 1) + b"<!-- fim -->\n",
        lambda c: c.replace(b"<ans:", b"  <ans:"),
        lambda c: c.replace(b"\n<", b"<"),
        lambda c: c.replace(b"ans:", b"ns0:").replace(b"xmlns:ans", b"xmlns:ns0"),
        lambda c: c.replace(b"ans:", b"").replace(b"xmlns:ans", b"xmlns").replace(b"xmlns:", b"xmlns"),
        lambda c: c.replace(b">22<", b"><![CDATA[22]]><"),
    ],
    ids=[
        "crlf",
        "sem-declaracao",
        "bom",
        "comentario",
        "fora-da-raiz",
        "recuo",
        "uma-linha",
        "ns0",
        "sem-prefixo",
        "cdata",
    ],
)
def test_the_way_the_file_was_written_stays(preparar):
    conteudo = preparar(lote_exemplo(codificacao="UTF-8", carteiras=["111222"]))
    esperado = conteudo.replace(b">111222<", b">333444<")
    corrigido = aplicar(conteudo, [Valor(CARTEIRA, "333444")]).conteudo
    hashes = [folhas(c)[HASH].encode() for c in (corrigido, esperado)]
    assert corrigido == esperado.replace(hashes[1], hashes[0])


def test_a_comment_inside_a_field_goes_when_the_field_is_corrected():
    conteudo = lote_exemplo(carteiras=["111222"]).replace(b"111222", b"111<!-- x -->222")
    mudanca = aplicar(conteudo, [Valor(CARTEIRA, "333")]).mudancas[0]
    assert (mudanca.de, mudanca.para) == ("111222", "333")


def test_a_document_type_is_never_opened():
    conteudo = lote_exemplo().replace(b"?>\n", b'?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n', 1)
    with pytest.raises(ArquivoRecusado):
        aplicar(conteudo, [])
