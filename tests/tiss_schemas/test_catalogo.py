"""Versions of the standard: those of the package are what was reviewed, others are installed with care."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.esquemas import AVULSAS
from tiss_schemas import catalogo
from tiss_schemas.catalogo import EsquemaInvalido
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VERSOES, lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.validacao import validar_estrutura
from tiss_schemas.versoes import Versao, arquivos_do_esquema, nome_da_raiz

NUMEROS_AVULSOS = sorted(pasta.name for pasta in AVULSAS.iterdir()) if AVULSAS.is_dir() else []
"""Older versions whose files are at hand: the tests below run for those."""


@pytest.fixture
def instaladas(tmp_path: Path) -> Iterator[Path]:
    anterior = catalogo.pasta_instaladas()
    catalogo.usar_pasta(tmp_path / "instaladas")
    yield tmp_path / "instaladas"
    catalogo.usar_pasta(anterior)


def _do_pacote(numero: str) -> Versao:
    versao = catalogo.obter(numero)
    assert versao is not None
    return versao


def _como_outra_versao(pasta: Path, numero: str = "4.98.00") -> Path:
    """The files of 4.03.00 in a folder of their own, under the name of a version that does not exist."""
    pasta.mkdir(parents=True)
    original = _do_pacote("4.03.00")
    for arquivo in arquivos_do_esquema(original.raiz):
        nome = nome_da_raiz(numero) if arquivo == original.raiz else arquivo.name
        shutil.copyfile(arquivo, pasta / nome)
    return pasta


def test_as_versoes_do_pacote_estao_sempre_a_mao(instaladas: Path) -> None:
    assert [(versao.numero, versao.origem) for versao in catalogo.versoes()] == [
        ("4.02.00", "pacote"),
        ("4.03.00", "pacote"),
    ]
    assert catalogo.obter("9.99.99") is catalogo.obter("../../etc") is catalogo.obter("") is None


def test_arquivo_do_pacote_que_mudou_e_recusado(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogo._IMPRESSOES_DO_PACOTE, "4.03.00", "0" * 64)
    catalogo._do_pacote.cache_clear()
    with pytest.raises(EsquemaInvalido, match="não são os que foram conferidos"):
        catalogo.obter("4.03.00")


@pytest.mark.parametrize("comprimida", [False, True], ids=["pasta", "zip"])
def test_instalar_deixa_a_versao_a_mao(instaladas: Path, tmp_path: Path, comprimida: bool) -> None:
    origem = _como_outra_versao(tmp_path / "origem" / "Padrão TISS" / "schemas").parents[1]
    if comprimida:
        origem = Path(shutil.make_archive(str(tmp_path / "ans"), "zip", origem))
    (versao,) = catalogo.instalar(origem)
    assert (versao.numero, versao.origem, versao.pasta) == ("4.98.00", "instalada", instaladas / "4.98.00")
    assert catalogo.esquema("4.98.00").validate(ler(lote_exemplo("sadt")).raiz)
    assert [versao.numero for versao in catalogo.instalar(origem)] == ["4.98.00"]


def test_versao_instalada_que_mudou_no_disco_e_recusada(instaladas: Path, tmp_path: Path) -> None:
    catalogo.instalar(_como_outra_versao(tmp_path / "origem"))
    raiz = instaladas / "4.98.00" / "tissV4_98_00.xsd"
    raiz.write_bytes(raiz.read_bytes() + b"<!-- mexido -->")
    catalogo._instalada_em.cache_clear()
    with pytest.raises(EsquemaInvalido, match="mudaram depois de instalados"):
        catalogo.obter("4.98.00")


def test_versao_do_pacote_nao_e_substituida(instaladas: Path, tmp_path: Path) -> None:
    assert catalogo.instalar(_como_outra_versao(tmp_path / "origem", "4.03.00")) == []
    assert not instaladas.exists()


@pytest.mark.parametrize(
    ("estraga", "motivo"),
    [
        (lambda pasta: (pasta / "xmldsig-core-schema.xsd").unlink(), "Falta o arquivo xmldsig"),
        (lambda pasta: (pasta / "tissV4_98_00.xsd").write_text("<a/>"), "não é um esquema XSD"),
        (lambda pasta: (pasta / "tissV4_98_00.xsd").write_text("não é xml"), "não é um XSD que se possa ler"),
        (
            lambda pasta: _troca(pasta, b'schemaLocation="tissSimple', b'schemaLocation="../tissSimple'),
            "fora da sua pasta",
        ),
        (
            lambda pasta: _troca(pasta, b"<schema", b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><schema'),
            "entidade externa",
        ),
        (lambda pasta: _troca(pasta, b"<element name=", b"<element type='nenhum' name="), "não compila"),
        (lambda pasta: (pasta / "tissV4_98_00.xsd").unlink(), "nenhum esquema TISS"),
    ],
)
def test_esquema_estragado_nao_e_instalado(instaladas: Path, tmp_path: Path, estraga: object, motivo: str) -> None:
    pasta = _como_outra_versao(tmp_path / "origem")
    estraga(pasta)  # type: ignore[operator]
    with pytest.raises(EsquemaInvalido, match=motivo):
        catalogo.instalar(pasta)
    assert not (instaladas / "4.98.00").exists()


def _troca(pasta: Path, de: bytes, para: bytes) -> None:
    raiz = pasta / "tissV4_98_00.xsd"
    conteudo = raiz.read_bytes()
    assert de in conteudo
    raiz.write_bytes(conteudo.replace(de, para, 1))


def _zip(caminho: Path, entradas: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(caminho, "w", zipfile.ZIP_DEFLATED) as compactado:
        for nome, conteudo in entradas.items():
            compactado.writestr(nome, conteudo)
    return caminho


def test_nome_no_zip_nao_leva_para_fora(instaladas: Path, tmp_path: Path) -> None:
    pasta = _como_outra_versao(tmp_path / "origem")
    entradas = {f"../../fora/{arquivo.name}": arquivo.read_bytes() for arquivo in pasta.iterdir()}
    catalogo.instalar(_zip(tmp_path / "hostil.zip", entradas))
    assert not (tmp_path.parent / "fora").exists()
    assert {filho.name for filho in instaladas.iterdir()} == {"4.98.00"}


@pytest.mark.parametrize(
    ("entradas", "motivo"),
    [
        ({"tissV4_98_00.xsd": b" " * 6_000_000}, "muito maiores"),
        ({f"{numero}/a.xsd": b" " * 4_000_000 for numero in range(16)}, "muito maiores"),
        ({f"{numero}.txt": b"" for numero in range(2_001)}, "mais de 2000 arquivos"),
        ({"leia-me.txt": b"nada"}, "nenhum esquema TISS"),
    ],
)
def test_zip_hostil_e_recusado(instaladas: Path, tmp_path: Path, entradas: dict[str, bytes], motivo: str) -> None:
    with pytest.raises(EsquemaInvalido, match=motivo):
        catalogo.instalar(_zip(tmp_path / "hostil.zip", entradas))


def test_o_que_nao_e_pasta_nem_zip_e_recusado(instaladas: Path, tmp_path: Path) -> None:
    (tmp_path / "texto.zip").write_text("não é um zip")
    for origem in (tmp_path / "texto.zip", tmp_path / "não existe"):
        with pytest.raises(EsquemaInvalido, match="Indique uma pasta ou um arquivo ZIP"):
            catalogo.instalar(origem)


@pytest.mark.parametrize("numero", NUMEROS_AVULSOS)
def test_versao_avulsa_e_instalada_e_julga_os_seus_arquivos(instaladas: Path, numero: str) -> None:
    assert [versao.numero for versao in catalogo.instalar(AVULSAS / numero)] == [numero]
    catalogo.esquema(numero)
    for tipo in TIPOS_DE_GUIA if numero in VERSOES else ():
        assert validar_estrutura(ler(lote_exemplo(tipo, numero, guias=2, maximo=True))) == []
