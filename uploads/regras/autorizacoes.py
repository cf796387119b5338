"""What a guide says of an authorisation beside those that the operadora registered.

Only those given to the prestador can be seen here, so one that was given to another prestador is as unknown as one that
nobody gave: A02 says the same of both, and never whose it is. Of an authorisation that does not hold, nothing else is
said.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from conecta.interface.formatos import data as em_data
from conecta.interface.formatos import quantidade as em_quantidade
from convenios.exigencias.regras import AutorizacaoConhecida
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from tiss_schemas.valores import data_de
from uploads.regras.autorizacao import senha_vencida
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item, graus_da_equipe, no_do_item
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, conta, regra

_DESDE: Final = date(2026, 11, 22)
_ZERO: Final = Decimal(0)
_CODIGOS_DITOS: Final = 5
_SENHAS: Final = ("senha", "senhaAutorizacao")
_VALIDADES: Final = ("dataValidadeSenha", "validadeSenha")
_NUMERO: Final = "numeroGuiaOperadora"
_INTERNACOES: Final = frozenset({"guiaResumoInternacao", "guiaHonorarios"})
"""A stay is authorised as a whole and for its first day, and billed in parts long after, with all that was done."""
_EM_SESSOES: Final = frozenset({"03", "08", "09", "10"})
"""Kinds of care of SP/SADT that are done in sessions: therapies, chemotherapy, radiotherapy, dialysis."""


@regra(
    "A02",
    codigo="3306",
    codigo_antigo="1406",
    alvo="guia",
    exemplo="A senha da guia não está entre as que a operadora deu a este prestador para este beneficiário.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def senha_nao_liberada(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A senha da guia foi dada pela operadora a este prestador, para este beneficiário."""
    no = _no_da_senha(guia)
    if not contexto.autorizacoes or no is None or not guia.senha:
        return
    autorizacao = contexto.autorizacoes.da_senha(guia.senha)
    if autorizacao is None:
        if not contexto.autorizacoes.completas_em(_quando_foi_pedida(guia)):
            return
    elif _e_do_beneficiario(autorizacao, guia):
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"A senha {citado(guia.senha)} do campo {campo(no)} da {a_guia(guia)} não é uma que a operadora deu a este "
            f"prestador para a carteira {citado(guia.numero_carteira)}. Confira a senha e a carteira com a "
            "autorização; se estão certas, peça à operadora que a registre."
        ),
        valor=guia.senha,
        esperado="senha dada a este prestador para este beneficiário",
    )


@regra(
    "A04",
    codigo="1437",
    alvo="guia",
    exemplo="A operadora cancelou a senha em 05/01/2026.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def autorizacao_cancelada(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A autorização da guia não foi cancelada pela operadora."""
    autorizacao = _autorizacao(guia, contexto)
    if autorizacao is None or autorizacao.cancelada_em is None:
        return
    no = _no_da_autorizacao(guia)
    yield Apontamento(
        no=no,
        mensagem=(
            f"A autorização do campo {campo(no)} da {a_guia(guia)} foi cancelada pela operadora em "
            f"{em_data(autorizacao.cancelada_em)}. Informe a autorização que a substituiu, ou peça outra."
        ),
        valor=no.text,
        esperado="uma autorização que não foi cancelada",
    )


@regra(
    "G08",
    codigo="1321",
    alvo="guia",
    exemplo="A operadora autorizou a guia até 10/01/2026, e o exame é de 15/01/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def autorizacao_vencida(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A autorização registrada pela operadora ainda vale quando o atendimento começa."""
    autorizacao, dia = autorizacao_que_vale(guia, contexto), guia.data_atendimento
    if autorizacao is None or autorizacao.valida_ate is None or dia is None or guia.tipo in _INTERNACOES:
        return
    if dia <= autorizacao.valida_ate or _vencida_no_arquivo(guia, dia, contexto):
        return
    no = _no_da_autorizacao(guia)
    yield Apontamento(
        no=no,
        mensagem=(
            f"A autorização do campo {campo(no)} da {a_guia(guia)} valia até {em_data(autorizacao.valida_ate)}, e o "
            f"atendimento começou em {em_data(dia)}. Confira a data, ou peça outra autorização; se a operadora aceita, "
            "ignore com justificativa."
        ),
        valor=no.text,
        esperado=f"uma autorização válida em {em_data(dia)}",
    )


@regra(
    "B14",
    codigo="3156",
    alvo="guia",
    exemplo="O código de validação da guia não é o que a operadora deu com a autorização.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def token_errado(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O código de validação da guia é o da autorização."""
    no = guia.campos.get("codValidacao")
    if no is None or not contexto.autorizacoes or (autorizacao := autorizacao_que_vale(guia, contexto)) is None:
        return
    token = (no.text or "").strip()
    if not autorizacao.codigo_validacao or token.casefold() == autorizacao.codigo_validacao.casefold():
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(token)}, que não é o código que a operadora deu com esta "
            "autorização. Copie o código do comprovante do atendimento."
        ),
        valor=token,
        esperado="o código de validação desta autorização",
    )


