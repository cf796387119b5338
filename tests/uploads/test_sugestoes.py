"""Suggestions applied to a file on disk: what they mend is mended, what only a person knows is left and told."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tiss_schemas.exemplos import TIPOS_DE_GUIA, lote_exemplo
from uploads import sugestoes
from uploads.sugestoes import aplicar_sugestoes
from uploads.veredito import julgar

DATA = re.compile(rb"(<ans:dataExecucao>)(\d{4})-(\d\d)-(\d\d)")


def com_datas_brasileiras(conteudo: bytes) -> bytes:
    return DATA.sub(rb"\1\4/\3/\2", conteudo)


def com_letra(conteudo: bytes) -> bytes:
    """A code that no list has: nobody but a person can know which one was meant."""
    return conteudo.replace(b"<ans:indicacaoAcidente>9<", b"<ans:indicacaoAcidente>X<", 1)


def corrigir(*argumentos: str) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    saida, erros = StringIO(), StringIO()
    try:
        call_command("tiss_corrigir", *argumentos, stdout=saida, stderr=erros)
    except CommandError as erro:
        return erro.returncode, saida.getvalue(), str(erro)
    except SystemExit as fim:
        return int(str(fim.code)), saida.getvalue(), erros.getvalue()
    return 0, saida.getvalue(), erros.getvalue()


@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_a_file_in_order_stays_as_it_is(tipo: str) -> None:
    conteudo = lote_exemplo(tipo, maximo=True)
    sugerido = aplicar_sugestoes(conteudo, "lote.xml", recalcular=True)
    assert (sugerido.conteudo, sugerido.mudancas, sugerido.achados) == (conteudo, [], ())


def test_every_suggestion_of_every_guide_is_applied() -> None:
    certo = lote_exemplo(guias=3, itens=4)
    sugerido = aplicar_sugestoes(com_datas_brasileiras(certo), "lote.xml")
    assert sugerido.conteudo == certo
    assert {(m.de, m.para) for m in sugerido.mudancas if m.motivo == "edicao"} <= {
        (f"{d}/{m}/{a}", f"{a}-{m}-{d}")
        for a, m, d in (no.decode().split("-") for no in re.findall(rb"\d{4}-\d\d-\d\d", certo))
    }


def test_what_a_mended_file_shows_is_mended_in_the_next_round() -> None:
    """While a date of an item cannot be read the schema speaks; the sum that is wrong too is seen to all the same."""
    errado = com_datas_brasileiras(lote_exemplo(itens=2)).replace(b"<ans:valorTotalGeral>", b"<ans:valorTotalGeral> 1")
    sugerido = aplicar_sugestoes(errado, "lote.xml", recalcular=True)
    assert sugerido.veredito.valido
    assert sugerido.achados == julgar(sugerido.conteudo, "lote.xml").achados == ()


def test_what_only_a_person_knows_is_left() -> None:
    sugerido = aplicar_sugestoes(com_letra(com_datas_brasileiras(lote_exemplo())), "lote.xml")
    assert [achado.valor for achado in sugerido.achados] == ["X"]
    assert not sugerido.veredito.valido


@pytest.mark.parametrize("conteudo", [b"", b"%PDF-1.7", b"<a/>", lote_exemplo()[:900]])
def test_what_cannot_be_read_comes_back_as_it_is(conteudo: bytes) -> None:
    sugerido = aplicar_sugestoes(conteudo, "lote.xml")
    assert sugerido.conteudo == conteudo
    assert sugerido.achados


def test_the_rounds_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sugestoes, "RODADAS", 0)
    assert aplicar_sugestoes(com_datas_brasileiras(lote_exemplo())).mudancas == []


def test_the_command_writes_the_mended_file_and_says_what_it_did(tmp_path: Path) -> None:
    entrada, saida = tmp_path / "lote.xml", tmp_path / "corrigido.xml"
    entrada.write_bytes(com_datas_brasileiras(lote_exemplo()))
    codigo, texto, _ = corrigir(str(entrada), "--aplicar-sugestoes", "--saida", str(saida))
    assert codigo == 0
    assert saida.read_bytes() == lote_exemplo()
    assert "válido · " in texto
    assert "guia 1/procedimentosExecutados/procedimentoExecutado/dataExecucao: 01/01/2026 → 2026-01-01" in texto


def test_the_command_says_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "lote.xml").write_bytes(com_letra(lote_exemplo()))
    codigo, texto, _ = corrigir(str(tmp_path / "lote.xml"), "--aplicar-sugestoes", "--saida", str(tmp_path / "x.xml"))
    assert codigo == 1
    assert "Ainda há o que corrigir" in texto
    assert "(indicacaoAcidente) tem o valor “X”" in texto


def test_totals_alone_can_be_recalculated(tmp_path: Path) -> None:
    errado = com_datas_brasileiras(lote_exemplo()).replace(b"<ans:valorTotalGeral>", b"<ans:valorTotalGeral>1")
    (tmp_path / "lote.xml").write_bytes(errado)
    codigo, _, _ = corrigir(str(tmp_path / "lote.xml"), "--recalcular", "--saida", str(tmp_path / "x.xml"))
    assert codigo == 1
    assert re.search(rb"<ans:dataExecucao>\d\d/", (tmp_path / "x.xml").read_bytes())
    assert (
        b"<ans:valorTotalGeral>1" + lote_exemplo().split(b"valorTotalGeral>")[1][:3]
        not in (tmp_path / "x.xml").read_bytes()
    )


def test_several_files_go_into_a_folder_and_what_is_no_xml_is_not_written(tmp_path: Path) -> None:
    for nome, dados in (("a.xml", com_datas_brasileiras(lote_exemplo())), ("b.xml", b"%PDF-1.7")):
        (tmp_path / nome).write_bytes(dados)
    codigo, texto, _ = corrigir(
        str(tmp_path / "a.xml"), str(tmp_path / "b.xml"), "--aplicar-sugestoes", "--saida", str(tmp_path / "fora")
    )
    assert codigo == 1
    assert "b.xml: inválido · nada mudou · não foi escrito" in texto
    assert [arquivo.name for arquivo in (tmp_path / "fora").iterdir()] == ["a.xml"]


def test_nothing_is_written_over_the_input_nor_over_another_file_unasked(tmp_path: Path) -> None:
    entrada, outro = tmp_path / "lote.xml", tmp_path / "outro.xml"
    entrada.write_bytes(com_datas_brasileiras(lote_exemplo()))
    outro.write_bytes(b"meu")
    sobre_si = corrigir(str(entrada), "--aplicar-sugestoes", "--substituir", "--saida", str(tmp_path / "x/../lote.xml"))
    assert sobre_si[0] == 2
    assert "nunca é alterado" in sobre_si[2]
    recusado = corrigir(str(entrada), "--aplicar-sugestoes", "--saida", str(outro))
    assert recusado[0] == 2
    assert "--substituir" in recusado[2]
    assert outro.read_bytes() == b"meu"
    assert corrigir(str(entrada), "--aplicar-sugestoes", "--substituir", "--saida", str(outro))[0] == 0
    assert outro.read_bytes() == lote_exemplo()


def test_wrong_use_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for lugar in (tmp_path / "lote.xml", tmp_path / "a" / "lote.xml"):
        lugar.write_bytes(lote_exemplo())
    um, outro, fora = str(tmp_path / "lote.xml"), str(tmp_path / "a" / "lote.xml"), str(tmp_path / "fora")
    assert "Diga o que fazer" in corrigir(um, "--saida", fora)[2]
    assert "Dois arquivos se chamam" in corrigir(um, outro, "--recalcular", "--saida", fora)[2]
    assert "não é uma pasta" in corrigir(um, um, "--recalcular", "--saida", um)[2]
    codigo, _, erros = corrigir(str(tmp_path / "nada.xml"), "--recalcular", "--saida", fora)
    assert (codigo, "não existe" in erros) == (2, True)
