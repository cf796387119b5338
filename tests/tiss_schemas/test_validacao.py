"""Each kind of violation of the schema, as the finding that a biller reads.

`ouro/<caso>.xml` is a wrong file and `ouro/<caso>.json` what has to be said of it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.achados import Achado, Severidade, Tipo
from tiss_schemas.caminhos_libxml import CaminhosDaLibxml
from tiss_schemas.edicoes import para_json
from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.exemplos import TIPOS_DE_GUIA, lote_exemplo
from tiss_schemas.leitura import Documento, ler
from tiss_schemas.validacao import validar_estrutura

OURO = sorted((Path(__file__).parent / "ouro").glob("*.xml"))
PROCEDIMENTO = re.compile(rb"<ans:procedimentoExecutado>.*?</ans:procedimentoExecutado>", re.DOTALL)


def _dito(achado: Achado) -> dict[str, Any]:
    dito = {
        campo: getattr(achado, campo)
        for campo in ("tipo", "caminho", "linha", "valor", "esperado", "sugestao", "mensagem")
    }
    return dito | {"conserto": para_json(achado.conserto)}


@pytest.mark.parametrize("arquivo", OURO, ids=lambda arquivo: arquivo.stem)
def test_caso_de_ouro(arquivo: Path) -> None:
    achados = validar_estrutura(ler(arquivo.read_bytes()))
    assert [_dito(achado) for achado in achados] == json.loads(arquivo.with_suffix(".json").read_text("utf-8"))
    assert {(achado.regra, achado.codigo, achado.severidade) for achado in achados} == {
        ("F06", "5002", Severidade.IMPEDITIVA)
    }


@pytest.mark.parametrize("letras", ["x", "é", "xé", "xéé", "xxé"])
@pytest.mark.parametrize("tamanho", [90, 94, 95, 100, 20_000])
@pytest.mark.parametrize("prefixo", [b"ans:", b""])
def test_um_nome_errado_e_achado_por_mais_longo_que_seja(letras: str, tamanho: int, prefixo: bytes) -> None:
    """libxml2 cuts names in its paths, also in the middle of a character: such a file was taken for a valid one."""
    nome = (letras * tamanho)[:tamanho].encode("latin1")
    certo = lote_exemplo("sadt", "4.03.00", itens=3).replace(b"xmlns:ans", b"xmlns:ans" if prefixo else b"xmlns")
    certo = certo if prefixo else certo.replace(b"<ans:", b"<").replace(b"</ans:", b"</")
    documento = ler(certo.replace(prefixo + b"dataExecucao>", prefixo + nome + b">"))
    achados = validar_estrutura(documento)
    errados = documento.raiz.findall(f".//{TAG_ANS}{nome.decode('latin1')}")
    assert len(errados) == 3
    assert {documento.no(achado.caminho) for achado in achados} >= set(errados)
    assert all(len(achado.mensagem) < 1_000 for achado in achados)


def test_o_que_nao_se_sabe_onde_esta_fica_no_que_esta_em_volta() -> None:
    documento = ler(lote_exemplo("sadt", "4.03.00"))
    caminhos = CaminhosDaLibxml(documento.raiz, documento)
    assert caminhos.no("/ans:mensagemTISS/ans:cabecalho/ans:nada/ans:ninguem") is documento.raiz[0]
    assert caminhos.no("") is documento.raiz


def test_ha_um_caso_de_ouro_para_cada_tipo_de_erro() -> None:
    tipos = {dito["tipo"] for arquivo in OURO for dito in json.loads(arquivo.with_suffix(".json").read_text("utf-8"))}
    assert tipos == set(Tipo) - {Tipo.ARQUIVO, Tipo.REGRA}


@pytest.mark.parametrize("arquivo", OURO, ids=lambda arquivo: arquivo.stem)
def test_prefixo_e_comentarios_nao_mudam_o_que_e_dito(arquivo: Path) -> None:
    original = arquivo.read_bytes()
    padrao = original.replace(b"<ans:", b"<").replace(b"</ans:", b"</").replace(b"xmlns:ans", b"xmlns")
    comentado = original.replace(b"<ans:loteGuias>", b"<ans:loteGuias><!-- x -->")
    ditos = [_dito(achado) for achado in validar_estrutura(ler(original))]
    for outro in (padrao, comentado):
        assert [_dito(achado) for achado in validar_estrutura(ler(outro))] == ditos


def test_um_erro_de_conteudo_nao_esconde_os_que_vem_depois_dele() -> None:
    """libxml2 alone stops at the first: the biller would meet the others one upload at a time."""
    lote = lote_exemplo("sadt", guias=2).decode("iso-8859-1")
    errado = re.sub(r"<ans:dadosSolicitacao>.*?</ans:dadosSolicitacao>", "<ans:novo/>", lote, count=1, flags=re.DOTALL)
    errado = re.sub(r"<ans:CNES>[^<]*", "<ans:CNES>12345678", errado, count=1)
    errado = re.sub(r"<ans:reducaoAcrescimo>[^<]*</ans:reducaoAcrescimo>", "", errado, count=1)
    errado = re.sub(r"(<ans:valorTotal>[^<]*</ans:valorTotal>)", r"\1\1", errado, count=1)
    achados = validar_estrutura(ler(errado.encode("iso-8859-1")))
    assert [(achado.tipo, achado.caminho.rpartition("ans:")[2], achado.esperado) for achado in achados] == [
        (Tipo.FALTANDO, "guiaSP-SADT[1]", "dadosSolicitacao"),
        (Tipo.INESPERADO, "novo", None),
        (Tipo.LONGO, "CNES", "de 1 a 7 caracteres"),
        (Tipo.FALTANDO, "procedimentoExecutado", "reducaoAcrescimo"),
        (Tipo.INESPERADO, "valorTotal[2]", "no máximo uma vez"),
    ]


def test_de_um_grupo_vazio_se_diz_uma_coisa_so() -> None:
    errado = PROCEDIMENTO.sub(b"<ans:procedimentoExecutado/>", lote_exemplo("sadt"), count=1)
    assert [achado.tipo for achado in validar_estrutura(ler(errado))] == [Tipo.FALTANDO]


@pytest.mark.parametrize("versao", ["4.02.00", "4.03.00"])
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_arquivo_valido_nao_tem_achados(tipo: str, versao: str) -> None:
    assert validar_estrutura(ler(lote_exemplo(tipo, versao, guias=3, itens=4, maximo=True))) == []


def test_versao_que_nao_esta_a_mao_nao_e_julgada_aqui() -> None:
    documento = ler(lote_exemplo("sadt").replace(b"<ans:Padrao>4.03.00", b"<ans:Padrao>9.99.00"))
    assert validar_estrutura(documento) == []
    assert [achado.caminho for achado in validar_estrutura(documento, "4.03.00")] == [
        "/ans:mensagemTISS/ans:cabecalho/ans:Padrao"
    ]


def _campos(documento: Documento) -> list[etree._Element]:
    return [no for no in documento.raiz.iter() if len(no) == 0 and not no.tag.endswith("}hash")]


@settings(deadline=None)
@given(st.data(), st.sampled_from(TIPOS_DE_GUIA))
def test_todo_campo_estragado_e_achado_no_seu_lugar(dados: st.DataObject, tipo: str) -> None:
    original = ler(lote_exemplo(tipo, guias=2, itens=3, maximo=True))
    campos = _campos(original)
    lugares = dados.draw(st.sets(st.integers(0, len(campos) - 1), min_size=1, max_size=8))
    for lugar in lugares:
        campos[lugar].text = ""
    assume(not any("".join(map(str, pai.itertext())).strip() == "" for pai in original.raiz.iter() if len(pai) > 1))
    documento = ler(etree.tostring(original.raiz))
    nos = _campos(documento)
    esperados = [documento.caminho(nos[lugar]) for lugar in sorted(lugares) if not _aceita_vazio(nos[lugar])]
    assert [achado.caminho for achado in validar_estrutura(documento, "4.03.00")] == esperados


def _aceita_vazio(no: etree._Element) -> bool:
    """base64Binary and the Tabela 38 enumeration accept an empty text."""
    return etree.QName(no).localname in {"identificadorBeneficiario", "falhaNegocio"}


def test_muitos_irmaos_errados_sao_contados_e_so_os_primeiros_listados() -> None:
    lote = lote_exemplo("sadt", itens=1)
    errado = PROCEDIMENTO.sub(b"<ans:procedimentoExecutado/>" * 20_000, lote, count=1)
    *listados, resto = validar_estrutura(ler(errado))
    assert len(listados) == 1_000
    assert {achado.tipo for achado in listados} == {Tipo.FALTANDO}
    assert listados[-1].caminho.endswith("/ans:procedimentoExecutado[1000]")
    assert (resto.severidade, resto.valor) == (Severidade.INFORMATIVA, "19000")


def test_muitos_irmaos_certos_com_poucos_errados_sao_todos_listados() -> None:
    lote = lote_exemplo("sadt", itens=1)
    certo = PROCEDIMENTO.search(lote)
    assert certo is not None
    errado = re.sub(rb"<ans:dataExecucao>[^<]*", b"<ans:dataExecucao>ontem", certo[0])
    achados = validar_estrutura(ler(lote.replace(certo[0], certo[0] * 3_000 + errado)))
    assert [achado.caminho[-24:] for achado in achados] == ["o[3001]/ans:dataExecucao"]


def test_o_esquema_e_compilado_uma_vez() -> None:
    assert catalogo.esquema("4.03.00") is catalogo.esquema("4.03.00")
