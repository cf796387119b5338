"""A portal with something in every state, and people of both sides who look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page

from conecta.demonstracao.pessoas import SENHA
from conecta.embutido.processos import esperar
from lotes.estados import TipoDeGuia
from tests.importacao.apoio import RUINS, csv, planos
from tests.paginas import demonstrativos, mensagens, precos
from tests.paginas.mapa import OPERADORA, PLATAFORMA, PRESTADOR
from tests.portal import Portal, Sessao, arquivo_valido
from uploads.digitacao.estados import SituacaoDaGeracao

EDICAO = csv(
    ("Código do Termo", "Termo", "Data de início de vigência", "Data de fim de vigência"),
    ("99999991", "Procedimento inventado com um nome comprido, para ver como as linhas quebram", "01/01/2026", ""),
    ("99999992", "Procedimento que acaba", "01/01/2020", "31/12/2026"),
    ("99999993", "Sem um dia que exista", "31/02/2026", ""),
)
CLINICA, CONVENIO = "santa-aurelia", "pasa"
SLUGS = {PRESTADOR: CLINICA, OPERADORA: CONVENIO}
PESSOAS = {
    PRESTADOR: "marina@aurelia.example",
    OPERADORA: "gustavo@pasa.example",
    "leitura": "leandro@aurelia.example",
    PLATAFORMA: "clara@aurelia.example",
}
LARGO, ESTREITO = {"width": 1366, "height": 900}, {"width": 320, "height": 800}

Objetos = dict[str, dict[str, list[int]]]


@pytest.fixture(scope="module")
def objetos(_portal_da_sessao: Portal) -> Objetos:
    """Ids by kind of organisation and by what they are: a file, a lot, a guide, a protocol in each state there is."""
    portal = _portal_da_sessao.ligado()
    marina = Sessao(portal, PESSOAS[PRESTADOR])
    _incluir(portal, marina, 6)
    lotes = _ids(
        portal, "select id from lotes_lote where situacao = 'aberto' and prestador_id = {clinica} order by id desc"
    )
    for lote, acoes in zip(lotes, (("fechar",), ("fechar", "enviar"), ("excluir",)), strict=False):
        for acao in acoes:
            assert marina.agir(lote, acao)
    _parar_no_caminho(portal)
    autorizacoes, procedimentos = _exigir_e_autorizar(portal)
    guias = (
        "select max(g.id) from lotes_guia g join lotes_lote l on l.id = g.lote_id where l.{dono} group by l.situacao"
    )
    contratos = _combinar(portal, marina)
    pedidos = _pedir_acesso(portal)
    dos_precos, dos_produtos = precos.registrar(
        portal, Sessao(portal, PESSOAS[OPERADORA]), Sessao(portal, "clara@aurelia.example")
    )
    das_mensagens, dos_informativos = mensagens.registrar(
        portal, marina, Sessao(portal, PESSOAS[OPERADORA]), _aberto_e_enviado(portal)
    )
    return {
        PLATAFORMA: {"terminologia": _receber_edicoes(portal)},
        PRESTADOR: {
            "arquivos": _ids(
                portal, "select max(id) from uploads_arquivo where prestador_id = {clinica} group by situacao"
            ),
            "lotes": _ids(portal, "select max(id) from lotes_lote where prestador_id = {clinica} group by situacao"),
            "guias": _ids(portal, guias.replace("{dono}", "prestador_id = {clinica}")),
            "acessos": pedidos,
            "importacoes": _importar_produtos(portal),
            "autorizacoes": autorizacoes,
            "contratos": contratos,
            "pendencias": [],
            **_recursos(portal, "prestador_id = {clinica}"),
            **_dinheiro(portal, "prestador_id = {clinica}", pagamento="fechado_em", nota="criada_em"),
            **demonstrativos.registrar(portal, marina, CLINICA, CLINICA, CONVENIO),
            "digitadas": _digitar(portal, marina),
            "geracoes": _gerar(portal),
            **dos_produtos,
            **das_mensagens,
        },
        OPERADORA: {
            **dos_precos,
            **dos_informativos,
            "janelas": _janelas(portal),
            "protocolos": _ids(
                portal, "select max(id) from lotes_protocolo where operadora_id = {convenio} group by situacao"
            ),
            "guias": _ids(portal, guias.replace("{dono}", "operadora_id = {convenio} and l.enviado_em is not null")),
            "importacoes": _importar(portal),
            "beneficiarios": _ids(portal, _REGISTRO.format("beneficiario")),
            "planos": _ids(portal, _REGISTRO.format("plano")),
            "prestadores": _ids(portal, _REGISTRO.format("credenciamento")),
            "pedidos": pedidos,
            "autorizacoes": autorizacoes,
            "procedimentos": procedimentos,
            "contratos": contratos,
            **_recursos(portal, "operadora_id = {convenio} and enviado_em is not null"),
            **_dinheiro(portal, "operadora_id = {convenio}", pagamento="criado_em", nota="enviada_em"),
            **demonstrativos.registrar(portal, Sessao(portal, PESSOAS[OPERADORA]), CONVENIO, CLINICA, CONVENIO),
        },
    }


def _recursos(portal: Portal, de_quem: str) -> dict[str, list[int]]:
    """An appeal of the demonstration in each state there is, by every name that addresses have for it."""
    ids = _ids(portal, f"select max(id) from recursos_recurso where {de_quem} group by situacao")
    return {"meus": ids, "recebidos": ids, "envios": ids, "provas": []}


def _dinheiro(portal: Portal, de_quem: str, *, pagamento: str, nota: str) -> dict[str, list[int]]:
    """A payment and a nota of the demonstration in each state there is that this side sees."""
    de_cada = "select max(id) from {} where {} and {} is not null group by situacao".format
    return {
        "pagamentos": _ids(portal, de_cada("pagamentos_pagamento", de_quem, pagamento)),
        "notas": _ids(portal, de_cada("notas_notafiscal", de_quem, nota)),
    }


def _aberto_e_enviado(portal: Portal) -> dict[str, int]:
    """A lot of the clinic for the operadora in each of the two states."""
    em = "select max(id) from lotes_lote where prestador_id = {clinica} and operadora_id = {convenio} and situacao = %s"
    return {situacao: _ids(portal, em, situacao)[0] for situacao in ("aberto", "enviado")}


def _incluir(portal: Portal, marina: Sessao, quantos: int) -> None:
    """Upload valid files and one that is not, and wait for the verdicts."""
    arquivos = [arquivo_valido(CLINICA, CONVENIO, "sadt") for _ in range(quantos)]
    arquivos.append(arquivos[0].replace(b"<ans:registroANS>331988", b"<ans:registroANS>331989", 1))
    ids = [marina.incluir(f"pagina-{numero}.xml", dados) for numero, dados in enumerate(arquivos)]
    prontos = "select count(*) from uploads_arquivo where id = any(%s) and situacao <> 'em_processamento'"
    assert esperar(lambda: portal.consultar(prontos, ids) == [(len(arquivos),)], 120)


def _exigir_e_autorizar(portal: Portal) -> tuple[list[int], list[int]]:
    """An authorisation that holds and one that was cancelled, and something demanded of two kinds of codes."""
    gustavo = Sessao(portal, PESSOAS[OPERADORA])
    base = f"/{CONVENIO}/exigencias"
    for prefixo in ("4030", "31"):
        gustavo.postar(
            f"{base}/procedimentos/novo/", tabela="22", prefixo=prefixo, inicio="01/01/2020", exige_equipe="on"
        )
    ((clinica,),) = portal.consultar("select id from contas_organizacao where slug = %s", CLINICA)
    for numero in (1, 2):
        dados = {"prestador": clinica, "numero_carteira": "1", "senha": f"P{numero}", "emitida_em": "01/01/2026"}
        dados |= {"itens-TOTAL_FORMS": "1", "itens-INITIAL_FORMS": "0", "itens-0-tabela": "22"}
        dados |= {"itens-0-codigo": "40302040", "itens-0-quantidade": str(numero)}
        gustavo.postar(f"{base}/autorizacoes/nova/", **dados)
    autorizacoes = _ids(portal, "select id from exigencias_autorizacao where prestador_id = {clinica} order by id")
    gustavo.postar(f"{base}/autorizacoes/{autorizacoes[0]}/cancelar/", motivo="Pedido do médico")
    procedimentos = "select id from exigencias_exigenciadoprocedimento where operadora_id = {convenio}"
    return autorizacoes, _ids(portal, procedimentos)


def _digitar(portal: Portal, marina: Sessao) -> list[int]:
    """A guide of each type that nobody has typed on yet, and an open lot for typed ones that has none."""
    ((convenio,),) = portal.consultar(
        "select c.id from convenios_convenio c join contas_organizacao o on o.id = c.operadora_id"
        " where o.slug = %s and c.codigo = 1",
        CONVENIO,
    )
    for tipo in TipoDeGuia.values:
        marina.postar(f"/{CLINICA}/guias/nova/", convenio=convenio, tipo=tipo)
    marina.postar(f"/{CLINICA}/lotes/novo/", convenio=convenio, tipo=TipoDeGuia.CONSULTA, versao="4.03.00")
    digitadas = _ids(portal, "select max(id) from digitacao_guiadigitada where prestador_id = {clinica} group by tipo")
    assert len(digitadas) == len(TipoDeGuia.values)
    return digitadas


def _gerar(portal: Portal) -> list[int]:
    """A *Geração Automática* that waits for its turn, one that was made, and one that came to nothing."""
    nova = (
        "insert into digitacao_geracaodelotes (prestador_id, filtros, visto, situacao, previstos, lotes, erro,"
        " pedida_em, pedida_por_id) select {clinica}, '{{}}', '', %s, 3, '[]', '', now(), min(id) from contas_usuario"
        " returning id"
    )
    return [pk for situacao in SituacaoDaGeracao.values for pk in _ids(portal, nova, situacao)]


def _combinar(portal: Portal, marina: Sessao) -> list[int]:
    """The contract of the two, with a code and numbers that end soon, and a guide that waits for its laboratory."""
    contratos = _ids(
        portal,
        "select id from convenios_credenciamento where prestador_id = {clinica} and operadora_id = {convenio}",
    )
    gustavo, base = Sessao(portal, PESSOAS[OPERADORA]), f"contratos/{contratos[0]}/convenios/1"
    gustavo.postar(f"/{CONVENIO}/{base}/codigos/combinar/", onde="atendimento:23", codigo="LAB1")
    gustavo.postar(f"/{CONVENIO}/{base}/numeracao/dar/", tipo="exame", de="1", ate="40", automatica="on")
    gustavo.postar(f"/{CONVENIO}/{base}/acordar/?aba=dados", qtd_exame_guia="7")
    (convenio,) = _ids(portal, "select id from convenios_convenio where operadora_id = {convenio} and codigo = 1")
    pendente = {"convenio": str(convenio), "motivo": "sem_laudo", "origem": "manual", "numeros": "20301004"}
    marina.postar(f"/{CLINICA}/contratos/pendencias/marcar/", **pendente)
    return contratos


def _pedir_acesso(portal: Portal) -> list[int]:
    """A request that waits, one that was refused, and an invitation that was taken back."""
    pedidos = (
        ("prestador", "", None, "recusado", "Documentos vencidos"),
        ("operadora", "9001", "2027-01-01", "cancelado", ""),
        ("prestador", "", None, "pendente", ""),
    )
    novo = (
        "insert into convenios_pedidodeacesso (operadora_id, prestador_id, pedido_por, mensagem, codigo_na_operadora,"
        " inicio, tipos_de_guia, situacao, motivo, pedido_em, quem_pediu_id, quem_pediu_nome, quem_respondeu_nome)"
        " select {convenio}, {clinica}, %s, 'Atendemos a região.', %s, %s, '{{}}', %s, %s, now(), q.id, q.nome, ''"
        " from (select id, nome from contas_usuario order by id limit 1) as q returning id"
    )
    return [pk for pedido in pedidos for pk in _ids(portal, novo, *pedido)]


_REGISTRO = "select max(id) from convenios_{} where operadora_id = {{convenio}}"


def _importar(portal: Portal) -> list[int]:
    """A list that was written, and one with bad lines that waits for somebody to decide."""
    gustavo = Sessao(portal, PESSOAS[OPERADORA])
    for nome, dados in (("planos.csv", planos(3)), ("com erros.csv", RUINS)):
        gustavo.postar(f"/{CONVENIO}/importacoes/nova/planos/", {"arquivo": (nome, dados, "text/csv")})
    conferidas = "select id from importacao_importacao where layout = 'planos' and situacao = %s order by id"
    assert esperar(lambda: len(portal.consultar(conferidas, "conferida")) == 2, 120)
    ids = [pk for (pk,) in portal.consultar(conferidas, "conferida")]
    gustavo.postar(f"/{CONVENIO}/importacoes/{ids[0]}/gravar/", modo="tudo")
    assert esperar(lambda: portal.consultar(conferidas, "concluida") == [(ids[0],)], 120)
    return ids


def _importar_produtos(portal: Portal) -> list[int]:
    """A prestador's list that waits for a decision."""
    clara = Sessao(portal, "clara@aurelia.example")
    dados = csv(("Código", "Descrição", "Grupo", "Custo"), ("M1", "Agulha inventada", "Materiais", "1,00"))
    clara.postar(f"/{CLINICA}/importacoes/nova/produtos/", {"arquivo": ("produtos.csv", dados, "text/csv")})
    conferidas = "select id from importacao_importacao where layout = 'produtos' and situacao = 'conferida'"
    assert esperar(lambda: len(portal.consultar(conferidas)) == 1, 120)
    return _ids(portal, conferidas)


