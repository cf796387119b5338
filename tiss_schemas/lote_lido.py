"""A lote de guias as the rules and the database see it, read in one pass from a tree that may be wrong anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeAlias

from lxml import etree

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.espacos import ANS, NS, TAG_ANS, nome_local
from tiss_schemas.itens_lidos import ItemLido, ler_item, ler_item_da_consulta
from tiss_schemas.leitura import Documento
from tiss_schemas.valores import contas_exatas, data_de, decimal_de, hora_de

TIPOS_DE_GUIA: Final[dict[str, str]] = {
    "guiaSP-SADT": "Cobrança SP/SADT",
    "guiaConsulta": "Consulta",
    "guiaResumoInternacao": "Resumo de Internação",
    "guiaHonorarios": "Honorários",
    "guiaOdonto": "Tratamento Odontológico",
}
"""Element of each guide type → its name on the screens."""

_GUIAS: Final = {TAG_ANS + nome: nome for nome in TIPOS_DE_GUIA}
_ORIGENS: Final = {
    f"{TAG_ANS}CNPJ": "cnpj",
    f"{TAG_ANS}CPF": "cpf",
    f"{TAG_ANS}codigoPrestadorNaOperadora": "codigo",
    f"{TAG_ANS}registroANS": "registro_ans",
}
_PROCEDIMENTOS: Final = f"{TAG_ANS}procedimentosExecutados"
_GRUPOS_DE_ITENS: Final = {
    _PROCEDIMENTOS: "procedimento",
    f"{TAG_ANS}procedimentosRealizados": "procedimento",
    f"{TAG_ANS}outrasDespesas": "despesa",
}
_ITENS: Final = frozenset(f"{TAG_ANS}{nome}" for nome in ("procedimentoExecutado", "procedimentoRealizado", "despesa"))
_BLOCO_DE_TOTAIS: Final = f"{TAG_ANS}valorTotal"
_ANEXO_ODONTO: Final = f"{TAG_ANS}odontoInicial"
_PROCEDIMENTO_DA_CONSULTA: Final = f"{TAG_ANS}procedimento"
_TOTAIS: Final = frozenset(
    {"valorProcedimento", "valorTotalHonorarios", "valorTotalProc", "valorTotalFranquia", "qtdTotalUS"}
)
_TOTAIS_DA_GUIA: Final = ("valorTotalGeral", "valorTotalHonorarios", "valorTotalProc", "valorProcedimento")
_GUIA_PRINCIPAL: Final = (
    "guiaPrincipal",
    "numeroGuiaSolicitacaoInternacao",
    "guiaSolicInternacao",
    "numeroGuiaPrincipal",
)
_INICIO: Final = ("dataAtendimento", "dataInicioFaturamento")
_FIM: Final = ("dataFinalFaturamento", "dataFimFaturamento", "dataTerminoTrat")


@dataclass(frozen=True, slots=True, eq=False)
class Origem:
    """Who sends: `tipo` is "cnpj", "cpf", "codigo" or "registro_ans"."""

    tipo: str
    valor: str
    elemento: etree._Element


@dataclass(slots=True, eq=False)
class Cabecalho:
    """The header of any message; each field is None where absent, "" where blank."""

    elemento: etree._Element
    tipo_transacao: str | None
    sequencial: str | None
    data_registro: date | None
    hora_registro: time | None
    versao: str | None
    origem: Origem | None
    registro_ans_destino: str | None

    def no(self, caminho: str) -> etree._Element:
        """The element at a path below the header ("identificacaoTransacao/tipoTransacao"), or the header itself."""
        return _no(self.elemento, caminho)


Codigo: TypeAlias = tuple[str | None, str | None, str | None, date | None]
"""Table, code, código da despesa and date of a line, as in the file."""


@dataclass(eq=False)
class GuiaLida:
    """One guide. `indice` counts from 1 in the lot; `tipo` is the element's name, a key of TIPOS_DE_GUIA.

    `data_atendimento` is the date of a consulta, the start of the billing period of an internação or of honorários, and
    the first execution date elsewhere; `data_fim` the end of that period, else the last execution date. `campos` has
    the single fields by XML name, `totais` those that hold a total of the guide.
    """

    elemento: etree._Element
    indice: int
    tipo: str
    campos: dict[str, etree._Element] = field(default_factory=dict)
    totais: dict[str, etree._Element] = field(default_factory=dict)
    itens: list[ItemLido] = field(default_factory=list)
    numero_prestador: str | None = None
    numero_operadora: str | None = None
    guia_principal: str | None = None
    senha: str | None = None
    registro_ans: str | None = None
    numero_carteira: str | None = None
    data_atendimento: date | None = None
    data_fim: date | None = None
    valor_total: Decimal | None = None

    @cached_property
    def codigos(self) -> frozenset[Codigo]:
        """What the lines charge and when, each combination once: a guide repeats few of them hundreds of times."""
        return frozenset([(item.tabela, item.codigo, item.codigo_despesa, item.data) for item in self.itens])

    @cached_property
    def duvidosos(self) -> list[ItemLido]:
        """The lines of which some amount is not above zero: few, and looked at by several rules."""
        return [item for item in self.itens if item.duvidoso]

    @cached_property
    def com_hora(self) -> list[ItemLido]:
        """The lines that say when they began."""
        return [item for item in self.itens if item.tem_hora]

    def no(self, nome: str) -> etree._Element:
        """The guide's field or total of that XML name, or the guide itself where there is none."""
        return self.campos.get(nome, self.totais.get(nome, self.elemento))


