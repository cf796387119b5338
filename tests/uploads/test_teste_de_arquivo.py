"""*Testar arquivo*: the whole verdict at once, and nothing left behind."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.fabrica import Cenario, montar_cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from uploads import isolamento, limites
from uploads.models import Arquivo, Critica

URL = "/aurelia/uploads/novo/testar/"
PLANILHA = f"{URL}planilha/"
SELADO = re.compile(r'name="relatorio" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _gravado(commitado: None) -> None:
    """The process that judges has a connection of its own: it sees only what is committed."""


@pytest.fixture
def cenario(_gravado: None) -> Cenario:
    return montar_cenario()


@pytest.fixture
def faturista(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    return client


def pedir(cliente: Client, dados: bytes, nome: str = "lote.xml", **cabecalhos: Any) -> Any:
    return cliente.post(URL, {"arquivo": SimpleUploadedFile(nome, dados)}, **cabecalhos)


def com_totais_errados(cenario: Cenario, guias: int = 3) -> bytes:
    """A file in which one cause, a total that is none, appears once in every guide."""
    dados = xml_valido(cenario, guias=guias)
    return re.sub(rb"<ans:valorTotalGeral>", rb"\g<0>9", dados)


def linhas_de_tudo() -> dict[str, tuple[int, str]]:
    """Count and digest of the rows of every table, as the owner; and where every sequence stands."""
    with connections["dono"].cursor() as cursor:
        cursor.execute(
            "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'auditoria')"
        )
        tabelas = sorted(nome for (nome,) in cursor.fetchall())
        estado = {}
        for tabela in tabelas:
            cursor.execute(
                f"select count(*), coalesce(md5(string_agg(t::text, '' order by t::text)), '') from {tabela} t"
            )
            estado[tabela] = cursor.fetchone()
        cursor.execute("select schemaname || '.' || sequencename, coalesce(last_value, 0), '' from pg_sequences")
        estado |= {nome: (valor, nada) for nome, valor, nada in cursor.fetchall()}
    connections["dono"].close()
    return estado


def test_the_report_says_what_uploading_would_find(cenario: Cenario, faturista: Client) -> None:
    dados = com_totais_errados(cenario)
    pagina = pedir(faturista, dados).content.decode()
    assert enviar(faturista, "aurelia", "lote.xml", dados).status_code == 302
    processar_pendentes()
    with cenario.dentro("aurelia"):
        criticas = list(Critica.objects.all())
    assert len(criticas) > 3
    for critica in criticas:
        assert critica.codigo in pagina
        assert f"Regra {critica.regra}" in pagina
        assert critica.caminho_legivel in pagina.replace("<wbr>", "")
    assert f"{len(criticas)} críticas impedem a importação" in pagina


def test_what_nothing_stops_would_be_imported_and_its_totals_are_told(cenario: Cenario, faturista: Client) -> None:
    dados = xml_valido(cenario, guias=7)
    pagina = pedir(faturista, dados).content.decode()
    assert "Seria importado: nada impede este arquivo." in pagina
    enviar(faturista, "aurelia", "lote.xml", dados)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        lote = Arquivo.objects.select_related("lote").get().lote
    assert lote is not None
    assert "<dt>Guias</dt><dd>7</dd>" in pagina
    assert f"{lote.valor_informado:.2f}".replace(".", ",") in pagina.replace(".", "").replace("\xa0", " ")


def test_the_register_counts_as_for_an_upload(cenario: Cenario, faturista: Client) -> None:
    """The same file, already uploaded, is a repetition; of another prestador it is not this one's."""
    dados = xml_valido(cenario)
    enviar(faturista, "aurelia", "lote.xml", dados)
    processar_pendentes()
    assert "Não seria importado" in pedir(faturista, dados).content.decode()