def _receber_edicoes(portal: Portal) -> list[int]:
    """An edition that was taken in, one with a bad line that waits for somebody to decide, and one that was refused."""
    portal.consultar("update contas_usuario set is_superuser = true where email = %s returning id", PESSOAS[PLATAFORMA])
    sessao, lista = Sessao(portal, PESSOAS[PLATAFORMA]), "/plataforma/terminologia/"
    for nome, dados in (("TUSS 22.csv", EDICAO), ("outra TUSS 22.csv", EDICAO + b"\n"), ("nada.csv", b"a;b\n1;2\n")):
        arquivo = {"arquivo": (nome, dados, "text/csv")}
        assert sessao.postar(lista, arquivo, tabela="22", rotulo="202611").status_code == requests.codes.found
    em = "select id from convenios_edicaorecebida where situacao = any(%s) order by id"
    assert esperar(lambda: len(portal.consultar(em, ["conferida", "recusada"])) == 3, 120)
    ids = [pk for (pk,) in portal.consultar(em, ["conferida", "recusada"])]
    sessao.postar(f"{lista}{ids[0]}/gravar/")
    assert esperar(lambda: portal.consultar(em, ["concluida"]) == [(ids[0],)], 120)
    return ids


def _parar_no_caminho(portal: Portal) -> None:
    """One file that is still being worked on, and one that was set aside: states that pass too soon, or never come."""
    invalidos = _ids(portal, "select id from uploads_arquivo where prestador_id = {clinica} and situacao = 'invalido'")
    parado = "update uploads_arquivo set situacao = %s, processado_em = now(), erro = %s where id = %s"
    portal.consultar(parado, "falhou", "O Conecta tentou três vezes e não conseguiu terminar.", invalidos[0])
    if len(invalidos) > 2:
        portal.consultar(parado, "em_processamento", "", invalidos[1])


