"""Suggestions are marked, looked at place by place, taken back, and judged before anything is written."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.fabrica import Cenario
from tests.uploads.apoio import processar_pendentes, xml_valido
from tests.uploads.test_correcao import causas_de, com_sugestao_de, incluir, sub, url, url_dos_lugares
from tiss_schemas.edicoes import Incluir, LimparTexto, Mover, Remover, Renomear, RetirarAtributo, para_json
from uploads.causas import causas
from uploads.models import Alteracao, Arquivo, Critica, Rascunho, Versao

ERRADOS = "valorTotalGeral"


def com_totais_errados(cliente: Client, cenario: Cenario, guias: int = 3, **opcoes: Any) -> Arquivo:
    return incluir(cliente, cenario, sub(ERRADOS, "1.00", xml_valido(cenario, guias=guias, **opcoes)))


def postar(cliente: Client, arquivo: Arquivo, **campos: Any) -> Any:
    return cliente.post(url(arquivo), {"versao": arquivo.versao_atual} | campos)


def situacao(cenario: Cenario) -> str:
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return str(Arquivo.objects.latest("id").situacao)


def test_marking_every_suggestion_writes_nothing_until_it_is_saved(cenario: Cenario, faturista: Client) -> None:
    arquivo = com_totais_errados(faturista, cenario)
    assert "Aplicar todas as sugestões (3)" in faturista.get(url(arquivo)).content.decode()
    assert postar(faturista, arquivo, sugestoes="1")["Location"] == url(arquivo)
    with cenario.dentro("aurelia"):
        assert Versao.objects.count() == 1
    assert "3 sugestões marcadas, de 1 causa" in faturista.get(url(arquivo)).content.decode()
    assert postar(faturista, arquivo).status_code == 302
    assert situacao(cenario) == "importado"
    with cenario.dentro("aurelia"):
        assert not Rascunho.objects.exists()


def test_marked_suggestions_can_be_taken_back_as_a_whole(cenario: Cenario, faturista: Client) -> None:
    arquivo = com_totais_errados(faturista, cenario)
    postar(faturista, arquivo, sugestoes="1")
    postar(faturista, arquivo, desfazer="todas")
    assert "sugestões marcadas" not in faturista.get(url(arquivo)).content.decode()
    postar(faturista, arquivo)
    assert situacao(cenario) == "invalido"


def test_marked_suggestions_can_be_taken_back_for_one_cause(cenario: Cenario, faturista: Client) -> None:
    arquivo = com_totais_errados(faturista, cenario)
    postar(faturista, arquivo, sugestoes="1")
    postar(faturista, arquivo, desfazer=com_sugestao_de(cenario, arquivo))
    pagina = faturista.get(url(arquivo)).content.decode()
    assert "Aplicar todas as sugestões (3)" in pagina
    postar(faturista, arquivo)
    assert situacao(cenario) == "invalido"


def test_what_was_typed_counts_more_than_a_suggestion_that_is_marked(cenario: Cenario, faturista: Client) -> None:
    arquivo = com_totais_errados(faturista, cenario, guias=1)
    causa = com_sugestao_de(cenario, arquivo)
    postar(faturista, arquivo, sugestoes="1")
    postar(faturista, arquivo, causas=[causa], **{f"c-{causa}-acao": "sugestao", f"c-{causa}-v0": "7,00"})
    with cenario.dentro("aurelia"):
        assert Alteracao.objects.get(motivo="edicao").para == "7.00"


def test_what_was_decided_is_still_there_when_the_screen_is_opened_again(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario)))
    causa = causas_de(cenario, arquivo)["F06"]
    resposta = postar(faturista, arquivo, causas=[causa], ir="pagina-1", **{f"c-{causa}-v0": "9"})
    assert resposta["Location"] == f"{url(arquivo)}?pagina=1"
    pagina = faturista.get(url(arquivo)).content.decode()
    assert '<option value="9" selected>' in pagina
    assert "Você decidiu sobre <b>1 causa</b>" in pagina
    postar(faturista, arquivo, descartar="1")
    assert '<option value="9" selected>' not in faturista.get(url(arquivo)).content.decode()


def test_the_decisions_of_one_person_are_not_those_of_another(cenario: Cenario, faturista: Client) -> None:
    arquivo = com_totais_errados(faturista, cenario)
    postar(faturista, arquivo, sugestoes="1")
    outra = Client()
    outra.force_login(cenario.pessoa("administrador", "aurelia"))
    assert "sugestões marcadas" not in outra.get(url(arquivo)).content.decode()


def test_decisions_that_a_new_verdict_overtook_are_listed_once(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario)))
    causa = causas_de(cenario, arquivo)["F06"]
    decidido = {f"c-{causa}-v0": "9", f"c-{causa}-nome": "indicação"}
    postar(faturista, arquivo, causas=[causa], ir="pagina-1", **decidido)
    outra = Client()
    outra.force_login(cenario.pessoa("administrador", "aurelia"))
    postar(outra, arquivo, causas=[causa], **{f"c-{causa}-v0": "2"})
    with cenario.dentro("aurelia"):
        Arquivo.objects.filter(pk=arquivo.pk).update(situacao="invalido", processado_em=arquivo.processado_em)
    assert "<b>indicação</b>: 9" in faturista.get(url(arquivo)).content.decode()
    assert "t-digitado" not in faturista.get(url(arquivo)).content.decode()


def test_every_place_of_a_cause_is_listed_with_what_becomes_of_it(cenario: Cenario, faturista: Client) -> None:
    arquivo = com_totais_errados(faturista, cenario, guias=60, itens=1)
    causa = com_sugestao_de(cenario, arquivo)
    postar(faturista, arquivo, sugestoes="1")
    primeira = faturista.get(url_dos_lugares(arquivo, causa)).content.decode()
    assert "Decisão: usar a sugestão" in primeira
    assert len(re.findall(r'name="marcado"', primeira)) == 50
    assert "<del><mark>1,00</mark></del>" in primeira
    segunda = faturista.get(f"{url_dos_lugares(arquivo, causa)}&pagina=2").content.decode()
    assert len(re.findall(r'name="marcado"', segunda)) == 10


def test_the_list_of_places_costs_the_same_queries_for_two_and_for_sixty(cenario: Cenario, faturista: Client) -> None:
    contas = []
    for guias in (2, 60):
        arquivo = com_totais_errados(faturista, cenario, guias=guias, itens=1)
        lugares = url_dos_lugares(arquivo, com_sugestao_de(cenario, arquivo))
        faturista.get(lugares)
        with CaptureQueriesContext(connection) as consultas:
            assert faturista.get(lugares).status_code == 200
        contas.append(len(consultas))
    assert contas[0] == contas[1]


def test_places_unticked_on_one_page_stay_so_and_those_of_all_pages_are_corrected(
    cenario: Cenario, faturista: Client
) -> None:
    arquivo = com_totais_errados(faturista, cenario, guias=60, itens=1)
    causa = com_sugestao_de(cenario, arquivo)
    postar(faturista, arquivo, sugestoes="1")
    with cenario.dentro("aurelia"):
        lugares = list(Critica.objects.filter(regra="S01").order_by("posicao").values_list("pk", flat=True))
    destino = faturista.post(url_dos_lugares(arquivo, causa), {"versao": 1, "marcado": lugares[1:50], "ir": "pagina-2"})
    assert destino["Location"].endswith(f"/lugares/?causa={causa}&pagina=2")
    assert "vale em 59 de 60 lugares" in faturista.get(destino["Location"]).content.decode()
    assert "59 sugestões marcadas" in faturista.get(url(arquivo)).content.decode()
    postar(faturista, arquivo)
    with cenario.dentro("aurelia"):
        assert Alteracao.objects.filter(motivo="edicao").count() == 59


def test_all_places_can_be_ticked_and_unticked_at_once(cenario: Cenario, faturista: Client) -> None:
    arquivo = com_totais_errados(faturista, cenario, guias=60, itens=1)
    lugares = url_dos_lugares(arquivo, com_sugestao_de(cenario, arquivo))
    faturista.post(lugares, {"versao": 1, "usar": "1", "marcar": "nenhum"})
    assert "vale em 0 de 60 lugares" in faturista.get(lugares).content.decode()
    faturista.post(lugares, {"versao": 1, "marcar": "todos"})
    assert "vale em 60 de 60 lugares" in faturista.get(lugares).content.decode()


def test_a_value_of_its_own_that_the_standard_refuses_is_refused_at_its_place(
    cenario: Cenario, faturista: Client
) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario, guias=2)))
    causa = causas_de(cenario, arquivo)["F06"]
    with cenario.dentro("aurelia"):
        lugar = Critica.objects.filter(regra="F06").earliest("posicao").pk
    resposta = faturista.post(url_dos_lugares(arquivo, causa), {"versao": 1, "marcado": [lugar], f"em_{lugar}": "77"})
    assert resposta.status_code == 422
    assert "O código “77” não está na lista" in resposta.content.decode()


@pytest.mark.parametrize(
    ("conserto", "frase"),
    [
        ([Remover("{}")], "Remover “indicacaoAcidente”, que tem “X”."),
        ([Renomear("{}", "indicacao")], "Trocar o nome “indicacaoAcidente” por “indicacao”."),
        ([Mover("{}")], "Mover “indicacaoAcidente” para o seu lugar na ordem de “dadosAtendimento”."),
        ([Mover("{}", "/ans:a/ans:dadosSolicitacao")], "Mover “indicacaoAcidente” para dentro de “dadosSolicitacao”."),
        ([LimparTexto("{}")], "Tirar o texto solto, “X”, de dentro de “indicacaoAcidente”."),
        ([RetirarAtributo("{}", "lang")], "Tirar o atributo “lang” de “indicacaoAcidente”."),
        ([Incluir("/ans:a/ans:b", "c/senha", "1")], "Incluir “senha” em “b”, com o valor “1”."),
    ],
)
def test_a_suggestion_of_structure_is_told_in_words(
    conserto: list[Any], frase: str, cenario: Cenario, faturista: Client
) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario)))
    with cenario.dentro("aurelia"):
        critica = Critica.objects.get(regra="F06")
        critica.conserto = para_json(no_lugar(conserto, critica.caminho))
        critica.save()
    assert frase in faturista.get(url(arquivo)).content.decode()


def test_consertos_of_different_kinds_are_different_causes_and_of_one_kind_are_one(
    cenario: Cenario, faturista: Client
) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario, guias=4)))
    with cenario.dentro("aurelia"):
        criticas = list(Critica.objects.filter(regra="F06").order_by("posicao"))
        for critica, valor, conserto in zip(
            criticas, "XYZW", ([Remover("{}")], [Remover("{}")] * 2, [Mover("{}")], []), strict=True
        ):
            critica.valor = valor
            critica.conserto = para_json(no_lugar(conserto, critica.caminho)) or None
            critica.save()
        assert sorted(linha["total"] for linha in causas(arquivo) if linha["primeira"] != 5) == [1, 1, 2]


def test_what_would_be_left_is_said_before_saving_and_nothing_is_written(cenario: Cenario, faturista: Client) -> None:
    errado = sub("indicacaoAcidente", "X", sub(ERRADOS, "1.00", xml_valido(cenario, guias=2)))
    arquivo = incluir(faturista, cenario, errado)
    causa = causas_de(cenario, arquivo)["F06"]
    cabecalhos: dict[str, Any] = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "efeito"}
    postar(faturista, arquivo, sugestoes="1")
    resta = faturista.post(url(arquivo), {"versao": 1, "conferir": "1"}, **cabecalhos).content.decode()
    assert "Restam 2 críticas em 2 guias" in resta
    assert "<html" not in resta
    decidido = {"versao": 1, "conferir": "1", "causas": [causa], f"c-{causa}-v0": "9"}
    nada = faturista.post(url(arquivo), decidido, **cabecalhos).content.decode()
    assert "Nada mais impede" in nada
    assert "<html" in faturista.post(url(arquivo), decidido).content.decode()
    with cenario.dentro("aurelia"):
        assert Versao.objects.count() == 1
        assert Arquivo.objects.get().situacao == "invalido"


def test_the_totals_that_are_shown_reckon_with_what_is_decided(cenario: Cenario, faturista: Client) -> None:
    certo = xml_valido(cenario, itens=1)
    com_virgula = re.sub(rb"(<ans:valorUnitario>\d+)\.", rb"\1,", certo)
    errado = re.sub(rb"(<ans:valorTotal>)\d[^<]*", rb"\g<1>0.01", com_virgula)
    arquivo = incluir(faturista, cenario, errado)
    totais = url(arquivo).replace("corrigir", "totais")
    assert "<ins>0,01</ins>" in faturista.get(totais).content.decode()
    postar(faturista, arquivo, sugestoes="1", recalcular="on")
    pagina = faturista.get(totais).content.decode()
    valor = re.findall(rb"<ans:valorTotalGeral>([^<]*)", certo)[0].decode().replace(".", ",")
    assert f'<del>0,01</del></td><td class="num"><ins>{valor}</ins>' in pagina


def test_nothing_is_judged_while_a_field_is_wrong(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("dataExecucao", "2026-13-05", xml_valido(cenario, itens=1)))
    causa = causas_de(cenario, arquivo)["F06"]
    decidido = {"versao": 1, "conferir": "1", "causas": [causa], f"c-{causa}-v0": "99/99/2026"}
    resposta = faturista.post(url(arquivo), decidido, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="efeito")
    assert resposta.status_code == 422
    assert "Ainda não dá para conferir" in resposta.content.decode()
    assert "Esta data não existe" in resposta.content.decode()


@pytest.mark.parametrize(
    ("digitado", "frase"),
    [("31/02/2026", "Esta data não existe"), ("31/01/2026", ""), ("", ""), ("data", "Esta data não existe")],
)
def test_a_field_is_judged_on_leaving_it(digitado: str, frase: str, cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("dataExecucao", "2026-13-05", xml_valido(cenario, itens=1)))
    with cenario.dentro("aurelia"):
        caminho = Critica.objects.get(regra="F06").caminho
    dados = {"campo": "c-1-v0", "caminho": caminho, "c-1-v0": digitado}
    resposta = faturista.post(url(arquivo).replace("corrigir", "campo"), dados)
    dito = re.sub(r"<[^>]*>|\s+", " ", resposta.content.decode()).strip()
    assert dito.startswith(frase)
    assert bool(dito) is bool(frase)


def test_what_every_saving_mends_needs_no_decision(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("hash", "0" * 32, xml_valido(cenario)))
    pagina = faturista.get(url(arquivo)).content.decode()
    assert "Aplicar todas" not in pagina
    assert "o hash é refeito a cada versão salva" in pagina
    postar(faturista, arquivo)
    assert situacao(cenario) == "importado"


def no_lugar(edicoes: list[Any], caminho: str) -> list[Any]:
    """The edits at that path, where they say "{}"."""
    return [type(e)(*(valor.format(caminho) for valor in _valores(e) if valor is not None)) for e in edicoes]


def _valores(edicao: Any) -> list[str | None]:
    return [getattr(edicao, nome) for nome in edicao.__dataclass_fields__]


def test_a_file_whose_encoding_lies_is_mended_by_saving_alone(cenario: Cenario, faturista: Client) -> None:
    certo = xml_valido(cenario, maximo=True).decode("iso-8859-1")
    com_acento = re.sub(r"(<ans:nomeProfissional>)[^<]*", r"\g<1>JOSÉ ANTÔNIO", certo)
    arquivo = incluir(faturista, cenario, com_acento.encode())
    assert "Corrigir Críticas" in faturista.get(url(arquivo).replace("corrigir/", "")).content.decode()
    pagina = faturista.get(url(arquivo)).content.decode()
    assert "o arquivo é escrito do jeito certo a cada versão salva" in pagina
    postar(faturista, arquivo)
    assert situacao(cenario) == "importado"


def test_a_null_that_somebody_types_is_left_out_of_what_is_kept(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, sub("indicacaoAcidente", "X", xml_valido(cenario)))
    causa = causas_de(cenario, arquivo)["F06"]
    campos = {"causas": [causa], f"c-{causa}-acao": "corrigir", f"c-{causa}-v0": "9\0", f"c-{causa}-nome": "\0Acidente"}
    assert postar(faturista, arquivo, ir="pagina-1", **campos).status_code == 302
    with cenario.dentro("aurelia"):
        (decisao,) = Rascunho.objects.get().decisoes["por_causa"].values()
    assert (decisao["campos"]["v0"], decisao["nome"]) == ("9", "Acidente")
