"""The printed form of a guide has every field of its version, in the order and with the numbers of the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.esquemas import AVULSAS
from tiss_schemas import catalogo
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.fichas import Bloco, Celula, Ficha, Grade, ficha_de, sadt
from tiss_schemas.fichas.colocacao import blocos_de
from tiss_schemas.fichas.ficha import LARGURA, PAPEL
from tiss_schemas.fichas.tabela import Linhas, Lugar, Modelo, Quadro, c
from tiss_schemas.fragmento import descrever_guia, repete

TIPOS = ("guiaConsulta", "guiaSP-SADT", "guiaResumoInternacao", "guiaHonorarios", "guiaOdonto")
AVULSOS = [numero for numero in ("3.05.00", "4.01.00") if (AVULSAS / numero).is_dir()]
VERSOES = sorted({"4.02.00", "4.03.00", *AVULSOS})


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    anterior = catalogo.pasta_instaladas()
    catalogo.usar_pasta(tmp_path_factory.mktemp("instaladas"))
    for numero in AVULSOS:
        catalogo.instalar(AVULSAS / numero)
    yield
    catalogo.usar_pasta(anterior)


def folhas(campo: Campo, prefixo: str = "") -> Iterator[str]:
    """Paths of all leaves, "[]" after an element with fields that repeats and "[n]" after a text that does."""
    for filho in campo.filhos:
        if filho.nome_xml == "assinaturaDigitalGuia":
            continue
        caminho = f"{prefixo}{filho.nome_xml}"
        if filho.tipo is TipoDeCampo.GRUPO:
            yield from folhas(filho, f"{caminho}[]/" if repete(filho) else f"{caminho}/")
        elif repete(filho):
            yield from (f"{caminho}[{posicao}]" for posicao in range(1, (filho.ocorrencias_max or 0) + 1))
        else:
            yield caminho


def colocadas(blocos: tuple[Bloco, ...]) -> Iterator[str]:
    for bloco in blocos:
        yield from _das(bloco.celulas, "")
        for grade in bloco.grades:
            yield from _da_grade(grade, "")


def _das(celulas: tuple[Celula, ...], prefixo: str) -> Iterator[str]:
    for celula in celulas:
        if celula.campo is not None:
            yield from (f"{prefixo}{opcao.caminho}" for opcao in celula.opcoes or (celula,))


def _da_grade(grade: Grade, prefixo: str) -> Iterator[str]:
    linha = f"{prefixo}{grade.caminho}[]/"
    yield from _das(grade.colunas, linha)
    for dentro in grade.grades:
        yield from _da_grade(dentro, linha)


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", TIPOS)
def test_every_field_of_the_version_has_one_place(tipo: str, versao: str) -> None:
    assert Counter(colocadas(ficha_de(versao, tipo).blocos)) == Counter(folhas(descrever_guia(versao, tipo)))


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", TIPOS)
def test_the_rows_of_a_block_are_full_and_nothing_stands_twice_on_paper(tipo: str, versao: str) -> None:
    ficha = ficha_de(versao, tipo)
    for bloco in ficha.blocos:
        for celulas in (bloco.celulas, bloco.cabecalho, bloco.rodape):
            assert _sobra(celulas) == 0, bloco.titulo
    papeis = [celula.caminho for celula in (*ficha.celulas(), *ficha.assinaturas) if celula.so_no_papel]
    assert len(papeis) == len(set(papeis))


def _sobra(celulas: tuple[Celula, ...]) -> int:
    cheia = 0
    for celula in celulas:
        cheia = celula.largura if cheia + celula.largura > LARGURA else cheia + celula.largura
    return -cheia % LARGURA


def numeros(ficha: Ficha, titulo: str) -> str:
    """The numbers of a block in the order of the form, "–" where there is none, lines after "|", a team after ">"."""
    bloco = next(bloco for bloco in ficha.blocos if bloco.titulo == titulo)
    partes = [" ".join(celula.numero or "–" for celula in bloco.celulas)]
    for grade in bloco.grades:
        partes.append("| " + " ".join(celula.numero or "–" for celula in grade.colunas))
        partes += ["> " + " ".join(celula.numero or "–" for celula in dentro.colunas) for dentro in grade.grades]
    return " ".join(parte for parte in partes if parte)


IDENTIFICACAO = ("Identificação e código de validação", "– – – –")
DESPESAS = ("Anexo de outras despesas", "| – " + " ".join(f"OD {n}" for n in (*range(6, 17), 20, 17, 18, 19)) + " – –")
IMPRESSAS = {
    "guiaConsulta": [
        ("Guia", "1 2 3"),
        ("Dados do beneficiário", "4 5 6 7 26"),
        IDENTIFICACAO,
        ("Dados do contratado", "9 10 11 12 13 14 15 16"),
        ("Dados do atendimento e procedimento realizado", "17 27 28 29 18 19 20 21 22"),
        ("Observação", "23"),
    ],
    "guiaSP-SADT": [
        ("Guia e autorização", "1 2 3 4 5 6 7"),
        ("Dados do beneficiário", "8 9 10 89 12"),
        IDENTIFICACAO,
        ("Dados do solicitante", "13 14 15 16 17 18 19"),
        ("Dados da solicitação", "21 22 23 90"),
        ("Dados do contratado executante", "29 30 31"),
        ("Dados do atendimento", "32 33 34 35 91 92"),
        (
            "Dados da execução: procedimentos e exames realizados",
            "| 48 36 37 38 39 40 41 42 43 44 45 46 47 > 49 50 51 52 53 54 55",
        ),
        DESPESAS,
        ("Observação e totais", "58 59 60 61 62 63 64 – 65"),
    ],
    "guiaResumoInternacao": [
        ("Guia e autorização", "1 2 3 4 5 6 7"),
        ("Dados do beneficiário", "8 9 10 – 12"),
        IDENTIFICACAO,
        ("Dados do contratado executante", "13 14 15"),
        ("Dados da internação", "16 17 18 19 20 21 22 23 24 25 26 27 28 29 | 30 31 32 33"),
        ("Procedimentos realizados", "| 46 34 35 36 37 38 39 40 41 42 43 44 45 – > 47 48 49 50 51 52 53"),
        DESPESAS,
        ("Totais e observação", "54 55 56 57 58 59 60 61 65"),
    ],
    "guiaHonorarios": [
        ("Guia e autorização", "1 2 3 4 5"),
        ("Dados do beneficiário", "6 7 – 8"),
        ("Dados do contratado onde foi executado o procedimento", "9 10 11"),
        ("Dados do contratado executante", "12 13 14"),
        ("Dados da internação", "15 16 –"),
        ("Procedimentos realizados", "| 29 17 18 19 20 21 22 23 24 25 26 27 28 > 30 31 32 33 34 35 36"),
        ("Observação e total", "37 38 39"),
    ],
    "guiaOdonto": [
        ("Guia e autorização", "1 2 3 4 5 6 7"),
        ("Dados do beneficiário", "8 9 10 11 13 – 14 15 16"),
        IDENTIFICACAO,
        ("Dados do contratado responsável pelo tratamento", "17 18 19 20 21 22 23 24 25 26 27 28 29"),
        (
            "Plano de tratamento: procedimentos solicitados e executados",
            "| – 30 31 32 33 34 35 36 37 38 39 40",
        ),
        ("Totais e observação", "42 43 44 45 46 47 48"),
        ("Anexo: situação inicial", "– – – – – – | – –"),
    ],
}


@pytest.mark.parametrize("tipo", TIPOS)
def test_blocks_and_numbers_follow_the_printed_form(tipo: str) -> None:
    ficha = ficha_de("4.03.00", tipo)
    assert [(bloco.titulo, numeros(ficha, bloco.titulo)) for bloco in ficha.blocos] == IMPRESSAS[tipo]


@pytest.mark.parametrize(
    ("tipo", "de_caneta"),
    [
        ("guiaConsulta", "24 25"),
        ("guiaSP-SADT", "20 66 67 68"),
        ("guiaResumoInternacao", "62 63 64"),
        ("guiaHonorarios", "40"),
        ("guiaOdonto", "49 50 51 52 53 54 55"),
    ],
)
def test_what_a_pen_fills_in_is_on_paper_only(tipo: str, de_caneta: str) -> None:
    ficha = ficha_de("4.03.00", tipo)
    assert " ".join(celula.numero for celula in ficha.assinaturas) == de_caneta
    assert all(celula.campo is None for celula in ficha.assinaturas)


def test_the_annex_of_expenses_repeats_whose_it_is_and_what_it_sums_to() -> None:
    for tipo in ("guiaSP-SADT", "guiaResumoInternacao"):
        [anexo] = [bloco for bloco in ficha_de("4.03.00", tipo).blocos if bloco.anexo]
        assert [celula.numero_impresso for celula in anexo.cabecalho] == ["1", "2", "3", "4", "5"]
        assert [celula.numero_impresso for celula in anexo.rodape] == ["21", "22", "23", "24", "25", "26", "27"]


def test_annexes_and_rare_fields_are_marked() -> None:
    odonto = ficha_de("4.03.00", "guiaOdonto")
    assert [bloco.titulo for bloco in odonto.blocos if bloco.anexo] == ["Anexo: situação inicial"]
    assert [bloco.titulo for bloco in odonto.blocos if bloco.recolhido] == [IDENTIFICACAO[0]]
    assert not any(bloco.recolhido for bloco in ficha_de("4.03.00", "guiaHonorarios").blocos)


def test_sums_and_numbers_are_worked_out_and_prices_are_typed() -> None:
    ficha = ficha_de("4.03.00", "guiaSP-SADT")
    de_fora = [celula.numero or celula.rotulo for celula in ficha.celulas() if celula.calculada]
    assert de_fora == ["1", "59", "60", "61", "62", "63", "64", "Total de diárias", "65"]
    assert [[celula.numero for celula in grade.colunas if celula.calculada] for grade in ficha.grades()] == [
        ["48", "47"],
        ["", "OD 16"],
    ]


def test_the_codes_of_a_stay_are_four_fields() -> None:
    cids = [c for c in ficha_de("4.03.00", "guiaResumoInternacao").celulas() if "diagnostico[" in c.caminho]
    assert [(c.numero, c.nome, c.rotulo) for c in cids] == [
        ("24", "dadosSaidaInternacao/diagnostico[1]", "CID 10 principal"),
        ("25", "dadosSaidaInternacao/diagnostico[2]", "CID 10 (2)"),
        ("26", "dadosSaidaInternacao/diagnostico[3]", "CID 10 (3)"),
        ("27", "dadosSaidaInternacao/diagnostico[4]", "CID 10 (4)"),
    ]


def test_a_version_without_a_field_closes_the_gap() -> None:
    antes, agora = (ficha_de(versao, "guiaHonorarios") for versao in ("4.02.00", "4.03.00"))
    assert [(c.numero, c.largura) for c in _bloco(antes, "Dados da internação").celulas] == [("15", 6), ("16", 6)]
    assert [c.rotulo for c in _bloco(agora, "Dados da internação").celulas][2:] == ["Caráter do atendimento"]
    for versao, tem in (("4.02.00", False), ("4.03.00", True)):
        [itens] = _bloco(ficha_de(versao, "guiaResumoInternacao"), "Procedimentos realizados").grades
        assert ("centroConsumo" in [coluna.caminho for coluna in itens.colunas]) is tem


@pytest.mark.skipif("3.05.00" not in VERSOES, reason="the files of 3.05.00 are not at hand")
def test_a_name_that_an_older_version_has_in_the_xml_is_not_on_paper_too() -> None:
    [nome] = [c for c in ficha_de("3.05.00", "guiaSP-SADT").celulas() if c.numero == "10"]
    assert nome.campo is not None
    [agora] = [c for c in ficha_de("4.03.00", "guiaSP-SADT").celulas() if c.numero == "10"]
    assert agora.caminho == f"{PAPEL}nomeBeneficiario"


def _bloco(ficha: Ficha, titulo: str) -> Bloco:
    return next(bloco for bloco in ficha.blocos if bloco.titulo == titulo)


def _sem(modelo: Modelo, *nomes: str) -> Modelo:
    """The table as it was before the standard had those fields or lists."""

    def dos_lugares(lugares: tuple[Lugar, ...]) -> tuple[Lugar, ...]:
        return tuple(lugar for lugar in lugares if lugar.caminho.rpartition("/")[2] not in nomes)

    def das_linhas(linhas: tuple[Linhas, ...]) -> tuple[Linhas, ...]:
        return tuple(
            replace(linha, lugares=dos_lugares(linha.lugares), linhas=das_linhas(linha.linhas))
            for linha in linhas
            if linha.caminho not in nomes
        )

    quadros = (
        replace(quadro, lugares=dos_lugares(quadro.lugares), linhas=das_linhas(quadro.linhas))
        for quadro in modelo.quadros
    )
    return replace(modelo, quadros=tuple(quadros))


def test_a_field_that_no_table_knows_goes_after_the_one_before_it() -> None:
    guia = descrever_guia("4.03.00", "guiaSP-SADT")
    antiga = _sem(sadt.MODELO, "saudeOcupacional", "tecnicaUtilizada", "registroANS", "equipeSadt", "conselho")
    blocos = blocos_de(antiga, guia)
    assert Counter(colocadas(blocos)) == Counter(folhas(guia))
    por_titulo = {bloco.titulo: bloco for bloco in blocos}
    assert [c.numero for c in por_titulo["Dados do atendimento"].celulas] == ["32", "33", "34", "35", "91", "92"]
    assert [c.numero for c in por_titulo["Guia e autorização"].celulas][:2] == ["1", "2"]
    [itens] = por_titulo["Dados da execução: procedimentos e exames realizados"].grades
    colunas = [c.numero for c in itens.colunas]
    assert colunas[colunas.index("43") : colunas.index("45") + 1] == ["43", "44", "45"]
    assert [c.numero for c in itens.grades[0].colunas] == ["49", "50", "51", "52", "53", "54", "55"]


def test_a_list_that_no_table_knows_stands_in_the_block_before_it() -> None:
    guia = descrever_guia("4.03.00", "guiaSP-SADT")
    antiga = _sem(sadt.MODELO, "outrasDespesas/despesa")
    grades = [[grade.caminho for grade in bloco.grades] for bloco in blocos_de(antiga, guia) if bloco.grades]
    assert grades == [["procedimentosExecutados/procedimentoExecutado", "outrasDespesas/despesa"]]


def test_a_new_field_that_is_required_is_never_folded_away() -> None:
    guia = descrever_guia("4.03.00", "guiaSP-SADT")
    quadros = (Quadro(titulo="Raros", lugares=(c("cabecalhoGuia/guiaPrincipal", 3),), recolhido=True),)
    [raros] = blocos_de(Modelo(titulo="", quadros=quadros), guia)
    assert not raros.recolhido
