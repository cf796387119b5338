"""What the beneficiário's plan covers: which care, which codes, and after which waiting period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from conecta.interface.formatos import data as em_data
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import TIPOS_DE_GUIA, GuiaLida
from uploads.regras.campos_da_guia import texto_em
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item, itens_com
from uploads.regras.palavras import a_guia, citado
from uploads.regras.planos import PlanoConhecido
from uploads.regras.registro import Apontamento, regra
from uploads.regras.urgencia import e_urgente

_DESDE: Final = date(2026, 11, 22)
_AMBULATORIAL: Final = frozenset({"ambulatorial"})
_HOSPITALAR: Final = frozenset({"hospitalar", "obstetricia"})
_OBSTETRICIA: Final = frozenset({"obstetricia"})
_ODONTOLOGICO: Final = "odontologico"
_INTERNACOES: Final = frozenset({"guiaResumoInternacao", "guiaHonorarios"})
_OBSTETRICA: Final = "3"
_INTERNADO: Final = "03"
_DEPOIS_DA_INTERNACAO: Final = frozenset({"01", "03", "08", "09", "10"})
"""Removals, therapies, chemotherapy, radiotherapy and dialysis: a hospital plan has them outside of stays too."""
_ESPECIAL: Final = ("indCobEspecial", "coberturaEspecial")
_GESTANTE: Final = "01"
_DA_CIRURGIA: Final = frozenset({"02", "03"})
"""Before and after surgery, which a hospital plan pays for."""
_PRE_NATAL: Final = "3"
_CARENCIA_DA_URGENCIA: Final = 1
"""Days. Law 9.656/1998, art. 12, V, c: no more than 24 hours may be waited for urgent care."""


@regra(
    "B09",
    codigo="3171",
    codigo_antigo="1007",
    alvo="guia",
    exemplo="O plano tem 180 dias de carência para cirurgias, e o beneficiário entrou há 40 dias.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def em_carencia(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada item é de depois da carência que o plano do beneficiário tem para o código."""
    plano, beneficiario = contexto.plano_da(guia), contexto.beneficiarios.get(guia.numero_carteira or "")
    if plano is None or beneficiario is None or not plano.coberturas:
        return
    inclusao, maior = beneficiario.inclusao, _CARENCIA_DA_URGENCIA if e_urgente(guia) else None

    def primeiro_dia(tabela: str, codigo: str) -> date:
        carencia = plano.cobertura_de(tabela, codigo).carencia_dias
        return inclusao + timedelta(days=carencia if maior is None else min(carencia, maior))

    def cedo(tabela: str | None, codigo: str | None, _: str | None, dia: date | None) -> bool:
        return dia is not None and inclusao <= dia < primeiro_dia(tabela or "", codigo or "")

    for item in itens_com(guia, cedo):
        quando, no = primeiro_dia(item.tabela or "", item.codigo or ""), item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O código {item.codigo} {do_item(item, com_codigo=False)} está na carência do plano "
                f"{citado(plano.nome)}: o beneficiário só o tem a partir de {em_data(quando)}, e o item é de "
                f"{em_data(item.data)}. Confira a data e a carteira; se estão certas, procure a operadora."
            ),
            valor=item.codigo,
            esperado=f"a partir de {em_data(quando)}",
        )


