"""What the worker does with a file, whatever happens on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from conecta.fila import fila
from conecta.fila.models import Trabalho
from conecta.tenancy.escopo import sistema
from lotes.models import Acontecimento, Lote
from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from uploads import processamento
from uploads.models import Arquivo, Critica


def test_the_same_bytes_twice_wait_for_a_justification_that_the_operadora_will_read(
    cenario: Cenario, faturista: Client
) -> None:
    dados = xml_valido(cenario)
    enviar(faturista, "aurelia", "a.xml", dados)
    enviar(faturista, "aurelia", "b.xml", dados)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        primeiro, segundo = Arquivo.objects.order_by("id")
        assert (primeiro.situacao, segundo.situacao) == ("importado", "invalido")
        repetido = Critica.objects.get(arquivo=segundo, regra="F08")
        assert repetido.severidade == "ignoravel"
        assert str(primeiro.numero_lote) in repetido.mensagem


def test_an_ignored_critica_no_longer_stops_the_file_and_goes_with_the_lot(cenario: Cenario, faturista: Client) -> None:
    enviar(faturista, "aurelia", "b.xml", xml_valido(cenario, numero_lote="77", sequencial="77"))
    processar_pendentes()
    enviar(
        faturista, "aurelia", "c.xml", xml_valido(cenario, numero_lote="78", sequencial="77", primeiro_numero_guia=50)
    )
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo = Arquivo.objects.latest("id")
        critica = Critica.objects.get(arquivo=arquivo, regra="H09")
        assert arquivo.situacao == "invalido"
    texto = "sequencial repetido por combinação com a PASA"
    base = f"/aurelia/uploads/arquivos/{arquivo.pk}/"
    assert faturista.post(f"{base}ignorar/", {"critica": critica.pk, "justificativa": texto}).status_code == 302
    faturista.post(f"{base}corrigir/", {"versao": 1})
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo.refresh_from_db()
        assert arquivo.situacao == "importado"
        assert not arquivo.corrigido_online
        ignorada = Critica.objects.get(arquivo=arquivo, ignorada=True)
        assert (ignorada.lote_id, ignorada.operadora_id) == (arquivo.lote_id, cenario.pasa.pk)
        assert ignorada.justificativa == texto


def test_a_number_taken_between_verdict_and_import_becomes_a_critica(
    cenario: Cenario, faturista: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    enviar(faturista, "aurelia", "a.xml", xml_valido(cenario))
    processar_pendentes()
    enviar(faturista, "aurelia", "b.xml", xml_valido(cenario, primeiro_numero_guia=90, sequencial="2"))
    julgar, cegos = processamento.julgar_arquivo, []

    def sem_ver_o_outro(arquivo: Any, dados: bytes) -> Any:
        """The first verdict comes before the other file's commit."""
        veredito = julgar(arquivo, dados)
        if cegos:
            return veredito
        cegos.append(veredito)
        return type(veredito)(veredito.documento, veredito.lote, ())

    monkeypatch.setattr(processamento, "julgar_arquivo", sem_ver_o_outro)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo = Arquivo.objects.latest("id")
        assert arquivo.situacao == "invalido"
        assert "L02" in set(Critica.objects.filter(arquivo=arquivo).values_list("regra", flat=True))
        assert Lote.objects.count() == 1


def test_what_cannot_be_processed_is_set_aside_and_can_be_tried_again(
    cenario: Cenario, faturista: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    enviar(faturista, "aurelia", "a.xml", xml_valido(cenario))
    with monkeypatch.context() as quebrado:
        quebrado.setattr(processamento, "julgar_arquivo", lambda *_: 1 / 0)
        for _ in range(3):
            processar_pendentes()
            with sistema():
                Trabalho.objects.update(disponivel_em="2020-01-01T00:00:00Z")
    with cenario.dentro("aurelia"):
        arquivo = Arquivo.objects.get()
        assert arquivo.situacao == "falhou"
    pagina = faturista.get(f"/aurelia/uploads/arquivos/{arquivo.pk}/").content.decode()
    assert "Tentar de novo" in pagina
    assert arquivo.nome in faturista.get("/aurelia/uploads/arquivos/?aba=invalidos").content.decode()
    resposta = faturista.post(f"/aurelia/uploads/arquivos/{arquivo.pk}/tentar-de-novo/")
    assert resposta.status_code == 302
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo.refresh_from_db()
        assert arquivo.situacao == "importado"
    assert faturista.post(f"/aurelia/uploads/arquivos/{arquivo.pk}/tentar-de-novo/").status_code == 409


def test_a_job_that_runs_twice_imports_once(cenario: Cenario, faturista: Client) -> None:
    enviar(faturista, "aurelia", "a.xml", xml_valido(cenario))
    processar_pendentes()
    with cenario.dentro("aurelia"):
        processamento.processar(Arquivo.objects.get().pk)
        assert Lote.objects.count() == 1
        assert Acontecimento.objects.count() == 1


def test_a_file_for_an_operadora_without_contract_stays_with_the_prestador(cenario: Cenario, faturista: Client) -> None:
    enviar(faturista, "aurelia", "a.xml", xml_valido(cenario, registro_ans="000001"))
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo = Arquivo.objects.get()
        assert (arquivo.situacao, arquivo.operadora_id) == ("invalido", None)


def test_the_cache_may_be_down(cenario: Cenario, faturista: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from redis.exceptions import ConnectionError as SemRedis

    def cair(*_: object, **__: object) -> None:
        raise SemRedis

    monkeypatch.setattr("uploads.progresso.cache.set", cair)
    monkeypatch.setattr("uploads.limites.cache.add", cair)
    assert enviar(faturista, "aurelia", "a.xml", xml_valido(cenario)).status_code == 302
    processar_pendentes()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get().situacao == "importado"


def test_logs_carry_no_health_data(cenario: Cenario, faturista: Client, caplog: pytest.LogCaptureFixture) -> None:
    dados = xml_valido(cenario)
    carteira = dados.split(b"<ans:numeroCarteira>")[1][:16].decode()
    enviar(faturista, "aurelia", "segredo.xml", dados)
    trabalho = fila.reclamar("validacao", "teste")
    assert trabalho is not None
    fila.executar(trabalho, "teste")
    assert carteira not in caplog.text
    assert "segredo" not in caplog.text
