"""The verdict as a whole: what stops what, what comes first, and what is said only once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convenios.models import Beneficiario, Convenio, ParametrosDaOperadora
from lotes.estados import SituacaoDoLote
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tests.lotes.construcao import criar_lote
from tests.uploads.apoio import enviar, xml_valido
from tests.uploads.regras.apoio import CONTRATO, cadastro_de, editado, retira, troca
from tests.uploads.regras.casos_assinatura import CLINICA, RAIZ
from tiss_schemas.achados import Severidade
from tiss_schemas.exemplos import cnpj_valido, lote_exemplo
from tiss_schemas.icp_brasil import Confianca
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.contexto import carregar_contexto
from uploads.models import Arquivo
from uploads.veredito import Veredito, julgar

AGORA = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
OUTRO_CNPJ = cnpj_valido("55666777")


def _regras(veredito: Veredito) -> list[str]:
    return [achado.regra for achado in veredito.achados]


def _julgar(conteudo: bytes, **cadastro: Any) -> Veredito:
    return julgar(conteudo, "lote.xml", contexto_de=lambda lote, _: cadastro_de(lote, **cadastro))


@pytest.mark.parametrize("conteudo", [b"", b"PK\x03\x04", b"<a/>", b"\xff\xfe<\0a\0", b"<", b"x" * 100])
def test_a_file_that_cannot_be_read_has_one_finding_and_no_document(conteudo: bytes) -> None:
    veredito = julgar(conteudo)
    assert veredito.documento is None
    assert veredito.lote is None
    assert not veredito.valido
    assert len(veredito.achados) == 1


def test_a_file_too_big_gets_the_code_of_the_version_it_declares() -> None:
    antigo = lote_exemplo("consulta", "3.05.00")
    assert julgar(antigo + b" " * 16_000_000).achados[0].codigo == "5002"


def test_an_unknown_version_stops_everything_else() -> None:
    conteudo = editado(lote_exemplo(), [troca("Padrao", "9.99.00"), troca("numeroLote", "A1")], acerta_hash=False)
    assert _regras(_julgar(conteudo)) == ["M04"]


def test_a_version_that_is_not_accepted_stops_everything_else() -> None:
    conteudo = editado(lote_exemplo(), [troca("numeroLote", "A1")], acerta_hash=False)
    assert _regras(_julgar(conteudo, parametros={"versoes_aceitas": ("4.01.00",)})) == ["M05"]


def test_a_sender_who_is_not_known_leaves_the_lot_unjudged_but_not_the_structure() -> None:
    conteudo = editado(
        lote_exemplo(),
        [
            troca("identificacaoPrestador/CNPJ", OUTRO_CNPJ),
            troca("numeroLote", "A1"),
            troca("indicacaoAcidente", "7"),
        ],
    )
    assert _regras(_julgar(conteudo)) == ["H06", "F06"]


def test_a_contract_out_of_force_does_not_hide_what_is_wrong_with_the_lot() -> None:
    conteudo = editado(lote_exemplo(), [troca("numeroLote", "A1")])
    assert _regras(_julgar(conteudo, credenciamento=replace(CONTRATO, ativo=False))) == ["H07", "L03"]


def test_errors_of_structure_do_not_stop_the_rules() -> None:
    conteudo = editado(
        lote_exemplo(guias=2), [troca("indicacaoAcidente", "7"), troca(f"{ITEM}/quantidadeExecutada", "0")]
    )
    assert _regras(_julgar(conteudo)) == ["F06", "I09"]


def test_what_the_schema_says_of_a_node_no_rule_says_again() -> None:
    conteudo = editado(lote_exemplo(), [troca("numeroLote", "")])
    veredito = _julgar(conteudo)
    assert _regras(veredito) == ["F06"]


def test_findings_stand_in_the_order_of_the_file() -> None:
    conteudo = editado(
        lote_exemplo(guias=3),
        [
            troca("guiaSP-SADT[3]//registroANS", "354317"),
            troca("guiaSP-SADT[2]//indicacaoAcidente", "7"),
            troca(f"{ITEM}/quantidadeExecutada", "0"),
            troca("numeroLote", "A1"),
        ],
        acerta_hash=False,
    )
    veredito = _julgar(conteudo)
    assert _regras(veredito) == ["L03", "I09", "F06", "G01", "M02"]
    assert [achado.linha for achado in veredito.achados] == sorted(achado.linha or 0 for achado in veredito.achados)


def test_what_may_be_ignored_does_not_make_the_file_invalid() -> None:
    veredito = _julgar(editado(lote_exemplo(), [troca("numeroLote", "A1")]))
    assert _regras(veredito) == ["L03"]
    assert veredito.valido


def test_without_a_register_only_the_rules_that_need_none_speak() -> None:
    conteudo = editado(
        lote_exemplo(data=date(2020, 1, 1)),
        [troca("identificacaoPrestador/CNPJ", OUTRO_CNPJ), troca(f"{ITEM}/quantidadeExecutada", "0")],
    )
    assert _regras(julgar(conteudo, agora=AGORA)) == ["I09"]


def test_a_message_without_sender_addressee_and_lot_is_judged_all_the_same() -> None:
    conteudo = editado(lote_exemplo(), [retira("prestadorParaOperadora"), retira("origem"), retira("destino")])
    veredito = _julgar(conteudo)
    assert _regras(veredito) == ["M08", "F06", "F06"]
    assert veredito.lote is None


def _do_cenario(cenario: Cenario, guias: int, **mudancas: Any) -> bytes:
    carteiras = [CARTEIRAS[PASA].format(numero) for numero in range(40)]
    return lote_exemplo(guias=guias, cnpj=cenario.aurelia.documento, carteiras=carteiras, **mudancas)


def _com_o_banco(cenario: Cenario, conteudo: bytes) -> Veredito:
    contexto_de = partial(carregar_contexto, prestador=cenario.aurelia, arquivo_id=None, agora=AGORA)
    with cenario.dentro("aurelia"):
        return julgar(conteudo, "lote.xml", contexto_de=contexto_de)


def test_a_file_in_order_is_valid_by_the_real_register(cenario: Cenario) -> None:
    veredito = _com_o_banco(cenario, _do_cenario(cenario, 50))
    assert veredito.achados == ()
    assert veredito.valido


def test_the_register_is_loaded_in_the_same_queries_for_one_guide_and_for_a_hundred(cenario: Cenario) -> None:
    quantas = {}
    for guias in (1, 100):
        documento = ler(_do_cenario(cenario, guias))
        lote = ler_lote(documento)
        with (
            cenario.dentro("aurelia"),
            CaptureQueriesContext(
                connection,
            ) as consultas,
        ):
            carregar_contexto(lote, documento, prestador=cenario.aurelia, arquivo_id=None, agora=AGORA)
        quantas[guias] = len(consultas)
    assert quantas[1] == quantas[100] <= 30


def test_certificates_are_looked_up_for_a_message_that_is_signed(
    cenario: Cenario, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "raiz.crt").write_bytes(RAIZ.certificado.public_bytes(Encoding.DER))
    settings.ICP_BRASIL_DIR = tmp_path
    sem_assinatura = _do_cenario(cenario, 1)
    assinada = CLINICA.assinar(sem_assinatura)
    for conteudo, esperada in ((assinada, Confianca((RAIZ.certificado,))), (sem_assinatura, Confianca())):
        with cenario.dentro("aurelia"):
            contexto = carregar_contexto(None, ler(conteudo), prestador=cenario.aurelia, arquivo_id=None, agora=AGORA)
        assert contexto.confianca == esperada


@pytest.fixture
def tuss(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Three periods of two codes of table 22, written by the owner: the portal may only read the standard's tables."""
    with django_db_blocker.unblock():
        with connections["dono"].cursor() as cursor:
            cursor.execute(
                "insert into convenios_edicao (fonte, rotulo, sha256, carregada_em) values ('tuss', '', '', now());"
                "insert into convenios_termo "
                "(tabela, codigo, termo, termo_busca, vigencia_inicio, vigencia_fim, edicao_id) "
                "select '22', codigo, 'Termo', 'termo', inicio::date, fim::date, edicao.id from (values "
                "('40302040', '2009-02-13', '2010-01-01'), ('40302040', '2011-01-01', null), "
                "('40302318', '2009-02-13', '2010-01-01')) as linha (codigo, inicio, fim), convenios_edicao as edicao"
            )
        yield
        with connections["dono"].cursor() as cursor:
            cursor.execute("delete from convenios_termo; delete from convenios_edicao")
        connections["dono"].close()


