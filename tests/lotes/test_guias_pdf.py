"""Guides on paper: every value in the box of its field, as the convênio wants them printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from convenios.cadastro_do_convenio import mudar_convenio
from convenios.models import Beneficiario, Convenio, LogoDoConvenio
from lotes import guias_do_lote, guias_pdf
from lotes.models import Guia, Lote
from lotes.papel import Caixa, GuiaNoPapel, Modo, montar
from lotes.papel_agrupado import agrupar
from lotes.papel_valores import escrever
from tests.digitacao.apoio import EXEMPLO_DE
from tests.fabrica import Cenario
from tests.movimento import enviar, lote_aberto
from tiss_schemas.campos import Campo
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.fichas import Celula, Grade, ficha_de
from tiss_schemas.fragmento import ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote

TIPOS = sorted(EXEMPLO_DE)
ITEM = "procedimentosExecutados/procedimentoExecutado"


def cheia(tipo: str, versao: str = "4.03.00", itens: int = 3) -> dict[str, str]:
    """The values of a guide with every field that its schema lets stand together."""
    lote = ler_lote(ler(lote_exemplo(EXEMPLO_DE[tipo], versao, itens=itens, maximo=True)))
    assert lote is not None
    return ler_guia(versao, lote.guias[0].elemento)


def caixas(guia: GuiaNoPapel) -> list[Caixa]:
    """Every box and cell with a value, those of the head too."""
    todas = [guia.numero]
    for folha in guia.folhas:
        for quadro in folha.quadros:
            todas += [caixa for fileira in quadro.fileiras for caixa in fileira]
            for tabela in quadro.tabelas:
                todas += [caixa for linha in tabela.linhas for nivel in linha for caixa in nivel]
    return [caixa for caixa in todas if caixa.valor]


def _campos(tipo: str, versao: str) -> dict[str, Celula]:
    """Cells by the path of each of their elements, "[]" after that of a line."""
    achados: dict[str, Celula] = {}

    def juntar(celulas: Iterable[Celula], prefixo: str) -> None:
        for celula in celulas:
            achados.update({f"{prefixo}{opcao.caminho}": celula for opcao in celula.opcoes or (celula,)})

    def juntar_grades(grades: Iterable[Grade], prefixo: str) -> None:
        for grade in grades:
            linha = f"{prefixo}{grade.caminho}[]/"
            juntar(grade.colunas, linha)
            juntar_grades(grade.grades, linha)

    ficha = ficha_de(versao, tipo)
    juntar(ficha.celulas(), "")
    juntar_grades(ficha.grades(), "")
    return achados


@pytest.mark.parametrize("versao", ["4.02.00", "4.03.00"])
@pytest.mark.parametrize("tipo", TIPOS)
def test_every_value_stands_in_the_box_with_the_number_of_its_field(tipo: str, versao: str) -> None:
    valores = cheia(tipo, versao)
    escritas = [(caixa.numero, caixa.valor) for caixa in caixas(montar(ficha_de(versao, tipo), valores, Modo()))]
    campos = _campos(tipo, versao)
    for caminho, texto in valores.items():
        celula = campos[caminho if caminho in campos else re.sub(r"\[\d+\]", "[]", caminho)]
        opcao = next((o for o in celula.opcoes if caminho.endswith(o.caminho)), celula)
        assert (celula.numero_impresso, escrever(opcao.campo, texto)) in escritas, caminho


@pytest.mark.parametrize("tipo", TIPOS)
def test_a_guide_with_nothing_typed_is_a_blank_form(tipo: str) -> None:
    guia = montar(ficha_de("4.03.00", tipo), {}, Modo())
    assert caixas(guia) == []
    assert len(guia.folhas) == 1


def _campo(tipo: str, caminho: str) -> Campo:
    campo = _campos(tipo, "4.03.00")[caminho].campo
    assert campo is not None
    return campo


@pytest.mark.parametrize(
    ("caminho", "texto", "escrito"),
    [
        (f"{ITEM}[]/dataExecucao", "2026-11-27", "27/11/2026"),
        (f"{ITEM}[]/dataExecucao", "ontem", "ontem"),
        (f"{ITEM}[]/horaInicial", "07:40:00", "07:40"),
        (f"{ITEM}[]/valorUnitario", "1234.5", "1.234,50"),
        (f"{ITEM}[]/valorUnitario", "NaN", "NaN"),
        (f"{ITEM}[]/valorUnitario", "mil", "mil"),
        ("outrasDespesas/despesa[]/servicosExecutados/quantidadeExecutada", "2.5000", "2,5"),
        (f"{ITEM}[]/procedimento/codigoTabela", "22", "22"),
        ("dadosBeneficiario/identificadorBeneficiario", "QUJD", "registrado"),
    ],
)
def test_values_are_written_as_people_write_them(caminho: str, texto: str, escrito: str) -> None:
    assert escrever(_campo("guiaSP-SADT", caminho), texto) == escrito


def test_yes_and_no_are_letters() -> None:
    assert escrever(_campo("guiaOdonto", "procedimentosExecutados[]/autorizado"), "true") == "S"


def test_hidden_values_leave_their_boxes_empty() -> None:
    for tipo in TIPOS:
        valores = cheia(tipo)
        ficha = ficha_de("4.03.00", tipo)
        dinheiro = {
            escrever(celula.campo, texto)
            for caminho, texto in valores.items()
            for celula in [_campos(tipo, "4.03.00").get(caminho)]
            if celula and celula.campo and celula.campo.nome_xml.startswith("valor")
        } - {"0,00"}
        assert dinheiro, tipo
        escondidas = {caixa.valor for caixa in caixas(montar(ficha, valores, Modo(sem_valores=True)))}
        assert not dinheiro & escondidas
        assert dinheiro <= {caixa.valor for caixa in caixas(montar(ficha, valores, Modo()))}


def test_anexo_stands_where_solicitante_and_beneficiario_would_sign() -> None:
    def carimbadas(modo: Modo) -> list[str]:
        [folha, *_] = montar(ficha_de("4.03.00", "guiaSP-SADT"), {}, modo).folhas
        return [caixa.numero for fileira in folha.assinaturas for caixa in fileira if caixa.valor == "ANEXO"]

    assert carimbadas(Modo()) == []
    assert carimbadas(Modo(anexo=True)) == ["20", "67"]


def _linha(posicao: int, **outros: str) -> dict[str, str]:
    valores = {
        "sequencialItem": str(posicao),
        "dataExecucao": f"2026-11-{posicao:02d}",
        "horaInicial": "08:00:00",
        "procedimento/codigoProcedimento": "20103050",
        "quantidadeExecutada": "1",
        "valorUnitario": "50.00",
        "valorTotal": "50.10",
    }
    return {f"{ITEM}[{posicao}]/{nome}": texto for nome, texto in (valores | outros).items()}


def test_sessions_are_one_line_with_their_days_and_sums() -> None:
    valores = {"observacao": "x"} | _linha(1) | _linha(2, valorUnitario="60.00") | _linha(3)
    juntas = agrupar(valores)
    assert juntas["observacao"] == "x"
    assert {nome: juntas[f"{ITEM}[1]/{nome}"] for nome in ("dataExecucao", "quantidadeExecutada", "valorTotal")} == {
        "dataExecucao": "01/11/2026 a 03/11/2026",
        "quantidadeExecutada": "2",
        "valorTotal": "100.20",
    }
    assert f"{ITEM}[1]/horaInicial" not in juntas
    assert juntas[f"{ITEM}[2]/horaInicial"] == "08:00:00"
    assert f"{ITEM}[3]/dataExecucao" not in juntas


def test_procedures_of_different_people_stay_apart() -> None:
    valores = {**_linha(1), **_linha(2), f"{ITEM}[2]/equipeSadt[1]/nomeProf": "HELENA VAZ"}
    assert agrupar(valores) == valores


def paginas(dados: bytes) -> list[str]:
    return [" ".join(pagina.extract_text().split()) for pagina in PdfReader(BytesIO(dados)).pages]


@pytest.fixture
def lote(cenario: Cenario) -> Lote:
    return lote_aberto(cenario, numero="1", itens=4, guias=2)


def _mudar(cenario: Cenario, **novos: Any) -> None:
    with cenario.dentro("pasa", "gestor"):
        principal = Convenio.objects.select_related("operadora").get(principal=True)
        mudar_convenio(convenio=principal, novos=novos, por=cenario.pessoa("gestor", "pasa"))


def _do_lote(cenario: Cenario, lote: Lote) -> bytes:
    with cenario.dentro("aurelia"):
        return guias_do_lote.pdf_do_lote(
            Lote.objects.select_related("operadora", "prestador", "protocolo").get(pk=lote.pk)
        )


def _valores_do_lote(cenario: Cenario, lote: Lote) -> list[Mapping[str, str]]:
    with cenario.dentro("aurelia"):
        return [guia.valores for guia in guias_do_lote.guias_de(lote)]


@pytest.mark.django_db
def test_a_lot_is_one_document_with_its_guides_in_order(cenario: Cenario, lote: Lote) -> None:
    folhas = paginas(_do_lote(cenario, lote))
    assert len(folhas) == 4
    frentes = [folha for folha in folhas if "SP/SADT" in folha]
    for valores, frente in zip(_valores_do_lote(cenario, lote), frentes, strict=True):
        assert f"Nº Guia no Prestador {valores['cabecalhoGuia/numeroGuiaPrestador']}" in frente
        assert f"1 Registro ANS {valores['cabecalhoGuia/registroANS']}" in frente
        assert f"8 Número da carteira {valores['dadosBeneficiario/numeroCarteira']}" in frente
        assert cenario.aurelia.nome in frente
    assert all("21 Total de gases medicinais" in folha for folha in folhas if folha not in frentes)


@pytest.mark.django_db
def test_the_name_comes_from_the_register_of_the_operadora(cenario: Cenario, lote: Lote) -> None:
    carteira = _valores_do_lote(cenario, lote)[0]["dadosBeneficiario/numeroCarteira"]
    with cenario.dentro("pasa", "gestor"):
        nome = Beneficiario.objects.get(numero_carteira=carteira).nome
    assert f"10 Nome {nome}" in paginas(_do_lote(cenario, lote))[0]


@pytest.mark.django_db
def test_many_guides_are_drawn_in_parts_and_are_one_document(
    cenario: Cenario, lote: Lote, monkeypatch: pytest.MonkeyPatch
) -> None:
    inteiro = paginas(_do_lote(cenario, lote))
    monkeypatch.setattr(guias_pdf, "POR_VEZ", 1)
    dados = _do_lote(cenario, lote)
    assert len(paginas(dados)) == len(inteiro)
    titulo = PdfReader(BytesIO(dados)).metadata
    assert titulo is not None
    assert titulo.title == f"Guias do lote {lote.numero}"


@pytest.mark.django_db
def test_what_the_convenio_says_about_paper_holds(cenario: Cenario, lote: Lote) -> None:
    total = escrever(
        _campo("guiaSP-SADT", "valorTotal/valorTotalGeral"),
        _valores_do_lote(cenario, lote)[0]["valorTotal/valorTotalGeral"],
    )
    antes = paginas(_do_lote(cenario, lote))[0]
    assert (f"65 Total geral {total}" in antes, "ANEXO" in antes) == (True, False)
    _mudar(cenario, ocultar_valores=True, termo_anexo=True)
    agora = paginas(_do_lote(cenario, lote))[0]
    assert (total in agora, agora.count("ANEXO")) == (False, 2)


@pytest.mark.django_db
def test_equal_procedures_are_one_line_only_where_the_convenio_says_so(cenario: Cenario, lote: Lote) -> None:
    valores = {"dadosAtendimento/tipoAtendimento": "03"} | _linha(1) | _linha(2)
    guia = guias_pdf.GuiaAImprimir(versao="4.03.00", tipo="guiaSP-SADT", valores=valores)
    consulta = guias_pdf.GuiaAImprimir(
        versao="4.03.00", tipo="guiaSP-SADT", valores=valores | {"dadosAtendimento/tipoAtendimento": "04"}
    )

    def somada(uma: guias_pdf.GuiaAImprimir) -> bool:
        with cenario.dentro("aurelia"):
            contratacao = guias_do_lote.contratacao_do(Lote.objects.get(pk=lote.pk))
            return "01/11/2026 a" in paginas(guias_pdf.desenhar([uma], contratacao, "Guia"))[0]

    assert not somada(guia)
    _mudar(cenario, agrupar_na_impressao=True)
    assert somada(guia)
    assert not somada(consulta)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.mark.django_db
def test_the_logo_of_the_convenio_heads_each_page(cenario: Cenario, lote: Lote) -> None:
    def figuras() -> list[int]:
        return [len(pagina.images) for pagina in PdfReader(BytesIO(_do_lote(cenario, lote))).pages]

    assert figuras() == [0, 0, 0, 0]
    with cenario.dentro("pasa", "gestor"):
        LogoDoConvenio.objects.create(
            operadora=cenario.pasa,
            convenio=Convenio.objects.get(principal=True),
            imagem=PNG,
            largura=1,
            altura=1,
        )
    assert figuras() == [1, 1, 1, 1]


@pytest.mark.django_db
def test_whoever_sees_the_lot_downloads_its_guides_and_no_stranger_does(
    cenario: Cenario, client: Client, lote: Lote
) -> None:
    with cenario.dentro("aurelia"):
        guia = Guia.objects.filter(lote=lote).order_by("posicao").last()
        assert guia is not None
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    do_lote = client.get(reverse("lotes:guias_pdf", args=["aurelia", lote.pk]))
    assert do_lote["Content-Disposition"] == f'attachment; filename="guias-lote-{lote.numero}.pdf"'
    da_guia = client.get(reverse("lotes:guia_pdf", args=["aurelia", guia.pk]))
    assert len(paginas(da_guia.content)) == 2
    assert guia.numero_do_prestador in paginas(da_guia.content)[0]
    client.force_login(cenario.pessoa("faturista", "cedro"))
    assert client.get(reverse("lotes:guias_pdf", args=["cedro", lote.pk])).status_code == 404
    assert client.get(reverse("lotes:guia_pdf", args=["cedro", guia.pk])).status_code == 404


@pytest.mark.django_db
def test_too_many_items_are_refused_with_what_to_do(
    cenario: Cenario, client: Client, lote: Lote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guias_pdf, "MAIS_ITENS", 3)
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    resposta = client.get(reverse("lotes:guias_pdf", args=["aurelia", lote.pk]))
    assert resposta.status_code == 409
    assert "imprima uma a uma" in resposta.content.decode()


@pytest.mark.django_db
def test_a_sent_lot_prints_what_was_sent(cenario: Cenario, lote: Lote) -> None:
    antes = paginas(_do_lote(cenario, lote))
    enviar(cenario, lote)
    assert paginas(_do_lote(cenario, lote)) == antes


def test_sums_of_money_are_exact() -> None:
    juntas = agrupar(_linha(1, valorTotal="0.10") | _linha(2, valorTotal="0.20"))
    assert Decimal(juntas[f"{ITEM}[1]/valorTotal"]) == Decimal("0.30")
