"""The world that the addresses are asked in."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from conecta.contas.models import Usuario
from conecta.tenancy.escopo import sistema
from convenios.contrato.combinados import combinar_codigo
from convenios.contrato.models import PendenciaDeExame
from convenios.contrato.pendencias import marcar
from convenios.logo_do_convenio import ler_logo, trocar_logo
from convenios.models import Convenio, Credenciamento
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.transicoes import registrar_faixa
from tests.convenios.apoio_registros import um_de_cada
from tests.convenios.apoio_terminologia import termo_proprio
from tests.convenios.calendario.apoio import janela_aberta
from tests.convenios.exigencias.apoio import autorizar, exigir
from tests.convenios.precos.registro import um_de_cada as um_preco_de_cada
from tests.convenios.test_convenios_logo import imagem
from tests.demonstrativos.emissao import apoio as demonstrativos
from tests.demonstrativos.notas import apoio as notas
from tests.demonstrativos.pagamentos import apoio as pagamentos
from tests.demonstrativos.recursos import construcao as recursos
from tests.digitacao.apoio import comecar
from tests.digitacao.apoio_geracao import um_pedido
from tests.fabrica import Cenario
from tests.importacao import apoio as importacao
from tests.mensagens import apoio as mensagens
from tests.movimento import enviar, incluir, lote_aberto
from tests.tenancy.mundo import TERMO_PROPRIO, Mundo

PRODUTOS = importacao.csv(("Código", "Descrição", "Grupo", "Custo"), ("M1", "Agulha inventada", "Materiais", "1,00"))


@pytest.fixture(scope="module")
def mundo_gravado(cenario_gravado: Cenario) -> Mundo:
    cenario = cenario_gravado
    for operadora in ("pasa", "sulina"):
        termo_proprio(cenario, operadora, TERMO_PROPRIO)
    invalido = incluir(cenario, b"isto nao e um XML")
    aberto = lote_aberto(cenario, numero="1")
    lote = lote_aberto(cenario, numero="2")
    protocolo = enviar(cenario, lote)
    with cenario.dentro("aurelia"):
        guias = {"antes": aberto.guias.get().pk, "enviado": lote.guias.get().pk}
        digitada = comecar(cenario).pk
        geracao = um_pedido(cenario).pk
    importacoes = {quem: importacao.conferida(cenario, importacao.RUINS, quem=quem).pk for quem in ("pasa", "sulina")}
    da_aurelia = importacao.conferida(cenario, PRODUTOS, layout="produtos", quem="aurelia").pk
    antes, depois = _contratos(cenario)
    with cenario.dentro("pasa", "gestor"):
        do_logo = Convenio.objects.select_related("operadora").get(principal=True)
        trocar_logo(convenio=do_logo, logo=ler_logo(imagem()), por=cenario.pessoa("gestor", "pasa"))
    janelas = {quem: janela_aberta(cenario, quem).pk for quem in ("pasa", "sulina")}
    autorizacoes = {quem: autorizar(cenario, quem).pk for quem in ("pasa", "sulina")}
    procedimentos = {quem: exigir(cenario, quem).pk for quem in ("pasa", "sulina")}
    registros = {"antes": um_de_cada(cenario, "sulina", "cedro"), "enviado": um_de_cada(cenario, "pasa", "aurelia")}
    precos = {"antes": um_preco_de_cada(cenario, "sulina"), "enviado": um_preco_de_cada(cenario, "pasa")}
    mensagens.pedir(cenario, protocolo)
    escrita = mensagens.escrever(cenario, protocolo, documentos=[mensagens.documento()])
    with cenario.dentro("aurelia"):
        anexos = {"antes": mensagens.anexar(cenario, aberto)[0].pk, "enviado": escrita.anexos.get().pk}
    informativos = {
        quem: mensagens.informar(cenario, quem, para=(para,)).pk
        for quem, para in (("pasa", "aurelia"), ("sulina", "cedro"))
    }
    dos_recursos = recursos.um_de_cada(cenario)
    dos_demonstrativos = demonstrativos.um_de_cada(cenario)
    dos_pagamentos, das_notas = pagamentos.um_de_cada(cenario), notas.um_de_cada(cenario)
    with sistema():
        estranho = Usuario.objects.create_user("estranho@example.com", None, nome="Estranho")
    return Mundo(
        cenario,
        {
            "arquivos": invalido.pk,
            "lotes": aberto.pk,
            **antes,
            "guias": guias["antes"],
            "digitadas": digitada,
            "geracoes": geracao,
            "janelas": janelas["sulina"],
            "protocolos": protocolo.pk,
            "importacoes": importacoes["sulina"],
            **precos["antes"],
            **registros["antes"],
            "autorizacoes": autorizacoes["sulina"],
            "anexos": anexos["antes"],
            "informativos": informativos["sulina"],
            "procedimentos": procedimentos["sulina"],
            **dos_recursos["antes"],
            **dos_demonstrativos["antes"],
            **dos_pagamentos["antes"],
            **das_notas["antes"],
        },
        {
            "arquivos": invalido.pk,
            "lotes": lote.pk,
            **depois,
            "guias": guias["enviado"],
            "digitadas": digitada,
            "geracoes": geracao,
            "janelas": janelas["pasa"],
            "protocolos": protocolo.pk,
            "importacoes": importacoes["pasa"],
            "importacoes de aurelia": da_aurelia,
            "importacoes de boavista": da_aurelia,
            **precos["enviado"],
            **registros["enviado"],
            "autorizacoes": autorizacoes["pasa"],
            "anexos": anexos["enviado"],
            "informativos": informativos["pasa"],
            "procedimentos": procedimentos["pasa"],
            **dos_recursos["enviado"],
            **dos_demonstrativos["enviado"],
            **dos_pagamentos["enviado"],
            **das_notas["enviado"],
        },
        estranho,
        {pessoa.pk: _sessao(pessoa) for pessoa in (*cenario.pessoas.values(), estranho)},
    )


def _sessao(pessoa: Usuario) -> str:
    """Log that person in; give the session's key."""
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente.cookies[settings.SESSION_COOKIE_NAME].value