def test_codes_are_judged_by_the_tables_of_tuss_that_are_loaded(tuss: None, cenario: Cenario) -> None:
    conteudo = editado(_do_cenario(cenario, 1, itens=6), [troca(f"{ITEM}//codigoProcedimento", "4030204-0")])
    veredito = _com_o_banco(cenario, conteudo)
    assert _regras(veredito) == ["I06", "I05", "I03"]
    assert veredito.achados[0].sugestao == "40302040"
    assert veredito.achados[1].valor == "40302318"


def test_a_table_is_known_by_codes_that_the_file_does_not_have(tuss: None, cenario: Cenario) -> None:
    conteudo = editado(_do_cenario(cenario, 1, itens=1), [troca(f"{ITEM}//codigoProcedimento", "10101012")])
    assert _regras(_com_o_banco(cenario, conteudo)) == ["I03"]


@pytest.mark.parametrize("upload", [True, False])
def test_uploads_with_one_number_of_lot_are_judged_one_after_the_other(cenario: Cenario, upload: bool) -> None:
    documento = ler(_do_cenario(cenario, 1))
    arquivo_id = 1 if upload else None
    with cenario.dentro("aurelia"), connection.cursor() as cursor:
        carregar_contexto(ler_lote(documento), documento, prestador=cenario.aurelia, arquivo_id=arquivo_id, agora=AGORA)
        cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")
        assert cursor.fetchone() == (int(upload),)


