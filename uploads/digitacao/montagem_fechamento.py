"""What happens to typed guides when their lot is closed, opened again or excluded."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from conecta.arquivos import cofre
from conecta.contas.models import Usuario
from lotes import recebimento
from lotes.canais import RecusaDoCanal, Trecho
from lotes.models import Lote
from tiss_schemas.achados import Achado, Severidade
from tiss_schemas.fragmento import Nomeador
from uploads.caminhos import Caminhos, ate_a_guia
from uploads.contexto import carregar_contexto
from uploads.digitacao.agrupamento import valores_do_xml
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.juizo import CriticaDaGuia, chave, de_json
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_mensagem import contrato_do_lote, escrever, escritas, guias_do_lote
from uploads.models import Critica
from uploads.veredito import Veredito, julgar

_TRECHO = "digitacao/lote_criticas.html"


class LoteComCriticas(LoteRecusado, RecusaDoCanal):
    """Something stands against the lot; the page shows all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaComCriticas:
    """A guide and what keeps the lot open because of it, in the order of the form."""

    guia: GuiaDigitada
    criticas: Sequence[CriticaDaGuia]

    @property
    def linhas(self) -> list[tuple[CriticaDaGuia, str]]:
        """Each with what the box says by which it is ignored; "" where nobody may ignore it."""
        return [(critica, self._caixa(critica)) for critica in self.criticas]

    def _caixa(self, critica: CriticaDaGuia) -> str:
        if critica.severidade is not Severidade.IGNORAVEL:
            return ""
        return json.dumps([self.guia.pk, *chave(critica.regra, critica.campo, critica.valor)], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Achado:
    """A finding and the guide that it is in; None for one about the message."""

    achado: Achado
    guia: GuiaDigitada | None
    critica: CriticaDaGuia


def antes_de_fechar(lote: Lote, por: Usuario) -> None:
    """Judge the whole lot as it will be sent, and keep those bytes. Raises `LoteRecusado` where something stands
    against it. Header and verdict are of the moment of the closing."""
    assert lote.fechado_em is not None
    list(GuiaDigitada.objects.select_for_update().filter(lote=lote).order_by("pk"))
    guias = guias_do_lote(lote)
    _conferir_prontas(lote, guias)
    dados = escrever(lote, guias, lote.fechado_em)
    veredito = _julgar(lote, dados, lote.fechado_em)
    achados = _com_as_guias(lote, veredito, guias)
    if impedem := [achado for achado in achados if _impede(achado)]:
        raise _recusa(lote, impedem)
    assert veredito.lote is not None
    recebimento.trocar_guias(lote, escritas(guias, veredito.lote.guias))
    _levar_ignoradas(lote, veredito, achados)
    lote.conteudo_id = cofre.guardar(dados, prestador_id=lote.prestador_id).pk
    lote.save(update_fields=["conteudo"])


def antes_de_reabrir(lote: Lote, por: Usuario) -> None:
    """Its XML is written anew when it is closed again; its numbers stay."""
    lote.conteudo = None
    Critica.objects.filter(lote=lote, arquivo=None).delete()


def antes_de_excluir(lote: Lote, por: Usuario) -> None:
    """Its guides are loose again."""
    GuiaDigitada.objects.filter(lote=lote).update(lote=None, posicao=None)
    Critica.objects.filter(lote=lote, arquivo=None).delete()


def _conferir_prontas(lote: Lote, guias: Sequence[GuiaDigitada]) -> None:
    if not guias:
        raise LoteRecusado(f"O lote {lote.numero} não tem guias. Adicione guias antes de fechá-lo.", lote)
    inacabadas = [
        GuiaComCriticas(guia=guia, criticas=[c for c in de_json(guia.criticas) if c.impede])
        for guia in guias
        if guia.situacao != SituacaoDaGuia.PRONTA
    ]
    if inacabadas:
        raise _recusa_das(lote, (), inacabadas)


def _julgar(lote: Lote, dados: bytes, agora: datetime) -> Veredito:
    contexto_de = partial(
        carregar_contexto,
        prestador=lote.prestador,
        arquivo_id=None,
        lote_id=lote.pk,
        convenio_escolhido=lote.convenio_id,
        agora=timezone.localtime(agora),
    )
    return julgar(dados, contexto_de=contexto_de)


def _com_as_guias(lote: Lote, veredito: Veredito, guias: Sequence[GuiaDigitada]) -> list[_Achado]:
    """Each finding with its guide, and as that guide's form shows it."""
    lidas = veredito.lote.guias if veredito.lote and veredito.documento else []
    regras = contrato_do_lote(lote).regras
    nomeadores = {
        guia.pk: Nomeador(guia.tipo, guia.versao_tiss, valores_do_xml(guia.tipo, guia.valores, regras))
        for guia in guias
    }
    por_caminho = {
        veredito.documento.caminho(lida.elemento): guia
        for lida, guia in zip(lidas, guias, strict=True)
        if veredito.documento
    }
    achados = []
    for achado in veredito.achados:
        guia = por_caminho.get(ate_a_guia(achado.caminho)[0])
        campo = nomeadores[guia.pk].nome(achado.caminho) if guia else ""
        achados.append(_Achado(achado, guia, _critica(achado, guia, campo)))
    return achados


def _critica(achado: Achado, guia: GuiaDigitada | None, campo: str) -> CriticaDaGuia:
    ignoradas = {chave(linha["regra"], linha["campo"], linha["valor"]) for linha in (guia.ignoradas if guia else ())}
    return CriticaDaGuia(
        campo=campo,
        regra=achado.regra,
        codigo=achado.codigo,
        severidade=achado.severidade,
        mensagem=achado.mensagem,
        valor=achado.valor,
        sugestao=achado.sugestao,
        ignorada=achado.severidade is Severidade.IGNORAVEL and chave(achado.regra, campo, achado.valor) in ignoradas,
    )


def _impede(achado: _Achado) -> bool:
    """What may be ignored stops the lot until somebody said why; but for the header, which nobody typed."""
    return achado.critica.impede if achado.guia is not None else achado.achado.impede


def _recusa(lote: Lote, impedem: Sequence[_Achado]) -> LoteComCriticas:
    por_guia: defaultdict[int, list[_Achado]] = defaultdict(list)
    for achado in impedem:
        por_guia[achado.guia.pk if achado.guia else 0].append(achado)
    do_lote = [achado.achado for achado in por_guia.pop(0, [])]
    das_guias = []
    for achados in por_guia.values():
        assert achados[0].guia is not None
        das_guias.append(GuiaComCriticas(guia=achados[0].guia, criticas=[achado.critica for achado in achados]))
    return _recusa_das(lote, do_lote, das_guias)


def _recusa_das(lote: Lote, do_lote: Sequence[Achado], das_guias: Sequence[GuiaComCriticas]) -> LoteComCriticas:
    guias = sorted(das_guias, key=lambda uma: uma.guia.posicao or 0)
    contexto: dict[str, Any] = {
        "criticas_do_lote": do_lote,
        "guias_com_criticas": guias,
        "ha_ignoraveis": any(caixa for uma in guias for _, caixa in uma.linhas),
    }
    return LoteComCriticas(
        f"O lote {lote.numero} não foi fechado: {_o_que_impede(do_lote, guias)}.",
        lote,
        Trecho(template=_TRECHO, contexto=contexto),
    )


def _o_que_impede(do_lote: Sequence[Achado], guias: Sequence[GuiaComCriticas]) -> str:
    quantas = len(do_lote) + sum(len(uma.criticas) for uma in guias)
    if len(guias) == 1 and not do_lote:
        return f"a guia {guias[0].guia.numero_do_prestador or 'sem número'} tem o que corrigir"
    s = "" if quantas == 1 else "s"
    return f"há {quantas} crítica{s}" + (f" em {len(guias)} guias" if guias else " sobre o lote todo")


def _levar_ignoradas(lote: Lote, veredito: Veredito, achados: Sequence[_Achado]) -> None:
    """Let what was ignored go with the lot, for the operadora to read once it is sent."""
    caminhos = Caminhos(veredito.documento, veredito.lote)
    linhas = []
    for posicao, achado in enumerate(achados, start=1):
        if achado.guia is not None and achado.critica.ignorada:
            lugar = caminhos.lugar(achado.achado.caminho)
            linhas.append(_linha(lote, posicao, achado, lugar.legivel, lugar.guia))
    Critica.objects.bulk_create(linhas)


def _linha(lote: Lote, posicao: int, de: _Achado, legivel: str, numero: str) -> Critica:
    assert de.guia is not None
    achado = de.achado
    motivo = next(
        linha
        for linha in de.guia.ignoradas
        if chave(linha["regra"], linha["campo"], linha["valor"]) == chave(achado.regra, de.critica.campo, achado.valor)
    )
    return Critica(
        prestador_id=lote.prestador_id,
        operadora_id=lote.operadora_id,
        lote=lote,
        versao=1,
        posicao=posicao,
        regra=achado.regra,
        codigo=achado.codigo,
        severidade=achado.severidade.value,
        tipo=achado.tipo.value,
        mensagem=achado.mensagem,
        caminho=achado.caminho,
        caminho_legivel=legivel,
        guia=numero,
        valor=achado.valor,
        ignorada=True,
        justificativa=motivo["justificativa"],
        ignorada_em=motivo["quando"],
        ignorada_por_id=motivo["por_id"],
        ignorada_por_nome=motivo["por_nome"],
    )