def _contratos(cenario: Cenario) -> tuple[dict[str, int], dict[str, int]]:
    """A contract that PASA has no part in, and the one of aurelia with it: numbers, a code, and a guide that waits."""
    with cenario.dentro("aurelia", "faturista"):
        de_outra, contrato = (
            Credenciamento.objects.get(prestador=cenario.aurelia, operadora=cenario.organizacoes[quem])
            for quem in ("sulina", "pasa")
        )
        convenio = Convenio.objects.get(operadora=cenario.pasa, principal=True)
        quem = cenario.pessoa("faturista", "aurelia")
        marcar(prestador=cenario.aurelia, convenio=convenio, numeros=["1000"], motivo="sem_laudo", por=quem)
        pendencias = {"pendencias": PendenciaDeExame.objects.get().pk}
    numeros = {"tipo": FaixaDeNumeracao.Tipo.GERAL, "de": 1, "ate": 9, "automatica": True}
    with cenario.dentro("pasa", "gestor"):
        chaves = {"credenciamento": contrato, "convenio": convenio, "por": cenario.pessoa("gestor", "pasa")}
        registrar_faixa(**chaves, **numeros, autor=cenario.pasa)
        combinar_codigo(**chaves, por_que="entrada", chave="guiaOdonto", codigo="ODONTO1")
    return {"contratos": de_outra.pk, **pendencias}, {"contratos": contrato.pk, **pendencias}


@pytest.fixture
def mundo(mundo_gravado: Mundo, db: None) -> Mundo:
    """The world, in a transaction that is rolled back."""
    return mundo_gravado