def test_nothing_is_left_behind(cenario: Cenario, faturista: Client) -> None:
    faturista.get("/aurelia/uploads/novo/")
    antes = linhas_de_tudo()
    for dados in (xml_valido(cenario), com_totais_errados(cenario), b"<a>", b"nada"):
        assert pedir(faturista, dados).status_code == 200
    depois = linhas_de_tudo()
    mudaram = {tabela for tabela, estado in depois.items() if estado != antes[tabela]}
    assert mudaram == {"auditoria.acesso", "auditoria.acesso_id_seq"}
    assert depois["auditoria.acesso"][0] == antes["auditoria.acesso"][0] + 4


def test_the_process_that_judges_cannot_write(cenario: Cenario, tmp_path: Path) -> None:
    banco, arquivo = connections["default"].settings_dict["NAME"], tmp_path / "rastro"
    for funcao, onde, erro in (
        ("escrever_no_banco", banco, "InternalError"),
        ("escrever_num_arquivo", arquivo, "OSError"),
    ):
        with pytest.raises(isolamento.TrabalhoInterrompido, match=erro):
            isolamento.isolar("tests.uploads.desobedientes", funcao, str(onde), octetos=0)
    assert arquivo.read_bytes() == b""


@pytest.mark.parametrize("funcao", ["nao_terminar", "tomar_toda_a_memoria", "cair"])
def test_a_process_that_goes_astray_is_ended(funcao: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolamento, "CPU_POR_MEGA", 1)
    with pytest.raises(isolamento.TrabalhoInterrompido):
        isolamento.isolar("tests.uploads.desobedientes", funcao, octetos=0)


def test_an_answer_that_is_too_long_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isolamento.isolar("os.path", "join", "a", "b", octetos=0) == "a/b"
    monkeypatch.setattr(isolamento, "MAIOR_RESPOSTA", 8)
    with pytest.raises(isolamento.TrabalhoInterrompido):
        isolamento.isolar("os.path", "join", "a", "b", octetos=0)


def test_what_cannot_be_judged_is_said_in_a_sentence(
    cenario: Cenario, faturista: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolamento, "PRAZO", 0.0)
    resposta = pedir(faturista, xml_valido(cenario))
    assert resposta.status_code == 422
    assert "foi interrompido antes do fim, e nada foi guardado" in resposta.content.decode()
    monkeypatch.undo()
    assert pedir(faturista, xml_valido(cenario)).status_code == 200


@pytest.mark.parametrize(
    ("dados", "codigo"),
    [
        (b"PK\x03\x04 um zip com outro nome", "5014"),
        (b"<a></b>", "5014"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ""),
        (b"\x00" * 1000, ""),
        (b"<" + b"a" * 100_000, ""),
        (b"<a>" * 2_000, ""),
    ],
)
def test_a_hostile_file_gets_a_verdict(faturista: Client, dados: bytes, codigo: str) -> None:
    resposta = pedir(faturista, dados)
    assert resposta.status_code == 200
    pagina = resposta.content.decode()
    assert "o arquivo não pode ser lido" in pagina
    assert "<code>" in pagina


@pytest.mark.parametrize(
    ("nome", "dados", "frase"), [("lote.xml", b"", "está vazio"), ("lote.zip", b"PK", "Descompacte")]
)
def test_what_an_upload_refuses_is_refused_in_the_same_words(
    faturista: Client, nome: str, dados: bytes, frase: str
) -> None:
    resposta = pedir(faturista, dados, nome)
    assert resposta.status_code == 422
    assert frase in resposta.content.decode()


def test_the_same_size_limit_as_for_an_upload(faturista: Client, settings: Any) -> None:
    settings.LIMITE_DO_ARQUIVO = 1_000
    resposta = pedir(faturista, b"<" + b" " * 1_000)
    assert resposta.status_code == 422
    assert "3166" in resposta.content.decode()