@regra(
    "A07",
    codigo="2505",
    alvo="guia",
    exemplo="A operadora autorizou o código 40901122, e a guia cobra o 40901114.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def codigo_nao_autorizado(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Os procedimentos cobrados são os que a operadora autorizou."""
    autorizacao = None if guia.tipo in _INTERNACOES else autorizacao_que_vale(guia, contexto)
    if autorizacao is None or not autorizacao.itens:
        return
    ditos = set(autorizacao.itens)
    for item in guia.itens:
        chave = (item.tabela or "", item.codigo or "")
        if item.especie == "despesa" or not chave[1] or chave in ditos:
            continue
        ditos.add(chave)
        no = item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O código {item.codigo} {do_item(item, com_codigo=False)} não está na autorização da {a_guia(guia)}. "
                f"Ela tem: {_codigos(autorizacao)}. Corrija o código, ou peça que a operadora o inclua; se a troca foi "
                "combinada, ignore com justificativa."
            ),
            valor=item.codigo,
            esperado=_codigos(autorizacao),
        )


@regra(
    "A08",
    codigo="3210",
    codigo_antigo="1820",
    alvo="lote",
    depende=(Base.VALORES_DA_LINHA,),
    exemplo="A operadora autorizou 1 ressonância, e as guias do lote com essa senha cobram 2.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def quantidade_acima_da_autorizada(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """As guias do lote não cobram mais do que a autorização delas tem."""
    for guia, item, soma, autorizada in _acima_do_autorizado(lote, contexto, em_sessoes=False):
        yield _acima(guia, item, soma, f"a operadora autorizou {em_quantidade(autorizada)}", autorizada)


@regra(
    "A09",
    codigo="2506",
    alvo="lote",
    depende=(Base.VALORES_DA_LINHA,),
    exemplo="A operadora autorizou 10 sessões de fisioterapia, e o lote cobra 12.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def sessoes_acima_das_autorizadas(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """As guias de terapia em sessões não cobram mais sessões do que a autorização delas tem."""
    for guia, item, soma, autorizada in _acima_do_autorizado(lote, contexto, em_sessoes=True):
        sessoes = "sessão" if autorizada == 1 else "sessões"
        yield _acima(guia, item, soma, f"a operadora autorizou {em_quantidade(autorizada)} {sessoes}", autorizada)


def numero_nao_liberado(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Say so where the operadora's guide number is none that it gave to this prestador for this beneficiário.

    Silent where the guide has a senha, of which A02 speaks. A part of G05.
    """
    numero, no = guia.numero_operadora, guia.campos.get(_NUMERO)
    if not contexto.autorizacoes or no is None or not numero or guia.senha:
        return
    autorizacao = contexto.autorizacoes.do_numero(numero)
    if autorizacao is None:
        if not contexto.autorizacoes.completas_em(_quando_foi_pedida(guia)):
            return
    elif _e_do_beneficiario(autorizacao, guia):
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(numero)}, que não é uma guia que a operadora deu a este "
            f"prestador para a carteira {citado(guia.numero_carteira)}. Confira o número e a carteira com a "
            "autorização; se estão certos, peça à operadora que a registre."
        ),
        valor=numero,
        esperado="guia dada a este prestador para este beneficiário",
    )


def e_em_sessoes(guia: GuiaLida) -> bool:
    """Whether it is of care that is authorised as a series of sessions."""
    no = guia.campos.get("tipoAtendimento")
    return guia.tipo == "guiaSP-SADT" and no is not None and no.text in _EM_SESSOES


