"""Looking up what is charged: what this prestador bills in this convênio first, then terminology, with its price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils import timezone

from conecta.interface.formatos import dinheiro
from convenios.models import ItemDaTerminologia
from convenios.precos.carga import carregar_precos
from convenios.precos.conhecidos import Fonte, Item
from convenios.precos.motor import quanto_custa
from convenios.precos.naturezas import natureza_de
from convenios.regras import Regras
from convenios.terminologia_busca import Criterios, ordenados
from uploads.digitacao.models import ProcedimentoUsual
from uploads.digitacao.procuras_campos import OPCOES, Achados, Lugar, Opcao
from uploads.digitacao.procuras_texto import codigo_em, com_as_palavras, mais_usados, palavras_de

_PROCEDIMENTOS: Final = "22"
_PROPRIA, _PACOTES_ODONTO, _PACOTES = "00", "90", "98"
_DA_DESPESA: Final = {"01": "18", "02": "20", "03": "19", "05": "18", "07": "18", "08": "19"}
"""Table of TUSS by código da despesa."""
_TAXAS: Final = frozenset({"01", "05", "07"})
_DESPESA_DA_TABELA: Final = {"20": "02", "19": "03"}
"""Where no código da despesa was chosen, the one that a table says; table 18 has three kinds."""
_CONSULTAS: Final = "10101"
_ODONTO: Final = ("81", "82", "83", "84", "85", "86", "87")
"""How the codes of dentistry begin in table 22."""
_MAIOR_DESCRICAO: Final = 150
_CANDIDATOS: Final = 5 * OPCOES
"""Of the best that terminology has, those among which one with a price is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Termo:
    tabela: str
    codigo: str
    descricao: str
    despesa: str = ""

    @property
    def chave(self) -> tuple[str, str]:
        return self.tabela, self.codigo


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pergunta:
    """What is looked for: in these tables, for a line of that código da despesa (None: a procedure)."""

    lugar: Lugar
    texto: str
    dia: date
    despesa: str | None
    tabelas: tuple[str, ...]

    @property
    def odonto(self) -> bool:
        return self.lugar.guia.tipo == "guiaOdonto"


def de_procedimentos(lugar: Lugar, texto: str, regras: Regras) -> Achados:
    """By code or by words, priced in one load: the usual ones, then what the convênio has a price for, then the rest.

    Without a text, the usual ones. Eleven queries at most.
    """
    pergunta = _pergunta(lugar, texto, regras)
    usuais = _usuais(pergunta)
    if not texto and not usuais and lugar.guia.tipo == "guiaConsulta":
        pergunta = replace(pergunta, texto=_CONSULTAS)
    da_terminologia = _na_terminologia(pergunta) if pergunta.texto else []
    conhecidos = {termo.chave for termo in usuais}
    achados = usuais + [termo for termo in da_terminologia if termo.chave not in conhecidos]
    exato = next((termo for termo in achados if termo.codigo.upper() == codigo_em(texto)), None)
    achados = [exato] if exato else achados
    precos = _precos(pergunta, achados, regras)
    mostrados = [*achados[: len(usuais)], *sorted(achados[len(usuais) :], key=lambda termo: _sem_preco(precos, termo))]
    opcoes = [
        _opcao(pergunta, termo, "" if regras.ocultar_valores else precos.get(termo.chave, ""))
        for termo in mostrados[:OPCOES]
    ]
    return Achados(opcoes, len(achados) > OPCOES)


def _pergunta(lugar: Lugar, texto: str, regras: Regras) -> _Pergunta:
    de_despesa = lugar.tem(f"{lugar.linha}codigoDespesa")
    despesa = lugar.guia.valores.get(f"{lugar.linha}codigoDespesa", "") if de_despesa else None
    return _Pergunta(
        lugar=lugar,
        texto=texto,
        dia=lugar.dia(timezone.localdate()),
        despesa=despesa,
        tabelas=_tabelas(lugar.guia.tipo, despesa, regras),
    )


def _tabelas(tipo: str, despesa: str | None, regras: Regras) -> tuple[str, ...]:
    """Where such lines have their codes: the table that the convênio wants, else that of TUSS and the own one."""
    if despesa is None:
        pacotes = _PACOTES_ODONTO if tipo == "guiaOdonto" else _PACOTES
        pedida = regras.tabela_tiss_procedimentos
        return (pedida, pacotes) if pedida else (_PROCEDIMENTOS, _PROPRIA, pacotes)
    if despesa in _TAXAS and regras.tabela_tiss_taxas:
        return (regras.tabela_tiss_taxas,)
    if despesa in _DA_DESPESA:
        return (_DA_DESPESA[despesa], _PROPRIA, _PACOTES)
    return ("18", "19", "20", _PROPRIA, _PACOTES)


