"""A file of rows from its arrival to the register: what is told, what is written, and what a crash leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from conecta.fila import fila
from conecta.importacao import guarda, trabalho, transicoes
from conecta.importacao.erros import ForaDeHora
from conecta.importacao.estados import Modo
from conecta.importacao.models import ConteudoImportado, Importacao, LinhaRuim
from conecta.importacao.tasks import limpar_de
from convenios.models import Plano
from tests.fabrica import Cenario
from tests.importacao.apoio import RUINS, TITULOS, atual, conferida, csv, gravada, incluir, planos, trabalhar, xlsx


def _nomes(cenario: Cenario, quem: str = "pasa") -> list[str]:
    with cenario.dentro(quem):
        return list(Plano.objects.order_by("codigo").values_list("nome", flat=True))


def test_a_good_file_is_told_and_then_written(cenario: Cenario) -> None:
    importacao = conferida(cenario, planos(3))
    assert (importacao.situacao, importacao.boas, importacao.ruins) == ("conferida", 3, 0)
    assert (importacao.novas, importacao.mudadas, importacao.iguais) == (3, 0, 0)
    assert importacao.amostra[0] == ["P000", "Plano 0", "01/01/2026", "Sim"]
    assert _nomes(cenario) == []  # nothing is written by the check, though it was tried
    with cenario.dentro("pasa", "gestor"):
        pessoa = cenario.pessoa("gestor", "pasa")
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.TUDO, por=pessoa)
    trabalhar()
    assert atual(cenario, importacao).situacao == "concluida"
    assert _nomes(cenario) == ["Plano 0", "Plano 1", "Plano 2"]


def test_every_bad_line_is_named_with_column_value_and_reason(cenario: Cenario) -> None:
    importacao = conferida(cenario, RUINS)
    assert (importacao.boas, importacao.ruins) == (1, 2)
    with cenario.dentro("pasa"):
        vazia, repetida = LinhaRuim.objects.filter(importacao=importacao)
    assert vazia.numero == 3
    assert [(erro["coluna"], erro["valor"]) for erro in vazia.erros] == [("Nome", "")]
    assert repetida.erros[0]["frase"] == "Repete a linha 2. Deixe só uma das duas."


def test_all_errors_of_a_line_are_told_at_once(cenario: Cenario) -> None:
    importacao = conferida(cenario, csv(TITULOS, ("P2", "Plano", "31/02/2026", "talvez")))
    with cenario.dentro("pasa"):
        (linha,) = LinhaRuim.objects.filter(importacao=importacao)
    assert [erro["coluna"] for erro in linha.erros] == ["Início", "Ativo"]


def test_all_or_nothing_is_refused_with_bad_lines_and_only_the_good_ones_can_be_written(cenario: Cenario) -> None:
    importacao = conferida(cenario, RUINS)
    pessoa = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        with pytest.raises(ForaDeHora, match="linhas com erro"):
            transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.TUDO, por=pessoa)
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.BOAS, por=pessoa)
    trabalhar()
    importacao = atual(cenario, importacao)
    assert (importacao.situacao, importacao.novas, importacao.ruins) == ("concluida", 1, 2)
    assert _nomes(cenario) == ["Bom"]


def test_the_same_file_again_changes_nothing_and_a_changed_one_only_what_differs(cenario: Cenario) -> None:
    gravada(cenario, planos(3))
    outra = gravada(cenario, planos(3))
    assert (outra.novas, outra.mudadas, outra.iguais) == (0, 0, 3)
    mudada = gravada(cenario, planos(2, "Outro") + b"\r\n" + planos(4).split(b"\r\n", 3)[3])
    assert (mudada.novas, mudada.mudadas, mudada.iguais) == (1, 2, 1)


@pytest.mark.parametrize("linhas", [1, trabalho.LINHAS_POR_VEZ + 1])
def test_a_job_that_dies_leaves_nothing_and_is_done_again(
    cenario: Cenario, linhas: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    importacao = conferida(cenario, planos(linhas))
    with cenario.dentro("pasa", "gestor"):
        pessoa = cenario.pessoa("gestor", "pasa")
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.TUDO, por=pessoa)
    with monkeypatch.context() as morte:
        # What ends a process at the last moment: all rows are written, the state is not.
        morte.setattr(transicoes, "_passar", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        reclamado = fila.reclamar("importacao", "morto")
        assert reclamado is not None
        with pytest.raises(KeyboardInterrupt):
            fila.executar(reclamado, "morto")
    assert _nomes(cenario) == []
    fila._devolver(reclamado.id, "morto", "", espera=0)
    trabalhar()
    assert len(_nomes(cenario)) == linhas


def test_a_row_that_is_good_no_more_stops_all_or_nothing(cenario: Cenario) -> None:
    titulos = (*TITULOS, "Convênio")
    importacao = conferida(cenario, csv(titulos, ("P1", "Bom", "01/01/2026", "Sim", "1")))
    pessoa = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.TUDO, por=pessoa)
        from convenios.models import Convenio

        Convenio.objects.update(codigo=9)
    trabalhar()
    importacao = atual(cenario, importacao)
    assert importacao.situacao == "falhou"
    assert "cadastro mudou" in importacao.erro
    assert _nomes(cenario) == []


def test_a_cancelled_import_writes_nothing_even_if_its_job_runs_then(cenario: Cenario) -> None:
    importacao = conferida(cenario, planos(2))
    pessoa = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.TUDO, por=pessoa)
        transicoes.cancelar(importacao_id=importacao.pk, por=pessoa)
        with pytest.raises(ForaDeHora):
            transicoes.cancelar(importacao_id=importacao.pk, por=pessoa)
    trabalhar()
    assert atual(cenario, importacao).situacao == "cancelada"
    assert _nomes(cenario) == []


def test_what_is_cancelled_while_the_job_runs_is_undone(cenario: Cenario, monkeypatch: pytest.MonkeyPatch) -> None:
    importacao = conferida(cenario, planos(2))
    pessoa = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=Modo.TUDO, por=pessoa)
    gravar = trabalho.gravar

    def cancelar_e_gravar(qual: Importacao) -> dict:
        feito = gravar(qual)
        Importacao.objects.filter(pk=qual.pk).update(situacao="cancelada")
        return feito

    monkeypatch.setattr(trabalho, "gravar", cancelar_e_gravar)
    trabalhar()
    assert _nomes(cenario) == []


def test_a_file_that_cannot_be_read_says_why(cenario: Cenario) -> None:
    importacao = conferida(cenario, csv(("Código", "Fim"), ("P1", "")))
    assert importacao.situacao == "recusada"
    assert importacao.erro == ("Faltam as colunas “Nome”, “Início”, que são obrigatórias. Inclua-as e envie de novo.")


def test_a_file_without_headings_is_told_which_to_write(cenario: Cenario) -> None:
    importacao = conferida(cenario, csv(("P1", "Bom"), ("P2", "Melhor")))
    assert importacao.erro == (
        "A primeira linha não tem os títulos das colunas: nela está “P1”, “Bom”. "
        "Escreva nela pelo menos estes títulos: “Código”, “Nome”, “Início”."
    )


def test_headings_without_rows_are_said_to_be_that(cenario: Cenario) -> None:
    assert "não há linhas" in conferida(cenario, csv(TITULOS)).erro


def test_the_example_of_the_model_is_not_imported(cenario: Cenario) -> None:
    exemplo = ("AMB-01", "Ambulatorial Regional", "01/01/2026", "Sim")
    importacao = conferida(cenario, csv(TITULOS, exemplo, ("P1", "Bom", "01/01/2026", "Sim")))
    assert (importacao.puladas, importacao.boas, importacao.ruins) == (1, 1, 0)


def test_unknown_columns_are_said_to_be_ignored(cenario: Cenario) -> None:
    importacao = conferida(cenario, csv((*TITULOS, "Cor"), ("P1", "Bom", "01/01/2026", "Sim", "azul")))
    assert importacao.ignorados == ["Cor"]


def test_checking_again_replaces_the_bad_lines(cenario: Cenario) -> None:
    importacao = conferida(cenario, RUINS)
    with cenario.dentro("pasa", "gestor"):
        transicoes.reconferir(importacao_id=importacao.pk, por=cenario.pessoa("gestor", "pasa"))
    trabalhar()
    with cenario.dentro("pasa"):
        assert LinhaRuim.objects.filter(importacao=importacao).count() == 2


def test_a_job_that_failed_three_times_is_said_so(cenario: Cenario) -> None:
    importacao = incluir(cenario, planos(1))
    with cenario.dentro("pasa"):
        transicoes.falhar(importacao.pk)
    importacao = atual(cenario, importacao)
    assert importacao.situacao == "falhou"
    assert "Nada foi gravado" in importacao.erro


def test_old_files_and_bad_lines_are_removed_and_the_result_stays(cenario: Cenario) -> None:
    velha, nova = conferida(cenario, RUINS), conferida(cenario, RUINS)
    with cenario.dentro("pasa"):
        Importacao.objects.filter(pk=velha.pk).update(criada_em=timezone.now() - timedelta(days=31))
    assert limpar_de("operadora", cenario.pasa.pk) == 1
    with cenario.dentro("pasa"):
        assert set(LinhaRuim.objects.values_list("importacao", flat=True)) == {nova.pk}
        assert ConteudoImportado.objects.get().importacao_id == nova.pk
    velha = atual(cenario, velha)
    assert (velha.ruins, velha.amostra, velha.situacao) == (2, [], "cancelada")


def test_the_file_comes_back_to_the_byte(cenario: Cenario) -> None:
    dados = planos(50)
    importacao = incluir(cenario, dados)
    with cenario.dentro("pasa"), guarda.abrir(importacao) as arquivo:
        assert arquivo.read() == dados


def test_bytes_that_changed_in_storage_are_never_imported(cenario: Cenario) -> None:
    importacao = incluir(cenario, planos(1))
    with cenario.dentro("pasa"):
        conteudo = ConteudoImportado.objects.get()
        conteudo.delete()
        ConteudoImportado.objects.create(
            importacao=importacao, organizacao=cenario.pasa, sha256="0" * 64, comprimido=conteudo.comprimido
        )
        with pytest.raises(guarda.ConteudoAlterado):
            guarda.abrir(importacao)


def test_another_organisation_sees_no_import_and_no_line(cenario: Cenario) -> None:
    conferida(cenario, RUINS)
    for quem in ("sulina", "aurelia"):
        with cenario.dentro(quem):
            for modelo in (Importacao, ConteudoImportado, LinhaRuim):
                assert not modelo.objects.exists()


def test_of_a_workbook_only_the_columns_that_it_has_are_shown(cenario: Cenario) -> None:
    importacao = conferida(cenario, xlsx(TITULOS, ("P1", "Um", "01/01/2026"), ("P2", "Dois", "01/01/2026", "Sim")))
    assert tuple(importacao.titulos) == TITULOS
    assert importacao.amostra == [["P1", "Um", "01/01/2026", ""], ["P2", "Dois", "01/01/2026", "Sim"]]
