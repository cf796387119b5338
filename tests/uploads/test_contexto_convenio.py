"""What the database tells rules of convênios: planos, versions, numbers and consultations presented before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from convenios.models import Beneficiario, CoberturaDoPlano, Convenio, Plano, VersaoAceita
from convenios.transicoes import convenio_principal
from lotes.avanco import avancar
from lotes.estados import SituacaoDoProtocolo
from lotes.transicoes import excluir
from tests.fabrica import CARTEIRAS, Cenario
from tests.movimento import enviar, lote_aberto, xml_de
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.contexto import carregar_contexto
from uploads.regras.contexto import Contexto, VersaoConhecida
from uploads.regras.planos import CoberturaDoCodigo

AGORA = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))


def com_regras(cenario: Cenario, **regras: object) -> Convenio:
    """PASA's principal convênio with those settings."""
    with cenario.dentro("pasa"):
        convenio = convenio_principal(operadora=cenario.pasa)
        Convenio.objects.filter(pk=convenio.pk).update(**regras)
        return convenio


def contexto_de(cenario: Cenario, conteudo: bytes) -> tuple[Contexto, int]:
    """What aurelia's file is judged by, and how many queries that took."""
    documento = ler(conteudo)
    with cenario.dentro("aurelia"), CaptureQueriesContext(connection) as consultas:
        contexto = carregar_contexto(
            ler_lote(documento), documento, prestador=cenario.aurelia, arquivo_id=None, agora=AGORA
        )
    return contexto, len(consultas)


def insurar(cenario: Cenario, convenio: Convenio, **plano: object) -> Plano:
    """A plano of PASA of which everybody in its register is."""
    with cenario.dentro("pasa"):
        novo = Plano.objects.create(
            operadora=cenario.pasa,
            convenio=convenio,
            **({"codigo": "ESS", "nome": "Essencial", "inicio": date(2000, 1, 1)} | plano),
        )
        Beneficiario.objects.filter(operadora=cenario.pasa).update(plano=novo)
        return novo


def test_planos_of_the_beneficiarios_come_with_what_they_cover(cenario: Cenario) -> None:
    plano = insurar(cenario, com_regras(cenario), segmentacoes=["ambulatorial"], fim=date(2030, 1, 1))
    with cenario.dentro("pasa"):
        CoberturaDoPlano.objects.create(
            operadora=cenario.pasa, plano=plano, tabela="22", prefixo="31", coberto=False, carencia_dias=180
        )
    contexto, _ = contexto_de(cenario, xml_de(cenario.aurelia, cenario.pasa))
    conhecido = contexto.planos[plano.pk]
    assert (conhecido.codigo, conhecido.segmentacoes, conhecido.fim) == (
        "ESS",
        frozenset({"ambulatorial"}),
        date(2030, 1, 1),
    )
    assert conhecido.cobertura_de("22", "31009166") == CoberturaDoCodigo(coberto=False, carencia_dias=180)
    assert contexto.planos_da_operadora == ()


def test_all_planos_are_asked_for_only_where_guides_name_them(cenario: Cenario) -> None:
    insurar(cenario, com_regras(cenario))
    contexto, _ = contexto_de(cenario, xml_de(cenario.aurelia, cenario.pasa, tipo_guia="odonto"))
    assert [plano.nome for plano in contexto.planos_da_operadora] == ["Essencial"]


def test_versions_are_those_of_the_operadora_and_of_its_convenios(cenario: Cenario) -> None:
    convenio = com_regras(cenario)
    with cenario.dentro("pasa"):
        VersaoAceita.objects.create(operadora=cenario.pasa, versao="4.02.00", desde=date(2020, 1, 1))
        VersaoAceita.objects.create(
            operadora=cenario.pasa, convenio=convenio, versao="4.03.00", desde=date(2025, 1, 1), ate=date(2026, 1, 1)
        )
    contexto, _ = contexto_de(cenario, xml_de(cenario.aurelia, cenario.pasa))
    assert set(contexto.versoes) == {
        VersaoConhecida(versao="4.02.00", convenio=None, desde=date(2020, 1, 1)),
        VersaoConhecida(versao="4.03.00", convenio=convenio.pk, desde=date(2025, 1, 1), ate=date(2026, 1, 1)),
    }


