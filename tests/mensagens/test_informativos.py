"""Informativos: from draft to archive, who is shown them, and who has read them as they are now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from lotes.mensagens import informativos
from lotes.mensagens.erros import InformativoRecusado
from lotes.mensagens.models import Informativo, PdfDoInformativo
from lotes.mensagens.models.informativo import MAIOR_PDF
from lotes.mensagens.recepcao import Recebido
from tests.fabrica import Cenario
from tests.mensagens.apoio import PDF, PNG, informar

HOJE = timezone.localdate()


def vistos(cenario: Cenario, quem: str) -> int:
    with cenario.dentro(quem):
        return informativos.mostrados(cenario.organizacoes[quem]).count()


def mudar(cenario: Cenario, informativo: Informativo, **campos: Any) -> Informativo:
    valores = {nome: getattr(informativo, nome) for nome in informativos.CAMPOS} | campos
    with cenario.dentro("pasa", "gestor"):
        return informativos.gravar(
            operadora=cenario.pasa, informativo=informativo, valores=valores, por=cenario.pessoa("gestor", "pasa")
        )


def ler(cenario: Cenario, informativo: Informativo, papel: str = "faturista", quem: str = "aurelia") -> None:
    with cenario.dentro(quem, papel):
        informativos.ler(informativo=informativo, prestador=cenario.organizacoes[quem], por=cenario.pessoa(papel, quem))


def por_ler(cenario: Cenario, papel: str = "faturista") -> int:
    with cenario.dentro("aurelia", papel):
        return informativos.nao_lidos(cenario.aurelia, cenario.pessoa(papel, "aurelia")).count()


def test_a_draft_is_seen_by_nobody_else(cenario: Cenario) -> None:
    informar(cenario, publicar=False)
    assert [vistos(cenario, quem) for quem in ("aurelia", "boavista", "cedro")] == [0, 0, 0]


def test_one_for_all_reaches_the_credenciados_and_nobody_else(cenario: Cenario) -> None:
    informar(cenario)
    assert [vistos(cenario, quem) for quem in ("aurelia", "boavista", "cedro")] == [1, 1, 0]
    with cenario.dentro("sulina"):
        assert not Informativo.objects.exists()
    with cenario.dentro("cedro"):
        assert not PdfDoInformativo.objects.exists()


def test_one_for_some_reaches_those(cenario: Cenario) -> None:
    informar(cenario, para=("boavista",))
    assert [vistos(cenario, quem) for quem in ("aurelia", "boavista")] == [0, 1]
    with cenario.dentro("aurelia"):
        assert not PdfDoInformativo.objects.exists()


@pytest.mark.parametrize(
    ("de", "ate", "mostrado"),
    [
        (HOJE, HOJE, True),
        (HOJE + timedelta(days=1), None, False),
        (date(2020, 1, 1), HOJE - timedelta(days=1), False),
    ],
)
def test_it_is_shown_in_its_period(cenario: Cenario, de: date, ate: date | None, mostrado: bool) -> None:
    informar(cenario, mostrar_de=de, mostrar_ate=ate)
    assert bool(vistos(cenario, "aurelia")) is mostrado


def test_an_archived_one_is_gone_and_stays_so(cenario: Cenario) -> None:
    informativo, gestor = informar(cenario), cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        informativos.arquivar(informativo=informativo, por=gestor)
        for transicao in (informativos.publicar, informativos.arquivar, informativos.excluir):
            with pytest.raises(InformativoRecusado):
                transicao(informativo=informativo, por=gestor)
    with pytest.raises(InformativoRecusado, match="arquivado"):
        mudar(cenario, informativo, titulo="Outro")
    assert vistos(cenario, "aurelia") == 0


def test_reading_is_each_persons_own_and_a_change_asks_to_be_read_again(cenario: Cenario) -> None:
    informativo = informar(cenario)
    ler(cenario, informativo)
    assert (por_ler(cenario), por_ler(cenario, "administrador")) == (0, 1)
    mudado = mudar(cenario, informativo, titulo="Recesso prorrogado")
    assert mudado.atualizado_em is not None
    assert por_ler(cenario) == 1


def test_a_change_to_a_draft_is_no_update(cenario: Cenario) -> None:
    assert mudar(cenario, informar(cenario, publicar=False), titulo="Outro").atualizado_em is None


def test_the_operadora_counts_people_and_prestadores_who_read_it_as_it_is(cenario: Cenario) -> None:
    informativo = informar(cenario)
    for papel, quem in (("faturista", "aurelia"), ("leitura", "aurelia"), ("faturista", "boavista")):
        ler(cenario, informativo, papel, quem)
    with cenario.dentro("pasa"):
        assert informativos.leituras_de(informativo) == informativos.Leituras(pessoas=3, prestadores=2)
        (na_lista,) = informativos.com_leituras(cenario.pasa)
        assert (na_lista.pessoas, na_lista.prestadores_que_leram) == (3, 2)
    mudado = mudar(cenario, informativo, texto="Novo texto")
    with cenario.dentro("pasa"):
        assert informativos.leituras_de(mudado).pessoas == 0


def test_one_for_nobody_is_refused(cenario: Cenario) -> None:
    with pytest.raises(InformativoRecusado, match="ao menos um prestador"):
        mudar(cenario, informar(cenario), para_todos=False)


def test_a_draft_can_be_removed_and_a_published_one_cannot_even_in_sql(cenario: Cenario) -> None:
    gestor = cenario.pessoa("gestor", "pasa")
    rascunho, publicado = informar(cenario, publicar=False, para_todos=False, para=("aurelia",)), informar(cenario)
    with cenario.dentro("pasa", "gestor"):
        informativos.excluir(informativo=rascunho, por=gestor)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from mensagens_informativo where id = %s", [publicado.pk])
            assert cursor.rowcount == 0


def test_a_prestador_cannot_write_one(cenario: Cenario) -> None:
    informativo = informar(cenario)
    with cenario.dentro("aurelia"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Informativo.objects.filter(pk=informativo.pk).update(titulo="x")


@pytest.mark.parametrize(
    ("nome", "dados", "frase"),
    [
        ("a.png", PNG, "não é PDF"),
        ("a.exe", PDF, "não é PDF"),
        ("a.pdf", b"MZ", "não é PDF"),
        ("a.pdf", PDF + b"\0" * MAIOR_PDF, "passa de 5"),
    ],
)
def test_it_carries_a_pdf_and_nothing_else(nome: str, dados: bytes, frase: str) -> None:
    with pytest.raises(InformativoRecusado, match=frase):
        informativos.ler_pdf(Recebido(nome=nome, dados=dados))
