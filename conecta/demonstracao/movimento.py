"""What already happened in the demonstration: files uploaded, judged, corrected or not, lots sent and moved on.

Everything is made the way people make it: by the same transitions, and judged by the same worker's code.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.fila import fila
from conecta.tenancy.escopo import inquilino
from lotes import avanco
from lotes import transicoes as transicoes_do_lote
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Lote, Protocolo
from tiss_schemas import edicao
from tiss_schemas.exemplos import lote_exemplo
from uploads import transicoes
from uploads.models import Arquivo

from .analise import analisar_ate_o_fim, comecar_a_analisar, desligar_depois
from .cadastro import carteiras_de, carteiras_de_quem_sai

_P = SituacaoDoProtocolo


@dataclass(frozen=True, slots=True)
class EnvioInventado:
    """A file of the demonstration and how far its lot went: "inválido", "aberto", "fechado" or a protocol status."""

    prestador: str
    operadora: str
    faturista: str
    tipo_guia: str
    versao: str
    guias: int
    ate: str | SituacaoDoProtocolo = "aberto"
    com_quem_saiu: bool = False
    estragar: Callable[[bytes], bytes] | None = None


def trocar_cnpj(dados: bytes) -> bytes:
    """Santa Aurélia's CNPJ with its last two digits swapped, wherever it stands."""
    return dados.replace(b"41208337000176", b"41208337000167")


def _total_errado(dados: bytes) -> bytes:
    inicio = dados.index(b"<ans:valorTotalGeral>") + len(b"<ans:valorTotalGeral>")
    return dados[:inicio] + b"9" + dados[inicio:]


ENVIOS = (
    EnvioInventado("santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 12, _P.FATURADO),
    EnvioInventado("santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 38, _P.EM_ANALISE, True),
    EnvioInventado("santa-aurelia", "pasa", "teresa@servicos.example", "consulta", "4.02.00", 25, _P.ENVIADO),
    EnvioInventado("santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 61, "fechado"),
    EnvioInventado("santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 8),
    EnvioInventado("santa-aurelia", "cassi", "marina@aurelia.example", "consulta", "4.03.00", 17),
    EnvioInventado(
        "santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 9, "inválido", estragar=trocar_cnpj
    ),
    EnvioInventado(
        "santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 5, "inválido", estragar=_total_errado
    ),
    EnvioInventado("boa-vista", "pasa", "otavio@boavista.example", "internacao", "4.03.00", 6, _P.LIBERADO),
    EnvioInventado("boa-vista", "pasa", "otavio@boavista.example", "honorarios", "4.03.00", 14, _P.ENVIADO),
    EnvioInventado("boa-vista", "pasa", "teresa@servicos.example", "sadt", "4.02.00", 20),
    EnvioInventado("odonto-cedro", "cassi", "iara@cedro.example", "odonto", "4.03.00", 11, _P.ENVIADO),
    EnvioInventado("odonto-cedro", "cassi", "iara@cedro.example", "odonto", "4.03.00", 4),
    EnvioInventado("santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 7, _P.PAGO),
    EnvioInventado("santa-aurelia", "pasa", "marina@aurelia.example", "sadt", "4.03.00", 6, _P.LIBERADO),
)

ANALISTAS = {"pasa": "gustavo@pasa.example", "cassi": "nair@cassi.example"}
_CAMINHO = (_P.EM_ANALISE, _P.LIBERADO, _P.FATURADO, _P.PAGO)
ITENS_POR_GUIA = 5


def criar_movimento(organizacoes: dict[str, Organizacao]) -> None:
    """Upload, judge, send and advance all of `ENVIOS`, once: nothing happens where there are files already."""
    primeiro = organizacoes[ENVIOS[0].prestador]
    with inquilino(primeiro.tipo, primeiro.pk):
        if Arquivo.objects.exists():
            return
    for numero, envio in enumerate(ENVIOS, start=1):
        _criar(numero, envio, organizacoes)


def xml_de(
    numero: int, envio: EnvioInventado, organizacoes: dict[str, Organizacao], itens: int = ITENS_POR_GUIA
) -> bytes:
    """The file of an invented sending, before anything in it is spoiled."""
    prestador, operadora = organizacoes[envio.prestador], organizacoes[envio.operadora]
    return lote_exemplo(
        envio.tipo_guia,
        envio.versao,
        guias=envio.guias,
        itens=itens,
        registro_ans=operadora.registro_ans,
        cnpj=prestador.documento,
        numero_lote=str(400 + numero),
        sequencial=str(1000 + numero),
        carteiras=_carteiras(envio),
        data=_ontem(),
        primeiro_numero_guia=20300000 + numero * 1000,
        semente=numero,
    )


def _carteiras(envio: EnvioInventado) -> list[str]:
    """Whose guides they are; a few people come again and again where some of them had left."""
    todas = carteiras_de(envio.operadora)
    return [*todas[:12], *carteiras_de_quem_sai(envio.operadora)] if envio.com_quem_saiu else todas


def _criar(numero: int, envio: EnvioInventado, organizacoes: dict[str, Organizacao]) -> None:
    por = Usuario.objects.get(email=envio.faturista)
    prestador = organizacoes[envio.prestador]
    nome = f"{envio.tipo_guia}_{envio.operadora}_{_ontem():%Y-%m}_lote{400 + numero:04d}.xml"
    dados = xml_de(numero, envio, organizacoes)
    if envio.estragar:
        # The system that made the mistake also computed the hash over it.
        dados = edicao.aplicar(envio.estragar(dados), []).conteudo
    with inquilino(prestador.tipo, prestador.pk, por.pk):
        arquivo = transicoes.incluir(prestador=prestador, nome=nome, dados=dados, por=por)
    _trabalhar()
    if envio.ate not in {"inválido", "aberto"}:
        with inquilino(prestador.tipo, prestador.pk, por.pk):
            lote = transicoes_do_lote.fechar(lote=Lote.objects.get(arquivo=arquivo), por=por)
            if envio.ate != "fechado":
                protocolo = transicoes_do_lote.enviar(lote=lote, por=por)
    if envio.com_quem_saiu:
        desligar_depois(organizacoes[envio.operadora])
    if isinstance(envio.ate, SituacaoDoProtocolo):
        _avancar(protocolo.pk, envio.ate, organizacoes[envio.operadora])


def _avancar(protocolo_id: int, ate: SituacaoDoProtocolo, operadora: Organizacao) -> None:
    por = Usuario.objects.get(email=ANALISTAS[operadora.slug])
    for para in _CAMINHO[: _CAMINHO.index(ate) + 1 if ate in _CAMINHO else 0]:
        if para == _P.LIBERADO:
            analisar_ate_o_fim(protocolo_id, operadora, por)
        with inquilino(operadora.tipo, operadora.pk, por.pk):
            avanco.avancar(
                protocolo=Protocolo.objects.get(pk=protocolo_id),
                para=para,
                por=por,
                data_de_pagamento=timezone.localdate() + timedelta(days=12) if para == _P.FATURADO else None,
            )
        _trabalhar()
    if ate == _P.EM_ANALISE:
        comecar_a_analisar(protocolo_id, operadora, por)


def _trabalhar() -> None:
    """Do what waits, as a worker does; workers that already run may have taken it."""
    dono = f"demonstracao:{os.getpid()}"
    while trabalho := fila.reclamar("validacao", dono):
        fila.executar(trabalho, dono)


def _ontem() -> date:
    return timezone.localdate() - timedelta(days=1)