def _autorizacao(guia: GuiaLida, contexto: Contexto) -> AutorizacaoConhecida | None:
    """The beneficiário's authorisation that the guide names: by its senha, else by the operadora's number."""
    conhecidas = contexto.autorizacoes
    if not conhecidas:
        return None
    achada = conhecidas.da_senha(guia.senha) if guia.senha else conhecidas.do_numero(guia.numero_operadora)
    return achada if achada is not None and _e_do_beneficiario(achada, guia) else None


def autorizacao_que_vale(guia: GuiaLida, contexto: Contexto) -> AutorizacaoConhecida | None:
    """The beneficiário's authorisation that the guide names, unless it was cancelled: of that A04 speaks."""
    autorizacao = _autorizacao(guia, contexto)
    return None if autorizacao is None or autorizacao.cancelada_em is not None else autorizacao


def _e_do_beneficiario(autorizacao: AutorizacaoConhecida, guia: GuiaLida) -> bool:
    return not guia.numero_carteira or autorizacao.numero_carteira == guia.numero_carteira


def _quando_foi_pedida(guia: GuiaLida) -> date | None:
    """The day of the authorisation by the guide, where it is before the care: sessions and stays go on long after."""
    no, dia = guia.campos.get("dataAutorizacao"), guia.data_atendimento
    autorizada = None if no is None else data_de(no.text)
    return min(filter(None, (dia, autorizada)), default=None)


def _no_da_senha(guia: GuiaLida) -> etree._Element | None:
    return next((guia.campos[nome] for nome in _SENHAS if nome in guia.campos), None)


def _no_da_autorizacao(guia: GuiaLida) -> etree._Element:
    """The field by which the authorisation was found."""
    no = _no_da_senha(guia) if guia.senha else None
    return guia.no(_NUMERO) if no is None else no


def _vencida_no_arquivo(guia: GuiaLida, dia: date, contexto: Contexto) -> bool:
    """Whether the guide says itself that it was too late, as A05 tells where it is asked."""
    if not conta(senha_vencida, contexto):
        return False
    no = next((guia.campos[nome] for nome in _VALIDADES if nome in guia.campos), None)
    validade = None if no is None else data_de(no.text)
    return validade is not None and validade < dia


def _acima_do_autorizado(
    lote: LoteLido, contexto: Contexto, *, em_sessoes: bool
) -> Iterator[tuple[GuiaLida, ItemLido, Decimal, Decimal]]:
    """The lines with which the lot passes what was authorised, one for each code: guide, line, sum and limit."""
    if not contexto.autorizacoes:
        return
    somas: dict[tuple[Hashable, ...], Decimal] = {}
    for guia in lote.guias:
        if e_em_sessoes(guia) is not em_sessoes:
            continue
        if (autorizacao := autorizacao_que_vale(guia, contexto)) is None or not autorizacao.itens:
            continue
        for item in guia.itens:
            codigo = (item.tabela or "", item.codigo or "")
            autorizada = autorizacao.itens.get(codigo)
            if autorizada is None or item.quantidade is None or item.quantidade <= _ZERO:
                continue
            chave = (autorizacao.id, codigo, graus_da_equipe(item))
            antes = somas.get(chave, _ZERO)
            somas[chave] = antes + item.quantidade
            if antes <= autorizada < somas[chave]:
                yield guia, item, somas[chave], autorizada


def _acima(guia: GuiaLida, item: ItemLido, soma: Decimal, limite: str, autorizada: Decimal) -> Apontamento:
    no = no_do_item(item, "quantidadeExecutada", "qtdProc", "codigoProcedimento")
    return Apontamento(
        no=no,
        mensagem=(
            f"Com o campo {campo(no)} {do_item(item)} da {a_guia(guia)}, o lote cobra {em_quantidade(soma)} deste "
            f"código com a mesma autorização, e {limite}. Corrija as quantidades, ou peça mais; se foi combinado, "
            "ignore com justificativa."
        ),
        valor=no.text,
        esperado=f"até {em_quantidade(autorizada)} no lote",
    )


def _codigos(autorizacao: AutorizacaoConhecida) -> str:
    """The first codes of an authorisation, in order."""
    codigos = [codigo for _, codigo in sorted(autorizacao.itens)]
    return ", ".join(codigos[:_CODIGOS_DITOS]) + (" e outros" if len(codigos) > _CODIGOS_DITOS else "")
