"""*Geração Automática*: loose, ready guides become as few open lots as they fit in, once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from conecta.fila import fila
from convenios.models import ParametrosDaOperadora
from lotes.models import Lote
from tests.digitacao.apoio import comecar, digitar
from tests.fabrica import Cenario
from uploads.digitacao import geracao
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.estados import SituacaoDaGeracao
from uploads.digitacao.geracao import Escolha
from uploads.digitacao.models import GeracaoDeLotes, GuiaDigitada

TODAS = Escolha()


@pytest.fixture
def faturista(cenario: Cenario) -> Any:
    """Five ready guides of SP/SADT and one consultation, in lots of two at most; one guide is not typed to its end."""
    with cenario.dentro("pasa", "gestor"):
        ParametrosDaOperadora.objects.filter(operadora=cenario.pasa).update(maximo_de_guias=2)
    with cenario.dentro("aurelia", "faturista"):
        for numero in range(1, 6):
            digitar(cenario, numero=numero)
        digitar(cenario, "guiaConsulta", numero=9)
        comecar(cenario)
    return cenario.pessoa("faturista", "aurelia")


def gerar(cenario: Cenario, por: Any, escolha: Escolha = TODAS) -> list[Lote]:
    """Make the lots of the plan as it is now."""
    plano = geracao.planejar(cenario.aurelia, escolha)
    return geracao.gerar(prestador=cenario.aurelia, escolha=escolha, visto=plano.marca, por=por)


def test_the_plan_says_how_guides_are_shared_out_and_what_stays(cenario: Cenario, faturista: Any) -> None:
    with cenario.dentro("aurelia", "faturista"):
        plano = geracao.planejar(cenario.aurelia, TODAS)
        assert [(grupo.tipo, grupo.tamanhos) for grupo in plano.grupos] == [
            ("guiaConsulta", "1"),
            ("guiaSP-SADT", "2 + 2 + 1"),
        ]
        assert (plano.quantos_lotes, plano.quantas_guias) == (4, 6)
        assert plano.valor == sum(guia.valor_informado for guia in GuiaDigitada.objects.all()) > 0
        assert plano.de_fora == [("ainda em digitação", 1)]
        assert geracao.planejar(cenario.aurelia, Escolha(ate=date(2000, 1, 1))).grupos == []
        consultas = Escolha(tipos=frozenset({"guiaConsulta"}))
        assert geracao.planejar(cenario.aurelia, consultas).quantas_guias == 1


def test_generating_twice_makes_nothing_twice(cenario: Cenario, faturista: Any) -> None:
    with cenario.dentro("aurelia", "faturista"):
        visto = geracao.planejar(cenario.aurelia, TODAS).marca
        lotes = geracao.gerar(prestador=cenario.aurelia, escolha=TODAS, visto=visto, por=faturista)
        assert [(lote.tipo_de_guia, lote.quantidade_de_guias, lote.situacao) for lote in lotes] == [
            ("guiaConsulta", 1, "aberto"),
            *[("guiaSP-SADT", quantas, "aberto") for quantas in (2, 2, 1)],
        ]
        with pytest.raises(LoteRecusado, match="não são mais as que você viu"):
            geracao.gerar(prestador=cenario.aurelia, escolha=TODAS, visto=visto, por=faturista)
        assert Lote.objects.count() == 4


def test_a_plan_that_changed_since_it_was_seen_is_shown_again(cenario: Cenario, faturista: Any, client: Client) -> None:
    client.force_login(faturista)
    pagina = client.get("/aurelia/lotes/geracao/")
    visto = pagina.context["plano"].marca
    assert "2 + 2 + 1" in pagina.content.decode()
    with cenario.dentro("aurelia", "faturista"):
        digitar(cenario, numero=20)
    recusada = client.post("/aurelia/lotes/geracao/", {"visto": visto})
    assert recusada.status_code == 409
    assert "2 + 2 + 2" in recusada.content.decode()
    feita = client.post("/aurelia/lotes/geracao/", {"visto": recusada.context["plano"].marca})
    assert feita.status_code == 302
    with cenario.dentro("aurelia"):
        assert Lote.objects.count() == 4


def test_many_guides_are_gathered_by_a_job(
    cenario: Cenario, faturista: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geracao, "DE_UMA_VEZ", 5)
    client.force_login(faturista)
    visto = client.get("/aurelia/lotes/geracao/").context["plano"].marca
    pedida = client.post("/aurelia/lotes/geracao/", {"visto": visto})
    assert "Em andamento" in client.get(pedida["Location"]).content.decode()
    trabalho = fila.reclamar("importacao", "teste")
    assert trabalho is not None
    fila.executar(trabalho, "teste")
    pagina = client.get(pedida["Location"])
    assert [lote.quantidade_de_guias for lote in pagina.context["lotes"]] == [1, 2, 2, 1]
    with cenario.dentro("aurelia"):
        feita = GeracaoDeLotes.objects.get()
        assert feita.situacao == SituacaoDaGeracao.FEITA
        geracao.fazer(feita.pk)
        assert Lote.objects.count() == 4


def test_a_job_whose_guides_went_elsewhere_says_so(cenario: Cenario, faturista: Any) -> None:
    with cenario.dentro("aurelia", "faturista"):
        plano = geracao.planejar(cenario.aurelia, TODAS)
        pedida = geracao.pedir(prestador=cenario.aurelia, escolha=TODAS, plano=plano, por=faturista)
        gerar(cenario, faturista)
        geracao.fazer(pedida.pk)
        pedida.refresh_from_db()
        assert pedida.situacao == SituacaoDaGeracao.RECUSADA
        assert "não são mais" in pedida.erro
        assert Lote.objects.count() == 4