def _janelas(portal: Portal) -> list[int]:
    """A window so far ahead that no calendar has begun by it."""
    return _ids(
        portal,
        "insert into calendario_janeladeentrega (operadora_id, grupo, competencia, abre, fecha) "
        "values ({convenio}, '', '2090-01-01', '2090-02-01', '2090-02-10') returning id",
    )


def _ids(portal: Portal, sql: str, *parametros: str | None) -> list[int]:
    dono = "(select id from contas_organizacao where slug = '{}')".format
    return [pk for (pk,) in portal.consultar(sql.format(clinica=dono(CLINICA), convenio=dono(CONVENIO)), *parametros)]


@pytest.fixture(scope="module")
def visitas(chromium: Browser, objetos: Objetos, _portal_da_sessao: Portal) -> Iterator[dict[str, Page]]:
    """A page of each visitor: "prestador", "operadora", "leitura", and "" for who is not logged in."""
    contextos: list[BrowserContext] = []

    def pagina(email: str) -> Page:
        contextos.append(
            chromium.new_context(
                base_url=_portal_da_sessao.endereco, locale="pt-BR", viewport=LARGO, reduced_motion="reduce"
            )
        )
        nova = contextos[-1].new_page()
        nova.set_default_timeout(60_000)
        if email:
            nova.goto("/conta/login/")
            nova.get_by_label("E-mail").fill(email)
            nova.get_by_label("Senha", exact=True).fill(SENHA)
            nova.get_by_role("button", name="Entrar", exact=True).click()
            nova.get_by_role("heading", level=1, name="Início").wait_for()
        return nova

    yield {"": pagina(""), **{quem: pagina(email) for quem, email in PESSOAS.items()}}
    for contexto in contextos:
        contexto.close()