def _usuais(pergunta: _Pergunta) -> list[_Termo]:
    """What was billed before and still may be on the day, the favourites first. Two queries at most."""
    guia = pergunta.lugar.guia
    daqui = ProcedimentoUsual.objects.filter(
        prestador=guia.prestador_id, convenio=guia.convenio_id, tipo=guia.tipo, tabela__in=pergunta.tabelas
    )
    if pergunta.despesa:
        daqui = daqui.filter(codigo_despesa=pergunta.despesa)
    else:
        daqui = daqui.filter(codigo_despesa="") if pergunta.despesa is None else daqui.exclude(codigo_despesa="")
    if pergunta.texto:
        pelo_codigo = Q(codigo__startswith=codigo_em(pergunta.texto))
        daqui = daqui.filter(pelo_codigo | com_as_palavras("descricao_busca", palavras_de(pergunta.texto)))
    em_ordem = mais_usados(daqui)
    linhas = list(em_ordem.order_by("-favorito", *em_ordem.query.order_by)[: OPCOES + 1])
    termos = [
        _Termo(tabela=linha.tabela, codigo=linha.codigo, descricao=linha.descricao, despesa=linha.codigo_despesa)
        for linha in linhas
    ]
    return _ainda_valem(pergunta, termos)


def _ainda_valem(pergunta: _Pergunta, termos: Sequence[_Termo]) -> list[_Termo]:
    """Those that terminology has on the day, and those that it never had: free codes of the operadora's tables."""
    if not termos:
        return []
    codigos = {termo.codigo for termo in termos}
    periodos = ItemDaTerminologia.objects.filter(tabela__in=pergunta.tabelas, codigo__in=codigos).filter(
        Q(operadora_id__isnull=True) | Q(operadora_id=pergunta.lugar.guia.operadora_id)
    )
    valem: dict[tuple[str, str], bool] = {}
    for tabela, codigo, inicio, fim in periodos.values_list("tabela", "codigo", "vigencia_inicio", "vigencia_fim"):
        vale = (inicio is None or inicio <= pergunta.dia) and (fim is None or pergunta.dia <= fim)
        valem[tabela, codigo] = vale or valem.get((tabela, codigo), False)
    return [termo for termo in termos if valem.get(termo.chave, True)]


def _na_terminologia(pergunta: _Pergunta) -> list[_Termo]:
    criterios = Criterios(texto=pergunta.texto, dia=pergunta.dia, so_vigentes=True)
    da_operadora = Q(operadora_id__isnull=True) | Q(operadora_id=pergunta.lugar.guia.operadora_id)
    itens = ordenados(criterios).filter(da_operadora, tabela__in=pergunta.tabelas)
    if pergunta.odonto:
        comecos = Q()
        for comeco in _ODONTO:
            comecos |= Q(codigo__startswith=comeco)
        itens = itens.filter(comecos | ~Q(tabela=_PROCEDIMENTOS))
    achados = itens.values_list("tabela", "codigo", "texto")[:_CANDIDATOS]
    return [_Termo(tabela=tabela, codigo=codigo, descricao=descricao) for tabela, codigo, descricao in achados]


def _precos(pergunta: _Pergunta, termos: Iterable[_Termo], regras: Regras) -> Mapping[tuple[str, str], str]:
    """What each costs on the day by the convênio, as people read it. Seven queries, however many they are."""
    guia = pergunta.lugar.guia
    itens = {
        termo.chave: Item(
            guia.convenio_id,
            natureza_de(termo.tabela, termo.codigo, _despesa(pergunta, termo) or None, guia.tipo),
            termo.tabela,
            termo.codigo,
            pergunta.dia,
        )
        for termo in termos
    }
    precos = carregar_precos(
        itens.values(),
        operadora_id=guia.operadora_id,
        prestador_id=guia.prestador_id,
        regras={guia.convenio_id: regras},
    )
    respostas = {chave: quanto_custa(item, precos) for chave, item in itens.items()}
    return {
        chave: str(resposta.fonte) if resposta.fonte is Fonte.NAO_CONTRATADO else dinheiro(resposta.valor)
        for chave, resposta in respostas.items()
    }


def _sem_preco(precos: Mapping[tuple[str, str], str], termo: _Termo) -> bool:
    return precos.get(termo.chave) == Fonte.NAO_CONTRATADO


def _despesa(pergunta: _Pergunta, termo: _Termo) -> str:
    """The código da despesa of the line once this is chosen; "" for a procedure, and where it is not known."""
    if pergunta.despesa is None:
        return ""
    return pergunta.despesa or termo.despesa or _DESPESA_DA_TABELA.get(termo.tabela, "")


def _opcao(pergunta: _Pergunta, termo: _Termo, preco: str) -> Opcao:
    lugar = pergunta.lugar
    textos = {
        lugar.ao_lado("codigoTabela"): termo.tabela,
        lugar.ao_lado("codigoProcedimento"): termo.codigo,
        lugar.ao_lado("descricaoProcedimento"): termo.descricao[:_MAIOR_DESCRICAO],
    }
    if (despesa := _despesa(pergunta, termo)) and not pergunta.despesa:
        textos[f"{lugar.linha}codigoDespesa"] = despesa
    preenche = {nome: texto for nome, texto in textos.items() if nome is not None}
    return Opcao(rotulo=termo.codigo, texto=termo.descricao, detalhe=preco, preenche=preenche)
