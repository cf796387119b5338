"""What guides teach: people, cards and codes are counted, kept as a person wrote them, and never in the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from convenios.models import Convenio
from tests.convenios.apoio_terminologia import termo_proprio
from tests.digitacao.apoio import comecar, digitar, valores_exemplo
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tests.movimento import incluir, xml_de
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler as ler_xml
from tiss_schemas.lote_lido import LoteLido, ler_lote
from uploads.digitacao import conhecidos, transicoes
from uploads.digitacao.conhecidos_leitura import ler
from uploads.digitacao.models import BeneficiarioConhecido, GuiaDigitada, ProcedimentoUsual, ProfissionalConhecido
from uploads.digitacao.transicoes import NOME_DO_BENEFICIARIO
from uploads.estados import SituacaoDoArquivo

TODOS = (BeneficiarioConhecido, ProfissionalConhecido, ProcedimentoUsual)


def lido(tipo: str = "sadt", **opcoes: Any) -> LoteLido:
    lote = ler_lote(ler_xml(lote_exemplo(tipo, **opcoes)))
    assert lote is not None
    return lote


@pytest.mark.parametrize("tipo", ["consulta", "sadt", "internacao", "honorarios", "odonto"])
def test_every_type_of_guide_teaches_who_worked_and_what_is_charged(tipo: str) -> None:
    aprendido = ler(lido(tipo, guias=2, itens=2).guias)
    assert sum(aprendido.carteiras.values()) == 2
    assert aprendido.profissionais
    assert all(quem.nome and quem.conselho and quem.numero and quem.uf for quem in aprendido.profissionais)
    assert sum(aprendido.codigos.values()) >= 2
    if tipo == "odonto":
        assert {quem.conselho for quem in aprendido.profissionais} == {"08"}


def test_the_same_person_on_many_lines_is_counted_on_each_and_kept_once() -> None:
    lote = lido("honorarios", guias=3, itens=4)
    da_equipe = [membro for guia in lote.guias for item in guia.itens for membro in item.equipe]
    nomes = {membro.findtext("{*}nomeProfissional") for membro in da_equipe}
    aprendido = ler(lote.guias)
    contados = {quem.nome: vezes for quem, vezes in aprendido.profissionais.items() if quem.nome in nomes}
    assert sum(contados.values()) >= len(da_equipe) > len(contados)


def test_who_asks_lends_no_document_of_a_clinic_to_the_professional() -> None:
    guia = lido().guias[0]
    solicitante = guia.elemento.find("{*}dadosSolicitante")
    assert solicitante is not None
    nome = solicitante.find("{*}nomeContratadoSolicitante")
    profissional = solicitante.findtext("{*}profissionalSolicitante/{*}nomeProfissional")
    assert nome is not None
    for da_clinica, conhece in (("Clínica Inventada", False), (profissional, True)):
        nome.text = da_clinica
        aprendidos = {quem for quem in ler([guia]).profissionais if quem.nome == profissional}
        assert any(quem.cpf or quem.codigo for quem in aprendidos) is conhece


def test_a_number_that_is_nobodys_teaches_nothing() -> None:
    guia = lido().guias[0]
    for no in guia.elemento.iter("{*}numeroConselhoProfissional"):
        no.text = "0000"
    assert not ler([guia]).profissionais


def test_a_saved_guide_is_learnt_with_the_name_on_paper(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        valores = valores_exemplo() | {NOME_DO_BENEFICIARIO: "Zélia da Luz"}
        transicoes.salvar(guia=guia, valores=valores, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia"))
        conhecida = BeneficiarioConhecido.objects.get()
        assert (conhecida.nome, conhecida.nome_busca, conhecida.usos) == ("Zélia da Luz", "zelia da luz", 1)
        assert ProfissionalConhecido.objects.exists()
        assert set(ProcedimentoUsual.objects.values_list("convenio_id", "tipo")) == {(guia.convenio_id, "guiaSP-SADT")}


def test_a_guide_with_blocking_findings_teaches_nothing(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        valores = valores_exemplo()
        del valores["dadosSolicitacao/caraterAtendimento"]
        _, juizo = transicoes.salvar(
            guia=guia, valores=valores, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia")
        )
        assert juizo.impede
        assert not any(modelo.objects.exists() for modelo in TODOS)


def test_an_imported_file_is_learnt_and_a_refused_one_is_not(cenario: Cenario) -> None:
    incluir(cenario, b"isto nao e um XML")
    with cenario.dentro("aurelia"):
        assert not any(modelo.objects.exists() for modelo in TODOS)
    incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, guias=6, itens=3))
    with cenario.dentro("aurelia"):
        principal = Convenio.objects.get(operadora=cenario.pasa, principal=True)
        assert BeneficiarioConhecido.objects.get(numero_carteira=CARTEIRAS[PASA].format(0)).usos == 2
        assert sum(ProcedimentoUsual.objects.values_list("usos", flat=True)) == 18
        assert set(ProcedimentoUsual.objects.values_list("convenio_id", flat=True)) == {principal.pk}
        assert ProfissionalConhecido.objects.exists()
    with cenario.dentro("boavista"):
        assert not any(modelo.objects.exists() for modelo in TODOS)


def test_what_is_met_again_is_added_to_and_what_a_person_changed_stays(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia, lida = comecar(cenario), lido().guias[0]
        conhecidos.aprender(guia, lida)
        antes = {quem.pk: quem.usos for quem in ProfissionalConhecido.objects.all()}
        ProfissionalConhecido.objects.update(nome="Como a clínica o chama", codigos={"9": "OUTRO"})
        ProcedimentoUsual.objects.update(descricao="Do jeito da casa", favorito=True)
        conhecidos.aprender(guia, lida)
        for quem in ProfissionalConhecido.objects.all():
            assert quem.usos == 2 * antes[quem.pk]
            assert quem.nome == "Como a clínica o chama"
            assert quem.codigos["9"] == "OUTRO"
        assert set(ProcedimentoUsual.objects.values_list("descricao", "favorito")) == {("Do jeito da casa", True)}


def test_terminology_names_a_code_better_than_the_line_that_charges_it(cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "HEMO1", "Hemograma da operadora")
    with cenario.dentro("aurelia", "digitador"):
        guia = GuiaDigitada.objects.get(pk=comecar(cenario).pk)
        lida = lido().guias[0]
        lida.itens[0].tabela, lida.itens[0].codigo, lida.itens[0].descricao = "00", "HEMO1", "HEMOG. COMPL."
        conhecidos.aprender(guia, lida)
        assert ProcedimentoUsual.objects.get(codigo="HEMO1").descricao == "Hemograma da operadora"


def test_what_cannot_be_learnt_keeps_nothing_from_being_saved_or_imported(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        digitar(cenario, numero=1)
        BeneficiarioConhecido.objects.all().delete()
        ProcedimentoUsual.objects.update(usos=2**31 - 1)
        assert digitar(cenario, numero=2).situacao == "pronta"
    arquivo = incluir(cenario, xml_de(cenario.aurelia, cenario.pasa, numero="7", guias=2))
    assert arquivo.situacao == SituacaoDoArquivo.IMPORTADO
    with cenario.dentro("aurelia"):
        assert not BeneficiarioConhecido.objects.exists()


def test_a_lot_is_learnt_in_a_fixed_number_of_queries(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        contagens = []
        for itens in (1, 30):
            with CaptureQueriesContext(connection) as consultas:
                conhecidos.aprender(guia, lido(itens=itens).guias[0])
            contagens.append(len(consultas))
    assert contagens[0] == contagens[1] <= 6  # four, inside a savepoint
