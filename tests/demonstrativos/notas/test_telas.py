"""Screens of notas, on both sides."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from demonstrativos.analise.models import Analise
from demonstrativos.notas.estados import SituacaoDaNota as S
from demonstrativos.notas.models import NotaFiscal
from demonstrativos.notas.parametrizacao import dispensar, gravar_parametros
from demonstrativos.notas.transicoes import aceitar
from demonstrativos.pagamentos.transicoes import fechar
from lotes.models import Protocolo
from tests.demonstrativos.notas.apoio import OURO, criada, enviada
from tests.demonstrativos.pagamentos.apoio import aberto, liberado
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db
NFE = (OURO / "nfe.xml").read_bytes()


@pytest.fixture
def clinica(cenario: Cenario, entrar: Any) -> Client:
    return entrar(cenario.pessoa("financeiro_prestador", "aurelia"))


def _nota(cenario: Cenario) -> NotaFiscal:
    with cenario.dentro("aurelia"):
        return NotaFiscal.objects.get()


def _postar(cliente: Client, protocolos: list[Protocolo], arquivo: bytes, nome: str = "nota.xml", **campos: str) -> Any:
    dados: dict[str, Any] = {"protocolo": [p.pk for p in protocolos], "arquivo": SimpleUploadedFile(nome, arquivo)}
    return cliente.post("/aurelia/notas/nova/", dados | campos)


def _pendente(protocolo: Protocolo) -> str:
    """What the page has of a protocol that owes a nota."""
    return f'name="protocolo" value="{protocolo.pk}"'


def _de_hoje(xml: bytes) -> bytes:
    """The golden file, issued today."""
    return xml.replace(b"2026-11-20", f"{timezone.localdate():%Y-%m-%d}".encode())


def test_a_known_xml_needs_nothing_digitado(cenario: Cenario, clinica: Client) -> None:
    protocolo = liberado(cenario)
    assert _pendente(protocolo) in clinica.get("/aurelia/notas/pendentes/").content.decode()
    assert _postar(clinica, [protocolo], _de_hoje(NFE), enviar="1").status_code == 302
    nota = _nota(cenario)
    assert (nota.numero, nota.serie, nota.situacao, nota.modelo) == ("4567", "1", S.EM_ANALISE, "nfe")
    assert "Nenhuma nota pendente" in clinica.get("/aurelia/notas/pendentes/").content.decode()
    assert "4567" in clinica.get("/aurelia/notas/pendentes/?aba=enviadas").content.decode()


def test_what_disagrees_is_kept_and_said_and_not_sent(cenario: Cenario, clinica: Client) -> None:
    protocolo = liberado(cenario)
    outra = _de_hoje(NFE).replace(b"<CNPJ>39419809", b"<CNPJ>87096616").replace(b"<vNF>317.62", b"<vNF>300.00")
    resposta = _postar(clinica, [protocolo], outra, enviar="1")
    assert resposta.status_code == 409
    pagina = resposta.content.decode()
    assert "o liberado dos protocolos é" in pagina
    assert "O XML diz que a nota é para" in pagina
    assert _nota(cenario).situacao == S.PENDENTE
    assert "4567" in clinica.get("/aurelia/notas/pendentes/?aba=com-erro").content.decode()


@pytest.mark.parametrize(
    ("arquivo", "nome", "campos", "frase"),
    [
        (b"<x/>", "nota.xml", {}, "não conhece o layout"),
        (b"\x00\x01", "nota.xml", {}, "não é um XML que se possa ler"),
        (b"%PDF-1.7", "nota.pdf", {}, "Informe o número da nota"),
        (b"%PDF-1.7" + b"x" * 6_000_000, "nota.pdf", {}, "mais de 5 MB"),
        (_de_hoje(NFE), "nota.xml", {"numero": "9"}, "O XML diz outra coisa"),
    ],
)
def test_a_bad_file_is_refused_in_words(
    cenario: Cenario, clinica: Client, arquivo: bytes, nome: str, campos: dict[str, str], frase: str
) -> None:
    resposta = _postar(clinica, [liberado(cenario)], arquivo, nome, **campos)
    assert resposta.status_code == 422
    assert frase in resposta.content.decode()


def test_corrected_it_still_says_what_its_xml_says(cenario: Cenario, clinica: Client) -> None:
    _postar(clinica, [liberado(cenario)], _de_hoje(NFE))
    corrigir = f"/aurelia/notas/{_nota(cenario).pk}/corrigir/"
    digitado = {
        "numero": "4567",
        "serie": "1",
        "data_de_emissao": f"{timezone.localdate():%d/%m/%Y}",
        "valor": "317,62",
    }
    outro_valor = clinica.post(corrigir, digitado | {"valor": "300,00"})
    assert (outro_valor.status_code, "O XML diz outra coisa" in outro_valor.content.decode()) == (422, True)
    assert clinica.post(corrigir, digitado | {"justificativa": "ISS retido"}).status_code == 302
    nova = _de_hoje(NFE).replace(b"<nNF>4567", b"<nNF>4568").replace(b"<vNF>317.62", b"<vNF>318.00")
    trocada = clinica.post(corrigir, digitado | {"arquivo": SimpleUploadedFile("nota.xml", nova)})
    assert trocada.status_code == 302, "what the former file said is not held against the new one"
    assert (_nota(cenario).numero, _nota(cenario).valor) == ("4568", Decimal("318.00"))


def test_a_pdf_goes_with_what_is_digitado(cenario: Cenario, clinica: Client) -> None:
    campos = {"numero": "0012", "data_de_emissao": f"{timezone.localdate():%d/%m/%Y}", "valor": "317,62"}
    assert _postar(clinica, [liberado(cenario)], b"%PDF-1.7 ok", "nota.pdf", **campos).status_code == 302
    nota = _nota(cenario)
    assert (nota.numero, nota.situacao) == ("12", S.PENDENTE)
    assert clinica.get(f"/aurelia/notas/{nota.pk}/arquivo/").content == b"%PDF-1.7 ok"


def test_the_operadora_accepts_and_refuses(cenario: Cenario, entrar: Any) -> None:
    uma, outra = enviada(cenario, [liberado(cenario)]), enviada(cenario, [liberado(cenario)])
    cliente = entrar(cenario.pessoa("financeiro_operadora", "pasa"))
    assert cliente.get("/pasa/notas/").content.decode().count("/pasa/notas/") >= 2
    assert cliente.post(f"/pasa/notas/{uma.pk}/aceitar/").status_code == 302
    assert cliente.post(f"/pasa/notas/{outra.pk}/indeferir/", {"motivo": ""}).status_code == 422
    assert cliente.post(f"/pasa/notas/{outra.pk}/indeferir/", {"motivo": "Outro tomador"}).status_code == 302
    assert cliente.post(f"/pasa/notas/{outra.pk}/aceitar/").status_code == 409
    assert "Outro tomador" in cliente.get(f"/pasa/notas/{outra.pk}/").content.decode()


def test_old_and_exempt_protocols_owe_no_nota(cenario: Cenario, clinica: Client) -> None:
    protocolo = liberado(cenario)
    endereco = "/aurelia/notas/pendentes/"
    with cenario.dentro("pasa"):
        dispensa = dispensar(operadora=cenario.pasa, prestador=cenario.aurelia, convenio=None)
    assert "Nenhuma nota pendente" in clinica.get(endereco).content.decode()
    with cenario.dentro("pasa"):
        dispensa.delete()
        do_convenio = dispensar(
            operadora=cenario.pasa, prestador=None, convenio=cenario.pasa.convenios.get(principal=True)
        )
    assert "Nenhuma nota pendente" in clinica.get(endereco).content.decode()
    with cenario.dentro("pasa"):
        do_convenio.delete()
        gravar_parametros(operadora=cenario.pasa, dias=30, tolerancia_centavos=1)
    assert _pendente(protocolo) in clinica.get(endereco).content.decode()
    with cenario.dentro("pasa"):
        ha_31_dias = timezone.now() - timedelta(days=31)
        Analise.objects.filter(protocolo=protocolo).update(liberada_em=ha_31_dias)
    assert "Nenhuma nota pendente" in clinica.get(endereco).content.decode()


def test_a_closed_payment_waits_for_the_notas_of_its_protocols(cenario: Cenario, clinica: Client) -> None:
    protocolos = [liberado(cenario), liberado(cenario)]
    pagamento = aberto(cenario, protocolos)
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))
    endereco = "/aurelia/notas/pagamentos/"
    assert "2 protocolos" in clinica.get(endereco).content.decode()
    nota = enviada(cenario, protocolos, "635.24", numero="987654")
    assert "Nota em análise" in clinica.get(endereco).content.decode()
    with cenario.dentro("pasa", "financeiro_operadora"):
        aceitar(nota=nota, por=cenario.pessoa("financeiro_operadora", "pasa"))
    assert "Nenhum pagamento pendente" in clinica.get(endereco).content.decode()
    assert nota.numero in clinica.get(f"/aurelia/pagamentos/{pagamento.pk}/").content.decode()


def test_the_rules_are_kept_and_exemptions_come_and_go(cenario: Cenario, entrar: Any) -> None:
    cliente = entrar(cenario.pessoa("financeiro_operadora", "pasa"))
    assert cliente.post("/pasa/notas/regras/", {"dias": "0", "tolerancia_centavos": "1"}).status_code == 422
    assert cliente.post("/pasa/notas/regras/", {"dias": "60", "tolerancia_centavos": "5"}).status_code == 302
    assert cliente.post("/pasa/notas/regras/dispensar/", {}).status_code == 422
    assert cliente.post("/pasa/notas/regras/dispensar/", {"prestador": cenario.aurelia.pk}).status_code == 302
    assert "Santa Aurélia" in cliente.get("/pasa/notas/regras/").content.decode()


def test_a_strangers_protocol_is_not_there(cenario: Cenario, clinica: Client) -> None:
    alheio = liberado(cenario, "boavista")
    assert clinica.get(f"/aurelia/notas/nova/?protocolo={alheio.pk}").status_code == 404
    assert criada(cenario, [liberado(cenario)]).pk