@dataclass(slots=True, eq=False)
class LoteLido:
    """The lot of a message. `tipo_guia` is the type of its first guide; None where it has no guide."""

    elemento: etree._Element
    cabecalho: Cabecalho
    numero_lote: str | None
    tipo_guia: str | None
    guias: list[GuiaLida]

    @property
    def registro_ans_destino(self) -> str | None:
        """Registro ANS of the operadora to which the message is addressed."""
        return self.cabecalho.registro_ans_destino

    @property
    def origem(self) -> Origem | None:
        """Who sends the message."""
        return self.cabecalho.origem

    @property
    def tipo_transacao(self) -> str | None:
        """`identificacaoTransacao/tipoTransacao`."""
        return self.cabecalho.tipo_transacao

    @property
    def sequencial(self) -> str | None:
        """`identificacaoTransacao/sequencialTransacao`."""
        return self.cabecalho.sequencial

    @property
    def data_registro(self) -> date | None:
        """`identificacaoTransacao/dataRegistroTransacao`."""
        return self.cabecalho.data_registro

    @property
    def hora_registro(self) -> time | None:
        """`identificacaoTransacao/horaRegistroTransacao`."""
        return self.cabecalho.hora_registro

    @property
    def versao(self) -> str | None:
        """Text of `Padrao`."""
        return self.cabecalho.versao

    def no(self, caminho: str) -> etree._Element:
        """The element at a path below `loteGuias` ("numeroLote"), or `loteGuias` itself."""
        return _no(self.elemento, caminho)


def ler_cabecalho(documento: Documento) -> Cabecalho:
    """Read the header of any message; where it is missing, `elemento` is the root and every field None."""
    cabecalho = documento.raiz.find("ans:cabecalho", NS)
    elemento = documento.raiz if cabecalho is None else cabecalho
    return Cabecalho(
        elemento=elemento,
        tipo_transacao=_texto_em(cabecalho, "identificacaoTransacao/tipoTransacao"),
        sequencial=_texto_em(cabecalho, "identificacaoTransacao/sequencialTransacao"),
        data_registro=data_de(_texto_em(cabecalho, "identificacaoTransacao/dataRegistroTransacao")),
        hora_registro=hora_de(_texto_em(cabecalho, "identificacaoTransacao/horaRegistroTransacao")),
        versao=documento.versao,
        origem=_origem(cabecalho),
        registro_ans_destino=_texto_em(cabecalho, "destino/registroANS"),
    )