def test_so_many_tests_an_hour_and_then_the_time_to_come_back(
    cenario: Cenario, faturista: Client, settings: Any
) -> None:
    assert settings.TESTES_POR_HORA == 30
    settings.TESTES_POR_HORA = 1
    assert pedir(faturista, b"<a>").status_code == 200
    resposta = pedir(faturista, b"<a>")
    assert resposta.status_code == 429
    proxima = (timezone.localtime().hour + 1) % 24
    assert f"a partir das {proxima:02d}:00" in resposta.content.decode()
    assert 0 < int(resposta.headers["Retry-After"]) <= 3601
    faturista.force_login(cenario.pessoa("faturista", "cedro"))
    assert (
        faturista.post(URL.replace("aurelia", "cedro"), {"arquivo": SimpleUploadedFile("a.xml", b"<a>")}).status_code
        == 200
    )


def test_one_test_at_a_time_in_an_organisation(cenario: Cenario, faturista: Client) -> None:
    with limites.vez_de_testar(cenario.aurelia):
        resposta = pedir(faturista, b"<a>")
        assert resposta.status_code == 429
        assert "já está testando um arquivo" in resposta.content.decode()
    assert pedir(faturista, b"<a>").status_code == 200


def test_a_refused_test_does_not_count(cenario: Cenario, faturista: Client, settings: Any) -> None:
    settings.TESTES_POR_HORA = 1
    pedir(faturista, b"")
    with limites.vez_de_testar(cenario.boavista):
        assert pedir(faturista, b"<a>").status_code == 200


def test_half_of_the_threads_go_on_answering(cenario: Cenario, faturista: Client) -> None:
    with limites.vez_de_testar(cenario.boavista), limites.vez_de_testar(cenario.cedro):
        resposta = pedir(faturista, b"<a>")
    assert resposta.status_code == 429
    assert "muitos testes" in resposta.content.decode()


def test_a_cache_that_is_down_stops_nobody(cenario: Cenario, faturista: Client, settings: Any) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nonexistent.sock"}}
    with limites.vez_de_testar(cenario.aurelia):
        pass


def test_the_report_comes_back_as_a_spreadsheet(cenario: Cenario, faturista: Client) -> None:
    pagina = pedir(faturista, com_totais_errados(cenario)).content.decode()
    selado = SELADO.search(pagina)
    assert selado
    resposta = faturista.post(PLANILHA, {"relatorio": selado[1]})
    assert resposta.status_code == 200
    folha = openpyxl.load_workbook(io.BytesIO(resposta.getvalue())).active
    assert folha is not None
    linhas = list(folha.iter_rows(values_only=True))
    assert linhas[0][:2] == ("Regra", "Código")
    assert len(linhas) > 3
    assert all(linha[4] == "Impede a importação" for linha in linhas[1:])


def test_a_report_is_good_for_its_own_organisation_only(cenario: Cenario, faturista: Client) -> None:
    selado = SELADO.search(pedir(faturista, com_totais_errados(cenario)).content.decode())
    assert selado
    assert faturista.post(PLANILHA, {"relatorio": selado[1] + "x"}).status_code == 409
    faturista.force_login(cenario.pessoa("faturista", "boavista"))
    resposta = faturista.post(PLANILHA.replace("aurelia", "boavista"), {"relatorio": selado[1]})
    assert resposta.status_code == 409
    assert "Teste o arquivo outra vez" in resposta.content.decode()


def test_where_htmx_asks_the_form_keeps_its_file(faturista: Client) -> None:
    resposta = pedir(faturista, b"<a>", headers={"HX-Request": "true"})
    assert resposta.headers["HX-Retarget"] == "#resultado"
    assert resposta.headers["HX-Push-Url"] == "false"
    assert "HX-Retarget" not in pedir(faturista, b"<a>").headers


def test_the_address_alone_leads_to_the_form(faturista: Client) -> None:
    resposta = faturista.get(URL)
    assert resposta.status_code == 302
    assert resposta.headers["Location"] == "/aurelia/uploads/novo/"


def test_a_post_without_token_is_refused(cenario: Cenario) -> None:
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(cenario.pessoa("faturista", "aurelia"))
    assert pedir(cliente, b"<a>").status_code == 403
