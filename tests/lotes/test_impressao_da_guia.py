"""What a convênio changes on screens of lots and on paper: values, equal procedures, ANEXO, account, alert."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from convenios.cadastro_do_convenio import mudar_convenio
from convenios.models import Convenio, RegrasDoCredenciamento
from lotes.impressao import impressao_da
from lotes.models import Guia, Item, Lote
from tests.fabrica import Cenario
from tests.movimento import enviar, lote_aberto
from uploads.models import Arquivo

pytestmark = pytest.mark.django_db


def _mudar(cenario: Cenario, **novos: Any) -> None:
    with cenario.dentro("pasa", "gestor"):
        principal = Convenio.objects.select_related("operadora").get(principal=True)
        mudar_convenio(convenio=principal, novos=novos, por=cenario.pessoa("gestor", "pasa"))


@pytest.fixture
def lote(cenario: Cenario) -> Lote:
    return lote_aberto(cenario, numero="1", itens=6)


def _pagina(cenario: Cenario, client: Client, lote: Lote) -> str:
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    with cenario.dentro("aurelia"):
        guia = lote.guias.first()
    assert guia is not None
    return client.get(reverse("lotes:guia", args=["aurelia", guia.pk])).content.decode()


def test_values_stay_off_the_paper_only_where_the_convenio_hides_them(
    cenario: Cenario, client: Client, lote: Lote
) -> None:
    assert "sem-valores" not in _pagina(cenario, client, lote)
    _mudar(cenario, ocultar_valores=True)
    pagina = _pagina(cenario, client, lote)
    assert 'class="folha sem-valores" id="itens"' in pagina
    assert 'class="folha caixa so-na-tela" aria-label="Valores da guia"' in pagina


def test_what_the_prestador_decides_about_printing_holds_for_it(cenario: Cenario, client: Client, lote: Lote) -> None:
    _mudar(cenario, ocultar_valores=True, abertos=["ocultar_valores"])
    with cenario.dentro("aurelia"):
        contrato = cenario.aurelia.credenciamentos.get(operadora=cenario.pasa)
        RegrasDoCredenciamento.objects.create(
            operadora=cenario.pasa,
            prestador=cenario.aurelia,
            credenciamento=contrato,
            convenio=Convenio.objects.get(operadora=cenario.pasa),
            autor="prestador",
            ocultar_valores=False,
        )
    assert "sem-valores" not in _pagina(cenario, client, lote)


def test_anexo_is_printed_in_place_of_the_stamp(cenario: Cenario, client: Client, lote: Lote) -> None:
    assert "ANEXO" not in _pagina(cenario, client, lote)
    _mudar(cenario, termo_anexo=True)
    assert _pagina(cenario, client, lote).count("<dd>ANEXO</dd>") == 2


@pytest.mark.parametrize(("tipo", "agrupa"), [("03", True), ("13", True), ("23", True), ("04", False), ("", False)])
def test_equal_procedures_are_summed_on_paper_in_three_kinds_of_attendance(
    cenario: Cenario, lote: Lote, tipo: str, agrupa: bool
) -> None:
    _mudar(cenario, agrupar_na_impressao=True)
    with cenario.dentro("aurelia"):
        guia = Guia.objects.select_related("lote__operadora", "lote__convenio").filter(lote=lote).first()
        assert guia is not None
        guia.tipo_de_atendimento = tipo
        Item.objects.filter(guia=guia).update(codigo="20103050", tabela="22", descricao="Sessão", valor_unitario=50)
        itens = list(Item.objects.filter(guia=guia, especie="procedimento"))
        despesas = Item.objects.filter(guia=guia, especie="despesa").count()
        linhas = impressao_da(guia).linhas
    if not agrupa:
        assert linhas == ()
        return
    assert len(itens) > 1
    assert len(linhas) == 1 + despesas
    assert linhas[0].quantidade == sum((item.quantidade for item in itens), Decimal(0))
    assert linhas[0].valor_total == sum((item.valor_total for item in itens), Decimal(0))


def test_the_kind_of_attendance_is_kept_with_the_guide(cenario: Cenario, lote: Lote) -> None:
    with cenario.dentro("aurelia"):
        assert all(tipo.isdecimal() for tipo in lote.guias.values_list("tipo_de_atendimento", flat=True))


@pytest.mark.parametrize(("quem", "papel"), [("aurelia", "faturista"), ("pasa", "analista")])
def test_exported_lists_have_the_convenio_and_its_account(
    cenario: Cenario, client: Client, lote: Lote, quem: str, papel: str
) -> None:
    _mudar(cenario, plano_de_contas="Prestação de Serviço")
    enviar(cenario, lote)
    client.force_login(cenario.pessoa(papel, quem))
    rota = "lotes:pesquisa_xlsx" if quem == "aurelia" else "lotes:protocolos_xlsx"
    folha = load_workbook(BytesIO(client.get(reverse(rota, args=[quem])).getvalue())).active
    cabecalho, linha = ([celula.value for celula in fileira] for fileira in list(folha.iter_rows())[:2])
    achados = dict(zip(cabecalho, linha, strict=True))
    assert (achados["Convênio"], achados["Plano de contas"]) == ("PASA", "Prestação de Serviço")


def test_the_alert_is_shown_to_whoever_bills_by_the_convenio(cenario: Cenario, client: Client, lote: Lote) -> None:
    _mudar(cenario, alerta="Apresentar a carteira física.")
    with cenario.dentro("aurelia"):
        arquivo = Arquivo.objects.get(lote=lote)
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    enderecos = [reverse("uploads:novo", args=["aurelia"]), reverse("uploads:arquivo", args=["aurelia", arquivo.pk])]
    for endereco in enderecos:
        assert "Apresentar a carteira física." in client.get(endereco).content.decode()
    client.force_login(cenario.pessoa("faturista", "cedro"))
    assert "carteira física" not in client.get(reverse("uploads:novo", args=["cedro"])).content.decode()