@coletor_em_pausa()
@contas_exatas()
def ler_lote(documento: Documento) -> LoteLido | None:
    """Read the lot of guides; None where the message has no `loteGuias`. Never raises for what a file may hold."""
    lote = documento.raiz.find("ans:prestadorParaOperadora/ans:loteGuias", NS)
    if lote is None:
        return None
    candidatas = lote.iterfind("ans:guiasTISS/*", NS)
    elementos = [(guia, tipo) for guia in candidatas if (tipo := _GUIAS.get(guia.tag)) is not None]
    guias = [_guia(elemento, indice, tipo, documento) for indice, (elemento, tipo) in enumerate(elementos, start=1)]
    return LoteLido(
        elemento=lote,
        cabecalho=ler_cabecalho(documento),
        numero_lote=_texto_em(lote, "numeroLote"),
        tipo_guia=guias[0].tipo if guias else None,
        guias=guias,
    )


def _guia(elemento: etree._Element, indice: int, tipo: str, documento: Documento) -> GuiaLida:
    guia = GuiaLida(elemento, indice, tipo)
    for filho in elemento.iterchildren(etree.Element):
        _distribui(filho, guia, documento)
    campos = guia.campos
    guia.numero_prestador = _texto(campos.get("numeroGuiaPrestador"))
    guia.numero_operadora = _texto(campos.get("numeroGuiaOperadora"))
    guia.guia_principal = _texto(_primeiro(campos, _GUIA_PRINCIPAL))
    guia.senha = _texto(_primeiro(campos, ("senha", "senhaAutorizacao")))
    guia.registro_ans = _texto(campos.get("registroANS"))
    guia.numero_carteira = _texto(campos.get("numeroCarteira"))
    guia.valor_total = decimal_de(_texto(_primeiro(guia.totais, _TOTAIS_DA_GUIA)))
    _data_a_guia(guia)
    return guia


def _distribui(filho: etree._Element, guia: GuiaLida, documento: Documento) -> None:
    """Put one child of the guide where it belongs: its items, its totals, or its single fields."""
    tag = filho.tag
    if (especie := _GRUPOS_DE_ITENS.get(tag)) is not None:
        if guia.tipo == "guiaOdonto":
            guia.itens.append(ler_item(filho, especie, documento))
        else:
            guia.itens.extend([ler_item(no, especie, documento) for no in filho if no.tag in _ITENS])
    elif tag == _BLOCO_DE_TOTAIS:
        for total in filho.iterchildren(etree.Element):
            guia.totais.setdefault(nome_local(total.tag), total)
    elif tag != _ANEXO_ODONTO:
        _campos(filho, guia, documento)


def _campos(filho: etree._Element, guia: GuiaLida, documento: Documento) -> None:
    for no in filho.iter(f"{TAG_ANS}*"):
        nome = nome_local(no.tag)
        if len(no) == 0:
            destino = guia.totais if nome in _TOTAIS else guia.campos
            destino.setdefault(nome, no)
        elif guia.tipo == "guiaConsulta" and no.tag == _PROCEDIMENTO_DA_CONSULTA:
            data = data_de(_texto(guia.campos.get("dataAtendimento")))
            guia.itens.append(ler_item_da_consulta(no, data, documento))


def _data_a_guia(guia: GuiaLida) -> None:
    datas = [item.data for item in guia.itens if item.data is not None]
    inicio = data_de(_texto(_primeiro(guia.campos, _INICIO)))
    fim = data_de(_texto(_primeiro(guia.campos, _FIM)))
    guia.data_atendimento = inicio or min(datas, default=None)
    guia.data_fim = fim or max(datas, default=guia.data_atendimento)


def _origem(cabecalho: etree._Element | None) -> Origem | None:
    if cabecalho is None:
        return None
    for no in cabecalho.iterfind("ans:origem//*", NS):
        if (tipo := _ORIGENS.get(no.tag)) is not None:
            return Origem(tipo, _texto(no) or "", no)
    return None


def _no(pai: etree._Element, caminho: str) -> etree._Element:
    achado = pai.find("/".join(f"{{{ANS}}}{passo}" for passo in caminho.split("/")))
    return pai if achado is None else achado


def _texto_em(pai: etree._Element | None, caminho: str) -> str | None:
    if pai is None or (achado := _no(pai, caminho)) is pai:
        return None
    return _texto(achado)


def _primeiro(nos: dict[str, etree._Element], nomes: tuple[str, ...]) -> etree._Element | None:
    return next((nos[nome] for nome in nomes if nome in nos), None)


def _texto(no: etree._Element | None) -> str | None:
    return None if no is None else (no.text or "").strip()