def test_what_the_operadora_decided_weighs(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        ParametrosDaOperadora.objects.filter(operadora=cenario.pasa).update(maximo_de_guias=1)
        Convenio.objects.filter(operadora=cenario.pasa).update(origem="codigo")
        Beneficiario.objects.filter(operadora=cenario.pasa, numero_carteira=CARTEIRAS[PASA].format(1)).update(
            desligamento=date(2025, 1, 1)
        )
    assert _regras(_com_o_banco(cenario, _do_cenario(cenario, 2))) == ["H08", "L04", "B03"]


def test_a_beneficiario_of_another_operadora_is_nobody_here(cenario: Cenario) -> None:
    conteudo = lote_exemplo(cnpj=cenario.aurelia.documento, carteiras=[CARTEIRAS["354317"].format(0)])
    assert _regras(_com_o_banco(cenario, conteudo)) == ["B01"]


def test_a_message_for_an_operadora_that_is_not_here_names_those_that_are(cenario: Cenario) -> None:
    veredito = _com_o_banco(cenario, _do_cenario(cenario, 1, registro_ans="000000"))
    assert _regras(veredito) == ["H01"]
    assert veredito.achados[0].esperado == "331988, 354317"


@pytest.mark.parametrize(
    ("situacao", "esperadas"),
    [
        (SituacaoDoLote.ABERTO, ["H09", "L02", "G04"]),
        (SituacaoDoLote.ENVIADO, ["H09", "L02", "G04"]),
        (SituacaoDoLote.EXCLUIDO, []),
    ],
)
def test_lots_count_until_they_are_excluded(cenario: Cenario, situacao: SituacaoDoLote, esperadas: list[str]) -> None:
    lote = criar_lote(cenario, guias=1, situacao=situacao, numero_do_prestador="412", sequencial_transacao="77")
    with cenario.dentro("aurelia"):
        (numero,) = lote.guias.values_list("numero_do_prestador", flat=True)
    conteudo = _do_cenario(cenario, 1, numero_lote="412", sequencial="77", primeiro_numero_guia=int(numero))
    assert _regras(_com_o_banco(cenario, conteudo)) == esperadas


def test_what_others_billed_or_another_operadora_received_does_not_count(cenario: Cenario) -> None:
    for prestador, operadora in (("boavista", "pasa"), ("aurelia", "sulina")):
        criar_lote(cenario, prestador, operadora, numero_do_prestador="412", sequencial_transacao="77")
    assert _regras(_com_o_banco(cenario, _do_cenario(cenario, 100, numero_lote="412", sequencial="77"))) == []


def test_the_same_bytes_again_name_the_earlier_lot(cenario: Cenario, entrar: Any) -> None:
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    dados = xml_valido(cenario)
    enviar(cliente, cenario.aurelia.slug, "um.xml", dados)
    with cenario.dentro("aurelia"):
        primeiro = Arquivo.objects.get()
        contexto_de = partial(carregar_contexto, prestador=cenario.aurelia, agora=timezone.now())
        de_novo = julgar(dados, "dois.xml", contexto_de=partial(contexto_de, arquivo_id=None))
        ele_mesmo = julgar(dados, "um.xml", contexto_de=partial(contexto_de, arquivo_id=primeiro.pk))
    assert _regras(de_novo) == ["F08"]
    assert de_novo.valido
    assert str(primeiro.numero_lote) in de_novo.achados[0].mensagem
    assert ele_mesmo.achados == ()


def test_beyond_the_limit_what_stops_a_file_is_only_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uploads.veredito.LIMITE_ACHADOS", 3)
    conteudo = re.sub(rb"(<ans:quantidadeExecutada>)[^<]*", rb"\g<1>0", lote_exemplo("sadt", itens=8))
    achados = julgar(conteudo).achados
    assert sum(achado.impede for achado in achados) == 3
    assert achados[-1].severidade is Severidade.INFORMATIVA
    assert achados[-1].mensagem.startswith("Há mais ")
    assert int(achados[-1].valor or 0) >= 5


def test_what_may_be_ignored_is_always_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uploads.veredito.LIMITE_ACHADOS", 0)
    achados = julgar(lote_exemplo("sadt", numero_lote="JAN-26")).achados
    assert [achado.regra for achado in achados] == ["L03"]
