"""A thread with a request and its answer, a document that waits for its lot, and informativos in each state."""

from __future__ import annotations

from tests.mensagens.apoio import PDF, PNG
from tests.portal import Portal, Sessao

_SEUS = "select id from {} where operadora_id = (select id from contas_organizacao where slug = %s) order by id"


def registrar(portal: Portal, marina: Sessao, gustavo: Sessao, lotes: dict[str, int]) -> tuple[dict, dict]:
    """Write all of it; `lotes` has an open and a sent one. Gives what pages of each side show."""
    mensagens, enviado = f"/{gustavo.slug}/mensagens", lotes["enviado"]
    gustavo.postar(f"{mensagens}/lotes/{enviado}/pedir/", tipos="02", texto="Com assinatura. " * 20, prazo="31/12/2090")
    ((pedido,),) = portal.consultar("select max(id) from mensagens_mensagem where tipo = 'pedido'")
    conversa = f"/{marina.slug}/mensagens/lotes/{enviado}/"
    laudo = {"doc0-arquivo": ("laudo com um nome bem comprido, para ver como quebra.pdf", PDF, "application/pdf")}
    marina.postar(conversa, laudo, texto="Segue o laudo.", responde_a=str(pedido), **{"doc0-tipo": "02"})
    gustavo.postar(f"{mensagens}/lotes/{enviado}/pedir/", tipos="16", texto="E a senha?")
    foto = {"doc0-arquivo": ("foto.png", PNG, "image/png")}
    marina.postar(f"/{marina.slug}/mensagens/lotes/{lotes['aberto']}/anexos/", foto, **{"doc0-tipo": "07"})
    todos = [_informar(portal, gustavo, titulo) for titulo in ("Rascunho", "Tabela nova " * 8, "Que já passou")]
    for pk in todos[1:]:
        gustavo.postar(f"{mensagens}/informativos/{pk}/publicar/")
    gustavo.postar(f"{mensagens}/informativos/{todos[2]}/arquivar/")
    return {"anexos": [], "informativos": [todos[1]]}, {"anexos": [], "informativos": todos, "lotes": [enviado]}


def _informar(portal: Portal, gustavo: Sessao, titulo: str) -> int:
    campos = {"titulo": titulo, "texto": "Um parágrafo.\n\nhttps://pasa.example/novidades", "importante": "on"}
    arquivo = {"pdf": ("anexo.pdf", PDF, "application/pdf")}
    endereco = f"/{gustavo.slug}/mensagens/informativos/novo/"
    gustavo.postar(endereco, arquivo, mostrar_de="01/01/2026", para="todos", **campos)
    return max(pk for (pk,) in portal.consultar(_SEUS.format("mensagens_informativo"), gustavo.slug))