def test_a_number_of_the_operadora_is_presented_while_its_lot_lives(cenario: Cenario) -> None:
    lote = lote_aberto(cenario, maximo=True)
    repetido = xml_de(cenario.aurelia, cenario.pasa, maximo=True)
    assert contexto_de(cenario, repetido)[0].numeros_da_operadora_apresentados == {"70001000"}
    with cenario.dentro("aurelia", "faturista"):
        excluir(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
    assert contexto_de(cenario, repetido)[0].numeros_da_operadora_apresentados == frozenset()


@pytest.mark.parametrize(
    ("situacao", "contam"),
    [
        (SituacaoDoProtocolo.EM_ANALISE, True),
        (SituacaoDoProtocolo.BLOQUEIO_JUDICIAL, True),
        (SituacaoDoProtocolo.ENCERRADO_SEM_PAGAMENTO, False),
        (SituacaoDoProtocolo.CANCELADO, False),
    ],
)
def test_guides_may_be_billed_again_when_the_operadora_ended_their_lot_without_payment(
    situacao: SituacaoDoProtocolo, contam: bool, cenario: Cenario
) -> None:
    com_regras(cenario, dias_retorno_eletivo=30)
    protocolo = enviar(cenario, lote_aberto(cenario, tipo_guia="consulta", maximo=True))
    with cenario.dentro("pasa", "analista"):
        avancar(protocolo=protocolo, para=situacao, por=cenario.pessoa("analista", "pasa"))
    contexto, _ = contexto_de(cenario, xml_de(cenario.aurelia, cenario.pasa, tipo_guia="consulta", maximo=True))
    assert bool(contexto.numeros_de_guia_apresentados) is contam
    assert bool(contexto.numeros_da_operadora_apresentados) is contam


@pytest.mark.parametrize("cancelado", [False, True])
def test_a_consultation_of_a_cancelled_lot_is_none_of_before(cancelado: bool, cenario: Cenario) -> None:
    com_regras(cenario, dias_retorno_eletivo=30)
    lote = lote_aberto(cenario, tipo_guia="consulta")
    protocolo = enviar(cenario, lote)
    with cenario.dentro("aurelia"):
        guia = lote.guias.get()
    assert guia.data_de_atendimento is not None
    if cancelado:
        with cenario.dentro("pasa", "analista"):
            avancar(protocolo=protocolo, para=SituacaoDoProtocolo.CANCELADO, por=cenario.pessoa("analista", "pasa"))
    outra = lote_exemplo(
        "consulta",
        registro_ans=cenario.pasa.registro_ans,
        cnpj=cenario.aurelia.documento,
        carteiras=[guia.numero_carteira],
        data=guia.data_de_atendimento + timedelta(days=30),
    )
    assert bool(contexto_de(cenario, outra)[0].consultas_apresentadas) is not cancelado


def test_consultations_presented_inside_the_period_are_known(cenario: Cenario) -> None:
    com_regras(cenario, dias_retorno_eletivo=30)
    lote = lote_aberto(cenario, tipo_guia="consulta")
    with cenario.dentro("aurelia"):
        guia = lote.guias.get()
    dia = guia.data_de_atendimento
    assert dia is not None
    for depois, esperadas in ((30, {(guia.numero_carteira, "10101012"): (dia,)}), (90, {})):
        outra = lote_exemplo(
            "consulta",
            registro_ans=cenario.pasa.registro_ans,
            cnpj=cenario.aurelia.documento,
            carteiras=[guia.numero_carteira],
            data=dia + timedelta(days=depois),
        )
        assert contexto_de(cenario, outra)[0].consultas_apresentadas == esperadas


def test_a_consultation_presented_again_is_none_of_before(cenario: Cenario) -> None:
    com_regras(cenario, dias_retorno_eletivo=30)
    lote_aberto(cenario, tipo_guia="consulta")
    de_novo = xml_de(cenario.aurelia, cenario.pasa, tipo_guia="consulta")
    assert contexto_de(cenario, de_novo)[0].consultas_apresentadas == {}


def test_without_a_return_period_no_earlier_consultation_is_looked_for(cenario: Cenario) -> None:
    com_regras(cenario)
    lote_aberto(cenario, tipo_guia="consulta")
    contexto, _ = contexto_de(cenario, xml_de(cenario.aurelia, cenario.pasa, tipo_guia="consulta", numero="2"))
    assert contexto.consultas_apresentadas == {}


def test_with_everything_agreed_the_queries_are_as_many_for_one_guide_as_for_a_hundred(cenario: Cenario) -> None:
    convenio = com_regras(cenario, dias_retorno_eletivo=30, dias_retorno_emergencia=2)
    insurar(cenario, convenio)
    lote_aberto(cenario, tipo_guia="consulta", maximo=True)
    carteiras = [CARTEIRAS[cenario.pasa.registro_ans].format(numero) for numero in range(40)]
    quantas = {
        guias: contexto_de(
            cenario,
            xml_de(cenario.aurelia, cenario.pasa, tipo_guia="consulta", maximo=True, guias=guias, carteiras=carteiras),
        )[1]
        for guias in (1, 100)
    }
    assert quantas[1] == quantas[100]
