"""An operadora decides about a rule from a day on: what it may decide, when it holds, and who can read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from conecta.erros import ErroDeNegocio
from convenios.models import AjusteDeRegra
from tests.fabrica import Cenario
from tests.movimento import incluir, xml_de
from tiss_schemas.achados import Severidade
from uploads import erros
from uploads.ajustes import Decisao, ajustar_regra, ajustes_vigentes
from uploads.estados import SituacaoDoArquivo
from uploads.models import Arquivo, Critica
from uploads.regras import REGRAS
from uploads.regras.contexto import Ajuste, Modo

HOJE = timezone.localdate
Decidir = Callable[..., AjusteDeRegra]


@pytest.fixture
def decidir(cenario: Cenario) -> Decidir:
    """Let the gestor of an operadora decide: `decidir("B01", Modo.OBSERVADA)`."""

    def _decidir(regra: str, modo: Modo = Modo.LIGADA, operadora: str = "pasa", **outros: Any) -> AjusteDeRegra:
        decisao = Decisao(**({"modo": modo, "desde": HOJE(), "motivo": "Combinado com a rede."} | outros))
        with cenario.dentro(operadora, "gestor"):
            return ajustar_regra(
                operadora=cenario.organizacoes[operadora],
                regra=regra,
                decisao=decisao,
                por=cenario.pessoa("gestor", operadora),
            )

    return _decidir


def com_carteira_de_ninguem(cenario: Cenario, numero: str = "1") -> Arquivo:
    """Let aurelia upload a lot for PASA whose beneficiários PASA does not know: rule B01."""
    return incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, numero=numero, carteiras=["11112222333344445"]))


def criticas(cenario: Cenario, arquivo: Arquivo) -> set[tuple[str, str]]:
    with cenario.dentro("aurelia"):
        return set(Critica.objects.filter(arquivo=arquivo).values_list("regra", "severidade"))


def test_the_modes_and_weights_of_the_table_are_those_of_the_rules() -> None:
    assert set(AjusteDeRegra.Modo.values) == {modo.value for modo in Modo}
    assert set(AjusteDeRegra.Severidade.values) == {severidade.value for severidade in Severidade}


def test_a_rule_that_is_on_stops_the_file(cenario: Cenario) -> None:
    arquivo = com_carteira_de_ninguem(cenario)
    assert arquivo.situacao == SituacaoDoArquivo.INVALIDO
    assert criticas(cenario, arquivo) == {("B01", "impeditiva")}


@pytest.mark.parametrize("modo", [Modo.OBSERVADA, Modo.DESLIGADA])
def test_a_rule_that_is_not_on_is_neither_in_the_way_nor_in_the_table(
    modo: Modo, cenario: Cenario, decidir: Decidir
) -> None:
    decidir("B01", modo)
    arquivo = com_carteira_de_ninguem(cenario)
    assert arquivo.situacao == SituacaoDoArquivo.IMPORTADO
    assert arquivo.quantidade_de_criticas == 0
    assert criticas(cenario, arquivo) == set()


def test_the_decision_of_one_operadora_is_not_another_s(cenario: Cenario, decidir: Decidir) -> None:
    decidir("B01", Modo.DESLIGADA, operadora="sulina")
    assert com_carteira_de_ninguem(cenario).situacao == SituacaoDoArquivo.INVALIDO


def test_it_holds_from_its_day_until_the_day_of_the_next(cenario: Cenario, decidir: Decidir) -> None:
    decidir("B01", Modo.DESLIGADA, desde=HOJE() + timedelta(days=10))
    decidir("B01", Modo.LIGADA, desde=HOJE() + timedelta(days=20))
    for dias, situacao in ((9, "invalido"), (10, "importado"), (19, "importado"), (20, "invalido")):
        with time_machine.travel(timezone.now() + timedelta(days=dias)):
            assert com_carteira_de_ninguem(cenario, str(dias)).situacao == situacao, dias


def test_of_two_decisions_for_one_day_the_last_counts(cenario: Cenario, decidir: Decidir) -> None:
    decidir("B01", Modo.DESLIGADA)
    decidir("B01", Modo.OBSERVADA)
    with cenario.dentro("pasa"):
        assert ajustes_vigentes(cenario.pasa.pk, HOJE()) == {"B01": Ajuste(modo=Modo.OBSERVADA)}
        assert AjusteDeRegra.objects.count() == 2


def test_a_decision_for_a_later_day_outlives_one_that_is_made_after_it_for_an_earlier_day(
    cenario: Cenario, decidir: Decidir
) -> None:
    decidir("B01", Modo.DESLIGADA, desde=HOJE() + timedelta(days=10))
    decidir("B01", Modo.OBSERVADA)
    with cenario.dentro("pasa"):
        vigentes = ajustes_vigentes(cenario.pasa.pk, HOJE() + timedelta(days=10))
    assert vigentes["B01"].modo is Modo.DESLIGADA


def test_a_rule_that_may_weigh_otherwise_does(cenario: Cenario, decidir: Decidir) -> None:
    incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, numero="1"))
    decidir("G04", severidade=Severidade.INFORMATIVA)
    outro = incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, numero="2", primeiro_numero_guia=1000))
    assert criticas(cenario, outro) == {("G04", "informativa")}
    assert outro.situacao == SituacaoDoArquivo.IMPORTADO


def test_every_refusal_has_its_name_and_says_what_to_do(decidir: Decidir) -> None:
    indispensavel = next(regra.numero for regra in REGRAS.values() if not regra.dispensavel)
    fixa = next(regra.numero for regra in REGRAS.values() if regra.dispensavel and not regra.ajustavel)
    recusas: list[tuple[type[ErroDeNegocio], str, dict[str, Any]]] = [
        (erros.RegraDesconhecida, "Z99", {"modo": Modo.DESLIGADA}),
        (erros.RegraIndispensavel, indispensavel, {"modo": Modo.OBSERVADA}),
        (erros.RegraNaoAjustavel, fixa, {"severidade": Severidade.IGNORAVEL}),
        (erros.AjusteNoPassado, fixa, {"modo": Modo.DESLIGADA, "desde": HOJE() - timedelta(days=1)}),
        (erros.AjusteSemMotivo, fixa, {"modo": Modo.DESLIGADA, "motivo": "  x  "}),
        (erros.AjusteSemMudanca, fixa, {"modo": Modo.LIGADA}),
    ]
    for erro, regra, decisao in recusas:
        with pytest.raises(erro) as recusa:
            decidir(regra, **decisao)
        assert recusa.value.frase.endswith(".")


def test_decisions_are_added_and_never_changed(cenario: Cenario, decidir: Decidir) -> None:
    ajuste = decidir("B01", Modo.DESLIGADA)
    for mudar in (lambda q: q.update(modo="ligada"), lambda q: q.delete()):
        with (
            cenario.dentro("pasa", "gestor"),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            mudar(AjusteDeRegra.objects.filter(pk=ajuste.pk))


def test_only_the_operadora_and_its_credenciados_read_them(cenario: Cenario, decidir: Decidir) -> None:
    decidir("B01", Modo.DESLIGADA)
    leem = {}
    for quem in cenario.organizacoes:
        with cenario.dentro(quem):
            leem[quem] = AjusteDeRegra.objects.exists()
    assert leem == {"pasa": True, "aurelia": True, "boavista": True, "sulina": False, "cedro": False}


@pytest.mark.parametrize(("quem", "erro"), [("sulina", "row-level security"), ("aurelia", "permission denied")])
def test_nobody_else_decides(quem: str, erro: str, cenario: Cenario) -> None:
    with (
        cenario.dentro(quem),
        pytest.raises(DatabaseError, match=erro),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into convenios_ajustederegra (operadora_id, regra, modo, severidade, desde, motivo, criado_em, "
            "criado_por_nome) values (%s, 'B01', 'desligada', '', %s, 'porque sim', now(), '')",
            [cenario.pasa.pk, date(2026, 1, 1)],
        )
