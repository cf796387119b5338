"""A path selects exactly its element and a line is that of its start tag, however the file is written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas.espacos import ANS, DS, NS
from tiss_schemas.exemplos import TIPOS_DE_GUIA, lote_exemplo
from tiss_schemas.leitura import Documento, ler

ABRE = f'<ans:mensagemTISS xmlns:ans="{ANS}">'
FECHA = "</ans:mensagemTISS>"

_NOMES = st.sampled_from(["a", "b", "c", "ds:a", "ds:b", "x:a", "x:b", "nu", "a.b-c"])
_ARVORES = st.recursive(st.just([]), lambda filhos: st.lists(st.tuples(_NOMES, filhos), max_size=5), max_leaves=30)


def _escrita(arvore: list, nivel: int) -> str:
    partes = []
    for nome, filhos in arvore:
        tag = nome if nome.startswith(("ds:", "x:")) or nome == "nu" else f"ans:{nome}"
        quebra = "\n" * (nivel % 3)
        partes.append(f"{quebra}<{tag}>{_escrita(filhos, nivel + 1)}</{tag}>")
    return "".join(partes)


def _confere_caminhos(documento: Documento) -> None:
    arvore = documento.raiz.getroottree()
    for elemento in documento.raiz.iter(etree.Element):
        caminho = documento.caminho(elemento)
        assert arvore.xpath(caminho, namespaces=NS) == [elemento]
        assert documento.no(caminho) is elemento


@settings(deadline=None)
@given(_ARVORES)
def test_caminho_seleciona_exatamente_o_no(arvore: list) -> None:
    xml = f'<ans:mensagemTISS xmlns:ans="{ANS}" xmlns:ds="{DS}" xmlns:x="urn:x">{_escrita(arvore, 0)}{FECHA}'
    _confere_caminhos(ler(xml.encode()))


@settings(deadline=None)
@given(st.sampled_from(TIPOS_DE_GUIA), st.sampled_from(["ans", "ns0", "", "minificado"]))
def test_caminho_e_o_mesmo_com_qualquer_prefixo(tipo: str, escrita: str) -> None:
    original = lote_exemplo(tipo, guias=2).decode("iso-8859-1")
    outro = {
        "ans": original,
        "ns0": original.replace("<ans:", "<ns0:").replace("</ans:", "</ns0:").replace("xmlns:ans", "xmlns:ns0"),
        "": original.replace("<ans:", "<").replace("</ans:", "</").replace("xmlns:ans", "xmlns"),
        "minificado": original.replace(">\n", ">"),
    }[escrita]
    documento = ler(outro.encode("iso-8859-1"))
    _confere_caminhos(documento)
    esperado = ler(original.encode("iso-8859-1"))
    assert [documento.caminho(no) for no in documento.raiz.iter()] == [
        esperado.caminho(no) for no in esperado.raiz.iter()
    ]


def test_caminho_que_nao_e_nosso_nao_leva_a_lugar_nenhum() -> None:
    documento = ler(lote_exemplo("sadt"))
    for caminho in [
        "",
        "/",
        "//ans:hash",
        "ans:hash",
        "/ans:mensagemTISS/ans:nada",
        "/x[1",
        "/*" * 5_000,
        "/ans:a | //*",
    ]:
        assert documento.no(caminho) is None
    assert documento.no("/ans:mensagemTISS") is documento.raiz


def test_linha_e_exata_alem_de_65535() -> None:
    linhas = 70_000
    itens = "".join(f"\n<ans:a>\n<ans:b/>\n<ans:c>{n}</ans:c></ans:a>" for n in range(linhas // 3))
    documento = ler(f"{ABRE}{_em_grupos(itens)}{FECHA}".encode())
    escrito = documento.conteudo.split(b"\n")
    for elemento in documento.raiz.iter(f"{{{ANS}}}c"):
        assert escrito[documento.linha(elemento) - 1].startswith(f"<ans:c>{elemento.text}<".encode())
    ultimo = documento.raiz[-1][-1]
    assert documento.linha(ultimo) > 65_535
    assert documento.linha(ultimo[0]) == documento.linha(ultimo) + 1


def _em_grupos(itens: str) -> str:
    meio = itens.index("\n<ans:a>", len(itens) // 2)
    return f"<ans:g>{itens[:meio]}</ans:g><ans:g>{itens[meio:]}</ans:g>"


def test_linha_nao_se_engana_com_marcas_nem_fins_de_linha() -> None:
    xml = f"{ABRE}\r\n<!-- <ans:falso>\n -->\r<ans:a\n x='1'>\n<![CDATA[<b>\n]]></ans:a>\n<ans:b/>{FECHA}"
    documento = ler(xml.encode())
    assert [documento.linha(no) for no in documento.raiz.iter()] == [1, 4, 8]
    assert documento.conteudo[documento.deslocamento(documento.raiz[1]) :].startswith(b"<ans:b/>")
