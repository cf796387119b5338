"""Correcting online: cause by cause, a new version each time, nobody over anybody else."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from conecta.arquivos import cofre
from lotes.models import Lote
from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from uploads.causas import causas
from uploads.models import Alteracao, Arquivo, Critica, Versao


def incluir(cliente: Client, cenario: Cenario, dados: bytes) -> Arquivo:
    enviar(cliente, "aurelia", "lote.xml", dados)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return Arquivo.objects.latest("id")


def causas_de(cenario: Cenario, arquivo: Arquivo) -> dict[str, str]:
    """Rule → id of its cause."""
    with cenario.dentro("aurelia"):
        return {linha["regra"]: str(linha["causa"]) for linha in causas(arquivo).values("regra", "causa", "severidade")}


def salvar(cliente: Client, arquivo: Arquivo, causa: str, **campos: Any) -> Any:
    dados = {"versao": arquivo.versao_atual, "causas": [causa]}
    dados |= {f"c-{causa}-{nome}": valor for nome, valor in campos.items()}
    return cliente.post(f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/", dados)


def test_a_wrong_cnpj_is_corrected_and_the_file_is_imported(cenario: Cenario, faturista: Client) -> None:
    errado = xml_valido(cenario).replace(b"<ans:CNPJ>41208337000176", b"<ans:CNPJ>41208337000167")
    arquivo = incluir(faturista, cenario, errado)
    assert arquivo.situacao == "invalido"
    pagina = faturista.get(f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/")
    assert pagina.status_code == 200
    assert "41208337000167" in pagina.content.decode()
    resposta = salvar(faturista, arquivo, causas_de(cenario, arquivo)["H04"], v0="41.208.337/0001-76")
    assert resposta.status_code == 302, resposta.content.decode()
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo.refresh_from_db()
        assert list(Critica.objects.filter(arquivo=arquivo, versao=2).values_list("regra", "mensagem")) == []
        assert arquivo.situacao == "importado"
        assert arquivo.corrigido_online
        assert Lote.objects.get().numero == arquivo.numero_lote
        assert set(Alteracao.objects.values_list("motivo", "de", "para")) >= {
            ("edicao", "41208337000167", "41208337000176")
        }
        assert cofre.abrir(Versao.objects.get(numero=1).conteudo_id) == errado


def test_a_cause_leads_to_its_rule_and_to_its_place_in_the_message(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario, guias=1)))
    pagina = faturista.get(f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/").content.decode()
    for endereco in re.findall(r'href="([^"]*(?:/regras/|estrutura/\?no=)[^"]*)"', pagina):
        assert faturista.get(html.unescape(endereco)).status_code == 200
    lugar = re.search(r'href="([^"]*estrutura/\?no=[^"]*)"', pagina)
    assert lugar
    assert 'aria-expanded="true"' in faturista.get(html.unescape(lugar[1])).content.decode()


def test_the_same_value_is_fixed_in_every_place_of_its_cause(cenario: Cenario, faturista: Client) -> None:
    errado = sub("indicacaoAcidente", "X", xml_valido(cenario, guias=3))
    arquivo = incluir(faturista, cenario, errado)
    salvar(faturista, arquivo, causas_de(cenario, arquivo)["F06"], v0="9")
    processar_pendentes()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get().situacao == "importado"
        assert Alteracao.objects.filter(motivo="edicao", de="X", para="9").count() == 3


def test_a_place_that_is_not_ticked_stays_and_one_may_have_another_value(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario, guias=3)))
    primeira, segunda, _ = lugares(cenario, "F06")
    causa = causas_de(cenario, arquivo)["F06"]
    marcados = {"versao": 1, "marcado": [primeira, segunda], f"em_{segunda}": "2"}
    resposta = faturista.post(url_dos_lugares(arquivo, causa), marcados)
    assert resposta["Location"] == f"{url(arquivo)}?pagina=1#causa-{causa}"
    salvar(faturista, arquivo, causa, v0="9")
    with cenario.dentro("aurelia"):
        mudancas = Alteracao.objects.filter(motivo="edicao").order_by("id")
        assert [mudanca.para for mudanca in mudancas] == ["9", "2"]


def test_a_missing_element_is_put_in(cenario: Cenario, faturista: Client) -> None:
    dados = xml_valido(cenario)
    tipo = re.findall(rb"<ans:tipoAtendimento>([^<]*)<", dados)[0].decode()
    errado = re.sub(rb"<ans:tipoAtendimento>[^<]*</ans:tipoAtendimento>", b"", dados)
    assert errado != dados
    arquivo = incluir(faturista, cenario, errado)
    salvar(faturista, arquivo, causas_de(cenario, arquivo)["F06"], v0=tipo)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get().situacao == "importado"
        assert Alteracao.objects.get(motivo="inclusao").para == tipo


def test_a_suggestion_is_used_only_when_it_is_chosen(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("valorTotalGeral", "1.00", xml_valido(cenario)))
    causa = com_sugestao_de(cenario, arquivo)
    salvar(faturista, arquivo, causa)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo.refresh_from_db()
        assert arquivo.situacao == "invalido"
    salvar(faturista, arquivo, causa, acao="sugestao")
    processar_pendentes()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get().situacao == "importado"


def test_recalculating_mends_every_total_and_the_screen_says_so_before(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("valorTotalGeral", "1.00", xml_valido(cenario)))
    previa = faturista.get(f"/aurelia/uploads/arquivos/{arquivo.pk}/totais/").content.decode()
    assert "1,00" in previa
    faturista.post(url(arquivo), {"versao": 1, "recalcular": "on"})
    processar_pendentes()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get().situacao == "importado"
        assert Alteracao.objects.filter(motivo="recalculo").exists()


def test_a_value_that_the_standard_refuses_is_refused_at_its_field(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("dataExecucao", "2026-13-05", xml_valido(cenario, itens=1)))
    causa = causas_de(cenario, arquivo)["F06"]
    resposta = salvar(faturista, arquivo, causa, v0="32/13/2026")
    assert resposta.status_code == 422
    pagina = resposta.content.decode()
    assert "Esta data não existe" in pagina
    assert "32/13/2026" in pagina
    assert 'aria-invalid="true"' in pagina
    with cenario.dentro("aurelia"):
        assert Versao.objects.count() == 1


def test_choosing_to_correct_without_a_new_value_is_refused(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario)))
    resposta = salvar(faturista, arquivo, causas_de(cenario, arquivo)["F06"], acao="corrigir")
    assert resposta.status_code == 422
    assert "Digite o valor certo" in resposta.content.decode()


def test_what_recalculating_mends_is_chosen_already(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("valorTotalGeral", "1.00", xml_valido(cenario)))
    pagina = faturista.get(url(arquivo)).content.decode()
    assert re.search(r'value="sugestao"[^>]* checked', pagina)
    assert "65 Total geral" in pagina
    assert "1 crítica impede" not in pagina
    assert "2 críticas impedem a importação" in pagina


def test_a_value_typed_over_an_offered_suggestion_is_what_was_meant(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("valorTotalGeral", "1.00", xml_valido(cenario)))
    salvar(faturista, arquivo, com_sugestao_de(cenario, arquivo), acao="sugestao", v0="7,00")
    with cenario.dentro("aurelia"):
        assert Alteracao.objects.get(motivo="edicao").para == "7.00"


def test_nobody_saves_over_what_somebody_else_corrected(cenario: Cenario, faturista: Client) -> None:
    errado = sub("valorTotalGeral", "1.00", sub("indicacaoAcidente", "X", xml_valido(cenario)))
    arquivo = incluir(faturista, cenario, errado)
    causas_antes = causas_de(cenario, arquivo)
    outra = Client()
    outra.force_login(cenario.pessoa("administrador", "aurelia"))
    salvar(outra, arquivo, com_sugestao_de(cenario, arquivo), acao="sugestao")
    processar_pendentes()
    resposta = salvar(faturista, arquivo, causas_antes["F06"], v0="9")
    assert resposta.status_code == 409
    pagina = resposta.content.decode()
    assert "Administrador do prestador da Silva salvou correções" in pagina
    assert '<option value="9" selected>' in pagina
    assert 'name="versao" value="2"' in pagina
    with cenario.dentro("aurelia"):
        assert Versao.objects.count() == 2


def test_what_was_typed_for_a_critica_that_is_gone_is_shown(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario)))
    causa = causas_de(cenario, arquivo)["F06"]
    salvar(faturista, arquivo, causa, v0="9")
    resposta = salvar(faturista, arquivo, causa, v0="2", nome="5002 estrutura")
    assert resposta.status_code == 409
    pagina = resposta.content.decode()
    assert "O que você digitou" in pagina
    assert "<b>5002 estrutura</b>: 2" in pagina


def test_what_nobody_touched_is_not_listed_as_typed(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("dataSolicitacao", "2026/10-31", xml_valido(cenario)))
    causa = causas_de(cenario, arquivo)["F06"]
    pagina = faturista.get(url(arquivo)).content.decode()
    assert f'name="initial-c-{causa}-v0" value="2026/10-31"' in pagina
    salvar(faturista, arquivo, causa, v0="31/10/2026")
    intocado = {"versao": 1, "causas": [causa], f"c-{causa}-v0": "2026/10-31", f"initial-c-{causa}-v0": "2026/10-31"}
    resposta = faturista.post(url(arquivo), intocado)
    assert resposta.status_code == 409
    assert "t-digitado" not in resposta.content.decode()


def test_a_group_offers_the_fields_that_it_has_and_no_other_prestador_is_suggested(
    cenario: Cenario, faturista: Client
) -> None:
    alheio = xml_valido(cenario, cnpj=cenario.boavista.documento)
    arquivo = incluir(faturista, cenario, alheio)
    causa = causas_de(cenario, arquivo)["H06"]
    pagina = faturista.get(url(arquivo)).content.decode()
    assert f'value="{cenario.boavista.documento}"' in pagina
    assert "Usar a sugestão" not in pagina
    salvar(faturista, arquivo, causa, v0=cenario.aurelia.documento)
    with cenario.dentro("aurelia"):
        assert Alteracao.objects.get(motivo="edicao").para == cenario.aurelia.documento


def test_a_character_that_the_standard_lacks_is_refused_and_nothing_is_kept(
    cenario: Cenario, faturista: Client
) -> None:
    dados = xml_valido(cenario, maximo=True)
    errado = re.sub(rb"<ans:nomeProfissional>[^<]*<", b"<ans:nomeProfissional><", dados)
    assert errado != dados
    arquivo = incluir(faturista, cenario, errado)
    resposta = salvar(faturista, arquivo, causas_de(cenario, arquivo)["F06"], v0="Ана")
    assert resposta.status_code == 422
    assert "ISO-8859-1" in resposta.content.decode()
    with cenario.dentro("aurelia"):
        assert Versao.objects.count() == 1


def test_reading_is_not_correcting(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, b"<a/>")
    leitor = Client()
    leitor.force_login(cenario.pessoa("leitura", "aurelia"))
    assert leitor.get(url(arquivo)).status_code == 403
    assert leitor.post(url(arquivo), {"versao": 1}).status_code == 403


def url(arquivo: Arquivo) -> str:
    return f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/"


def url_dos_lugares(arquivo: Arquivo, causa: str) -> str:
    return f"/aurelia/uploads/arquivos/{arquivo.pk}/lugares/?causa={causa}"


def sub(elemento: str, valor: str, dados: bytes) -> bytes:
    """The message with another text in every element of that name."""
    nome = elemento.encode()
    return re.sub(rb"(<ans:%s>)[^<]*" % nome, rb"\g<1>" + valor.encode(), dados)


def lugares(cenario: Cenario, regra: str) -> list[int]:
    with cenario.dentro("aurelia"):
        return list(Critica.objects.filter(regra=regra).order_by("posicao").values_list("pk", flat=True))


def com_sugestao_de(cenario: Cenario, arquivo: Arquivo) -> str:
    """The cause that has a suggestion, the hash's apart."""
    with cenario.dentro("aurelia"):
        linhas = causas(arquivo).filter(sugestoes__gt=0).exclude(caminho__endswith="/ans:hash")
        return str(linhas[0]["causa"])


def test_a_wrong_date_left_as_it_is_does_not_stop_another_correction(cenario: Cenario, faturista: Client) -> None:
    dados = sub("dataSolicitacao", "2026/10-31", sub("indicacaoAcidente", "X", xml_valido(cenario)))
    arquivo = incluir(faturista, cenario, dados)
    with cenario.dentro("aurelia"):
        por_campo = {
            c["caminho"].rpartition(":")[2]: str(c["causa"]) for c in causas(arquivo).values("caminho", "causa")
        }
    data, acidente = por_campo["dataSolicitacao"], por_campo["indicacaoAcidente"]
    resposta = faturista.post(
        f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/",
        {"versao": 1, "causas": [data, acidente], f"c-{data}-v0": "2026/10-31", f"c-{acidente}-v0": "9"},
    )
    assert resposta.status_code == 302, resposta.content.decode()
    processar_pendentes()
    with cenario.dentro("aurelia"):
        ficou = Critica.objects.filter(arquivo=arquivo, versao=2).values_list("valor", flat=True)
        assert list(ficou) == ["2026/10-31"]
