"""The screens of threads, documents and informativos: what they show, what their forms do, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from lotes.estados import SituacaoDoLote, SituacaoDoProtocolo
from lotes.mensagens.models import Anexo, Informativo, LimiteDeAnexo, Mensagem
from lotes.mensagens.recepcao import POR_VEZ
from lotes.models import Protocolo
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, criar_lote, protocolar
from tests.mensagens.apoio import PDF, documento, escrever, informar, pedir
from tests.uploads.test_recepcao import Curto

Entrar = Callable[[Any], Client]


def rota(nome: str, slug: str, *partes: int) -> str:
    return reverse(f"mensagens:{nome}", args=[slug, *partes])


def arquivo(dados: bytes = PDF, nome: str = "laudo.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, dados)


def texto(resposta: Any) -> str:
    return str(resposta.content.decode())


@pytest.fixture
def faturista(cenario: Cenario) -> Client:
    return _entrar(cenario.pessoa("faturista", "aurelia"))


@pytest.fixture
def analista(cenario: Cenario) -> Client:
    return _entrar(cenario.pessoa("analista", "pasa"))


@pytest.fixture
def gestor(cenario: Cenario) -> Client:
    return _entrar(cenario.pessoa("gestor", "pasa"))


def _entrar(pessoa: Any) -> Client:
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente


def test_both_sides_write_and_read_the_same_thread(cenario: Cenario, faturista: Client, analista: Client) -> None:
    lote = protocolar(cenario).lote_id
    feito = faturista.post(rota("conversa", "aurelia", lote), {"texto": "Qual <b>guia</b>?"}, follow=True)
    assert "Mensagem enviada. PASA já pode ler." in texto(feito)
    pagina = texto(analista.get(rota("conversa", "pasa", lote)))
    assert "Qual &lt;b&gt;guia&lt;/b&gt;?" in pagina
    assert "Faturista da Silva" in pagina


def test_the_lines_of_a_message_count_as_they_do_in_the_browser(cenario: Cenario, faturista: Client) -> None:
    lote = protocolar(cenario).lote_id
    escrita = "\r\n".join(["x" * 39] * 100)  # 3,999 characters in the field, 4,098 on the way
    assert faturista.post(rota("conversa", "aurelia", lote), {"texto": escrita}).status_code == 302


def test_only_what_the_other_side_wrote_can_be_marked_as_unread(
    cenario: Cenario, faturista: Client, analista: Client
) -> None:
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo)
    paginas = [
        texto(cliente.get(rota("conversa", org, protocolo.lote_id)))
        for cliente, org in ((faturista, "aurelia"), (analista, "pasa"))
    ]
    assert ["Marcar como não lida" in pagina for pagina in paginas] == [False, True]


def test_a_thread_that_is_opened_is_read(cenario: Cenario, analista: Client) -> None:
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo)
    inicio = texto(analista.get("/pasa/"))
    assert 'aria-label="Mensagens: 1 por ler"' in inicio
    assert "Nova" in texto(analista.get(rota("conversa", "pasa", protocolo.lote_id)))
    assert "por ler" not in texto(analista.get("/pasa/"))
    analista.post(rota("nao_lida", "pasa", protocolo.lote_id))
    assert 'aria-label="Mensagens: 1 por ler"' in texto(analista.get("/pasa/"))
    analista.post(rota("ler_todas", "pasa"))
    assert "por ler" not in texto(analista.get("/pasa/"))


def test_the_list_shows_the_last_word_and_what_waits(cenario: Cenario, faturista: Client) -> None:
    protocolo = protocolar(cenario)
    pedir(cenario, protocolo)
    pagina = texto(faturista.get(rota("lista", "aurelia")))
    assert "pediu documentos." in pagina
    assert "Documentos a enviar" in pagina
    assert "Nenhuma conversa com esses filtros" in texto(faturista.get(rota("lista", "aurelia"), {"lote": "999"}))


def test_the_list_costs_the_same_queries_whatever_its_size(cenario: Cenario, analista: Client) -> None:
    escrever(cenario, protocolar(cenario, guias=1))
    com_uma = consultas_de(analista, rota("lista", "pasa"))
    for _ in range(5):
        escrever(cenario, protocolar(cenario, "boavista", guias=1), "boavista")
    assert consultas_de(analista, rota("lista", "pasa")) == com_uma


def test_a_thread_costs_the_same_queries_whatever_its_length(cenario: Cenario, analista: Client) -> None:
    protocolo = protocolar(cenario)
    pedido = pedir(cenario, protocolo)
    escrever(cenario, protocolo, documentos=[documento()], em_resposta_a=pedido)
    com_duas = consultas_de(analista, rota("conversa", "pasa", protocolo.lote_id))
    for _ in range(4):
        outro = pedir(cenario, protocolo)
        escrever(cenario, protocolo, documentos=[documento()], em_resposta_a=outro)
    assert consultas_de(analista, rota("conversa", "pasa", protocolo.lote_id)) == com_duas


def test_asked_for_documents_and_answered_with_them(cenario: Cenario, faturista: Client, analista: Client) -> None:
    protocolo = protocolar(cenario)
    pedido = {"tipos": ["02", "16"], "texto": "Assinado.", "prazo": "31/12/2090", "esperar": "on"}
    analista.post(rota("pedir", "pasa", protocolo.lote_id), pedido)
    with cenario.dentro("pasa"):
        assert Protocolo.objects.get().situacao == SituacaoDoProtocolo.AGUARDANDO_INFORMACAO
    assert "A operadora pediu documentos" in texto(faturista.get("/aurelia/"))
    conversa = rota("conversa", "aurelia", protocolo.lote_id)
    pagina = texto(faturista.get(conversa))
    assert "até 31/12/2090" in pagina
    with cenario.dentro("aurelia"):
        numero = Mensagem.objects.get().pk
    resposta = {"responde_a": numero, "doc0-arquivo": arquivo(), "doc0-tipo": "02"}
    assert faturista.post(conversa, resposta).status_code == 302
    assert "Documentos que chegaram" in texto(analista.get("/pasa/"))
    lista = texto(analista.get(rota("lista", "pasa"), {"situacao": "respondidas"}))
    assert "Respondido" in lista
    assert "Resposta ao pedido" in texto(analista.get(rota("conversa", "pasa", protocolo.lote_id)))


def test_asking_without_a_kind_of_document_keeps_what_was_typed(cenario: Cenario, analista: Client) -> None:
    resposta = analista.post(rota("pedir", "pasa", protocolar(cenario).lote_id), {"texto": "Fica aqui"})
    assert resposta.status_code == 422
    assert "Marque ao menos um tipo de documento." in texto(resposta)
    assert "Fica aqui" in texto(resposta)


def test_a_protocol_that_cannot_wait_can_still_be_asked_about(cenario: Cenario, gestor: Client) -> None:
    protocolo = protocolar(cenario)
    endereco = rota("pedir", "pasa", protocolo.lote_id)
    assert "Aguardando informação complementar" in texto(gestor.get(endereco))
    gestor.post(endereco, {"tipos": "02", "esperar": "on"})
    assert 'name="esperar"' not in texto(gestor.get(endereco))
    assert gestor.post(endereco, {"tipos": "03"}).status_code == 302


@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"doc0-arquivo": arquivo()}, "Diga que documento é este."),
        ({"doc0-observacao": "sem arquivo"}, "Escolha o arquivo deste documento."),
        ({"doc0-arquivo": arquivo(b"MZ"), "doc0-tipo": "02"}, "não é JPG, PDF, PNG ou TIFF"),
        ({"doc0-arquivo": arquivo(b""), "doc0-tipo": "02"}, "está vazio"),
        ({"texto": "x" * 4001}, "4000 caracteres"),
        ({}, "A mensagem está vazia."),
    ],
)
def test_what_is_wrong_is_said_where_and_nothing_is_kept(
    cenario: Cenario, faturista: Client, campos: dict[str, Any], frase: str
) -> None:
    resposta = faturista.post(rota("conversa", "aurelia", protocolar(cenario).lote_id), campos)
    assert resposta.status_code == 422
    assert frase in texto(resposta)
    with cenario.dentro("aurelia"):
        assert not Mensagem.objects.exists()
        assert not Anexo.objects.exists()


def test_a_file_beyond_every_limit_is_dropped_on_the_wire(cenario: Cenario, faturista: Client) -> None:
    endereco = rota("conversa", "aurelia", protocolar(cenario).lote_id)
    enorme = {"doc0-arquivo": arquivo(PDF + b"\0" * (26 * 1024 * 1024)), "doc0-tipo": "12"}
    resposta = faturista.post(endereco, enorme)
    assert resposta.status_code == 422
    assert "cada documento pode ter até 25 MB" in texto(resposta)


def test_more_files_than_a_message_takes_are_refused(cenario: Cenario, faturista: Client) -> None:
    endereco = rota("conversa", "aurelia", protocolar(cenario).lote_id)
    muitos: dict[str, Any] = {f"lixo{n}": arquivo() for n in range(POR_VEZ)}
    resposta = faturista.post(endereco, muitos | {"doc0-arquivo": arquivo(), "doc0-tipo": "02"})
    assert resposta.status_code == 422


def test_an_upload_that_breaks_off_keeps_nothing(cenario: Cenario, faturista: Client) -> None:
    endereco = rota("conversa", "aurelia", protocolar(cenario).lote_id)
    corpo = encode_multipart(BOUNDARY, {"doc0-tipo": "02", "doc0-arquivo": arquivo(PDF + b"\0" * 5000)})
    metade = corpo[: len(corpo) // 2]
    ambiente = {"CONTENT_LENGTH": str(len(corpo)), "wsgi.input": Curto(metade)}
    resposta = faturista.generic("POST", endereco, metade, MULTIPART_CONTENT, **ambiente)
    assert resposta.status_code == 422
    assert "interrompido" in texto(resposta)
    with cenario.dentro("aurelia"):
        assert not Anexo.objects.exists()


def test_documents_beside_an_open_lot(cenario: Cenario, faturista: Client, analista: Client) -> None:
    lote = criar_lote(cenario)
    endereco = rota("anexos", "aurelia", lote.pk)
    faturista.post(endereco, {"doc0-arquivo": arquivo(), "doc0-tipo": "02", "doc0-observacao": "Da guia 1"})
    pagina = texto(faturista.get(endereco))
    assert "laudo.pdf" in pagina
    assert "Vai com o lote." in pagina
    assert analista.get(rota("anexos", "pasa", lote.pk)).status_code == 404
    with cenario.dentro("aurelia"):
        (anexo,) = Anexo.objects.all()
    assert "foi removido" in texto(faturista.post(rota("remover", "aurelia", anexo.pk), follow=True))
    assert faturista.get(rota("anexo", "aurelia", anexo.pk)).status_code == 404


def test_a_lot_that_was_not_sent_has_no_thread(cenario: Cenario, faturista: Client) -> None:
    lote = criar_lote(cenario, situacao=SituacaoDoLote.FECHADO)
    endereco = rota("conversa", "aurelia", lote.pk)
    assert faturista.get(endereco).headers["Location"] == rota("anexos", "aurelia", lote.pk)
    assert faturista.post(endereco, {"texto": "x"}).status_code == 404


def test_a_document_comes_as_an_attachment_that_nothing_runs(cenario: Cenario, analista: Client) -> None:
    hostil = 'lau"do\r\nX-Mal: 1 ç.pdf'
    escrever(cenario, protocolar(cenario), documentos=[documento(nome=hostil)])
    with cenario.dentro("pasa"):
        anexo = Anexo.objects.get()
    resposta = analista.get(rota("anexo", "pasa", anexo.pk))
    assert resposta.content == PDF
    assert resposta["Content-Disposition"].startswith("attachment")
    assert "X-Mal" not in resposta.headers
    assert resposta["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in resposta["Content-Security-Policy"]


def test_who_only_reads_writes_nothing(cenario: Cenario) -> None:
    protocolo, leitura = protocolar(cenario), _entrar(cenario.pessoa("leitura", "aurelia"))
    endereco = rota("conversa", "aurelia", protocolo.lote_id)
    assert "Enviar mensagem" not in texto(leitura.get(endereco))
    assert leitura.post(endereco, {"texto": "x"}).status_code == 403
    assert leitura.post(rota("anexos", "aurelia", criar_lote(cenario).pk), {}).status_code == 403


def test_lot_and_protocol_lead_to_their_thread(cenario: Cenario, faturista: Client, analista: Client) -> None:
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo, documentos=[documento()])
    do_lote = texto(faturista.get(reverse("lotes:lote", args=["aurelia", protocolo.lote_id])))
    assert rota("conversa", "aurelia", protocolo.lote_id) in do_lote
    do_protocolo = texto(analista.get(reverse("lotes:protocolo", args=["pasa", protocolo.pk])))
    assert '1<span class="visually-hidden"> não lida</span>' in do_protocolo
    assert "Anexos (1)" in do_protocolo
    digitador = _entrar(cenario.pessoa("digitador", "aurelia"))
    assert "Troca de Mensagens" not in texto(digitador.get(reverse("lotes:lote", args=["aurelia", protocolo.lote_id])))


def test_limits_are_set_by_type(cenario: Cenario, gestor: Client, faturista: Client) -> None:
    limites = {"por_documento": "5", "por_lote": "50", "tipo_12": "20"}
    gestor.post(rota("limites", "pasa"), limites)
    with cenario.dentro("pasa"):
        assert LimiteDeAnexo.objects.get().por_tipo == {"12": 20}
    pagina = texto(faturista.get(rota("conversa", "aurelia", protocolar(cenario).lote_id)))
    assert "até 5 MB cada; Exames de imagem: até 20 MB. O lote inteiro: até 50 MB." in pagina
    assert gestor.post(rota("limites", "pasa"), limites | {"tipo_12": "26"}).status_code == 422


def test_the_preference_says_when_no_email_is_delivered(cenario: Cenario, faturista: Client, settings: Any) -> None:
    assert "Este portal não envia e-mail" not in texto(faturista.get(rota("avisos", "aurelia")))
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "Este portal não envia e-mail" in texto(faturista.get(rota("avisos", "aurelia")))
    feito = faturista.post(rota("avisos", "aurelia"), {}, follow=True)
    assert "Você não será mais avisado por e-mail" in texto(feito)
    assert "checked" not in texto(feito).split('id="id_por_email"')[0].rsplit("<input", 1)[-1]


def test_an_informativo_from_draft_to_reader(cenario: Cenario, gestor: Client, faturista: Client) -> None:
    dados = {"titulo": "Recesso", "texto": "Pare.\n\nVeja https://pasa.example <script>", "importante": "on"}
    dados |= {"mostrar_de": "01/01/2020", "para": "todos"}
    gestor.post(rota("novo_informativo", "pasa"), dados | {"pdf": arquivo(nome="recesso.pdf")})
    with cenario.dentro("pasa"):
        pk = Informativo.objects.get().pk
    assert faturista.get(rota("informativo", "aurelia", pk)).status_code == 404
    gestor.post(rota("publicar", "pasa", pk))
    assert "Informativo importante." in texto(faturista.get("/aurelia/"))
    pagina = texto(faturista.get(rota("informativo", "aurelia", pk)))
    assert '<a href="https://pasa.example" rel="nofollow">' in pagina
    assert "&lt;script&gt;" in pagina
    assert faturista.get(rota("pdf", "aurelia", pk)).content == PDF
    assert "Informativo importante." not in texto(faturista.get("/aurelia/"))
    assert "<dd>1</dd>" in texto(gestor.get(rota("informativo", "pasa", pk)))
    gestor.post(rota("mudar_informativo", "pasa", pk), dados | {"titulo": "Recesso adiado", "sem_pdf": "on"})
    assert "atualizado em" in texto(faturista.get(rota("informativo", "aurelia", pk)))
    assert faturista.get(rota("pdf", "aurelia", pk)).status_code == 404


def test_an_informativo_for_nobody_or_with_another_file_is_refused(cenario: Cenario, gestor: Client) -> None:
    dados = {"titulo": "x", "texto": "y", "mostrar_de": "01/01/2020", "para": "escolhidos"}
    resposta = gestor.post(rota("novo_informativo", "pasa"), dados)
    assert resposta.status_code == 422
    assert "Marque ao menos um prestador." in texto(resposta)
    com_exe = dados | {"para": "todos", "pdf": arquivo(b"MZ", "a.pdf")}
    assert "não é PDF" in texto(gestor.post(rota("novo_informativo", "pasa"), com_exe))


def test_the_list_of_informativos_of_both_sides(cenario: Cenario, gestor: Client, faturista: Client) -> None:
    informar(cenario)
    assert "Não lido" in texto(faturista.get(rota("informativos", "aurelia")))
    pagina = texto(gestor.get(rota("informativos", "pasa"), {"situacao": "arquivado"}))
    assert "Nenhum informativo nessa situação" in pagina
    assert "Recesso de fim de ano" in texto(gestor.get(rota("informativos", "pasa")))
