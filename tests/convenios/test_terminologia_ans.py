"""ANS's spreadsheets come in once, close what ends, and never remove."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from conecta.importacao.erros import ArquivoRecusado
from conecta.tenancy.escopo import sistema
from convenios.models import ItemDeDominio, MensagemTiss, Termo
from convenios.terminologia_ans import Mudancas, comparar, importar, ler_edicao

HOJE = date(2026, 11, 22)
CABECALHO = (
    "Código do Termo",
    "Termo",
    INICIO := "Data de início de vigência",
    "Data de fim de vigência",
    "Data de fim de implantação",
)
Linha = tuple[str, str, str, str, str]


@pytest.fixture(autouse=True)
def _plataforma(db: None) -> Iterator[None]:
    with sistema():
        yield


def _csv(*linhas: Linha) -> bytes:
    return "\n".join(";".join(celulas) for celulas in (CABECALHO, *linhas)).encode()


def _termo(codigo: str, termo: str, inicio: str = "01/01/2020", fim: str = "", implantacao: str = "") -> Linha:
    return codigo, termo, inicio, fim, implantacao


def _importar(*linhas: Linha, tabela: str = "22", completa: bool = False) -> Mudancas:
    edicao = ler_edicao(io.BytesIO(_csv(*linhas)), tabela)
    assert not edicao.ruins
    return importar(edicao, rotulo="de teste", completa=completa, hoje=HOJE)


def _termos() -> list[tuple[Any, ...]]:
    return list(Termo.objects.order_by("codigo", "vigencia_inicio").values_list("codigo", "termo", "vigencia_fim"))


def test_new_terms_come_in_with_all_their_dates() -> None:
    _importar(_termo("10101012", "Consulta médica", fim="31/12/2027", implantacao="31/03/2028"))
    (termo,) = Termo.objects.all()
    assert (termo.tabela, termo.termo_busca, termo.edicao.rotulo) == ("22", "consulta medica", "de teste")
    assert (termo.vigencia_fim, termo.fim_implantacao) == (date(2027, 12, 31), date(2028, 3, 31))


def test_the_same_file_again_changes_nothing() -> None:
    assert len(_importar(_termo("1", "Um")).novas) == 1
    outra = _importar(_termo("1", "Um"))
    assert outra.ja_estava
    assert len(_termos()) == 1


def test_what_is_new_changed_closed_and_equal_is_counted_before_anything_is_written() -> None:
    _importar(_termo("1", "Um"), _termo("2", "Dois"), _termo("3", "Três"))
    edicao = ler_edicao(
        io.BytesIO(
            _csv(_termo("1", "Um"), _termo("2", "Dois!"), _termo("3", "Três", fim="31/12/2026"), _termo("4", "Quatro"))
        ),
        "22",
    )
    mudancas = comparar(edicao, completa=False, hoje=HOJE)
    assert [len(lista) for lista in (mudancas.novas, mudancas.mudadas, mudancas.encerradas)] == [1, 1, 1]
    assert mudancas.iguais == 1
    assert len(_termos()) == 3


def test_a_file_of_changes_leaves_the_others_alone_and_a_whole_table_closes_them() -> None:
    _importar(_termo("1", "Um"), _termo("2", "Dois"))
    _importar(_termo("1", "Um!"))
    assert _termos() == [("1", "Um!", None), ("2", "Dois", None)]
    _importar(_termo("1", "Um?"), completa=True)
    assert _termos() == [("1", "Um?", None), ("2", "Dois", HOJE)]


def test_a_code_that_begins_anew_ends_the_day_before() -> None:
    _importar(_termo("1", "Antigo"))
    _importar(_termo("1", "Novo", inicio="01/06/2026"))
    assert _termos() == [("1", "Antigo", date(2026, 5, 31)), ("1", "Novo", None)]


def test_another_table_is_left_alone() -> None:
    _importar(_termo("1", "Um"), tabela="22")
    _importar(_termo("9", "Nove"), tabela="20", completa=True)
    assert _termos() == [("1", "Um", None), ("9", "Nove", None)]


def test_lists_and_messages_come_in_too() -> None:
    _importar(_termo("04", "Consulta"), tabela="50")
    _importar(_termo("1801", "Procedimento inválido"), tabela="38")
    assert ItemDeDominio.objects.get().texto_busca == "consulta"
    mensagem = MensagemTiss.objects.get()
    assert (mensagem.grupo, mensagem.descricao_busca) == ("18", "procedimento invalido")


def test_a_workbook_with_a_title_above_its_headings_is_read() -> None:
    pasta = Workbook()
    folha = pasta.active
    assert folha is not None
    folha.append(["Terminologia Unificada da Saúde Suplementar"])
    folha.append([])
    folha.append(CABECALHO)
    folha.append([10101012, "Consulta", date(2020, 1, 1), None, None])
    arquivo = io.BytesIO()
    pasta.save(arquivo)
    arquivo.seek(0)
    (linha,) = ler_edicao(arquivo, "22").linhas
    assert (linha.codigo, linha.inicio, linha.fim) == ("10101012", date(2020, 1, 1), None)


def test_bad_rows_are_left_out_and_named_with_their_reason() -> None:
    edicao = ler_edicao(
        io.BytesIO(
            _csv(
                _termo("1", "Um"),
                _termo("1", "De novo"),
                _termo("12345678901", "Comprido"),
                _termo("2", "Dois", inicio="31/02/2026"),
                _termo("3", "Três", inicio="02/01/2026", fim="01/01/2026"),
                _termo("", "Sem código"),
            )
        ),
        "22",
    )
    assert [linha.codigo for linha in edicao.linhas] == ["1"]
    assert [ruim.numero for ruim in edicao.ruins] == [3, 4, 5, 6, 7]
    assert all(ruim.motivo.endswith(".") for ruim in edicao.ruins)
    assert [ruim.coluna for ruim in edicao.ruins[:3]] == ["Código do Termo", "Código do Termo", INICIO]
    assert edicao.quantas_ruins == 5


def test_a_file_without_the_columns_of_ans_is_refused() -> None:
    with pytest.raises(ArquivoRecusado):
        ler_edicao(io.BytesIO(b"a;b\n1;2\n"), "22")


def test_the_command_looks_first_and_takes_in_afterwards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arquivo = tmp_path / "tuss.csv"
    arquivo.write_bytes(_csv(_termo("1", "Um")))
    call_command("importar_tuss", str(arquivo), tabela="22", conferir=True)
    assert "1 novo, como 1 Um" in capsys.readouterr().out
    assert not _termos()
    call_command("importar_tuss", str(arquivo), tabela="22")
    call_command("importar_tuss", str(arquivo), tabela="22")
    assert "já foi importado" in capsys.readouterr().out
    with pytest.raises(CommandError, match="não pôde ser aberto"):
        call_command("importar_tuss", str(tmp_path / "nada.csv"), tabela="22")
