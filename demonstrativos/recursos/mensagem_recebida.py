"""An appeal that the clinic's own system wrote: RECURSO_GLOSA, matched with what was refused, made a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import reais
from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Glosa
from demonstrativos.recursos import preparo
from demonstrativos.recursos.erros import XmlRecusado
from demonstrativos.recursos.estados import Canal, SituacaoDoRecurso
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.preparo import Pedido
from demonstrativos.recursos.recorriveis import recorriveis
from lotes.guias_lidas import sequencial_de
from lotes.models import Protocolo
from tiss_schemas.recurso import valores
from tiss_schemas.recurso.leitura import ArquivoRecusado, MensagemInvalida, ler_recurso

_ACHADOS = 50
_DoItem = tuple[str, int, str]
"""Code of the glosa, number of the item in its guide, code of what was billed."""


@dataclass(slots=True, kw_only=True)
class _Casadas:
    """What the message asks, by glosa; the guides that it appeals for whole; and what could not be matched."""

    pedidos: dict[int, Pedido] = field(default_factory=dict)
    inteiras: set[int] = field(default_factory=set)
    achados: list[str] = field(default_factory=list)


@transaction.atomic
def receber(*, prestador: Organizacao, dados: bytes, por: Usuario) -> Recurso:
    """Make a draft of a message. Raises `XmlRecusado` with every reason; nothing of a bad one is kept."""
    lido = _ler(dados)
    protocolo = _protocolo(prestador, lido)
    _exigir_novo(prestador, protocolo, lido)
    glosas = list(recorriveis(prestador).filter(analise__protocolo=protocolo))
    casadas = _casar(lido, glosas)
    if casadas.achados:
        raise XmlRecusado("O recurso não pôde ser incluído.", tuple(casadas.achados[:_ACHADOS]))
    (recurso,) = preparo.incluir(
        prestador=prestador,
        pedidos=casadas.pedidos,
        por=por,
        canal=Canal.XML,
        numero=lido.numero_do_prestador,
    )
    preparo.seguir_niveis(recurso, casadas.inteiras, do_protocolo=lido.do_protocolo is not None)
    recurso.refresh_from_db()
    return recurso


def _ler(dados: bytes) -> valores.Recurso:
    try:
        return ler_recurso(dados)
    except MensagemInvalida as erro:
        achados = tuple(
            f"Linha {achado.linha}: {achado.mensagem}" if achado.linha else achado.mensagem for achado in erro.achados
        )
        raise XmlRecusado(erro.frase, achados[:_ACHADOS] or (erro.frase,)) from erro
    except ArquivoRecusado as erro:
        raise XmlRecusado(str(erro)) from erro


def _protocolo(prestador: Organizacao, lido: valores.Recurso) -> Protocolo:
    protocolos = Protocolo.objects.filter(prestador=prestador, numero=lido.protocolo)
    do_registro = protocolos.filter(operadora__registro_ans=lido.registro_ans)
    protocolo = do_registro.select_related("lote", "operadora").first()
    if protocolo is None:
        raise XmlRecusado(
            f"O protocolo {lido.protocolo} da operadora de registro ANS {lido.registro_ans} não está entre os seus. "
            "Confira numeroProtocolo e registroANS."
        )
    if lido.lote.lstrip("0") != protocolo.lote.numero_do_prestador.lstrip("0"):
        raise XmlRecusado(
            f"O protocolo {lido.protocolo} é do lote {protocolo.lote.numero_do_prestador}, e o arquivo diz "
            f"{lido.lote}. Confira numeroLote."
        )
    return protocolo


def _exigir_novo(prestador: Organizacao, protocolo: Protocolo, lido: valores.Recurso) -> None:
    numero = lido.numero_do_prestador
    dos_dois = Recurso.objects.filter(prestador=prestador, operadora=protocolo.operadora_id)
    com_este_numero = dos_dois.filter(numero_do_prestador=numero)
    if com_este_numero.exclude(situacao=SituacaoDoRecurso.EXCLUIDO).exists():
        raise XmlRecusado(
            f"Já há um recurso de número {numero} para esta operadora. Gere o arquivo com outro número em "
            "numeroGuiaRecGlosaPrestador."
        )
    rascunho = dos_dois.filter(protocolo=protocolo, situacao=SituacaoDoRecurso.RASCUNHO).first()
    if rascunho is not None:
        raise XmlRecusado(
            f"O protocolo {protocolo.numero} já tem o recurso {rascunho.numero_do_prestador} em preparo. "
            "Envie-o ou exclua-o antes."
        )


def _casar(lido: valores.Recurso, glosas: Sequence[Glosa]) -> _Casadas:
    casadas = _Casadas()
    if lido.do_protocolo is not None:
        _casar_protocolo(lido.do_protocolo, glosas, casadas)
        return casadas
    por_guia: dict[str, list[Glosa]] = defaultdict(list)
    for glosa in glosas:
        por_guia[glosa.guia.guia.numero_do_prestador].append(glosa)
    for guia in lido.guias:
        delas = por_guia.get(guia.numero_do_prestador, [])
        if not delas:
            casadas.achados.append(
                f"Guia {guia.numero_do_prestador}: não há, neste protocolo, glosa dela a recorrer. Já há recurso, o "
                "prazo acabou, ou o número é outro."
            )
            continue
        _casar_guia(guia, delas, casadas)
    return casadas


def _casar_protocolo(recursada: valores.GlosaRecursada, glosas: Sequence[Glosa], casadas: _Casadas) -> None:
    delas = [glosa for glosa in glosas if glosa.codigo == recursada.codigo and glosa.nivel == Nivel.PROTOCOLO]
    if not delas:
        casadas.achados.append(
            f"O protocolo não foi glosado por inteiro com o código {recursada.codigo}, ou já não se pode recorrer. "
            "Recorra das guias ou dos itens."
        )
    for glosa in delas:
        casadas.pedidos[glosa.pk] = Pedido(justificativa=recursada.justificativa)


def _casar_guia(guia: valores.GuiaRecursada, delas: Sequence[Glosa], casadas: _Casadas) -> None:
    if not guia.itens:
        casadas.inteiras.add(delas[0].guia.guia_id)
        for recursada in guia.glosas:
            _casar_guia_inteira(guia, recursada, delas, casadas)
    por_item: dict[_DoItem, list[Glosa]] = defaultdict(list)
    for glosa in delas:
        por_item[glosa.codigo, sequencial_de(glosa.item.item), glosa.item.item.codigo].append(glosa)
    for item in guia.itens:
        if len(casadas.achados) >= _ACHADOS:
            return
        onde = f"Guia {guia.numero_do_prestador}, item {item.sequencial}"
        deste = por_item.get((item.glosa, item.sequencial, item.codigo), [])
        # An item may have two glosas of one code: the message names them one after the other.
        achada = next((glosa for glosa in deste if glosa.pk not in casadas.pedidos), None)
        if achada is None:
            casadas.achados.append(f"{onde}: não há glosa {item.glosa} deste item a recorrer. {_o_que_ha(delas)}")
        else:
            _casar_item(onde, item, achada, casadas)


def _casar_guia_inteira(
    guia: valores.GuiaRecursada, recursada: valores.GlosaRecursada, delas: Sequence[Glosa], casadas: _Casadas
) -> None:
    do_codigo = [glosa for glosa in delas if glosa.codigo == recursada.codigo]
    if not do_codigo:
        casadas.achados.append(
            f"Guia {guia.numero_do_prestador}: não há nela glosa {recursada.codigo} a recorrer. {_o_que_ha(delas)}"
        )
    for glosa in do_codigo:
        casadas.pedidos[glosa.pk] = Pedido(justificativa=recursada.justificativa)


def _casar_item(onde: str, item: valores.ItemRecursado, glosa: Glosa, casadas: _Casadas) -> None:
    recorrivel = glosa.recorrivel  # type: ignore[attr-defined]
    if not 0 < item.valor <= recorrivel:
        casadas.achados.append(
            f"{onde}: o valor recursado é {reais(item.valor)}, e da glosa {item.glosa} pode-se recursar até "
            f"{reais(recorrivel)}. Corrija valorRecursado."
        )
        return
    casadas.pedidos[glosa.pk] = Pedido(valor=item.valor, justificativa=item.justificativa)


def _o_que_ha(delas: Sequence[Glosa]) -> str:
    ha = sorted({f"{glosa.codigo} no item {sequencial_de(glosa.item.item)}" for glosa in delas})
    return f"Há: {', '.join(ha[:5])}{' e outras' if len(ha) > 5 else ''}."
