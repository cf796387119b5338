"""The command over files on disk, as a script would call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.fabrica import CARTEIRAS, PASA, Cenario
from tests.uploads.regras.apoio import editado, troca
from tiss_schemas.exemplos import cnpj_valido, lote_exemplo
from uploads.management.commands.tiss_validar import Command

CHAVES = {"arquivo", "valido", "versao", "tipo_guia", "guias", "achados"}
CHAVES_DO_ACHADO = {
    "regra", "codigo", "severidade", "mensagem", "caminho", "linha", "valor", "esperado", "sugestao",
}  # fmt: skip


@pytest.fixture
def arquivos(tmp_path: Path) -> Path:
    """A folder with a file in order, one that is not, and one that is no XML."""
    (tmp_path / "certo.xml").write_bytes(lote_exemplo("consulta", "4.02.00", guias=2))
    errado = editado(lote_exemplo(), [troca("valorTotal/valorTotalGeral", "1.00")])
    (tmp_path / "errado.xml").write_bytes(errado)
    (tmp_path / "pdf.xml").write_bytes(b"%PDF-1.7")
    return tmp_path


def _sem_banco(pasta: Path, *argumentos: str) -> subprocess.CompletedProcess[str]:
    """Run the real command where there is no database, no secret and no embedded server."""
    ambiente = {nome: valor for nome, valor in os.environ.items() if nome in {"PATH", "HOME", "LANG", "PYTHONPATH"}}
    ambiente |= {"DATABASE_URL": "postgres://ninguem@127.0.0.1:1/nada", "PYTHONUTF8": "1"}
    comando = [sys.executable, str(settings.BASE_DIR / "manage.py"), "tiss_validar", *argumentos]
    return subprocess.run(comando, cwd=pasta, env=ambiente, capture_output=True, text=True, check=False, timeout=60)


def test_many_files_without_a_database_give_one_object_each(arquivos: Path) -> None:
    resultado = _sem_banco(arquivos, "certo.xml", "errado.xml", "pdf.xml", "--sem-cadastro", "--formato", "json")
    assert resultado.returncode == 1
    assert resultado.stderr == ""
    certo, errado, pdf = map(json.loads, resultado.stdout.splitlines())
    assert certo == {
        "arquivo": "certo.xml", "valido": True, "versao": "4.02.00",
        "tipo_guia": "guiaConsulta", "guias": 2, "achados": [],
    }  # fmt: skip
    assert set(errado) == CHAVES
    (achado,) = errado["achados"]
    assert set(achado) == CHAVES_DO_ACHADO
    assert (achado["regra"], achado["codigo"], achado["severidade"]) == ("S01", "5042", "impeditiva")
    assert achado["caminho"].endswith("/ans:guiaSP-SADT/ans:valorTotal/ans:valorTotalGeral")
    assert achado["sugestao"] == achado["esperado"] != achado["valor"] == "1.00"
    assert (pdf["versao"], pdf["tipo_guia"], pdf["guias"], pdf["valido"]) == (None, None, 0, False)


def test_a_path_that_cannot_be_read_does_not_stop_the_others_and_is_the_worst(arquivos: Path) -> None:
    resultado = _sem_banco(arquivos, "nada.xml", ".", "certo.xml", "--sem-cadastro")
    assert resultado.returncode == 2
    assert "certo.xml: válido · TISS 4.02.00 · Consulta, 2 guias" in resultado.stdout
    assert "nada.xml: não foi possível ler o arquivo (não existe)." in resultado.stderr
    assert ".: não foi possível ler o arquivo (é uma pasta)." in resultado.stderr


@pytest.mark.parametrize(
    "argumentos", ["", "a.xml --formato xml", "a.xml --operadora 12", "a.xml --prestador x", "a.xml --outra"]
)
def test_wrong_arguments_end_with_2(argumentos: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as fim:
        Command().run_from_argv(["manage.py", "tiss_validar", *argumentos.split()])
    assert fim.value.code == 2
    assert "usage: manage.py tiss_validar" in capsys.readouterr().err


def test_a_register_that_does_not_answer_is_said_in_a_sentence(arquivos: Path) -> None:
    resultado = _sem_banco(arquivos, "certo.xml")
    assert resultado.returncode == 2
    assert "--sem-cadastro" in resultado.stderr
    assert "Traceback" not in resultado.stderr


def test_the_operadora_chosen_is_judged_without_a_register_too(arquivos: Path) -> None:
    resultado = _sem_banco(arquivos, "certo.xml", "--sem-cadastro", "--operadora", "354317", "--formato", "json")
    assert [achado["regra"] for achado in json.loads(resultado.stdout)["achados"]] == ["H02"]


def _com_cadastro(*argumentos: str) -> tuple[int, list[dict[str, Any]]]:
    saida = StringIO()
    codigo = 0
    try:
        call_command("tiss_validar", *argumentos, "--formato", "json", stdout=saida)
    except SystemExit as fim:
        codigo = int(fim.code or 0)
    return codigo, [json.loads(linha) for linha in saida.getvalue().splitlines()]


def _regras(objeto: dict[str, Any]) -> list[str]:
    return [achado["regra"] for achado in objeto["achados"]]


def test_the_register_is_that_of_the_file_s_own_sender(cenario: Cenario, tmp_path: Path) -> None:
    arquivo = tmp_path / "lote.xml"
    carteiras = [CARTEIRAS[PASA].format(0)]
    arquivo.write_bytes(lote_exemplo(cnpj=cenario.aurelia.documento, carteiras=carteiras, data=_hoje()))
    assert _com_cadastro(str(arquivo)) == (0, [_em_ordem(arquivo)])
    codigo, (objeto,) = _com_cadastro(str(arquivo), "--prestador", "19.131.243/0001-97")
    assert (codigo, _regras(objeto)) == (1, ["H06"])


def test_a_sender_identified_by_its_code_is_found_through_the_operadora(cenario: Cenario, tmp_path: Path) -> None:
    arquivo = tmp_path / "lote.xml"
    origem = "origem/identificacaoPrestador"
    conteudo = lote_exemplo(cnpj=cenario.aurelia.documento, carteiras=[CARTEIRAS[PASA].format(0)], data=_hoje())
    inicio, fim = f"<ans:CNPJ>{cenario.aurelia.documento}</ans:CNPJ>", "codigoPrestadorNaOperadora"
    trocado = conteudo.replace(inicio.encode(), f"<ans:{fim}>{cenario.aurelia.documento}</ans:{fim}>".encode(), 1)
    arquivo.write_bytes(trocado)
    assert _com_cadastro(str(arquivo)) == (0, [_em_ordem(arquivo)])
    arquivo.write_bytes(editado(trocado, [troca(f"{origem}/{fim}", "NINGUEM")]))
    codigo, (objeto,) = _com_cadastro(str(arquivo))
    assert (codigo, _regras(objeto)) == (1, ["H05"])


def test_a_sender_whom_nobody_knows_is_a_finding_not_an_error(cenario: Cenario, tmp_path: Path) -> None:
    arquivo = tmp_path / "lote.xml"
    arquivo.write_bytes(lote_exemplo(cnpj=cnpj_valido("55666777"), data=_hoje()))
    codigo, (objeto,) = _com_cadastro(str(arquivo))
    assert (codigo, _regras(objeto)) == (1, ["H04"])


def test_a_prestador_asked_for_who_is_not_here_is_a_wrong_argument(cenario: Cenario, tmp_path: Path) -> None:
    arquivo = tmp_path / "lote.xml"
    arquivo.write_bytes(lote_exemplo())
    with pytest.raises(CommandError) as erro:
        _com_cadastro(str(arquivo), "--prestador", cnpj_valido("55666777"))
    assert erro.value.returncode == 2


def _em_ordem(arquivo: Path) -> dict[str, Any]:
    return {
        "arquivo": str(arquivo), "valido": True, "versao": "4.03.00",
        "tipo_guia": "guiaSP-SADT", "guias": 1, "achados": [],
    }  # fmt: skip


def _hoje() -> date:
    return timezone.localdate()
