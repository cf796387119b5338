"""Lots for tests, made by the prestador in its own scope."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import ROUND_DOWN, Decimal
from io import BytesIO
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conecta.arquivos import cofre
from lotes import transicoes
from lotes.estados import Canal, SituacaoDoLote, TipoDeGuia
from lotes.models import Guia, Item, Lote, Protocolo
from tests.fabrica import CARTEIRAS, Cenario

_numeros = count(1_002_270)


VALOR_DA_GUIA = Decimal("158.81")


def criar_lote(
    cenario: Cenario,
    prestador: str = "aurelia",
    operadora: str = "pasa",
    *,
    guias: int = 2,
    itens: int = 2,
    situacao: SituacaoDoLote = SituacaoDoLote.ABERTO,
    **campos: Any,
) -> Lote:
    """A lot of `guias` guides of R$ 158,81 each, with `itens` items, in that state; of bytes that are no message unless
    `mensagem` is given."""
    dono, destino, numero = cenario.organizacoes[prestador], cenario.organizacoes[operadora], next(_numeros)
    faturista = cenario.pessoa("faturista", prestador)
    mensagem = campos.pop("mensagem", f"<lote>{numero}</lote>".encode())
    with cenario.dentro(prestador, "faturista"):
        lote = Lote.objects.create(
            prestador=dono,
            operadora=destino,
            numero=numero,
            numero_do_prestador=campos.pop("numero_do_prestador", str(numero)),
            canal=Canal.UPLOAD,
            tipo_de_guia=campos.pop("tipo_de_guia", TipoDeGuia.SP_SADT),
            versao_tiss="4.03.00",
            conteudo=cofre.guardar(mensagem, prestador_id=dono.pk),
            quantidade_de_guias=guias,
            quantidade_de_itens=guias * itens,
            valor_informado=VALOR_DA_GUIA * guias,
            criado_por=faturista,
            **campos,
        )
        _guias(lote, guias, itens)
        levar(lote, situacao, faturista)
    return lote


def levar(lote: Lote, situacao: SituacaoDoLote, por: Any) -> None:
    """Bring an open lot to a state, by the transitions."""
    if situacao in (SituacaoDoLote.FECHADO, SituacaoDoLote.ENVIADO):
        transicoes.fechar(lote=lote, por=por)
    if situacao == SituacaoDoLote.ENVIADO:
        transicoes.enviar(lote=lote, por=por)
    if situacao == SituacaoDoLote.EXCLUIDO:
        transicoes.excluir(lote=lote, por=por)
    lote.refresh_from_db()


def protocolar(cenario: Cenario, prestador: str = "aurelia", operadora: str = "pasa", **campos: Any) -> Protocolo:
    """A sent lot's protocol."""
    lote = criar_lote(cenario, prestador, operadora, situacao=SituacaoDoLote.ENVIADO, **campos)
    with cenario.dentro(prestador):
        return Protocolo.objects.select_related("lote").get(lote=lote)


def _guias(lote: Lote, quantas: int, itens: int) -> None:
    carteira = CARTEIRAS[lote.operadora.registro_ans]
    guias = Guia.objects.bulk_create(
        Guia(
            prestador_id=lote.prestador_id,
            operadora_id=lote.operadora_id,
            lote=lote,
            posicao=posicao,
            tipo=lote.tipo_de_guia,
            numero_do_prestador=f"{lote.numero}{posicao:03d}",
            numero_carteira=carteira.format(posicao % 40),
            data_de_atendimento=date(2026, 11, 3),
            quantidade_de_itens=itens,
            valor_informado=VALOR_DA_GUIA,
            criado_em=timezone.now(),
        )
        for posicao in range(1, quantas + 1)
    )
    Item.objects.bulk_create(
        Item(
            prestador_id=lote.prestador_id,
            operadora_id=lote.operadora_id,
            guia=guia,
            lote=lote,
            posicao=posicao,
            especie=Item.Especie.PROCEDIMENTO if posicao % 2 else Item.Especie.DESPESA,
            data=date(2026, 11, 3),
            tabela="22",
            codigo="40304361",
            descricao="Hemograma com contagem de plaquetas ou frações",
            quantidade=1,
            valor_unitario=valor,
            valor_total=valor,
        )
        for guia in guias
        for posicao, valor in enumerate(_em_partes(VALOR_DA_GUIA, itens), start=1)
    )


def _em_partes(valor: Decimal, partes: int) -> list[Decimal]:
    """So many amounts of whole cents that are that much together."""
    cada = (valor / max(partes, 1)).quantize(Decimal("0.01"), ROUND_DOWN)
    return [cada] * (partes - 1) + [valor - cada * (partes - 1)] if partes else []


def consultas_de(cliente: Client, endereco: str) -> int:
    """How many queries a page takes, once what is loaded only the first time is there."""
    assert cliente.get(endereco).status_code == 200
    with CaptureQueriesContext(connection) as feitas:
        cliente.get(endereco)
    return len(feitas)


def folha_de(resposta: Any) -> Worksheet:
    """The sheet of a downloaded XLSX."""
    with closing(resposta):
        return load_workbook(BytesIO(resposta.getvalue())).active