@regra(
    "B10",
    codigo="3097",
    alvo="guia",
    exemplo="O plano do beneficiário é só ambulatorial, e a guia é de internação.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def fora_da_segmentacao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O tipo de atendimento da guia está na segmentação do plano do beneficiário."""
    plano = contexto.plano_da(guia)
    if plano is None or not plano.segmentacoes or not (preciso := _segmentacoes_que_servem(guia)):
        return
    if plano.segmentacoes.isdisjoint(preciso):
        yield Apontamento(
            no=guia.no("numeroCarteira"),
            mensagem=(
                f"A {a_guia(guia)} é de {TIPOS_DE_GUIA[guia.tipo]}, e o plano do beneficiário, {citado(plano.nome)}, "
                f"é {_em_palavras(plano)}. Confira a carteira; se está certa, procure a operadora."
            ),
            valor=guia.numero_carteira,
            esperado=f"plano {' ou '.join(sorted(_NOMES[uma] for uma in preciso))}",
        )


@regra(
    "B11",
    codigo="1025",
    alvo="guia",
    exemplo="A guia é de tratamento odontológico, e o plano do beneficiário não tem essa cobertura.",
    desde=_DESDE,
    cadastro=True,
)
def sem_odontologia(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O plano do beneficiário de um tratamento odontológico tem cobertura odontológica."""
    plano = contexto.plano_da(guia) if guia.tipo == "guiaOdonto" else None
    if plano is not None and plano.segmentacoes and _ODONTOLOGICO not in plano.segmentacoes:
        yield Apontamento(
            no=guia.no("numeroCarteira"),
            mensagem=(
                f"A {a_guia(guia)} é de tratamento odontológico, e o plano do beneficiário, {citado(plano.nome)}, não "
                "cobre odontologia. Confira a carteira: o beneficiário pode ter outra para o plano odontológico."
            ),
            valor=guia.numero_carteira,
            esperado="carteira de um plano odontológico",
        )


@regra(
    "I28",
    codigo="3287",
    codigo_antigo="1420",
    alvo="guia",
    exemplo="O plano do beneficiário não cobre os códigos que começam por 3060.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def nao_coberto(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O plano do beneficiário cobre o código de cada item."""
    plano = contexto.plano_da(guia)
    if plano is None or not plano.coberturas:
        return

    def sem_cobertura(tabela: str | None, codigo: str | None, *_: object) -> bool:
        return bool(codigo) and not plano.cobertura_de(tabela or "", codigo or "").coberto

    for item in itens_com(guia, sem_cobertura):
        yield _sem_cobertura(item, plano)


def _sem_cobertura(item: ItemLido, plano: PlanoConhecido) -> Apontamento:
    return Apontamento(
        no=item.no("codigoProcedimento"),
        mensagem=(
            f"O código {item.codigo} {do_item(item, com_codigo=False)} não tem cobertura no plano do beneficiário, "
            f"{citado(plano.nome)}. Confira o código e a carteira; se estão certos, retire o item ou procure a "
            "operadora."
        ),
        valor=item.codigo,
        esperado="um código que o plano cobre",
    )


_NOMES: Final = {
    "ambulatorial": "ambulatorial",
    "hospitalar": "hospitalar sem obstetrícia",
    "obstetricia": "hospitalar com obstetrícia",
    "odontologico": "odontológico",
}


def _segmentacoes_que_servem(guia: GuiaLida) -> frozenset[str]:
    """The kinds of plan that pay for such a guide, any of them; empty where another rule says so or nobody can know."""
    if guia.tipo == "guiaOdonto":
        return frozenset()
    if guia.tipo in _INTERNACOES:
        return _OBSTETRICIA if texto_em(guia, "tipoInternacao") == _OBSTETRICA else _HOSPITALAR
    regime = texto_em(guia, "regimeAtendimento")
    if regime == _INTERNADO:
        return _HOSPITALAR
    if e_urgente(guia) or texto_em(guia, "tipoAtendimento") in _DEPOIS_DA_INTERNACAO:
        return _AMBULATORIAL | _HOSPITALAR
    especial = next(filter(None, (texto_em(guia, nome) for nome in _ESPECIAL)), "")
    if texto_em(guia, "tipoConsulta") == _PRE_NATAL or especial == _GESTANTE:
        return _AMBULATORIAL | _OBSTETRICIA
    return _AMBULATORIAL | _HOSPITALAR if especial in _DA_CIRURGIA else _AMBULATORIAL


def _em_palavras(plano: PlanoConhecido) -> str:
    return " e ".join(nome for segmentacao, nome in _NOMES.items() if segmentacao in plano.segmentacoes)
